"""`planner bench restack`: what it calls a fault."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from planner.cli.main import main
from solver.bench.peers import Score
from solver.bench.seen import seen_in
from solver.bench.suite import verdict

if TYPE_CHECKING:
    from pathlib import Path


def score(solver: str, cost: int | None, bound: int | None = None, violations: int = 0) -> Score:
    return Score(solver, cost, bound, 1.0, violations)


def test_captured_value_gap_and_share_of_the_greedy_gap_are_counted_from_our_bound() -> None:
    seen = verdict("x", [score("ours", 120, 100), score("nothing", 200), score("greedy", 150)])
    assert seen.captured == {"ours": 0.8, "nothing": 0.0, "greedy": 0.5}
    assert seen.gap == pytest.approx(20 / 120)
    assert seen.closed == 0.6
    assert seen.faults == ()


@pytest.mark.parametrize(
    ("other", "fault"),
    [
        (score("highs", 119, 90), "highs has a plan of 119, ours costs 120"),
        (score("highs", None, 121), "highs has a bound of 121, ours beats it"),
        (score("highs", 130, 90, 2), "highs: the plan breaks 2 rules"),
    ],
)
def test_a_better_peer_a_beaten_bound_and_a_broken_rule_are_faults(
    other: Score, fault: str
) -> None:
    assert verdict("x", [score("ours", 120, 100), other]).faults == (fault,)


def test_a_size_that_is_none_is_refused_with_those_there_are(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["bench", "restack", "--sizes", "9x9"]) == 2
    assert "no size 9x9; there are 10x60" in capsys.readouterr().err


def test_every_bound_is_compared_with_the_plans_of_earlier_runs_and_every_plan_with_their_bounds(
    tmp_path: Path,
) -> None:
    file = tmp_path / "runs" / "seen.json"
    seen = seen_in(file)
    seen.take("d", "x", [score("ours", 120, 100), score("highs", 130, 105)])
    seen.take("d", "x", [score("ours", 118, 90), replace(score("greedy", 7), violations=1)])
    seen.write(file)
    again = seen_in(file)
    assert again.known == {"d": {"case": "x", "cost": 118, "bound": 105}}
    assert list(again.faults("d", [score("ours", 118, 118), score("greedy", 105)])) == []
    assert list(again.faults("d", [score("ours", 119, 119)])) == [
        "ours has a bound of 119, a plan of an earlier run costs 118"
    ]
    assert list(again.faults("d", [score("greedy", 104)])) == [
        "greedy has a plan of 104, below a bound of 105 of an earlier run"
    ]
    assert list(again.faults("other", [score("ours", 1, 1)])) == []


def test_a_plan_of_an_earlier_run_that_beats_a_bound_fails_the_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "seen.json"
    words = ("--sizes", "10x60", "--seeds", "1", "--seconds", "0.5", "--solvers", "nothing")
    assert bench(*words, "--seen", str(file)) == 0
    known = seen_in(file)
    (one,) = known.known.values()
    one["cost"] = 1
    known.write(file)
    assert bench(*words, "--seen", str(file)) == 1
    assert "a plan of an earlier run costs 1" in capsys.readouterr().out
    file.write_text("[]")
    assert bench(*words, "--seen", str(file)) == 2


def bench(*words: str) -> int:
    return main(["bench", "restack", *words])
