"""Whether a database has the tables that this program expects; quick where it has."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import inspect, text

from planner.errors import Conflict

if TYPE_CHECKING:
    from sqlalchemy import Engine

_VERSIONS: Final = Path(__file__).resolve().parent / "migrations" / "versions"


def prepare(engine: Engine) -> None:
    """Make the tables of an empty database; bring an older SQLite file up, keeping a copy.

    Raises:
        Conflict: a PostgreSQL database is older, or any is newer than this program.
    """
    current, newest = _current(engine), _newest()
    if current == newest:
        return
    if current is not None and engine.dialect.name == "postgresql":
        raise Conflict(
            f"The database has revision {current}, this program expects {newest}. Make a backup "
            "(`planner db backup FILE`), then run `planner db upgrade`."
        )
    if current is not None and engine.url.database:
        _copy(Path(engine.url.database), current)
    from planner.db.migrate import upgrade  # noqa: PLC0415  Alembic takes half a second

    upgrade(engine)


def _newest() -> str:
    """Return the revision of the last migration; their files begin with it."""
    return max(path.name.partition("_")[0] for path in _VERSIONS.glob("[0-9]*.py"))


def _current(engine: Engine) -> str | None:
    if not inspect(engine).has_table("alembic_version"):
        return None
    with engine.connect() as connection:
        found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        return None if found is None else str(found)


def _copy(database: Path, revision: str) -> None:
    """Keep a copy of a database file as it is before its tables change."""
    target = database.with_name(f"{database.name}.before-upgrade-from-{revision}")
    with sqlite3.connect(database) as origin, sqlite3.connect(target) as copy:
        origin.backup(copy)
    origin.close()
    copy.close()
