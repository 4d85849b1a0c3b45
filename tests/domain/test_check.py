"""The checker accepts a sound plan and names every way in which one can be unsound."""

from decimal import Decimal
from typing import Any

import pytest

from planner.domain.check import check_plan
from planner.domain.estate import Estate
from planner.domain.plan import Move, Placement, Plan
from planner.domain.records import Near, Rule
from tests.estates import estate, floor, seat, team

DAYS = (0, 1, 2, 3, 4)


def plan(given: Estate, places: dict[str, str], **changes: Any) -> Plan:
    """Return a plan that seats each (single-seated) team whole on the floor named."""
    placements, moves = [], []
    for member in given.teams:
        origin, people = next(iter(given.now[member.code].items()))
        target = places.get(member.code, origin)
        placements.append(
            Placement(
                team=member.code, origin=origin, unit=target, people=people, seats=(people,) * 5
            )
        )
        if origin != target:
            moves.append(
                Move(team=member.code, origin=origin, target=target, people=people, cost=10)
            )
    used = {placement.unit for placement in placements}
    freed = [unit.id for unit in given.units if unit.id not in used]
    blocks = [block.id for block in given.blocks if set(block.units) <= set(freed)]
    worth = 100 * len(freed) + 7 * len(blocks) - 10 * len(moves)
    values: dict[str, Any] = {
        "name": "Plan",
        "estate_hash": given.hash,
        "program": "0",
        "solver": "none",
        "seed": 1,
        "seconds": 1,
        "level": Decimal("0.95"),
        "weekdays": DAYS,
        "allotments": {m.code: (sum(given.now[m.code].values()),) * 5 for m in given.teams},
        "placements": tuple(placements),
        "freed": tuple({"unit": unit, "npv": 100} for unit in freed),
        "blocks": tuple({"block": block, "npv": 7} for block in blocks),
        "moves": tuple(moves),
        "apart": (),
        "npv": worth,
        "value": worth,
        "bound": worth + 5,
        "status": "feasible",
    }
    return Plan(**{**values, **changes})


def lines(given: Estate, made: Plan) -> str:
    return "\n".join(map(str, check_plan(made, given)))


def test_a_sound_plan_passes():
    given = estate()
    assert check_plan(plan(given, {"b": "N1"}), given) == []


def test_a_whole_building_may_be_freed():
    given = estate()
    assert check_plan(plan(given, {"c": "N1", "d": "N2"}), given) == []


def test_a_plan_for_another_estate_is_not_checked_further():
    given = estate()
    other = estate(floors=(floor("N1", seats=99), *given.floors[1:]))
    assert "answers estate" in lines(other, plan(given, {}))


@pytest.mark.parametrize(("seats", "fits"), [(16, True), (15, False)])
def test_seats_just_suffice_or_just_fail(seats, fits):
    given = estate(floors=(floor("N1", seats=seats), floor("N2"), floor("S1"), floor("S2")))
    found = lines(given, plan(given, {"b": "N1"}))
    assert ("16 seats are taken, there are 15" in found) is not fits
    assert (not found) is fits


@pytest.mark.parametrize(("exits", "fits"), [(16, True), (15, False)])
def test_exits_just_suffice_or_just_fail(exits, fits):
    floors = (floor("N1", exit_capacity=exits), floor("N2"), floor("S1"), floor("S2"))
    given = estate(floors=floors)
    assert (not lines(given, plan(given, {"b": "N1"}))) is fits


@pytest.mark.parametrize(("has", "fits"), [("vault, public", True), ("public", False)])
def test_a_team_sits_only_where_its_needs_are_met(has, fits):
    floors = (floor("N1", has=has), floor("N2", has="vault"), floor("S1"), floor("S2"))
    given = estate(floors=floors, teams=(team("a"), team("b", needs="vault"), team("c"), team("d")))
    assert ("lacks vault" in lines(given, plan(given, {"b": "N1"}))) is not fits


def test_a_team_that_serves_the_public_stays():
    teams = (team("a"), team("b", onsite_class="public_service"), team("c"), team("d"))
    given = estate(teams=teams)
    assert "serves the public" in lines(given, plan(given, {"b": "N1"}))
    assert not lines(given, plan(given, {"a": "N2"}))


@pytest.mark.parametrize(("target", "fits"), [("N1", True), ("S1", False)])
def test_a_team_stays_in_its_building_if_it_must(target, fits):
    teams = (team("a"), team("b", stay_within="building"), team("c"), team("d"))
    given = estate(teams=teams)
    assert (not lines(given, plan(given, {"b": target}))) is fits


