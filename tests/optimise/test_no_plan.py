"""Rules that leave no plan: a few are named, each needed, and a way out is shown that works."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest

from planner.domain.records import Rule
from planner.errors import Infeasible, OutOfTime
from planner.i18n import speech_of
from planner.optimise.options import Options
from planner.optimise.solve import plan_estate
from planner.reports.facts.no_plan import more_words
from solver.contradiction import contradiction, explain_conflict
from solver.outcome import Reason, Status
from solver.params import Params
from solver.restack.conflict import with_rules
from solver.restack.instance import Instance, Load, Space, Team
from solver.restack.problem import compile_instance
from solver.run import solve_restack
from solver.shortage import shortage_of
from tests.estates import estate, floor, seat, team
from tests.worlds import Demand, Worth

UNITS = tuple(f"N{at}" for at in range(1, 7))


def house(rules=(), people=10):
    """Return six floors of twenty seats with one team on each."""
    return estate(
        floors=tuple(floor(code) for code in UNITS),
        teams=tuple(team(f"t{at}", people) for at in range(6)),
        seating=tuple(seat(f"t{at}", unit, people) for at, unit in enumerate(UNITS)),
        rules=tuple(rules),
    )


def plan_of(of):
    demand = Demand({one.code: (one.headcount,) * 2 for one in of.teams})
    worth = Worth(dict.fromkeys(UNITS, 100), {}, 1)
    return plan_estate(of, demand, worth, Options(name="P", seconds=2))


def refusal_of(of):
    with pytest.raises(Infeasible) as refusal:
        plan_of(of)
    return refusal.value


def freeing(*units):
    return [Rule(rule="free_floor", subject=unit) for unit in units]


def test_where_all_floors_are_to_be_freed_some_that_must_stay_are_named_and_do():
    rules = freeing(*UNITS)
    study = refusal_of(house(rules)).study
    assert study.minimal
    stay = {unit for clash in study.drop for unit in clash.units}
    assert {clash.rule for clash in study.drop} == {"must_free"}
    assert len(stay) == 3
    assert study.fewest_drop
    speech = speech_of("en", "IDR", "m2")
    said = " ".join(more_words(study, house(rules), speech))
    assert "The fewest that must give together" in said
    assert "No way out was found" not in said
    some = study.model_copy(update={"fewest_drop": False})
    assert "It would do to give up: " in " ".join(more_words(some, house(rules), speech))
    left = [rule for rule in rules if rule.subject not in stay]
    assert plan_of(house(left)).freed_units == {rule.subject for rule in left}
    for fewer in combinations(sorted(stay), len(stay) - 1):
        with pytest.raises((Infeasible, OutOfTime)):
            plan_of(house([rule for rule in rules if rule.subject not in fewer]))


def test_a_lock_on_a_floor_to_be_freed_is_a_conflict_of_two_with_two_ways_out():
    rules = [*freeing("N1"), Rule(rule="fix_team", subject="t0", object="N1")]
    study = refusal_of(house(rules)).study
    assert study.minimal
    assert len(study.clashes) == 2
    assert {way.rule for way in study.ways} == {"free_floor", "fix_team"}
    assert study.drop == ()


def test_teams_locked_to_one_floor_are_named_as_many_as_it_takes():
    rules = [Rule(rule="fix_team", subject=f"t{at}", object="N1") for at in range(5)]
    study = refusal_of(house(rules, people=8)).study
    assert study.minimal
    assert sorted(clash.rule for clash in study.clashes) == ["place"] * 3 + ["seats"]
    assert len(study.drop) == 3


def crowd(seats, loads, **more):
    return Instance(
        spaces=tuple(Space(f"s{at}", count, "b", at, 1) for at, count in enumerate(seats)),
        teams=tuple(Team(f"t{at}", (Load(load),), now={}) for at, load in enumerate(loads)),
        place_cost_default=0,
        **more,
    )


def test_one_seat_more_on_the_one_day_that_is_short_ends_what_is_counted():
    loads = [(5, 4), (5, 6)]
    assert shortage_of(compile_instance(crowd((5, 5), loads))) is not None
    assert shortage_of(compile_instance(crowd((5, 6), [(5, 4), (5, 6)]))) is None


def test_seats_of_all_floors_are_named_where_all_are_too_few():
    instance = crowd((5, 5, 5), [(4,), (4,), (4,), (4,)])
    found = contradiction(instance, 10, 1)
    assert found.minimal
    assert found.reasons == tuple(Reason("seats", (), (f"s{at}",)) for at in range(3))
    assert shortage_of(compile_instance(with_rules(instance, found.reasons))) is not None


def test_nothing_is_counted_as_a_conflict_that_only_a_search_could_show():
    instance = crowd((7, 7), [(5,), (3,), (3,), (3,)])
    assert contradiction(instance, 10, 1) is None
    found = explain_conflict(instance, 10, 1)
    assert found.minimal
    assert {reason.rule for reason in found.reasons} == {"seats", "whole"}
    assert contradiction(replace(instance, teams=instance.teams[:3]), 10, 1) is None


def test_teams_of_which_no_two_fit_on_a_floor_are_counted_by_heads():
    instance = crowd((5, 5), [(1, 1), (1, 3), (1, 3), (1, 3)])
    found = contradiction(instance, 10, 1)
    assert found.minimal
    assert [reason.teams for reason in found.reasons if reason.teams] == [("t1",), ("t2",), ("t3",)]
    fits = crowd((5, 6), [(1, 1), (1, 3), (1, 3), (1, 3)])
    assert shortage_of(compile_instance(fits)) is None
    free = replace(instance, teams=(*instance.teams[:3], replace(instance.teams[3], split=1)))
    assert shortage_of(compile_instance(free)) is None


def test_teams_that_must_all_be_apart_are_counted_against_floors():
    everybody = tuple(combinations([f"t{at}" for at in range(4)], 2))
    instance = crowd((9, 9, 9), [(1,)] * 5, apart=everybody)
    found = contradiction(instance, 10, 1)
    assert found.minimal
    assert found.reasons == tuple(Reason("apart", pair) for pair in everybody)
    fits = replace(instance, apart=everybody[1:])
    assert shortage_of(compile_instance(fits)) is None


def test_thirty_one_large_teams_on_thirty_floors_are_refused_without_a_search(monkeypatch):
    def search(*_, **__):
        raise AssertionError

    monkeypatch.setattr("solver.restack.first.solve_exactly", search)
    monkeypatch.setattr("solver.contradiction.solve_exactly", search)
    instance = crowd((100,) * 30, [(60,)] * 31 + [(7,)] * 60)
    outcome = solve_restack(instance, Params(seconds=60, workers=1))
    assert outcome.status is Status.INFEASIBLE
    assert outcome.reasons_minimal
    assert len(outcome.reasons) == 61


def test_seats_beyond_what_adds_up_in_64_bits_are_counted_all_the_same():
    many = crowd((2**53,) * 2, [(2**53,)] * 100)
    assert {one.rule for one in explain_conflict(many, 10, 1).reasons} == {"seats"}
    roomy = crowd((2**53,) * 1100, [(2**53,)] * 60)
    assert shortage_of(compile_instance(roomy)) is None
