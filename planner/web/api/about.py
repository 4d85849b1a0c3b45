"""What the API is: who asks, and the OpenAPI document."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

from planner.web.api import schemas
from planner.web.api.asking import me
from planner.web.api.document import openapi
from planner.web.api.operations import operation

PROGRAM = "office-space-planner"


@operation("GET", "/", "Who asks, and what the token allows", answer=schemas.About)
def about() -> schemas.About:
    """Return the program's version and the token's owner, user and scopes."""
    actor = me()
    return schemas.About(
        program=PROGRAM,
        version=version(PROGRAM),
        owner=actor.owner_name,
        user=actor.name,
        roles=sorted(actor.roles),
        scopes=sorted(actor.scopes or ()),
    )


@operation("GET", "/openapi.json", "This document", right=None, sends="application/json")
def document() -> dict[str, Any]:
    """Return the OpenAPI document; anybody may read it."""
    return openapi(version(PROGRAM))
