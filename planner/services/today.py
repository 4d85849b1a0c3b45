"""The figures of the first page."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from planner.services import estates, plans, proposals
from planner.services.access import Right, require

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from planner.db.store import Store
    from planner.domain.estate import Estate, Unit
    from planner.services.access import Actor
    from planner.services.plans import PlanSummary, RunState
    from planner.services.proposals import Proposal

_SPAN: Final = dt.timedelta(weeks=10)
_NEWEST: Final = 5
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


@dataclass(frozen=True, slots=True)
class Today:
    """The first page: what stands empty, what runs, what waits for me."""

    estates: tuple[EstateToday, ...]
    open_runs: tuple[RunState, ...]
    newest_plans: tuple[PlanSummary, ...]
    waiting: tuple[Proposal, ...]
    """Proposals that this actor may decide, or submit again."""


def today(store: Store, actor: Actor) -> Today:
    """Return the first page's figures."""
    require(actor, Right.SEE)
    states = proposals.search(store, actor)
    waiting = tuple(
        one
        for one in states
        if one.may_decide or (one.state == "sent_back" and actor.may(Right.PLAN))
    )
    return Today(
        estates=tuple(
            _estate(one.id, estates.get_estate(store, actor, one.id).estate)
            for one in estates.list_estates(store, actor)
        ),
        open_runs=plans.list_runs(store, actor, only_open=True),
        newest_plans=plans.list_plans(store, actor)[:_NEWEST],
        waiting=waiting,
    )


def _estate(estate_id: str, estate: Estate) -> EstateToday:
    table = estate.attendance
    busiest, busiest_on = _busiest(estate)
    late = np.array([day > table.days[-1] - _SPAN for day in table.days], np.bool_)
    quiet = [found for unit in estate.units if (found := _quiet(estate, unit, late)) is not None]
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


def _quiet(estate: Estate, unit: Unit, late: NDArray[np.bool_]) -> QuietUnit | None:
    """Return how full a unit gets at most; None where a team in it has a gap, or no seat is."""
    table = estate.attendance
    at = {team: column for column, team in enumerate(table.teams)}
    here = {team: homes[unit.id] for team, homes in estate.now.items() if unit.id in homes}
    if not unit.seats or not late.any() or not here.keys() <= at.keys():
        return None
    people = np.zeros(int(late.sum()))
    for team, sitting in here.items():
        if not table.known[late, at[team]].all():
            return None
        people += table.present[late, at[team]] * (sitting / sum(estate.now[team].values()))
    most = int(np.ceil(people.max() - 1e-9))
    return QuietUnit(unit.id, unit.building.code, unit.seats, most, f"{unit.area_m2:f}")
