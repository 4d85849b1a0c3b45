"""The figures of the first page."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from planner.services import proposals
from planner.services.access import Right, require

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from planner.db.store import Store
    from planner.domain.estate import Estate, Unit
    from planner.services.access import Actor
    from planner.services.proposals import Proposal

_SPAN: Final = dt.timedelta(weeks=10)
_QUIETEST: Final = 5


@dataclass(frozen=True, slots=True)
class QuietUnit:
    """A lettable unit that few people came to, as far as attendance tells.

    Args:
        unit: its id.
        building: code of its building.
        seats: in it.
        most: people on its busiest day in the last ten weeks, an estimate: attendance is
            known by team, and a team in several places is shared out by its seating.
        area_m2: lettable area, square metres, as text with its decimals.
    """

    unit: str
    building: str
    seats: int
    most: int
    area_m2: str


@dataclass(frozen=True, slots=True)
class EstateToday:
    """One estate on the first page.

    Args:
        id, name: the estate.
        seats: all of its seats.
        people: all on the books.
        busiest: most people present on one day that is known for every team; None if no day is.
        busiest_on: that day.
        unvisited: units whose teams nobody of came in the last ten weeks on record.
        days: days on record.
    """

    id: str
    name: str
    seats: int
    people: int
    busiest: int | None
    busiest_on: dt.date | None
    unvisited: tuple[QuietUnit, ...]
    quietest: tuple[QuietUnit, ...]
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


def figures_of(estate_id: str, estate: Estate) -> EstateToday:
    """Return what an estate's own records say of its use."""
    table = estate.attendance
    busiest, busiest_on = _busiest(estate)
    late = np.array([day > table.days[-1] - _SPAN for day in table.days], np.bool_)
    columns = {team: at for at, team in enumerate(table.teams)}
    here = _sitting(estate)
    quiet = [
        found
        for unit in estate.units
        if (found := _quiet(estate, unit, here[unit.id], columns, late)) is not None
    ]
    quiet.sort(key=lambda one: (one.most / one.seats, one.unit))
    return EstateToday(
        id=estate_id,
        name=estate.header.name,
        seats=sum(unit.seats for unit in estate.units),
        people=sum(team.headcount for team in estate.teams),
        busiest=busiest,
        busiest_on=busiest_on,
        unvisited=tuple(one for one in quiet if not one.most),
        quietest=tuple(quiet[:_QUIETEST]),
        days=len(table.days),
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


def _sitting(estate: Estate) -> Mapping[str, Mapping[str, int]]:
    """Return people by unit and team."""
    found: dict[str, dict[str, int]] = {unit.id: {} for unit in estate.units}
    for team, homes in estate.now.items():
        for unit, people in homes.items():
            found[unit][team] = people
    return found


def _quiet(
    estate: Estate,
    unit: Unit,
    here: Mapping[str, int],
    at: Mapping[str, int],
    late: NDArray[np.bool_],
) -> QuietUnit | None:
    """Return how full a unit gets at most; None where a team in it has a gap, or no seat is."""
    table = estate.attendance
    if not unit.seats or not late.any() or not here.keys() <= at.keys():
        return None
    people = np.zeros(int(late.sum()))
    for team, sitting in here.items():
        if not table.known[late, at[team]].all():
            return None
        people += table.present[late, at[team]] * (sitting / sum(estate.now[team].values()))
    most = int(np.ceil(people.max() - 1e-9))
    return QuietUnit(unit.id, unit.building.code, unit.seats, most, f"{unit.area_m2:f}")
