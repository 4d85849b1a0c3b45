"""The two commands: files in, files out, exit statuses."""

from __future__ import annotations

import argparse
import json
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import pytest

from planner.cli import restack
from planner.optimise import bare
from planner.optimise.bare import Outcome, Reason, Status

if TYPE_CHECKING:
    from pathlib import Path

INSTANCE: dict[str, Any] = {
    "format": "planner-restack/1",
    "spaces": [
        {"id": "a", "seats": 9, "building": "x", "level": 1, "keep_cost": 5},
        {"id": "b", "seats": 9, "building": "x", "level": 2, "keep_cost": 4},
    ],
    "teams": [{"id": "t", "loads": [{"by_day": [1, 2, 3]}], "now": {"a": 3}}],
    "place_cost_default": 0,
}


def run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    restack.add_commands(parser.add_subparsers(required=True))
    args = parser.parse_args(words)
    return int(args.func(args))


@pytest.fixture
def instance(tmp_path: Path) -> Path:
    file = tmp_path / "instance.json"
    file.write_text(json.dumps(INSTANCE))
    return file


def test_a_solution_is_written_and_passes_the_check(instance: Path, tmp_path: Path) -> None:
    out = tmp_path / "solution.json"
    assert run("restack", str(instance), "--seconds", "9", "-o", str(out)) == 0
    assert json.loads(out.read_text())["cost"] == 4
    assert run("restack-check", str(instance), str(out)) == 0


