"""Peers that solve the same instance beside ours: nothing, greedy, plain CP-SAT, plain HiGHS."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from solver.params import Params
from solver.restack.check import check_solution
from solver.restack.choose import Run, plan_from
from solver.restack.construct import by_insertion, do_nothing
from solver.restack.evaluate import cost_of
from solver.restack.exact import Limits, solve_exactly
from solver.restack.greedy import close_spaces
from solver.restack.problem import compile_instance, to_solution
from solver.restack.relax import Relaxation
from solver.restack.state import State
from solver.restack.whole import OVERRUN, Ask
from solver.run import solve_restack

if TYPE_CHECKING:
    from collections.abc import Callable

    from solver.restack.instance import Instance
    from solver.restack.problem import Plan

Found = tuple["Plan | None", "int | None"]


@dataclass(frozen=True, slots=True)
class Score:
    """What one solver reached on one instance. A missing thing is None.

    Args:
        cost: of the plan, as the checker counts it.
        bound: what the solver says no plan can beat.
        seconds: it took.
        violations: rules that the plan breaks, by the independent checker.
    """

    solver: str
    cost: int | None
    bound: int | None
    seconds: float
    violations: int


def score_all(
    instance: Instance, seconds: float, workers: int, seed: int, solvers: tuple[str, ...]
) -> list[Score]:
    """Run each solver with the same limit, and check its plan from the instance alone."""
    return [SOLVERS[name](name, instance, seconds, workers, seed) for name in solvers]


def _ours(name: str, instance: Instance, seconds: float, workers: int, seed: int) -> Score:
    start = time.monotonic()
    outcome = solve_restack(instance, Params(seconds, workers, seed))
    took = time.monotonic() - start
    broken = 0 if outcome.best is None else len(check_solution(instance, outcome.best))
    return Score(name, outcome.cost, outcome.bound, took, broken)


def _by(
    solve: Callable[[Instance, float, int, int], Found],
) -> Callable[[str, Instance, float, int, int], Score]:
    def score(name: str, instance: Instance, seconds: float, workers: int, seed: int) -> Score:
        start = time.monotonic()
        plan, bound = solve(instance, seconds, workers, seed)
        took = time.monotonic() - start
        if plan is None:
            return Score(name, None, bound, took, 0)
        cost = cost_of(compile_instance(instance), plan)
        broken = check_solution(instance, to_solution(instance, plan, cost))
        return Score(name, cost, bound, took, len(broken))

    return score


def _nothing(instance: Instance, seconds: float, workers: int, seed: int) -> Found:
    del seconds, workers, seed
    return do_nothing(compile_instance(instance)), None


def _greedy(instance: Instance, seconds: float, workers: int, seed: int) -> Found:
    del workers, seed
    problem = compile_instance(instance)
    plan = do_nothing(problem) or by_insertion(problem)
    if plan is None:
        return None, None
    deadline = time.monotonic() + seconds
    return close_spaces(problem, plan, None, lambda: time.monotonic() > deadline)[0], None


def _cpsat(instance: Instance, seconds: float, workers: int, seed: int) -> Found:
    limits = Limits(seconds, None, workers, seed)
    result = solve_exactly(compile_instance(instance), limits)
    return result.plan, result.bound


def _highs(instance: Instance, seconds: float, workers: int, seed: int) -> Found:
    """Give HiGHS the whole model at once, with a row for each team and space, pair and space.

    Within a search of ours it is asked to end before its limit; here it has all of it, and time
    beside it to end.
    """
    del workers
    start = time.monotonic()
    state = State(instance, Params(2.0 * seconds, 2, seed), None, None)
    relaxation = Relaxation(compile_instance(instance))
    relaxation.state_all_keeping()
    run = Run(state, seed)
    left = max(1.0, seconds - (time.monotonic() - start))
    try:
        answer = run.whole(relaxation, Ask(left / (1.0 - OVERRUN), seed, teams=True))
    finally:
        state.engines.close()
    bound = None if answer.bound is None else relaxation.bound(answer.bound)
    if answer.relaxed is None:
        return None, bound
    return plan_from(relaxation, answer.relaxed, run), bound


SOLVERS: dict[str, Callable[[str, Instance, float, int, int], Score]] = {
    "ours": _ours,
    "nothing": _by(_nothing),
    "greedy": _by(_greedy),
    "cp-sat": _by(_cpsat),
    "highs": _by(_highs),
}
