"""The page of a plan with what was found out about it, and plans made by hand."""

import datetime as dt
import io
from decimal import Decimal
from http import HTTPStatus

import pytest
from sqlalchemy import select

from planner.db.store import EVERY_OWNER
from planner.db.tables import ProposalVersionRow, RunRow, StudyRow
from planner.domain.records import Rule
from planner.domain.study import Gain, RulePrice
from planner.i18n import speech_of
from planner.jobs import vanish
from planner.optimise.bends import DOWN, FEWER_PEOPLE, MOST_PEOPLE, UP
from planner.reports.facts.scope import Scope
from planner.services import plans, studying
from planner.services.chain import dossier_of
from planner.web.show.kept import kept_units
from planner.worker import Ending, work
from tests.web.conftest import office


def test_the_page_shows_other_plans_prices_and_reasons_in_both_languages(client_as, studied, study):
    client = client_as("ani")
    page = client.get(f"/plans/{studied.plan}").get_data(as_text=True)
    for said in ("What each rule costs", "How far may figures change", "Why not more?"):
        assert said in page
    assert page.count("data-point=") == len(study.points)
    assert page.count("data-dot=") == 2 * len(study.points)
    with client.session_transaction() as session:
        session["lang"] = session["language"] = "id"
    assert "Mengapa" in client.get(f"/plans/{studied.plan}?lang=id").get_data(as_text=True)


def test_a_stored_study_that_priced_a_rule_on_dates_is_shown_without_that_price(
    client_as, store, studied, study
):
    old = RulePrice(
        rule="move_before", subject="T1", object="T2", gain=Gain(estimate=0, least=0, most=0)
    )
    with store.writing(EVERY_OWNER) as scope:
        found = study.model_copy(update={"rules": (*study.rules, old)})
        scope.execute(select(StudyRow)).scalars().one().content = found.to_json()
    shown = client_as("ani").get(f"/plans/{studied.plan}")
    assert shown.status_code == HTTPStatus.OK
    assert "What each rule costs" in shown.get_data(as_text=True)
    assert "moves before" not in shown.get_data(as_text=True)


def test_the_page_says_what_is_proved_of_the_named_plans(client_as, store, studied, study):
    named = {role: one.plan for one in study.points for role in one.roles}
    least = named["fewest_moves"].people_moved
    with store.writing(EVERY_OWNER) as scope:
        found = study.model_copy(update={"least_moved": least, "most_freed": 99})
        scope.execute(select(StudyRow)).scalars().one().content = found.to_json()
    page = client_as("ani").get(f"/plans/{studied.plan}").get_data(as_text=True)
    assert "proved: half the value cannot be had with fewer moves" in page
    assert "proved: no plan frees more than 99 units that can be let" in page


def test_the_page_says_how_far_figures_were_looked_at(client_as, studied, study):
    assert study.bends
    looked = DOWN[-1], UP[-1], FEWER_PEOPLE[-1], MOST_PEOPLE
    assert looked == (Decimal("0.5"), Decimal("1.5"), Decimal("0.8"), Decimal(3))
    page = client_as("ani").get(f"/plans/{studied.plan}").get_data(as_text=True)
    assert "looked at from half to one and a half" in page
    assert "looked at from 80% to three times as many" in page


def test_other_plans_of_a_study_have_dates_where_the_plan_itself_has(solved, study):
    assert solved.schedule is not None
    movers = [point.plan for point in study.points if point.plan.moves]
    assert movers
    for plan in movers:
        assert plan.schedule is not None
        assert plan.schedule.dated
        assert plan.npv == plan.schedule.npv


def test_without_a_study_the_page_offers_one_to_a_planner_only(client_as, house):
    assert "Look closer" in client_as("ani").get(f"/plans/{house.plan}").get_data(as_text=True)
    assert "Look closer" not in client_as("budi").get(f"/plans/{house.plan}").get_data(as_text=True)


def test_the_page_that_polls_gets_the_body_only_when_there_is_more(client_as, store, studied):
    with store.writing(EVERY_OWNER) as scope:
        row = scope.execute(select(RunRow).where(RunRow.kind == "study")).scalars().one()
        row.state, row.step = "running", "floors 20 42"
    client = client_as("ani")
    first = client.get(f"/plans/{studied.plan}/study?have=0").get_data(as_text=True)
    assert "hx-swap-oob" in first
    assert "20 of 42 questions" in first
    have = first.partition("have=")[2].partition('"')[0]
    again = client.get(f"/plans/{studied.plan}/study?have={have}").get_data(as_text=True)
    assert "study-body" not in again


def loose(study):
    """Return the study with a floor and a rule of which less is known than could be."""
    wide = Gain(estimate=None, least=None, most=0)
    floors = tuple(one.model_copy(update={"gain": wide, "rough": True}) for one in study.floors)
    rules = tuple(
        one.model_copy(update={"gain": Gain(estimate=0, least=0, most=10**15), "rough": True})
        for one in study.rules
    )
    return study.model_copy(update={"floors": floors, "rules": rules, "floors_left": len(floors)})


