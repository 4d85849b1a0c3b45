"""Solved again, a plan leaves those where they were who need not go elsewhere."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from planner.optimise.settle import differing, settled
from solver.restack.check import check_solution, cost_of
from solver.restack.instance import Instance, Load, Space, Team
from solver.restack.solution import Solution

TEAMS, SPACES = "abcd", ("S", "T", "U")


def office(costs: dict[str, dict[str, int]], seats: int = 20, **more) -> Instance:
    return Instance(
        spaces=tuple(Space(id=one, seats=seats, building="B", level=1, keep_cost=0)
                     for one in SPACES),
        teams=tuple(Team(id=one, loads=(Load((10,)),), now={}) for one in TEAMS),
        place_cost=costs,
        **more,
    )  # fmt: skip


def seating(instance: Instance, places) -> Solution:
    place = {team: {at: 10} for team, at in zip(TEAMS, places, strict=True)}
    one = Solution(place, dict.fromkeys(place, 0), SPACES, 0)
    return replace(one, cost=cost_of(instance, one))


EVEN = {team: dict.fromkeys(SPACES, 5) for team in TEAMS}


def test_teams_that_changed_places_for_nothing_change_back() -> None:
    instance = office(EVEN)
    before, best = seating(instance, "SSTT"), seating(instance, "TTSS")
    assert settled(instance, before, best, 1).place == before.place


def test_a_single_team_that_moved_for_nothing_goes_back() -> None:
    instance = office(EVEN)
    before, best = seating(instance, "STSU"), seating(instance, "TTSU")
    assert settled(instance, before, best, 1).place == before.place


def test_only_the_locked_team_and_the_one_it_displaces_go_elsewhere() -> None:
    instance = office(EVEN, fixed={"a": "T"})
    before, best = seating(instance, "SSTT"), seating(instance, "TTSS")
    found = settled(instance, before, best, 1)
    assert check_solution(instance, found) == []
    assert len(differing(before, found)) == 2


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.integers(0, 2), min_size=12, max_size=12),
    st.integers(0, 80),
    st.integers(0, 80),
)
def test_nothing_is_given_away_and_no_plan_as_cheap_is_nearer(costs, first, second) -> None:
    grid = iter(costs)
    instance = office({team: {at: next(grid) for at in SPACES} for team in TEAMS}, seats=20)
    seatings = [seating(instance, one) for one in product(SPACES, repeat=4)]
    sound = [one for one in seatings if not check_solution(instance, one)]
    before = seatings[first]
    least = min(one.cost for one in sound)
    best = [one for one in sound if one.cost == least]
    found = settled(instance, before, best[second % len(best)], 1)
    assert found.cost == least
    assert check_solution(instance, found) == []
    start = best[second % len(best)]
    near = [one for one in best if differing(before, one) <= differing(before, start)
            and all(one.place[team] == start.place[team] for team in TEAMS
                    if team not in differing(before, start))]  # fmt: skip
    assert len(differing(before, found)) == min(len(differing(before, one)) for one in near)
