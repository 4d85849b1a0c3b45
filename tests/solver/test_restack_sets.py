"""Moves and swaps within sets of kept spaces, against trying everything and against each other."""

from __future__ import annotations

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from restack_brute import best_by_force
from restack_strategies import instances

from solver.bench.synthetic import Recipe, generate
from solver.restack.beside import neighbours
from solver.restack.construct import do_nothing
from solver.restack.evaluate import cost_of, keeps_rules
from solver.restack.instance import Instance, Load, Space, Team
from solver.restack.lagrange import Prices
from solver.restack.pieces import cut, cut_anew
from solver.restack.problem import Plan, Problem, compile_instance
from solver.restack.relax import Relaxation
from solver.restack.swap import Swaps

STEPS = 200
quiet = [HealthCheck.too_slow, HealthCheck.filter_too_much]


@settings(deadline=None, max_examples=300, suppress_health_check=quiet, derandomize=True)
@given(instances(), st.integers(0, 99))
def test_moves_and_swaps_end_in_a_plan_that_keeps_every_rule(instance: Instance, seed: int) -> None:
    problem = compile_instance(instance)
    usable = frozenset(np.flatnonzero(~problem.must_free).tolist())
    today = do_nothing(problem)
    if not usable or (problem.must_keep & problem.must_free).any():
        return
    plan = _walked(problem, usable, today, seed)
    if plan is None:
        return
    assert keeps_rules(problem, plan)
    least = best_by_force(instance)
    assert least is not None
    assert cost_of(problem, plan) >= least


def _walked(problem: Problem, usable: frozenset[int], today: Plan | None, seed: int) -> Plan | None:
    """Return the best plan met from today's seating, cut anew, or from nothing."""
    if today is None:
        swaps = Swaps(problem, usable, seed)
        if not swaps.possible():
            return None
        return swaps.search(swaps.first([[]] * problem.n_teams), STEPS).plan
    pieces = cut(problem, cut_anew(problem, today, np.random.default_rng(seed), 0.5))
    swaps = Swaps(pieces.problem, usable, seed)
    goes = [[seated[0][0]] for seated in pieces.plan.parts]
    plan = swaps.search(swaps.first(goes, pieces.plan.load), STEPS).plan
    return None if plan is None else pieces.joined(plan)


def test_spaces_that_must_be_filled_to_the_last_seat_are_filled() -> None:
    rng = np.random.default_rng(1)
    cuts = [np.sort(rng.choice(np.arange(4, 97), 6, replace=False)) for _ in range(6)]
    sizes = [int(n) for cut in cuts for n in np.diff([0, *cut, 100])]
    spaces = tuple(Space(f"s{at}", 100, "b", at, 10) for at in range(6))
    teams = tuple(Team(f"t{at}", (Load((n,)),)) for at, n in enumerate(sizes))
    problem = compile_instance(Instance(spaces, teams, place_cost_default=0))
    swaps = Swaps(problem, range(6), seed=1)
    plan = swaps.search(swaps.first([[] for _ in teams]), 5_000).plan
    assert plan is not None
    assert keeps_rules(problem, plan)


def test_a_search_repeats_with_its_seed_and_never_ends_above_where_it_began() -> None:
    problem = compile_instance(generate(Recipe(10, 60, 1)))
    today = do_nothing(problem)
    assert today is not None
    plans = []
    for _ in range(2):
        swaps = Swaps(problem, today.kept, seed=3)
        plans.append(swaps.search(swaps.at(today), STEPS).plan)
    assert plans[0] == plans[1]
    assert plans[0] is not None
    assert cost_of(problem, plans[0]) <= cost_of(problem, today)


def test_sets_beside_a_set_hold_everyone_and_differ_by_one_space_each_way() -> None:
    problem = compile_instance(generate(Recipe(10, 60, 1)))
    today = do_nothing(problem)
    assert today is not None
    need = sum(int(load[0, 0]) for load in problem.loads)
    found = list(neighbours(problem, today))
    assert found
    assert len(set(found)) == len(found)
    for near in found:
        assert problem.seats[sorted(near), 0].sum() >= need
        assert len(near - today.kept) <= 1
        assert len(today.kept - near) <= 1


@settings(deadline=None, max_examples=200, suppress_health_check=quiet, derandomize=True)
@given(instances())
def test_the_bound_by_prices_is_below_every_plan_and_not_below_the_relaxation(
    instance: Instance,
) -> None:
    problem = compile_instance(instance)
    if problem.smallest.any() or not all(map(len, problem.options)) or not problem.n_teams:
        return
    relaxation = Relaxation(problem)
    best = 0.0
    for _ in range(5):
        relaxed = relaxation.solve(60)
        if relaxed is None:
            return
        best = relaxed.value
        prices = Prices(relaxation)
        if not relaxation.tighten(relaxed):
            break
    point, _ = prices.climb(prices.price, prices.fixed, 40, None)
    value = point.value * prices.scale
    if problem.plain:  # two loads of a team are packed as if they were two teams
        assert value >= best - 1e-6
    least = best_by_force(instance)
    assert least is None or relaxation.bound(value) <= least
