"""The checker refuses every seeded corruption of a sound plan."""

from __future__ import annotations

import copy
import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from restack_strategies import instances

from solver.errors import InvalidInstance
from solver.outcome import Reason, Status
from solver.params import Params
from solver.restack.check import check_file, check_solution
from solver.restack.instance import Instance, Load, Near, Space, Team, Unit
from solver.restack.solution import Solution, parse_solution, solution_to_json
from solver.run import solve_restack

ONE = Params(seconds=60, workers=1, seed=1)
HOUSE = Instance(
    spaces=(
        Space("a", 10, "x", 1, 5, frozenset({"public"}), must_keep=True),
        Space("b", 10, "x", 2, 5),
        Space("c", 10, "y", 1, 5, must_free=True),
        Space("d", 10, "y", 2, 5),
    ),
    teams=(
        Team("t", (Load((4, 5)), Load((5, 4), 2)), frozenset({"public"}), {"a": 5}),
        Team("u", (Load((6, 2)),), frozenset(), {"b": 8}, 3),
        Team("v", (Load((3, 3)),), frozenset(), {"b": 3}),
        Team("w", (Load((1, 1)),), frozenset(), {"d": 1}),
    ),
    units=(Unit("y", ("c", "d"), 4),),
    place_cost={"t": {"a": 0}, "u": {"a": 6, "b": 0, "d": 9}, "v": {"a": 5, "b": 0, "d": 2}},
    place_cost_default=1,
    near=(Near("t", "v", "space", 3),),
    apart=(("t", "w"),),
    fixed={"v": "b"},
    held={"u": {"a": 3}},
    people_moved_at_most=4,
)
SOUND = Solution(
    place={"t": {"a": 5}, "u": {"a": 3, "b": 5}, "v": {"b": 3}, "w": {"b": 1}},
    load={"t": 0, "u": 0, "v": 0, "w": 0},
    kept=("a", "b"),
    cost=5 + 5 - 4 + 0 + 3 + 0 + 0 + 1 + 3,
)


def test_the_sound_plan_is_sound() -> None:
    assert check_solution(HOUSE, SOUND) == []


@pytest.mark.parametrize(
    ("rule", "change"),
    [
        ("cost", {"cost": SOUND.cost - 1}),
        ("seated", {"place": {**SOUND.place, "w": {}}}),
        ("seated", {"place": {k: v for k, v in SOUND.place.items() if k != "w"}}),
        ("team", {"place": {**SOUND.place, "z": {"a": 1}}}),
        ("space", {"place": {**SOUND.place, "w": {"z": 1}}}),
        ("space", {"kept": ("a", "b", "z")}),
        ("kept", {"kept": ("a", "b", "b")}),
        ("kept", {"kept": ("a",)}),
        ("must_keep", {"kept": ("b",)}),
        ("must_free", {"kept": ("a", "b", "c")}),
        ("load", {"load": {**SOUND.load, "t": 2}}),
        ("load", {"load": {"t": 0, "u": 0, "v": 0}}),
        ("people", {"place": {**SOUND.place, "u": {"a": 3, "b": 4}}}),
        ("part", {"place": {**SOUND.place, "u": {"a": 2, "b": 6}}}),
        ("part", {"place": {**SOUND.place, "w": {"b": 1, "d": 0}}}),
        ("whole", {"place": {**SOUND.place, "v": {"a": 1, "b": 2}}}),
        ("needs", {"place": {**SOUND.place, "t": {"b": 5}}}),
        ("fixed", {"place": {**SOUND.place, "v": {"a": 3}}}),
        ("fixed", {"place": {**SOUND.place, "u": {"b": 8}}}),
        ("apart", {"place": {**SOUND.place, "w": {"a": 1}}}),
        ("seats", {"place": {**SOUND.place, "u": {"b": 8}, "t": {"b": 5}}}),
        ("churn", {"place": {**SOUND.place, "u": {"a": 4, "b": 4}}}),
    ],
)  # fmt: skip
def test_a_corrupted_plan_is_refused(rule: str, change: dict[str, Any]) -> None:
    corrupted = replace(SOUND, **change)
    assert rule in {violation.rule for violation in check_solution(HOUSE, corrupted)}


