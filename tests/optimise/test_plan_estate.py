"""Plans of small estates equal the best of all assignments, and pass the people's checker."""

from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.domain.check import check_plan
from planner.domain.eligibility import eligible_units
from planner.domain.estate import Estate
from planner.domain.nearness import unmet
from planner.domain.records import Near, Rule
from planner.errors import Infeasible, InvalidInput
from planner.optimise.instance import cost_of_today, instance_of, penalty_of
from planner.optimise.options import Options
from planner.optimise.solve import plan_estate
from tests.estates import estate, floor, seat, team
from tests.worlds import Demand, Worth


def solve(given_estate: Estate, demand: Demand, worth: Worth):
    return plan_estate(given_estate, demand, worth, Options(seconds=5))


def full(given_estate: Estate) -> Demand:
    return Demand({member.code: (member.headcount,) * 2 for member in given_estate.teams})


WORTH = Worth({"N1": 100, "N2": 90, "S1": 80, "S2": 70}, {"N": 30, "S": 40}, 1)


def best_by_hand(of: Estate, demand: Demand, worth: Worth) -> int | None:
    """Return the greatest value over all assignments of whole teams, None if none is allowed."""
    best = None
    choices = [eligible_units(of, member) for member in of.teams]
    homes = {member.code: next(iter(of.now[member.code])) for member in of.teams}
    missed_today = sum(penalty_of(of, wish) for wish in unmet(of, of.now))
    for picked in product(*choices):
        used: dict[str, int] = {}
        cost = 0
        for member, unit in zip(of.teams, picked, strict=True):
            used[unit] = used.get(unit, 0) + demand.allotments[member.code][0]
            cost += worth.move_npv_per_person(homes[member.code], unit) * member.headcount
        if any(seats > of.unit_of[unit].places for unit, seats in used.items()):
            continue
        placed = {m.code: {u: m.headcount} for m, u in zip(of.teams, picked, strict=True)}
        empty = set(of.unit_of) - set(used)
        freed = {unit for unit in empty if worth.unit_npv(unit) > 0}
        value = sum(worth.unit_npv(unit) for unit in freed)
        value += sum(worth.block_npv(b.id) for b in of.blocks if freed.issuperset(b.units))
        value += missed_today - sum(penalty_of(of, wish) for wish in unmet(of, placed)) - cost
        best = value if best is None else max(best, value)
    return best


@settings(max_examples=25, deadline=None)
@given(
    seats=st.lists(st.integers(6, 30), min_size=4, max_size=4),
    heads=st.lists(st.integers(2, 9), min_size=4, max_size=4),
    worths=st.lists(st.integers(1, 200), min_size=4, max_size=4),
    move=st.integers(0, 9),
    penalty=st.integers(0, 60),
)
def test_no_assignment_beats_the_plan_and_the_limit_is_its_value(
    seats, heads, worths, move, penalty
):
    names = ("N1", "N2", "S1", "S2")
    of = estate(
        floors=tuple(
            floor(n, seats=max(s, h)) for n, s, h in zip(names, seats, heads, strict=True)
        ),
        teams=tuple(team(code, people) for code, people in zip("abcd", heads, strict=True)),
        seating=tuple(seat(c, n, p) for c, n, p in zip("abcd", names, heads, strict=True)),
        near=(Near(team="a", other="c", within="building", penalty=Decimal(penalty) / 100),),
    )
    worth = Worth(dict(zip(names, worths, strict=True)), {"N": 30, "S": 40}, move)
    plan = solve(of, full(of), worth)
    assert check_plan(plan, of) == []
    assert plan.value == best_by_hand(of, full(of), worth)
    assert (plan.status, plan.bound) == ("optimal", plan.value)


def test_doing_nothing_is_worth_nothing():
    of = estate()
    dear = Worth(dict.fromkeys(of.unit_of, 1), {}, 1000)
    plan = solve(of, full(of), dear)
    assert (plan.value, plan.npv, plan.freed, plan.moves) == (0, 0, (), ())


def test_a_whole_building_goes_before_two_half_empty_ones():
    of = estate()
    plan = solve(of, full(of), Worth(dict.fromkeys(of.unit_of, 100), {"S": 50}, 1))
    assert plan.freed_units == {"S1", "S2"}
    assert [block.block for block in plan.blocks] == ["S"]


def test_people_seated_in_two_units_pay_only_for_those_who_move():
    of = estate(
        teams=(team("a", 10),), seating=(seat("a", "N1", 7), seat("a", "N2", 3)), floors=FLOORS
    )
    plan = solve(of, full(of), Worth({"N1": 50, "N2": 60}, {}, 2))
    assert [(move.origin, move.target, move.people, move.cost) for move in plan.moves] == [
        ("N2", "N1", 3, 6)
    ]
    assert check_plan(plan, of) == []


FLOORS = (floor("N1"), floor("N2"))


def test_a_team_that_may_be_split_is_split_where_that_frees_a_floor():
    of = estate(
        floors=(floor("N1", seats=12), floor("N2", seats=12), floor("S1", seats=12)),
        teams=(team("a"), team("b"), team("c", split_at_least=4)),
        seating=(seat("a", "N1"), seat("b", "N2"), seat("c", "S1")),
    )
    worth = Worth({"N1": 10, "N2": 10, "S1": 100}, {}, 1)
    plan = solve(of, full(of), worth)
    assert plan.freed_units == {"S1"}
    assert plan.placed["c"] == {"N1": 4, "N2": 4}
    assert check_plan(plan, of) == []


