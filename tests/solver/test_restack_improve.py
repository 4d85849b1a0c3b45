"""Neighbourhoods: what is decided again together, and what that can find."""

from __future__ import annotations

import random

import pytest
from restack_runs import begun

from solver.bench.facility import FacilityRecipe, generate_facility
from solver.restack.construct import by_insertion
from solver.restack.evaluate import cost_of
from solver.restack.greedy import close_spaces
from solver.restack.highs import Engines
from solver.restack.improve import Search, that_suit_the_same_teams, to_free_a_unit
from solver.restack.instance import Instance, Load, Space, Team, Unit
from solver.restack.problem import Plan, compile_instance
from solver.restack.proof import BySeats
from solver.restack.tasks import Improve

# One dear space holds both teams; two cheap ones hold one each.
EXCHANGE = Instance(
    (
        Space("dear", 20, "a", 0, 100),
        Space("one", 10, "b", 0, 10),
        Space("other", 10, "c", 0, 10),
    ),
    (Team("t", (Load((10,)),)), Team("u", (Load((10,)),))),
    place_cost_default=0,
)


def test_one_space_is_exchanged_for_two_where_either_alone_does_not_pay() -> None:
    problem = compile_instance(EXCHANGE)
    plan = Plan((((0, 10),), ((0, 10),)), (0, 0), frozenset({0}))
    search = Search(problem, 1)
    kinds = {kind.name: kind for kind in search.kinds}
    found = {}
    for name, kind in kinds.items():
        search.kinds = [kind]
        steps = [search.step(plan, 5.0, 1.0, None)[0] for _ in range(5)]
        found[name] = min((cost_of(problem, better) for better in steps if better), default=100)
    assert found["alike"] == 20
    assert found["any"] == found["closed"] == 100


def test_neighbourhoods_grow_until_they_hold_all_parts_of_a_team() -> None:
    spaces = tuple(Space(f"s{n}", 10, f"b{n}", 0, 10) for n in range(8))
    team = Team("t", (Load((16,)),), split=2)
    problem = compile_instance(Instance(spaces, (team,), place_cost_default=0))
    plan = Plan((tuple((space, 2) for space in range(8)),), (0,), frozenset(range(8)))
    search = Search(problem, 1)
    steps = [search.step(plan, 5.0, 1.0, None)[0] for _ in range(200)]
    assert min(cost_of(problem, better) for better in steps if better) == 20


@pytest.mark.parametrize("size", [2, 3, 8])
def test_a_neighbourhood_is_no_larger_than_asked_and_names_no_space_twice(size: int) -> None:
    problem = compile_instance(generate_facility(FacilityRecipe(12, 30, 1)))
    plan = by_insertion(problem)
    assert plan is not None
    plan, _ = close_spaces(problem, plan, None, lambda: False)
    for seed in range(20):
        spaces = that_suit_the_same_teams(problem, plan, random.Random(seed), size)
        assert len(spaces) == len(set(spaces)) == size
        assert plan.kept.intersection(spaces)
        assert size == 2 or not plan.kept.issuperset(spaces)


def test_what_is_kept_of_a_unit_is_decided_again_with_room_for_it_elsewhere() -> None:
    spaces = tuple(Space(f"s{n}", 10, f"b{n // 3}", n % 3, 5) for n in range(6))
    teams = tuple(Team(f"t{n}", (Load((10,)),)) for n in range(3))
    units = (Unit("first", ("s0", "s1", "s2"), 50),)
    problem = compile_instance(Instance(spaces, teams, units, place_cost_default=0))
    plan = Plan((((0, 10),), ((1, 10),), ((3, 10),)), (0, 0, 0), frozenset({0, 1, 3}))
    for seed in range(10):
        spaces_chosen = to_free_a_unit(problem, plan, random.Random(seed), 4)
        assert sorted(spaces_chosen) == [0, 1, 4, 5]
    search = Search(problem, 1)
    search.kinds = [kind for kind in search.kinds if kind.name == "unit"]
    better = search.step(plan, 5.0, 1.0, None)[0]
    assert better is not None
    assert cost_of(problem, better) == 15 - 50


def test_strands_that_pay_are_charged_less_and_proofs_more_while_the_gap_is_wide() -> None:
    state = begun(EXCHANGE, Engines())
    best = state.parts[0]
    improve, proof = Improve(0, state, 1.0), BySeats(0, state, 1.0)
    improve.charge(1.0)
    best.cost, best.bound = 1_000, 500
    proof.charge(1.0)
    assert (improve.spent, proof.spent) == (1.0, 8.0)
    improve.search = Search(best.problem, 1)
    improve.charge(1.0)
    best.bound = 990
    proof.charge(1.0)
    assert (improve.spent, proof.spent) == (pytest.approx(1.2), 9.0)
