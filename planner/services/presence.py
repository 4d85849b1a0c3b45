"""Attendance files: looked at first, then stored once, with what was said kept for the source."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import delete, select
from sqlmodel import col

from planner.db.audit import note
from planner.db.floor_days import load_floor_days, load_floor_hours
from planner.db.tables import DayFileRow, DaySourceRow, EstateRow
from planner.errors import Conflict, InvalidInput, sentence
from planner.importers.attendance.look import Look, look_at
from planner.importers.sandbox import ALONE, LIMITS, Watch, read_apart
from planner.services import estates
from planner.services.access import Actor, Right, require
from planner.services.day_packing import pack_look, unpack_look
from planner.services.day_storing import days_of
from planner.services.loading import estate_in
from planner.services.presence_names import Names, names_of
from planner.services.saying import Said, options_from, plain_said, said_from
from planner.services.uploads import read_upload, safe_name, takes_long

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.db.store import Scope, Store
    from planner.domain.attendance import Attendance
    from planner.domain.estate import Estate
    from planner.services.day_storing import Days

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


@dataclass(frozen=True, slots=True)
class Waiting:
    """A waiting file before it is read.

    Args:
        file_name, size: of the upload; size in bytes.
        said: stands for what was said of it; another word when something else was said.
        is_looked_at: a worker has read it as things are said.
    """

    file_name: str
    size: int
    said: str
    is_looked_at: bool

    @property
    def is_long(self) -> bool:
        """Say whether taking it in is nothing to wait for in a request."""
        return takes_long(self.file_name, self.size)

    @property
    def needs_worker(self) -> bool:
        """Say whether a worker has to read it before it can be shown."""
        return self.is_long and not self.is_looked_at


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


def review(
    store: Store,
    actor: Actor,
    estate_id: str,
    file_id: str,
    watch: Watch = ALONE,
) -> Review:
    """Return a waiting file as it would be read now, or was as things are said; see `keep_look`.

    Raises:
        NotFound: no such file of this estate.
        Conflict: it was decided already.
    """
    require(actor, Right.EDIT)
    with store.reading(actor.owner) as scope:
        row = _waiting(scope, estate_id, file_id)
        estate, _ = estate_in(store, scope, estate_id)
        said, content, file = said_from(row.said), row.content, _file(row)
        look = None if row.look is None else unpack_look(row.look)
    if look is None:
        look = _looked(store, content, file.file_name, said, estate, watch)
    return Review(file, said, look, names_of(look.report, estate, said))


def _looked(
    store: Store,
    content: bytes,
    name: str,
    said: Said,
    estate: Estate,
    watch: Watch,
) -> Look:
    try:
        options = options_from(said, country=estate.header.country, today=_today(store))
        reader = partial(read_apart, look_at, watch=watch)
        return read_upload(content, name, lambda path: reader(path, LIMITS, options))
    except InvalidInput as refusal:
        return Look(None, None, tuple(refusal.problems))


def keep_look(scope: Scope, estate_id: str, found: Review) -> None:
    """Keep what was read of a file that waits, unless something else was said meanwhile."""
    row = _waiting(scope, estate_id, found.file.id)
    if said_from(row.said) == found.said:
        row.look = pack_look(found.look)


def waiting_file(store: Store, actor: Actor, estate_id: str, file_id: str) -> Waiting:
    """Return what is known of a waiting file without reading it.

    Raises:
        NotFound: no such file of this estate.
        Conflict: it was decided already.
    """
    require(actor, Right.EDIT)
    with store.reading(actor.owner) as scope:
        row = _waiting(scope, estate_id, file_id)
        said = json.dumps(row.said, sort_keys=True).encode()
        return Waiting(
            row.file_name,
            len(row.content),
            hashlib.sha256(said).hexdigest(),
            is_looked_at=row.look is not None,
        )


def say(store: Store, actor: Actor, estate_id: str, file_id: str, said: Said) -> None:
    """Keep what somebody says of a waiting file."""
    require(actor, Right.EDIT)
    with store.writing(actor.owner) as scope:
        row = _waiting(scope, estate_id, file_id)
        row.said, row.look = plain_said(said), None


def say_more(
    store: Store, actor: Actor, estate_id: str, file_id: str, answers: Mapping[str, Any]
) -> None:
    """Keep some answers besides what was said of a waiting file."""
    require(actor, Right.EDIT)
    with store.writing(actor.owner) as scope:
        row = _waiting(scope, estate_id, file_id)
        row.said, row.look = plain_said(replace(said_from(row.said), **answers)), None


def confirm(
    store: Store, actor: Actor, estate_id: str, file_id: str, version: int
) -> estates.Stored:
    """Store what a file yields, keep the answers for its source, drop the file itself.

    Raises:
        InvalidInput: rows are refused, or nothing is left to store; nothing was stored.
        Conflict: the estate changed since `version`, or the file was stored meanwhile.
    """
    found = review(store, actor, estate_id, file_id)
    days = days_of(found.look, found.names)
    with store.writing(actor.owner) as scope:
        stored, after = confirm_in(store, scope, actor, estate_id, version, found, days)
    store.keep(estate_id, stored.version, after)
    return stored


def confirm_in(
    store: Store,
    scope: Scope,
    actor: Actor,
    estate_id: str,
    version: int,
    found: Review,
    days: Days,
) -> tuple[estates.Stored, Estate]:
    """Store the days of a file within a transaction; also return the estate as it is then."""
    row = _waiting(scope, estate_id, found.file.id)
    _refuse_twice(scope, estate_id, row.hash, row.file_name)
    what, now = f"attendance {row.file_name}", store.now()
    stored, after = estates.change_in(
        store, scope, actor, estate_id, version, days.onto, what, strict=True
    )
    days.put_floors(scope, estate_id)
    row.state, row.content, row.look, row.kind = "stored", b"", None, days.kind
    row.rows_in, row.kept = days.rows_in, len(days)
    row.first_day, row.last_day = days.first, days.last
    row.decided_by, row.decided_at = actor.id, now
    row.said = plain_said(found.said.without_people())
    _keep_source(scope, estate_id, row.source, found.said, now)
    note(scope, actor.id, "store", "day_file", row.id, now=now, detail=row.file_name)
    return replace(stored, records=len(days)), after


def drop(store: Store, actor: Actor, estate_id: str, file_id: str) -> None:
    """Drop a waiting file; nothing of it is stored."""
    require(actor, Right.EDIT)
    with store.writing(actor.owner) as scope:
        _waiting(scope, estate_id, file_id)
        drop_in(store, scope, actor, file_id)


def drop_in(store: Store, scope: Scope, actor: Actor, file_id: str) -> None:
    """Drop a file within a transaction if it still waits."""
    row = scope.one(DayFileRow, "file", id=file_id)
    if row.state == "waiting":
        row.state, row.content, row.look, row.said = "dropped", b"", None, {}
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
