"""A plan tried on days held out: where a floor ran short too often, seats are left free there.

The days that showed a floor to be too full are no longer unseen for that floor afterwards;
a plan that was changed says so by its `spare` seats.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planner.demand.backtest import backtest_of
from planner.optimise.solve import plan_with_spare

if TYPE_CHECKING:
    from planner.demand.backtest import Backtest
    from planner.demand.model import Demand
    from planner.domain.estate import Estate
    from planner.domain.plan import Plan
    from planner.optimise.instance import Worth
    from planner.optimise.options import Options
    from planner.services.telling import Telling

ROUNDS: Final = 3
SHARE: Final = 4
"""Each round may take this part of the time of the search."""


def tightened(
    estate: Estate,
    demand: Demand,
    worth: Worth,
    options: Options,
    plan: Plan,
    telling: Telling,
) -> Plan:
    """Return the plan, or one in which fewer floors run short on days held out.

    Where a floor fell below the service level, each round lets fewer seats be taken than the
    plan takes, by as many as it lacked, and solves again from the plan at hand. The plan with
    the fewest such floors is returned, of equals the one worth most.
    """
    spare: dict[str, int] = dict(plan.spare)
    best, fewest = plan, len(shortfalls(_test(estate, plan)))
    for round_ in range(ROUNDS):
        lacking = shortfalls(_test(estate, plan))
        if not lacking or (telling.should_stop is not None and telling.should_stop()):
            break
        if not round_ and telling.step is not None:
            telling.step("tighten")
        for unit, seats in lacking.items():
            taken = max(plan.taken.get(unit, (0,)), default=0)
            spare[unit] = estate.unit_of[unit].places - max(0, taken - seats)
        found = plan_with_spare(
            estate,
            demand,
            worth,
            options,
            start=plan,
            spare=spare,
            seconds=max(1, options.seconds // SHARE),
            should_stop=telling.should_stop,
        )
        if found is None:
            break
        plan = found
        failing = len(shortfalls(_test(estate, plan)))
        if (failing, -plan.value) < (fewest, -best.value):
            best, fewest = plan, failing
    return best


def shortfalls(test: Backtest) -> dict[str, int]:
    """Return the seats that each unit lacks to keep its service level on the days held out.

    Where the level is promised for all floors at once, the days that lack least are mended
    until no more are short than it allows.
    """
    days = len(test.held_out)
    allowed = int(days * (1 - test.level))
    found: dict[str, int] = {}
    if test.promise == "any_floor":
        broken = sorted(
            (day.short for day in test.held_out if day.short),
            key=lambda units: (sum(units.values()), sorted(units)),
        )
        for units in broken[: max(0, len(broken) - allowed)]:
            for unit, seats in units.items():
                found[unit] = max(seats, found.get(unit, 0))
        return found
    for one in test.units:
        if one.over.hits > allowed:
            short = sorted((day.short.get(one.unit, 0) for day in test.held_out), reverse=True)
            found[one.unit] = short[allowed]
    return found


def _test(estate: Estate, plan: Plan) -> Backtest:
    return backtest_of(estate, plan.placed, level=plan.level, promise=plan.promise)