@pytest.fixture
def roughly_studied(store, studied, study):
    with store.writing(EVERY_OWNER) as scope:
        scope.execute(select(StudyRow)).scalars().one().content = loose(study).to_json()
        for version in scope.execute(select(ProposalVersionRow)).scalars():
            version.made_at = store.now() - dt.timedelta(days=1)
    return studied


def ask(client, house, **question):
    return client.post(f"/plans/{house.plan}/study/ask", data=question)


def work_off(store):
    work(store, "w9", dt.timedelta(seconds=20), Ending(), until_idle=True)
    vanish(store, "w9")


def test_a_floor_and_a_rule_asked_for_are_searched_and_join_what_is_known(
    client_as, store, roughly_studied, study, monkeypatch
):
    monkeypatch.setattr("planner.services.asking.SECONDS", 2)
    client, house = client_as("ani"), roughly_studied
    page = client.get(f"/plans/{house.plan}").get_data(as_text=True)
    assert page.count("study/ask") == len(study.floors) + len(study.rules)
    unit, rule = study.floors[0].unit, study.rules[0]
    asked = {"rule": rule.rule, "subject": rule.subject, "object": rule.object}
    assert ask(client, house, unit=unit).status_code == HTTPStatus.SEE_OTHER
    assert ask(client, house, unit=unit).status_code == HTTPStatus.SEE_OTHER
    assert ask(client, house, **asked).status_code == HTTPStatus.SEE_OTHER
    with store.reading(EVERY_OWNER) as scope:
        runs = scope.execute(select(RunRow).where(RunRow.state == "queued")).scalars().all()
    assert len(runs) == 2
    part = client.get(f"/plans/{house.plan}/study?have=0").get_data(as_text=True)
    assert "will be looked into when its turn comes" in part
    work_off(store)
    with store.reading(EVERY_OWNER) as scope:
        ended = scope.execute(select(RunRow)).scalars().all()
    assert [run.problem for run in ended if run.problem] == []
    found = studying.study_of_plan(store, house.people["ani"], house.plan).study
    floor = next(one for one in found.floors if one.unit == unit)
    assert floor.gain == study.floors[0].gain
    assert not floor.rough
    assert next(one for one in found.rules if one.name == rule.name).gain == rule.gain
    assert found.floors_left == len(study.floors) - 1
    page = client.get(f"/plans/{house.plan}").get_data(as_text=True)
    assert "is settled: " in page or "is not settled after" in page


@pytest.mark.parametrize(("who", "status"), [("ani", 303), ("budi", 403), ("citra", 404)])
def test_only_a_planner_asks(client_as, roughly_studied, study, who, status):
    asked = ask(client_as(who), roughly_studied, unit=study.floors[0].unit)
    assert asked.status_code == status


def test_nothing_is_asked_of_a_study_that_a_proposal_rests_on(
    client_as, store, roughly_studied, study
):
    with store.writing(EVERY_OWNER) as scope:
        for version in scope.execute(select(ProposalVersionRow)).scalars():
            version.made_at = store.now()
    client = client_as("ani")
    assert "study/ask" not in client.get(f"/plans/{roughly_studied.plan}").get_data(as_text=True)
    sent = ask(client, roughly_studied, unit=study.floors[0].unit)
    assert sent.status_code == HTTPStatus.CONFLICT


@pytest.mark.parametrize("question", [{}, {"unit": "Z9"}, {"rule": "keep_floor", "subject": "Z"}])
def test_what_the_study_does_not_name_cannot_be_asked(client_as, roughly_studied, question):
    sent = ask(client_as("ani"), roughly_studied, **question)
    assert sent.status_code == HTTPStatus.NOT_FOUND


def test_nothing_is_asked_while_the_whole_plan_is_being_looked_into(
    client_as, store, roughly_studied, study
):
    studying.start_study(store, roughly_studied.people["ani"], roughly_studied.plan, 30)
    sent = ask(client_as("ani"), roughly_studied, unit=study.floors[0].unit)
    assert sent.status_code == HTTPStatus.CONFLICT


@pytest.mark.parametrize(("who", "status"), [("ani", 303), ("budi", 403), ("citra", 404)])
def test_only_a_planner_keeps_a_plan_of_a_study(client_as, studied, study, who, status):
    other = next(one.plan for one in study.points if "recommended" not in one.roles)
    sent = client_as(who).post(
        f"/plans/{studied.plan}/study/keep", data={"seating": other.seating, "name": "Fewer moves"}
    )
    assert sent.status_code == status


@pytest.mark.parametrize("more", [{}, {"better": "1"}])
@pytest.mark.parametrize("seating", ["", "0", "-1", "0" * 16])
def test_a_plan_that_the_study_does_not_have_cannot_be_kept(client_as, studied, seating, more):
    data = {"seating": seating, **more}
    sent = client_as("ani").post(f"/plans/{studied.plan}/study/keep", data=data)
    assert sent.status_code == HTTPStatus.CONFLICT
    page = sent.get_data(as_text=True)
    assert "no longer has that plan" in page
    assert f"/plans/{studied.plan}/study/keep" in page


