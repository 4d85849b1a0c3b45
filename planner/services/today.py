"""The figures of the first page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from planner.demand.unvisited import quiet_units
from planner.domain.attendance import NOBODY_COUNTED
from planner.services import proposals
from planner.services.access import Right, require

if TYPE_CHECKING:
    import datetime as dt

    from planner.db.store import Store
    from planner.demand.unvisited import Quiet
    from planner.domain.attendance import Attendance
    from planner.domain.estate import Estate
    from planner.services.access import Actor
    from planner.services.proposals import Proposal

_QUIETEST: Final = 5


@dataclass(frozen=True, slots=True)
class EstateToday:
    """One estate on the first page.

    Args:
        id, name: the estate.
        seats: all of its seats, of a unit no more than its exits allow people.
        people: all on the books.
        busiest: most people present on one day that is known for every team; None if no day is.
        busiest_on: that day.
        unvisited: units that nobody entered in the last 90 days on record.
        almost: units that next to nobody entered.
        quietest: the emptiest units.
        days: days on record.
    """

    id: str
    name: str
    seats: int
    people: int
    busiest: int | None
    busiest_on: dt.date | None
    unvisited: tuple[Quiet, ...]
    almost: tuple[Quiet, ...]
    quietest: tuple[Quiet, ...]
    days: int


def waiting_for(store: Store, actor: Actor, estate_id: str) -> tuple[Proposal, ...]:
    """Return the proposals of an estate that this actor may decide, or submit again."""
    require(actor, Right.SEE)
    return tuple(
        one
        for one in proposals.search(store, actor)
        if one.estate_id == estate_id
        and (one.may_decide or (one.state == "sent_back" and actor.may(Right.PLAN)))
    )


def figures_of(estate_id: str, estate: Estate, floors: Attendance = NOBODY_COUNTED) -> EstateToday:
    """Return what an estate's own records, and counts of its floors, say of its use."""
    busiest, busiest_on = _busiest(estate)
    quiet = quiet_units(estate, floors)
    return EstateToday(
        id=estate_id,
        name=estate.header.name,
        seats=sum(unit.places for unit in estate.units),
        people=sum(team.headcount for team in estate.teams),
        busiest=busiest,
        busiest_on=busiest_on,
        unvisited=tuple(one for one in quiet if one.unvisited),
        almost=tuple(one for one in quiet if one.almost),
        quietest=quiet[:_QUIETEST],
        days=len(estate.attendance.days),
    )


def _busiest(estate: Estate) -> tuple[int | None, dt.date | None]:
    """Return the fullest of the days that are known for every team."""
    table = estate.attendance
    teams = {team.code for team in estate.teams if team.headcount}
    if not table.days or not teams <= set(table.teams):
        return None, None
    columns = [at for at, team in enumerate(table.teams) if team in teams]
    whole = np.nonzero(table.known[:, columns].all(axis=1))[0]
    if not len(whole):
        return None, None
    totals = table.present[whole][:, columns].sum(axis=1)
    at = int(np.argmax(totals))
    return int(totals[at]), table.days[whole[at]]
