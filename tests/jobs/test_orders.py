"""A document that was asked for is made once, whoever leaves, and searches go on beside it."""

import datetime as dt
import multiprocessing
from functools import cache

import pytest

from planner.errors import CutOff, NotFound, PlannerError
from planner.i18n import speech_of
from planner.jobs import DRAWING, KINDS, claim_next, finish
from planner.optimise.options import Options
from planner.reports.child import render_in_child
from planner.services import estates, ordering, plans, taking_in
from planner.services.chain import make_plan
from planner.services.documents import Document, Wanted
from planner.services.making import carry_out
from planner.worker import Ending, work
from tests.factories import small_estate
from tests.reports.campus import nine_floors_dossier

EN = speech_of("en")
STALE = dt.timedelta(seconds=20)


@cache
def solved():
    return make_plan(small_estate(), Options(name="Plan", seconds=1))


@pytest.fixture
def wanted(store, people):
    stored = estates.add_estate(store, people.planner, small_estate())
    plan = plans.add_plan(store, people.planner, stored.estate_id, solved())
    return Wanted("utilisation", "en", plan=plan)


def drawn(store):
    return work(store, "w1", STALE, Ending(), until_idle=True, kinds=DRAWING)


def test_an_order_is_one_run_however_often_it_is_asked_and_then_is_there(store, people, wanted):
    run = ordering.ask(store, people.planner, wanted)
    assert ordering.ask(store, people.viewer, wanted) == run
    assert ordering.order_state(store, people.planner, run).state == "queued"
    assert drawn(store) == 1
    assert ordering.order_state(store, people.planner, run).state == "done"
    found = ordering.ask(store, people.viewer, wanted)
    assert isinstance(found, Document)
    assert found.data.startswith(b"%PDF")


def test_documents_and_searches_do_not_wait_for_each_other(store, people, wanted):
    ordering.ask(store, people.planner, wanted)
    assert claim_next(store, "w1", STALE, KINDS - DRAWING) is None
    assert claim_next(store, "w2", STALE, DRAWING).kind == "document"


def test_who_waits_is_told_of_files_and_documents_that_come_first(store, people, wanted):
    file = taking_in.ask_workbook(store, people.planner, b"any bytes", "book.xlsx")
    run = ordering.ask(store, people.planner, wanted)
    assert taking_in.intake_state(store, people.planner, file).before == 0
    assert ordering.order_state(store, people.planner, run).before == 1


def test_an_order_outlives_its_worker(store, people, wanted):
    run = ordering.ask(store, people.planner, wanted)
    lost = claim_next(store, "w1", STALE, DRAWING)
    taken_over = claim_next(store, "w2", dt.timedelta(seconds=-1), DRAWING)
    assert (lost.run_id, taken_over.attempt) == (run, 2)
    carry_out(store, taken_over)
    assert ordering.order_state(store, people.planner, run).state == "done"


def test_what_failed_says_why_and_may_be_asked_for_again(store, people, wanted):
    run = ordering.ask(store, people.planner, wanted)
    claim = claim_next(store, "w1", STALE, DRAWING)
    with store.writing(people.planner.owner) as scope:
        finish(scope, claim, "failed", store.now(), problem="No memory.")
    state = ordering.order_state(store, people.planner, run)
    assert (state.ended, state.problem) == (True, "No memory.")
    again = ordering.ask(store, people.planner, wanted)
    assert again != run
    assert drawn(store) == 1
    assert ordering.order_state(store, people.planner, again).state == "done"


def test_orders_wait_in_turn_and_say_how_many_come_first(store, people, wanted):
    first = ordering.ask(store, people.planner, wanted)
    second = ordering.ask(store, people.planner, Wanted("one-page", "id", plan=wanted.plan))
    before = [ordering.order_state(store, people.planner, run).before for run in (first, second)]
    assert sorted(before) == [0, 1]


def test_the_bell_tells_each_of_their_own_documents_and_lists_of_plans_tell_none(
    store, people, wanted
):
    run = ordering.ask(store, people.planner, wanted)
    told = plans.list_runs(store, people.planner, errands=True)
    assert [one.id for one in told] == [run]
    assert plans.list_runs(store, people.viewer, errands=True) == ()
    assert plans.list_runs(store, people.planner) == ()


def test_an_outsider_finds_neither_the_order_nor_the_document(store, people, wanted):
    run = ordering.ask(store, people.planner, wanted)
    with pytest.raises(NotFound):
        ordering.order_state(store, people.outsider, run)
    with pytest.raises(NotFound):
        ordering.ask(store, people.outsider, wanted)


def test_a_sheet_of_nothing_is_refused_before_it_waits(store, people, wanted):
    for kind in ("letting", "letting-page", "notice", "notice-page"):
        with pytest.raises(NotFound):
            ordering.ask(store, people.planner, Wanted(kind, "en", "Z9", plan=wanted.plan))
    assert plans.list_runs(store, people.planner, errands=True) == ()


def test_a_document_tells_how_far_it_is_and_can_be_stopped():
    told = []
    render_in_child("utilisation_pdf", nine_floors_dossier(), EN, told=told.append)
    assert told[0] == "gather"
    assert {"style", "page 1", "write"} <= set(told)
    with pytest.raises(PlannerError, match="was stopped"):
        render_in_child("utilisation_pdf", nine_floors_dossier(), EN, should_stop=lambda: True)


def test_a_document_whose_process_is_killed_says_so_and_can_be_asked_for_again():
    def kill(step):
        if step == "gather":
            for child in multiprocessing.active_children():
                child.kill()

    with pytest.raises(CutOff, match="ended early"):
        render_in_child("proposal_pdf", nine_floors_dossier(), EN, told=kill)
    assert render_in_child("utilisation_pdf", nine_floors_dossier(), EN).startswith(b"%PDF")
