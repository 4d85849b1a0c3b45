"""Campuses solved apart and joined: as good as the whole, whatever rules reach across them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.domain.records import Building, Rule
from planner.errors import Infeasible
from planner.optimise.again import Again
from planner.optimise.cut import instance_of_part, parts_of
from planner.optimise.options import Options
from planner.optimise.parts import Piece, joined, piece_from, solve_part
from solver.outcome import Outcome, Status
from solver.params import Params
from solver.restack.check import check_solution
from solver.restack.instance import Instance, Load, Near, Space, Team, Unit
from solver.run import solve_restack
from tests.estates import BUILDINGS, estate, floor, seat, team
from tests.worlds import Demand, Worth

if TYPE_CHECKING:
    from solver.restack.solution import Solution

from restack_brute import best_by_force

CAMPUSES = "xyz"
PARAMS = Params(seconds=20, workers=1)


@dataclass(frozen=True)
class Whole:
    """What joining asks of an estate: its instance, and a plan made of a solution and a bound."""

    own: Instance
    today: int = 0

    def instance(self) -> Instance:
        return self.own

    def plan(self, solution: Solution, bound: int | None) -> tuple[Solution, int | None]:
        return solution, bound


@st.composite
def estates(draw: st.DrawFn) -> Instance:
    """Draw three campuses of one or two floors, with rules, wishes and units across them."""
    spaces = [
        Space(
            id=f"{campus}{level}",
            seats=draw(st.integers(1, 8)),
            building=campus,
            level=level,
            keep_cost=draw(st.integers(-2, 20)),
            must_keep=draw(st.integers(0, 7)) == 7,
            must_free=draw(st.integers(0, 7)) == 7,
        )
        for campus in CAMPUSES
        for level in range(draw(st.integers(1, 2)))
    ]
    names = [space.id for space in spaces]
    teams, costs = [], {}
    for number in range(draw(st.integers(1, 4))):
        home = draw(st.sampled_from(names))
        roams = draw(st.integers(0, 9)) == 9
        people = draw(st.integers(1, 4))
        team = f"t{number}"
        split = draw(st.sampled_from([None, None, 1]))
        teams.append(Team(team, (Load((people,)),), now={home: people}, split=split))
        costs[team] = {one: draw(st.integers(0, 6)) for one in names if roams or one[0] == home[0]}
    ids = [team.id for team in teams]
    pairs = st.lists(st.sampled_from(ids), min_size=2, max_size=2, unique=True)
    some = st.lists(pairs, max_size=2) if len(ids) > 1 else st.just([])
    return Instance(
        spaces=tuple(spaces),
        teams=tuple(teams),
        units=tuple(
            Unit(
                f"u{at}",
                tuple(draw(st.lists(st.sampled_from(names), min_size=1, max_size=3, unique=True))),
                draw(st.integers(0, 15)),
            )
            for at in range(draw(st.integers(0, 2)))
        ),
        place_cost=costs,
        near=tuple(
            Near(*pair, draw(st.sampled_from(["space", "adjacent", "building"])), 7)
            for pair in draw(some)
        ),
        apart=tuple(tuple(pair) for pair in draw(some)),
        people_moved_at_most=draw(st.sampled_from([None, None, None, 0, 4])),
    )


@settings(max_examples=40, deadline=None)
@given(estates(), st.integers(1, 3))
def test_parts_joined_are_as_good_as_the_whole_and_their_bound_is_its_cost(
    instance: Instance, least: int
) -> None:
    parts = parts_of(instance, least)
    assert sorted(team for part in parts for team in part.teams) == sorted(instance.team_by_id)
    assert sorted(one for part in parts for one in part.spaces) == sorted(instance.space_by_id)
    assert instance.people_moved_at_most is None or len(parts) == 1
    outcomes = [solve_restack(instance_of_part(instance, part), PARAMS) for part in parts]
    truth = best_by_force(instance)
    if any(one.status is Status.INFEASIBLE for one in outcomes):
        assert truth is None
        return
    pieces = [piece_from(Piece(one.best, one.bound).to_json()) for one in outcomes]
    solution, bound = joined(Whole(instance), pieces, None)
    assert check_solution(instance, solution) == []
    assert solution.cost == bound == truth
    unproved = [replace(pieces[0], bound=None), *pieces[1:]]
    assert joined(Whole(instance), unproved, None)[1] is None
    assert joined(Whole(instance), unproved, -truth)[1] == truth


class Slow(Again):
    """Solves parts at once, and never finishes the whole."""

    def run(self, instance, start, on_progress=None):
        if len(instance.spaces) < len(self.estate.units):
            return super().run(instance, start, on_progress)
        return Outcome(Status.OUT_OF_TIME, best=None, cost=None, bound=None, seconds=1.0)


class Forgetful(Again):
    """Solves everything from nothing, whatever plan it is given to start from."""

    def run(self, instance, start, on_progress=None):
        del start
        return super().run(instance, None, on_progress)


def two_sites(rules=(), **roaming):
    """Return two sites with a team of eight on each of their floors; some may cross."""
    codes = ("N1", "N2", "N3", "S1", "S2", "S3")
    return estate(
        buildings=tuple(
            Building(**{**one.model_dump(), "site": f"Site {one.code}"}) for one in BUILDINGS
        ),
        floors=tuple(floor(code) for code in codes),
        teams=tuple(
            team(f"T{code}", 8, stay_within=roaming.get(f"T{code}", "site")) for code in codes
        ),
        seating=tuple(seat(f"T{code}", code) for code in codes),
        rules=tuple(rules),
    )


def at_work(kind, of, rules=()):
    demand = Demand({one.code: (one.headcount,) * 2 for one in of.teams})
    worth = Worth(dict.fromkeys(of.unit_of, 9), {}, 1)
    return kind(of, demand, worth, Options("P", seconds=2, rules=tuple(rules)), 2)


@pytest.mark.parametrize("freed", ["N1", "N2", "N3"])
def test_a_part_solved_again_leaves_those_where_they_were_who_need_not_move(freed):
    of = two_sites()
    again = at_work(Forgetful, of)
    north = next(part for part in parts_of(again.instance(), 1) if "TN1" in part.teams)
    before = at_work(Again, of, [Rule(rule="free_floor", subject=freed)])
    start = before.solve(before.instance(), None).plan
    assert "S1" not in north.spaces
    piece = solve_part(again, north, start, None)
    assert set(north.spaces) - set(piece.solution.kept) == {freed}
    assert piece.solution.cost == piece.bound
    for code in ("TN1", "TN2", "TN3"):
        assert piece.solution.place[code] == start.placed[code]


def test_a_plan_that_seats_a_team_in_what_is_now_another_part_is_still_started_from():
    roams = two_sites(TN1="anywhere")
    south = at_work(Again, roams, [Rule(rule="fix_team", subject="TN1", object="S1")])
    start = south.solve(south.instance(), None).plan
    assert start.placed["TN1"] == {"S1": 8}
    home = at_work(Again, roams, [Rule(rule="fix_team", subject="TN1", object="N1")])
    parts = parts_of(home.instance(), 1)
    assert len(parts) == 2
    pieces = [solve_part(home, part, start, None) for part in parts]
    found = joined(home, pieces, None)
    assert found.placed["TN1"] == {"N1": 8}
    assert found.status == "optimal"


def test_a_part_proved_to_have_no_plan_refuses_the_whole_even_where_that_takes_too_long():
    codes = ("N1", "N2", "S1", "S2")
    of = estate(
        buildings=tuple(
            Building(**{**one.model_dump(), "site": f"Site {one.code}"}) for one in BUILDINGS
        ),
        floors=tuple(floor(code) for code in codes),
        teams=tuple(team(f"T{code}", 8, stay_within="site") for code in codes),
        seating=tuple(seat(f"T{code}", code) for code in codes),
        rules=(
            Rule(rule="free_floor", subject="N1"),
            Rule(rule="fix_team", subject="TN1", object="N1"),
        ),
    )
    demand = Demand({one.code: (one.headcount,) * 2 for one in of.teams})
    again = Slow(of, demand, Worth(dict.fromkeys(codes, 9), {}, 1), Options("P", seconds=2), 2)
    north = next(part for part in parts_of(again.instance(), 1) if "TN1" in part.teams)
    with pytest.raises(Infeasible) as refusal:
        solve_part(again, north, None, None)
    assert len(refusal.value.study.clashes) == 2
