"""Plans made without a search."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from solver.restack.evaluate import keeps_rules
from solver.restack.problem import Plan

if TYPE_CHECKING:
    from solver.restack.problem import Problem


def do_nothing(problem: Problem) -> Plan | None:
    """Return today's seating with each team's cheapest load, None if it breaks a rule.

    Spaces that nobody uses are freed where freeing them costs nothing.
    """
    parts = []
    for team, options in enumerate(problem.options):
        now = problem.now[team]
        there = np.flatnonzero(now)
        parts.append(tuple((int(options[at]), int(now[at])) for at in there))
    used = {space for team in parts for space, _ in team}
    plan = Plan(
        tuple(parts),
        tuple(int(np.argmin(costs)) for costs in problem.load_costs),
        frozenset(used) | idle_kept(problem),
    )
    return plan if keeps_rules(problem, plan) else None


def idle_kept(problem: Problem) -> frozenset[int]:
    """Return the spaces that a plan keeps even if nobody sits there."""
    kept = problem.must_keep | ((problem.keep < 0) & ~problem.must_free)
    return frozenset(np.flatnonzero(kept).tolist())
