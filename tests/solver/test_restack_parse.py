"""Malformed instances are refused with the place of every problem."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from restack_strategies import documents

from solver.errors import InvalidInstance
from solver.restack.parse import parse_instance, schema

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SOUND: dict[str, Any] = {
    "format": "planner-restack/1",
    "spaces": [
        {"id": "a", "seats": 9, "building": "x", "level": 1, "has": [], "keep_cost": 5,
         "must_keep": False, "must_free": False},
        {"id": "b", "seats": 9, "building": "x", "level": 2, "has": [], "keep_cost": 5,
         "must_keep": False, "must_free": False},
    ],
    "units": [{"id": "u", "spaces": ["a", "b"], "bonus": 3}],
    "teams": [
        {"id": "t", "loads": [{"by_day": [1, 2, 3], "cost": 0}], "needs": [], "now": {"a": 3},
         "split": None},
        {"id": "u", "loads": [{"by_day": [1, 2, 3], "cost": 0}], "needs": [], "now": {"a": 3},
         "split": {"at_least": 2}},
    ],
    "place_cost": {"t": {"a": 0, "b": 4}},
    "place_cost_default": 7,
    "near": [{"teams": ["t", "u"], "within": "adjacent", "penalty": 2}],
    "apart": [["t", "u"]],
    "fixed": {"t": "a"},
    "churn": {"people_moved_at_most": None},
}  # fmt: skip
DELETE = object()


def changed(path: tuple[str | int, ...], value: object) -> dict[str, Any]:
    document = copy.deepcopy(SOUND)
    at: Any = document
    for key in path[:-1]:
        at = at[key]
    if value is DELETE:
        del at[path[-1]]
    else:
        at[path[-1]] = value
    return document


@pytest.mark.parametrize(
    ("path", "value", "sentence"),
    [
        (("teams", 0, "loads", 0, "by_day", 2), -4, "teams[0].loads[0].by_day[2]: -4 is below 0"),
        (("teams", 0, "loads", 0, "by_day", 2), 1.5, "1.5 is not a whole number"),
        (("teams", 0, "loads", 0, "by_day"), [1], "by_day has 1"),
        (("teams", 0, "loads", 0, "by_day"), [], "a load without days"),
        (("teams", 0, "loads"), [], "teams[0].loads: a team without a load"),
        (("teams", 0, "now", "a"), 0, "teams[0].now.a: 0 is below 1"),
        (("teams", 0, "now"), {"z": 3}, "teams[0].now.z: there is no space 'z'"),
        (("teams", 1, "id"), "t", "teams[1].id: 't' is the id of another one already"),
        (("teams", 1, "split"), {"at_least": 0}, "teams[1].split.at_least: 0 is below 1"),
        (("teams", 1, "split"), {}, "the key 'at_least' is missing"),
        (("spaces", 0, "seats"), True, "spaces[0].seats: true is not a whole number"),
        (("spaces", 0, "seats"), None, "spaces[0].seats: null is not a whole number"),
        (("spaces", 0, "seats"), DELETE, "spaces[0]: the key 'seats' is missing"),
        (("spaces", 0, "keep_cost"), 2**53 + 1, "is above 9007199254740992"),
        (("spaces", 0, "must_keep"), 1, "spaces[0].must_keep: 1 is neither true nor false"),
        (("spaces", 0, "colour"), "red", "spaces[0]: the key 'colour' is unknown"),
        (("spaces", 0, "has"), ["p", "p"], "spaces[0].has[1]: 'p' stands there twice"),
        (("spaces", 0), 3, "spaces[0]: 3 is not an object"),
        (("spaces",), {}, "spaces: {} is not a list"),
        (("units", 0, "spaces"), ["c"], "units[0].spaces[0]: there is no space 'c'"),
        (("units", 0, "spaces"), [], "units[0].spaces: a unit without spaces"),
        (("units", 0, "bonus"), -1, "units[0].bonus: -1 is below 0"),
        (("place_cost",), {"q": {}}, "place_cost.q: there is no team 'q'"),
        (("place_cost",), {"t": {"z": 1}}, "place_cost.t.z: there is no space 'z'"),
        (("place_cost_default",), "7", "place_cost_default: '7' is not a whole number"),
        (("near", 0, "within"), "floor", "near[0].within: 'floor' is none of space"),
        (("near", 0, "within"), [], "near[0].within: [] is none of space"),
        (("near", 0, "teams"), ["t"], 'near[0].teams: ["t"] is not a list of two teams'),
        (("near", 0, "penalty"), -2, "near[0].penalty: -2 is below 0"),
        (("apart", 0), ["t", "t"], "apart[0]: 't' is paired with itself"),
        (("fixed",), {"t": "z"}, "fixed.t: there is no space 'z'"),
        (("fixed",), {"z": "a"}, "fixed.z: there is no team 'z'"),
        (("held",), {"u": {"z": 1}}, "held.u.z: there is no space 'z'"),
        (("held",), {"z": {"a": 1}}, "held.z: there is no team 'z'"),
        (("held",), {"u": {"a": 0}}, "held.u.a: 0 is below 1"),
        (("held",), {"u": 3}, "held.u: 3 is not an object"),
        (("held",), {"u": {"a": 2, "b": 2}}, "held.u: the people add up to 4, but the team has 3"),
        (("churn", "people_moved_at_most"), -1, "churn.people_moved_at_most: -1 is below 0"),
        (("format",), "planner-restack/2", "format: 'planner-restack/2' is not"),
        (("format",), DELETE, "the key 'format' is missing"),
        (("extra",), 1, "the key 'extra' is unknown"),
    ],
)  # fmt: skip
def test_a_malformed_instance_is_refused_with_its_place(
    path: tuple[str | int, ...], value: object, sentence: str
) -> None:
    with pytest.raises(InvalidInstance) as refused:
        parse_instance(changed(path, value))
    assert sentence in str(refused.value)


def test_every_problem_is_named_not_only_the_first() -> None:
    document = changed(("spaces", 0, "seats"), -1)
    document["teams"][1]["needs"] = "public"
    with pytest.raises(InvalidInstance) as refused:
        parse_instance(document)
    assert len(refused.value.problems) == 2


@pytest.mark.parametrize("value", [None, [], "text", 3])
def test_anything_but_an_object_is_refused(value: object) -> None:
    with pytest.raises(InvalidInstance, match="is not an object"):
        parse_instance(value)


def test_costs_too_large_to_add_up_are_refused() -> None:
    document = copy.deepcopy(SOUND)
    space = document["spaces"][0]
    document["spaces"] = [{**space, "id": f"s{n}", "keep_cost": 2**53} for n in range(200)]
    document |= {"units": [], "place_cost": {}, "fixed": {}}
    for team in document["teams"]:
        team["now"] = {}
    with pytest.raises(InvalidInstance, match="use a larger unit"):
        parse_instance(document)


def test_a_note_is_carried_along() -> None:
    assert parse_instance({**SOUND, "note": {"by": [1, None]}}).to_json()["note"] == {
        "by": [1, None]
    }


@given(documents())
def test_an_instance_survives_a_round_trip_and_fits_the_schema(document: dict[str, Any]) -> None:
    jsonschema.validate(document, schema())
    instance = parse_instance(document)
    written = json.loads(json.dumps(instance.to_json()))
    jsonschema.validate(written, schema())
    assert parse_instance(written) == instance


def test_the_schema_is_itself_sound() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())


ODD: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1, 2.5, 1e308, float("nan"), float("inf"), 10**30, -(10**30)),
    *("", "s0", "t0", "a\nb", [], {}, [1], [[]], [None], ["s0", "s0"], {"at_least": 0}, [{}]),
)
NEVER_OF_SHAPE = ("there is no", "is the id of another", "days, but", "add up to", "too large")


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the path of everything in a JSON value."""
    keys = (
        value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    )
    for key in keys:
        yield (*path, key)
        yield from places(value[key], (*path, key))


