"""Numbers that a plan adds up exactly and an engine cannot: it declines, and others go on."""

from __future__ import annotations

import random

import pytest

from solver.outcome import Status
from solver.params import Params
from solver.restack.check import check_solution
from solver.restack.coarse import solve_coarsely
from solver.restack.exact import Limits, solve_exactly
from solver.restack.instance import Instance, Load, Space, Team
from solver.restack.parse import parse_instance
from solver.restack.problem import compile_instance
from solver.run import solve_restack

LIMITS = Limits(5, None, 1, 1)


def dear(sign: int, teams: int = 100, spaces: int = 10) -> Instance:
    """Return an instance whose plans cost up to 2^60 and whose choices cost far more together."""
    rng = random.Random(1)
    return Instance(
        tuple(Space(f"s{n}", 30, f"b{n % 2}", n, 10**12) for n in range(spaces)),
        tuple(Team(f"t{n}", (Load((2,)),)) for n in range(teams)),
        place_cost={
            f"t{t}": {f"s{n}": sign * (9 * 10**15 - rng.randrange(10**13)) for n in range(spaces)}
            for t in range(teams)
        },
    )


@pytest.mark.parametrize("workers", [1, 2])
def test_costs_that_the_exact_model_cannot_add_up_end_in_a_plan_and_a_bound(workers: int) -> None:
    instance = parse_instance(dear(1).to_json())
    outcome = solve_restack(instance, Params(seconds=2, workers=workers))
    assert outcome.best is not None
    assert check_solution(instance, outcome.best) == []
    assert outcome.cost is not None
    assert outcome.bound is not None
    assert 0.99 * outcome.cost < outcome.bound <= outcome.cost


@pytest.mark.parametrize("sign", [1, -1])
def test_an_engine_that_cannot_add_up_proves_nothing(sign: int) -> None:
    problem = compile_instance(dear(sign))
    found = solve_exactly(problem, LIMITS)
    assert found.declined
    assert (found.plan, found.bound, found.infeasible, found.proved) == (None, None, False, False)
    coarse = solve_coarsely(problem, LIMITS)
    least = sum(int(costs.min()) for costs in problem.costs)
    assert coarse.bound is None or coarse.bound <= least + sum(problem.keep.tolist())


def test_whole_teams_of_many_people_who_do_not_fit_are_a_conflict() -> None:
    days = [[6 * 10**9, 52 * 10**8], [52 * 10**8, 6 * 10**9]]
    instance = Instance(
        tuple(Space(n, 10**10, "b", 0, 1) for n in "ab"),
        tuple(Team(f"t{n}", (Load(tuple(days[n % 2])),)) for n in range(3)),
        place_cost_default=0,
    )
    outcome = solve_restack(instance, Params(seconds=5))
    assert outcome.status is Status.INFEASIBLE
    assert {reason.rule for reason in outcome.reasons} >= {"seats"}
