"""Costs at the ends of what numbers hold: past 2^53, and where dear terms cancel one another."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import pytest

from solver.params import Params
from solver.restack.check import check_file
from solver.restack.exact import Limits, solve_exactly
from solver.restack.instance import Instance, Load, Space, Team
from solver.restack.problem import compile_instance
from solver.restack.relax import Relaxation
from solver.restack.solution import parse_solution, solution_to_json
from solver.run import solve_restack

DEAR = 2**53
QUICK = Params(seconds=20, workers=2)


def seated(seed: int, dear: int) -> Instance:
    """Return eight spaces and 24 teams at small costs, and spaces that are dear and kept anyway."""
    rng = random.Random(seed)
    spaces = [Space(f"s{n}", 9, f"b{n}", 0, 0) for n in range(8)]
    spaces += [Space(f"d{n}", 0, "d", n, DEAR, must_keep=True) for n in range(dear)]
    teams = tuple(Team(f"t{n}", (Load((3,)),)) for n in range(24))
    costs = {team.id: {f"s{at}": rng.randrange(5) for at in range(8)} for team in teams}
    return Instance(tuple(spaces), teams, place_cost=costs, people_moved_at_most=10**6)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_past_what_floating_point_tells_apart_the_best_is_still_the_best(seed: int) -> None:
    least = solve_restack(seated(seed, 0), QUICK)
    assert least.cost == least.bound
    found = solve_exactly(compile_instance(seated(seed, 64)), Limits(20, None, 1, seed))
    assert found.cost is not None
    assert found.cost - 64 * DEAR == least.cost


def cancelling(seed: int) -> Instance:
    """Return an instance of dear terms whose least cost is 3."""
    rng = random.Random(seed)
    spaces = [Space(f"s{n}", 99, f"b{n}", 0, rng.randrange(5 * 10**13, 10**14)) for n in range(8)]
    teams = tuple(Team(f"t{n}", (Load((rng.randrange(3, 8),)),)) for n in range(5))
    costs = {team.id: {f"s{at}": rng.randrange(5 * 10**13) for at in range(8)} for team in teams}
    dear = Instance(tuple(spaces), teams, place_cost=costs)
    least = solve_exactly(compile_instance(dear), Limits(60, None, 1, 1)).cost
    assert least is not None
    paid = [replace(team, loads=(replace(team.loads[0], cost=-(least // 5)),)) for team in teams]
    paid[0] = replace(
        paid[0], loads=(replace(paid[0].loads[0], cost=3 - least + 4 * (least // 5)),)
    )
    return replace(dear, teams=tuple(paid))


@pytest.mark.parametrize("seed", range(12))
def test_where_dear_terms_cancel_no_bound_is_above_the_best_plan(seed: int) -> None:
    instance = cancelling(seed)
    relaxation = Relaxation(compile_instance(instance))
    while (relaxed := relaxation.solve(60.0)) is not None:
        assert relaxation.bound(relaxed.value) <= 3
        if not relaxation.tighten(relaxed):
            break
    outcome = solve_restack(instance, Params(seconds=2, workers=2, seed=seed))
    assert outcome.cost == 3
    assert outcome.bound is not None


def test_a_solution_whose_total_is_past_the_numbers_of_an_instance_is_read_again() -> None:
    spaces = tuple(Space(f"s{n}", 1, "b", n, DEAR, must_keep=True) for n in range(2))
    instance = Instance(spaces, (Team("t", (Load((1,)),)),), place_cost_default=0)
    outcome = solve_restack(instance, QUICK)
    again = parse_solution(solution_to_json(outcome, QUICK))
    assert again.bound == 2 * DEAR
    assert not check_file(instance, again)


def test_a_plan_to_start_from_may_state_a_cost_that_has_changed() -> None:
    instance = seated(1, 0)
    plan = solve_restack(instance, QUICK).best
    assert plan is not None
    stale = replace(plan, cost=plan.cost + 100)
    heard: list[int | None] = []
    solve_restack(
        instance,
        Params(seconds=5, workers=1, deterministic=1e-4),
        on_progress=lambda progress: heard.append(progress.cost),
        start=stale,
    )
    assert heard
    assert np.min([cost for cost in heard[:2] if cost is not None]) == plan.cost
