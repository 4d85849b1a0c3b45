"""Single records of an estate, alike for every sheet; and rows pasted from a spreadsheet."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, cast

from sqlalchemy import select
from sqlmodel import col

from planner.db.audit import note
from planner.db.changes import before_last_change
from planner.db.estates import next_version, replace_estate
from planner.db.tables import ChangeRow
from planner.domain.attendance import attendance_from
from planner.domain.consistency import problems_of
from planner.errors import InvalidInput, NotFound, Problem, sentence
from planner.services.access import Right, require
from planner.services.backdrops import follow_floor
from planner.services.estates import Stored, change, get_estate
from planner.services.loading import estate_in
from planner.services.pasting import pasted_records
from planner.services.reading import kind_of, record_from
from planner.services.renaming import follow

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sqlmodel import SQLModel

    from planner.db.store import Scope, Store
    from planner.domain.estate import Estate
    from planner.domain.records import Header, TeamDay
    from planner.services.access import Actor

__all__ = [
    "KEYS",
    "bulk_paste",
    "can_undo",
    "delete_record",
    "get_record",
    "key_of",
    "put_record",
    "put_records",
    "record_from",
    "records_of",
    "undo",
]

KEYS: Final[dict[str, tuple[str, ...]]] = {
    "estate": (),
    "buildings": ("code",),
    "floors": ("code",),
    "spaces": ("floor", "number"),
    "teams": ("code",),
    "seating": ("team", "floor", "unit"),
    "attendance": ("date", "team"),
    "near": ("team", "other"),
    "rules": ("rule", "subject", "object"),
    "assumptions": ("key",),
}
"""The fields by which a record of each sheet is named."""

Key = tuple[str, ...]
"""Values of a sheet's `KEYS` as text; dates as 2026-11-03."""


def get_record(store: Store, actor: Actor, estate_id: str, sheet: str, key: Key) -> SQLModel:
    """Return one record.

    Raises:
        NotFound: no such estate, sheet or record.
    """
    estate = get_estate(store, actor, estate_id).estate
    return _find(estate, sheet, key)[1]


def put_record(
    store: Store,
    actor: Actor,
    estate_id: str,
    sheet: str,
    key: Key | None,
    values: Mapping[str, object],
    version: int,
    *,
    typed: bool = False,
) -> Stored:
    """Add a record (`key` None) or change the one that `key` names; `typed` as for reading.

    A code that changes is followed by every record that refers to it.

    Raises:
        InvalidInput: wrong fields, a duplicate, or a reference to what is not there.
        Conflict: the estate changed since `version`.
    """
    require(actor, Right.EDIT)
    record = record_from(sheet, values, typed=typed)
    name = " ".join(part for part in key_of(sheet, record) if part)
    what = f"{sheet}: {name}".rstrip(": ")

    def put(estate: Estate) -> Estate:
        return _with(estate, sheet, key, record)

    after = key_of(sheet, record)
    return change(
        store, actor, estate_id, version, put, what, also=_pictures(estate_id, sheet, key, after)
    )


def delete_record(
    store: Store, actor: Actor, estate_id: str, sheet: str, key: Key, version: int
) -> Stored:
    """Delete a record.

    Raises:
        InvalidInput: others still refer to it; they are named.
    """
    require(actor, Right.EDIT)
    what = f"{sheet}: {' '.join(part for part in key if part)} deleted"
    return change(
        store,
        actor,
        estate_id,
        version,
        lambda estate: _without(estate, sheet, key),
        what,
        also=_pictures(estate_id, sheet, key, None),
    )


def bulk_paste(
    store: Store, actor: Actor, estate_id: str, sheet: str, text: str, version: int
) -> Stored:
    """Store rows pasted from a spreadsheet: headings first, cells parted by tabs.

    A row whose key is on record changes it, another adds one; all rows or none.

    Raises:
        InvalidInput: every error with its row and column.
    """
    require(actor, Right.EDIT)
    pasted = pasted_records(sheet, text)
    what = f"{sheet}: {len(pasted)} rows pasted"
    return change(store, actor, estate_id, version, _putting(sheet, pasted), what)


def put_records(
    store: Store,
    actor: Actor,
    estate_id: str,
    sheet: str,
    given: Sequence[Mapping[str, object]],
    version: int,
) -> Stored:
    """Store many records of a sheet, read from JSON; one whose key is on record is changed.

    Raises:
        InvalidInput: every error with its record, counted from 1, and column; nothing is stored.
        Conflict: the estate changed since `version`.
    """
    require(actor, Right.EDIT)
    found, problems = [], []
    for number, values in enumerate(given, 1):
        try:
            found.append(record_from(sheet, values, typed=True))
        except InvalidInput as refusal:
            problems += [
                Problem(
                    sentence("record {number}, {where}", number=number, where=one.where),
                    one.message,
                )
                for one in refusal.problems
            ]
    if problems:
        raise InvalidInput(problems)
    what = f"{sheet}: {len(found)} records"
    return change(store, actor, estate_id, version, _putting(sheet, found), what)


