"""Solving a restack from start to end: the one door to the searches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.contradiction import explain_conflict
from solver.decompose import components_of, joined
from solver.errors import InvalidInstance, InvalidModel
from solver.outcome import Outcome, Status
from solver.restack.check import check_solution
from solver.restack.choose import by_moves
from solver.restack.construct import by_insertion, do_nothing
from solver.restack.engine import Whole
from solver.restack.exact import WORK_PER_SECOND
from solver.restack.first import First
from solver.restack.floor import least_cost
from solver.restack.greedy import close_spaces
from solver.restack.lead import Lead
from solver.restack.packing import can_pack
from solver.restack.price import Price
from solver.restack.problem import compile_instance, from_solution, to_solution
from solver.restack.proof import ByPackings, BySeats
from solver.restack.sets import Sets
from solver.restack.state import State
from solver.restack.tasks import Improve, Pool, Prove, Task
from solver.schedule import run_alone, run_together
from solver.shortage import shortage_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from solver.params import Params
    from solver.progress import Progress
    from solver.restack.conflict import Conflict
    from solver.restack.instance import Instance
    from solver.restack.part import Part
    from solver.restack.problem import Problem
    from solver.restack.solution import Solution

LEAST_CONFLICT_SECONDS = 1.0
# Components with at most this many choices of a place are also given to the exact model whole; of
# divisible teams, no tree of ours proves little ones.
SMALL, LITTLE = 6_000, 1_000
# Time for the relaxation and what follows from it, against 1 for the neighbourhoods.
LEAD_WEIGHT, SETS_WEIGHT, PROVE_WEIGHT, PROVE_DIVIDED, POOL_WEIGHT = 2.0, 2.0, 0.5, 6.0, 0.25
ALONE_WEIGHT = 0.6
# Up to this size, a search tree says more than the relaxation; over packings where up to so many
# teams fill a space. One of two workers is for it.
BRANCH_SIZE, FEW_A_SPACE, BRANCH_WEIGHT = 7_000, 5.0, 5.0
# Up to so many teams a space, what packing wastes is worth pricing.
FEW, PRICE_WEIGHT = 10, 1.0
# The engine searches the same components whole; of divisible teams it sees what the tree does not.
WHOLE_WEIGHT, WHOLE_RICH = 1.0, 4.0
# Where teams are divided or choose their days, sets and neighbourhoods are what improves plans.
IMPROVE_WEIGHT, SETS_RICH = 4.0, 6.0
# They begin at once, before a first long search of the engine.
HEAD_START = 0.3
# Of the time, what a search for first plans may take before other strands begin; then its weight.
FIRST_SHARE, FIRST_WEIGHT = 0.2, 4.0
LEAD_SHARE = LEAD_WEIGHT / (LEAD_WEIGHT + SETS_WEIGHT + 1.0)


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
        start: a plan to start from, such as that of an earlier run; what it says it costs is
            not asked, and one that breaks a rule of this instance is left aside.

    Raises:
        InvalidInstance: `start` names a team or space that the instance does not have.
        InvalidModel: a defect of the solver: a plan failed its check.
    """
    state = State(instance, params, on_progress, should_stop)
    problem = compile_instance(instance)
    components, between = components_of(problem)
    state.begin(
        [component.problem for component in components],
        between,
        lambda plans: joined(problem, components, plans),
    )
    if start is not None:
        _take_start(instance, start, state, components)
    if any(len(options) == 0 for options in problem.options):
        return _no_plan(instance, params, state, should_stop)
    if not _begin(state):
        return _no_plan(instance, params, state, should_stop)
    firsts = _firsts(state, params)
    work = _seek(firsts, state, params)
    if state.impossible:
        return _no_plan(instance, params, state, should_stop)
    tasks = [*firsts, *_tasks(state, params)]
    try:
        if params.workers == 1:
            run_alone(tasks, state, _work(params) - work)
        else:
            run_together(tasks, state, params.workers)
    finally:
        state.engines.close()
    if state.impossible:
        return _no_plan(instance, params, state, should_stop)
    cut_short = state.stopped or any(task.cut_short for task in tasks)
    return _outcome(instance, params, state, None, cut_short=cut_short)


def _begin(state: State) -> bool:
    """Make a first plan of each component; return whether none is known to have no plan at all."""
    for number, best in enumerate(state.parts):
        state.raise_bound(number, least_cost(best.problem))
        for plan in (do_nothing(best.problem), None if best.plan else by_insertion(best.problem)):
            if plan is not None:
                state.offer(number, plan)
                closed, _ = close_spaces(best.problem, plan, None, state.stop)
                state.offer(number, closed)
        if best.plan is None and shortage_of(best.problem) is not None:
            return False
    return True


def _firsts(state: State, params: Params) -> list[First]:
    """Return the strands that seek a first plan of the components that have none."""
    missing = [number for number, best in enumerate(state.parts) if best.plan is None]
    weight = FIRST_WEIGHT / max(1, len(missing))
    return [
        First(number, state, weight, seed=params.seed, workers=params.workers) for number in missing
    ]


