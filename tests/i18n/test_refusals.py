"""Every refusal of the layers below the site is said in Indonesian too, with its values."""

from __future__ import annotations

import ast
import pickle
from typing import TYPE_CHECKING

import pytest

from planner.domain.consistency import problems_of
from planner.errors import (
    Infeasible,
    InvalidInput,
    Problem,
    Sentence,
    joined,
    sentence,
)
from planner.i18n import speech_of
from planner.optimise.options import Options
from planner.paths import translations_dir
from planner.sentences import packed, unpacked
from tests.estates import estate, floor, seat, team

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.i18n import Speech

PROGRAM = translations_dir().parent
LAYERS = (
    "domain",
    "optimise",
    "finance",
    "demand",
    "services",
    "jobs",
    "importers/attendance",
    "importers/workbook",
)
OTHERS = {
    "services/soundness.py",  # told on the command line only
    "services/gather.py",
}
REFUSALS = {
    "Problem", "InvalidInput", "InvalidDemand", "ImportRefused", "Conflict", "NotFound",
    "Refused", "OutOfTime", "Unavailable", "PlannerError",
}  # fmt: skip
ID, EN = speech_of("id"), speech_of("en")


def raised(tree: ast.AST) -> Iterator[ast.expr]:
    """Yield every text given to a refusal as it stands in the program."""
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") in REFUSALS:
            for text in call.args:
                if isinstance(text, (ast.JoinedStr, ast.BinOp)) or (
                    isinstance(text, ast.Constant) and isinstance(text.value, str) and text.value
                ):
                    yield text


def test_no_refusal_of_these_layers_is_a_bare_english_text() -> None:
    bare = [
        f"{path.relative_to(PROGRAM)}:{text.lineno}"
        for layer in LAYERS
        for path in sorted((PROGRAM / layer).rglob("*.py"))
        if str(path.relative_to(PROGRAM)) not in OTHERS
        for text in raised(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert bare == []


def templates() -> Iterator[str]:
    """Yield the template of every sentence in the program."""
    for path in sorted(PROGRAM.rglob("*.py")):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "sentence":
                (text,) = call.args
                assert isinstance(text, ast.Constant), path
                yield str(text.value)


ALIKE = {"unit", "unit {unit}", "unit {unit}, {day}", "unit {unit}, {weekday}", "status"}
"""What both languages write alike."""


def test_every_sentence_has_an_indonesian_twin() -> None:
    found = dict.fromkeys(templates())
    assert len(found) > 350
    wordless = {"{where}: {message}", "{where}, {inner}", "{teams}: {why}.", "{not_tenants}: {law}",
                "{kind} {part_id}", "header Idempotency-Key"}  # fmt: skip
    same = {one for one in found if str(ID.messages.gettext(one)) == one}
    assert same - wordless - ALIKE == set()


def lines(problems: list[Problem], speech: Speech) -> list[str]:
    return [speech.say(one.line) for one in problems]


def test_an_estate_that_contradicts_itself_is_told_in_both_languages() -> None:
    broken = estate(
        floors=(floor("N1"),),
        teams=(team("A", 4),),
        seating=(seat("A", "N1", 9), seat("B", "N1", 1)),
    )
    found = problems_of(broken)
    assert any("there is no team B" in one for one in lines(found, EN))
    assert any("tidak ada tim B" in one for one in lines(found, ID))
    assert any(one.startswith("lembar teams, A, kolom headcount: tim A punya 4 orang")
               for one in lines(found, ID))  # fmt: skip


def test_settings_out_of_range_are_told_in_indonesian() -> None:
    with pytest.raises(InvalidInput) as refusal:
        Options(seconds=0, name=" ")
    assert ID.told(refusal.value) == (
        "isian waktu: 0: isikan 1 sampai 86.400",
        "isian nama: kosong; isikan nama rencana",
    )


def test_a_refusal_keeps_its_values_on_the_way_through_a_child_and_the_queue() -> None:
    inner = sentence("row {row}", row=7)
    said = sentence("{place}, column {column}", place=inner, column="seats")
    again = pickle.loads(pickle.dumps(said))  # noqa: S301  our own
    stored = unpacked(packed(joined([said, "as it stands"], "\n")))
    assert isinstance(again, Sentence)
    assert ID.say(again) == "baris 7, kolom seats"
    assert stored == "row 7, column seats\nas it stands"
    assert ID.say(stored) == "baris 7, kolom seats\nas it stands"
    assert unpacked("an old text") == "an old text"


def test_rules_that_conflict_are_told_one_a_line() -> None:
    refusal = Infeasible([sentence("{teams} may not be divided.", teams="Roads")])
    assert ID.told(refusal)[1] == "Roads tidak boleh dipecah."
    assert joined(refusal.lines, " ") == str(refusal).replace("\n", " ")
