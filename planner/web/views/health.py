"""Says that the site is up, for whoever watches over it."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("health", __name__)


@bp.get("/health")
def live() -> dict[str, str]:
    """Answer that the process serves."""
    return {"status": "up"}
