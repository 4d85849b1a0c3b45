"""Dates for the moves of a plan: its limits as a waves instance, the waves as a schedule."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from planner.domain.assumptions import register_of
from planner.domain.eligibility import eligible_units, with_rules
from planner.domain.movecalendar import case_month, limits_of, slots_of
from planner.domain.plan import FreedBlock, FreedUnit, Move
from planner.domain.schedule import Deadlock, Leg, Obstacle, Release, Schedule, Wave
from planner.finance.dated import case_of_plan
from planner.optimise.dates import Prices
from solver.params import Params
from solver.waves import instance as waves
from solver.waves.solve import solve_waves

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from planner.domain.estate import Estate
    from planner.domain.movecalendar import Slot
    from planner.domain.plan import Placement, Plan
    from planner.finance.values import Values
    from solver.outcome import Outcome
    from solver.waves.solution import Deadlock as Knot
    from solver.waves.solution import Solution

SWING_SPACES: Final = 6
"""Units offered to a team for the time between two moves: those with the most room."""


@dataclass(frozen=True, slots=True)
class Effort:
    """How hard to search for dates: seconds, workers and seed as for the plan itself."""

    seconds: int = 5
    workers: int = 1
    seed: int = 1


def date_moves(
    estate: Estate,
    plan: Plan,
    values: Values,
    effort: Effort,
    should_stop: Callable[[], bool] | None = None,
) -> Plan:
    """Return the plan with dates for all moves, priced at them, or with what forbids dates.

    Args:
        estate: the one that the plan answers.
        plan: without dates.
        values: its prices.
        effort: how long to search.
        should_stop: asked often; True ends the search with the best dates so far.
    """
    ruled = with_rules(estate, plan.rules)
    movers = [one for one in plan.placements if one.origin != one.unit and one.people]
    slots = slots_of(ruled)
    prices = Prices(estate, plan, values, slots)
    instance = instance_of(ruled, plan, movers, slots, prices)
    one = effort.workers == 1
    params = Params(
        seconds=max(10, 4 * effort.seconds) if one else effort.seconds,
        workers=effort.workers,
        seed=effort.seed,
        deterministic=effort.seconds / 2 if one else None,
    )
    outcome, knot = solve_waves(instance, params, should_stop=should_stop)
    if outcome.best is None:
        return _undated(plan, movers, outcome, knot)
    return _dated(estate, plan, movers, slots, outcome.best, outcome, values, prices)


def instance_of(
    estate: Estate,
    plan: Plan,
    movers: list[Placement],
    slots: tuple[Slot, ...],
    prices: Prices,
) -> waves.Instance:
    """Return the waves instance of a plan's moves; a move's id is its place in `movers`."""
    limits = limits_of(estate)
    base = slots[0].first
    stay: dict[str, tuple[int, ...]] = {}
    for one in plan.placements:
        if one.origin == one.unit:
            before = stay.get(one.unit, (0,) * len(one.seats))
            stay[one.unit] = tuple(a + b for a, b in zip(before, one.seats, strict=True))
    ready = _ready(estate)
    moves = tuple(_moves(estate, plan, movers, base, prices))
    ends = {end for move in moves for end in (move.origin, move.target, *move.swing)}
    touched = [unit for unit in estate.units if unit.id in ends]
    buildings = {unit.building.code for unit in touched}
    return waves.Instance(
        waves=tuple(
            waves.Wave(
                id=str(at),
                first_day=(slot.first - base).days,
                last_day=(slot.last - base).days,
                cost=prices.wave(at) + _later(at, len(slots), prices.scale[0]),
                people_at_most=limits.people,
                moves_at_most=limits.moves,
                closed=slot.closed is not None,
            )
            for at, slot in enumerate(slots)
        ),
        spaces=tuple(
            waves.Space(
                id=unit.id,
                seats=unit.places,
                building=unit.building.code,
                stay=stay.get(unit.id, ()),
                fit_out_days=limits.fit_out_days,
                ready_day=None if unit.id not in ready else max(0, (ready[unit.id] - base).days),
                value=prices.left(unit.id),
            )
            for unit in touched
        ),
        moves=moves,
        together=tuple(_together(estate, movers)),
        before=tuple(_before(estate, movers)),
        building_moves_at_most={}
        if limits.moves_per_building is None
        else dict.fromkeys(sorted(buildings), limits.moves_per_building),
    )


def _later(at: int, count: int, scale: int) -> int:
    """Return what decides between equals: fewer waves, and early ones; less than a minor unit."""
    spread = (scale - 1) // count - 1
    return 1 + at * max(0, spread) // count if count < scale else 0


def _moves(
    estate: Estate, plan: Plan, movers: list[Placement], base: dt.date, prices: Prices
) -> Iterator[waves.Move]:
    not_before = {
        rule.subject: dt.date.fromisoformat(rule.object)
        for rule in estate.rules
        if rule.rule == "move_not_before"
    }
    swing = limits_of(estate).swing
    for at, one in enumerate(movers):
        day = not_before.get(one.team)
        yield waves.Move(
            id=str(at),
            origin=one.origin,
            target=one.unit,
            people=one.people,
            seats=one.seats,
            first_day=None if day is None else max(0, (day - base).days),
            swing=dict(_swing(estate, plan, one, prices)) if swing and one.origin else {},
        )


def _swing(estate: Estate, plan: Plan, one: Placement, prices: Prices) -> Iterator[tuple[str, int]]:
    """Yield the units where a team may sit meanwhile, with what its second move costs."""
    may = set(eligible_units(estate, estate.team_of[one.team])) - {one.origin, one.unit}
    room = [
        (min(prices.free_today(name), estate.unit_of[name].places - max(taken, default=0)), name)
        for name in may
        for taken in [plan.taken.get(name, ())]
    ]
    for _, name in sorted(room, key=lambda pair: (-pair[0], pair[1]))[:SWING_SPACES]:
        yield name, prices.second_move(one, name)


def _ready(estate: Estate) -> dict[str, dt.date]:
    """Return the days before which nobody comes to a unit, by rule."""
    return {
        unit.id: dt.date.fromisoformat(rule.object)
        for rule in estate.rules
        if rule.rule == "move_not_before"
        for unit in estate.units
        if rule.subject in {unit.id, unit.floor.code}
    }


def _together(estate: Estate, movers: list[Placement]) -> Iterator[tuple[str, ...]]:
    for rule in estate.rules:
        if rule.rule == "move_together":
            teams = [one.team for one in movers]
            if rule.subject in teams and rule.object in teams:
                pair = {rule.subject, rule.object}
                yield tuple(str(at) for at, team in enumerate(teams) if team in pair)


def _before(estate: Estate, movers: list[Placement]) -> Iterator[waves.Before]:
    for rule in estate.rules:
        if rule.rule == "move_before":
            for at, one in enumerate(movers):
                for then, other in enumerate(movers):
                    if (one.team, other.team) == (rule.subject, rule.object):
                        yield waves.Before(str(at), str(then), rule.value or 0)


def _undated(
    plan: Plan, movers: list[Placement], outcome: Outcome[Solution], knot: Knot | None
) -> Plan:
    schedule = Schedule(
        status="infeasible" if outcome.status == "infeasible" else "out_of_time",
        deadlock=_deadlock(movers, knot),
        obstacles=tuple(
            Obstacle(
                rule=reason.rule,
                teams=tuple(dict.fromkeys(movers[int(at)].team for at in reason.teams)),
                places=reason.spaces,
            )
            for reason in outcome.reasons
        ),
    )
    return plan.model_copy(update={"schedule": schedule})


def _deadlock(movers: list[Placement], knot: Knot | None) -> Deadlock | None:
    if knot is None:
        return None
    return Deadlock(
        teams=tuple(movers[int(at)].team for at in knot.moves),
        units=knot.spaces,
        seats=knot.seats,
        at_least=knot.at_least,
        through=tuple(movers[int(at)].team for at in knot.through),
    )


def _dated(
    estate: Estate,
    plan: Plan,
    movers: list[Placement],
    slots: tuple[Slot, ...],
    best: Solution,
    outcome: Outcome[Solution],
    values: Values,
    prices: Prices,
) -> Plan:
    used = sorted({int(wave) for trip in best.trips.values() for wave in (trip.wave, trip.leaves)})
    number = {at: count for count, at in enumerate(used, start=1)}
    legs: list[Leg] = []
    for name, trip in best.trips.items():
        one = movers[int(name)]
        way = [(one.origin, one.unit, trip.wave)]
        if trip.via is not None:
            way = [(one.origin, trip.via, trip.leaves), (trip.via, one.unit, trip.wave)]
        legs += [
            Leg(
                team=one.team,
                origin=origin,
                target=target,
                people=one.people,
                seats=one.seats,
                wave=number[int(wave)],
                ends_in=one.unit,
            )
            for origin, target, wave in way
        ]
    legs.sort(key=lambda leg: (leg.wave, leg.origin or "", leg.target, leg.team))
    dates = [
        Wave(number=count, first=slots[at].first, last=slots[at].last, cost=0)
        for at, count in number.items()
    ]
    schedule = Schedule(
        status="optimal" if outcome.status == "optimal" and prices.scale[1] == 1 else "feasible",
        waves=tuple(dates),
        legs=tuple(legs),
        releases=tuple(_releases(estate, plan.freed_units, dates, legs)),
        deadlock=_deadlock(movers, best.deadlock),
    )
    bound = None if outcome.bound is None else prices.limit(outcome.bound)
    return priced(estate, plan, schedule, values, bound)


def _releases(
    estate: Estate, freed: frozenset[str], dates: list[Wave], legs: list[Leg]
) -> Iterator[Release]:
    start = register_of(estate).day("start")
    last: dict[str, dt.date] = {}
    for leg in legs:
        if leg.origin in freed:
            day = dates[leg.wave - 1].last
            last[leg.origin or ""] = max(day, last.get(leg.origin or "", day))
    for unit in estate.units:
        if unit.id in last:
            yield Release(unit=unit.id, day=last[unit.id], month=case_month(start, last[unit.id]))


def priced(
    estate: Estate, plan: Plan, schedule: Schedule, values: Values, bound: int | None
) -> Plan:
    """Return the plan with a schedule, each of its parts at the price of its own month."""
    people: Counter[tuple[str, str, str]] = Counter()
    for leg in schedule.legs:
        if leg.origin is not None:
            people[leg.team, leg.origin, leg.target] += leg.people
    bare = plan.model_copy(
        update={
            "schedule": schedule,
            "moves": tuple(
                Move(team=team, origin=origin, target=target, people=count, cost=0)
                for (team, origin, target), count in people.items()
            ),
        }
    )
    case = case_of_plan(estate, bare, values=values)
    worth = {(part.kind, part.id): part.npv for part in case.parts}
    dated = schedule.model_copy(
        update={
            "waves": tuple(
                wave.model_copy(update={"cost": -worth.get(("wave", str(at)), 0)})
                for at, wave in enumerate(schedule.waves, start=1)
            ),
            "npv": case.npv,
            "bound": None if bound is None else max(bound, case.npv),
        }
    )
    return bare.model_copy(
        update={
            "schedule": dated,
            "freed": tuple(
                FreedUnit(unit=one.unit, npv=worth["unit", one.unit]) for one in plan.freed
            ),
            "blocks": tuple(
                FreedBlock(block=one.block, npv=worth["block", one.block]) for one in plan.blocks
            ),
            "moves": tuple(
                move.model_copy(
                    update={"cost": -worth["move", f"{move.team}:{move.origin}>{move.target}"]}
                )
                for move in bare.moves
            ),
            "npv": case.npv,
        }
    )
