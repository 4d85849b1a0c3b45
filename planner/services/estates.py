"""Estates: create, read, import and export as a whole; single records are in `records`."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import delete, func, select
from sqlmodel import col

from planner.db.audit import note
from planner.db.changes import change_estate
from planner.db.estates import insert_estate, version_of
from planner.db.tables import (
    AuditRow,
    BuildingRow,
    EstateRow,
    FloorRow,
    ProposalRow,
    ProposalVersionRow,
    TeamRow,
    UserRow,
)
from planner.domain.consistency import Numbering, problems_of
from planner.domain.consistency.places import Placement
from planner.domain.consistency.references import duplicate_problems, reference_problems
from planner.domain.consistency.wishes import rule_problems
from planner.domain.estate import Estate
from planner.errors import Conflict, InvalidInput, Problem, sentence
from planner.importers.sandbox import read_apart
from planner.services.access import Actor, Right, require
from planner.services.loading import estate_in
from planner.services.shown import to_take_away
from planner.services.snapshots import forget_unused
from planner.services.uploads import read_upload

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence

    from planner.db.store import Scope, Store
    from planner.domain.records import Header


_LINES = 200
"""How much of an estate's history is shown."""


@dataclass(frozen=True, slots=True)
class EstateSummary:
    """One line of the list of estates."""

    id: str
    name: str
    version: int
    currency: str
    generated: bool
    buildings: int
    floors: int
    teams: int
    people: int
    seats: int
    changed_at: dt.datetime


class EstateNow(NamedTuple):
    """An estate as it stands, with the version that a change must name."""

    estate: Estate
    version: int


@dataclass(frozen=True, slots=True)
class Stored:
    """What a change to an estate did.

    Args:
        estate_id: the estate.
        version: it has now.
        warnings: what the records say together that stands in the way of a plan; stored all
            the same, since forms are filled in one after the other.
        records: how many records were stored.
    """

    estate_id: str
    version: int
    warnings: tuple[Problem, ...] = ()
    records: int = 0


def list_estates(store: Store, actor: Actor) -> tuple[EstateSummary, ...]:
    """Return the owner's estates by name."""
    require(actor, Right.SEE)
    with store.reading(actor.owner) as scope:
        buildings = _counted(scope, BuildingRow)
        floors = _counted(scope, FloorRow, col(FloorRow.seats))
        teams = _counted(scope, TeamRow, col(TeamRow.headcount))
        rows = scope.execute(select(EstateRow).order_by(col(EstateRow.name))).scalars()
        return tuple(
            EstateSummary(
                id=row.id,
                name=row.name,
                version=row.version,
                currency=row.currency,
                generated=row.generated,
                buildings=buildings.get(row.id, (0, 0))[0],
                floors=floors.get(row.id, (0, 0))[0],
                teams=teams.get(row.id, (0, 0))[0],
                people=teams.get(row.id, (0, 0))[1],
                seats=floors.get(row.id, (0, 0))[1],
                changed_at=row.changed_at,
            )
            for row in rows
        )


def create_estate(store: Store, actor: Actor, header: Header) -> Stored:
    """Create an estate with nothing in it yet."""
    return add_estate(store, actor, Estate(header=header))


def add_estate(store: Store, actor: Actor, estate: Estate) -> Stored:
    """Store a whole estate as a new one, for example the demo."""
    with store.writing(actor.owner) as scope:
        return add_in(store, scope, actor, estate)


def add_in(store: Store, scope: Scope, actor: Actor, estate: Estate) -> Stored:
    """Store a whole estate as a new one within a transaction."""
    require(actor, Right.EDIT)
    estate_id = insert_estate(scope, estate, store.now())
    note(scope, actor.id, "create", "estate", estate_id, now=store.now())
    return Stored(estate_id, 1, tuple(problems_of(estate)), _size(estate))


def get_estate(store: Store, actor: Actor, estate_id: str) -> EstateNow:
    """Return the frozen estate and its version.

    Raises:
        NotFound: no such estate of this owner.
    """
    require(actor, Right.SEE)
    with store.glancing(actor.owner) as scope:
        version = version_of(scope, estate_id)
    known = store.known(estate_id, version)
    if known is not None:
        return EstateNow(known, version)
    with store.reading(actor.owner) as scope:
        return EstateNow(*estate_in(store, scope, estate_id))


def problems(store: Store, actor: Actor, estate_id: str) -> tuple[Problem, ...]:
    """Return everything that stands in the way of a plan for this estate."""
    return tuple(problems_of(get_estate(store, actor, estate_id).estate))


def delete_estate(store: Store, actor: Actor, estate_id: str, version: int) -> None:
    """Delete an estate with its plans and documents, and as they saw it.

    Refused while a proposal of it is submitted or approved.
    """
    require(actor, Right.EDIT)
    with store.writing(actor.owner) as scope:
        row = scope.one(EstateRow, "estate", id=estate_id)
        if row.version != version:
            raise Conflict(
                sentence("The estate changed meanwhile; look at it again before you delete it.")
            )
        decided = col(ProposalVersionRow.state).in_(["submitted", "approved"])
        held = scope.execute(
            select(col(ProposalRow.title))
            .join(ProposalVersionRow, col(ProposalVersionRow.proposal_id) == col(ProposalRow.id))
            .where(col(ProposalRow.estate_id) == estate_id, decided)
        ).scalar()
        if held is not None:
            raise Conflict(
                sentence(
                    "Proposal {held!r} of this estate is submitted or approved; it stays.",
                    held=held,
                )
            )
        # PostgreSQL would delete the plans first, which versions of a proposal hold.
        scope.execute(delete(ProposalRow).where(col(ProposalRow.estate_id) == estate_id))
        scope.delete(row)
        scope.flush()
        forget_unused(scope)
        note(scope, actor.id, "delete", "estate", estate_id, now=store.now())


