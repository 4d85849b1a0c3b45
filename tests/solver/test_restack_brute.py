"""The solver against trying everything."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from restack_brute import best_by_force
from restack_strategies import instances

from solver.bench.synthetic import Recipe, generate
from solver.contradiction import explain_conflict
from solver.outcome import Status
from solver.params import Params
from solver.restack.check import check_solution
from solver.restack.conflict import with_rules
from solver.restack.floor import least_cost
from solver.restack.instance import Instance, Load, Space, Team
from solver.restack.interrupt import Stopped
from solver.restack.problem import compile_instance
from solver.restack.relax import Relaxation
from solver.run import solve_restack

ONE = Params(seconds=60, workers=1, seed=1)
patient = settings(
    deadline=None, max_examples=120, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


@patient
@given(instances())
def test_no_plan_costs_less_than_the_one_found(instance: Instance) -> None:
    outcome = solve_restack(instance, ONE)
    assert outcome.cost == best_by_force(instance)
    assert outcome.status in {Status.OPTIMAL, Status.INFEASIBLE}
    assert outcome.repeatable


@patient
@given(instances())
def test_every_plan_passes_the_checker_and_costs_at_least_the_bound(instance: Instance) -> None:
    outcome = solve_restack(instance, ONE)
    if outcome.best is not None:
        assert check_solution(instance, outcome.best) == []
        assert outcome.bound is not None
        assert outcome.bound <= outcome.best.cost


@settings(patient, max_examples=200)
@given(instances())
def test_what_every_plan_pays_at_least_is_never_more_than_the_best_one_costs(
    instance: Instance,
) -> None:
    truth = best_by_force(instance)
    assert truth is None or least_cost(compile_instance(instance)) <= truth


@pytest.mark.parametrize("workers", [1, 2])
def test_a_run_stopped_at_once_still_has_a_bound(workers: int) -> None:
    large = generate(Recipe(40, 300, 1))
    params = Params(seconds=30, workers=workers)
    outcome = solve_restack(large, params, should_stop=lambda: True)
    assert outcome.cost is not None
    assert outcome.bound is not None
    assert 0 < outcome.bound < outcome.cost
    assert not outcome.repeatable


@pytest.mark.parametrize("patience", [0, 5, 50])
def test_a_relaxation_is_given_up_while_it_is_stated(patience: int) -> None:
    asked = iter(range(patience))
    problem = compile_instance(generate(Recipe(10, 60, 1)))
    with pytest.raises(Stopped):
        Relaxation(problem, lambda: next(asked, None) is None)


@settings(patient, max_examples=60)
@given(instances(spaces=3, teams=3))
def test_conflicting_rules_conflict_and_none_can_be_left_out(instance: Instance) -> None:
    outcome = solve_restack(instance, ONE)
    if outcome.status is not Status.INFEASIBLE:
        return
    assert outcome.reasons_minimal
    assert best_by_force(with_rules(instance, outcome.reasons)) is None
    for dropped in outcome.reasons:
        fewer = [reason for reason in outcome.reasons if reason != dropped]
        assert best_by_force(with_rules(instance, fewer)) is not None


@pytest.mark.slow
@settings(patient, max_examples=3000)
@given(instances())
def test_thousands_of_small_instances_agree(instance: Instance) -> None:
    assert solve_restack(instance, ONE).cost == best_by_force(instance)


def test_a_search_for_a_conflict_without_time_admits_it_is_not_minimal() -> None:
    crowded = Instance(
        spaces=(Space("s", 1, "b", 0, 0),),
        teams=(Team("t", (Load((2,)),)),),
        place_cost_default=0,
    )
    assert not explain_conflict(crowded, seconds=0, seed=1).minimal
