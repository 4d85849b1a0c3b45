"""A plan changed by hand and kept promises what it promised, under the rules it was made under."""

from __future__ import annotations

import json

import pytest

from planner.cli import main
from planner.domain.records import Rule
from planner.finance.values import values_of
from planner.importers.workbook import estate_bytes
from planner.optimise.options import Options
from planner.services import by_hand, plans
from planner.services.by_hand import judge, judge_moved
from planner.web.show.changes import Change, broken_by, changed_plan
from planner.web.show.holds import holds_of
from tests.web.conftest import office
from tests.web.test_api import api, token  # noqa: F401  fixtures
from tests.web.test_changes import EN

LEAVES = Change("T2", "N2", "N3")
"""The only team of its floor, to a floor with room."""
KEPT = Rule(rule="keep_floor", subject="N2", reason="The lift is mended")


@pytest.fixture(scope="module")
def values():
    return values_of(office())


@pytest.fixture(scope="module")
def still():
    """Return the plan in which everybody stays, with N2 kept by a rule of its own."""
    seated = {(one.team, one.floor): {one.floor: one.people} for one in office().seating}
    options = Options(name="Still", rules=(KEPT,), promise="building")
    found = judge(office(), seated, options, freed=())
    assert (found.problems, found.plan.rules, found.plan.freed) == ((), (KEPT,), ())
    return found.plan


def changed(plan, values, *changes):
    """Return the plan as the page shows it after changes, and as it is judged."""
    moved = changed_plan(plan, changes, values)
    rules = holds_of(plan, office(), changes).lasting
    return moved, judge_moved(office(), plan, moved, "Mine", rules=rules)


@pytest.mark.parametrize(
    ("changes", "freed"),
    [
        ([LEAVES], set()),
        ([LEAVES, Change("", "N2", "keep")], {"N2"}),
        ([LEAVES, Change("", "N2", "free")], {"N2"}),
    ],
)
def test_a_floor_that_the_plan_s_own_rule_keeps_is_freed_once_that_is_taken_off(
    still, values, changes, freed
):
    moved, found = changed(still, values, *changes)
    assert found.problems == ()
    assert moved.freed_units == found.plan.freed_units == freed
    before = holds_of(still, office(), changes).before(office())
    assert broken_by(moved, before, EN) == ()


def test_a_floor_held_in_use_by_hand_is_freed_neither_on_the_page_nor_by_the_judge(solved, values):
    unit = solved.freed[0].unit
    moved, found = changed(solved, values, Change("", unit, "keep"))
    assert found.problems == ()
    assert moved.freed_units == found.plan.freed_units == solved.freed_units - {unit}
    assert moved.npv < solved.npv
    assert found.plan.npv < solved.npv
    assert found.plan.bound == solved.bound


def test_what_nothing_was_changed_of_is_judged_as_it_was_solved(solved, values):
    stays = next(one for one in solved.placements if one.unit == one.origin)
    moved, found = changed(solved, values, Change(stays.team, stays.unit, stays.unit))
    assert moved is solved
    assert (found.problems, found.plan.npv, found.plan.value) == ((), solved.npv, solved.value)


def test_a_limit_proved_under_a_rule_that_was_taken_off_counts_no_more(solved, values):
    unit = solved.freed[0].unit
    asked = solved.model_copy(update={"rules": (Rule(rule="free_floor", subject=unit),)})
    _, under = changed(asked, values, LEAVES)
    assert under.plan.bound == solved.bound
    _, without = changed(asked, values, Change("", unit, "free"))
    assert without.plan.bound is None


def stored(store, house, plan):
    return plans.add_plan(store, house.people["ani"], house.estate, plan)


def test_the_plan_kept_has_the_promise_the_rules_and_the_holds(ani, house, store, still):
    lock = Rule(rule="fix_team", subject="T4", object="S1")
    own = still.model_copy(update={"rules": (KEPT, lock)})
    held, moves = Change("", "N3", "keep"), Change("T5", "S2", "N3")
    at, sent = f"/plans/{stored(store, house, own)}/stack/judge", {"move": [held.text, moves.text]}
    page = ani.post(at, data=sent).get_data(as_text=True)
    assert "holds for each building: a full floor uses free seats of another" in page
    for said in ("Keep N2", "Keep N3", "Team T4 sits on S1"):
        assert f"<li>{said}</li>" in page
    answer = ani.post(at, data={**sent, "keep": "1"})
    assert answer.status_code == 303
    _, made = plans.get_plan(store, house.people["ani"], answer.location.split("/")[2])
    assert made.promise == "building"
    assert {(one.rule, one.subject, one.object) for one in made.rules} == {
        ("keep_floor", "N2", ""), ("fix_team", "T4", "S1"), ("keep_floor", "N3", ""),
    }  # fmt: skip
    assert made.freed_units == {"S2"}


def test_a_program_is_told_the_same(api, house, token, store, still):  # noqa: F811
    move = {"team": "T2", "origin": "N2", "target": "N3"}
    at = f"/api/v1/plans/{stored(store, house, still)}/judge"
    answer = api.post(at, headers=token("ani"), json={"moves": [move]})
    assert (answer.json["freed"], answer.json["problems"]) == ([], [])


def test_days_that_a_plan_was_made_to_fit_are_not_unseen_in_the_plan_changed_by_hand(
    solved, values, monkeypatch
):
    day = office().attendance.days[-1]
    monkeypatch.setattr(
        by_hand, "verify", lambda plan, _: ["short"] if plan.fits and len(plan.moves) > 0 else []
    )
    fitted = solved.model_copy(update={"fits": (day,)})
    stays = [Change(one.team, one.unit, one.origin) for one in solved.placements
             if one.unit != one.origin]  # fmt: skip
    assert changed(fitted, values, *stays)[1].plan.fits == (day,)
    assert solved.moves
    assert changed(fitted, values, Change("", "S1", "keep"))[1].plan.fits == ()


def test_on_the_command_line_a_plan_by_hand_promises_what_the_one_beside_it_does(
    still, tmp_path, capsys
):
    book, beside, moves = (tmp_path / name for name in ("e.xlsx", "plan.json", "moves.csv"))
    book.write_bytes(estate_bytes(office()))
    beside.write_text(still.to_json())
    moves.write_text("team,from,to,people\nT2,N2,N3,8\n")
    out = tmp_path / "out.json"
    asked = ["by-hand", str(moves), str(book), "--against", str(beside), "-o", str(out)]
    assert main(asked) == 0, capsys.readouterr().err
    assert json.loads(out.read_text())["overflow"] is True
    assert main([*asked, "--promise", "any_floor"]) == 0
    assert json.loads(out.read_text())["any_floor"] is True
