"""Runs of the solver that have their components and nothing else, for strands tried alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import HealthCheck, assume, settings

from solver.decompose import components_of, joined
from solver.params import Params
from solver.restack.problem import compile_instance
from solver.restack.state import State

if TYPE_CHECKING:
    from solver.restack.highs import Engines
    from solver.restack.instance import Instance

thorough = settings(
    deadline=None,
    max_examples=80,
    derandomize=True,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.filter_too_much,
        HealthCheck.function_scoped_fixture,
    ],
)


def begun(instance: Instance, engines: Engines, workers: int = 2) -> State:
    """Return a run that has its components and nothing else."""
    state = State(instance, Params(seconds=60, workers=workers), None, None)
    state.engines = engines
    problem = compile_instance(instance)
    if not all(map(len, problem.options)):
        assume(condition=False)
    components, between = components_of(problem)
    problems = [component.problem for component in components]
    state.begin(problems, between, lambda plans: joined(problem, components, plans))
    return state
