"""Figures are asked for once: own before preset before default, and refused by name."""

import datetime as dt
from decimal import Decimal

import pytest

from planner.domain.assumptions import Figure, Register, register_of
from planner.domain.figures import FIGURES
from planner.domain.presets import preset_of
from planner.domain.records import Assumption
from planner.errors import InvalidInput
from tests.estates import HEADER, estate

RATE = Figure(
    "rate", "share", ("Rate", "Tingkat"), ("", ""), default="0.5", least=Decimal(0), most=Decimal(1)
)
COUNT = Figure("count", "count", ("Count", "Jumlah"), ("", ""))
WORD = Figure("word", "word", ("Word", "Kata"), ("", ""), choices=(("one", ("1", "1")),))
DAY = Figure("day", "day", ("Day", "Hari"), ("", ""))


def register(**own: str) -> Register:
    figures = {figure.key: figure for figure in (RATE, COUNT, WORD, DAY)}
    preset = {"rate": Assumption(key="rate", value="0.6", source="preset")}
    return Register(figures, {k: Assumption(key=k, value=v) for k, v in own.items()}, preset)


def test_own_figures_go_before_presets_and_presets_before_defaults():
    assert register(rate="0.7").number("rate") == Decimal("0.7")
    assert register().number("rate") == Decimal("0.6")
    assert Register({"rate": RATE}, {}, {}).number("rate") == Decimal("0.5")


def test_a_figure_nobody_stated_is_refused_by_name_and_is_not_zero():
    assert register().entry("count") is None
    with pytest.raises(InvalidInput, match="key count: no value; enter the count"):
        register().number("count")


@pytest.mark.parametrize(
    ("key", "text", "said"),
    [
        ("rate", "1.01", "above 1"),
        ("rate", "-0.01", "below 0"),
        ("rate", "half", "not a number"),
        ("rate", "NaN", "not a finite number"),
        ("count", "1.5", "not a whole number"),
        ("word", "two", "enter one of one"),
        ("day", "31-12-2026", "enter it like"),
        ("nothing", "1", "there is no such figure"),
    ],
)
def test_a_bad_value_is_named_with_its_key(key, text, said):
    (problem,) = register(**{key: text}).problems()
    assert key in problem.where
    assert said in problem.message


@pytest.mark.parametrize(("text", "value"), [("0", 0), ("1", 1)])
def test_the_ends_of_a_range_are_allowed(text, value):
    assert register(rate=text).number("rate") == value


def test_words_and_days_are_read_as_such():
    filled = register(word="one", day="2027-02-28")
    assert filled.word("word") == "one"
    assert filled.day("day") == dt.date(2027, 2, 28)


def test_every_declared_default_and_preset_is_a_value_of_its_figure_with_a_source():
    for figure in FIGURES.values():
        if figure.default is not None:
            figure.parse(figure.default)
            assert figure.source, figure.key
            assert figure.date, figure.key
    for country in ("ID", "GB", "US"):
        for key, assumption in preset_of(country).items():
            FIGURES[key].parse(assumption.value)
            assert assumption.source, key


def test_figures_speak_both_languages():
    for figure in FIGURES.values():
        assert all(figure.label), figure.key
        assert all(figure.help), figure.key


def test_an_estate_of_a_country_without_preset_must_state_its_own_figures():
    nowhere = HEADER.model_copy(update={"country": "NZ", "currency": "NZD"})
    register = register_of(estate(header=nowhere, assumptions=()))
    assert register.entry("works_per_m2") is None
