"""The business case of a plan as it is dated: each unit let after its own release."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.domain.assumptions import register_of
from planner.domain.movecalendar import case_month
from planner.finance.case import case_of

if TYPE_CHECKING:
    from planner.domain.estate import Estate
    from planner.domain.plan import Plan
    from planner.finance.case import Case
    from planner.finance.values import Values


def case_of_plan(estate: Estate, plan: Plan, *, values: Values | None = None) -> Case:
    """Return the case of a plan; its value is the plan's net present value.

    Raises:
        InvalidInput: figures are missing, or the plan speaks of what the estate lacks.
    """
    start = register_of(estate).day("start")
    waves = () if plan.schedule is None else plan.schedule.waves
    return case_of(
        estate,
        plan.freed_units,
        [(move.team, move.origin, move.target, move.people) for move in plan.moves],
        plan.releases,
        [case_month(start, wave.last) for wave in waves],
        values=values,
    )
