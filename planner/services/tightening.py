"""A plan tried on days held out: where a floor ran short too often, it is made again to fit.

The days that showed a floor to be too full are seated as they were, all teams of the day at once,
so that teams whose peaks meet come apart wherever they would sit. These days are no longer unseen
afterwards; a plan that was changed says so by the days it fits.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from planner.demand.backtest import backtest_of
from planner.domain.plan import Tried
from planner.optimise.again import Again
from planner.optimise.solve import plan_that_fits

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence

    from planner.demand.backtest import Backtest
    from planner.demand.model import Demand
    from planner.domain.estate import Estate
    from planner.domain.plan import Plan
    from planner.optimise.instance import Worth
    from planner.optimise.options import Options
    from planner.services.telling import Telling

ROUNDS: Final = 4
"""The last one asks for all days that can be asked for."""
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
    """Return the plan, or one that keeps its promise, or is nearer to it, on days held out.

    While a floor is short on more days than the service level allows, the plan is made again so
    that no floor is short on those days, the fewest that would do. Of the plans found, the one
    with the fewest such floors is returned, of equals the one worth most.

    The search asks for seats on such days floor by floor. Where a full floor may send people to
    others of its building that asks too much, so less is tried then, and nothing is proved.
    """

    def test_of(one: Plan) -> Backtest:
        return backtest_of(estate, one.placed, level=one.level, promise=one.promise, demand=demand)

    def stopped() -> bool:
        return telling.should_stop is not None and telling.should_stop()

    if not shortfalls(test_of(plan)) or stopped():
        return plan
    if telling.step is not None:
        telling.step("tighten")
    seconds = max(1, options.seconds // SHARE)
    again = Again(
        estate, demand, worth, options, seconds, telling.should_stop, spare=plan.spare
    )  # fmt: skip
    best, said = _floor_by_floor(again, plan, test_of, stopped)
    if plan.promise == "building":
        said = said.model_copy(
            update={"end": "held" if said.end == "held" else "time", "limit": None}
        )
        if said.end != "held" or best.value < plan.value:
            again = replace(again, fits=said.days)
            eased = _eased(again, plan, lambda one: not shortfalls(test_of(one)), stopped)
            if eased is not None and (said.end != "held" or eased.value > best.value):
                best, said = eased, said.model_copy(update={"end": "held"})
    return best.model_copy(update={"tried": said})


def _floor_by_floor(
    again: Again, plan: Plan, test_of: Callable[[Plan], Backtest], stopped: Callable[[], bool]
) -> tuple[Plan, Tried]:
    """Return the best of the plan and those made again with no floor short, and what came of it."""
    test = test_of(plan)
    failing = shortfalls(test)
    said = Tried(short=failing, value=plan.value, days=(), end="time")
    best, rank, last = plan, (len(failing), -plan.value), plan
    for round_ in range(ROUNDS):
        more = days_to_fit(test, every=round_ == ROUNDS - 1)
        days = tuple(sorted({*said.days, *more}))
        found = plan_that_fits(replace(again, fits=days), last)
        end = "impossible" if found.impossible else "time"
        said = said.model_copy(update={"days": days, "end": end, "limit": found.limit})
        if found.plan is None:
            break
        last, test = found.plan, test_of(found.plan)
        left = shortfalls(test)
        if (len(left), -last.value) < rank:
            best, rank = last, (len(left), -last.value)
        if not left:
            said = said.model_copy(update={"end": "held"})
            break
        if stopped():
            break
    return best, said


def _eased(
    again: Again, plan: Plan, keeps: Callable[[Plan], bool], stopped: Callable[[], bool]
) -> Plan | None:
    """Return the best plan found that keeps its promise, floors being short on the days or not.

    A share of the people of these days is asked to fit on the floors, the least that is enough.

    Args:
        again: with the days.
        plan: what was found without them.
        keeps: whether a plan keeps its promise on all days held out.
        stopped: whether to end with what there is.
    """
    best = None
    low, high = Decimal(0), Decimal(1)
    for _ in range(ROUNDS):
        if stopped():
            break
        share = (low + high) / 2
        found = plan_that_fits(replace(again, crowd=share), plan).plan
        kept = found is not None and keeps(found)
        if found is not None and kept and (best is None or found.value > best.value):
            best = found.model_copy(update={"fits": ()})
        low, high = (share, high) if found is not None and not kept else (low, share)
    return best


def shortfalls(test: Backtest) -> dict[str, int]:
    """Return the units that are short on more days held out than their level allows.

    With each goes on how many days it is short. Where the level is promised for all floors at
    once, these are all that are short on any day, if too many days are.
    """
    allowed = _allowed(test)
    if test.promise == "any_floor" and sum(not day.fits for day in test.held_out) <= allowed:
        return {}
    least = 0 if test.promise == "any_floor" else allowed
    return {one.unit: one.over.hits for one in test.units if one.over.hits > least}


def days_to_fit(test: Backtest, *, every: bool = False) -> tuple[dt.date, ...]:
    """Return the fewest days without a shortage that would keep the promise, in order.

    Args:
        test: of a plan that breaks it.
        every: all but as many of the worst days as may be short.
    """
    allowed = _allowed(test)
    in_all = [sum(day.short.values()) for day in test.held_out]
    if every:
        rows = set(_mildest(in_all, range(len(in_all)), allowed))
    elif test.promise == "any_floor":
        rows = set(_mildest(in_all, _rows_over(in_all), allowed))
    else:
        rows = set()
        for unit in shortfalls(test):
            lacks = [day.short.get(unit, 0) for day in test.held_out]
            rows |= set(_mildest(lacks, _rows_over(lacks), allowed))
    return tuple(test.held_out[row].day for row in sorted(rows))


def _rows_over(lacks: Sequence[int]) -> list[int]:
    return [row for row, lack in enumerate(lacks) if lack]


def _mildest(lacks: Sequence[int], rows: Sequence[int], but: int) -> list[int]:
    """Return the rows that lack least, all but some of the worst."""
    return sorted(rows, key=lambda row: (lacks[row], row))[: max(0, len(rows) - but)]


def _allowed(test: Backtest) -> int:
    return int(len(test.held_out) * (1 - test.level))
