"""Prices, relaxations and frontiers of small instances, against trying everything."""

from dataclasses import replace
from itertools import combinations

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from restack_brute import best_by_force
from restack_strategies import instances

from solver.bench.synthetic import Recipe, generate
from solver.contradiction import contradiction, explain_conflict
from solver.explain import fewest_seats, fewest_to_drop, known_of, price_of
from solver.freeing import rough_prices
from solver.frontier import Pool, bound_under, explore, fewest_kept, fewest_moves
from solver.lifting import bounds_without
from solver.outcome import Status
from solver.params import Params
from solver.restack.check import check_solution, people_moved
from solver.restack.conflict import all_rules, with_rules
from solver.restack.construct import by_pouring
from solver.restack.instance import Instance, Load, Space, Team
from solver.restack.problem import compile_instance
from solver.run import solve_restack
from solver.shortage import shortage_of

PARAMS = Params(seconds=5, workers=1, seed=1)
SHORT = Params(seconds=5, workers=1, seed=1, deterministic=0.001)


def freed(instance, space):
    return replace(
        instance,
        spaces=tuple(
            replace(one, must_free=True, must_keep=False) if one.id == space else one
            for one in instance.spaces
        ),
    )


@settings(max_examples=15)
@given(instances(3, 3))
def test_a_price_is_the_difference_of_the_two_least_costs_or_holds_it_between_its_ends(instance):
    truth = best_by_force(instance)
    assume(truth is not None)
    assume(not instance.spaces[0].must_keep)
    tight = freed(instance, instance.spaces[0].id)
    other = best_by_force(tight)
    for params in (PARAMS, SHORT):
        before, after = (known_of(solve_restack(one, params)) for one in (instance, tight))
        for price, sign in (
            (price_of(before, after, "tighter"), 1),
            (price_of(after, before, "looser"), -1),
        ):
            if other is None:
                assert price is None or price.estimate is None
                continue
            true = sign * (other - truth)
            assert price is not None
            assert price.least is None or price.least <= true
            assert price.most is None or true <= price.most
            assert not price.exact or price.estimate == true


@settings(max_examples=20)
@given(instances(3, 3))
def test_the_conflict_named_is_one_and_none_of_its_rules_can_be_left_out(instance):
    assume(best_by_force(instance) is None)
    assert_conflict_is_minimal(instance)


def assert_conflict_is_minimal(instance):
    """Hold that the rules named leave no plan, and that without any one of them there is one."""
    found = explain_conflict(instance, 20, 1)
    assert found.minimal
    assert best_by_force(with_rules(instance, found.reasons)) is None
    for dropped in found.reasons:
        rest = [rule for rule in found.reasons if rule != dropped]
        assert best_by_force(with_rules(instance, rest)) is not None


def with_seats(instance, added):
    spaces = tuple(replace(one, seats=one.seats + added.get(one.id, 0)) for one in instance.spaces)
    return replace(instance, spaces=spaces)


@settings(max_examples=15)
@given(instances(2, 3))
def test_so_many_seats_make_a_plan_possible_and_no_fewer(instance):
    found = fewest_seats(instance, 20, 1)
    ids = [one.id for one in instance.spaces]
    if found is None:
        assert best_by_force(with_seats(instance, dict.fromkeys(ids, 40))) is None
        return
    assert found.fewest
    total = sum(found.added.values())
    assert best_by_force(with_seats(instance, found.added)) is not None
    if total:
        for first in range(total):
            less = dict(zip(ids, (first, total - 1 - first), strict=False))
            if len(ids) == 2 or first == total - 1:
                assert best_by_force(with_seats(instance, less)) is None


@settings(max_examples=40)
@given(instances(3, 3), st.integers(0, 30))
def test_no_plan_that_moves_as_few_costs_less_than_the_relaxation_says(instance, cap):
    bound = bound_under(instance, cap, 5.0)
    own = instance.people_moved_at_most
    truth = best_by_force(
        replace(instance, people_moved_at_most=cap if own is None else min(own, cap))
    )
    assert truth is None or bound is None or bound <= truth


