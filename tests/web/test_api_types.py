"""Whatever the OpenAPI document does not allow in a body is refused: yes is no 1, 1 no text."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest

from planner.services import estates, tokens
from planner.web.api.document import openapi
from planner.web.api.operations import OPERATIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

DOCUMENT = openapi("1")
VALUES: tuple[Any, ...] = (True, False, 1, 0, -7, 1.5, "1", "true", "", None, [], [1], {}, {"a": 1})
TAKING_JSON = [told for told in OPERATIONS if told.body is not None]
LARGE = {"1e400": 422, "-1e999999": 422, "9" * 100_000: 422, "NaN": 422, "-Infinity": 422,
         "0." + "1" * 100_000: 422, "1e-999999": 422}  # fmt: skip


@pytest.fixture
def head(store, house) -> dict[str, str]:
    text = tokens.create(store, house.people["ani"], "x", ("see", "edit", "plan"), 1)
    other = tokens.create(store, house.people["sari"], "x", ("see", "decide"), 1)
    return {"planner": f"Bearer {text}", "decide": f"Bearer {other}"}


def resolved(schema: dict[str, Any]) -> dict[str, Any]:
    """Return a schema with what it refers to in the document."""
    return {**schema, "components": DOCUMENT["components"]}


def allows(schema: dict[str, Any], value: Any) -> bool:
    return jsonschema.Draft202012Validator(resolved(schema)).is_valid(value)


def body_of(told) -> dict[str, Any]:
    path = told.path
    for part in ("estate", "run", "plan", "proposal"):
        path = path.replace(f"<{part}>", f"{{{part}}}")
    described = DOCUMENT["paths"][path][told.method.lower()]["requestBody"]
    shape = described["content"]["application/json"]["schema"]
    return DOCUMENT["components"]["schemas"][shape["$ref"].rpartition("/")[2]]


def fields_of(shape: dict[str, Any]) -> Iterator[tuple[tuple[str, ...], dict[str, Any]]]:
    """Yield every field of a body, those of the records in a list too."""
    for name, schema in shape["properties"].items():
        yield (name,), schema
        inner = schema.get("items", {}).get("$ref")
        if inner:
            below = DOCUMENT["components"]["schemas"][inner.rpartition("/")[2]]
            yield from (((name, *path), one) for path, one in fields_of(below))


def with_value(path: tuple[str, ...], value: Any) -> dict[str, Any]:
    name, *rest = path
    return {name: [with_value(tuple(rest), value)] if rest else value}


@pytest.mark.parametrize("told", TAKING_JSON, ids=lambda told: told.name)
def test_a_value_of_another_kind_is_refused_at_its_field(app, house, store, head, told) -> None:
    api = app.test_client()
    path = told.path
    for part, value in (("estate", house.estate), ("proposal", house.proposal)):
        path = path.replace(f"<{part}>", value)
    before = estates.get_estate(store, house.people["ani"], house.estate).version
    taken, tried = [], 0
    for field, schema in fields_of(body_of(told)):
        for value in VALUES:
            if allows(schema, value):
                continue
            tried += 1
            answer = api.open(
                f"/api/v1{path}?version={before}&key=T1",
                method=told.method,
                json=with_value(field, value),
                headers={"Authorization": head["decide" if told.right == "decide" else "planner"]},
            )
            named = any(field[-1] in line or field[0] in line for line in answer.json["details"])
            if answer.status_code != 422 or not named:
                taken.append((field, value, answer.status_code, answer.json["details"]))
    assert taken == []
    assert tried > 10
    assert estates.get_estate(store, house.people["ani"], house.estate).version == before


@pytest.mark.parametrize("number", LARGE)
@pytest.mark.parametrize("field", ["seconds", "level", "name"])
def test_a_number_beyond_all_measure_is_refused_in_a_sentence(app, house, head, number, field):
    answer = app.test_client().post(
        f"/api/v1/estates/{house.estate}/runs",
        data=f'{{"name": "x", "{field}": {number}}}',
        content_type="application/json",
        headers={"Authorization": head["planner"]},
    )
    assert answer.status_code == 422
    assert len(answer.text) < 500


def test_a_rent_sent_as_a_number_keeps_all_its_digits(app, house, store, head) -> None:
    api, headers = app.test_client(), {"Authorization": head["planner"]}
    text = '{"code": "N", "name": "North", "rent_per_m2_month": 999999999999999.999}'
    answer = api.put(
        f"/api/v1/estates/{house.estate}/buildings/record?version=1&key=N",
        data=text, content_type="application/json", headers=headers,
    )  # fmt: skip
    assert answer.status_code == 200, answer.json
    found = estates.get_estate(store, house.people["ani"], house.estate).estate
    assert found.buildings[0].rent_per_m2_month == Decimal("999999999999999.999")


def test_a_whole_number_may_be_written_with_a_point(app, house, head) -> None:
    answer = app.test_client().post(
        f"/api/v1/estates/{house.estate}/runs",
        data=json.dumps({"name": "x", "seconds": 5.0, "level": 1}),
        content_type="application/json",
        headers={"Authorization": head["planner"]},
    )
    assert answer.status_code == 202, answer.json
