"""Plans over several periods on the queue: asked for, made, found again, deleted."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from planner.domain.stages import Stage
from planner.errors import Conflict, InvalidInput, NotFound, Refused
from planner.optimise.options import Options
from planner.services import estates, plans, proposals, staging
from planner.services.soundness import unsound
from planner.worker import Ending, work
from tests.moving import estate_with

STALE = dt.timedelta(seconds=20)
NOW, LATER = Stage("Now", 3), Stage("Next year", 15, Decimal("1.8"))


def asked(store, actor, *stages):
    stored = estates.add_estate(store, actor, estate_with())
    options = Options("Two periods", seconds=1)
    return stored.estate_id, staging.start_stages(store, actor, stored.estate_id, options, stages)


@pytest.fixture
def made(store, people):
    estate, run = asked(store, people.planner, NOW, LATER)
    assert work(store, "w1", STALE, Ending(), until_idle=True) == 1
    return estate, run


def test_a_worker_plans_every_period_and_each_plan_stands_on_its_own_estate(store, people, made):
    estate, run = made
    state = plans.run_state(store, people.planner, run)
    assert (state.state, state.stages) == ("done", ("Now", "Next year"))
    assert [text for _, text in state.messages] == ["stage 1 3", "stage 2 3", "stage 3 3"]
    found = staging.staging_of(store, people.viewer, run)
    assert (found.estate_id, found.outdated) == (estate, False)
    assert [one.stage for one in found.stages] == [NOW, LATER]
    assert found.npv == sum(one.plan.npv for one in found.stages)
    assert found.bound is None or found.npv <= found.bound
    for one in found.stages:
        own, plan = plans.get_plan(store, people.viewer, one.plan_id)
        assert own.hash == plan.estate_hash == one.estate.hash
        assert plans.plan_summary(store, people.viewer, one.plan_id).staging == run
    assert [one.id for one in staging.list_stagings(store, people.viewer, estate)] == [run]
    assert list(unsound(store, deep=True)) == []


def test_a_period_s_plan_is_no_plan_of_the_estate_as_it_stands(store, people, made):
    estate, run = made
    assert plans.list_plans(store, people.planner, estate) == ()
    first = staging.staging_of(store, people.planner, run).stages[0].plan_id
    with pytest.raises(Conflict, match="several periods"):
        plans.delete_plan(store, people.planner, first)


def test_periods_are_deleted_together_unless_a_proposal_holds_one(store, people, made):
    _, run = made
    second = staging.staging_of(store, people.planner, run).stages[1].plan_id
    with pytest.raises(Refused):
        staging.delete_staging(store, people.viewer, run)
    proposals.create(store, people.planner, second, "Let what is empty next year")
    with pytest.raises(Conflict, match="proposal"):
        staging.delete_staging(store, people.planner, run)


def test_deleted_periods_take_their_plans_along(store, people, made):
    _, run = made
    ids = [one.plan_id for one in staging.staging_of(store, people.planner, run).stages]
    staging.delete_staging(store, people.planner, run)
    for ident in ids:
        with pytest.raises(NotFound):
            plans.plan_summary(store, people.planner, ident)
    with pytest.raises(NotFound):
        staging.staging_of(store, people.planner, run)


def test_another_owner_sees_none_of_it(store, people, made):
    estate, run = made
    with pytest.raises(NotFound):
        staging.staging_of(store, people.outsider, run)
    assert staging.list_stagings(store, people.outsider, estate) == ()


def test_periods_that_make_no_sense_are_refused_before_anything_is_queued(store, people):
    with pytest.raises(InvalidInput, match="month 3 is not after 15"):
        asked(store, people.planner, LATER, NOW)
    assert plans.list_runs(store, people.planner) == ()
    with pytest.raises(Refused):
        staging.start_stages(store, people.viewer, "x", Options(), [NOW])


def test_a_period_without_a_plan_fails_the_run_with_its_name(store, people):
    far = replace(LATER, name="Far", growth=Decimal("2.4"), leaves=("N",))
    _, run = asked(store, people.planner, NOW, far)
    work(store, "w1", STALE, Ending(), until_idle=True)
    state = plans.run_state(store, people.planner, run)
    assert state.state == "failed"
    assert "Far" in state.problem