def _putting(sheet: str, given: Sequence[SQLModel]) -> Callable[[Estate], Estate]:
    """Return what adds records to an estate, in place of those with the same keys."""

    def put_all(estate: Estate) -> Estate:
        if sheet == "attendance":
            days = {(one.date, one.team): one.present for one in estate.attendance.records()}
            days |= {(one.date, one.team): one.present for one in cast("list[TeamDay]", given)}
            joint = attendance_from((day, team, present) for (day, team), present in days.items())
            return replace(estate, attendance=joint)
        if sheet == "estate":
            raise InvalidInput(sentence("An estate has one header; change that one by itself."))
        rows = {key_of(sheet, record): record for record in records_of(estate, sheet)}
        rows |= {key_of(sheet, record): record for record in given}
        return _replaced(estate, sheet, tuple(rows.values()))

    return put_all


def undo(store: Store, actor: Actor, estate_id: str, version: int) -> Stored:
    """Take back the last change of the estate, as a new version.

    Raises:
        Conflict: the estate changed since `version`, or nothing is there to take back.
    """
    require(actor, Right.EDIT)
    with store.writing(actor.owner) as scope:
        now, _ = estate_in(store, scope, estate_id)
        new = next_version(scope, estate_id, version, store.now())
        before = before_last_change(scope, estate_id, now)
        replace_estate(scope, estate_id, now, before)
        note(scope, actor.id, "undo", "estate", estate_id, now=store.now())
    store.keep(estate_id, new, before)
    return Stored(estate_id, new, tuple(problems_of(before)))


def can_undo(store: Store, actor: Actor, estate_id: str) -> bool:
    """Say whether a change of the estate is left to take back."""
    require(actor, Right.SEE)
    with store.reading(actor.owner) as scope:
        left = select(col(ChangeRow.version)).where(col(ChangeRow.estate_id) == estate_id)
        return scope.execute(left.limit(1)).first() is not None


def key_of(sheet: str, record: SQLModel) -> Key:
    """Return the values by which a record is named."""
    return tuple(str(getattr(record, name)) for name in KEYS[sheet])


def records_of(estate: Estate, sheet: str) -> Sequence[SQLModel]:
    """Return the records of a sheet in their order.

    Raises:
        NotFound: no such sheet.
    """
    kind_of(sheet)
    return next(tuple(records) for name, records in estate.sheets() if name == sheet)


def _pictures(
    estate_id: str, sheet: str, key: Key | None, after: Key | None
) -> Callable[[Scope], None] | None:
    """Return what lets the picture of a floor follow it to another code, or go with it."""
    if sheet != "floors" or key is None or key == after:
        return None
    return lambda scope: follow_floor(scope, estate_id, key[0], None if after is None else after[0])


def _find(estate: Estate, sheet: str, key: Key) -> tuple[int, SQLModel]:
    for at, record in enumerate(records_of(estate, sheet)):
        if key_of(sheet, record) == tuple(key):
            return at, record
    raise NotFound(
        sentence("There is no record {key} in sheet {sheet}.", key=" ".join(key), sheet=sheet)
    )


def _with(estate: Estate, sheet: str, key: Key | None, record: SQLModel) -> Estate:
    """Return the estate with a record added, or put in place of the one that `key` names."""
    if sheet == "estate":
        return replace(estate, header=cast("Header", record))
    rows = list(records_of(estate, sheet))
    if key is None:
        _refuse_second(sheet, rows, record)
        rows.append(record)
        return _replaced(estate, sheet, tuple(rows))
    at, old = _find(estate, sheet, key)
    rows[at] = record
    if key_of(sheet, record) != key_of(sheet, old):
        _refuse_second(sheet, [row for row in rows if row is not record], record)
    changed = _replaced(estate, sheet, tuple(rows))
    if KEYS[sheet] == ("code",):
        return follow(changed, sheet, *key, *key_of(sheet, record))
    return changed


def _without(estate: Estate, sheet: str, key: Key) -> Estate:
    if sheet == "estate":
        raise InvalidInput(
            sentence("The header of an estate cannot be deleted; delete the estate itself.")
        )
    at, _ = _find(estate, sheet, key)
    rows = records_of(estate, sheet)
    return _replaced(estate, sheet, (*rows[:at], *rows[at + 1 :]))


def _refuse_second(sheet: str, rows: Sequence[SQLModel], record: SQLModel) -> None:
    key = key_of(sheet, record)
    if sheet != "rules" and any(key_of(sheet, row) == key for row in rows):
        name = " ".join(part for part in key if part)
        column = KEYS[sheet][-1]
        raise InvalidInput(
            [
                Problem(
                    sentence("column {column}", column=column),
                    sentence("{name} is there already; change that one instead", name=name),
                )
            ]
        )


def _replaced(estate: Estate, sheet: str, rows: tuple[SQLModel, ...]) -> Estate:
    if sheet == "attendance":
        days = cast("tuple[TeamDay, ...]", rows)
        joint = attendance_from((day.date, day.team, day.present) for day in days)
        return replace(estate, attendance=joint)
    sheets: dict[str, object] = {sheet: rows}
    return replace(estate, **sheets)  # type: ignore[arg-type]
