"""A plan against days it has not seen: on how many of them would a floor have been short?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

import numpy as np

from planner.demand.drift import margin_of
from planner.demand.model import demand_of, seats_with_margin
from planner.demand.needs import loads, parts_by_unit
from planner.demand.proportion import Proportion, proportion_of
from planner.errors import InvalidDemand, sentence

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from planner.demand.model import Demand
    from planner.domain.estate import Estate, UnitId
    from planner.domain.plan import Promise

HELD_OUT: Final = Decimal("0.2")
"""Share of the latest days that the backtest keeps back."""
FEWEST_HELD_OUT: Final = 2


@dataclass(frozen=True, slots=True)
class HeldOutDay:
    """One day that the allotments have not seen.

    Args:
        day: the date.
        people: seats wanted in all units together.
        seats: seats of all units in use, fewer where exits allow fewer people.
        short: seats lacking, by unit; units with enough are missing.
    """

    day: dt.date
    people: int
    seats: int
    short: Mapping[UnitId, int]

    @property
    def fits(self) -> bool:
        """Say whether every unit had enough seats."""
        return not self.short


@dataclass(frozen=True, slots=True)
class UnitTest:
    """How one unit did on the days held out.

    Args:
        unit: its id.
        seats: seats it has, or fewer where its floor's exits allow fewer people.
        busiest: seats wanted on the busiest day held out.
        over: days on which it was short.
    """

    unit: UnitId
    seats: int
    busiest: int
    over: Proportion


@dataclass(frozen=True, slots=True)
class Claim:
    """What may be claimed of one reading of the service level.

    Args:
        promise: the reading.
        over: days on which it was broken; of each floor, or of each building, the worst one.
        level: what it kept on the days held out, at most what was asked.
        holds: whether that is what was asked.
    """

    promise: Promise
    over: Proportion
    level: Decimal
    holds: bool


@dataclass(frozen=True, slots=True)
class Backtest:
    """How a plan did on the latest days, which its allotments were not taken from.

    Args:
        level: service level that was asked for.
        trained_days: days that the allotments were taken from here.
        held_out: the latest days, each with its shortages.
        units: each unit in use.
        any_unit: days on which any unit was short, None if no day was held out.
        building: days on which all units in use together were short.
        allotments: days on which all teams together wanted more than their allotments.
        promise: what the level was asked for.
        claims: what may be claimed of each of the three readings; empty without held-out days.
        claimed: level that may be claimed of what was promised; None if no day was held out.
        taken_for_granted: teams nobody counted; they count as their allotment every day.
    """

    level: Decimal
    trained_days: int
    held_out: tuple[HeldOutDay, ...]
    units: tuple[UnitTest, ...]
    any_unit: Proportion | None
    building: Proportion | None
    allotments: Proportion | None
    promise: Promise
    claims: tuple[Claim, ...]
    claimed: Decimal | None
    taken_for_granted: tuple[str, ...]

    @property
    def holds(self) -> bool | None:
        """Say whether the promise was kept on days not seen, None if there were none."""
        return None if self.claimed is None else self.claimed >= self.level


def backtest_of(
    estate: Estate,
    placement: Mapping[str, Mapping[UnitId, int]],
    *,
    level: Decimal,
    seed: int = 0,
    promise: Promise = "each_floor",
    demand: Demand | None = None,
) -> Backtest:
    """Return how a plan does on the latest fifth of the days.

    Allotments are taken again from the days before, so that nothing of the tested days is
    in them; where a team was not counted on a tested day it wants its allotment.

    Args:
        estate: teams, attendance and seats.
        placement: people by team code and unit id, as `Plan.placed` has it.
        level: service level asked for.
        seed: kept with the demand, see there.
        promise: what the level is asked for. Where it is for each building, a full unit may
            send people to free seats of its building: it is short only on days on which its
            whole building is.
        demand: of this estate at this level, where the caller has it already.

    Raises:
        InvalidDemand: a level out of range.
    """
    demand = demand or demand_of(estate, level=level, seed=seed)
    guessed = tuple(
        team.team
        for team in demand.teams
        if team.planned and (team.rate is not None or not team.days)
    )
    days = len(demand.joint.days)
    held = held_out(demand)
    if not held:
        return Backtest(level, days, (), (), None, None, None, promise, (), None, guessed)
    trial = _trial(estate, demand, placement, days - held)
    claims = _claims(trial, estate, level)
    if promise == "building":
        trial = _overflowing(trial, estate)
    return Backtest(
        level=level,
        trained_days=days - held,
        held_out=tuple(_held_out_days(trial)),
        units=tuple(_unit_tests(trial)),
        any_unit=_share((trial.short > 0).sum(axis=0) > 0),
        building=_share(trial.load.sum(axis=0) > trial.seats.sum()),
        allotments=_share(trial.wanted > trial.allotted),
        promise=promise,
        claims=claims,
        claimed=next(one.level for one in claims if one.promise == promise),
        taken_for_granted=guessed,
    )


def held_out(demand: Demand) -> int:
    """Return how many of the latest days are kept back, 0 where there are too few days."""
    held = int(len(demand.joint.days) * HELD_OUT)
    return held if held >= FEWEST_HELD_OUT else 0


def wanted_on(demand: Demand, days: Sequence[dt.date]) -> Mapping[str, tuple[int, ...]]:
    """Return the seats that each team wanted on some of the days held out, as a backtest counts.

    Raises:
        InvalidDemand: a day that is not held out.
    """
    trained = len(demand.joint.days) - held_out(demand)
    after = demand.joint.part(slice(trained, None))
    unknown = sorted(set(days) - set(after.days))
    if unknown:
        raise InvalidDemand(
            sentence("{day} is not among the days held out", day=unknown[0].isoformat())
        )
    rows = [after.days.index(day) for day in days]
    instead = _per_day(demand, trained)
    return {team: tuple(loads(after, [(team, 1, 1)], instead)[rows].tolist()) for team in instead}


@dataclass(frozen=True, slots=True, eq=False)
class _Trial:
    """A plan on held-out days: U units with their seats, seats wanted on each of N days.

    `load` and `short` have shape (U, N); `wanted` and `allotted`, of whole teams, (N,).
    """

    days: tuple[dt.date, ...]
    units: tuple[UnitId, ...]
    seats: NDArray[np.int64]
    load: NDArray[np.int64]
    short: NDArray[np.int64]
    wanted: NDArray[np.int64]
    allotted: NDArray[np.int64]


def _trial(
    estate: Estate,
    demand: Demand,
    placement: Mapping[str, Mapping[UnitId, int]],
    trained: int,
) -> _Trial:
    after = demand.joint.part(slice(trained, None))
    instead = _per_day(demand, trained)
    parts = parts_by_unit(placement)
    units = tuple(sorted(parts))
    seats = np.array([estate.unit_of[unit].places for unit in units], np.int64)
    load = np.zeros((len(units), len(after.days)), np.int64)
    for row, unit in enumerate(units):
        load[row] = loads(after, parts[unit], instead)
    return _Trial(
        days=after.days,
        units=units,
        seats=seats,
        load=load,
        short=np.maximum(0, load - seats[:, None]),
        wanted=loads(after, [(team, 1, 1) for team in placement], instead),
        allotted=sum((instead[team] for team in placement), np.zeros(len(after.days), np.int64)),
    )


def _overflowing(trial: _Trial, estate: Estate) -> _Trial:
    """Return the trial without the shortages that free seats of the same building make good."""
    short = trial.short.copy()
    homes = [estate.unit_of[unit].building.code for unit in trial.units]
    for home in set(homes):
        rows = [at for at, own in enumerate(homes) if own == home]
        fits = trial.load[rows].sum(axis=0) <= trial.seats[rows].sum()
        short[np.array(rows)[:, None], np.flatnonzero(fits)] = 0
    return replace(trial, short=short)


def _claims(trial: _Trial, estate: Estate, level: Decimal) -> tuple[Claim, ...]:
    """Return what held out of sample: of each floor, of all floors at once, of each building."""
    short = trial.short > 0
    homes = np.array([estate.unit_of[unit].building.code for unit in trial.units])
    full = [
        trial.load[homes == home].sum(axis=0) > trial.seats[homes == home].sum()
        for home in sorted(set(homes.tolist()))
    ]
    nobody = np.zeros((1, len(trial.days)), np.bool_)
    broken: tuple[tuple[Promise, NDArray[np.bool_]], ...] = (
        ("each_floor", _worst(np.concatenate([nobody, short]))),
        ("any_floor", np.asarray(short.any(axis=0), np.bool_)),
        (
            "building",
            _worst(np.concatenate([nobody, np.array(full, np.bool_).reshape(-1, len(trial.days))])),
        ),
    )
    found = []
    for promise, days in broken:
        over = _share(days)
        kept = min(level, 1 - over.share)
        found.append(Claim(promise, over, kept, kept >= level))
    return tuple(found)


def _worst(days: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return the days of the row that has most of them."""
    return np.asarray(days[int(days.sum(axis=1).argmax())], np.bool_)