def test_a_forbidden_pair_is_refused() -> None:
    strict = replace(HOUSE, place_cost_default=None)
    assert "place" in {violation.rule for violation in check_solution(strict, SOUND)}


def solved() -> dict[str, Any]:
    outcome = solve_restack(HOUSE, ONE)
    return json.loads(json.dumps(solution_to_json(outcome, ONE)))


@pytest.mark.parametrize(
    ("rule", "change"),
    [
        ("bound", {"bound": 10**6}),
        ("status", {"bound": -(10**6)}),
        ("status", {"bound": None}),
        ("status", {"status": "infeasible"}),
        ("status", {"status": "out_of_time"}),
        ("cost", {"cost": 0}),
    ],
)
def test_a_false_claim_is_refused(rule: str, change: dict[str, Any]) -> None:
    file = parse_solution({**solved(), **change})
    assert rule in {violation.rule for violation in check_file(HOUSE, file)}


def test_a_solution_file_survives_a_round_trip() -> None:
    document = solved()
    file = parse_solution(document)
    assert file.status is Status.OPTIMAL
    assert check_file(HOUSE, file) == []
    nothing = dict.fromkeys(("cost", "place", "load", "kept"))
    for status in ("feasible", "optimal"):
        lost = parse_solution({**document, **nothing, "status": status})
        assert [violation.rule for violation in check_file(HOUSE, lost)] == ["status"]
    empty = {**nothing, "bound": None, "log": [], "status": "infeasible"}
    lost = parse_solution({**document, **empty})
    assert lost.plan is None
    assert check_file(HOUSE, lost) == []
    assert {one.rule for one in check_file(HOUSE, replace(lost, bound=3))} == {"bound"}
    for reason in (Reason("gravity"), Reason("whole", ("nobody",)), Reason("seats", (), ("x",))):
        told = check_file(HOUSE, replace(lost, reasons=(reason,)))
        assert {one.rule for one in told} == {"reasons"}


def test_a_log_that_contradicts_itself_or_the_plan_is_refused() -> None:
    cost = solved()["cost"]
    sound = [[0.0, cost + 9, None], [0.1, cost + 9, cost - 5], [0.2, cost, cost]]
    file = parse_solution({**solved(), "seconds": 0.3, "log": sound})
    assert check_file(HOUSE, file) == []
    for at, row in (
        (0, [0.0, cost - 1, None]),
        (1, [0.1, cost + 10, cost - 5]),
        (1, [0.1, None, cost - 5]),
        (1, [0.1, cost + 9, cost + 1]),
        (1, [9.0, cost + 9, cost - 5]),
        (2, [0.0, cost, cost]),
        (2, [0.2, cost, cost - 6]),
        (2, [0.2, cost + 1, cost]),
    ):
        log = [tuple(row) if at == number else tuple(one) for number, one in enumerate(sound)]
        told = check_file(HOUSE, replace(file, log=tuple(log)))
        assert {one.rule for one in told} == {"log"}


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"place": None}, "place: null, though other parts of a plan are given"),
        ({"status": "done"}, "status: 'done' is none of optimal"),
        ({"status": []}, "status: [] is none of optimal"),
        ({"format": "x"}, "format: 'x' is not"),
        ({"kept": ["a", "a"]}, "kept[1]: 'a' stands there twice"),
        ({"log": [[1, 2]]}, "log[0]: [1, 2] is not [seconds, cost, bound]"),
        ({"seconds": "1"}, "seconds: '1' is not a number of seconds"),
        ({"place": {"t": {"a": -1}}}, "place.t.a: -1 is below 0"),
    ],
)
def test_a_malformed_solution_is_refused(change: dict[str, Any], sentence: str) -> None:
    with pytest.raises(InvalidInstance) as refused:
        parse_solution({**solved(), **change})
    assert sentence in str(refused.value)


@settings(deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(instances(), st.data())
def test_a_person_taken_from_anywhere_is_missed(instance: Instance, data: st.DataObject) -> None:
    best = solve_restack(instance, ONE).best
    if best is None:
        return
    place = copy.deepcopy(dict(best.place))
    team = data.draw(st.sampled_from(sorted(place)))
    parts = dict(place[team])
    space = data.draw(st.sampled_from(sorted(parts)))
    parts[space] += data.draw(st.sampled_from([-1, 1]))
    place[team] = parts
    assert check_solution(instance, replace(best, place=place))
