"""Telling which statements take long: their text and time, never their values."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Final

import structlog
from sqlalchemy import event

if TYPE_CHECKING:
    from sqlalchemy import Engine

_LONGEST: Final = 500
_log = structlog.get_logger(__name__)


def watch(engine: Engine, least_ms: int) -> None:
    """Log every statement that takes at least so long; 0 logs none."""
    if not least_ms:
        return

    def before(
        _connection: Any, _cursor: Any, _text: str, _given: Any, context: Any, _m: Any
    ) -> None:
        context.planner_began = time.perf_counter()

    def after(
        _connection: Any, _cursor: Any, text: str, _given: Any, context: Any, _m: Any
    ) -> None:
        took = (time.perf_counter() - context.planner_began) * 1000
        if took >= least_ms:
            _log.warning("slow query", ms=round(took), statement=" ".join(text.split())[:_LONGEST])

    event.listen(engine, "before_cursor_execute", before)
    event.listen(engine, "after_cursor_execute", after)