def test_a_search_too_short_for_a_bound_of_its_own_gets_that_of_the_relaxation():
    instance = generate(Recipe(12, 60, 3))
    base = solve_restack(instance, Params(seconds=2, workers=1, seed=1))
    pool = Pool(instance)
    assert pool.take(base.best)
    pool.raise_bound(None, base.bound)
    cap = people_moved(instance, base.best) // 2
    assert bound_under(instance, cap, 10.0) > base.bound
    assert bound_under(instance, cap, 0.0) is None


@settings(max_examples=10)
@given(instances(3, 3))
def test_every_point_is_a_plan_that_no_plan_with_as_few_moves_beats(instance):
    base = solve_restack(instance, PARAMS)
    assume(base.status is Status.OPTIMAL)
    pool = Pool(instance)
    assert pool.take(base.best)
    pool.raise_bound(None, base.bound)
    points = explore(pool, instance, PARAMS, count=5)
    costs = [point.solution.cost for point in points]
    moved = [point.moved for point in points]
    assert costs == sorted(set(costs), reverse=True)
    assert moved == sorted(set(moved))
    assert costs[-1] == base.cost
    for point in points:
        assert check_solution(instance, point.solution) == []
        assert people_moved(instance, point.solution) == point.moved
        own = instance.people_moved_at_most
        cap = point.moved if own is None else min(own, point.moved)
        truth = best_by_force(replace(instance, people_moved_at_most=cap))
        assert point.bound is None or point.bound <= truth
        if point.proved:
            assert point.solution.cost == truth


@settings(max_examples=10)
@given(instances(3, 3))
def test_no_plan_that_costs_as_little_moves_fewer_people_than_proved(instance):
    base = solve_restack(instance, PARAMS)
    assume(base.status is Status.OPTIMAL)
    pool = Pool(instance)
    pool.take(base.best)
    found, least = fewest_moves(pool, instance, PARAMS, at_most=base.cost + 3, rounds=8)
    assert found is not None
    assert found.solution.cost <= base.cost + 3
    assert least <= found.moved
    if least:
        best = best_by_force(replace(instance, people_moved_at_most=least - 1))
        assert best is None or best > base.cost + 3


@settings(max_examples=10)
@given(instances(3, 3))
def test_no_plan_keeps_fewer_spaces_than_proved(instance):
    assume(best_by_force(instance) is not None)
    ids = [one.id for one in instance.spaces]
    asked = fewest_kept(instance, ids)
    outcome = solve_restack(asked.instance, PARAMS)
    assert outcome.status is Status.OPTIMAL
    kept = len(outcome.best.kept)
    assert asked.least(outcome.bound) == kept
    ones = replace(
        instance,
        spaces=tuple(replace(one, keep_cost=1) for one in instance.spaces),
        units=(),
        near=(),
        teams=tuple(
            replace(team, loads=tuple(replace(load, cost=0) for load in team.loads))
            for team in instance.teams
        ),
        place_cost={team: dict.fromkeys(costs, 0) for team, costs in instance.place_cost.items()},
        place_cost_default=None if instance.place_cost_default is None else 0,
    )
    assert best_by_force(ones) == kept


@settings(max_examples=40)
@given(instances(4, 3))
def test_rough_prices_hold_the_true_price_between_them_and_their_plans_free_the_space(instance):
    base = solve_restack(instance, SHORT)
    assume(base.best is not None)
    ids = [one.id for one in instance.spaces if not one.must_keep and one.id in base.best.kept]
    truth = best_by_force(instance)
    found = {one.space: one for one in rough_prices(instance, base.best, ids, 20)}
    assert set(found) == set(ids)
    for space, rough in found.items():
        other = best_by_force(freed(instance, space))
        if rough.plan is not None:
            assert check_solution(freed(instance, space), rough.plan) == []
        if other is None:
            assert rough.plan is None
            continue
        assert rough.least <= other - truth
        assert rough.most is None or other - truth <= rough.most