@settings(max_examples=400)
@given(documents(), st.data())
def test_the_parser_and_the_schema_refuse_the_same_shapes(
    document: dict[str, Any], data: st.DataObject
) -> None:
    for _ in range(data.draw(st.integers(1, 2))):
        *way, last = data.draw(st.sampled_from(sorted(places(document), key=repr)))
        holder: Any = document
        for key in way:
            holder = holder[key]
        how = data.draw(st.sampled_from(["set", "drop", "again", "more"]))
        if how == "set":
            holder[last] = copy.deepcopy(data.draw(st.sampled_from(ODD)))
        elif how == "drop":
            del holder[last]
        elif how == "again" and isinstance(holder, list):
            holder.append(copy.deepcopy(holder[last]))
        elif how == "more" and isinstance(holder, dict):
            holder["surplus"] = data.draw(st.sampled_from(ODD))
        if not document:
            return
    of_shape = jsonschema.Draft202012Validator(schema()).is_valid(document)
    problems = problems_of(document)
    assert all(": " in one and one.isprintable() for one in problems)
    if of_shape:
        assert all(any(word in one for word in NEVER_OF_SHAPE) for one in problems)
    else:
        assert problems


def problems_of(document: object) -> Sequence[str]:
    try:
        instance = parse_instance(document)
    except InvalidInstance as refusal:
        return refusal.problems
    assert parse_instance(json.loads(json.dumps(instance.to_json()))) == instance
    return ()
