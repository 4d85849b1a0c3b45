"""The whole model, given to CP-SAT."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ortools.sat.python import cp_model

from solver.errors import InvalidModel
from solver.restack.evaluate import cost_of
from solver.restack.interrupt import Asking
from solver.restack.objective import add_objective
from solver.restack.rules import add_rules
from solver.restack.variables import Variables

if TYPE_CHECKING:
    from collections.abc import Callable

    from solver.restack.problem import Plan, Problem

# One unit of the engine's deterministic time took 0.3 to 2 s on the machines measured.
WORK_PER_SECOND = 0.5
FLOAT_ERROR = 2.0**-50
TOO_LARGE = "integer overflow"
FOUND = (cp_model.OPTIMAL, cp_model.FEASIBLE)


@dataclass(frozen=True, slots=True)
class Limits:
    """What one call of the engine may use. `work` is in the engine's deterministic units.

    A portfolio takes turns at several kinds of search, neighbourhoods among them, with one worker.
    """

    seconds: float
    work: float | None
    workers: int
    seed: int
    gap: float = 0.0
    portfolio: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """What one call of the engine found; nothing where it `declined` numbers as large as these."""

    plan: Plan | None
    cost: int | None
    bound: int | None
    infeasible: bool
    work: float
    cut_short: bool
    declined: bool = False

    @property
    def proved(self) -> bool:
        """Return whether nothing is left to find."""
        return self.infeasible or (self.cost is not None and self.cost == self.bound)


class _Watch(cp_model.CpSolverSolutionCallback):
    def __init__(self, x: Variables, tell: Callable[[Plan, int], object]) -> None:
        super().__init__()
        self._x = x
        self._tell = tell

    def on_solution_callback(self) -> None:
        plan = self._x.read(self)
        self._tell(plan, cost_of(self._x.problem, plan))


def solve_exactly(
    problem: Problem,
    limits: Limits,
    *,
    hint: Plan | None = None,
    on_plan: Callable[[Plan, int], object] | None = None,
    on_bound: Callable[[int | None], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
    feasibility_only: bool = False,
) -> Result:
    """Solve one problem with the exact model.

    Args:
        problem: what to solve.
        limits: what may be used.
        hint: a plan to start from.
        on_plan: told of each better plan with its cost.
        on_bound: told of each better bound.
        should_stop: asked ten times a second.
        feasibility_only: leave the costs out; any plan will do.

    Raises:
        InvalidModel: the engine refused the model, and not because sums pass 64 bits.
    """
    if any(len(options) == 0 for options in problem.options):
        return Result(None, None, None, infeasible=True, work=0.0, cut_short=False)
    model = cp_model.CpModel()
    x = Variables(model, problem)
    add_rules(model, problem, x)
    if not feasibility_only:
        add_objective(model, problem, x)
    if hint is not None:
        x.hint(model, hint)
    solver = engine(limits)
    if on_bound is not None:
        tell_bound = on_bound
        solver.best_bound_callback = lambda bound: tell_bound(as_whole(bound))
    watch = None if on_plan is None else _Watch(x, on_plan)
    with Asking(should_stop, solver.stop_search) as asking:
        status = solver.solve(model, watch)
    if status == cp_model.MODEL_INVALID:
        return _declined(model)
    plan = x.read(solver) if status in FOUND else None
    cost = None if plan is None else cost_of(problem, plan)
    bound = None
    if status == cp_model.OPTIMAL and not limits.gap:
        bound = cost
    elif not feasibility_only and status != cp_model.INFEASIBLE:
        bound = bound_of(solver, status)
    return Result(
        plan=plan,
        cost=cost,
        bound=bound,
        infeasible=status == cp_model.INFEASIBLE,
        work=float(solver.response_proto.deterministic_time),
        cut_short=asking.fired
        or (
            status not in (cp_model.OPTIMAL, cp_model.INFEASIBLE)
            and solver.wall_time >= limits.seconds
        ),
    )


def _declined(model: cp_model.CpModel) -> Result:
    """Return nothing found if the engine cannot add up numbers as large as these.

    It adds up the costs of all choices, where a plan takes one for each team: costs that `parse`
    admits may be too large for it, and are left to engines that take fewer or floating ones.
    """
    why = model.validate() or "the engine refused the model without a reason"
    if TOO_LARGE not in why:
        raise InvalidModel(why)
    return Result(None, None, None, infeasible=False, work=1e-3, cut_short=False, declined=True)


def engine(limits: Limits) -> cp_model.CpSolver:
    """Return the engine, set to these limits."""
    solver = cp_model.CpSolver()
    parameters = solver.parameters
    parameters.max_time_in_seconds = max(limits.seconds, 0.01)
    parameters.num_workers = limits.workers
    parameters.random_seed = limits.seed
    parameters.catch_sigint_signal = False
    parameters.relative_gap_limit = limits.gap
    # Cost and bound meet as floating-point numbers, which beyond 2^53 are coarser than costs.
    parameters.absolute_gap_limit = 0.0
    parameters.interleave_search = limits.portfolio
    if limits.work is not None:
        parameters.max_deterministic_time = max(limits.work, 1e-6)
    return solver


def bound_of(solver: cp_model.CpSolver, status: object) -> int | None:
    """Return the bound that an engine proved, None where it was stopped before it had one.

    The engine then says 0, which is no bound where costs are negative.
    """
    bound = solver.best_objective_bound
    return None if status == cp_model.UNKNOWN and bound == 0 else as_whole(bound)


def as_whole(bound: float) -> int | None:
    """Return a bound on whole costs as one, None where there is none yet."""
    return math.ceil(bound - 1e-6 - FLOAT_ERROR * abs(bound)) if math.isfinite(bound) else None
