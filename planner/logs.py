"""The structured log: one event a line with its request or run id, and no personal data."""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING, Final

import structlog

if TYPE_CHECKING:
    from structlog.typing import EventDict, WrappedLogger

_PERSONAL: Final = frozenset({"email", "name", "password", "address", "person", "user_name"})


_TRACES: Final = structlog.processors.ExceptionRenderer(
    structlog.tracebacks.ExceptionDictTransformer(show_locals=False)
)
"""Traces without the values of variables: those may be people's."""


def set_up_logs(level: str = "info", *, as_json: bool = False) -> None:
    """Send the log of this process to its error stream.

    Ids bound with `structlog.contextvars.bind_contextvars(request=...)` stand in every line.
    """
    show = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if as_json
        else structlog.dev.ConsoleRenderer(
            colors=False, exception_formatter=structlog.dev.plain_traceback
        )
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            without_people,
            *([_TRACES] if as_json else []),
            show,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level.upper())),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )


def without_people(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Take out what would name a person."""
    return {key: "(left out)" if key in _PERSONAL else value for key, value in event.items()}
