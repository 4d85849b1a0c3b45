"""The linear relaxation, tightened row by row as its solution breaks what plans keep.

Columns say which share of a team sits in a space with a load. Dropped are whole teams and whole
parts, and what is said of pairs with a divisible team; each only lowers the least cost, so the
optimum is a bound on every plan.
"""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from ortools.math_opt.python import mathopt

from solver.restack.distance import around, farthest, segments_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from solver.restack.problem import Problem

    Floats = NDArray[np.float64]

# Floating-point engines are exact to about 1e-9 here; bounds give away a thousandfold of that.
RELATIVE_MARGIN = 1e-6
VIOLATION = 1e-3
COST_BITS = 14
OPTIMAL = mathopt.TerminationReason.OPTIMAL


def _scale_of(problem: Problem) -> float:
    """Return the power of two by which costs are divided: exact, and kind to the engine.

    Costs of 10^11, as money in minor units has, left the simplex method imprecise.
    """
    largest = max((abs(int(cost)) for cost in problem.keep), default=0)
    return 2.0 ** max(0, largest.bit_length() - COST_BITS)


@dataclass(frozen=True, slots=True)
class Relaxed:
    """A solution of the relaxation.

    Args:
        value: its cost.
        kept: share of each space that is kept, shape (spaces,).
        sits: share of each team in each space, shape (teams, spaces).
    """

    value: float
    kept: Floats
    sits: Floats