def test_a_team_that_sits_nowhere_gets_a_place_without_a_move():
    of = estate(teams=(team("a"), team("new", 5)), seating=(seat("a", "N1"),))
    plan = solve(of, full(of), Worth(WORTH.units, {}, 1000))
    assert plan.placed["new"] == {"N1": 5}
    assert plan.moves == ()
    assert check_plan(plan, of) == []


def sharing(*rules: Rule) -> tuple[Estate, Demand]:
    """Return four floors of thirty seats and a new team of 40 people who share 28 seats."""
    given_estate = estate(
        floors=tuple(floor(code, seats=30) for code in ("N1", "N2", "S1", "S2")),
        teams=(team("a"), team("new", 40, split_at_least=4)),
        seating=(seat("a", "N1"),),
        rules=rules,
    )
    return given_estate, Demand({"a": (8, 8), "new": (28, 20)})


@pytest.mark.parametrize("heads", [5, 28, 29, 35, 40])
def test_more_heads_of_a_new_team_than_it_has_seats_hold_all_of_its_seats(heads):
    of, demand = sharing(Rule(rule="fix_team", subject="new", object="S2", value=heads))
    plan = solve(of, demand, WORTH)
    assert plan.placed["new"]["S2"] >= min(heads, 28)
    assert sum(plan.placed["new"].values()) == 28
    assert check_plan(plan, of) == []


@pytest.mark.parametrize(("more", "refused"), [(8, False), (9, True), (15, True)])
def test_no_more_of_a_new_team_are_held_in_several_units_than_it_has_seats(more, refused):
    rules = (Rule(rule="fix_team", subject="new", object="S2", value=20),
             Rule(rule="fix_team", subject="new", object="N1", value=more))  # fmt: skip
    of, demand = sharing(*rules)
    if not refused:
        assert solve(of, demand, WORTH).placed["new"] == {"S2": 20, "N1": 8}
        return
    said = "rules hold more of its people in N1, S2 than the 28 seats that it shares"
    with pytest.raises(InvalidInput, match=said):
        solve(of, demand, WORTH)


@pytest.mark.parametrize(("heads", "sound"), [(20, True), (21, False), (40, False)])
def test_a_hold_of_a_new_team_counts_where_some_of_it_sit_elsewhere(heads, sound):
    held = Rule(rule="fix_team", subject="new", object="S2", value=20)
    away = Rule(rule="fix_team", subject="new", object="N1", value=8)
    of, demand = sharing(held, away)
    plan = solve(of, demand, WORTH)
    assert plan.placed["new"] == {"S2": 20, "N1": 8}
    asked = held.model_copy(update={"value": heads})
    found = check_plan(plan.model_copy(update={"rules": (asked,)}), of)
    assert (found == []) is sound


def test_a_unit_whose_freeing_costs_more_than_it_earns_is_kept_though_empty():
    of = estate(teams=(team("a"),), seating=(seat("a", "N1"),))
    plan = solve(of, full(of), Worth({"N1": 5, "N2": -5, "S1": 5, "S2": -5}, {}, 1))
    assert plan.freed_units == {"S1"}


def test_rules_that_conflict_are_named_with_floor_and_reason():
    rules = (
        Rule(rule="free_floor", subject="N1", reason="A tenant waits"),
        Rule(rule="fix_team", subject="a", object="N1"),
    )
    of = estate(rules=rules)
    with pytest.raises(Infeasible) as refusal:
        solve(of, full(of), WORTH)
    said = "\n".join(refusal.value.reasons)
    assert "N1 must be freed (A tenant waits)" in said
    assert "fix_team" in said


@pytest.mark.parametrize("limit", [16, 15])
def test_no_more_people_move_than_the_rule_allows(limit):
    of = estate(rules=(Rule(rule="people_moved_at_most", value=limit),))
    plan = solve(of, full(of), WORTH)
    assert plan.people_moved <= limit
    assert len(plan.freed) == (2 if limit == 16 else 1)


def test_people_who_sit_nowhere_yet_do_not_count_against_the_rule():
    of = estate(
        teams=(team("a"), team("new", 15)),
        seating=(seat("a", "N1"),),
        rules=(Rule(rule="people_moved_at_most", value=0),),
    )
    plan = solve(of, full(of), WORTH)
    assert plan.people_moved == 0
    assert plan.placed["a"] == {"N1": 8}
    assert check_plan(plan, of) == []


def test_the_instance_costs_today_nothing_more_than_its_floors():
    of = estate()
    instance = instance_of(of, full(of).allotments, WORTH)
    assert cost_of_today(of, WORTH) == sum(space.keep_cost for space in instance.spaces)


def test_settings_out_of_range_are_refused_together():
    with pytest.raises(InvalidInput) as refusal:
        Options(name=" ", seconds=0, seed=-1, workers=0, level=Decimal(2), gap=Decimal(1))
    assert len(refusal.value.problems) == 6
