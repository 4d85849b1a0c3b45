"""`planner bench restack`: what it calls a fault."""

from __future__ import annotations

import pytest

from planner.cli.main import main
from solver.bench.peers import Score
from solver.bench.suite import verdict


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
