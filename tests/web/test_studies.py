"""The page of a plan with what was found out about it, and plans made by hand."""

import io
from http import HTTPStatus

import pytest
from sqlalchemy import select

from planner.db.store import EVERY_OWNER
from planner.db.tables import RunRow, StudyRow
from planner.services import plans, studying
from planner.services.chain import look_into
from tests.web.conftest import office


@pytest.fixture(scope="module")
def study(solved):
    return look_into(office(), solved, 30)


@pytest.fixture
def studied(store, house, study):
    """Return the house with a finished study of its plan."""
    run = studying.start_study(store, house.people["ani"], house.plan, 30)
    with store.writing(house.people["ani"].owner) as scope:
        scope.add(
            StudyRow(run_id=run, plan_id=house.plan, content=study.to_json(), made_at=store.now())
        )
        scope.one(RunRow, "run", id=run).state = "done"
    return house


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


@pytest.mark.parametrize(("who", "status"), [("ani", 303), ("budi", 403), ("citra", 404)])
def test_only_a_planner_keeps_a_plan_of_a_study(client_as, studied, study, who, status):
    number = next(at for at, one in enumerate(study.points) if "recommended" not in one.roles)
    sent = client_as(who).post(
        f"/plans/{studied.plan}/study/keep", data={"number": number, "name": "Fewer moves"}
    )
    assert sent.status_code == status


@pytest.mark.parametrize("number", ["", "99", "-1", "x", "-", "--1"])
def test_a_plan_that_the_study_does_not_have_cannot_be_kept(client_as, studied, number):
    sent = client_as("ani").post(f"/plans/{studied.plan}/study/keep", data={"number": number})
    assert sent.status_code == HTTPStatus.NOT_FOUND


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


def test_solving_around_changes_leaves_the_rules_of_the_estate_as_they_are(client_as, store, house):
    sent = client_as("ani").post(f"/plans/{house.plan}/stack/solve", data={"move": "T1|N1|N1"})
    assert sent.status_code == HTTPStatus.SEE_OTHER
    run = plans.list_runs(store, house.people["ani"], house.estate)[0]
    with store.reading(EVERY_OWNER) as scope:
        params = scope.one(RunRow, "run", id=run.id).params
    assert [(rule["rule"], rule["subject"]) for rule in params["rules"]] == [("fix_team", "T1")]
    assert params["start"] == house.plan
