"""The waves on the command line and in JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import jsonschema
import pytest

from planner.cli import main
from solver.bench.moves import MoveRecipe, generate_moves
from solver.errors import InvalidInstance
from solver.outcome import Status
from solver.params import Params
from solver.waves.check import check_solution
from solver.waves.parse import parse_instance, schema
from solver.waves.solve import LARGE, solve_waves

if TYPE_CHECKING:
    from pathlib import Path

    from solver.outcome import Outcome
    from solver.waves.instance import Instance
    from solver.waves.solution import Solution

EXAMPLE = {
    "format": "planner-waves/1",
    "waves": [
        {"id": "w1", "first_day": 0, "last_day": 1, "cost": 5, "people_at_most": 30},
        {"id": "w2", "first_day": 7, "last_day": 8, "closed": False, "moves_at_most": None},
    ],
    "spaces": [
        {"id": "d1", "seats": 40, "building": "d", "value": [90, 60]},
        {"id": "a1", "seats": 40, "building": "a", "stay": [8, 9], "fit_out_days": 14},
    ],
    "moves": [
        {"id": "t1", "from": "d1", "to": "a1", "people": 24, "seats": [14, 15]},
        {"id": "t2", "from": None, "to": "a1", "people": 6, "seats": [4, 4], "first_day": 0},
    ],
    "together": [["t1", "t2"]],
    "before": [],
    "building_moves_at_most": {"a": 4},
    "note": "any",
}


def test_the_example_is_solved_written_and_found_sound(tmp_path: Path, capsys) -> None:
    jsonschema.validate(EXAMPLE, schema())
    given, answer = tmp_path / "i.json", tmp_path / "s.json"
    given.write_text(json.dumps(EXAMPLE))
    assert main(["waves", str(given), "--seconds", "5", "-o", str(answer)]) == 0
    said = json.loads(answer.read_text())
    assert (said["status"], said["cost"], said["bound"]) == ("optimal", -85, -85)
    assert main(["waves-check", str(given), str(answer)]) == 0
    said["moves"]["t2"]["wave"] = "w2"
    answer.write_text(json.dumps(said))
    capsys.readouterr()
    assert main(["waves-check", str(given), str(answer)]) == 1
    assert "together: t1, t2 do not move together" in capsys.readouterr().out


def test_every_problem_of_an_instance_is_named_with_its_place(tmp_path: Path, capsys) -> None:
    bad = json.loads(json.dumps(EXAMPLE))
    bad["waves"][1]["first_day"] = 1
    bad["moves"][0]["seats"] = [14]
    bad["spaces"][0]["value"] = [1]
    given = tmp_path / "i.json"
    given.write_text(json.dumps(bad))
    assert main(["waves", str(given)]) == 2
    said = capsys.readouterr().err
    for place in ("spaces[0].value", "1 values for 2 waves"):
        assert place in said
    bad["spaces"][0]["value"] = [1, 1]
    given.write_text(json.dumps(bad))
    assert main(["waves", str(given)]) == 2
    said = capsys.readouterr().err
    assert "waves[1].first_day: 1 is not after 1" in said
    assert "moves[0].seats: 1 days, others have 2" in said


@pytest.mark.parametrize("key", ["waves", "spaces", "moves", "format"])
def test_a_missing_key_is_refused_by_parser_and_schema(key: str) -> None:
    bad = {name: value for name, value in EXAMPLE.items() if name != key}
    with pytest.raises(InvalidInstance, match=key):
        parse_instance(bad)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(bad, schema())


def test_a_hundred_moves_come_near_their_bound_and_repeat_with_one_worker() -> None:
    instance = generate_moves(MoveRecipe(moves=90, waves=12, seed=3))
    one, other = repeated(instance)
    assert one.status in {Status.FEASIBLE, Status.OPTIMAL}
    assert one.best is not None
    assert check_solution(instance, one.best) == []
    assert one.cost is not None
    assert one.bound is not None
    assert one.cost - one.bound <= abs(one.bound) * 0.1
    assert (other.best, other.cost, other.bound) == (one.best, one.cost, one.bound)


def test_moves_solved_in_parts_repeat_with_one_worker() -> None:
    instance = generate_moves(MoveRecipe(moves=160, waves=20, seed=2))
    assert len(instance.moves) * len(instance.waves) > LARGE
    one, other = repeated(instance)
    assert one.best is not None
    assert (other.best, other.cost, other.bound) == (one.best, one.cost, one.bound)


def repeated(instance: Instance) -> tuple[Outcome[Solution], Outcome[Solution]]:
    """Solve twice, under limits on seconds that no busy machine comes near."""
    asked = Params(seconds=60, workers=1, deterministic=0.5)
    return solve_waves(instance, asked)[0], solve_waves(instance, asked)[0]