@pytest.mark.parametrize(
    ("rule", "places", "fits"),
    [
        (Rule(rule="keep_floor", subject="N1"), {"b": "N1"}, True),
        (Rule(rule="keep_floor", subject="N2"), {"b": "N1"}, False),
        (Rule(rule="free_floor", subject="N2"), {"b": "N1"}, True),
        (Rule(rule="free_floor", subject="N1"), {"b": "N1"}, False),
        (Rule(rule="fix_team", subject="b", object="N1"), {"b": "N1"}, True),
        (Rule(rule="fix_team", subject="b", object="N2"), {"b": "N1"}, False),
        (Rule(rule="only_in", subject="b", object="N"), {"b": "N1"}, True),
        (Rule(rule="only_in", subject="b", object="S"), {"b": "N1"}, False),
        (Rule(rule="never_in", subject="b", object="S"), {"b": "N1"}, True),
        (Rule(rule="never_in", subject="b", object="N1"), {"b": "N1"}, False),
        (Rule(rule="people_moved_at_most", value=8), {"b": "N1"}, True),
        (Rule(rule="people_moved_at_most", value=7), {"b": "N1"}, False),
    ],
)
def test_every_rule_just_holds_or_just_fails(rule, places, fits):
    given = estate(rules=(rule,))
    assert (not lines(given, plan(given, places))) is fits


@pytest.mark.parametrize(("target", "fits"), [("N2", True), ("N1", False)])
def test_teams_that_must_be_apart_do_not_share_a_space(target, fits):
    given = estate(near=(Near(team="a", other="c", kind="apart"),))
    assert (not lines(given, plan(given, {"c": target}))) is fits


def test_missed_nearness_must_be_declared():
    given = estate(near=(Near(team="a", other="c", penalty=Decimal(1)),))
    assert "their nearness is not as the plan says" in lines(given, plan(given, {}))
    said = ({"team": "a", "other": "c", "penalty": 100},)
    assert not lines(given, plan(given, {}, apart=said))


@pytest.mark.parametrize(("pieces", "fits"), [((4, 4), True), ((5, 3), False)])
def test_parts_are_just_large_enough_or_just_too_small(pieces, fits):
    teams = (team("a"), team("b", split_at_least=4), team("c"), team("d"))
    given = estate(teams=teams)
    base = plan(given, {})
    parts = tuple(
        Placement(team="b", origin="N2", unit=unit, people=people, seats=(people,) * 5)
        for unit, people in zip(("N2", "N1"), pieces, strict=True)
    )
    moved = (Move(team="b", origin="N2", target="N1", people=pieces[1], cost=10),)
    others = tuple(one for one in base.placements if one.team != "b")
    made = base.model_copy(
        update={"placements": (*others, *parts), "moves": moved, "npv": -10, "value": -10}
    )
    assert (not lines(given, made)) is fits


def test_a_team_that_may_not_be_split_stays_whole():
    given = estate()
    base = plan(given, {})
    half = base.placements[1].model_copy(update={"people": 4, "seats": (4,) * 5})
    made = base.model_copy(
        update={
            "placements": (
                *(one for one in base.placements if one.team != "b"),
                half,
                half.model_copy(update={"unit": "N1"}),
            ),
            "moves": (Move(team="b", origin="N2", target="N1", people=4, cost=0),),
        }
    )
    assert "may not be split" in lines(given, made)


def test_a_team_seated_in_two_units_today_may_stay_so():
    given = estate(seating=(seat("a", "N1", 5), seat("a", "N2", 3)), teams=(team("a"),))
    placements = tuple(
        Placement(team="a", origin=unit, unit=unit, people=people, seats=(people,) * 5)
        for unit, people in (("N1", 5), ("N2", 3))
    )
    made = plan(given, {}, placements=placements, moves=(), freed=(), blocks=(), npv=0, value=0)
    assert not lines(given, made)


CORRUPTIONS = [
    ("fewer people", lambda p: {"placements": (_less(p.placements[0]), *p.placements[1:])}),
    ("one seat more", lambda p: {"placements": (_more(p.placements[0]), *p.placements[1:])}),
    ("a team lost", lambda p: {"placements": p.placements[1:]}),
    ("a unit freed twice over", lambda p: {"freed": (*p.freed, p.freed[0])}),
    ("a used unit freed", lambda p: {"freed": (p.freed[0].model_copy(update={"unit": "S1"}),)}),
    ("a move lost", lambda p: {"moves": ()}),
    ("npv", lambda p: {"npv": p.npv + 1}),
    ("value above the limit", lambda p: {"bound": p.value - 1}),
    ("optimal without proof", lambda p: {"status": "optimal"}),
    ("an unknown team", lambda p: {"allotments": {**p.allotments, "x": (1,) * 5}}),
    ("an allotment", lambda p: {"allotments": {**p.allotments, "a": (9,) * 5}}),
    ("a missing allotment", lambda p: {"allotments": {"a": (8,) * 5}}),
]


def _less(placement: Placement) -> Placement:
    return placement.model_copy(update={"people": placement.people - 1})


def _more(placement: Placement) -> Placement:
    return placement.model_copy(update={"seats": (placement.seats[0] + 1, *placement.seats[1:])})


@pytest.mark.parametrize("corrupt", [pytest.param(c, id=name) for name, c in CORRUPTIONS])
def test_every_corruption_is_named(corrupt):
    given = estate()
    sound = plan(given, {"b": "N1"})
    assert check_plan(sound.model_copy(update=corrupt(sound)), given)
