"""The stack plan of a plan whose estate has changed says so, keeps nothing, and names what went."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import g
from sqlalchemy import select

from planner.db.store import EVERY_OWNER
from planner.db.tables import RunRow
from planner.domain.attendance import NOBODY_COUNTED
from planner.domain.records import Rule
from planner.errors import InvalidInput
from planner.optimise.options import Options
from planner.services import estates, plans
from planner.services.chain import make_plan
from planner.web.navigation import changed_since
from planner.web.show.changes import Change
from tests.web.conftest import office
from tests.web.test_api import api, token  # noqa: F401  fixtures

KEPT = Rule(rule="keep_floor", subject="N2", reason="The lift is mended")


@pytest.fixture(scope="module")
def held():
    """Return a plan with a rule of its own, for N2."""
    return make_plan(office(), Options(name="Held", seconds=2, rules=(KEPT,)))


def lose(store, house, *, team: str = "", floor: str = ""):
    """Take a team or an empty floor out of the estate, and its counted days with it."""

    def less(of):
        seating = tuple(
            one.model_copy(update={"floor": "N3"}) if one.floor == floor else one
            for one in of.seating
            if one.team != team
        )
        return replace(
            of,
            floors=tuple(one for one in of.floors if one.code != floor),
            teams=tuple(one for one in of.teams if one.code != team),
            seating=seating,
            attendance=NOBODY_COUNTED,
        )

    actor = house.people["ani"]
    version = estates.get_estate(store, actor, house.estate).version
    estates.change(store, actor, house.estate, version, less, "test")


@pytest.fixture
def plan(house, store, held):
    return plans.add_plan(store, house.people["ani"], house.estate, held)


def at(plan, team):
    unit = next(one.unit for one in plan.placements if one.team == team)
    return Change(team, unit, unit).text


def runs(store):
    with store.reading(EVERY_OWNER) as scope:
        found = scope.execute(select(RunRow).where(RunRow.kind == "plan")).scalars().all()
        return [one.params for one in found]


OFF = {"en": "Take these off before a new search", "id": "Lepaskan ini sebelum pencarian baru"}
CHANGED = {"en": "The estate has changed since", "id": "Portofolio sudah berubah sejak itu"}


@pytest.mark.parametrize("language", ["en", "id"])
def test_the_page_says_what_has_changed_and_which_holds_speak_of_what_is_gone(
    ani, plan, house, store, held, language
):
    with ani.session_transaction() as session:
        session["lang"] = session["language"] = language
    asked = {"move": [at(held, "T6"), at(held, "T4")]}

    def page():
        return ani.get(f"/plans/{plan}/stack", query_string=asked).get_data(as_text=True)

    assert CHANGED[language] not in page()
    lose(store, house, team="T6", floor="N2")
    said = page()
    assert CHANGED[language] in said
    gone = said.split(OFF[language])[1].split("</ul>")[0]
    assert gone.count("<li>") == 2
    assert "Team T6" in gone
    assert "N2" in gone
    assert "Team T4" not in gone


@pytest.mark.parametrize(("who", "status"), [("ani", 422), ("budi", 403), ("citra", 404)])
def test_a_search_around_a_lock_of_a_team_that_is_gone_names_it_and_does_not_begin(
    client_as, plan, house, store, held, who, status
):
    lose(store, house, team="T6", floor="N2")
    data = {"move": at(held, "T6")}
    answer = client_as(who).post(f"/plans/{plan}/stack/solve", data=data)
    assert answer.status_code == status
    assert (OFF["en"] in answer.get_data(as_text=True)) is (status == 422)
    assert runs(store) == []


def test_a_search_around_what_is_still_there_begins_from_the_beginning(ani, house, store, solved):
    lose(store, house, team="T6")
    answer = ani.post(f"/plans/{house.plan}/stack/solve", data={"move": at(solved, "T4")})
    assert answer.status_code == 303
    assert [one["start"] for one in runs(store)] == [None]


def test_what_was_changed_by_hand_is_checked_but_not_kept(ani, plan, house, store, held):
    lose(store, house, team="T6")
    at_hand, data = f"/plans/{plan}/stack/judge", {"move": at(held, "T4")}
    judged = ani.post(at_hand, data=data)
    page = judged.get_data(as_text=True)
    assert judged.status_code == 200
    assert "This plan holds" in page
    assert CHANGED["en"] in page
    assert "Keep this plan" not in page
    before = len(plans.list_plans(store, house.people["ani"]))
    kept = ani.post(at_hand, data={**data, "keep": "1"})
    assert kept.status_code == 409
    assert "can be checked, but not kept" in kept.get_data(as_text=True)
    assert len(plans.list_plans(store, house.people["ani"])) == before


def test_a_program_that_starts_from_a_plan_of_another_estate_is_told(
    api,  # noqa: F811
    house,
    token,  # noqa: F811
    store,
    plan,
):
    at_runs, asked = f"/api/v1/estates/{house.estate}/runs", {"name": "L", "start": plan}
    assert api.post(at_runs, headers=token("ani"), json=asked).status_code == 202
    lose(store, house, team="T6")
    refused = api.post(at_runs, headers=token("ani"), json=asked)
    assert refused.status_code == 409
    assert "before it changed" in refused.get_data(as_text=True)


@pytest.mark.parametrize(
    ("outdated", "staging", "same", "changed"),
    [
        (False, None, True, False),
        (True, None, False, True),
        (True, None, True, False),
        (False, "periods", False, True),
        (False, "periods", True, False),
    ],
)
def test_a_plan_of_a_period_answers_another_estate_unless_it_is_the_same(
    app, house, store, outdated, staging, same, changed
):
    summary = plans.plan_summary(store, house.people["ani"], house.plan)
    told = replace(
        summary, outdated=outdated, staging=staging, estate_hash=summary.estate_hash * same
    )
    with app.test_request_context():
        g.estate = office()
        assert changed_since(told) is changed


def test_a_rule_of_one_plan_alone_is_not_looked_for_in_a_sheet():
    wrong = Rule(rule="fix_team", subject="T9", object="N1")
    with pytest.raises(InvalidInput) as refusal:
        make_plan(office(), Options(seconds=1, rules=(wrong,)))
    assert [one.where for one in refusal.value.problems] == [
        "rule of this plan alone, fix_team T9 N1, column subject"
    ]
