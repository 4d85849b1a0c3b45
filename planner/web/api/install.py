"""Adding the API to the site."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from planner.web.api import (
    about,
    asking,
    by_hand,
    days,
    estates,
    imports,
    plans,
    proposals,
    records,
    stages,
)
from planner.web.api.operations import bp

if TYPE_CHECKING:
    from flask import Flask
    from flask_wtf.csrf import CSRFProtect

PARTS: Final = (about, estates, records, days, imports, plans, by_hand, stages, proposals)
"""The modules that declare operations, by tag."""


def install(app: Flask, protect: CSRFProtect) -> None:
    """Add every operation. Cookies count for nothing here, so no forged form can reach it."""
    protect.exempt(bp)
    guard: Any = asking.limiter(app)
    app.register_blueprint(bp)
    for endpoint in [name for name in app.view_functions if name.startswith(f"{bp.name}.")]:
        app.view_functions[endpoint] = guard(app.view_functions[endpoint])
