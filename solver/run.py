"""Solving a restack from start to end: the one door to the searches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.errors import InvalidInstance, InvalidModel
from solver.outcome import Outcome, Status
from solver.restack.check import check_solution
from solver.restack.conflict import Conflict, find_conflict
from solver.restack.construct import do_nothing
from solver.restack.evaluate import cost_of
from solver.restack.exact import Limits, solve_exactly
from solver.restack.incumbent import Incumbent
from solver.restack.problem import compile_instance, from_solution, to_solution

if TYPE_CHECKING:
    from collections.abc import Callable

    from solver.params import Params
    from solver.progress import Progress
    from solver.restack.instance import Instance
    from solver.restack.solution import Solution

# One unit of the engine's deterministic time took 0.3 to 2 s on the machines measured.
WORK_PER_SECOND = 0.5
LEAST_CONFLICT_SECONDS = 1.0


def solve_restack(
    instance: Instance,
    params: Params,
    *,
    on_progress: Callable[[Progress], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
    start: Solution | None = None,
) -> Outcome[Solution]:
    """Return the best restack found within the limits, its proved bound, or why there is none.

    Args:
        instance: what to solve.
        params: limits, workers, seed.
        on_progress: told of each better plan and bound, from any thread, one call at a time.
        should_stop: asked about ten times a second; when it returns True, the run ends with
            the best plan so far.
        start: a plan to start from, such as that of an earlier run; one that breaks a rule
            of this instance is only a hint.

    Raises:
        InvalidInstance: `start` names a team or space that the instance does not have.
        InvalidModel: a defect of the solver: a plan failed its check.
    """
    incumbent = Incumbent(instance, params, on_progress, should_stop)
    problem = compile_instance(instance)
    today = do_nothing(problem)
    if today is not None:
        incumbent.offer(today, cost_of(problem, today))
    if start is not None:
        _take_start(instance, start, incumbent)
    result = solve_exactly(
        problem,
        Limits(incumbent.left, _work(params), params.workers, params.seed, params.gap),
        hint=incumbent.plan,
        on_plan=incumbent.offer,
        on_bound=incumbent.raise_bound,
        should_stop=incumbent.stop,
    )
    if result.infeasible:
        left = max(incumbent.left, LEAST_CONFLICT_SECONDS)
        conflict = find_conflict(instance, left, params.seed, should_stop)
        return _outcome(instance, params, incumbent, conflict)
    if result.plan is not None and result.cost is not None:
        incumbent.offer(result.plan, result.cost)
    incumbent.raise_bound(result.bound)
    return _outcome(instance, params, incumbent, None, cut_short=result.cut_short)


def _work(params: Params) -> float | None:
    if params.workers > 1:
        return None
    return params.deterministic or WORK_PER_SECOND * params.seconds


def _take_start(instance: Instance, start: Solution, incumbent: Incumbent) -> None:
    """Offer a plan from outside if it is sound."""
    unknown = [
        violation.message
        for violation in check_solution(instance, start)
        if violation.rule in {"team", "space"}
    ]
    if unknown:
        raise InvalidInstance(f"start: {message}" for message in unknown)
    if not check_solution(instance, start):
        incumbent.offer(from_solution(instance, start), start.cost)


def _outcome(
    instance: Instance,
    params: Params,
    incumbent: Incumbent,
    conflict: Conflict | None,
    *,
    cut_short: bool = False,
) -> Outcome[Solution]:
    """Return what a run proved, its plan checked once more from the instance alone."""
    best = None
    if conflict is not None:
        status = Status.INFEASIBLE
    elif incumbent.plan is None or incumbent.cost is None:
        status = Status.OUT_OF_TIME
    else:
        best = to_solution(instance, incumbent.plan, incumbent.cost)
        broken = check_solution(instance, best)
        if incumbent.bound is not None and incumbent.bound > incumbent.cost:
            msg = f"the bound {incumbent.bound} is above the cost {incumbent.cost} of a plan"
            raise InvalidModel(msg)
        if broken:
            raise InvalidModel("the plan breaks rules: " + "; ".join(map(str, broken)))
        status = Status.OPTIMAL if incumbent.cost == incumbent.bound else Status.FEASIBLE
    return Outcome(
        status=status,
        best=best,
        cost=None if best is None else best.cost,
        bound=None if conflict is not None else incumbent.bound,
        seconds=incumbent.seconds,
        reasons=() if conflict is None else conflict.reasons,
        reasons_minimal=conflict is not None and conflict.minimal,
        log=incumbent.log,
        repeatable=params.workers == 1 and not cut_short and not incumbent.stopped,
    )