def _per_day(demand: Demand, trained: int) -> Mapping[str, NDArray[np.int64]]:
    """Return each team's allotment on each held-out day, taken from the days before only."""
    joint = demand.joint
    at = np.searchsorted(np.array(demand.weekdays), joint.weekday[trained:])
    found = {team.team: np.array(team.seats, np.int64)[at] for team in demand.teams}
    counted = {team.team for team in demand.teams if team.rate is None and team.days}
    columns = [column for column, team in enumerate(joint.teams) if team in counted]
    if columns:
        before = joint.of_teams(columns).part(slice(0, trained))
        margin = margin_of(before, demand.level, demand.weekdays)
        seats, _ = seats_with_margin(before, demand.level, demand.weekdays, margin)
        found |= {team: seats[column][at] for column, team in enumerate(before.teams)}
    return found


def _held_out_days(trial: _Trial) -> Iterator[HeldOutDay]:
    for at, day in enumerate(trial.days):
        lacking = zip(trial.units, trial.short[:, at].tolist(), strict=True)
        yield HeldOutDay(
            day=day,
            people=int(trial.load[:, at].sum()),
            seats=int(trial.seats.sum()),
            short={unit: seats for unit, seats in lacking if seats},
        )


def _unit_tests(trial: _Trial) -> Iterator[UnitTest]:
    for at, unit in enumerate(trial.units):
        yield UnitTest(
            unit=unit,
            seats=int(trial.seats[at]),
            busiest=int(trial.load[at].max()),
            over=_share(trial.short[at] > 0),
        )


def _share(happened: NDArray[np.bool_]) -> Proportion:
    return proportion_of(int(happened.sum()), len(happened))
