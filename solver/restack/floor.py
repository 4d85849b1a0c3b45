"""A bound that needs no engine: what every plan pays at the very least."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solver.restack.problem import Problem


def least_cost(problem: Problem) -> int:
    r"""Return a cost that no plan of a problem is below, in well under a second at any size.

    Each team pays its cheapest place and load; of the spaces, shares are kept that seat everybody
    on the day that asks for most, the cheapest per seat first, and every unit earns its bonus
    that no rule denies it. Distances cost nothing.
    """
    cost = problem.offset
    needed = np.zeros(problem.n_days, dtype=np.int64)
    for team in range(problem.n_teams):
        costs, loads = problem.costs[team], problem.loads[team]
        cost += int(problem.load_costs[team].min())
        cost += int(costs.min()) if costs.size else 0
        needed += loads.min(axis=0)
    for unit in problem.units:
        if not problem.must_keep[list(unit.spaces)].any():
            cost -= int(unit.bonus)
    kept = max((_kept(problem, day, int(needed[day])) for day in range(problem.n_days)), default=0)
    return cost + kept


def _kept(problem: Problem, day: int, needed: int) -> int:
    """Return the least cost of keeping shares of spaces that seat so many on a day."""
    cost, left = Fraction(0), needed
    rest = []
    for space in range(problem.n_spaces):
        if problem.must_free[space]:
            continue
        keep, seats = int(problem.keep[space]), int(problem.seats[space, day])
        if problem.must_keep[space] or keep <= 0:
            cost += keep
            left -= seats
        elif seats > 0:
            rest.append((Fraction(keep, seats), seats))
    for price, seats in sorted(rest):
        if left <= 0:
            break
        taken = min(seats, left)
        cost += price * taken
        left -= taken
    return -(-cost.numerator // cost.denominator)
