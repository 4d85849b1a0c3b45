"""What is proved of the fewest moves and the most units is said, and nothing that is not."""

from dataclasses import replace
from decimal import Decimal

import pytest

from planner.domain.study import Bend, Edge, Point, Study
from planner.i18n import speech_of
from planner.reports.facts import facts_of
from planner.reports.facts.bends import edge_words
from planner.reports.facts.ends import end_words
from tests.reports.campus import nine_floors_dossier

EN, ID = speech_of("en"), speech_of("id")
DOSSIER = nine_floors_dossier()
PLAN = DOSSIER.plan
FREED, MOVED = len(PLAN.freed), PLAN.people_moved


def study(*roles, least=None, most=None):
    return Study(
        estate_hash=PLAN.estate_hash,
        plan_hash=PLAN.hash,
        seconds=1,
        points=(Point(roles=roles, plan=PLAN, limit=None),),
        least_moved=least,
        most_freed=most,
    )


def said(of, speech=EN, plan=PLAN):
    return end_words(of.points[0], of, plan, DOSSIER.estate, speech)


@pytest.mark.parametrize(
    ("least", "words"),
    [
        (MOVED, "proved: half the value cannot be had with fewer moves"),
        (MOVED - 1, f"proved: for half the value at least {MOVED - 1} people must move"),
        (1, "proved: for half the value at least 1 person must move"),
        (None, ""),
    ],
)
def test_of_the_fewest_moves_as_much_is_said_as_is_proved(least, words):
    assert said(study("fewest_moves", least=least, most=99)) == words


@pytest.mark.parametrize(
    ("most", "words"),
    [
        (FREED, "proved: no plan frees more units that can be let"),
        (FREED + 1, f"proved: no plan frees more than {FREED + 1} units that can be let"),
        (None, ""),
    ],
)
def test_of_the_most_units_as_much_is_said_as_is_proved(most, words):
    assert all(DOSSIER.estate.unit_of[unit].lettable for unit in PLAN.freed_units)
    assert said(study("most_floors", least=1, most=most)) == words


def test_nothing_is_said_of_a_plan_that_is_named_for_neither():
    assert said(study("recommended", least=1, most=1)) == ""
    assert said(study(least=1, most=1)) == ""


def test_what_holds_only_for_plans_that_fit_some_days_says_so():
    fitted = PLAN.model_copy(update={"fits": (DOSSIER.estate.attendance.days[0],)})
    words = said(study("most_floors", most=FREED), plan=fitted)
    assert words.endswith("can be let, among plans that fit the days tried")


@pytest.mark.parametrize("speech", [EN, ID])
def test_both_proofs_stand_in_the_document(speech):
    found = study("fewest_moves", "most_floors", least=MOVED, most=FREED)
    sections = facts_of(replace(DOSSIER, study=found), speech).sections
    title = speech._("How few could move, and how much could be freed")
    table = next(one for one in sections["options"].tables if one.title == title)
    assert table.rows[0][-1] == said(found, speech)
    assert PLAN.npv != PLAN.value  # wishes that are not met cost no money
    assert table.rows[0][-2] == speech.money_short(PLAN.npv, 2)
    assert speech._("proved: no plan frees more units that can be let") in table.rows[0][-1]


@pytest.mark.parametrize(("speech", "most"), [(EN, "+200%"), (ID, "+200%")])
def test_seats_that_suffice_as_far_as_was_looked_are_not_said_to_suffice_for_all(speech, most):
    edge = Edge(stays=Decimal(3), tried=Decimal(3))
    words = edge_words(Bend(figure="attendance", down=Edge(), up=edge), edge, speech)
    assert most in words
    assert words == speech._(
        "Every floor has seats to %(change)s, of no team more than all its people; more was not "
        "looked at.",
        change=most,
    )
