"""A limit is taken over from one plan to another search only where it answers that one too."""

import datetime as dt
from decimal import Decimal

import pytest

from planner.cli.explaining import say_study
from planner.domain.plan import Plan
from planner.domain.records import Rule
from planner.domain.study import Study
from planner.i18n import speech_of
from planner.jobs import claim_next
from planner.optimise.options import Options
from planner.optimise.questions import Question
from planner.reports.facts.closer import closer_tables
from planner.reports.facts.scope import Scope
from planner.services import estates, plans
from planner.services.asked import start_of
from planner.services.by_hand import judge_moved, known_limit
from planner.services.chain import ask_about, dossier_of, look_into, make_plan, with_study
from planner.services.studying import PlanStudy
from planner.services.verify import verify
from planner.web.show.study import study_page
from tests.services.test_tightening import LEVEL, TWO, first_and_last, meeting

STALE = dt.timedelta(seconds=20)
KEEP = Rule(rule="keep_floor", subject="N1")


@pytest.fixture(scope="module")
def tightened():
    """Return an estate, the plan first found, and the one made again to fit days held out."""
    of = meeting((*TWO, ("N3", 24)))
    first, last = first_and_last(of)
    assert last.fits
    assert last.value < first.value
    return of, first, last


def test_what_a_study_finds_of_plans_that_fit_some_days_limits_no_other_plan(tightened):
    of, first, last = tightened
    loose = last.model_copy(update={"bound": 2 * first.value, "status": "feasible"})
    study = look_into(of, loose, 20)
    here = next(one for one in study.points if "recommended" in one.roles)
    assert here.limit == last.value, "of plans that fit these days it is proved best"
    assert {one.plan.bound for one in study.points} == {loose.bound}
    assert {one.plan.status for one in study.points} == {"feasible"}
    assert study.better is None


def test_a_better_plan_that_fits_the_same_days_keeps_the_limit_of_all_plans(tightened):
    of, _first, last = tightened
    nothing = next(one.plan for one in look_into(of, last, 20).points if not one.plan.moves)
    poor = nothing.model_copy(update={"tried": last.tried, "bound": last.bound})
    assert poor.fits
    assert verify(poor, of) == []
    better = look_into(of, poor, 20).better
    assert better is not None
    assert (better.value, better.bound) == (last.value, last.bound)


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "proved of such plans alone"), ("id", "terbukti untuk rencana seperti itu")],
)
def test_page_terminal_and_document_say_of_which_plans_a_study_speaks(
    tightened, capsys, language, said
):
    of, first, last = tightened
    speech = speech_of(language, "IDR", "m2")
    study = look_into(of, last, 20)
    found = PlanStudy(study, "r", waiting=False, running=False, done=None, of=None, problem=None)
    page = study_page(found, Scope(dossier_of(of, last)), speech)
    assert said in page.among
    assert study_page(found, Scope(dossier_of(of, first)), speech).among == ""
    say_study(study, last, of, speech)
    told = capsys.readouterr().out
    assert page.among in told
    tables = closer_tables(Scope(with_study(dossier_of(of, last), study)), speech)
    assert [page.among in table.note for table in tables] == [True] + [False] * (len(tables) - 1)
    assert ("no plan that moves as few people is worth more" in told) is (language == "en")
    assert "no plan is worth more" not in told


def test_a_better_plan_met_by_a_question_keeps_what_is_proved_of_all_plans(tightened):
    of, _first, last = tightened
    study = look_into(of, last, 20)
    nothing = next(one.plan for one in study.points if not one.plan.moves)
    poor = nothing.model_copy(update={"tried": last.tried, "bound": last.bound})
    bare = Study(estate_hash=of.hash, plan_hash=poor.hash, seconds=1)
    unit = next(iter(last.freed_units))
    told = ask_about(of, poor, bare, Question(unit=unit), 5)
    assert told.better is not None
    assert told.better.bound == last.bound


