"""Optimise one estate: demand and worth in, the best plan with its proved limit out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.errors import Infeasible, OutOfTime, sentence
from planner.optimise.again import Again
from planner.optimise.large import unit_of
from planner.optimise.no_plan import why_no_plan
from planner.optimise.reasons import in_words, shortage
from planner.optimise.settle import settled
from solver.outcome import Status

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from planner.demand.model import Demand
    from planner.domain.estate import Estate
    from planner.domain.plan import Plan
    from planner.optimise.instance import Worth
    from planner.optimise.options import Options
    from solver.outcome import Outcome
    from solver.progress import Progress
    from solver.restack.solution import Solution


@dataclass(frozen=True, slots=True)
class Glimpse:
    """What a running search can show: values against doing nothing, in minor units.

    Args:
        seconds: since the search began.
        value: of the best plan so far, None before there is one.
        limit: no plan is worth more; None before one is proved.
        freed: units freed in the best plan, None where that is not news.
    """

    seconds: float
    value: int | None
    limit: int | None
    freed: tuple[str, ...] | None


def plan_estate(
    estate: Estate,
    demand: Demand,
    worth: Worth,
    options: Options,
    *,
    on_glimpse: Callable[[Glimpse], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
    start: Plan | None = None,
    limit: int | None = None,
) -> Plan:
    """Return the best plan found within the time asked for.

    Args:
        estate: what is given.
        demand: seats per team and weekday.
        worth: values of units and blocks, costs of moves.
        options: what is asked, rules for this plan alone among it.
        on_glimpse: told of each better plan and limit.
        should_stop: asked often; True ends the search with the best plan so far.
        start: a plan of this estate to start from; one that breaks a rule is mended first.
        limit: proved before: no plan under these rules, or under fewer, is worth more.

    Raises:
        Infeasible: proved: no plan keeps all rules; carries a set that conflicts, and what
            would have to give.
        OutOfTime: nothing was found in time.
    """
    again = Again(estate, demand, worth, options, options.seconds, should_stop)
    instance, today = again.instance(), again.today
    units = [unit.id for unit in estate.units]
    watcher = None if on_glimpse is None else glimpse_of(on_glimpse, today, units)
    known = None if limit is None else today - limit
    before = None if start is None else again.at(start)
    if before is not None and (found := again.kept(instance, before, known)) is not None:
        return again.plan(found, known)
    outcome = again.run(instance, before, watcher)
    best = outcome.best
    if best is None:
        raise refusal(again, outcome)
    if before is not None and unit_of(instance) == 1:
        best = settled(instance, before, best, options.seed, should_stop)
    bounds = [bound for bound in (known, outcome.bound) if bound is not None]
    return again.plan(best, max(bounds, default=None))


@dataclass(frozen=True, slots=True)
class Fitted:
    """What was found of plans that are short on none of some days.

    Args:
        plan: the best, None if none was found.
        impossible: whether it is proved that there is none.
        limit: none is worth more, None if that was not proved.
    """

    plan: Plan | None
    impossible: bool
    limit: int | None


def plan_that_fits(again: Again, start: Plan) -> Fitted:
    """Return the best plan that is short of seats on none of the days that `again` speaks of.

    The plan's own limit is that of `start`, which holds for plans that may be short then.
    """
    outcome = again.run(again.instance(), again.at(start))
    limit = None if outcome.bound is None else again.today - outcome.bound
    if outcome.best is None:
        return Fitted(None, outcome.status is Status.INFEASIBLE, limit)
    bound = None if start.bound is None else again.today - start.bound
    return Fitted(again.plan(outcome.best, bound), impossible=False, limit=limit)


def refusal(again: Again, outcome: Outcome[Solution]) -> Infeasible | OutOfTime:
    """Return why there is no plan."""
    if outcome.status is not Status.INFEASIBLE:
        return OutOfTime(
            sentence(
                "No plan was found in {seconds} s. Allow more time, or drop a rule.",
                seconds=again.options.seconds,
            )
        )
    answer, study = why_no_plan(again, outcome)
    words = [in_words(again.ruled, reason) for reason in answer.reasons]
    return Infeasible([*words, *shortage(again.estate, again.demand)], study)


def glimpse_of(
    on_glimpse: Callable[[Glimpse], None], today: int, units: Sequence[str]
) -> Callable[[Progress], None]:
    """Return a listener that turns costs into values against a cost of doing nothing."""

    def listen(progress: Progress) -> None:
        kept = progress.kept
        on_glimpse(
            Glimpse(
                seconds=progress.seconds,
                value=None if progress.cost is None else today - progress.cost,
                limit=None if progress.bound is None else today - progress.bound,
                freed=None if kept is None else tuple(u for u in units if u not in set(kept)),
            )
        )

    return listen