def test_the_rule_rows_of_a_new_plan_say_what_they_cost_last(client_as, studied):
    page = client_as("ani").get(f"/estates/{studied.estate}/plans/new").get_data(as_text=True)
    assert "without it" in page


def upload(client, house, text, **more):
    data = {"file": (io.BytesIO(text.encode()), "moves.csv"), **more}
    return client.post(f"/estates/{house.estate}/plans/by-hand", data=data)


def test_a_file_that_holds_is_judged_and_kept_where_asked(client_as, store, house):
    text = "team,from,to,people\nT2,N2,N3,8\n"
    judged = upload(client_as("budi"), house, text)
    assert judged.status_code == HTTPStatus.OK
    assert "This plan holds" in judged.get_data(as_text=True)
    kept = upload(client_as("ani"), house, text, keep="1")
    assert kept.status_code == HTTPStatus.SEE_OTHER
    made = plans.list_plans(store, house.people["ani"])
    assert min(one.people_moved for one in made) == 8
    assert upload(client_as("budi"), house, text, keep="1").status_code == HTTPStatus.FORBIDDEN


@pytest.mark.parametrize(
    ("asked", "promised"),
    [("building", "building"), ("any_floor", "any_floor"), ("", "each_floor"), ("?", "each_floor")],
)
def test_a_plan_in_a_file_promises_what_the_form_says(client_as, store, house, asked, promised):
    text = "team,from,to,people\nT2,N2,N3,8\n"
    kept = upload(client_as("ani"), house, text, keep="1", promise=asked)
    _, plan = plans.get_plan(store, house.people["ani"], kept.location.split("/")[2])
    assert plan.promise == promised


def test_a_file_that_does_not_hold_is_told_why_and_never_kept(client_as, store, house):
    text = "team,from,to,people\nLOKET,N1,N2,10\n"
    judged = upload(client_as("ani"), house, text, keep="1")
    assert "serves the public" in judged.get_data(as_text=True)
    assert len(plans.list_plans(store, house.people["ani"])) == 1


def test_a_wrong_row_is_refused_with_its_place(client_as, house):
    refused = upload(client_as("ani"), house, "team,from,to,people\nT9,N1,N2,8\n")
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "row 2, column team" in refused.get_data(as_text=True)


def test_moves_on_the_stack_plan_are_judged_and_kept(client_as, store, house):
    _, plan = plans.get_plan(store, house.people["ani"], house.plan)
    stays = next(one for one in plan.placements if one.unit == one.origin)
    lock = {"move": f"{stays.team}|{stays.unit}|{stays.unit}"}
    page = client_as("ani").post(f"/plans/{house.plan}/stack/judge", data=lock)
    assert "This plan holds" in page.get_data(as_text=True)
    kept = client_as("ani").post(f"/plans/{house.plan}/stack/judge", data={**lock, "keep": "1"})
    assert kept.status_code == HTTPStatus.SEE_OTHER


def test_solving_around_changes_leaves_the_rules_of_the_estate_as_they_are(
    client_as, store, house, solved
):
    at = next(one.unit for one in solved.placements if one.team == "T1")
    sent = client_as("ani").post(f"/plans/{house.plan}/stack/solve", data={"move": f"T1|{at}|{at}"})
    assert sent.status_code == HTTPStatus.SEE_OTHER
    run = plans.list_runs(store, house.people["ani"], house.estate)[0]
    with store.reading(EVERY_OWNER) as scope:
        params = scope.one(RunRow, "run", id=run.id).params
    assert [(rule["rule"], rule["subject"]) for rule in params["rules"]] == [("fix_team", "T1")]
    assert params["start"] == house.plan


def test_a_nearer_limit_is_shown_and_the_plan_kept_with_it(
    client_as, store, studied, study, solved
):
    nearer = solved.model_copy(update={"bound": solved.value, "status": "optimal"})
    with store.writing(EVERY_OWNER) as scope:
        found = study.model_copy(update={"better": nearer})
        scope.execute(select(StudyRow)).scalars().one().content = found.to_json()
    page = client_as("ani").get(f"/plans/{studied.plan}").get_data(as_text=True)
    assert "A nearer limit is proved" in page
    assert "it reaches 100.0% of that" in page
    assert "There is a better plan" not in page
    assert "A nearer limit" not in client_as("budi").get(f"/plans/{studied.plan}").get_data(
        as_text=True
    )


def test_a_unit_that_a_rule_of_the_plan_alone_keeps_is_told_so(solved):
    unit = next(one.id for one in office().units if one.id not in solved.freed_units)
    rule = Rule(rule="keep_floor", subject=unit, reason="The lift is mended")
    plan = solved.model_copy(update={"rules": (rule,)})
    found = kept_units(Scope(dossier_of(office(), plan)), speech_of("en", "IDR", "m2"))
    assert [one.why for one in found if unit in one.ids] == ["A rule keeps it: The lift is mended"]
