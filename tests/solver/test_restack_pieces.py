"""Divided teams as pieces, several loads and limits on moves, against trying everything."""

from __future__ import annotations

from itertools import chain, combinations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from restack_brute import best_by_force
from restack_strategies import instances

from solver.restack.beside import farther, neighbours
from solver.restack.construct import do_nothing
from solver.restack.evaluate import cost_of, keeps_rules
from solver.restack.instance import Instance, Load, Near, Space, Team, Unit
from solver.restack.pieces import cut, cut_anew
from solver.restack.problem import Anchor, Plan, Problem, compile_instance
from solver.restack.swap import Swaps

STEPS = 150
thorough = settings(
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


def walked(
    problem: Problem, spaces: frozenset[int], seed: int = 1, steps: int = STEPS
) -> Plan | None:
    """Return the best plan met in some spaces from nothing."""
    swaps = Swaps(problem, spaces, seed)
    if not spaces or not swaps.possible():
        return None
    return swaps.search(swaps.first([[]] * problem.n_teams), steps).plan


@settings(thorough, max_examples=60)
@given(instances(spaces=3, teams=3))
def test_walks_in_every_set_of_spaces_find_the_best_plan_of_teams_that_stay_whole(
    instance: Instance,
) -> None:
    problem = compile_instance(instance)
    if problem.smallest.any():
        return
    usable = np.flatnonzero(~problem.must_free).tolist()
    sets = chain.from_iterable(combinations(usable, n) for n in range(len(usable) + 1))
    plans = [walked(problem, frozenset(spaces)) for spaces in sets]
    costs = [cost_of(problem, p) for p in plans if p is not None and keeps_rules(problem, p)]
    assert min(costs, default=None) == best_by_force(instance)


@settings(thorough, max_examples=150)
@given(instances(), st.integers(0, 99))
def test_pieces_put_together_are_the_plan_and_a_plan_of_pieces_costs_no_less(
    instance: Instance, seed: int
) -> None:
    problem = compile_instance(instance)
    today = do_nothing(problem)
    if today is None:
        return
    pieces = cut(problem, today)
    assert pieces.joined(pieces.plan) == today
    assert cost_of(pieces.problem, pieces.plan) == cost_of(problem, today)
    assert keeps_rules(pieces.problem, pieces.plan)
    anew = cut(problem, cut_anew(problem, today, np.random.default_rng(seed), 0.5))
    usable = frozenset(np.flatnonzero(~problem.must_free).tolist())
    plan = walked(anew.problem, usable, seed)
    if plan is None:
        return
    assert keeps_rules(anew.problem, plan)
    assert keeps_rules(problem, anew.joined(plan))
    assert cost_of(problem, anew.joined(plan)) <= cost_of(anew.problem, plan)


def test_a_team_comes_on_other_days_where_its_usual_ones_do_not_fit() -> None:
    spaces = (Space("s", 10, "a", 0, 50), Space("t", 10, "a", 1, 50))
    teams = (
        Team("t", (Load((10, 2)), Load((2, 10), 7))),
        Team("u", (Load((8, 0)), Load((0, 8), 7))),
    )
    problem = compile_instance(Instance(spaces, teams, place_cost_default=0))
    plan = walked(problem, frozenset({0}))
    assert plan is not None
    assert sorted(plan.load) == [0, 1]
    assert cost_of(problem, plan) == 57


@pytest.mark.parametrize(("cap", "cost"), [(None, 0), (10, 0), (9, 30), (6, 30), (5, 60), (0, 90)])
def test_as_many_people_move_as_pays_within_the_limit(cap: int | None, cost: int) -> None:
    """Each team would save 30 by leaving; 2 + 4 + 4 people may be too many."""
    spaces = (Space("now", 20, "a", 0, 0), Space("new", 20, "b", 0, 0))
    teams = tuple(Team(f"t{at}", (Load((n,)),), now={"now": n}) for at, n in enumerate((2, 4, 4)))
    dear = {team.id: {"now": 30, "new": 0} for team in teams}
    instance = Instance(spaces, teams, place_cost=dear, people_moved_at_most=cap)
    problem = compile_instance(instance)
    plan = walked(problem, frozenset({0, 1}))
    assert plan is not None
    assert cost_of(problem, plan) == cost == best_by_force(instance)


def test_pieces_of_a_team_leave_a_dear_space_one_by_one_and_never_share_one() -> None:
    spaces = tuple(Space(f"s{at}", 10, "a", at, cost) for at, cost in enumerate((90, 5, 5)))
    teams = (Team("t", (Load((16,)),), now={"s0": 8, "s1": 8}, split=4), Team("u", (Load((2,)),)))
    near = (Near("t", "u", "space", 50),)
    problem = compile_instance(Instance(spaces, teams, near=near, place_cost_default=0))
    before = Plan((((0, 8), (1, 8)), ((1, 2),)), (0, 0), frozenset({0, 1}))
    pieces = cut(problem, before)
    swaps = Swaps(pieces.problem, {1, 2}, 1)
    goes = [[seated[0][0]] for seated in pieces.plan.parts]
    plan = swaps.search(swaps.first(goes, pieces.plan.load), STEPS).plan
    assert plan is not None
    joined = pieces.joined(plan)
    assert joined.parts == (((1, 8), (2, 8)), ((1, 2),))
    assert cost_of(problem, joined) == 10


def test_an_anchor_is_priced_for_the_piece_that_is_there() -> None:
    spaces = tuple(Space(f"s{at}", 10, "a", at, 5) for at in range(3))
    teams = (Team("t", (Load((12,)),), split=4),)
    plain = compile_instance(Instance(spaces, teams, place_cost_default=0))
    problem = Problem(**{**plain.__dict__, "anchors": (Anchor(0, frozenset({1}), 9),)})
    before = Plan((((0, 6), (1, 6)),), (0,), frozenset({0, 1}))
    pieces = cut(problem, before)
    assert pieces.problem.anchors == (Anchor(1, frozenset({1}), 9),)
    swaps = Swaps(pieces.problem, {0, 1, 2}, 1)
    assert swaps.cost.tolist() == [[0, 0, 0], [9, 0, 9]]


def test_a_unit_is_freed_at_once_and_enough_is_opened_for_its_teams() -> None:
    spaces = tuple(Space(f"s{at}", 10, f"b{at // 3}", at % 3, 5) for at in range(6))
    teams = tuple(Team(f"t{at}", (Load((10,)),)) for at in range(2))
    units = (Unit("first", ("s0", "s1", "s2"), 50),)
    problem = compile_instance(Instance(spaces, teams, units, place_cost_default=0))
    plan = Plan((((0, 10),), ((1, 10),)), (0, 0), frozenset({0, 1}))
    found = {farther(problem, plan, np.random.default_rng(seed)) for seed in range(20)}
    assert any(kept.isdisjoint({0, 1, 2}) and len(kept) == 2 for kept in found)
    assert all(len(kept) >= 2 for kept in found)


def test_a_set_beside_counts_the_load_that_takes_least() -> None:
    spaces = (Space("s", 10, "a", 0, 50), Space("t", 10, "a", 1, 60))
    teams = (Team("t", (Load((10,)), Load((6,), 7))), Team("u", (Load((4,)),)))
    problem = compile_instance(Instance(spaces, teams, place_cost_default=0))
    plan = Plan((((0, 10),), ((1, 4),)), (0, 0), frozenset({0, 1}))
    assert {frozenset({0}), frozenset({1})} <= set(neighbours(problem, plan))
