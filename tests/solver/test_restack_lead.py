"""Plans that follow the relaxation, against trying everything; the engine that may be stopped."""

from __future__ import annotations

import itertools
import random
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from ortools.math_opt.python import mathopt
from restack_brute import best_by_force
from restack_runs import begun, thorough
from restack_strategies import instances

from solver.restack.highs import Engines
from solver.restack.instance import Instance, Load, Near, Space, Team
from solver.restack.lead import Lead
from solver.restack.problem import compile_instance
from solver.restack.relax import Relaxation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ortools.math_opt import model_pb2

PIECES = 60


@pytest.fixture(scope="module")
def engines() -> Iterator[Engines]:
    shared = Engines()
    yield shared
    shared.close()


@settings(parent=thorough, max_examples=40)
@given(instances())
def test_plans_along_the_relaxation_are_sound_and_its_bound_is_below_them(
    engines: Engines, instance: Instance
) -> None:
    state = begun(instance, engines)
    for number, best in enumerate(state.parts):
        if not best.problem.n_teams:  # a run has no strand for those
            continue
        task = Lead(number, state, 1.0)
        for _ in range(4):
            if task.ready():
                task.piece(1.0)
    least = best_by_force(instance)
    if least is not None:
        assert state.bound is None or state.bound <= least
        assert state.cost is None or state.cost >= least


@thorough
@given(instances())
def test_no_plan_costs_less_than_the_tight_relaxation(instance: Instance) -> None:
    least = best_by_force(instance)
    if least is not None:
        assert tight(Relaxation(compile_instance(instance))) <= least


def test_the_relaxation_lets_pairs_of_divisible_teams_pay_where_they_cannot_meet() -> None:
    spaces = tuple(Space(f"s{n}", 10, f"b{n // 2}", n, 1) for n in range(4))
    teams = tuple(Team(f"t{n}", (Load((20,)),), split=5) for n in range(2))
    costs = {"t0": {"s0": 0, "s1": 0}, "t1": {"s2": 0, "s3": 0}}
    near = (Near("t0", "t1", "building", 700),)
    instance = Instance(spaces, teams, place_cost=costs, near=near)
    assert tight(Relaxation(compile_instance(instance))) == 704
    meeting = {**costs, "t1": {"s2": 0, "s1": 0}}
    nearer = replace(instance, place_cost=meeting, teams=(teams[0], Team("t1", (Load((0,)),))))
    assert tight(Relaxation(compile_instance(nearer))) == 2


def tight(relaxation: Relaxation) -> int:
    """Return the bound once no row is broken any more."""
    while True:
        relaxed = relaxation.solve(60.0)
        assert relaxed is not None
        if not relaxation.tighten(relaxed):
            return relaxation.bound(relaxed.value)


def test_an_engine_that_is_stopped_returns_at_once_and_leaves_no_process() -> None:
    pool = Engines()
    parameters = mathopt.SolveParameters().to_proto()
    asked = itertools.count()
    try:
        assert pool.solve(split_markets(), parameters, 60, lambda: next(asked) > 1) is None
        found = pool.solve(seven_of_thirty(), parameters, 60, None)
        assert found is not None
        assert found.termination.objective_bounds.primal_bound == 7
    finally:
        pool.close()


def split_markets() -> model_pb2.ModelProto:
    """Return equations that take branch and bound hours (Cornuejols and Dawande 1999)."""
    numbers = random.Random(7)
    model = mathopt.Model()
    columns = [model.add_binary_variable() for _ in range(50)]
    for _ in range(6):
        weights = [numbers.randrange(100) for _ in columns]
        products = [weight * column for weight, column in zip(weights, columns, strict=True)]
        model.add_linear_constraint(mathopt.fast_sum(products) == sum(weights) // 2)
    return model.export_model()


def seven_of_thirty() -> model_pb2.ModelProto:
    """Return a model that is solved at once: the most of thirty columns, at most seven."""
    model = mathopt.Model()
    columns = [model.add_binary_variable() for _ in range(30)]
    model.add_linear_constraint(mathopt.fast_sum(columns) <= 7)
    model.maximize(mathopt.fast_sum(columns))
    return model.export_model()