def test_without_time_every_space_still_has_what_needs_none():
    instance = generate(Recipe(10, 60, 1))
    plan = solve_restack(instance, Params(seconds=0.5, workers=1)).best
    found = list(rough_prices(instance, plan, plan.kept, 0))
    assert [one.space for one in found] == list(plan.kept)
    assert all(one.least == 0 for one in found)


@settings(max_examples=40)
@given(instances(4, 3))
def test_no_instance_without_one_of_its_rules_costs_less_than_the_bound_of_all(instance):
    assume(best_by_force(instance) is not None)
    ids = {one.id for one in instance.spaces}
    usual = 5 if instance.place_cost_default is None else instance.place_cost_default
    anywhere = {
        team.id: {**dict.fromkeys(ids, usual), **instance.place_cost.get(team.id, {})}
        for team in instance.teams
    }
    first = instance.teams[0].id
    kept = tuple(replace(one, must_keep=False) for one in instance.spaces)
    free = replace(
        instance, spaces=kept, place_cost=anywhere, fixed={}, apart=(), people_moved_at_most=None
    )
    lifted = [
        replace(instance, spaces=kept),
        replace(instance, place_cost={**instance.place_cost, first: anywhere[first]}),
        replace(instance, fixed={}),
        replace(instance, apart=()),
        replace(instance, people_moved_at_most=None),
        free,
    ]
    for one, bound in zip(lifted, bounds_without(instance, free, lifted, 20), strict=True):
        assert bound is not None
        assert bound <= best_by_force(one)
    assert bounds_without(instance, free, lifted, 0) == [None] * len(lifted)


@settings(max_examples=60)
@given(instances(3, 3))
def test_what_is_counted_is_a_conflict_and_each_of_its_rules_is_needed(instance):
    found = contradiction(instance, 20, 1)
    assume(found is not None)
    assert found.minimal
    assert best_by_force(with_rules(instance, found.reasons)) is None
    for dropped in found.reasons:
        rest = [rule for rule in found.reasons if rule != dropped]
        assert best_by_force(with_rules(instance, rest)) is not None


@st.composite
def crowds(draw):
    """Draw teams that nearly fill their spaces, many of which must be apart."""
    seats = draw(st.lists(st.integers(3, 8), min_size=1, max_size=3))
    loads = draw(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=2, max_size=4))
    splits = [draw(st.sampled_from([None, None, 1, 2])) for _ in loads]
    pairs = list(combinations([f"t{at}" for at in range(len(loads))], 2))
    return Instance(
        spaces=tuple(Space(f"s{at}", count, "b", at, 1) for at, count in enumerate(seats)),
        teams=tuple(
            Team(f"t{at}", (Load(load),), split=split)
            for at, (load, split) in enumerate(zip(loads, splits, strict=True))
        ),
        place_cost_default=0,
        apart=tuple(pair for pair in pairs if draw(st.integers(0, 3))),
    )


@settings(max_examples=12)
@given(crowds())
def test_of_crowded_floors_no_plan_is_denied_and_none_is_made_up(instance):
    problem = compile_instance(instance)
    truth = best_by_force(instance)
    if shortage_of(problem) is not None:
        assert truth is None
    if by_pouring(problem) is not None:
        assert truth is not None
    if truth is None:
        assert_conflict_is_minimal(instance)


@settings(max_examples=30)
@given(instances(3, 3))
def test_the_fewest_rules_of_people_give_a_plan_and_no_fewer_would(instance):
    assume(best_by_force(instance) is None)
    rules = all_rules(instance)
    given_by_people = [rule for rule in rules if rule.rule not in {"seats", "whole"}]

    def has_plan(dropped):
        rest = with_rules(instance, [rule for rule in rules if rule not in dropped])
        return best_by_force(rest) is not None

    found = fewest_to_drop(instance, 20, 1)
    if found is None:
        assert not has_plan(given_by_people)
        return
    assert found.fewest
    assert has_plan(found.drop)
    for fewer in combinations(given_by_people, len(found.drop) - 1):
        assert not has_plan(fewer)
