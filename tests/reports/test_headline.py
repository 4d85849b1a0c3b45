"""Page one on estates of any size."""

from __future__ import annotations

from types import SimpleNamespace

from planner.i18n import speech_of
from planner.reports.facts.to_let import to_let_words
from tests.estates import estate, floor


def said(count: int) -> str:
    codes = [f"N{at:02}" for at in range(1, count + 1)]
    of = estate(floors=tuple(floor(code) for code in codes), teams=(), seating=())
    plan = SimpleNamespace(freed_units=frozenset(codes), blocks=())
    scope = SimpleNamespace(dossier=SimpleNamespace(estate=of, plan=plan), freed=of.units)
    return to_let_words(scope, speech_of("en"))


def test_a_few_floors_to_let_are_named_and_many_are_counted() -> None:
    assert "3 units" not in said(3)
    assert said(13) == "To let: 13 units in 1 building"
