"""Attendance files: looked at first, then stored once, with what was said kept for the source."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from sqlalchemy import delete, select
from sqlmodel import col

from planner.db.audit import note
from planner.db.floor_days import (
    add_floor_days,
    load_floor_days,
    load_floor_hours,
    put_floor_hours,
)
from planner.db.tables import DayFileRow, DaySourceRow, EstateRow
from planner.domain.attendance import attendance_from
from planner.errors import Conflict, InvalidInput, sentence
from planner.importers.attendance.look import Look, look_at
from planner.importers.sandbox import LIMITS, read_apart
from planner.services import estates
from planner.services.access import Actor, Right, require
from planner.services.loading import estate_in
from planner.services.presence_names import Names, names_of, renamed
from planner.services.saying import Said, options_from, plain_said, said_from
from planner.services.uploads import read_upload, safe_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.db.store import Scope, Store
    from planner.domain.attendance import Attendance
    from planner.domain.estate import Estate
    from planner.importers.attendance.report import AttendanceReport

KEPT_WAITING: Final = dt.timedelta(days=1)
"""A file names people: what nobody decided within a day is dropped."""
_LISTED: Final = 20


@dataclass(frozen=True, slots=True)
class Source:
    """A name under which answers are kept, for the next file of the same kind."""

    name: str
    said: Said


@dataclass(frozen=True, slots=True)
class DayFile:
    """One file in the list: what came of it."""

    id: str
    source: str
    file_name: str
    state: str
    kind: str
    rows_in: int
    kept: int
    first_day: dt.date | None
    last_day: dt.date | None
    asked_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Review:
    """A file that waits for a decision.

    Args:
        file: its line in the list.
        said: what was said of it so far.
        look: headings, first rows, and what it yields.
        names: its teams and floors against those of the estate.
    """

    file: DayFile
    said: Said
    look: Look
    names: Names

    @property
    def ready(self) -> bool:
        """Say whether storing it would store anything and lose nothing unseen."""
        report = self.look.report
        return report is not None and not report.refused and bool(self.names.matched)


def receive(
    store: Store, actor: Actor, estate_id: str, data: bytes, filename: str, source: str
) -> str:
    """Keep a file for review and return its id; answers given for its source before apply.

    Raises:
        InvalidInput: it is empty.
        Conflict: it was stored already.
    """
    require(actor, Right.EDIT)
    if not data:
        raise InvalidInput(
            sentence(
                "{name} is empty; choose a file that holds something", name=safe_name(filename)
            )
        )
    digest, now = hashlib.sha256(data).hexdigest(), store.now()
    with store.writing(actor.owner) as scope:
        scope.one(EstateRow, "estate", id=estate_id)
        _refuse_twice(scope, estate_id, digest, filename)
        old = col(DayFileRow.asked_at) < now - KEPT_WAITING
        scope.execute(delete(DayFileRow).where(col(DayFileRow.state) == "waiting", old))
        known = _source(scope, estate_id, source)
        row = DayFileRow(
            estate_id=estate_id,
            source=source,
            file_name=filename,
            hash=digest,
            content=data,
            said={} if known is None else known.said,
            asked_by=actor.id,
            asked_at=now,
        )
        scope.add(row)
        scope.flush()
        return row.id


def review(store: Store, actor: Actor, estate_id: str, file_id: str) -> Review:
    """Return a waiting file as it would be read now.

    Raises:
        NotFound: no such file of this estate.
        Conflict: it was decided already.
    """
    require(actor, Right.EDIT)
    with store.reading(actor.owner) as scope:
        row = _waiting(scope, estate_id, file_id)
        estate, _ = estate_in(store, scope, estate_id)
        said, content, file = said_from(row.said), row.content, _file(row)
    try:
        options = options_from(said, country=estate.header.country, today=_today(store))
        look = read_upload(
            content, file.file_name, lambda path: read_apart(look_at, path, LIMITS, options)
        )
    except InvalidInput as refusal:
        look = Look(None, None, tuple(refusal.problems))
    return Review(file, said, look, names_of(look.report, estate, said))


def say(store: Store, actor: Actor, estate_id: str, file_id: str, said: Said) -> None:
    """Keep what somebody says of a waiting file."""
    require(actor, Right.EDIT)
    with store.writing(actor.owner) as scope:
        _waiting(scope, estate_id, file_id).said = plain_said(said)


def confirm(
    store: Store, actor: Actor, estate_id: str, file_id: str, version: int
) -> estates.Stored:
    """Store what a file yields, keep the answers for its source, drop the file itself.

    Raises:
        InvalidInput: rows are refused, or nothing is left to store; nothing was stored.
        Conflict: the estate changed since `version`, or the file was stored meanwhile.
    """
    found = review(store, actor, estate_id, file_id)
    report = found.look.report
    if report is None:
        raise InvalidInput(found.look.problems)
    if report.refused:
        first = report.refused[0]
        raise InvalidInput(
            sentence(
                "{count} rows are refused, the first is row {row}: {reason}. Mend them or take "
                "them out, and upload the file again.",
                count=len(report.refused),
                row=first.row,
                reason=first.reason,
            )
        )
    teams, floors = (
        renamed(report.attendance, found.names.teams),
        renamed(report.floors, found.names.floors),
    )
    if not len(teams) and not len(floors):
        raise InvalidInput(
            sentence("No team or floor of the file is one of the estate; say which is which.")
        )
    areas = _areas(report, found.names.floors)
    what = f"attendance {found.file.file_name}"
    stored = _store_team_days(store, actor, estate_id, version, (teams, areas), what)
    with store.writing(actor.owner) as scope:
        row = _waiting(scope, estate_id, file_id)
        _refuse_twice(scope, estate_id, row.hash, row.file_name)
        add_floor_days(scope, estate_id, floors)
        put_floor_hours(scope, estate_id, _hours(report, found.names.floors))
        days = report.days
        row.state, row.content, row.kind = "stored", b"", report.kind
        row.rows_in, row.kept = report.rows_in, len(teams) + len(floors)
        row.first_day, row.last_day = (days[0], days[-1]) if days else (None, None)
        row.decided_by, row.decided_at = actor.id, store.now()
        row.said = plain_said(found.said.without_people())
        _keep_source(scope, estate_id, row.source, found.said, store.now())
        note(scope, actor.id, "store", "day_file", row.id, now=store.now(), detail=row.file_name)
    return replace(stored, records=len(teams) + len(floors))


def drop(store: Store, actor: Actor, estate_id: str, file_id: str) -> None:
    """Drop a waiting file; nothing of it is stored."""
    require(actor, Right.EDIT)
    with store.writing(actor.owner) as scope:
        row = _waiting(scope, estate_id, file_id)
        row.state, row.content, row.said = "dropped", b"", {}
        row.decided_by, row.decided_at = actor.id, store.now()


def files(store: Store, actor: Actor, estate_id: str) -> tuple[DayFile, ...]:
    """Return the attendance files of an estate, newest first."""
    require(actor, Right.SEE)
    with store.reading(actor.owner) as scope:
        rows = scope.execute(
            select(DayFileRow)
            .where(col(DayFileRow.estate_id) == estate_id, col(DayFileRow.state) != "dropped")
            .order_by(col(DayFileRow.asked_at).desc())
            .limit(_LISTED)
        ).scalars()
        return tuple(map(_file, rows))


def sources(store: Store, actor: Actor, estate_id: str) -> tuple[Source, ...]:
    """Return the sources of an estate whose answers are kept, by name."""
    require(actor, Right.SEE)
    with store.reading(actor.owner) as scope:
        rows = scope.execute(
            select(DaySourceRow)
            .where(col(DaySourceRow.estate_id) == estate_id)
            .order_by(col(DaySourceRow.name))
        ).scalars()
        return tuple(Source(row.name, said_from(row.said)) for row in rows)


def floor_days(store: Store, actor: Actor, estate_id: str) -> Attendance:
    """Return people by day and floor, as sensors, badges or bookings tell."""
    require(actor, Right.SEE)
    with store.reading(actor.owner) as scope:
        scope.one(EstateRow, "estate", id=estate_id)
        return load_floor_days(scope, estate_id)


def floor_hours(store: Store, actor: Actor, estate_id: str) -> Mapping[tuple[str, int, int], float]:
    """Return people by floor, weekday and hour, as sensors tell."""
    require(actor, Right.SEE)
    with store.reading(actor.owner) as scope:
        scope.one(EstateRow, "estate", id=estate_id)
        return load_floor_hours(scope, estate_id)


def _areas(report: AttendanceReport, names: Mapping[str, str | None]) -> Mapping[str, Decimal]:
    """Return the usable areas that a file states, by floor of the estate."""
    found: dict[str, Decimal] = {}
    for name, area in report.usable_m2.items():
        code = names.get(name)
        if code is not None:
            found[code] = found.get(code, Decimal(0)) + Decimal(area)
    return found


def _hours(
    report: AttendanceReport, names: Mapping[str, str | None]
) -> Mapping[tuple[str, int, int], float]:
    """Return people by floor of the estate, weekday and hour; names of one floor are added up."""
    found: dict[tuple[str, int, int], float] = {}
    for (name, weekday, hour), people in report.hours.items():
        code = names.get(name)
        if code is not None:
            key = (code, weekday, hour)
            found[key] = found.get(key, 0.0) + people
    return found


def _store_team_days(
    store: Store,
    actor: Actor,
    estate_id: str,
    version: int,
    stated: tuple[Attendance, Mapping[str, Decimal]],
    what: str,
) -> estates.Stored:
    """Add team-days and usable areas of floors.

    The version goes on even for floor-days alone, as pages rest on both.
    """
    teams, areas = stated

    def with_days(estate: Estate) -> Estate:
        if areas:
            floors = tuple(
                floor.model_copy(update={"usable_area_m2": areas[floor.code]})
                if floor.code in areas
                else floor
                for floor in estate.floors
            )
            estate = replace(estate, floors=floors)
        if not len(teams):
            return estate
        days = {
            (one.date, one.team): one.present
            for table in (estate.attendance, teams)
            for one in table.records()
        }
        joint = attendance_from((day, team, present) for (day, team), present in days.items())
        return replace(estate, attendance=joint)

    return estates.change(store, actor, estate_id, version, with_days, what, strict=True)


def _waiting(scope: Scope, estate_id: str, file_id: str) -> DayFileRow:
    row = scope.one(DayFileRow, "attendance file", id=file_id, estate_id=estate_id)
    if row.state != "waiting":
        raise Conflict(
            sentence("This file was decided on already; upload it again to look at it anew.")
        )
    return row


def _refuse_twice(scope: Scope, estate_id: str, digest: str, name: str) -> None:
    before = (
        scope.execute(
            select(DayFileRow).where(
                col(DayFileRow.estate_id) == estate_id,
                col(DayFileRow.hash) == digest,
                col(DayFileRow.state) == "stored",
            )
        )
        .scalars()
        .first()
    )
    if before is not None:
        raise Conflict(
            sentence(
                "{name} was stored already, on {day} as {file}; nothing was stored a second time.",
                name=safe_name(name),
                day=f"{before.decided_at:%Y-%m-%d}",
                file=before.file_name,
            )
        )


def _source(scope: Scope, estate_id: str, name: str) -> DaySourceRow | None:
    return (
        scope.execute(
            select(DaySourceRow).where(
                col(DaySourceRow.estate_id) == estate_id, col(DaySourceRow.name) == name
            )
        )
        .scalars()
        .first()
    )


def _keep_source(scope: Scope, estate_id: str, name: str, said: Said, now: dt.datetime) -> None:
    row = _source(scope, estate_id, name)
    if row is None:
        row = DaySourceRow(estate_id=estate_id, name=name, changed_at=now)
        scope.add(row)
    row.said, row.changed_at = plain_said(said.without_people()), now


def _file(row: DayFileRow) -> DayFile:
    return DayFile(
        row.id, row.source, row.file_name, row.state, row.kind, row.rows_in, row.kept,
        row.first_day, row.last_day, row.asked_at,
    )  # fmt: skip


def _today(store: Store) -> dt.date:
    """Return the latest date that it is anywhere: the building may lie east of the server."""
    return (store.now() + dt.timedelta(hours=14)).date()
