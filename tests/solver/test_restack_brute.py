"""The solver against trying everything."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from restack_brute import best_by_force
from restack_strategies import instances

from solver.outcome import Status
from solver.params import Params
from solver.restack.check import check_solution
from solver.restack.conflict import find_conflict, with_rules
from solver.restack.instance import Instance
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
    from solver.restack.instance import Load, Space, Team  # noqa: PLC0415

    crowded = Instance(
        spaces=(Space("s", 1, "b", 0, 0),),
        teams=(Team("t", (Load((2,)),)),),
        place_cost_default=0,
    )
    assert not find_conflict(crowded, seconds=0, seed=1).minimal
