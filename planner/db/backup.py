"""Everything in one file, the same for SQLite and PostgreSQL, and back again.

The file is a gzip of JSON lines: a heading with format and revision, then a line a row, then
the count. It can move a database from one kind to the other.
"""

from __future__ import annotations

import base64
import datetime as dt
import gzip
import json
import os
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import BigInteger, Column, MetaData, Table, func, insert, select, text, true
from sqlalchemy.types import TypeDecorator
from sqlmodel import SQLModel

import planner.db.tables  # noqa: F401  registers every table
from planner.db.migrate import revision_of
from planner.errors import Conflict, InvalidInput

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from sqlalchemy import ColumnElement, Connection, Engine

_FORMAT: Final = "planner-backup/1"
_MANY: Final = 2000


def back_up(engine: Engine, file: Path) -> int:
    """Write every row as of one moment; the file takes its name when it is complete.

    Returns:
        The number of rows.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, made = tempfile.mkstemp(dir=file.parent, prefix=".backup-")
    try:
        with os.fdopen(handle, "wb") as raw, gzip.open(raw, "wt", encoding="utf-8") as out:
            head = {"format": _FORMAT, "revision": revision_of(engine)}
            out.write(json.dumps(head) + "\n")
            rows = 0
            for row in all_rows(engine):
                out.write(json.dumps(row, ensure_ascii=False) + "\n")
                rows += 1
            out.write(json.dumps({"rows": rows}) + "\n")
        os.replace(made, file)  # noqa: PTH105  atomic on one disk
    except BaseException:
        Path(made).unlink(missing_ok=True)
        raise
    return rows


def all_rows(engine: Engine) -> Iterator[list[Any]]:
    """Yield every row of every table as of one moment: the table's name, then its columns."""
    return rows_where(engine, {table.name: true() for table in _plain_tables()})


def rows_where(engine: Engine, wanted: Mapping[str, ColumnElement[bool]]) -> Iterator[list[Any]]:
    """Yield the rows of some tables that fulfil a condition, all as of one moment."""
    if engine.dialect.name == "postgresql":
        engine = engine.execution_options(isolation_level="REPEATABLE READ")
    with engine.connect() as connection:
        for table in _plain_tables():
            if table.name in wanted:
                yield from _rows(connection, table, wanted[table.name])


def restore(engine: Engine, file: Path, *, replace: bool = False) -> int:
    """Fill a database from a backup, all of it or nothing.

    Args:
        engine: a database with this program's tables.
        file: a backup of the same revision.
        replace: delete what is there first; without it only an empty database is filled.

    Returns:
        The number of rows.

    Raises:
        InvalidInput: no backup, a damaged one, or one of another revision.
        Conflict: the database is not empty.
    """
    with engine.execution_options(planner_writing=True).begin() as connection:
        _make_room(connection, replace=replace)
        rows = _fill(connection, file, revision_of(engine))
        _set_counters(connection)
    return rows


def _make_room(connection: Connection, *, replace: bool) -> None:
    tables = [table for table in _plain_tables() if table.name != "audit"]
    filled = [
        table.name
        for table in tables
        if connection.execute(select(func.count()).select_from(table)).scalar()
    ]
    if filled and not replace:
        raise Conflict(
            f"The database is not empty ({', '.join(filled[:3])}); restore into an empty one, or "
            "say --replace to delete what is there"
        )
    _guard_audit(connection, on=False)
    for table in reversed(_plain_tables()):
        connection.execute(table.delete())
    _guard_audit(connection, on=True)


def _guard_audit(connection: Connection, *, on: bool) -> None:
    """Take away, and put back, what keeps the audit from being deleted; only for a restore."""
    if connection.dialect.name == "postgresql":
        word = "ENABLE" if on else "DISABLE"
        connection.execute(text(f"ALTER TABLE audit {word} TRIGGER audit_only_grows"))
    elif on:
        connection.execute(text(_AUDIT_NO_DELETE))
    else:
        connection.execute(text("DROP TRIGGER audit_no_delete"))


