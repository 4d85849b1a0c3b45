"""The coarse model against trying everything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from restack_brute import best_by_force
from restack_strategies import instances

from solver.restack.coarse import solve_coarsely
from solver.restack.exact import Limits, solve_exactly
from solver.restack.problem import compile_instance, within

if TYPE_CHECKING:
    from solver.restack.instance import Instance

LIMITS = Limits(seconds=60, work=None, workers=1, seed=1)


@settings(
    deadline=None,
    max_examples=300,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    derandomize=True,
)
@given(instances())
def test_the_coarse_bound_is_below_every_plan_and_its_spaces_hold_none_cheaper(
    instance: Instance,
) -> None:
    problem = compile_instance(instance)
    if not problem.plain or not all(map(len, problem.options)):
        return
    least = best_by_force(instance)
    coarse = solve_coarsely(problem, LIMITS)
    if least is None:
        return
    assert coarse.bound is not None
    assert coarse.bound <= least
    assert coarse.kept is not None
    inner = within(problem, coarse.kept, [one.tolist() for one in problem.options])
    packed = None if inner is None else solve_exactly(inner, LIMITS).cost
    assert packed is None or packed >= least
