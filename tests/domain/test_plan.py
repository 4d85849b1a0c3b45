"""A plan survives its file, and a file that is no plan is refused by field."""

import pytest

from planner.domain.plan import parse_plan
from planner.errors import InvalidInput
from tests.domain.test_check import plan
from tests.estates import estate


def test_a_plan_read_back_is_the_same_plan_and_gives_the_same_bytes():
    made = plan(estate(), {"b": "N1"})
    read = parse_plan(made.to_json())
    assert read == made
    assert read.to_json() == made.to_json()
    assert read.hash == made.hash


def test_a_plan_with_other_fields_forgets_what_was_summed_up_of_the_old_ones():
    # found 2026-11: freed floors were drawn to let before the first wave had left them
    made = plan(estate(), {"b": "N1"})
    before = made.hash, made.freed_units, made.placed, made.taken
    other = made.model_copy(update={"freed": (), "placements": ()})
    assert (other.freed_units, other.placed, other.taken) == (frozenset(), {}, {})
    assert other.hash == parse_plan(other.to_json()).hash
    assert (made.hash, made.freed_units, made.placed, made.taken) == before


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": "other/1"}', "\x00"])
def test_what_is_no_plan_is_refused(text):
    with pytest.raises(InvalidInput):
        parse_plan(text)


def test_a_wrong_field_is_named_by_its_place():
    text = plan(estate(), {}).to_json().replace('"people":8', '"people":"eight"', 1)
    with pytest.raises(InvalidInput, match=r"placements\.0\.people"):
        parse_plan(text.replace('"people": 8', '"people": "eight"', 1))


def test_captured_value_is_unknown_without_a_limit():
    made = plan(estate(), {"b": "N1"})
    assert made.captured is not None
    assert made.model_copy(update={"bound": None}).captured is None
    assert made.model_copy(update={"bound": 0}).captured is None
