"""Opening a database: SQLite in one file, or PostgreSQL by URL."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from planner.errors import InvalidInput

if TYPE_CHECKING:
    from sqlalchemy import URL, Connection, Engine

BUSY_MS: Final = 20_000
"""How long a writer waits for the one before it; long enough that none gives up in practice."""


def open_engine(url: str) -> Engine:
    """Return an engine for `sqlite:///FILE` or `postgresql+psycopg://...`.

    Raises:
        InvalidInput: another kind of database, or no URL.
    """
    where = _parsed(url)
    if where.get_backend_name() == "sqlite":
        return _sqlite(where)
    if where.get_backend_name() == "postgresql":
        return create_engine(
            where.set(drivername="postgresql+psycopg"), pool_pre_ping=True, pool_size=8
        )
    raise InvalidInput(f"{where.get_backend_name()} is not supported; use sqlite or postgresql")


def _parsed(url: str) -> URL:
    try:
        return make_url(url)
    except ArgumentError:
        raise InvalidInput(
            "The database URL cannot be read; enter it like sqlite:////var/lib/planner/planner.db "
            "or postgresql+psycopg://user@host/planner"
        ) from None


def _sqlite(where: URL) -> Engine:
    if where.database and where.database != ":memory:":
        Path(where.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(where, connect_args={"timeout": BUSY_MS / 1000})
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
    writing = connection.get_execution_options().get("planner_writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