def plan(level="0.95", *rules, bound=9, **more):
    """Return a plan of nobody, with a limit."""
    return Plan(
        name="P", estate_hash="e", program="p", solver="s", seed=1, seconds=1,
        level=Decimal(level), weekdays=(0,), allotments={}, placements=(), freed=(), blocks=(),
        moves=(), apart=(), npv=1, value=1, bound=bound, status="feasible", rules=rules, **more,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("of", "rules", "level", "limit"),
    [
        (plan(), (), "0.95", 9),
        (plan(), (KEEP,), "0.95", 9),
        (plan("0.95", KEEP), (KEEP,), "0.95", 9),
        (plan("0.95", KEEP), (), "0.95", None),
        (plan(), (), "0.90", None),
        (plan("0.9"), (), "0.90", 9),
        (plan(bound=None), (), "0.95", None),
        (plan(fits=("2026-05-04",)), (), "0.95", None),
        (plan(spare={"N1": 2}), (), "0.95", None),
    ],
)
def test_a_limit_holds_under_the_same_rules_or_more_at_the_same_level(of, rules, level, limit):
    assert of.limit_under(rules, Decimal(level)) == limit


def test_the_limit_of_a_plan_made_to_fit_days_counts_unless_the_first_plan_was_worth_more(
    tightened,
):
    _, first, last = tightened
    assert last.limit_under((), LEVEL) == last.bound
    false = last.model_copy(update={"bound": first.value - 1})
    assert false.limit_under((), LEVEL) is None
    chosen = last.model_copy(update={"tried": None})
    assert chosen.limit_under((), LEVEL) is None


def test_a_plan_by_hand_is_not_refused_for_a_limit_of_plans_that_fit_some_days(
    store, people, tightened
):
    of, first, last = tightened
    stored = estates.add_estate(store, people.planner, of)
    false = last.model_copy(update={"bound": last.value, "status": "optimal"})
    plans.add_plan(store, people.planner, stored.estate_id, false)
    limit = known_limit(store, people.planner, stored.estate_id, of, LEVEL)
    found = judge_moved(of, false, first, "By hand", rules=(), limit=limit)
    assert (found.problems, found.plan.value) == ((), first.value)
    plans.add_plan(store, people.planner, stored.estate_id, last)
    limit = known_limit(store, people.planner, stored.estate_id, of, LEVEL)
    assert limit == last.bound


@pytest.mark.parametrize(
    ("made_at", "asked", "holds"),
    [(None, None, True), (None, "0.95", True), ("0.9", None, False), ("0.9", "0.9", True)],
)
def test_a_search_from_a_plan_takes_its_limit_only_at_its_level(
    store, people, made_at, asked, holds
):
    of = meeting(TWO)
    stored = estates.add_estate(store, people.planner, of)
    level = None if made_at is None else Decimal(made_at)
    made = make_plan(of, Options(name="P", seconds=2, level=level))
    start = plans.add_plan(store, people.planner, stored.estate_id, made)
    again = Options(name="Q", seconds=2, level=None if asked is None else Decimal(asked))
    plans.start_plan(store, people.planner, stored.estate_id, again, start=start)
    found, limit = start_of(store, claim_next(store, "w1", STALE), of)
    assert found == made
    assert limit == (made.bound if holds else None)


def test_a_search_from_a_plan_of_earlier_days_is_not_held_to_its_limit(store, people, tightened):
    of, first, last = tightened
    stored = estates.add_estate(store, people.planner, of)
    false = last.model_copy(update={"bound": last.value, "status": "optimal"})
    start = plans.add_plan(store, people.planner, stored.estate_id, false)
    plans.start_plan(
        store, people.planner, stored.estate_id, Options(name="Q", seconds=2), start=start
    )
    found, limit = start_of(store, claim_next(store, "w1", STALE), of)
    assert limit is None
    again = make_plan(of, Options(name="Q", seconds=2), start=found, limit=limit)
    assert again.bound == first.bound
