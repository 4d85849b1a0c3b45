"""What the service level may be claimed for stands in page and proposal, read in each way."""

from dataclasses import replace

import pytest

from planner.i18n import speech_of
from planner.reports.facts.method import method_section
from planner.reports.facts.promise import PROMISES, promise_table
from planner.reports.facts.scope import Scope
from planner.reports.facts.seats import seats_section
from tests.reports.campus import nine_floors_dossier

SPEECHES = [speech_of("en", "IDR", "m2"), speech_of("id", "IDR", "m2")]


@pytest.mark.parametrize("speech", SPEECHES, ids=["en", "id"])
def test_each_reading_has_a_row_and_no_claim_passes_what_was_asked(speech) -> None:
    dossier = nine_floors_dossier()
    scope = Scope(dossier)
    table = promise_table(scope, speech)
    assert table is not None
    rows = [[getattr(cell, "text", cell) for cell in row] for row in table.rows]
    assert [row[0] for row in rows] == [speech.words(words) for words in PROMISES.values()]
    for one, row in zip(dossier.backtest.claims, rows, strict=True):
        assert one.level <= dossier.plan.level
        assert row[1] == speech.number(one.over.hits)
        assert row[4].rstrip("*") == speech.percent(one.level)
        assert row[4].endswith("*") is not one.holds
    assert table.title in {one.title for one in seats_section(scope, speech).tables}


def test_without_held_out_days_nothing_is_claimed_and_no_table_stands() -> None:
    dossier = nine_floors_dossier()
    test = replace(dossier.backtest, held_out=(), claims=(), claimed=None)
    scope = Scope(replace(dossier, backtest=test))
    assert promise_table(scope, SPEECHES[0]) is None
    assert len(seats_section(scope, SPEECHES[0]).tables) == 1


def test_the_method_names_what_was_promised() -> None:
    dossier = nine_floors_dossier()
    said = " ".join(method_section(Scope(dossier), SPEECHES[0]).notes)
    assert "for each floor by itself" in said
    every = replace(dossier, plan=dossier.plan.model_copy(update={"any_floor": True}))
    said = " ".join(method_section(Scope(every), SPEECHES[0]).notes)
    assert "for all floors at once" in said
