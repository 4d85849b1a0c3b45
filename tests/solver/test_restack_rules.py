"""Each rule: what just fits, and what just fails."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from solver.outcome import Outcome, Status
from solver.params import Params
from solver.restack.check import check_solution
from solver.restack.exact import Limits, solve_exactly
from solver.restack.instance import Instance, Load, Near, Space, Team, Unit
from solver.restack.problem import compile_instance
from solver.run import solve_restack

if TYPE_CHECKING:
    from solver.restack.solution import Solution

ONE = Params(seconds=60, workers=1, seed=1)


def solve(instance: Instance) -> Outcome[Solution]:
    return solve_restack(instance, ONE)


def space(name: str, seats: int = 10, level: int = 0, cost: int = 0, **more: object) -> Space:
    return Space(name, seats, str(more.pop("building", "b")), level, cost, **more)  # type: ignore[arg-type]


def team(name: str, *by_day: int, **more: object) -> Team:
    return Team(name, (Load(by_day),), **more)  # type: ignore[arg-type]


def estate(spaces: list[Space], teams: list[Team], **more: object) -> Instance:
    more.setdefault("place_cost_default", 0)
    return Instance(tuple(spaces), tuple(teams), **more)  # type: ignore[arg-type]


def rules(instance: Instance) -> set[str]:
    outcome = solve(instance)
    assert outcome.status is Status.INFEASIBLE
    assert outcome.best is None
    assert outcome.cost is None
    assert outcome.reasons_minimal
    return {reason.rule for reason in outcome.reasons}


def test_seats_bind_on_each_day_and_not_on_their_sum() -> None:
    teams = [team("t", 6, 4), team("u", 4, 6)]
    assert solve(estate([space("s", 10)], teams)).cost == 0
    assert rules(estate([space("s", 9)], teams)) == {"seats"}


def test_one_seat_too_few_opens_a_second_space() -> None:
    teams = [team("t", 5), team("u", 5)]
    assert solve(estate([space("a", 10, cost=7), space("b", 10, cost=7)], teams)).cost == 7
    assert solve(estate([space("a", 9, cost=7), space("b", 9, cost=7)], teams)).cost == 14


def test_a_team_of_no_seats_still_keeps_its_space() -> None:
    assert solve(estate([space("a", 0, cost=7)], [team("t", 0)])).cost == 7


def test_must_keep_costs_even_where_nobody_sits() -> None:
    spaces = [space("a"), space("b", cost=5, must_keep=True)]
    outcome = solve(estate(spaces, [team("t", 1)]))
    assert outcome.cost == 5
    assert outcome.best is not None
    assert "b" in outcome.best.kept


def test_must_free_pushes_teams_out_or_leaves_no_plan() -> None:
    spaces = [space("a", must_free=True), space("b", cost=5)]
    assert solve(estate(spaces, [team("t", 1)])).cost == 5
    assert rules(estate(spaces[:1], [team("t", 1)])) == {"must_free"}


def test_a_space_cannot_be_both_kept_and_freed() -> None:
    both = space("a", must_keep=True, must_free=True)
    assert rules(estate([both, space("b")], [team("t", 1)])) == {"must_keep", "must_free"}


def test_needs_are_met_or_there_is_no_plan() -> None:
    needy = team("t", 1, needs=frozenset({"public"}))
    dear = space("b", cost=9, has=frozenset({"public", "secure"}))
    assert solve(estate([space("a"), dear], [needy])).cost == 9
    assert rules(estate([space("a")], [needy])) == {"needs"}


def test_a_pair_without_a_cost_is_forbidden_only_without_a_default() -> None:
    costs = {"t": {"a": 3}}
    spaces = [space("a"), space("b")]
    free = estate(spaces, [team("t", 1)], place_cost=costs)
    assert solve(free).cost == 0
    assert solve(replace(free, place_cost_default=None)).cost == 3
    nowhere = replace(free, place_cost_default=None, place_cost={})
    assert rules(nowhere) == {"place"}


def test_fixed_teams_stay_whatever_it_costs() -> None:
    spaces = [space("a", cost=1), space("b", cost=9)]
    fixed = estate(spaces, [team("t", 1)], fixed={"t": "b"})
    assert solve(fixed).cost == 9
    crowded = estate([space("a", 1), space("b")], [team("t", 2)], fixed={"t": "a"})
    assert rules(crowded) == {"fixed", "seats"}


def test_apart_teams_share_no_space() -> None:
    teams = [team("t", 1), team("u", 1)]
    two = [space("a", cost=4), space("b", cost=4)]
    assert solve(estate(two, teams)).cost == 4
    assert solve(estate(two, teams, apart=(("t", "u"),))).cost == 8
    assert rules(estate(two[:1], teams, apart=(("t", "u"),))) == {"apart"}


@pytest.mark.parametrize(
    ("within", "building", "level", "cost"),
    [
        ("space", "b", 0, 5),
        ("adjacent", "b", 1, 0),
        ("adjacent", "b", 2, 5),
        ("adjacent", "c", 0, 5),
        ("building", "b", 9, 0),
        ("building", "c", 0, 5),
    ],
)
def test_a_penalty_is_paid_unless_the_teams_are_near(
    within: str, building: str, level: int, cost: int
) -> None:
    spaces = [space("a", 1), space("b", 1, building=building, level=level)]
    near = (Near("t", "u", within, 5),)  # type: ignore[arg-type]
    assert solve(estate(spaces, [team("t", 1), team("u", 1)], near=near)).cost == cost


def test_one_near_part_is_enough_for_a_divided_team() -> None:
    spaces = [space("a", 2), space("b", 2, building="c")]
    teams = [team("t", 2, split=1), team("u", 1)]
    near = (Near("t", "u", "space", 5),)
    outcome = solve(estate(spaces, teams, near=near, fixed={"u": "b"}))
    assert outcome.cost == 0


def test_parts_are_large_enough_or_the_team_stays_whole() -> None:
    spaces = [space("a", 3), space("b", 3)]
    assert solve(estate(spaces, [team("t", 6, split=3)])).cost == 0
    assert "whole" in rules(estate(spaces, [team("t", 6, split=4)]))
    assert "whole" in rules(estate(spaces, [team("t", 6)]))


def test_a_team_smaller_than_its_smallest_part_may_stay_whole() -> None:
    assert solve(estate([space("a", 3)], [team("t", 3, split=5)])).cost == 0


def test_parts_need_seats_and_cost_rounded_up() -> None:
    # Five people need 3 seats; parts of 2 and 3 need ceil(6/5) + ceil(9/5) = 2 + 2 seats.
    divided = Team("t", (Load((3,)),), now={"a": 2, "b": 3}, split=1)
    spaces = [space("a", 2), space("b", 2)]
    costs = {"t": {"a": 10, "b": 1}}
    outcome = solve(estate(spaces, [divided], place_cost=costs))
    # Three seats fit in neither space, so 2 sit in a: ceil(20/5) + ceil(3/5).
    assert outcome.cost == 5


def test_the_dearer_load_is_chosen_where_it_closes_a_space() -> None:
    flexible = Team("t", (Load((4, 0)), Load((0, 4), 3)))
    spaces = [space("a", 4, cost=9), space("b", 4, cost=9)]
    outcome = solve(estate(spaces, [flexible, team("u", 4, 0)]))
    assert outcome.cost == 12
    assert outcome.best is not None
    assert outcome.best.load["t"] == 1


def test_a_unit_earns_its_bonus_only_when_all_of_it_is_freed() -> None:
    spaces = [space("a", building="x"), space("b", building="x"), space("c", cost=6)]
    unit = Unit("u", ("a", "b"), 7)
    assert solve(estate(spaces, [team("t", 1)], units=(unit,))).cost == -1
    kept = [replace(spaces[0], must_keep=True), *spaces[1:]]
    assert solve(estate(kept, [team("t", 1)], units=(unit,))).cost == 0


def test_no_more_people_move_than_the_cap_allows() -> None:
    spaces = [space("a", cost=9), space("b")]
    stay = team("t", 3, now={"a": 3})
    assert solve(estate(spaces, [stay], people_moved_at_most=3)).cost == 0
    assert solve(estate(spaces, [stay], people_moved_at_most=2)).cost == 9
    crowded = [replace(spaces[0], must_free=True), spaces[1]]
    assert rules(estate(crowded, [stay], people_moved_at_most=2)) == {"churn", "must_free"}


def test_an_estate_without_teams_frees_everything() -> None:
    outcome = solve(estate([space("a", cost=9)], []))
    assert outcome.cost == 0
    assert outcome.best is not None
    assert outcome.best.kept == ()


def test_an_engine_stopped_before_it_has_a_bound_proves_none() -> None:
    cheap = estate([space("a", 10, cost=-7)], [team("t", 5)])
    stopped = solve_exactly(compile_instance(cheap), Limits(5, 1e-6, 1, 1))
    assert stopped.bound is None or stopped.bound <= -7


@pytest.mark.parametrize("price", [700_000_000_015, -700_000_000_015, 600_000_000_000])
def test_parts_pay_their_share_rounded_up_at_any_size_of_money(price: int) -> None:
    spaces = [space("a", 4, cost=500_000_000_001), space("b", 4, cost=40_000_000_000)]
    divided = team("t", 7, now={"a": 7}, split=1)
    found = solve(estate(spaces, [divided], place_cost={"t": {"a": 0, "b": price}}))
    assert found.best is not None
    people = found.best.place["t"]["b"]
    assert found.status is Status.OPTIMAL
    assert people == (4 if price < 0 else 3)
    assert found.cost == 540_000_000_001 - (-price * people // 7)


def test_of_nothing_at_all_the_plan_is_empty_and_proved() -> None:
    outcome = solve(estate([], []))
    assert (outcome.status, outcome.cost, outcome.bound) == (Status.OPTIMAL, 0, 0)
    assert outcome.best is not None
    assert check_solution(estate([], []), outcome.best) == []
    assert rules(estate([], [team("t", 0)])) == set()
