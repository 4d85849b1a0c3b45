"""A run is done once only in effect, whatever becomes of its workers."""

import datetime as dt
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import update
from sqlalchemy.exc import OperationalError

from planner.db.store import EVERY_OWNER, open_store
from planner.db.tables import RunRow, StudyRow
from planner.demo import demo_estate
from planner.domain.records import Rule
from planner.errors import Conflict, InvalidInput, NotFound, Refused, Unavailable
from planner.i18n import speech_of
from planner.jobs import SEARCHING, Lost, claim_next, finish, give_back
from planner.jobs.claims import MOST_DEATHS, moment
from planner.optimise.options import Options
from planner.services import estates, making, plans, proposals, studying
from planner.services.chain import look_into, make_plan
from planner.services.no_plan import no_plan_of
from planner.settings import Settings
from planner.worker import Ending, work
from tests.factories import database_url, people_in, small_estate

STALE = dt.timedelta(seconds=20)
PATIENCE_SECONDS = 90


def ask(store, actor, estate=None, seconds=2) -> str:
    stored = estates.add_estate(store, actor, estate or small_estate())
    return plans.start_plan(store, actor, stored.estate_id, Options("Plan", seconds=seconds))


def test_a_worker_makes_the_plan_that_was_asked_for(store, people):
    run = ask(store, people.planner)
    assert work(store, "w1", STALE, Ending(), until_idle=True) == 1
    state = plans.run_state(store, people.planner, run)
    assert (state.state, state.attempt) == ("done", 1)
    _, plan = plans.get_plan(store, people.planner, state.plan_id)
    assert plan.status == "optimal"


def _away(times, deed):
    """Return the deed as it goes where the database is away so many times first."""
    left = iter(range(times))

    def tried(*args, **more):
        if next(left, None) is not None:
            raise Unavailable("away")
        return deed(*args, **more)

    return tried


def test_a_plan_found_while_the_database_was_away_is_kept_when_it_is_back(
    store, people, monkeypatch
):
    run = ask(store, people.planner)
    monkeypatch.setattr(making, "_PAUSE_SECONDS", 0)
    monkeypatch.setattr(making, "_keep", _away(3, making._keep))
    assert work(store, "w1", STALE, Ending(), until_idle=True) == 1
    state = plans.run_state(store, people.planner, run)
    assert (state.state, state.attempt) == ("done", 1)


@pytest.mark.parametrize("away", [True, False])
def test_nobody_is_taken_for_dead_because_the_database_was_away(store, people, away):
    ask(store, people.planner)
    claim_next(store, "w1", STALE)
    with store.writing(EVERY_OWNER) as scope:
        silent = moment(store, scope) - 2 * STALE
        scope.execute(update(RunRow).values(heartbeat=silent))
    if away:
        with pytest.raises(Unavailable), store.reading(EVERY_OWNER):
            raise OperationalError("SELECT 1", {}, OSError("no route to host"))
    assert (claim_next(store, "w2", STALE) is None) == away


def test_two_workers_never_hold_one_run(store, people):
    ask(store, people.planner)
    assert claim_next(store, "w1", STALE) is not None
    assert claim_next(store, "w2", STALE) is None


def test_the_run_of_a_silent_worker_is_taken_over_and_its_answer_does_not_count(store, people):
    ask(store, people.planner)
    first = claim_next(store, "w1", STALE)
    second = claim_next(store, "w2", dt.timedelta(seconds=-1))
    assert (first.run_id, first.attempt, second.attempt) == (second.run_id, 1, 2)
    with pytest.raises(Lost), store.writing(EVERY_OWNER) as scope:
        finish(scope, first, "done", store.now())
    with store.writing(EVERY_OWNER) as scope:
        finish(scope, second, "stopped", store.now())


def test_a_run_that_kills_every_worker_is_given_up_in_a_sentence(store, people):
    run = ask(store, people.planner)
    for number in range(MOST_DEATHS):
        claim_next(store, f"w{number}", STALE)
        give_back(store, f"w{number}")
    state = plans.run_state(store, people.planner, run)
    assert state.state == "failed"
    assert "lack of memory" in state.problem
    assert "kekurangan memori" in speech_of("id").say(state.problem)


def test_a_run_that_was_stopped_in_the_queue_is_never_taken_up(store, people):
    run = ask(store, people.planner)
    plans.stop_run(store, people.planner, run)
    assert claim_next(store, "w1", STALE) is None
    assert plans.run_state(store, people.planner, run).state == "stopped"


def test_owners_take_turns(store, people):
    for name in ("One", "Two"):
        ask(store, people.planner, small_estate(name))
    other = ask(store, people.outsider)
    claim_next(store, "w1", STALE)
    assert claim_next(store, "w2", STALE).run_id == other


def test_a_run_without_its_figures_is_refused_when_it_is_asked_for_and_names_them(store, people):
    header = small_estate().header.model_copy(update={"country": "NZ", "currency": "NZD"})
    with pytest.raises(InvalidInput, match="key discount_rate"):
        ask(store, people.planner, replace(small_estate(), header=header, assumptions=()))
    assert plans.list_runs(store, people.planner) == ()


