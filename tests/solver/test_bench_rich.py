"""Rich estates of the benchmark: every feature is on, and doing nothing is sound."""

from __future__ import annotations

import pytest

from solver.bench.rich import RichRecipe, generate_rich
from solver.bench.suite import cases, sizes
from solver.restack.construct import do_nothing
from solver.restack.parse import parse_instance
from solver.restack.problem import compile_instance


@pytest.mark.parametrize("seed", [1, 2, 3, 4, 5])
def test_a_rich_estate_has_every_feature_and_a_plan(seed: int) -> None:
    estate = generate_rich(RichRecipe(10, 60, seed))
    assert parse_instance(estate.to_json()) == estate
    assert generate_rich(RichRecipe(10, 60, seed)) == estate
    assert do_nothing(compile_instance(estate)) is not None
    assert estate.units
    assert estate.near
    assert estate.people_moved_at_most
    assert any(space.must_keep for space in estate.spaces)
    assert any(team.needs for team in estate.teams)
    assert any(team.smallest_part for team in estate.teams)
    assert any(len(team.loads) > 1 for team in estate.teams)


def test_rich_sizes_are_told_apart_from_the_usual_ones() -> None:
    rich = [size for size in sizes() if size.endswith("-rich")]
    assert [case.name for size in rich for case in cases([size], [3])] == [
        f"{size}-3" for size in rich
    ]
