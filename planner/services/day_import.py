"""An attendance file in one step, for programs: read, told of, and stored only as a whole."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from planner.errors import Conflict, InvalidInput, NotFound
from planner.services import presence, taking_in
from planner.services.day_storing import refuse_rows
from planner.services.uploads import takes_long

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.db.store import Store
    from planner.importers.attendance import AttendanceReport
    from planner.services.access import Actor
    from planner.services.estates import Stored
    from planner.services.taking_in import Intake


@dataclass(frozen=True, slots=True)
class DayImport:
    """What a file yields, and what of it was stored.

    Args:
        report: as it was read.
        unknown: names in it that are no team and no floor of the estate; they were left out.
        stored: what storing it did, None where it was only looked at.
    """

    report: AttendanceReport
    unknown: tuple[str, ...]
    stored: Stored | None


def leave(
    store: Store,
    actor: Actor,
    estate_id: str,
    data: bytes,
    filename: str,
    source: str,
    *,
    answers: Mapping[str, Any],
    version: int | None,
) -> str | None:
    """Leave a long file to a worker; return the run.

    At a version it is stored, whole or not at all; without one it is looked at, see `looked`, and
    waits a day for somebody to decide on. None for a file that is read sooner than somebody
    asks how it stands.
    """
    if not takes_long(filename, len(data)):
        return None
    ident = presence.receive(store, actor, estate_id, data, filename, source)
    presence.say_more(store, actor, estate_id, ident, answers)
    return taking_in.ask_days(store, actor, estate_id, ident, version, whole=True)


def looked(store: Store, actor: Actor, intake: Intake) -> DayImport | None:
    """Return what a worker saw in a file that it only looked at.

    None before it has, and once the file is decided on or something else was said of it.
    """
    if intake.what != "look" or intake.state != "done" or intake.estate_id is None:
        return None
    try:
        if not presence.waiting_file(store, actor, intake.estate_id, intake.about).is_looked_at:
            return None
        found = presence.review(store, actor, intake.estate_id, intake.about)
    except (Conflict, NotFound):
        return None
    report = found.look.report
    return None if report is None else DayImport(report, found.names.asked, None)


def take_in(
    store: Store,
    actor: Actor,
    estate_id: str,
    data: bytes,
    filename: str,
    source: str,
    *,
    answers: Mapping[str, Any],
    version: int | None,
) -> DayImport:
    """Read a file under what is said of it; store it if a version is named, else only look.

    The same file is never stored twice. What was said is kept for its source once it is stored.

    Raises:
        InvalidInput: it cannot be read, or rows are refused and it was to be stored; each row
            is named and nothing was stored.
        Conflict: it was stored before, or the estate changed since `version`.
    """
    ident = presence.receive(store, actor, estate_id, data, filename, source)
    try:
        before = presence.review(store, actor, estate_id, ident)
        presence.say(store, actor, estate_id, ident, replace(before.said, **answers))
        found = presence.review(store, actor, estate_id, ident)
        report = found.look.report
        if report is None:
            raise InvalidInput(found.look.problems)
        if version is None:
            return DayImport(report, found.names.asked, None)
        refuse_rows(report, filename)
        stored = presence.confirm(store, actor, estate_id, ident, version)
        ident = ""
        return DayImport(report, found.names.asked, stored)
    finally:
        if ident:
            presence.drop(store, actor, estate_id, ident)
