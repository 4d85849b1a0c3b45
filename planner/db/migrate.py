"""Bringing a database to the form that this program expects, and back."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from planner.errors import Conflict, PlannerError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection, Engine

_FOLDER: Final = Path(__file__).resolve().parent / "migrations"
_TURN: Final = 7_205_934
"""Number of the lock by which two programs that start together take turns on PostgreSQL."""


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring the database up to a revision; all of it or nothing.

    Raises:
        Conflict: the database was made by a newer program.
    """
    with _changing(engine) as connection:
        _refuse_newer(connection)
        command.upgrade(_config(connection), revision)


def downgrade(engine: Engine, revision: str) -> None:
    """Take the database back to a revision; `base` leaves nothing."""
    with _changing(engine) as connection:
        command.downgrade(_config(connection), revision)


def revision_of(engine: Engine) -> str | None:
    """Return the revision that the database has, None where it is empty."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def newest() -> str:
    """Return the revision that this program expects."""
    head = ScriptDirectory(str(_FOLDER)).get_current_head()
    return head or "base"


@contextmanager
def _changing(engine: Engine) -> Iterator[Connection]:
    """Give a transaction in which tables may change.

    SQLite changes a column by making the table anew, and would delete what refers to the rows
    of the old one with it; so references are looked at once, when all is done.
    """
    writing = engine.execution_options(planner_writing=True)
    with writing.connect() as connection:
        sqlite = connection.dialect.name == "sqlite"
        if sqlite:
            _raw(connection, "PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                _take_turn(connection)
                yield connection
                if sqlite and connection.execute(text("PRAGMA foreign_key_check")).first():
                    raise PlannerError("The change of tables broke a reference; nothing was kept.")
        finally:
            if sqlite:
                _raw(connection, "PRAGMA foreign_keys=ON")


def _raw(connection: Connection, pragma: str) -> None:
    """Set what SQLite takes only outside a transaction."""
    cursor = connection.connection.cursor()
    cursor.execute(pragma)
    cursor.close()


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _take_turn(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:turn)"), {"turn": _TURN})


def _refuse_newer(connection: Connection) -> None:
    current = MigrationContext.configure(connection).get_current_revision()
    known = {script.revision for script in ScriptDirectory(str(_FOLDER)).walk_revisions()}
    if current is not None and current not in known:
        raise Conflict(
            f"The database has revision {current}, which this program does not know: a newer "
            "planner made it. Install that one, or restore a backup made before."
        )
