"""Components given to the engine whole: divisible teams, their parts and their distances."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from restack_brute import best_by_force
from restack_runs import begun, thorough
from restack_strategies import instances

from solver.restack.engine import Whole
from solver.restack.highs import Engines
from solver.restack.instance import Instance, Load, Near, Space, Team

if TYPE_CHECKING:
    from collections.abc import Iterator

    from solver.restack.state import State

PIECES = 12


@pytest.fixture(scope="module")
def engines() -> Iterator[Engines]:
    shared = Engines()
    yield shared
    shared.close()


def searched(instance: Instance, engines: Engines) -> State:
    state = begun(instance, engines)
    for number in range(len(state.parts)):
        task = Whole(number, state, 1.0)
        for _ in range(PIECES):
            if not task.ready():
                break
            task.piece(1.0)
    return state


@thorough
@given(instance=instances())
def test_the_engine_proves_what_trying_everything_finds(
    engines: Engines, instance: Instance
) -> None:
    state = searched(instance, engines)
    least = best_by_force(instance)
    if least is None:
        assert state.cost is None
        return
    assert state.bound is None or state.bound <= least
    if not any(best.problem.smallest.any() for best in state.parts):
        assert state.cost == state.bound == least


def test_divisible_teams_that_cannot_meet_pay_for_it(engines: Engines) -> None:
    spaces = tuple(Space(f"s{n}", 10, f"b{n // 2}", n, 1) for n in range(4))
    teams = tuple(Team(f"t{n}", (Load((20,)),), split=5) for n in range(2))
    costs = {"t0": {"s0": 0, "s1": 0}, "t1": {"s2": 0, "s3": 0, "s0": 10_000}}
    near = (Near("t0", "t1", "building", 700),)
    state = searched(Instance(spaces, teams, place_cost=costs, near=near), engines)
    assert (state.cost, state.bound) == (704, 704)


def test_parts_are_as_large_as_they_must_be(engines: Engines) -> None:
    spaces = (Space("a", 12, "b", 1, 0), Space("b", 20, "b", 2, 0))
    teams = (Team("t0", (Load((14,)),), split=5), Team("t1", (Load((9,)),)))
    costs = {"t0": {"a": 0, "b": 140}, "t1": {"a": 0, "b": 1_000}}
    state = searched(Instance(spaces, teams, place_cost=costs), engines)
    assert (state.cost, state.bound) == (140, 140)  # a holds 3 more, fewer than a part


def test_all_parts_of_a_team_have_one_load(engines: Engines) -> None:
    spaces = (Space("a", 10, "b", 1, 0), Space("b", 10, "b", 2, 0))
    either = (Load((20, 0)), Load((0, 20)))
    teams = (
        Team("t0", (*either, Load((10, 10), 900)), split=10),
        Team("t1", (*either, Load((10, 10), 900)), split=10),
    )
    costs = {team: {"a": 0, "b": 0} for team in ("t0", "t1")}
    state = searched(Instance(spaces, teams, place_cost=costs), engines)
    assert (state.cost, state.bound) == (0, 0)
