"""Says that the site is up, for whoever watches over it."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import Blueprint

from planner.web.access import store
from planner.web.watching import figures_text

if TYPE_CHECKING:
    from flask import Response

bp = Blueprint("health", __name__)


@bp.get("/health/ready")
def ready() -> tuple[dict[str, str], int]:
    """Answer whether the database answers too, so that a proxy sends requests elsewhere."""
    if store().ready():
        return {"status": "ready"}, HTTPStatus.OK
    return {"status": "the database does not answer"}, HTTPStatus.SERVICE_UNAVAILABLE


@bp.get("/metrics")
def metrics() -> Response:
    """Answer Prometheus, if it brings the token of the settings."""
    return figures_text()


@bp.get("/health")
def live() -> dict[str, str]:
    """Answer that the process serves."""
    return {"status": "up"}