def _seek(firsts: Sequence[First], state: State, params: Params) -> float:
    """Seek first plans, of one component after the other, for a while; return the work it took.

    All strands but those of bounds begin with a plan. Where none is found in this time, they go
    on beside each other.
    """
    work, most = 0.0, FIRST_SHARE * _work(params)
    late = FIRST_SHARE * params.seconds
    while not state.stop():
        ready = [first for first in firsts if first.ready()]
        if not ready or work >= most or (state.parallel and state.seconds >= late):
            break
        for first in ready:
            if first.ready() and work < most and not state.stop():
                spent = first.piece(most - work)
                first.charge(spent)
                work += spent
    for first in firsts:
        first.workers = 1
    return work


def _tasks(state: State, params: Params) -> list[Task]:
    """Return the strands of work, weighted by the size of their components."""
    tasks: list[Task] = []
    total = sum(best.problem.size for best in state.parts) or 1
    for number, best in enumerate(state.parts):
        problem, weight = best.problem, max(best.problem.size, 1) / total
        seed = params.seed * 1_000_003 + number
        whole = not problem.smallest.any()
        if problem.size <= SMALL:
            share = PROVE_WEIGHT if whole or problem.size > LITTLE else PROVE_DIVIDED
            tasks.append(Prove(number, state, share * weight, seed=params.seed))
        if not problem.n_teams:
            continue
        budget = params.seconds * min(1.0, params.workers * weight * LEAD_SHARE)
        share = LEAD_WEIGHT if state.parallel else ALONE_WEIGHT
        tasks.append(Lead(number, state, share * weight, seed=params.seed, budget=budget))
        packs = whole and can_pack(problem)
        few = packs and problem.size <= BRANCH_SIZE and _teams_a_space(problem) <= FEW_A_SPACE
        if problem.size <= BRANCH_SIZE and whole and (few or state.parallel):
            branch = ByPackings if few else BySeats
            most = params.workers if few else max(1, params.workers // 2)
            tasks.append(branch(number, state, BRANCH_WEIGHT * weight, most=most, seed=params.seed))
        if problem.size <= BRANCH_SIZE and (state.parallel or not whole):
            share = (WHOLE_WEIGHT if by_moves(problem) else WHOLE_RICH) * weight
            spent = 0.0 if by_moves(problem) else HEAD_START * share
            tasks.append(Whole(number, state, share, spent=spent, seed=params.seed))
        if packs and not few and problem.n_teams <= FEW * problem.n_spaces:
            tasks.append(Price(number, state, PRICE_WEIGHT * weight))
        share = (SETS_WEIGHT if by_moves(problem) else SETS_RICH) * weight
        tasks.append(Sets(number, state, share, seed=seed))
        if problem.plain and not by_moves(problem):
            tasks.append(Pool(number, state, POOL_WEIGHT * weight, seed=params.seed))
        share = (1.0 if by_moves(problem) else IMPROVE_WEIGHT) * weight
        improve = Improve(number, state, share, most=params.workers, seed=seed)
        tasks = [improve, *tasks] if not by_moves(problem) else [*tasks, improve]
    return tasks


def _teams_a_space(problem: Problem) -> float:
    """Return how many teams of the usual size fill a space of the usual size."""
    days = list(problem.days_that_bind)
    need = sum(load[:, days].min(axis=0).max(initial=0) for load in problem.loads)
    return float(problem.seats[:, days].mean() * problem.n_teams / max(need, 1))


def _no_plan(
    instance: Instance, params: Params, state: State, should_stop: Callable[[], bool] | None
) -> Outcome[Solution]:
    left = max(state.left, LEAST_CONFLICT_SECONDS)
    conflict = explain_conflict(instance, left, params.seed, should_stop)
    return _outcome(instance, params, state, conflict, cut_short=not conflict.minimal)


def _work(params: Params) -> float:
    return params.deterministic or WORK_PER_SECOND * params.seconds


def _take_start(instance: Instance, start: Solution, state: State, components: list[Part]) -> None:
    """Offer a plan from outside if it is sound."""
    broken = [one for one in check_solution(instance, start) if one.rule != "cost"]
    unknown = [one.message for one in broken if one.rule in {"team", "space"}]
    if unknown:
        raise InvalidInstance(f"start: {message}" for message in unknown)
    if not broken:
        plan = from_solution(instance, start)
        for number, component in enumerate(components):
            state.offer(number, component.restrict(plan))


def _outcome(
    instance: Instance,
    params: Params,
    state: State,
    conflict: Conflict | None,
    *,
    cut_short: bool = False,
) -> Outcome[Solution]:
    """Return what a run proved, its plan checked once more from the instance alone."""
    best = None
    plan, cost, bound = state.plan, state.cost, state.bound
    if conflict is not None:
        status = Status.INFEASIBLE
    elif plan is None or cost is None:
        status = Status.OUT_OF_TIME
    else:
        best = to_solution(instance, plan, cost)
        broken = check_solution(instance, best)
        if bound is not None and bound > cost:
            msg = f"the bound {bound} is above the cost {cost} of a plan"
            raise InvalidModel(msg)
        if broken:
            raise InvalidModel("the plan breaks rules: " + "; ".join(map(str, broken)))
        status = Status.OPTIMAL if cost == bound else Status.FEASIBLE
    return Outcome(
        status=status,
        best=best,
        cost=None if best is None else best.cost,
        bound=None if conflict is not None else bound,
        seconds=state.seconds,
        reasons=() if conflict is None else conflict.reasons,
        reasons_minimal=conflict is not None and conflict.minimal,
        log=state.log,
        repeatable=params.workers == 1 and not cut_short and not state.stopped,
    )
