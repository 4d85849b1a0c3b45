"""What a run was refused for, read back from the text that is kept of it."""

from __future__ import annotations

from typing import cast

from planner.errors import Problem, Sentence
from planner.sentences import unpacked


def problems_told(text: str | None) -> tuple[Problem, ...]:
    """Return what a run was refused for, line by line as it was joined."""
    if not text:
        return ()
    told = unpacked(text)
    if not isinstance(told, Sentence):
        return tuple(Problem("", line) for line in told.splitlines())
    lines = told.values.values() if "part0" in told.values else (told,)
    return tuple(map(_problem, lines))


def _problem(line: object) -> Problem:
    if isinstance(line, Sentence) and line.values.keys() == {"where", "message"}:
        return Problem(cast("str", line.values["where"]), cast("str", line.values["message"]))
    return Problem("", cast("str", line))