def _fill(connection: Connection, file: Path, revision: str | None) -> int:
    tables = {table.name: table for table in _plain_tables()}
    pending: list[dict[str, Any]] = []
    at, rows, promised = "", 0, None
    for line in _lines(file, revision):
        if isinstance(line, dict):
            promised = line.get("rows")
            continue
        name, values = line
        if name not in tables:
            raise InvalidInput(f"{file} has a table {name} that this program does not know")
        if pending and (name != at or len(pending) >= _MANY):
            connection.execute(insert(tables[at]), pending)
            pending = []
        at = name
        pending.append({key: _value(value) for key, value in values.items()})
        rows += 1
    if pending:
        connection.execute(insert(tables[at]), pending)
    if promised != rows:
        raise InvalidInput(f"{file} is cut off: it holds {rows} rows of {promised or 'unknown'}")
    return rows


def _lines(file: Path, revision: str | None) -> Iterator[Any]:
    try:
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            head = json.loads(next(lines, "{}"))
            if not isinstance(head, dict) or head.get("format") != _FORMAT:
                raise InvalidInput(f"{file} is no backup of the planner")
            if head["revision"] != revision:
                raise InvalidInput(
                    f"{file} was made at revision {head['revision']}, the database is at "
                    f"{revision}; install the planner that made it, restore, then upgrade"
                )
            for line in lines:
                yield json.loads(line)
    except (gzip.BadGzipFile, EOFError, UnicodeDecodeError, json.JSONDecodeError) as failure:
        raise InvalidInput(f"{file} is no whole backup of the planner ({failure})") from None


def _set_counters(connection: Connection) -> None:
    """Let PostgreSQL count on from the largest key; SQLite does so by itself."""
    if connection.dialect.name != "postgresql":
        return
    for table in SQLModel.metadata.sorted_tables:
        if "id" in table.c and isinstance(table.c.id.type, BigInteger):
            connection.execute(
                select(
                    func.setval(
                        func.pg_get_serial_sequence(f'"{table.name}"', "id"),
                        func.coalesce(select(func.max(table.c.id)).scalar_subquery(), 0) + 1,
                        False,
                    )
                )
            )


@cache
def _plain_tables() -> tuple[Table, ...]:
    """Return every table with its columns as the database knows them."""
    bare = MetaData()
    return tuple(
        Table(
            table.name,
            bare,
            *(
                Column(
                    column.name,
                    column.type.impl_instance
                    if isinstance(column.type, TypeDecorator)
                    else column.type,
                )
                for column in table.columns
            ),
        )
        for table in SQLModel.metadata.sorted_tables
    )


def _rows(connection: Connection, table: Table, wanted: ColumnElement[bool]) -> Iterator[list[Any]]:
    streamed = connection.execution_options(stream_results=True)
    found = streamed.execute(select(table).where(wanted))
    for row in found.mappings():
        yield [table.name, {str(name): _plain(value) for name, value in row.items()}]


def _plain(value: Any) -> Any:
    """Return a value as JSON can hold it; what it cannot is marked with its kind."""
    if isinstance(value, bytes):
        return {"bytes": base64.b64encode(value).decode()}
    if isinstance(value, dt.datetime):
        return {"moment": value.isoformat()}
    if isinstance(value, dt.date):
        return {"date": value.isoformat()}
    return value


def _value(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    ((kind, written),) = value.items()
    return _READ[kind](written)


_READ: Final[dict[str, Callable[[str], Any]]] = {
    "bytes": base64.b64decode,
    "moment": dt.datetime.fromisoformat,
    "date": dt.date.fromisoformat,
}

_AUDIT_NO_DELETE: Final = (
    "CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit "
    "WHEN NOT (NOT EXISTS (SELECT 1 FROM owner WHERE owner.id = OLD.owner_id)) "
    "BEGIN SELECT RAISE(ABORT, 'the audit can only be added to'); END"
)
