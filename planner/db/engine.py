"""Opening a database: SQLite in one file, or PostgreSQL by URL."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, InvalidatePoolError

from planner.errors import InvalidInput

if TYPE_CHECKING:
    from sqlalchemy import URL, Connection, Engine
    from sqlalchemy.pool import ConnectionPoolEntry

BUSY_MS: Final = 20_000
"""How long a writer waits for the one before it; long enough that none gives up in practice."""

RESTED_SECONDS: Final = 2.0
"""A connection to PostgreSQL not used for so long is asked whether it lives before its next use."""

_SILENT: Final = {"tcp_keepalives_idle": 5, "tcp_keepalives_interval": 3, "tcp_keepalives_count": 3}
_SILENT_MS: Final = 14_000
PATIENCE: Final = {
    "connect_timeout": 5,
    "keepalives_idle": 5,
    "keepalives_interval": 3,
    "keepalives_count": 3,
    "tcp_user_timeout": _SILENT_MS,
    "options": " ".join(f"-c {name}={value}" for name, value in _SILENT.items())
    + f" -c tcp_user_timeout={_SILENT_MS}",
}
"""How long a silent PostgreSQL is waited for, and by it a silent client whose locks others want: a
host that lost its power ends no connection. Shorter than a worker must be silent to be taken for
dead. What the URL says comes first."""


def open_engine(url: str) -> Engine:
    """Return an engine for `sqlite:///FILE` or `postgresql+psycopg://...`.

    Raises:
        InvalidInput: another kind of database, or no URL.
    """
    where = _parsed(url)
    if where.get_backend_name() == "sqlite":
        return _sqlite(where)
    if where.get_backend_name() == "postgresql":
        patience = {name: value for name, value in PATIENCE.items() if name not in where.query}
        engine = create_engine(
            where.set(drivername="postgresql+psycopg"),
            pool_size=8,
            connect_args=patience,
            hide_parameters=True,
        )
        event.listen(engine, "checkin", _rest)
        event.listen(engine, "checkout", _still_there)
        return engine
    raise InvalidInput(f"{where.get_backend_name()} is not supported; use sqlite or postgresql")


def _parsed(url: str) -> URL:
    try:
        return make_url(url)
    except ArgumentError:
        raise InvalidInput(
            "The database URL cannot be read; enter it like sqlite:////var/lib/planner/planner.db "
            "or postgresql+psycopg://user@host/planner"
        ) from None


def _rest(_connection: object, record: ConnectionPoolEntry) -> None:
    record.info["rests_since"] = time.monotonic()


def _still_there(connection: Any, record: ConnectionPoolEntry, _proxy: object) -> None:
    """Ask a connection that has rested whether the database is there; a page asks five times."""
    if time.monotonic() - record.info.get("rests_since", time.monotonic()) < RESTED_SECONDS:
        return
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        connection.rollback()
    except connection.Error:
        raise InvalidatePoolError from None


def _sqlite(where: URL) -> Engine:
    if where.database and where.database != ":memory:":
        Path(where.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(where, connect_args={"timeout": BUSY_MS / 1000}, hide_parameters=True)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: Any, _record: object) -> None:
    """Set up one SQLite connection; transactions are begun by us, not by the driver."""
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout={BUSY_MS}",
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
        "cache_size=-20000",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    """Begin a transaction; a writing one takes its turn at once, so none fails half way."""
    if connection.get_execution_options().get("planner_glance", False):
        return
    writing = connection.get_execution_options().get("planner_writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
