"""Re-verify a stored plan without the solver: seats, rules, demand and money."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from planner.demand.backtest import backtest_of
from planner.demand.model import demand_of
from planner.domain.check import check_plan
from planner.domain.money import to_minor
from planner.domain.nearness import unmet
from planner.errors import Problem, sentence
from planner.finance.dated import case_of_plan
from planner.finance.values import values_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from planner.demand.model import Demand
    from planner.domain.estate import Estate
    from planner.domain.plan import Plan
    from planner.finance.values import Values


def verify(plan: Plan, estate: Estate) -> list[Problem]:
    """Return every way in which a plan does not follow from its estate; empty if it does.

    The seats that each team gets are worked out again from attendance, every value from
    the figures; nothing that the plan says of itself is believed.
    """
    found = check_plan(plan, estate)
    if found and found[0].where == "estate":
        return found
    demand = demand_of(estate, level=plan.level, seed=plan.seed)
    return [
        *found,
        *_demand_follows(plan, demand),
        *_days_fit(plan, estate, demand),
        *_money_follows(plan, estate),
    ]


def _demand_follows(plan: Plan, demand: Demand) -> Iterator[Problem]:
    if tuple(demand.weekdays) != plan.weekdays:
        yield Problem(
            sentence("weekdays"),
            sentence(
                "demand has {weekdays}, the plan {said}",
                weekdays=demand.weekdays,
                said=plan.weekdays,
            ),
        )
        return
    for team, seats in sorted(demand.allotments.items()):
        said = plan.allotments.get(team)
        if said != tuple(seats):
            yield Problem(
                sentence("team {team}", team=team),
                sentence(
                    "is allotted {said}, its attendance asks for {seats}", said=said, seats=seats
                ),
            )


def _days_fit(plan: Plan, estate: Estate, demand: Demand) -> Iterator[Problem]:
    """Check that no floor is short on the days that the plan says it fits."""
    if not plan.fits:
        return
    test = backtest_of(estate, plan.placed, level=plan.level, demand=demand)
    short = {day.day: day.short for day in test.held_out}
    for day in plan.fits:
        where = sentence("day {day}", day=day.isoformat())
        if day not in short:
            yield Problem(
                where, sentence("the plan fits it, but it is not among the days held out")
            )
        for unit, seats in short.get(day, {}).items():
            yield Problem(
                where,
                sentence(
                    "{unit} is short of {seats} seats, and the plan says that none is",
                    unit=unit,
                    seats=seats,
                ),
            )


def _money_follows(plan: Plan, estate: Estate) -> Iterator[Problem]:
    """Check each part's price, in its own month where the moves are dated, and the value."""
    values = values_of(estate)
    if not _known(plan, estate):
        return
    case = case_of_plan(estate, plan, values=values)
    worth = {(part.kind, part.id): part.npv for part in case.parts}
    for freed in plan.freed:
        found = worth.get(("unit", freed.unit), 0)
        if freed.npv != found:
            yield _worth(f"unit {freed.unit}", freed.npv, found)
    for whole in plan.blocks:
        found = worth.get(("block", whole.block), 0)
        if whole.npv != found:
            yield _worth(f"building {whole.block}", whole.npv, found)
    for move in plan.moves:
        found = -worth.get(("move", f"{move.team}:{move.origin}>{move.target}"), 0)
        if move.cost != found:
            yield _worth(f"team {move.team}, {move.origin} to {move.target}", move.cost, found)
    yield from _waves_follow(plan, worth)
    found = _searched(plan, estate, values)
    if plan.value != found:
        yield Problem(
            sentence("value"),
            sentence(
                "is {found} by the figures, the plan says {value}", found=found, value=plan.value
            ),
        )


def _waves_follow(plan: Plan, worth: Mapping[Any, int]) -> Iterator[Problem]:
    for at, wave in enumerate(plan.schedule.waves if plan.schedule else (), start=1):
        found = -worth.get(("wave", str(at)), 0)
        if wave.cost != found:
            yield _worth(f"wave {wave.number}", wave.cost, found)


def _known(plan: Plan, estate: Estate) -> bool:
    """Say whether everything that the plan names is in the estate."""
    named = set(plan.freed_units) | set(plan.releases)
    named |= {end for move in plan.moves for end in (move.origin, move.target)}
    teams = {move.team for move in plan.moves}
    return named <= estate.unit_of.keys() and teams <= estate.team_of.keys()


def _searched(plan: Plan, estate: Estate, values: Values) -> int:
    """Return the value that the search maximises: every unit empty in the usual month."""
    found = sum(values.unit_npv(freed.unit) for freed in plan.freed)
    known = {block.id for block in estate.blocks}
    found += sum(values.block_npv(whole.block) for whole in plan.blocks if whole.block in known)
    for one in plan.placements:
        if one.origin is not None and one.origin != one.unit:
            found -= one.people * values.move_npv_per_person(one.origin, one.unit)
    currency = estate.header.currency
    found += sum(
        to_minor(wish.penalty or Decimal(0), currency) for wish in unmet(estate, estate.now)
    )
    return found - sum(one.penalty for one in plan.apart)


def _worth(where: str, said: int, found: int) -> Problem:
    return Problem(
        where,
        sentence(
            "is worth {found} minor units by the figures, the plan says {said}",
            found=found,
            said=said,
        ),
    )
