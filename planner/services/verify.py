"""Re-verify a stored plan without the solver: seats, rules, demand and money."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.demand.model import demand_of
from planner.domain.check import check_plan
from planner.errors import Problem
from planner.finance.values import values_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.domain.estate import Estate
    from planner.domain.plan import Plan


def verify(plan: Plan, estate: Estate) -> list[Problem]:
    """Return every way in which a plan does not follow from its estate; empty if it does.

    The seats that each team gets are worked out again from attendance, every value from
    the figures; nothing that the plan says of itself is believed.
    """
    found = check_plan(plan, estate)
    if found and found[0].where == "estate":
        return found
    return [*found, *_demand_follows(plan, estate), *_money_follows(plan, estate)]


def _demand_follows(plan: Plan, estate: Estate) -> Iterator[Problem]:
    demand = demand_of(estate, level=plan.level, seed=plan.seed)
    if tuple(demand.weekdays) != plan.weekdays:
        yield Problem("weekdays", f"demand has {demand.weekdays}, the plan {plan.weekdays}")
        return
    for team, seats in sorted(demand.allotments.items()):
        said = plan.allotments.get(team)
        if said != tuple(seats):
            yield Problem(f"team {team}", f"is allotted {said}, its attendance asks for {seats}")


def _money_follows(plan: Plan, estate: Estate) -> Iterator[Problem]:
    values = values_of(estate)
    for freed in plan.freed:
        if freed.unit in estate.unit_of and freed.npv != values.unit_npv(freed.unit):
            yield _worth(f"unit {freed.unit}", freed.npv, values.unit_npv(freed.unit))
    blocks = {block.id for block in estate.blocks}
    for whole in plan.blocks:
        if whole.block in blocks and whole.npv != values.block_npv(whole.block):
            yield _worth(f"building {whole.block}", whole.npv, values.block_npv(whole.block))
    for move in plan.moves:
        if {move.origin, move.target} <= estate.unit_of.keys():
            cost = move.people * values.move_npv_per_person(move.origin, move.target)
            if move.cost != cost:
                where = f"team {move.team}, {move.origin} to {move.target}"
                yield _worth(where, move.cost, cost)


def _worth(where: str, said: int, found: int) -> Problem:
    return Problem(where, f"is worth {found} minor units by the figures, the plan says {said}")