def _children(parent: int) -> list[int]:
    """Return the processes whose parent is this one."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(fields[1]) == parent:
            found.append(int(status.parent.name))
    return found


def _readiness_to_go(process):
    return int(Path(f"/proc/{process}/oom_score_adj").read_text())


def _wait_for(condition, seconds=PATIENCE_SECONDS):
    for _ in range(seconds * 10):
        found = condition()
        if found:
            return found
        time.sleep(0.1)
    raise AssertionError("waited in vain")


def test_a_worker_killed_while_it_solves_is_replaced_and_the_plan_is_made_once(tmp_path):
    url = database_url("sqlite", tmp_path)
    store = open_store(url)
    planner = people_in(store).planner
    run = ask(store, planner, demo_estate(), seconds=3)
    settings = {**os.environ, "PLANNER_DATABASE_URL": url, "PLANNER_DATA_DIR": str(tmp_path)}
    parent = subprocess.Popen([sys.executable, "-m", "planner", "worker"], env=settings)
    try:
        _wait_for(lambda: plans.run_state(store, planner, run).log)
        children = _children(parent.pid)
        first = {_readiness_to_go(child) for child in children}  # where memory runs out
        assert min(first) > _readiness_to_go(parent.pid)
        for child in children:
            os.kill(child, signal.SIGKILL)
        state = _wait_for(lambda: (found := plans.run_state(store, planner, run)).ended and found)
    finally:
        parent.terminate()
        parent.wait(30)
    assert (state.state, state.attempt) == ("done", 2)
    assert [plan.id for plan in plans.list_plans(store, planner)] == [state.plan_id]
    store.close()


@pytest.mark.parametrize(("silent", "taken"), [(19, False), (21, True)])
def test_the_run_of_a_host_that_is_gone_is_taken_over_well_within_a_minute(
    store, people, silent, taken
):
    stale = dt.timedelta(seconds=Settings.model_fields["worker_stale_seconds"].default)
    assert stale < dt.timedelta(seconds=50)
    ask(store, people.planner)
    assert claim_next(store, "gone:1:a", stale) is not None
    with store.writing(EVERY_OWNER) as scope:
        last = moment(store, scope) - dt.timedelta(seconds=silent)
        scope.execute(update(RunRow).values(heartbeat=last))
    assert (claim_next(store, "there:2:b", stale) is not None) == taken


@pytest.mark.slow
def test_a_host_killed_with_parent_and_child_leaves_its_run_to_another(tmp_path):
    url = database_url("sqlite", tmp_path)
    store = open_store(url)
    planner = people_in(store).planner
    run = ask(store, planner, demo_estate(), seconds=3)
    given = {"PLANNER_DATABASE_URL": url, "PLANNER_DATA_DIR": str(tmp_path)}
    settings = {**os.environ, **given, "PLANNER_WORKER_STALE_SECONDS": "6"}
    command = [sys.executable, "-m", "planner", "worker"]
    gone = subprocess.Popen(command, env=settings, start_new_session=True)
    _wait_for(lambda: plans.run_state(store, planner, run).log)
    os.killpg(gone.pid, signal.SIGKILL)
    gone.wait(30)
    other = subprocess.Popen(command, env=settings)
    try:
        state = _wait_for(lambda: (found := plans.run_state(store, planner, run)).ended and found)
    finally:
        other.terminate()
        other.wait(30)
    assert (state.state, state.attempt) == ("done", 2)
    assert [plan.id for plan in plans.list_plans(store, planner)] == [state.plan_id]
    store.close()


def test_the_study_of_a_plan_comes_after_it_and_is_kept_part_by_part(store, people):
    stored = estates.add_estate(store, people.planner, small_estate())
    options = Options("Plan", seconds=2, study=4)
    run = plans.start_plan(store, people.planner, stored.estate_id, options)
    work(store, "w1", STALE, Ending(), until_idle=True, kinds=SEARCHING)
    plan_id = plans.run_state(store, people.planner, run).plan_id
    waiting = studying.study_of_plan(store, people.planner, plan_id)
    assert waiting.waiting
    assert waiting.study is None
    assert work(store, "w2", STALE, Ending(), until_idle=True) == 1
    found = studying.study_of_plan(store, people.planner, plan_id)
    assert (found.waiting, found.running, found.problem) == (False, False, None)
    _, plan = plans.get_plan(store, people.planner, plan_id)
    assert (found.study.plan_hash, found.study.whole) == (plan.hash, True)
    assert plans.run_state(store, people.planner, found.run_id).plan_id == plan_id


def test_who_waits_for_a_plan_comes_before_a_study(store, people):
    stored = estates.add_estate(store, people.planner, small_estate())
    ask_plan = Options("Plan", seconds=1)
    plans.start_plan(store, people.planner, stored.estate_id, ask_plan)
    work(store, "w1", STALE, Ending(), until_idle=True)
    plan = plans.list_plans(store, people.planner)[0]
    study = studying.start_study(store, people.planner, plan.id, 5)
    run = plans.start_plan(store, people.planner, stored.estate_id, ask_plan)
    assert [claim_next(store, f"w{at}", STALE).run_id for at in (2, 3)] == [run, study]


def planned(store, people):
    """Store an estate with its plan; return the plan's id and what was found out about it."""
    stored = estates.add_estate(store, people.planner, small_estate())
    plan = make_plan(small_estate(), Options("P", seconds=1))
    ident = plans.add_plan(store, people.planner, stored.estate_id, plan)
    return ident, look_into(small_estate(), plan, 1)


