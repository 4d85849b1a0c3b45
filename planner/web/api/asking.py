"""Which program asks: a token in the Authorization header, and how often it may ask."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from flask import g, request
from werkzeug.exceptions import Unauthorized

from planner.services import tokens
from planner.web import limits
from planner.web.access import store

if TYPE_CHECKING:
    from flask import Flask

    from planner.services.access import Actor

RATE: Final = "1200 per minute"
"""Requests of one token, or of one address without a token."""


def identify() -> None:
    """Learn from the request's token who asks.

    Raises:
        Unauthorized: no token, or one that does not hold.
    """
    found = _bearer()
    if found is None:
        raise Unauthorized
    g.token, g.actor = found


def me() -> Actor:
    """Return for whom the program acts."""
    return cast("Actor", g.actor)


def limiter(app: Flask) -> Any:
    """Return what limits a view to `RATE`."""
    return limits.limiter(app, _who, RATE, headers=True).shared_limit(RATE, scope="api")


def _who() -> str:
    """Return whose requests count together: a token's, or an address's without one that holds.

    What merely calls itself a token counts for nothing, or anybody could use up another's share.
    """
    found = _bearer()
    return limits.address() if found is None else f"token {found[0]}"


def _bearer() -> tuple[str, Actor] | None:
    """Return the token that this request brings and who acts with it, looked up once."""
    if "bearer" not in g:
        kind, _, text = request.headers.get("Authorization", "").partition(" ")
        g.bearer = tokens.actor_with(store(), text.strip()) if kind.lower() == "bearer" else None
    return cast("tuple[str, Actor] | None", g.bearer)
