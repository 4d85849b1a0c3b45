"""An attendance file in one step, for programs: read, told of, and stored only as a whole."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from planner.errors import InvalidInput
from planner.services import presence, taking_in
from planner.services.day_storing import refuse_rows
from planner.services.uploads import takes_long

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.db.store import Store
    from planner.importers.attendance import AttendanceReport
    from planner.services.access import Actor
    from planner.services.estates import Stored


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
    """Leave a long file to a worker that stores it, whole or not at all; return the run.

    None for one that is read sooner than somebody asks how it stands, or only to be looked at.
    """
    if version is None or not takes_long(filename, len(data)):
        return None
    ident = presence.receive(store, actor, estate_id, data, filename, source)
    presence.say_more(store, actor, estate_id, ident, answers)
    return taking_in.ask_days(store, actor, estate_id, ident, version, whole=True)


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
        unknown = (*found.names.asked_teams, *found.names.asked_floors)
        if version is None:
            return DayImport(report, unknown, None)
        refuse_rows(report, filename)
        stored = presence.confirm(store, actor, estate_id, ident, version)
        ident = ""
        return DayImport(report, unknown, stored)
    finally:
        if ident:
            presence.drop(store, actor, estate_id, ident)
