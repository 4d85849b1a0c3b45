"""Going on with a study that was stopped or failed, and keeping the plan that was seen."""

import datetime as dt
import re
from http import HTTPStatus

import pytest
from sqlalchemy import delete, select

from planner.db.store import EVERY_OWNER
from planner.db.tables import PlanRow, ProposalVersionRow, RunRow, StudyRow
from planner.services import plans


def stands(store, plan, content, **run):
    """Let the last study of a plan and its run stand so."""
    with store.writing(EVERY_OWNER) as scope:
        scope.execute(select(StudyRow)).scalars().one().content = content.to_json()
        row = scope.execute(select(RunRow).where(RunRow.kind == "study")).scalars().one()
        for name, value in run.items():
            setattr(row, name, value)


REST, ALL = "Look closer at the rest", "Look closer at this plan"


@pytest.mark.parametrize(
    ("run", "said"),
    [
        ({"state": "stopped"}, "Stopped. What was known"),
        ({"state": "failed", "problem": "The disk is full"}, "The disk is full"),
        ({"state": "done"}, "Not everything was looked into"),
    ],
)
def test_a_study_that_is_not_whole_can_be_gone_on_with(client_as, store, studied, study, run, said):
    stands(store, studied.plan, study.model_copy(update={"whole": False}), **run)
    page = client_as("ani").get(f"/plans/{studied.plan}").get_data(as_text=True)
    assert said in page
    assert REST in page
    assert ALL not in page
    seen = client_as("budi").get(f"/plans/{studied.plan}").get_data(as_text=True)
    assert REST not in seen
    sent = client_as("ani").post(f"/plans/{studied.plan}/study")
    assert sent.status_code == HTTPStatus.SEE_OTHER
    assert REST not in client_as("ani").get(f"/plans/{studied.plan}").get_data(as_text=True)


def test_a_study_that_failed_before_its_first_part_is_offered_again(client_as, store, studied):
    with store.writing(EVERY_OWNER) as scope:
        scope.execute(delete(StudyRow))
        row = scope.execute(select(RunRow).where(RunRow.kind == "study")).scalars().one()
        row.state, row.problem = "failed", "The disk is full"
    page = client_as("ani").get(f"/plans/{studied.plan}").get_data(as_text=True)
    assert "The disk is full" in page
    assert ALL in page


@pytest.mark.parametrize(
    ("run", "offered"),
    [
        ({"state": "done"}, False),
        ({"state": "running", "step": "floors 2 9"}, False),
        ({"state": "failed", "problem": "The disk is full"}, True),
        ({"state": "failed", "problem": "x", "params": {"ask": {"unit": "N3"}}}, False),
    ],
)
def test_a_whole_study_is_offered_again_only_where_its_last_run_failed(
    client_as, store, studied, study, run, offered
):
    more = {"plan": studied.plan, "seconds": 9}
    if "params" in run:
        run = {**run, "params": {**more, **run["params"]}}
    stands(store, studied.plan, study, **run)
    with store.writing(EVERY_OWNER) as scope:
        for version in scope.execute(select(ProposalVersionRow)).scalars():
            version.made_at = store.now() - dt.timedelta(days=1)
    page = client_as("ani").get(f"/plans/{studied.plan}").get_data(as_text=True)
    assert REST not in page
    assert (ALL in page) is offered


def test_nothing_is_gone_on_with_where_a_proposal_rests_on_the_study(client_as, studied):
    page = client_as("ani").get(f"/plans/{studied.plan}").get_data(as_text=True)
    assert REST not in page
    assert ALL not in page


def test_who_presses_look_closer_twice_asks_once(client_as, store, house):
    for _ in range(2):
        sent = client_as("ani").post(f"/plans/{house.plan}/study")
        assert sent.status_code == HTTPStatus.SEE_OTHER
    with store.reading(EVERY_OWNER) as scope:
        runs = scope.execute(select(RunRow).where(RunRow.kind == "study")).scalars().all()
    assert len(runs) == 1


def forms_of(page):
    """Return what each button that keeps a plan sends, by the name it gives."""
    parts = re.findall(r'action="[^"]*/study/keep">(.*?)</form>', page, re.DOTALL)
    sent = [dict(re.findall(r'name="([^"]+)" value="([^"]*)"', one)) for one in parts]
    return {one["name"]: one for one in sent}


def test_the_plan_that_was_seen_is_kept_though_the_study_has_sorted_them_anew(
    client_as, store, studied, study
):
    client = client_as("ani")
    seen = forms_of(client.get(f"/plans/{studied.plan}").get_data(as_text=True))
    assert len(seen) >= 2
    here = [one for one in study.points if "recommended" in one.roles]
    others = [one for one in study.points if "recommended" not in one.roles]
    gone, stays = others[0].plan, others[-1].plan
    anew = study.model_copy(update={"points": (*here, *others[:0:-1])})
    with store.writing(EVERY_OWNER) as scope:
        scope.execute(select(StudyRow)).scalars().one().content = anew.to_json()
    by_seating = {one["seating"]: one for one in seen.values()}
    kept = client.post(f"/plans/{studied.plan}/study/keep", data=by_seating[stays.seating])
    assert kept.status_code == HTTPStatus.SEE_OTHER
    made = plans.get_plan(store, studied.people["ani"], kept.location.split("/")[2])[1]
    assert (made.placed, made.value) == (stays.placed, stays.value)
    assert f"{made.people_moved} people move" in made.name
    lost = client.post(f"/plans/{studied.plan}/study/keep", data=by_seating[gone.seating])
    assert lost.status_code == HTTPStatus.CONFLICT


def test_a_limit_of_plans_that_fit_some_days_is_neither_told_nor_kept_as_one_of_all(
    client_as, store, studied, study, solved
):
    own = solved.model_copy(
        update={"spare": {"N1": 1}, "bound": 2 * solved.value, "status": "feasible"}
    )
    nearer = own.model_copy(update={"bound": own.value, "status": "optimal"})
    points = tuple(
        one.model_copy(update={"plan": one.plan.model_copy(update={"bound": solved.value})})
        for one in study.points
    )
    with store.writing(EVERY_OWNER) as scope:
        scope.one(PlanRow, "plan", id=studied.plan).content = own.to_json()
        found = study.model_copy(update={"better": nearer, "points": points})
        scope.execute(select(StudyRow)).scalars().one().content = found.to_json()
    client, address = client_as("ani"), f"/plans/{studied.plan}"
    assert "A nearer limit is proved" not in client.get(address).get_data(as_text=True)
    data = {"seating": nearer.seating, "better": "1"}
    assert client.post(f"{address}/study/keep", data=data).status_code == HTTPStatus.CONFLICT
    other = next(one.plan for one in points if "recommended" not in one.roles)
    kept = client.post(f"{address}/study/keep", data={"seating": other.seating})
    made = plans.get_plan(store, studied.people["ani"], kept.location.split("/")[2])[1]
    assert made.bound == own.bound
