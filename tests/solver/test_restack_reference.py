"""The reference page on the files of the bare solver: its examples hold, and it names every key."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from solver.errors import InvalidInstance
from solver.params import Params
from solver.restack.check import check_file
from solver.restack.parse import parse_instance, schema
from solver.restack.solution import REQUIRED, parse_solution
from solver.run import solve_restack

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = Path(__file__).parents[2] / "docs/reference/restack-files.md"
TEXT = PAGE.read_text(encoding="utf-8")
INSTANCE, SOLUTION = (
    json.loads(block) for block in re.findall(r"```json\n(.*?)```", TEXT, re.DOTALL)
)


def keys(node: object) -> Iterator[str]:
    """Yield every property that a schema names."""
    if isinstance(node, dict):
        yield from node.get("properties", {})
        for inner in node.values():
            yield from keys(inner)
    elif isinstance(node, list):
        for inner in node:
            yield from keys(inner)


def test_the_solution_on_the_page_is_that_of_the_instance_on_the_page() -> None:
    instance, file = parse_instance(INSTANCE), parse_solution(SOLUTION)
    assert check_file(instance, file) == []
    outcome = solve_restack(instance, Params(seconds=20))
    assert (outcome.cost, outcome.bound) == (file.plan and file.plan.cost, file.bound)
    assert outcome.status is file.status


def test_the_page_names_every_key() -> None:
    named = {*keys(schema()), *REQUIRED, "reasons", "reasons_minimal", "rule"}
    assert [key for key in sorted(named) if f"`{key}`" not in TEXT and f'"{key}"' not in TEXT] == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"teams": {"a": [1, None, True]}}, 'teams: {"a": [1, null, true]} is not a list'),
        ({"spaces": [None]}, "spaces[0]: null is not an object"),
        ({"format": "other"}, "format: 'other' is not 'planner-restack/1'"),
    ],
)
def test_a_value_is_shown_in_the_words_of_its_file(change: dict[str, Any], said: str) -> None:
    with pytest.raises(InvalidInstance) as refused:
        parse_instance({**INSTANCE, **change})
    assert said in str(refused.value)
