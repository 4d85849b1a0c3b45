"""The frozen estate from its rows, and its rows from the frozen estate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select, update

from planner.db.days import load_days, store_days
from planner.db.tables import SHEET_ROWS, EstateRow
from planner.domain.estate import Estate
from planner.domain.records import SHEETS, Header
from planner.errors import Conflict

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from sqlmodel import SQLModel

    from planner.db.scope import Scope


def load_estate(scope: Scope, estate_id: str) -> Estate:
    """Return an estate of the scope's owner as its rows stand.

    Raises:
        NotFound: none of this owner.
    """
    row = scope.one(EstateRow, "estate", id=estate_id)
    header = Header(**{name: getattr(row, name) for name in Header.model_fields})
    sheets: dict[str, Any] = {sheet: _records(scope, estate_id, sheet) for sheet in SHEET_ROWS}
    return Estate(header=header, attendance=load_days(scope, estate_id), **sheets)


def version_of(scope: Scope, estate_id: str) -> int:
    """Return the version of an estate of the scope's owner.

    Raises:
        NotFound: none of this owner.
    """
    return scope.one(EstateRow, "estate", id=estate_id).version


def insert_estate(scope: Scope, estate: Estate, now: dt.datetime) -> str:
    """Store a new estate with all of its records and return its id."""
    row = EstateRow(**estate.header.model_dump(), created_at=now, changed_at=now)
    scope.add(row)
    scope.flush()
    _insert_sheets(scope, row.id, estate, SHEET_ROWS)
    store_days(scope, row.id, estate.attendance)
    return row.id


def next_version(scope: Scope, estate_id: str, version: int, now: dt.datetime) -> int:
    """Count one change of an estate, provided that it is still at `version`.

    Of two who change it at once, the second finds that it has gone on.

    Raises:
        NotFound: no such estate of this owner.
        Conflict: somebody changed it meanwhile.
    """
    changed = scope.execute(
        update(EstateRow)
        .where(EstateRow.id == estate_id, EstateRow.version == version)  # type: ignore[arg-type]
        .values(version=version + 1, changed_at=now)
    )
    if changed.rowcount:  # type: ignore[attr-defined]
        return version + 1
    current = version_of(scope, estate_id)
    raise Conflict(
        f"The estate changed meanwhile: you worked on version {version}, it is now at {current}. "
        "Look at the present state and enter your change again; nothing of yours was stored."
    )


def replace_estate(scope: Scope, estate_id: str, before: Estate, after: Estate) -> None:
    """Store an estate in place of another, sheet by sheet where they differ."""
    if after.header != before.header:
        scope.execute(
            update(EstateRow)
            .where(EstateRow.id == estate_id)  # type: ignore[arg-type]
            .values(**after.header.model_dump())
        )
    changed = [name for name in SHEET_ROWS if getattr(after, name) != getattr(before, name)]
    for name in changed:
        kind = SHEET_ROWS[name]
        scope.execute(delete(kind).where(kind.estate_id == estate_id))
    _insert_sheets(scope, estate_id, after, changed)
    if after.attendance is not before.attendance:
        store_days(scope, estate_id, after.attendance)


def _records(scope: Scope, estate_id: str, sheet: str) -> tuple[SQLModel, ...]:
    kind, record = SHEET_ROWS[sheet], SHEETS[sheet]
    names = list(record.model_fields)
    table = kind.__table__
    found = scope.execute(
        select(*(table.c[name] for name in names))
        .where(table.c.estate_id == estate_id, table.c.owner_id == scope.owner)
        .order_by(table.c.id)
    )
    return tuple(record.model_construct(**dict(zip(names, row, strict=True))) for row in found)


def _insert_sheets(scope: Scope, estate_id: str, estate: Estate, sheets: Iterable[str]) -> None:
    for name in sheets:
        rows = [
            {"owner_id": scope.owner, "estate_id": estate_id, **record.model_dump()}
            for record in getattr(estate, name)
        ]
        if rows:
            scope.connection().execute(insert(SHEET_ROWS[name].__table__), rows)
