"""The linear relaxation, tightened row by row as its solution breaks what plans keep.

Columns say which share of a team sits in a space with a load. Dropped are whole teams and whole
parts; that only lowers the least cost, so the optimum is a bound on every plan.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from ortools.math_opt.python import mathopt

from solver.restack.distance import around, farthest, segments_of
from solver.restack.interrupt import go_on, solve_linear
from solver.restack.margin import RELATIVE_MARGIN, gross_margin, scale_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from solver.restack.problem import Flags, Floats, Problem

VIOLATION = 1e-3
WORK_PER_ROW_ITERATION = 4e-8  # in the units of CP-SAT
OPTIMAL = mathopt.TerminationReason.OPTIMAL


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


def _values(result: mathopt.SolveResult, variables: Sequence[mathopt.Variable]) -> list[float]:
    """Return values by number, so that a solution of a copy of the model reads as well."""
    by_number = {variable.id: value for variable, value in result.variable_values().items()}
    return [by_number.get(variable.id, 0.0) for variable in variables]


class Relaxation:
    """The relaxation of one problem; it only ever gets tighter."""

    def __init__(self, problem: Problem, should_stop: Callable[[], bool] | None = None) -> None:
        """State the rows that are always there, 2 s of work for 90,000 columns, or be `Stopped`."""
        self.problem = problem
        self._told = should_stop
        self.model = mathopt.Model()
        self.scale, self.slack = scale_of(problem), gross_margin(problem)
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
        self.far_values: dict[tuple[int, int], float] = {}
        self._segments = {
            reach: segments_of(problem, reach) for reach in {pair.reach for pair in problem.pairs}
        }
        self._segment_of = {
            reach: {
                space: at
                for at, segment in enumerate(segments)
                for group in segment.groups
                for space in group
            }
            for reach, segments in self._segments.items()
        }
        self.model.minimize(self._cost())
        self._solver: mathopt.IncrementalSolver | None = None
        self.hopeless, self.effort = False, 0.0
        self.algorithm: mathopt.LPAlgorithm = mathopt.LPAlgorithm.PRIMAL_SIMPLEX
        self.presolve = mathopt.Emphasis.OFF
        self._result: mathopt.SolveResult | None = None
        self.reduced = np.zeros(len(self._flat))
        self.shares = np.zeros(len(self._flat))

    def _columns(self) -> None:
        """Add a column for each team, load and space."""
        problem = self.problem
        self.x: list[list[list[mathopt.Variable]]] = []
        self.rows_of_teams: list[int] = []
        self.rows_of_seats: dict[int, list[int]] = {}
        self.rows_of_keeping: list[int] = []
        self.rows_of_distance: list[int] = []
        for team in range(problem.n_teams):
            go_on(self._told)
            choices = len(problem.loads[team])
            columns = [
                [self.model.add_variable(lb=0.0) for _ in problem.options[team]]
                for _ in range(choices)
            ]
            self.x.append(columns)
            self.rows_of_teams.append(
                self.model.add_linear_constraint(
                    mathopt.fast_sum([c for row in columns for c in row]) == 1.0
                ).id
            )
        self._flat = [c for columns in self.x for row in columns for c in row]
        sizes = [len(columns) * len(columns[0]) for columns in self.x]
        self.team_of = np.repeat(np.arange(problem.n_teams), np.array(sizes, dtype=np.int64))
        self.space_of = np.concatenate(
            [np.tile(o, len(x)) for o, x in zip(problem.options, self.x, strict=True)]
            or [np.zeros(0, dtype=np.int64)]
        )
        ends = np.cumsum(sizes)
        self.columns_of = [np.arange(e - n, e) for e, n in zip(ends, sizes, strict=True)]

    @property
    def columns(self) -> Sequence[mathopt.Variable]:
        """Return the columns of teams: by team, then load, then option."""
        return self._flat

    def _seats(self) -> None:
        problem = self.problem
        self._seat_rows: list[tuple[mathopt.LinearConstraint, int, int]] = []
        for day in problem.days_that_bind:
            terms: list[list[object]] = [[] for _ in range(problem.n_spaces)]
            for team, columns in enumerate(self.x):
                go_on(self._told)
                for load, row in enumerate(columns):
                    seats = int(problem.loads[team][load, day])
                    if seats:
                        for space, column in zip(problem.options[team], row, strict=True):
                            terms[space].append(seats * column)
            for space, row_terms in enumerate(terms):
                if row_terms:
                    room = int(problem.seats[space, day])
                    row = self.model.add_linear_constraint(
                        mathopt.fast_sum(row_terms) <= room * self.kept[space]
                    )
                    self._seat_rows.append((row, space, room))
                    self.rows_of_seats.setdefault(day, []).append(row.id)

    def leave_free(self, share: float) -> None:
        """Leave that share of the seats of each space free; 0 takes it back."""
        for row, space, room in self._seat_rows:
            row.set_coefficient(self.kept[space], -math.floor(room * (1.0 - share)))

    def fix(self, kept: Mapping[int, bool]) -> None:
        """Fix spaces as kept or freed, and no others."""
        problem = self.problem
        for space, variable in enumerate(self.kept):
            low, high = bool(problem.must_keep[space]), not problem.must_free[space]
            low, high = (low or kept[space], high and kept[space]) if space in kept else (low, high)
            variable.lower_bound, variable.upper_bound = float(low), float(high)

    def _apart(self) -> None:
        problem = self.problem
        for first, second in problem.apart:
            for space in np.intersect1d(problem.options[first], problem.options[second]).tolist():
                both = self._share(first, (space,)) + self._share(second, (space,))
                if not problem.smallest[first] and not problem.smallest[second]:
                    self.model.add_linear_constraint(mathopt.fast_sum(both) <= self.kept[space])

    def _others(self) -> None:
        """Add teams apart, units and the cap on moves."""
        problem = self.problem
        self._apart()
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

    def solve(
        self, seconds: float, should_stop: Callable[[], bool] | None = None
    ) -> Relaxed | None:
        """Return the solution as the relaxation stands, None if it has none or time ran out."""
        if any(kept.lower_bound > kept.upper_bound for kept in self.kept):
            self.hopeless = True
            return None
        if self._solver is None:
            self._solver = mathopt.IncrementalSolver(self.model, mathopt.SolverType.GLOP)
        result = solve_linear(self._solver, self.algorithm, self.presolve, seconds, should_stop)
        self.hopeless, self.effort = False, 0.0
        if result is None:
            self._solver = None
            return None
        rows = self.model.get_num_linear_constraints()
        self.effort = float(result.solve_stats.simplex_iterations) * rows
        self.hopeless = result.termination.reason is mathopt.TerminationReason.INFEASIBLE
        if result.termination.reason is not OPTIMAL:
            return None
        self.reduced = np.array(result.reduced_costs(self._flat)) * self.scale
        self._result = result
        return self.read(result, result.objective_value())

    @property
    def duals(self) -> dict[int, float]:
        """Return the prices of the rows, by their numbers, at the last solution."""
        if self._result is None:
            return {}
        return {row.id: value for row, value in self._result.dual_values().items()}

    def read(self, result: mathopt.SolveResult, value: float) -> Relaxed:
        """Return a solution of this model, or of a copy of it; later cuts start from it."""
        kept = np.array(_values(result, self.kept))
        shares = np.array(_values(result, self._flat))
        far = dict(zip(self._far, _values(result, list(self._far.values())), strict=True))
        return self.mix(value * self.scale, kept, shares, far)

    def mix(
        self, value: float, kept: Floats, shares: Floats, far: dict[tuple[int, int], float]
    ) -> Relaxed:
        """Return a solution by the shares of columns; later cuts start from it."""
        problem = self.problem
        sits = np.zeros((problem.n_teams, problem.n_spaces))
        np.add.at(sits, (self.team_of, self.space_of), shares)
        self.shares, self.far_values = shares, far
        return Relaxed(value, kept, sits)

    def loads(self) -> tuple[int, ...]:
        """Return the load that each team mostly has in the solution read last."""
        chosen = []
        at = 0
        for columns in self.x:
            width = len(columns[0])
            shares = self.shares[at : at + width * len(columns)].reshape(len(columns), width)
            chosen.append(int(np.argmax(shares.sum(axis=1))))
            at += shares.size
        return tuple(chosen)

    @property
    def far(self) -> Mapping[tuple[int, int], mathopt.Variable]:
        """Return the variables that say how far a pair is, by pair and segment."""
        return self._far

    def bound(self, value: float) -> int:
        """Return the bound that a value of the relaxation proves."""
        return math.ceil(value - max(RELATIVE_MARGIN * max(1.0, abs(value)), self.slack))

    def tighten(self, relaxed: Relaxed) -> int:
        """Add rows that the solution breaks; return how many."""
        return self._state_keeping(relaxed) + self._state_distance(relaxed)

    def state_all_keeping(self) -> None:
        """Add $x_{ts} <= k_s$ everywhere, as a plain model has it."""
        for team, options in enumerate(self.problem.options):
            for space in options.tolist():
                self._state_keeping_of(team, space)

    def _state_keeping(self, relaxed: Relaxed) -> int:
        """Add $x_{ts} <= k_s$ where it is broken."""
        broken = np.argwhere(relaxed.sits > relaxed.kept[None, :] + VIOLATION)
        return sum(self._state_keeping_of(team, space) for team, space in broken.tolist())

    def _state_keeping_of(self, team: int, space: int) -> int:
        """Add the row of a team and a space; return 1 if it is new, else 0."""
        if (team, space) in self._stated:
            return 0
        self._stated.add((team, space))
        at = int(np.searchsorted(self.problem.options[team], space))
        row = self.model.add_linear_constraint(
            mathopt.fast_sum([load[at] for load in self.x[team]]) <= self.kept[space]
        )
        self.rows_of_keeping.append(row.id)
        return 1

    def _state_distance(self, relaxed: Relaxed) -> int:
        """Add the cuts of pairs that pay too little."""
        problem, parts = self.problem, self.problem.most_parts
        added = 0
        for reach, segments in self._segments.items():
            numbers = [at for at, pair in enumerate(problem.pairs) if pair.reach == reach]
            firsts = [problem.pairs[number].first for number in numbers]
            seconds = [problem.pairs[number].second for number in numbers]
            one = relaxed.sits[firsts] * parts[firsts, None]
            other = relaxed.sits[seconds] * parts[seconds, None]
            for position, segment in enumerate(segments):
                values, members = farthest(segment, one, other)
                values -= parts[firsts] - 1.0
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
        r"""Add one cut unless it holds already.

        Of a team of N in parts of a or more, $N/a$ times its share in some spaces is at least 1
        where a part sits in them: $f \ge 1 - (N/a)_t (1 - x_t(A)) - (N/a)_u x_u(N(A))$.
        """
        pair = self.problem.pairs[number]
        key = (number, segment[1])
        far = self._far.get(key)
        if far is None:
            far = self.model.add_variable(lb=0.0)
            self.model.objective.set_linear_coefficient(far, float(pair.penalty) / self.scale)
            self._far[key] = far
        elif value <= self.far_values.get(key, 0.0) + VIOLATION:
            return 0
        first, second = self.problem.most_parts[[pair.first, pair.second]].tolist()
        row = self.model.add_linear_constraint(
            first * mathopt.fast_sum(self._share(pair.first, inside))
            - second * mathopt.fast_sum(self._share(pair.second, nearby))
            <= far + (first - 1.0)
        )
        self.rows_of_distance.append(row.id)
        return 1

    def distance_rows(
        self, allowed: Flags
    ) -> Iterator[tuple[tuple[int, int], list[int], list[int]]]:
        """Yield what makes distances of whole teams exact: a row for each pair and space.

        Args:
            allowed: columns in use.

        Yields:
            The key of the far variable, and the numbers of the columns that seat the first team
            in one space and the second one near it.
        """
        problem = self.problem
        usable = [at[allowed[at]] for at in self.columns_of]
        for number, pair in enumerate(problem.pairs):
            if problem.smallest[pair.first] or problem.smallest[pair.second]:
                continue
            one, other = usable[pair.first], usable[pair.second]
            close = problem.close[pair.reach][np.ix_(self.space_of[one], self.space_of[other])]
            for space in np.unique(self.space_of[one]).tolist():
                here = self.space_of[one] == space
                near = other[close[here][0]]
                if len(near) < len(other):
                    key = (number, self._segment_of[pair.reach][space])
                    yield key, one[here].tolist(), near.tolist()

    def _share(self, team: int, spaces: tuple[int, ...]) -> list[mathopt.Variable]:
        options = self.problem.options[team]
        found: list[mathopt.Variable] = []
        for space in spaces:
            at = int(np.searchsorted(options, space))
            if at < len(options) and options[at] == space:
                found.extend(row[at] for row in self.x[team])
        return found