def import_workbook(
    store: Store,
    actor: Actor,
    data: bytes,
    filename: str,
    estate_id: str | None = None,
    version: int | None = None,
) -> Stored:
    """Store a workbook as a new estate, or in place of one; all of it or nothing.

    Raises:
        ImportRefused: with every error by sheet, row and column.
        Conflict: the estate changed since `version`.
    """
    from planner.importers.workbook import read_estate  # noqa: PLC0415  only on upload

    require(actor, Right.EDIT)
    estate = read_upload(data, filename, partial(read_apart, read_estate))
    if estate_id is None:
        return add_estate(store, actor, estate)
    return change(
        store, actor, estate_id, version, lambda _: estate, f"workbook {filename}", strict=True
    )


def export_workbook(store: Store, actor: Actor, estate_id: str) -> bytes:
    """Return the estate as a workbook; for a viewer, without attendance of a few people."""
    from planner.importers.workbook import estate_bytes  # noqa: PLC0415  only on download

    return estate_bytes(to_take_away(actor, get_estate(store, actor, estate_id).estate))


def history(store: Store, actor: Actor, estate_id: str) -> Sequence[tuple[dt.datetime, str, str]]:
    """Return the changes of an estate, newest first: when, by whom, what."""
    require(actor, Right.SEE)
    with store.reading(actor.owner) as scope:
        rows = scope.execute(
            select(AuditRow, UserRow)
            .join(UserRow, col(UserRow.id) == col(AuditRow.actor_id), isouter=True)
            .where(col(AuditRow.subject) == "estate", col(AuditRow.subject_id) == estate_id)
            .order_by(col(AuditRow.id).desc())
            .limit(_LINES)
        )
        return [
            (row.at, "" if user is None else user.name or user.email, row.detail or row.action)
            for row, user in rows
        ]


def template_workbook(language: str) -> bytes:
    """Return the empty workbook with headings, explanations and examples, in `en` or `id`."""
    from planner.importers.workbook import write_template  # noqa: PLC0415  only on download

    with tempfile.TemporaryDirectory(prefix="planner-template-") as folder:
        path = Path(folder, f"template-{language}.xlsx")
        write_template(path)
        return path.read_bytes()


def change(
    store: Store,
    actor: Actor,
    estate_id: str,
    version: int | None,
    make: Callable[[Estate], Estate],
    what: str,
    *,
    strict: bool = False,
    also: Callable[[Scope], None] | None = None,
) -> Stored:
    """Store what `make` makes of the estate at `version`; see `change_in`.

    `also` writes in the same transaction, what is no record of the estate.
    """
    with store.writing(actor.owner) as scope:
        stored, after = change_in(
            store, scope, actor, estate_id, version, make, what, strict=strict
        )
        if also is not None:
            also(scope)
    store.keep(estate_id, stored.version, after)
    return stored


def change_in(
    store: Store,
    scope: Scope,
    actor: Actor,
    estate_id: str,
    version: int | None,
    make: Callable[[Estate], Estate],
    what: str,
    *,
    strict: bool = False,
) -> tuple[Stored, Estate]:
    """Store what `make` makes of the estate at `version`; `what` goes into its history.

    A `strict` change may bring in no contradiction at all; another one only what further
    entries will settle, which is returned as warnings.

    Raises:
        NotFound: no such estate of this owner.
        Conflict: it changed since `version`, or no version was named.
        InvalidInput: a duplicate, a reference to what is not there, a rule that cannot be kept.
    """
    require(actor, Right.EDIT)
    before, current = estate_in(store, scope, estate_id)
    after = make(before)
    found = problems_of(after)
    known = frozenset(problems_of(before)) if found else frozenset()
    lasting = frozenset(found) if strict or not found else _lasting(after, before)
    refused = [one for one in found if one in lasting - known]
    if refused:
        raise InvalidInput(refused)
    new = change_estate(
        scope,
        estate_id,
        before,
        after,
        version=_named(version, current),
        actor_id=actor.id,
        what=what,
        now=store.now(),
    )
    return Stored(estate_id, new, tuple(found), _size(after)), after


def _named(version: int | None, current: int) -> int:
    if version is None:
        raise Conflict(
            sentence(
                "Say which version you change; the estate is at version {current}.", current=current
            )
        )
    return version


def _lasting(estate: Estate, before: Estate) -> frozenset[Problem]:
    """Return what further entries cannot settle: duplicates, codes that name nothing, new rules.

    Units do not count: a floor is divided in sheet spaces and in sheet seating one by one.
    """
    placed = Placement(estate, Numbering())
    broken = chain(
        duplicate_problems(placed),
        reference_problems(placed),
        rule_problems(placed, but=before.rules),
    )
    return frozenset(one for one in broken if not one.where.endswith(", column unit"))


def _size(estate: Estate) -> int:
    sheets = (records for name, records in estate.sheets() if name != "attendance")
    return sum(len(tuple(records)) for records in sheets) + len(estate.attendance)


def _counted(scope: Scope, kind: type[Any], summed: Any = None) -> dict[str, tuple[int, int]]:
    """Return rows and a sum for each estate."""
    total = func.count() if summed is None else func.coalesce(func.sum(summed), 0)
    rows = scope.execute(select(kind.estate_id, func.count(), total).group_by(kind.estate_id))
    return {estate: (int(count), int(many)) for estate, count, many in rows}
