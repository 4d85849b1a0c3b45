"""The frozen estate from its rows, and its rows from the frozen estate."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select, update
from sqlmodel import col

from planner.db.days import load_days, store_days
from planner.db.tables import SHEET_ROWS, EstateRow
from planner.domain.estate import Estate
from planner.domain.records import SHEETS, Header
from planner.errors import Conflict, NotFound, sentence

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterable, Sequence

    from sqlmodel import SQLModel

    from planner.db.scope import Scope


def load_estate(
    scope: Scope, estate_id: str, known: Estate | None = None, changed: Collection[str] = ()
) -> Estate:
    """Return an estate of the scope's owner as its rows stand.

    Args:
        scope: a session of the owner.
        estate_id: the estate.
        known: the estate as it was earlier, of which only what changed is read.
        changed: the sheets that changed since `known`.

    Raises:
        NotFound: none of this owner.
    """
    row = scope.one(EstateRow, "estate", id=estate_id)
    header = Header(**{name: getattr(row, name) for name in Header.model_fields})
    wanted = SHEET_ROWS if known is None else [name for name in SHEET_ROWS if name in changed]
    sheets: dict[str, Any] = {sheet: _records(scope, estate_id, sheet) for sheet in wanted}
    if known is None or "attendance" in changed:
        sheets["attendance"] = load_days(scope, estate_id)
    if known is None:
        return Estate(header=header, **sheets)
    return replace(known, header=header, **sheets)


def version_of(scope: Scope, estate_id: str) -> int:
    """Return the version of an estate of the scope's owner.

    In a writing session others who want to change the estate wait from here on.

    Raises:
        NotFound: none of this owner.
    """
    wanted = select(col(EstateRow.version)).where(col(EstateRow.id) == estate_id)
    if scope.info.get("writing"):
        wanted = wanted.with_for_update()
    version = scope.execute(wanted).scalar()
    if version is None:
        raise NotFound(sentence("There is no such estate."))
    return version


def insert_estate(scope: Scope, estate: Estate, now: dt.datetime) -> str:
    """Store a new estate with all of its records and return its id."""
    row = EstateRow(**estate.header.model_dump(), created_at=now, changed_at=now)
    scope.add(row)
    scope.flush()
    _insert_sheets(scope, row.id, estate)
    store_days(scope, row.id, estate.attendance)
    return row.id


def next_version(scope: Scope, estate_id: str, version: int, now: dt.datetime) -> int:
    """Count one change of an estate, provided that it is still at `version`.

    Of two who change it at once, the second finds that it has gone on.

    Raises:
        NotFound: no such estate of this owner.
        Conflict: somebody changed it meanwhile.
    """
    changed = scope.touch(
        update(EstateRow)
        .where(col(EstateRow.id) == estate_id, col(EstateRow.version) == version)
        .values(version=version + 1, changed_at=now)
    )
    if changed:
        return version + 1
    current = version_of(scope, estate_id)
    raise Conflict(
        sentence(
            "The estate changed meanwhile: you worked on version {version}, it is now "
            "at {current}. Look at the present state and enter your change again; "
            "nothing of yours was stored.",
            version=version,
            current=current,
        )
    )


def changed_sheets(before: Estate, after: Estate) -> tuple[str, ...]:
    """Return the names of the sheets in which two estates differ."""
    found = [name for name in SHEET_ROWS if getattr(after, name) != getattr(before, name)]
    if after.header != before.header:
        found.append("estate")
    if after.attendance is not before.attendance:
        found.append("attendance")
    return tuple(found)


def replace_estate(scope: Scope, estate_id: str, before: Estate, after: Estate) -> None:
    """Store an estate in place of another, touching only the rows that differ."""
    changed = changed_sheets(before, after)
    if "estate" in changed:
        scope.execute(
            update(EstateRow)
            .where(col(EstateRow.id) == estate_id)
            .values(**after.header.model_dump())
        )
    for name in changed:
        if name in SHEET_ROWS:
            _replace_sheet(scope, estate_id, name, getattr(before, name), getattr(after, name))
    if "attendance" in changed:
        store_days(scope, estate_id, after.attendance)


def _replace_sheet(
    scope: Scope, estate_id: str, sheet: str, old: Sequence[SQLModel], new: Sequence[SQLModel]
) -> None:
    """Change one record in its place, drop one, or write anew from the first that differs."""
    table = SHEET_ROWS[sheet].__table__
    mine = (table.c.estate_id == estate_id, table.c.owner_id == scope.owner)
    ids = scope.connection().scalars(select(table.c.id).where(*mine).order_by(table.c.id)).all()
    same = next(
        (at for at, (one, other) in enumerate(zip(old, new, strict=False)) if one != other),
        min(len(old), len(new)),
    )
    if len(new) == len(old) and new[same + 1 :] == old[same + 1 :]:
        values = new[same].model_dump()
        scope.connection().execute(update(table).where(table.c.id == ids[same]).values(**values))
    elif new[same:] == old[same + 1 :]:
        scope.connection().execute(delete(table).where(table.c.id == ids[same]))
    else:
        if same < len(old):
            scope.connection().execute(delete(table).where(*mine, table.c.id >= ids[same]))
        _insert_records(scope, estate_id, sheet, new[same:])


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


def _insert_sheets(scope: Scope, estate_id: str, estate: Estate) -> None:
    for name in SHEET_ROWS:
        _insert_records(scope, estate_id, name, getattr(estate, name))


def _insert_records(scope: Scope, estate_id: str, sheet: str, records: Iterable[SQLModel]) -> None:
    mine = {"owner_id": scope.owner, "estate_id": estate_id}
    rows = [{**mine, **record.model_dump()} for record in records]
    if rows:
        scope.connection().execute(insert(SHEET_ROWS[sheet].__table__), rows)
