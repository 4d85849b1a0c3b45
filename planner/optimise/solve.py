"""Optimise one estate: demand and worth in, the best plan with its proved limit out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.errors import Infeasible, OutOfTime
from planner.optimise.answer import plan_of
from planner.optimise.instance import cost_of_today, instance_of
from planner.optimise.reasons import in_words, shortage
from solver.outcome import Status
from solver.params import Params
from solver.run import solve_restack

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner.demand.model import Demand
    from planner.domain.estate import Estate
    from planner.domain.plan import Plan
    from planner.optimise.instance import Worth
    from planner.optimise.options import Options
    from solver.progress import Progress


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
) -> Plan:
    """Return the best plan found within the time asked for.

    Raises:
        Infeasible: proved: no plan keeps all rules; carries a set that conflicts.
        OutOfTime: nothing was found in time.
    """
    instance = instance_of(estate, demand.allotments, worth)
    today = cost_of_today(estate, worth)
    watcher = None if on_glimpse is None else _watch(on_glimpse, today, estate)
    params = Params(
        seconds=options.seconds,
        workers=options.workers,
        seed=options.seed,
        gap=float(options.gap),
    )
    outcome = solve_restack(instance, params, on_progress=watcher, should_stop=should_stop)
    if outcome.status is Status.INFEASIBLE:
        raise Infeasible(
            [*(in_words(estate, reason) for reason in outcome.reasons), *shortage(estate, demand)]
        )
    if outcome.best is None:
        raise OutOfTime(
            f"No plan was found in {options.seconds} s. Allow more time, or drop a rule."
        )
    return plan_of(estate, demand, worth, options, solution=outcome.best, bound=outcome.bound)


def _watch(
    on_glimpse: Callable[[Glimpse], None], today: int, estate: Estate
) -> Callable[[Progress], None]:
    """Return a listener that turns costs into values."""
    units = [unit.id for unit in estate.units]

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
