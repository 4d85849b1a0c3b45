"""What the site tells about itself: one log line a request, and figures for Prometheus.

Neither names a person: a line holds the pattern of the address, not what stood in it.
"""

from __future__ import annotations

import hmac
import time
from typing import TYPE_CHECKING, Final

import structlog
from flask import Response, current_app, g, request
from prometheus_client import CollectorRegistry, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from planner.errors import NotFound
from planner.services import system
from planner.web.access import store

if TYPE_CHECKING:
    from flask import Flask

_EDGES: Final = (0.01, 0.025, 0.05, 0.1, 0.15, 0.3, 0.5, 1, 2.5, 5, 10, 30)
_QUIET: Final = frozenset({"static", "health.live", "health.ready", "health.metrics"})
_log = structlog.get_logger(__name__)


class Figures:
    """The figures of one process; a registry of its own, so that two sites in one do not mix."""

    def __init__(self) -> None:
        """Start at nothing."""
        self.registry = CollectorRegistry()
        self.seconds = Histogram(
            "planner_request_seconds",
            "Time from request to answer",
            ("endpoint", "method", "status"),
            registry=self.registry,
            buckets=_EDGES,
        )
        self.runs = Gauge(
            "planner_runs", "Runs in the database by state", ("state",), registry=self.registry
        )
        self.workers = Gauge(
            "planner_workers", "Workers seen within a minute", registry=self.registry
        )


def install(app: Flask) -> None:
    """Time every request and say how it went."""
    app.extensions["figures"] = Figures()
    app.before_request(_begin)
    app.after_request(_end)


def figures_text() -> Response:
    """Return the figures as Prometheus reads them.

    Raises:
        NotFound: no metrics token is set, or the request does not bring it.
    """
    wanted = current_app.extensions["settings"].metrics_token
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not wanted or not hmac.compare_digest(wanted.encode(), given.encode()):
        raise NotFound("There is nothing here.")
    figures: Figures = current_app.extensions["figures"]
    seen = system.status_of(store())
    for state, count in seen.runs.items():
        figures.runs.labels(state).set(count)
    figures.workers.set(len(seen.workers))
    return Response(generate_latest(figures.registry), content_type=CONTENT_TYPE_LATEST)


def _begin() -> None:
    g.began = time.perf_counter()
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request=g.get("request_id", ""))


def _end(response: Response) -> Response:
    seconds = time.perf_counter() - g.get("began", time.perf_counter())
    endpoint = request.endpoint or "(none)"
    figures: Figures = current_app.extensions["figures"]
    figures.seconds.labels(endpoint, request.method, response.status_code).observe(seconds)
    if endpoint not in _QUIET:
        _log.info(
            "request",
            endpoint=endpoint,
            method=request.method,
            status=response.status_code,
            ms=round(seconds * 1000, 1),
            owner=g.actor.owner if g.get("actor") else "",
        )
    return response
