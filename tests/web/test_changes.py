"""Moves made by hand: what they free or use, what they cost, what would not hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from planner.domain.check import check_plan
from planner.finance.values import values_of
from planner.i18n import speech_of
from planner.web.show.answers import Answer, Question, answers_for
from planner.web.show.changes import Change, broken_by, changed_plan, changes_from, undated
from planner.web.show.holds import holds_of
from tests.web.conftest import office

if TYPE_CHECKING:
    from planner.domain.plan import Plan

EN = speech_of("en")


@pytest.fixture(scope="module")
def values():
    return values_of(office())


def movable(plan: Plan) -> tuple[str, str]:
    placed = next(one for one in plan.placements if one.team.startswith("T"))
    return placed.team, placed.unit


def asked(who: tuple[str, str], solved: Plan, values, changes=()) -> tuple[Answer, ...]:
    now = changed_plan(solved, changes, values)
    return answers_for(
        Question(
            who, solved, now, values, holds_of(solved, values.estate, changes).over(values.estate)
        ),
        EN,
    )


def test_no_change_is_the_plan_itself(solved, values) -> None:
    assert changed_plan(solved, [], values) is solved


def test_a_freed_floor_that_is_used_again_is_freed_no_more(solved, values) -> None:
    team, unit = movable(solved)
    freed = solved.freed[0].unit
    then = changed_plan(solved, [Change(team, unit, freed)], values)
    assert freed in solved.freed_units
    assert freed not in then.freed_units
    assert then.npv < undated(solved, values)


def test_there_and_back_is_worth_the_same(solved, values) -> None:
    team, unit = movable(solved)
    freed = solved.freed[0].unit
    then = changed_plan(solved, [Change(team, unit, freed), Change(team, freed, unit)], values)
    assert (then.npv, then.freed_units) == (undated(solved, values), solved.freed_units)


def test_a_unit_that_says_it_fits_passes_the_check_of_plans(solved, values) -> None:
    team, unit = movable(solved)
    fitting = [one for one in asked((team, unit), solved, values) if one.fits]
    assert fitting
    for answer in fitting:
        then = changed_plan(solved, [Change(team, unit, answer.unit)], values)
        assert [p for p in check_plan(then, values.estate) if p.where != "status"] == []
        assert then.npv - undated(solved, values) == answer.difference


def test_a_unit_that_refuses_would_break_the_plan(solved, values) -> None:
    team, unit = movable(solved)
    refusing = [one for one in asked((team, unit), solved, values) if not one.fits]
    for answer in refusing:
        then = changed_plan(solved, [Change(team, unit, answer.unit)], values)
        assert broken_by(then, values.estate, EN) != ()


def test_after_other_moves_every_unit_still_names_the_exact_difference(solved, values) -> None:
    first = Change(*movable(solved), solved.freed[0].unit)
    now = changed_plan(solved, [first], values)
    for one in solved.placements:
        who = (one.team, first.target if one.team == first.team else one.unit)
        for answer in asked(who, solved, values, [first]):
            if answer.fits:
                then = changed_plan(solved, [first, Change(*who, answer.unit)], values)
                assert then.npv - now.npv == answer.difference


def test_a_locked_team_is_refused_elsewhere_until_it_is_unlocked(solved, values) -> None:
    team, unit = movable(solved)
    lock = Change(team, unit, unit)
    assert changed_plan(solved, [lock], values) is solved
    assert not any(one.fits for one in asked((team, unit), solved, values, [lock]))
    assert changes_from([lock.text, lock.text], values.estate) == ()


def test_a_team_that_serves_the_public_is_refused_everywhere_else(solved, values) -> None:
    unit = next(one.unit for one in solved.placements if one.team == "LOKET")
    answers = asked(("LOKET", unit), solved, values)
    assert {one.fits for one in answers} == {False}


@pytest.mark.parametrize("text", ["", "T1", "T1|N1", "T1|N1|Z9", "NO|N1|N2", "T1|N1|N2|N3"])
def test_what_is_no_move_of_this_estate_is_left_out(text) -> None:
    assert changes_from([text], office()) == ()


def test_a_move_survives_its_address() -> None:
    change = Change("T1", "N1", "N2")
    assert changes_from([change.text], office()) == (change,)


def test_the_page_takes_a_move_without_scripts_and_shows_what_it_costs(ani, house, solved) -> None:
    team, unit = movable(solved)
    freed = solved.freed[0].unit
    answer = ani.post(
        f"/plans/{house.plan}/stack/move", data={"who": f"{team}|{unit}", "target": freed}
    )
    assert answer.status_code == 303
    page = ani.get(answer.location).text
    assert "Your changes: 1" in page
    assert "Re-solve around my changes" in page
    assert f"/plans/{house.plan}/stack" in page.split("data-undo")[0].rsplit("href=", 1)[1]


def test_the_feedback_of_a_drag_is_json_for_every_other_unit(ani, house, solved) -> None:
    team, unit = movable(solved)
    said = ani.get(f"/plans/{house.plan}/stack/targets?team={team}&unit={unit}").json
    assert {one["unit"] for one in said} == {u.id for u in office().units} - {unit}
    assert all(one["words"] for one in said)


def test_a_proposal_sent_back_without_a_comment_is_refused_at_the_comment(client_as, house) -> None:
    sent = client_as("sari").post(f"/proposals/{house.proposal}/send-back", data={"number": "1"})
    assert sent.status_code == 422
    field = sent.text[sent.text.index('class="field err"') :]
    assert 'aria-describedby="f-comment-h f-comment-e" aria-invalid="true"' in field
    assert "Enter what should change before it is sent back." in field


@pytest.mark.parametrize(
    ("sent", "opened"),
    [
        ("/proposals/p1/send-back?", "/proposals/p1"),
        ("/account/password", "/account"),
        ("/estates/e1/attendance/files", "/estates/e1/attendance"),
        ("/admin/audit?q=x&page=2", "/admin/audit?q=x&page=2"),
        ("/nothing/here", "/nothing/here"),
        ("//elsewhere.example", "/"),
    ],
)
def test_the_language_changed_on_a_refused_form_opens_a_page(ani, sent: str, opened: str) -> None:
    answer = ani.post("/language", data={"language": "id", "next": sent})
    assert (answer.status_code, answer.location) == (302, opened)


def test_a_longer_void_reprices_the_proposal_and_saves_nothing(ani, house) -> None:
    page = ani.get(f"/proposals/{house.proposal}?void_months=24").text
    assert 'class="tight">−' in page.split('id="repriced"')[1]
    assert 'value="24"' in page
    again = ani.get(f"/proposals/{house.proposal}").text
    assert 'value="24"' not in again


def test_a_figure_that_cannot_be_is_refused_where_it_was_typed(ani, house) -> None:
    page = ani.get(f"/proposals/{house.proposal}?achieved_rent=900").text
    assert "900% is out of range. Enter 0 to 200." in page
    assert 'value="900"' in page