def test_a_violation_is_one_line_and_status_1(
    instance: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "solution.json"
    run("restack", str(instance), "--workers", "1", "-o", str(out))
    solution = json.loads(out.read_text())
    solution["kept"] = []
    out.write_text(json.dumps(solution))
    capsys.readouterr()
    assert run("restack-check", str(instance), str(out)) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "kept: team 't' sits in 'b', which is freed"


def test_an_infeasible_instance_is_status_1_and_names_the_conflict(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, out = tmp_path / "instance.json", tmp_path / "solution.json"
    teams = [{"id": "t", "loads": [{"by_day": [10]}]}]
    file.write_text(json.dumps({**INSTANCE, "teams": teams}))
    assert run("restack", str(file), "-o", str(out)) == 1
    assert json.loads(out.read_text())["reasons"] == [
        {"rule": "seats", "teams": [], "spaces": ["a"]},
        {"rule": "seats", "teams": [], "spaces": ["b"]},
        {"rule": "whole", "teams": ["t"], "spaces": []},
    ]
    assert json.loads(out.read_text())["reasons_minimal"] is True
    said = capsys.readouterr().err
    assert "conflict: whole team t" in said
    assert "minimal" not in said
    assert run("restack-check", str(file), str(out)) == 1


def test_rules_that_may_not_all_be_needed_are_no_minimal_conflict(
    instance: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rules = (Reason("seats", (), ("a",)), Reason("whole", ("t",)))
    late = Outcome(Status.INFEASIBLE, None, None, None, 1.0, rules, reasons_minimal=False)
    monkeypatch.setattr(bare, "solve_restack", lambda *_, **__: late)
    out = tmp_path / "solution.json"
    assert run("restack", str(instance), "-o", str(out)) == 1
    said = capsys.readouterr().err
    assert "conflict: seats space a" in said
    assert "these 2 rules conflict, but are not shown to be minimal" in said
    file = bare.parse_solution(json.loads(out.read_text()))
    assert file.reasons == rules
    assert not file.reasons_minimal


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{", "line 1, column 2"),
        ('{"format": 1, "format": 2}', "the key 'format' stands twice"),
        ('{"format": NaN}', "NaN is not a number that JSON knows"),
        ("[" * 100_000, "nested too deeply"),
        ('{"format": "planner-restack/1", "spaces": [], "teams": 3}', "teams: 3 is not a list"),
    ],
)
def test_unusable_input_is_a_sentence_and_status_2(
    text: str, sentence: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, out = tmp_path / "instance.json", tmp_path / "solution.json"
    file.write_text(text)
    assert run("restack", str(file), "-o", str(out)) == 2
    assert sentence in capsys.readouterr().err
    assert not out.exists()


@pytest.mark.parametrize(
    "words", [["--seconds", "0"], ["--workers", "0"], ["--seed", "-1"], ["--seconds", "nan"]]
)
def test_a_senseless_limit_is_status_2(words: list[str], instance: Path) -> None:
    assert run("restack", str(instance), *words) == 2


def test_a_missing_file_and_an_unwritable_one_are_status_2(instance: Path, tmp_path: Path) -> None:
    assert run("restack", str(tmp_path / "none.json")) == 2
    assert run("restack", str(instance), "-o", str(tmp_path / "none" / "out.json")) == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["instance.json"]


def test_one_worker_and_a_seed_write_the_same_plan_again(instance: Path, tmp_path: Path) -> None:
    plans = []
    for name in ("one.json", "two.json"):
        out = tmp_path / name
        run("restack", str(instance), "--workers", "1", "--seed", "3", "-o", str(out))
        plans.append(
            {k: v for k, v in json.loads(out.read_text()).items() if k in {"place", "kept"}}
        )
    assert plans[0] == plans[1]


def test_an_interrupt_ends_the_search_with_the_best_plan(tmp_path: Path) -> None:
    file, out = tmp_path / "instance.json", tmp_path / "solution.json"
    spaces = [
        {"id": f"s{n}", "seats": 97 + n, "building": "x", "level": n, "keep_cost": 1000 + n}
        for n in range(60)
    ]
    teams = [
        {
            "id": f"t{n}",
            "loads": [{"by_day": [7 + n * 13 % 23]}],
            "now": {f"s{n % 60}": 7 + n * 13 % 23},
        }
        for n in range(400)
    ]
    hard = {**INSTANCE, "spaces": spaces, "teams": teams, "place_cost_default": 1}
    file.write_text(json.dumps(hard))
    code = (
        "import argparse, sys; from planner.cli import restack; import planner.optimise.bare;"
        "p = argparse.ArgumentParser();"
        "restack.add_commands(p.add_subparsers()); a = p.parse_args(); print('ready', flush=True);"
        "sys.exit(a.func(a))"
    )
    words = ["restack", str(file), "--seconds", "120", "--workers", "1", "-o", str(out)]
    process = subprocess.Popen(
        [sys.executable, "-c", code, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(2)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=30)
    assert process.returncode == 0, said
    assert run("restack-check", str(file), str(out)) == 0


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "line 1, column 1"),
        (b"[]", "top level: [] is not an object"),
        (b'{"format": "planner-restack/1"', "line 1, column"),
        (b'{"id": "\xe9"}', "byte 8 is not UTF-8 text"),
        ('{"id": 1}'.encode("utf-16"), "is not UTF-8 text"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"a": 1' + b"0" * 5_000 + b"}", "a number of 5001 digits, 100000000000"),
        (b'{"a": 1, "a": 2}', "the key 'a' stands twice in one object"),
        (b'{"a": NaN}', "NaN is not a number that JSON knows"),
    ],
)
def test_a_file_that_is_no_instance_is_told_where_and_ends_in_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, sentence: str
) -> None:
    file = tmp_path / "bad.json"
    file.write_bytes(content)
    assert run("restack", str(file)) == 2
    assert sentence in capsys.readouterr().err


def test_a_place_that_cannot_be_written_is_told_before_the_search(
    instance: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("restack", str(instance), "-o", str(tmp_path)) == 2
    assert run("restack", str(instance), "-o", str(tmp_path / "none" / "out.json")) == 2
    said = capsys.readouterr().err
    assert "is a folder; name a file" in said
    assert "there is no folder" in said
    assert "optimal" not in said


def test_of_very_many_problems_the_first_are_told_and_how_many_more(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "many.json"
    file.write_text(json.dumps({**INSTANCE, "teams": [{}] * 500, "x" * 5_000: 1}))
    assert run("restack", str(file)) == 2
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 201
    assert lines[-1] == "… and 801 problems more"
    assert max(map(len, lines)) < 310