def end_with(store, people, run, plan_id, study):
    """End a run as if it had found a study."""
    with store.writing(people.planner.owner) as scope:
        scope.add(
            StudyRow(run_id=run, plan_id=plan_id, content=study.to_json(), made_at=store.now())
        )
        scope.one(RunRow, "run", id=run).state = "done"


def test_a_study_asked_for_while_one_is_open_is_the_same_run(store, people, monkeypatch):
    plan_id, study = planned(store, people)
    first = studying.start_study(store, people.planner, plan_id, 5)
    assert studying.start_study(store, people.planner, plan_id, 9) == first
    claim_next(store, "w1", STALE)
    assert studying.start_study(store, people.planner, plan_id, 5) == first
    end_with(store, people, first, plan_id, study)
    second = studying.start_study(store, people.planner, plan_id, 5)
    assert second != first
    with store.writing(people.planner.owner) as scope:
        scope.one(RunRow, "run", id=second).state = "stopped"
    monkeypatch.setattr("planner.jobs.queue.MOST_WAITING", 0)
    with pytest.raises(Conflict):
        studying.start_study(store, people.planner, plan_id, 5)


def test_the_study_that_follows_a_plan_is_the_one_that_is_asked_for_meanwhile(store, people):
    stored = estates.add_estate(store, people.planner, small_estate())
    options = Options("P", seconds=1, study=4)
    run = plans.start_plan(store, people.planner, stored.estate_id, options)
    assert work(store, "w1", STALE, Ending(), until_idle=True, kinds=("plan",)) == 1
    plan_id = plans.run_state(store, people.planner, run).plan_id
    waiting = studying.study_of_plan(store, people.planner, plan_id)
    assert studying.start_study(store, people.planner, plan_id, 5) == waiting.run_id


def test_a_run_asked_for_before_a_proposal_leaves_the_study_that_it_rests_on(store, people):
    plan_id, study = planned(store, people)
    told = study.model_copy(update={"seconds": 999})
    first = studying.start_study(store, people.planner, plan_id, 1)
    end_with(store, people, first, plan_id, told)
    studying.start_study(store, people.planner, plan_id, 1)
    proposals.create(store, people.planner, plan_id, "Free what is empty")
    assert work(store, "w1", STALE, Ending(), until_idle=True) == 1
    with store.reading(people.planner.owner) as scope:
        assert studying.study_in_print(scope, plan_id) == told


def test_a_plan_of_a_study_is_kept_once_and_checked(store, people):
    stored = estates.add_estate(store, people.planner, small_estate())
    plans.start_plan(store, people.planner, stored.estate_id, Options("P", seconds=2, study=4))
    work(store, "w1", STALE, Ending(), until_idle=True)
    plan = plans.list_plans(store, people.planner)[0]
    found = studying.study_of_plan(store, people.planner, plan.id)
    other = next(one.plan.seating for one in found.study.points if "recommended" not in one.roles)
    kept = studying.keep_plan(store, people.planner, plan.id, other, "Fewer moves")
    assert kept != plan.id
    assert studying.keep_plan(store, people.planner, plan.id, other, "Fewer moves") == kept
    assert plans.plan_summary(store, people.planner, kept).name == "Fewer moves"
    with pytest.raises(Conflict):
        studying.keep_plan(store, people.planner, plan.id, "99", "None")
    with pytest.raises(NotFound):
        studying.keep_plan(store, people.outsider, plan.id, other, "Not mine")
    with pytest.raises(Refused):
        studying.keep_plan(store, people.viewer, plan.id, other, "May not")


def test_a_run_without_a_plan_says_what_would_have_to_give(store, people):
    rules = (
        Rule(rule="free_floor", subject="A1", reason="A tenant waits"),
        Rule(rule="fix_team", subject="T1", object="A1"),
    )
    estate = replace(small_estate(), rules=rules)
    run = ask(store, people.planner, estate)
    work(store, "w1", STALE, Ending(), until_idle=True)
    assert plans.run_state(store, people.planner, run).state == "failed"
    found = no_plan_of(store, people.planner, run).study
    assert {(way.rule, way.subject) for way in found.ways} == {
        ("free_floor", "A1"),
        ("fix_team", "T1"),
    }
    assert found.minimal
    assert no_plan_of(store, people.outsider, run) is None
