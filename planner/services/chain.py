"""The whole chain as one pure function: estate, demand, plan, checks, money."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, get_args

from planner.demand.backtest import backtest_of
from planner.demand.model import demand_of
from planner.domain.assumptions import register_of
from planner.domain.consistency import problems_of
from planner.errors import InvalidInput, PlannerError
from planner.finance.case import case_of
from planner.finance.values import values_of
from planner.optimise.solve import plan_estate
from planner.reports.dossier import Dossier
from planner.services.verify import verify

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner.domain.estate import Estate
    from planner.domain.plan import Plan
    from planner.optimise.options import Options
    from planner.optimise.solve import Glimpse

Step = Literal["read", "demand", "solve", "check"]
STEPS: Final = get_args(Step)


@dataclass(frozen=True, slots=True)
class Telling:
    """How the chain reports while it works; each part may be left out.

    Args:
        step: told when a step begins.
        glimpse: told of each better plan and limit.
        should_stop: asked often; True ends the search with the best plan so far.
    """

    step: Callable[[Step], None] | None = None
    glimpse: Callable[[Glimpse], None] | None = None
    should_stop: Callable[[], bool] | None = None


SILENT: Final = Telling()


def make_plan(estate: Estate, options: Options, telling: Telling = SILENT) -> Plan:
    """Return the best plan for an estate, checked twice.

    Raises:
        InvalidInput: the estate contradicts itself, or figures are missing.
        Infeasible: no plan keeps all rules.
        OutOfTime: no plan was found in time.
    """
    say = telling.step or (lambda _: None)
    say("read")
    problems = problems_of(estate)
    if problems:
        raise InvalidInput(problems)
    values = values_of(estate)
    say("demand")
    level = options.level or register_of(estate).number("service_level")
    demand = demand_of(estate, level=level, seed=options.seed)
    say("solve")
    plan = plan_estate(
        estate,
        demand,
        values,
        options,
        on_glimpse=telling.glimpse,
        should_stop=telling.should_stop,
    )
    say("check")
    broken = verify(plan, estate)
    if broken:
        raise PlannerError(
            "The plan failed its check and was not kept; this is our defect:\n"
            + "\n".join(map(str, broken))
        )
    return plan


def dossier_of(estate: Estate, plan: Plan) -> Dossier:
    """Return everything that pages and documents tell of a plan, worked out from both alone."""
    demand = demand_of(estate, level=plan.level, seed=plan.seed)
    moves = [(move.team, move.origin, move.target, move.people) for move in plan.moves]
    return Dossier(
        estate=estate,
        plan=plan,
        demand=demand,
        case=case_of(estate, plan.freed_units, moves),
        backtest=backtest_of(estate, plan.placed, level=plan.level),
    )
