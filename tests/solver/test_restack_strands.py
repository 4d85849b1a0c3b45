"""Each strand of the search by itself: no bound above the truth, no plan that breaks a rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from restack_brute import best_by_force
from restack_strategies import instances

from solver import run
from solver.outcome import Status
from solver.params import Params
from solver.restack.check import check_solution

if TYPE_CHECKING:
    from solver.restack.instance import Instance

STRANDS = (
    *("First", "Prove", "Lead", "ByPackings", "BySeats", "Whole", "Price"),
    *("Sets", "Pool", "Improve"),
)


@pytest.mark.slow
@pytest.mark.parametrize("strand", STRANDS)
def test_a_strand_alone_claims_nothing_that_trying_everything_refutes(
    strand: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = run._tasks
    monkeypatch.setattr(
        run,
        "_tasks",
        lambda state, params: [one for one in every(state, params) if type(one).__name__ == strand],
    )

    @settings(
        deadline=None,
        max_examples=12,
        derandomize=True,
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(instances())
    def claims(instance: Instance) -> None:
        outcome = run.solve_restack(instance, Params(seconds=1, workers=2))
        truth = best_by_force(instance)
        if outcome.status is Status.INFEASIBLE:
            assert truth is None
            return
        if outcome.best is not None:
            assert check_solution(instance, outcome.best) == []
            assert truth is not None
            assert outcome.best.cost >= truth
        assert truth is None or outcome.bound is None or outcome.bound <= truth
        if outcome.status is Status.OPTIMAL:
            assert outcome.cost == truth

    claims()
