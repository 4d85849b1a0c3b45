"""Says that the site is up, for whoever watches over it."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import Blueprint, current_app

from planner.web.access import store
from planner.web.watching import figures_text

if TYPE_CHECKING:
    from threading import Event

    from flask import Response

bp = Blueprint("health", __name__)


@bp.get("/health/ready")
def ready() -> tuple[dict[str, str], int]:
    """Answer whether the database answers too, so that a proxy sends requests elsewhere.

    A process that has just started is ready once nobody would wait for its imports.
    """
    warm: Event | None = current_app.extensions.get("warm")
    if warm is not None and not warm.is_set():
        return {"status": "still starting"}, HTTPStatus.SERVICE_UNAVAILABLE
    if store().ready():
        return {"status": "ready"}, HTTPStatus.OK
    return {"status": "the database does not answer"}, HTTPStatus.SERVICE_UNAVAILABLE


@bp.get("/metrics")
def metrics() -> Response:
    """Answer Prometheus, if it brings the token of the settings."""
    return figures_text()


@bp.get("/health/live")
@bp.get("/health")
def live() -> dict[str, str]:
    """Answer that the process serves."""
    return {"status": "up"}
