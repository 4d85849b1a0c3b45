"""A large estate is solved in parts by any workers and joined with one valid bound."""

import datetime as dt

import pytest
from sqlalchemy import select
from sqlmodel import col

from planner.db.store import EVERY_OWNER
from planner.db.tables import RunLogRow, StudyRow
from planner.domain.records import Building, Rule
from planner.errors import OutOfTime
from planner.jobs import claim_next
from planner.optimise.cut import parts_of
from planner.optimise.options import Options
from planner.services import campus, estates, plans
from planner.services.chain import make_plan
from planner.services.making import carry_out
from planner.services.verify import verify
from planner.worker import Ending, work
from tests.estates import BUILDINGS, estate, floor, seat, team

STALE = dt.timedelta(seconds=20)


def two_sites(**changes):
    """Return two buildings on two sites whose teams stay on their own."""
    codes = ("N1", "N2", "N3", "S1", "S2", "S3")
    far = tuple(Building(**{**one.model_dump(), "site": f"Site {one.code}"}) for one in BUILDINGS)
    values = {
        "buildings": far,
        "floors": tuple(floor(code) for code in codes),
        "teams": tuple(team(f"T{code}", 8, stay_within="site") for code in codes),
        "seating": tuple(seat(f"T{code}", code) for code in codes),
    }
    return estate(**{**values, **changes})


@pytest.fixture(autouse=True)
def small(monkeypatch):
    monkeypatch.setattr(campus, "LEAST_UNITS", 2)
    monkeypatch.setattr(campus, "LEAST_SECONDS", 2)
    monkeypatch.setattr(campus, "parts_of", lambda instance: parts_of(instance, 2))


def ask(store, actor, of, **options):
    stored = estates.add_estate(store, actor, of)
    return plans.start_plan(store, actor, stored.estate_id, Options("Large", seconds=4, **options))


def steps_of(store, run):
    """Return the steps that a run told of, in order."""
    with store.reading(EVERY_OWNER) as scope:
        told = select(col(RunLogRow.step)).where(
            col(RunLogRow.run_id) == run, col(RunLogRow.step).is_not(None)
        )
        return list(scope.execute(told.order_by(col(RunLogRow.id))).scalars())


def test_the_parts_are_runs_of_their_own_and_their_join_is_as_good_as_the_whole(store, people):
    run = ask(store, people.planner, two_sites())
    first = claim_next(store, "w1", STALE)
    assert carry_out(store, first) is None
    state = plans.run_state(store, people.planner, run)
    assert (state.state, state.step) == ("running", "solve")
    parts = [claim_next(store, f"w{at}", STALE) for at in (1, 2)]
    assert {one.kind for one in parts} == {"part"}
    assert claim_next(store, "w3", STALE) is None
    for one in parts:
        carry_out(store, one)
    joint = plans.run_state(store, people.planner, run)
    assert joint.log[-1].value is not None
    last = claim_next(store, "w1", STALE)
    assert last.run_id == run
    carry_out(store, last)
    done = plans.run_state(store, people.planner, run)
    assert (done.state, done.attempt) == ("done", 1)
    assert (done.log, done.freed) == (joint.log, joint.freed)
    assert min(at for at, _step in done.messages) >= done.log[-1].seconds
    found, plan = plans.get_plan(store, people.planner, done.plan_id)
    assert verify(plan, found) == []
    assert plan.schedule is not None
    assert {leg.team for leg in plan.schedule.legs} == {move.team for move in plan.moves} != set()
    assert plan.freed_units == {one.unit for one in plan.schedule.releases}
    assert steps_of(store, run) == ["solve", "dates", "check"]
    whole = make_plan(two_sites(), Options("Whole", seconds=4))
    assert (plan.value, plan.bound, plan.status) == (whole.value, whole.bound, "optimal")
    assert (joint.log[-1].value, joint.log[-1].bound) == (plan.value, plan.bound)
    assert [one.id for one in plans.list_runs(store, people.planner)] == [run]


def test_a_run_that_is_stopped_stops_its_parts_and_keeps_the_best_of_them(store, people):
    run = ask(store, people.planner, two_sites())
    carry_out(store, claim_next(store, "w1", STALE))
    plans.stop_run(store, people.planner, run)
    assert work(store, "w1", STALE, Ending(), until_idle=True) == 1
    done = plans.run_state(store, people.planner, run)
    assert done.state == "stopped"
    assert done.plan_id is not None


def test_a_part_without_a_plan_fails_the_whole_and_says_why(store, people):
    rules = (
        Rule(rule="free_floor", subject="N1", reason="A tenant waits"),
        Rule(rule="fix_team", subject="TN1", object="N1"),
    )
    run = ask(store, people.planner, two_sites(rules=rules))
    work(store, "w1", STALE, Ending(), until_idle=True)
    done = plans.run_state(store, people.planner, run)
    assert done.state == "failed"
    assert "A tenant waits" in done.problem


def test_what_a_part_has_proved_is_not_lost_where_the_join_is_in_haste(store, people, monkeypatch):
    rules = (
        Rule(rule="free_floor", subject="N1", reason="A tenant waits"),
        Rule(rule="fix_team", subject="TN1", object="N1"),
    )
    run = ask(store, people.planner, two_sites(rules=rules))
    claims = [claim_next(store, "w1", STALE)]
    carry_out(store, claims[0])
    while (one := claim_next(store, "w1", STALE)).kind == "part":
        carry_out(store, one)

    def in_haste(*_):
        raise OutOfTime("No plan was found in time.")

    monkeypatch.setattr(campus, "solve_part", in_haste)
    carry_out(store, one)
    done = plans.run_state(store, people.planner, run)
    assert done.state == "failed"
    assert "A tenant waits" in done.problem
    with store.reading(EVERY_OWNER) as scope:
        kept = select(col(StudyRow.content)).where(col(StudyRow.run_id) == run)
        assert scope.execute(kept).first() is not None


def test_a_limit_on_moves_holds_an_estate_together():
    capped = two_sites(rules=(Rule(rule="people_moved_at_most", value=8),))
    assert campus.parting(capped, Options(seconds=4)) is None
    assert campus.parting(two_sites(), Options(seconds=4)) is not None


def test_a_small_estate_is_not_parted(monkeypatch):
    monkeypatch.setattr(campus, "LEAST_UNITS", 100)
    assert campus.parting(two_sites(), Options(seconds=4)) is None
