"""Locks of teams and holds of floors on the stack plan: what the next search must respect."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from urllib.parse import parse_qs, urlsplit

import pytest

from planner.domain.check import check_plan
from planner.domain.consistency import problems_of
from planner.domain.records import Rule
from planner.errors import Infeasible
from planner.finance.values import values_of
from planner.i18n import speech_of
from planner.optimise.options import Options
from planner.optimise.solve import plan_estate
from planner.reports.drawings.scene import scene_of
from planner.reports.facts.rules import rule_words
from planner.services import estates, plans
from planner.services.chain import make_plan
from planner.web.show.answers import Question, answers_for
from planner.web.show.changes import Change, broken_by, changed_plan, changes_from
from planner.web.show.holds import holds_of
from tests.estates import estate, floor, seat, team
from tests.web.conftest import office
from tests.worlds import Demand, Worth

EN = speech_of("en")


def two_floors():
    """One team on two floors, three floors, a small team on the third."""
    return estate(
        floors=tuple(floor(code) for code in ("N1", "N2", "N3")),
        teams=(team("a", 24), team("b", 4)),
        seating=(seat("a", "N1", 12), seat("a", "N2", 12), seat("b", "N3", 4)),
    )


@cache
def spread_plan():
    return make_plan(two_floors(), Options(seconds=2))


def said(plan, own, *changes: Change) -> set[tuple[str, str, str]]:
    return {(one.rule, one.subject, one.object) for one in holds_of(plan, own, changes).rules}


def test_a_lock_holds_the_part_that_sits_there_and_leaves_the_rest_of_the_team() -> None:
    plan, own = spread_plan(), two_floors()
    part = next(one for one in plan.placements if one.team == "a" and one.origin == "N1")
    lock = Change("a", part.unit, part.unit)
    rules = holds_of(plan, own, [lock]).rules
    again = make_plan(own, Options(seconds=2, rules=rules))
    assert check_plan(again, own) == []
    assert next(o.unit for o in again.placements if (o.team, o.origin) == ("a", "N1")) == part.unit
    assert again.value == plan.value


def test_a_part_moved_by_hand_stays_where_it_was_put_and_takes_no_other_part_along() -> None:
    plan, own = spread_plan(), two_floors()
    at = {one.origin: one.unit for one in plan.placements if one.team == "a"}
    free = next(unit for unit in own.unit_of if unit not in at.values())
    if at["N1"] == at["N2"]:
        pytest.skip("both parts sit together")
    rules = holds_of(plan, own, [Change("a", at["N1"], free)]).rules
    assert {(one.subject, one.object) for one in rules} == {("a/N1", free)}
    again = make_plan(own, Options(seconds=2, rules=rules))
    assert next(o.unit for o in again.placements if (o.team, o.origin) == ("a", "N1")) == free
    assert check_plan(again, own) == []


def test_the_check_refuses_a_plan_whose_rule_for_a_part_is_broken() -> None:
    plan, own = spread_plan(), two_floors()
    at = next(one.unit for one in plan.placements if one.origin == "N1")
    other = next(unit for unit in own.unit_of if unit != at)
    rules = holds_of(plan, own, [Change("a", at, other)]).rules
    broken = plan.model_copy(update={"rules": rules})
    assert any("a in " in str(one.where) for one in check_plan(broken, own))


def test_locks_and_holds_of_a_plan_are_shown_and_can_be_taken_off(solved) -> None:
    own = values_of(office()).estate
    one = next(one for one in solved.placements if one.team.startswith("T"))
    lock, hold = Change(one.team, one.unit, one.unit), Change("", "S2", "free")
    plan = solved.model_copy(update={"rules": holds_of(solved, own, [lock, hold]).rules})
    assert said(plan, own) == {("fix_team", one.team, one.unit), ("free_floor", "S2", "")}
    assert holds_of(plan, own, []).locked == {(one.team, one.unit)}
    assert said(plan, own, lock) == {("free_floor", "S2", "")}
    assert said(plan, own, lock, hold) == set()
    assert said(plan, own, Change("", "S2", "keep")) == {
        ("fix_team", one.team, one.unit), ("keep_floor", "S2", ""),
    }  # fmt: skip


def test_a_team_that_was_moved_stays_there_when_its_lock_is_taken_off(solved) -> None:
    own = office()
    one = next(one for one in solved.placements if one.team.startswith("T"))
    target = next(unit for unit in own.unit_of if unit != one.unit)
    move, lock = Change(one.team, one.unit, target), Change(one.team, target, target)
    assert holds_of(solved, own, [move]).locked == frozenset()
    assert holds_of(solved, own, [move, lock]).locked == {(one.team, target)}
    assert holds_of(solved, own, [move, lock, lock]).locked == frozenset()
    for changes in ([move], [move, lock], [move, lock, lock]):
        assert said(solved, own, *changes) == {("fix_team", one.team, target)}


def test_keeping_and_freeing_a_floor_take_turns() -> None:
    own, plan = two_floors(), spread_plan()
    keep, free = Change("", "N1", "keep"), Change("", "N1", "free")
    assert said(plan, own, keep, free) == {("free_floor", "N1", "")}
    assert said(plan, own, keep, free, keep) == {("keep_floor", "N1", "")}
    texts = [one.text for one in (keep, free, keep)]
    assert said(plan, own, *changes_from(texts, own)) == {("keep_floor", "N1", "")}
    assert changes_from([keep.text, keep.text], own) == ()


@pytest.mark.parametrize("code", ["a b", "B|2", "x%7Cy", '"q" & <b>', "q?x#y", "日本", "a+b=c"])
def test_any_code_survives_the_address_and_the_list_of_locks(code) -> None:
    own = replace(
        two_floors(),
        floors=(floor("N1").model_copy(update={"code": f"{code} lt.1"}), floor("N2")),
        teams=(team(code),),
        seating=(seat(code, "N2"),),
    )
    change = Change(code, "N2", f"{code} lt.1")
    assert changes_from([change.text], own) == (change,)
    assert " " not in change.text


@pytest.mark.parametrize("text", ["|N1|kept", "|Z9|keep", "||keep", "|N1|"])
def test_what_holds_no_floor_of_this_estate_is_left_out(text) -> None:
    assert changes_from([text], two_floors()) == ()


def test_a_locked_part_is_refused_elsewhere_and_its_other_part_is_not() -> None:
    own, plan = two_floors(), spread_plan()
    values = values_of(own)
    at = {one.origin: one.unit for one in plan.placements if one.team == "a"}
    if at["N1"] == at["N2"]:
        pytest.skip("both parts sit together")
    locked = holds_of(plan, own, [Change("a", at["N1"], at["N1"])]).over(own)
    for origin, all_refused in (("N1", True), ("N2", False)):
        found = answers_for(Question(("a", at[origin]), plan, plan, values, locked), EN)
        assert all("fix_team" in one.words for one in found) is all_refused


def test_every_short_weekday_and_every_kind_of_rule_is_told() -> None:
    own = two_floors()
    own = replace(own, rules=(_rule("free_floor", "N3"), _rule("people_moved_at_most", value=3)))
    plan = spread_plan()
    here = next(one for one in plan.placements if one.team == "b")
    crowd = [Change("a", one.unit, "N3") for one in plan.placements if one.team == "a"]
    then = changed_plan(plan, [*crowd, Change("b", here.unit, "N3")], values_of(own))
    words = " ".join(broken_by(then, own, EN))
    for day in ("Monday", "Friday"):
        assert f"N3: {day} is short of 8 seats." in words
    assert "unit N3: is kept but a rule frees it." in words
    assert "people move, a rule allows 3." in words


def test_a_floor_is_held_from_the_page_and_let_go_again(ani, house) -> None:
    address = f"/plans/{house.plan}/stack/move"
    held = ani.post(address, data={"unit": "S2", "hold": "free"}).location
    page = ani.get(held).text
    assert "Your changes: 1" in page
    assert "is to be freed" in page
    moves = parse_qs(urlsplit(held).query)["move"]
    gone = ani.post(address, data={"unit": "S2", "hold": "free", "move": moves}).location
    assert "Your changes: 0" in ani.get(gone).text


def _rule(kind: str, subject: str = "", value: int | None = None):
    return Rule(rule=kind, subject=subject, value=value)


def divided():
    """Return three floors of twelve seats; the third is freed by dividing its team of eight."""
    own = estate(
        floors=tuple(floor(code, seats=12) for code in ("N1", "N2", "S1")),
        teams=(team("a"), team("b"), team("c", split_at_least=4)),
        seating=(seat("a", "N1"), seat("b", "N2"), seat("c", "S1")),
    )
    return own, planned(own)


def planned(own, rules=()):
    demand = Demand({one.code: (one.headcount,) * 2 for one in own.teams})
    worth = Worth({"N1": 10, "N2": 10, "S1": 100}, {}, 1)
    return plan_estate(own, demand, worth, Options(name="P", seconds=2, rules=tuple(rules)))


def numbered(plan, own, *changes):
    return sorted(
        (one.subject, one.object, one.value) for one in holds_of(plan, own, changes).rules
    )


def test_one_piece_of_people_whom_the_plan_divides_is_locked_without_the_others() -> None:
    own, plan = divided()
    assert plan.placed["c"] == {"N1": 4, "N2": 4}
    lock = Change("c", "N1", "N1")
    rules = holds_of(plan, own, [lock]).rules
    assert numbered(plan, own, lock) == [("c", "N1", 4)]
    assert holds_of(plan, own, [lock]).locked == {("c", "N1")}
    again = planned(own, rules)
    assert check_plan(again, own) == []
    assert again.placed["c"] == {"N1": 4, "N2": 4}
    assert again.value == plan.value
    assert numbered(again, own) == [("c", "N1", 4)]
    assert numbered(again, own, lock) == []
    assert numbered(again, own, Change("c", "N2", "N2")) == [("c", "N1", 4), ("c", "N2", 4)]
    assert "4 people of Team c sit on N1" in rule_words(rules[0], own, EN)
    scene = scene_of(holds_of(plan, own, [lock]).over(own), plan, plan)
    held = {
        (one.team.code, unit.unit.id)
        for tower in scene.towers
        for row in tower.rows
        for unit in row.units
        for one in unit.seated
        if one.fixed
    }
    assert held == {("c", "N1")}


def test_one_piece_is_moved_by_hand_without_the_others_and_pieces_that_meet_are_one() -> None:
    own, plan = divided()
    away = Change("c", "N2", "S1")
    assert numbered(plan, own, away) == [("c", "S1", 4)]
    again = planned(own, holds_of(plan, own, [away]).rules)
    assert again.placed["c"]["S1"] >= 4
    assert check_plan(again, own) == []
    both = [away, Change("c", "N1", "S1")]
    assert numbered(plan, own, *both) == [("c", "S1", 8)]


def test_a_plan_with_fewer_people_in_place_than_a_rule_holds_there_is_refused() -> None:
    own, plan = divided()
    for people, sound in ((4, True), (5, False)):
        rule = Rule(rule="fix_team", subject="c", object="N1", value=people)
        found = check_plan(plan.model_copy(update={"rules": (rule,)}), own)
        assert (found == []) is sound
    more = Rule(rule="fix_team", subject="c", object="N1", value=9)
    with pytest.raises(Infeasible, match="c"):
        planned(own, [more])


def test_a_number_of_people_is_of_one_unit_and_in_one_unit() -> None:
    own = two_floors()
    rule = Rule(rule="fix_team", subject="a", object="N1", value=3)
    assert "enter one of a/N1, a/N2" in refusals(own, rule)
    part = rule.model_copy(update={"subject": "a/N1"})
    assert refusals(own, part) == ""


@pytest.mark.parametrize(("subject", "most"), [("c", 8), ("c/S1", 8), ("new", 5)])
def test_no_more_people_are_held_than_there_are_and_at_least_one(subject, most) -> None:
    own, _ = divided()
    own = replace(own, teams=(*own.teams, team("new", 5)))
    rule = Rule(rule="fix_team", subject=subject, object="N1", value=most)
    assert refusals(own, rule) == ""
    for wrong in (0, most + 1):
        said = refusals(own, rule.model_copy(update={"value": wrong}))
        assert f"{wrong} people of {subject} cannot sit there" in said
        assert f"enter 1 to {most}" in said


@pytest.mark.parametrize(
    ("second", "refused"),
    [
        (("c", "N2", 4), False),
        (("c/S1", "N2", 4), False),
        (("c", "N1", 8), False),
        (("c", "N2", 5), True),
        (("c/S1", "N2", 5), True),
    ],
)
def test_no_more_people_are_held_in_several_units_than_there_are(second, refused) -> None:
    own, _ = divided()
    first = Rule(rule="fix_team", subject="c", object="N1", value=4)
    subject, unit, people = second
    rules = (first, Rule(rule="fix_team", subject=subject, object=unit, value=people))
    said = refusals(own, *rules)
    assert ("9 people are held in N1, N2, but there are 8" in said) is refused
    assert bool(said) is refused


def test_a_lock_too_many_is_refused_where_it_is_given_and_an_old_one_stays(ani, house, store):
    actor = house.people["ani"]
    own, _ = divided()
    stored = estates.add_estate(store, actor, own)

    def give(unit, number):
        version = estates.get_estate(store, actor, stored.estate_id).version
        form = {"rule": "fix_team", "subject": "c", "object": unit, "value": number}
        return ani.post(
            f"/estates/{stored.estate_id}/data/rules/new", data={**form, "version": version}
        )

    assert give("N1", "4").status_code == 303
    refused = give("N2", "5")
    assert refused.status_code == 422
    assert "9 people are held in N1, N2" in refused.get_data(as_text=True)
    assert give("N2", "4").status_code == 303


def refusals(own, *rules) -> str:
    return " ".join(str(one) for one in problems_of(replace(own, rules=rules)))


def test_the_page_says_how_many_people_a_lock_holds(ani, house, store) -> None:
    own, _ = divided()
    some = Rule(rule="fix_team", subject="c", object="N1", value=4)
    plan = make_plan(own, Options(seconds=2, rules=(some,)))
    other = next(unit for unit in plan.placed["c"] if unit != "N1")
    stored = estates.add_estate(store, house.people["ani"], own)
    page = f"/plans/{plans.add_plan(store, house.people['ani'], stored.estate_id, plan)}/stack"

    def shown(*changes):
        return ani.get(page, query_string={"move": changes}).get_data(as_text=True)

    assert "At least 4 people of Team c sit on N1" in shown()
    assert "4 people are locked here" in shown(f"c|{other}|{other}")
    whole = shown("a|N1|N1")
    assert "people are locked here" not in whole
    assert "is locked here" in whole
    assert "is no longer locked here" in shown("c|N1|N1")


@pytest.mark.parametrize(
    ("subject", "number", "said"),
    [
        ("T2", "9", "enter 1 to 8"),
        ("T2", "0", "enter 1 to 8"),
        ("T2/N2", "8", ""),
        ("T9", "", "there is no T9"),
    ],
)
def test_a_rule_that_cannot_be_right_is_refused_at_its_field(ani, house, subject, number, said):
    form = {"rule": "fix_team", "subject": subject, "object": "S1", "value": number, "version": 1}
    answer = ani.post(f"/estates/{house.estate}/data/rules/new", data=form)
    assert answer.status_code == (422 if said else 303), answer.get_data(as_text=True)
    assert said in answer.get_data(as_text=True)
