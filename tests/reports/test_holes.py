"""Sentences that list things are whole where there is nothing to list."""

from dataclasses import replace
from decimal import Decimal

import pytest

from planner.domain.schedule import Deadlock, Schedule
from planner.domain.study import Bend, Edge, NoPlanStudy
from planner.errors import Infeasible
from planner.i18n import speech_of
from planner.reports.facts.bends import edge_words
from planner.reports.facts.no_plan import minimal_words
from planner.reports.facts.obstacles import deadlock_words
from planner.reports.facts.scope import Scope
from tests.reports.campus import nine_floors_dossier

EN, ID = speech_of("en"), speech_of("id")
WHICH = "Proved: no plan keeps all rules. Which conflict was not found in time."


@pytest.mark.parametrize(
    ("speech", "said"),
    [
        (EN, "At −38% a plan that frees nothing is better."),
        (ID, "Pada −38% rencana yang tidak mengosongkan apa pun lebih baik."),
    ],
)
@pytest.mark.parametrize("figure", ["rent", "moves", "attendance"])
def test_a_better_plan_that_frees_nothing_is_said_to(speech, said, figure):
    edge = Edge(tried=Decimal("0.63"), changes=Decimal("0.62"))
    bend = Bend(figure=figure, down=edge, up=Edge())
    assert edge_words(bend, edge, speech).endswith(said)


@pytest.mark.parametrize("speech", [EN, ID])
def test_a_deadlock_that_nobody_moves_twice_for_names_no_movers(speech):
    dossier = nine_floors_dossier()
    teams = tuple(team.code for team in dossier.estate.teams[:2])
    knot = Deadlock(teams=teams, units=("A1", "A2"), seats=None, at_least=0, through=())
    plan = dossier.plan.model_copy(update={"schedule": Schedule(status="optimal", deadlock=knot)})
    said = deadlock_words(Scope(replace(dossier, plan=plan)), speech)
    assert len(said) == 1
    assert ": ." not in said[0]


@pytest.mark.parametrize("speech", [EN, ID])
@pytest.mark.parametrize("minimal", [False, True])
def test_a_conflict_of_which_no_rule_was_found_says_so(speech, minimal):
    bare = NoPlanStudy(estate_hash="h", minimal=minimal)
    said = minimal_words(bare, speech)
    assert said == speech._(
        "Proved: no plan keeps all rules. Which conflict was not found in time."
    )
    refusal = Infeasible([])
    assert len(refusal.lines) == 1
    assert not str(refusal).endswith(":")
    assert not speech.say(refusal.lines[0]).endswith(":")
