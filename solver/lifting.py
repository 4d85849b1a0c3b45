"""What lifting a rule may save at most, of many rules at once.

All that lifting one rule changes of the relaxation is a few columns and limits. One relaxation
with every column that any rule forbids is solved with those of the rules closed, then again with
those of one rule open after another, each time from the last solution.
"""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from solver.restack.interrupt import Stopped
from solver.restack.problem import compile_instance
from solver.restack.relax import Relaxation

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from solver.restack.instance import Instance
    from solver.restack.problem import Flags, Problem

ROUNDS = 6
# Of the time, what the rows may take before the first rule is looked at.
ROUNDS_SHARE = 0.3
# Choices of a place in all; more take too long to be told apart rule by rule.
LARGEST = 300_000
FOREVER = float("inf")


def bounds_without(
    ruled: Instance,
    free: Instance,
    lifted: Sequence[Instance],
    seconds: float,
    should_stop: Callable[[], bool] | None = None,
) -> list[int | None]:
    """Return a bound on the least cost of each of some instances, None where time was too short.

    Args:
        ruled: the instance with all its rules.
        free: the same without any rule that one of the others lacks.
        lifted: the same without one rule each: teams may sit in more spaces, spaces are no longer
            kept or freed by rule, teams no longer apart, more people may move.
        seconds: for all of them.
        should_stop: ends the work early.
    """
    if len(free.teams) * len(free.spaces) > LARGEST:
        return [None] * len(lifted)
    end = time.monotonic() + seconds

    def stop() -> bool:
        return time.monotonic() >= end or (should_stop is not None and should_stop())

    groups: dict[tuple[object, ...], list[int]] = {}
    for at, one in enumerate(lifted):
        groups.setdefault((one.people_moved_at_most, one.apart), []).append(at)
    found: list[int | None] = [None] * len(lifted)
    for members in sorted(groups.values(), key=len, reverse=True):
        if stop():
            break
        first = lifted[members[0]]
        roomy = replace(free, apart=first.apart, people_moved_at_most=first.people_moved_at_most)
        left = end - time.monotonic()
        try:
            limits = _Limits(roomy, left if len(members) > 1 else left / 2, stop)
        except Stopped:
            break
        limits.tighten(ruled)
        for at in members:
            found[at] = limits.bound(lifted[at])
    return found


class _Limits:
    """A relaxation with every column, of which some are open; `Stopped` while it is stated."""

    def __init__(self, roomy: Instance, seconds: float, stop: Callable[[], bool]) -> None:
        self._problem = compile_instance(roomy)
        self._start, self._seconds, self._stop = time.monotonic(), seconds, stop
        self._relaxation = Relaxation(self._problem, stop)

    def tighten(self, ruled: Instance) -> None:
        """State the rows that the solution with all rules breaks, for some rounds."""
        self._open(compile_instance(ruled))
        for _ in range(ROUNDS):
            relaxed = self._relaxation.solve(self._left, self._stop)
            late = time.monotonic() - self._start > ROUNDS_SHARE * self._seconds
            if relaxed is None or late or not self._relaxation.tighten(relaxed):
                break

    def bound(self, lifted: Instance) -> int | None:
        """Return the bound of an instance, None where there was no time."""
        if self._stop():
            return None
        self._open(compile_instance(lifted))
        relaxed = self._relaxation.solve(self._left, self._stop)
        return None if relaxed is None else self._relaxation.bound(relaxed.value)

    @property
    def _left(self) -> float:
        return self._start + self._seconds - time.monotonic()

    def _open(self, problem: Problem) -> None:
        """Open the columns that an instance has, and hold its spaces as its rules do."""
        relaxation = self._relaxation
        allowed = _allowed(self._problem, problem)
        for column, usable in zip(relaxation.columns, allowed.tolist(), strict=True):
            high = FOREVER if usable else 0.0
            if column.upper_bound != high:
                column.upper_bound = high
        for space, kept in enumerate(relaxation.kept):
            low, high = float(problem.must_keep[space]), float(not problem.must_free[space])
            if (kept.lower_bound, kept.upper_bound) != (low, high):
                kept.lower_bound, kept.upper_bound = low, high


def _allowed(roomy: Problem, problem: Problem) -> Flags:
    """Return which columns of the roomier problem the other one has too: by team, load, option."""
    rows = [
        np.tile(np.isin(wide, own), len(loads))
        for wide, own, loads in zip(roomy.options, problem.options, roomy.loads, strict=True)
    ]
    return np.concatenate(rows) if rows else np.zeros(0, dtype=bool)
