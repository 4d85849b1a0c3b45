"""The pages, one blueprint a place."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from flask import Flask

PLACES: Final = (
    "auth",
    "oidc",
    "health",
    "estates",
    "today",
    "estate",
    "data",
    "trace",
    "units",
    "uploads",
    "imports",
    "intakes",
    "attendance",
    "day_files",
    "presence",
    "assumptions",
    "plans",
    "stages",
    "studies",
    "by_hand",
    "runs",
    "stack",
    "waves",
    "documents",
    "proposals",
    "shares",
    "guide",
    "account",
    "admin",
    "brand",
    "tokens",
    "docs",
)


def install(app: Flask) -> None:
    """Add every place to the site."""
    for place in PLACES:
        app.register_blueprint(import_module(f"planner.web.views.{place}").bp)