class Relaxation:
    """The relaxation of one problem; it only ever gets tighter."""

    def __init__(self, problem: Problem) -> None:
        """State the rows that are always there."""
        self.problem = problem
        self.model = mathopt.Model()
        self.scale = _scale_of(problem)
        self.kept = [
            self.model.add_variable(
                lb=float(problem.must_keep[space]), ub=float(not problem.must_free[space])
            )
            for space in range(problem.n_spaces)
        ]
        self._columns()
        self._seats()
        self._others()
        self._objective = [
            int(cost) / self.scale * kept
            for cost, kept in zip(problem.keep, self.kept, strict=True)
        ]
        self._stated: set[tuple[int, int]] = set()
        self._far: dict[tuple[int, int], mathopt.Variable] = {}
        self._far_values: dict[tuple[int, int], float] = {}
        self._segments = {
            reach: segments_of(problem, reach) for reach in {pair.reach for pair in problem.pairs}
        }
        self.model.minimize(self._cost())
        self._solver: mathopt.IncrementalSolver | None = None
        self.hopeless = False
        self.effort = 0.0

    def _columns(self) -> None:
        """Add a column for each team, load and space."""
        problem = self.problem
        self.x: list[list[list[mathopt.Variable]]] = []
        for team in range(problem.n_teams):
            choices = len(problem.loads[team])
            columns = [
                [self.model.add_variable(lb=0.0) for _ in problem.options[team]]
                for _ in range(choices)
            ]
            self.x.append(columns)
            self.model.add_linear_constraint(
                mathopt.fast_sum([c for row in columns for c in row]) == 1.0
            )
        self._flat = [c for columns in self.x for row in columns for c in row]

    def _seats(self) -> None:
        problem = self.problem
        for day in problem.days_that_bind:
            terms: list[list[object]] = [[] for _ in range(problem.n_spaces)]
            for team, columns in enumerate(self.x):
                for load, row in enumerate(columns):
                    seats = int(problem.loads[team][load, day])
                    if seats:
                        for space, column in zip(problem.options[team], row, strict=True):
                            terms[space].append(seats * column)
            for space, row_terms in enumerate(terms):
                if row_terms:
                    room = int(problem.seats[space, day])
                    self.model.add_linear_constraint(
                        mathopt.fast_sum(row_terms) <= room * self.kept[space]
                    )

    def _others(self) -> None:
        """Add units and the cap on moves."""
        problem = self.problem
        self._bonus = []
        for unit in problem.units:
            freed = self.model.add_variable(lb=0.0, ub=1.0)
            for space in unit.spaces:
                self.model.add_linear_constraint(freed + self.kept[space] <= 1.0)
            self._bonus.append(-unit.bonus / self.scale * freed)
        if problem.cap is None:
            return
        moved = []
        for team, columns in enumerate(self.x):
            whole = int(problem.people[team])
            for row in columns:
                for now, column in zip(problem.now[team], row, strict=True):
                    if problem.smallest[team]:
                        leaving = 0 if now else whole
                    else:
                        leaving = max(0, whole - int(now))
                    if leaving:
                        moved.append(leaving * column)
        self.model.add_linear_constraint(mathopt.fast_sum(moved) <= problem.cap)

    def _cost(self) -> mathopt.LinearBase:
        problem = self.problem
        terms: list[mathopt.LinearBase] = [*self._objective, *self._bonus]
        for team, columns in enumerate(self.x):
            for load_cost, row in zip(problem.load_costs[team], columns, strict=True):
                for cost, column in zip(problem.costs[team], row, strict=True):
                    if cost + load_cost:
                        terms.append(float(cost + load_cost) / self.scale * column)
        return mathopt.fast_sum(terms) + float(problem.offset) / self.scale

    def solve(self, seconds: float) -> Relaxed | None:
        """Return the solution of the relaxation as it stands, None if time ran out."""
        if self._solver is None:
            self._solver = mathopt.IncrementalSolver(self.model, mathopt.SolverType.GLOP)
        limit = dt.timedelta(seconds=max(seconds, 0.05))
        result = self._solver.solve(params=mathopt.SolveParameters(time_limit=limit))
        rows = self.model.get_num_linear_constraints()
        self.effort = float(result.solve_stats.simplex_iterations) * rows
        self.hopeless = result.termination.reason is mathopt.TerminationReason.INFEASIBLE
        if result.termination.reason is not OPTIMAL:
            return None
        return self._read(result)

    def _read(self, result: mathopt.SolveResult) -> Relaxed:
        problem = self.problem
        kept = np.array(result.variable_values(self.kept))
        flat = np.array(result.variable_values(self._flat))
        sits = np.zeros((problem.n_teams, problem.n_spaces))
        at = 0
        for team, columns in enumerate(self.x):
            for row in columns:
                sits[team, problem.options[team]] += flat[at : at + len(row)]
                at += len(row)
        far = result.variable_values(list(self._far.values()))
        self._far_values = dict(zip(self._far, far, strict=True))
        return Relaxed(result.objective_value() * self.scale, kept, sits)

    def bound(self, value: float) -> int:
        """Return the bound that a value of the relaxation proves."""
        return math.ceil(value - RELATIVE_MARGIN * max(1.0, abs(value)))

    def tighten(self, relaxed: Relaxed) -> int:
        """Add rows that the solution breaks; return how many."""
        return self._state_keeping(relaxed) + self._state_distance(relaxed)

    def _state_keeping(self, relaxed: Relaxed) -> int:
        """Add $x_{ts} <= k_s$ where it is broken."""
        problem = self.problem
        teams, spaces = np.nonzero(relaxed.sits > relaxed.kept[None, :] + VIOLATION)
        added = 0
        for team, space in zip(teams.tolist(), spaces.tolist(), strict=True):
            if (team, space) in self._stated:
                continue
            self._stated.add((team, space))
            at = int(np.searchsorted(problem.options[team], space))
            self.model.add_linear_constraint(
                mathopt.fast_sum([row[at] for row in self.x[team]]) <= self.kept[space]
            )
            added += 1
        return added

    def _state_distance(self, relaxed: Relaxed) -> int:
        """Add the cuts of pairs that pay too little."""
        problem = self.problem
        added = 0
        for reach, segments in self._segments.items():
            numbers = [
                number
                for number, pair in enumerate(problem.pairs)
                if pair.reach == reach
                and not problem.smallest[pair.first]
                and not problem.smallest[pair.second]
            ]
            if not numbers:
                continue
            one = relaxed.sits[[problem.pairs[number].first for number in numbers]]
            other = relaxed.sits[[problem.pairs[number].second for number in numbers]]
            for position, segment in enumerate(segments):
                values, members = farthest(segment, one, other)
                for row in np.flatnonzero(values > VIOLATION):
                    inside, nearby = around(segment, members[row])
                    added += self._state_far(
                        numbers[row], (reach, position), inside, nearby, float(values[row])
                    )
        return added

    def _state_far(
        self,
        number: int,
        segment: tuple[int, int],
        inside: tuple[int, ...],
        nearby: tuple[int, ...],
        value: float,
    ) -> int:
        """Add one cut unless it holds already."""
        pair = self.problem.pairs[number]
        key = (number, segment[1])
        far = self._far.get(key)
        if far is None:
            far = self.model.add_variable(lb=0.0)
            self.model.objective.set_linear_coefficient(far, float(pair.penalty) / self.scale)
            self._far[key] = far
        elif value <= self._far_values.get(key, 0.0) + VIOLATION:
            return 0
        self.model.add_linear_constraint(
            mathopt.fast_sum(self._share(pair.first, inside))
            - mathopt.fast_sum(self._share(pair.second, nearby))
            <= far
        )
        return 1

    def _share(self, team: int, spaces: tuple[int, ...]) -> list[mathopt.Variable]:
        options = self.problem.options[team]
        found: list[mathopt.Variable] = []
        for space in spaces:
            at = int(np.searchsorted(options, space))
            if at < len(options) and options[at] == space:
                found.extend(row[at] for row in self.x[team])
        return found
