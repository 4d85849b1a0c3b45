"""The relaxation over whole packings: each kept space takes one set of whole teams that fits.

A linear program over packings is as strong as prices can make the bound, prices of distances
included, and stronger than rows of seats wherever few teams fill a space. Packings are added as
prices ask for them. Measured on 20 spaces and 50 teams: 137,909 after 3 s, where the relaxation by
seats ends at 136,134 and prices of teams alone at 136,870; the best plan costs 138,862.

Source:
    Dantzig and Wolfe (1960), "Decomposition principle for linear programs", Operations Research 8;
    Barnhart et al. (1998), "Branch-and-price", Operations Research 46.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from ortools.math_opt.python import mathopt

from solver.restack.entries import Entries
from solver.restack.interrupt import solve_linear
from solver.restack.nodes import Mixture
from solver.restack.packing import Packer
from solver.restack.relax import OPTIMAL

if TYPE_CHECKING:
    from collections.abc import Callable

    from solver.restack.nodes import Node
    from solver.restack.packing import Table
    from solver.restack.problem import Floats, Ints
    from solver.restack.relax import Relaxation


# Packings of one space that are added at once: the best by seats filled.
MANY = 5
MOST_ITERATIONS = 400
# Prices are followed until what they may still gain is this share of the cost.
TOLERANCE, ZERO = 1e-6, 1e-7
# Work of one step and of one row in one iteration, measured: 25 ms a step on 200 rows.
STEP_WORK, ROW_WORK = 1e-2, 1.2e-7
# A place that nobody offers costs this many times the largest cost.
LARGE = 10.0
PRIMAL, DUAL = mathopt.LPAlgorithm.PRIMAL_SIMPLEX, mathopt.LPAlgorithm.DUAL_SIMPLEX
# Handing over what is zero took half of the time of a call.
WANTED = mathopt.ModelSolveParameters(
    variable_values_filter=mathopt.VariableFilter(skip_zero_values=True),
    dual_values_filter=mathopt.LinearConstraintFilter(skip_zero_values=True),
    reduced_costs_filter=mathopt.VariableFilter(filtered_items=[]),
)


class Master:
    """The linear program over the packings known so far, for one node after the other."""

    def __init__(self, relaxation: Relaxation) -> None:
        """Take the rows of a relaxation but those that packings keep anyway."""
        self.relaxation, self.packer = relaxation, Packer(relaxation)
        self.model = mathopt.Model()
        self._at = {column.id: at for at, column in enumerate(relaxation.columns)}
        objective = relaxation.model.objective
        self._cost = np.array([objective.get_linear_coefficient(c) for c in relaxation.columns])
        self.model.objective.offset = objective.offset
        self._others: dict[int, mathopt.Variable] = {}
        self._entries = Entries(len(self._at))
        self._rows: list[mathopt.LinearConstraint] = []
        self._cuts: list[bool] = []
        self._next = 0
        self._space: list[int] = []
        self._columns: list[Ints] = []
        self._row_of_columns: tuple[Ints, Ints] | None = None
        self.packings: list[mathopt.Variable] = []
        self._usable: list[bool] = []
        self._known: set[tuple[int, bytes]] = set()
        self._take_rows()
        self.kept = [self._other(kept) for kept in relaxation.kept]
        self._state_convexity()
        self._make_up()
        self._solver = mathopt.IncrementalSolver(self.model, mathopt.SolverType.GLOP)

    def _own(self) -> set[int]:
        """Return the rows of the relaxation that packings keep anyway."""
        seats = self.relaxation.rows_of_seats.get(self.packer.day, [])
        return {*self.relaxation.rows_of_keeping, *seats}

    def _other(self, variable: mathopt.Variable) -> mathopt.Variable:
        """Return this program's variable for one of the relaxation's that is no column."""
        mine = self._others.get(variable.id)
        if mine is None:
            mine = self.model.add_variable(lb=variable.lower_bound, ub=variable.upper_bound)
            cost = self.relaxation.model.objective.get_linear_coefficient(variable)
            self.model.objective.set_linear_coefficient(mine, cost)
            self._others[variable.id] = mine
        return mine

    def _take_rows(self) -> int:
        """Take the rows of the relaxation that are not here yet; return how many."""
        model = self.relaxation.model
        added: list[list[tuple[int, float]]] = []
        own = self._own()
        distances = set(self.relaxation.rows_of_distance)
        for number in range(self._next, model.get_next_linear_constraint_id()):
            if number in own or not model.has_linear_constraint(number):
                continue
            row = model.get_linear_constraint(number)
            mine = self.model.add_linear_constraint(lb=row.lower_bound, ub=row.upper_bound)
            added.append([])
            for variable in model.row_nonzeros(row):
                entry, at = row.get_coefficient(variable), self._at.get(variable.id)
                if at is None:
                    mine.set_coefficient(self._other(variable), entry)
                else:
                    added[-1].append((at, entry))
            self._rows.append(mine)
            self._cuts.append(number in distances)
        self._next = model.get_next_linear_constraint_id()
        self._entries.add(added)
        for row, entries in zip(self._rows[len(self._rows) - len(added) :], added, strict=True):
            self._state_packings(row, entries)
        return len(added)

    def _state_packings(
        self, row: mathopt.LinearConstraint, entries: list[tuple[int, float]]
    ) -> None:
        """State the packings known so far in a new row."""
        by_column = np.zeros(len(self._at))
        for at, entry in entries:
            by_column[at] = entry
        by_packing = self._sum(by_column)
        for at in np.flatnonzero(by_packing).tolist():
            row.set_coefficient(self.packings[at], float(by_packing[at]))

    def _state_convexity(self) -> None:
        """Let each kept space take one packing."""
        self._convex = [self.model.add_linear_constraint(lb=0.0, ub=0.0) for _ in self.kept]
        for row, kept in zip(self._convex, self.kept, strict=True):
            row.set_coefficient(kept, -1.0)

    def _make_up(self) -> None:
        """Let what cannot be had be made up, dearly, so that there always is a solution."""
        costs = [abs(term.coefficient) for term in self.model.objective.linear_terms()]
        large = LARGE * max(1.0, *costs, float(np.abs(self._cost).max(initial=0.0)))
        self.made_up: list[mathopt.Variable] = []
        whole = [row for row, cut in zip(self._rows, self._cuts, strict=True) if not cut]
        for row in (*self._convex, *whole):
            for sign, end in ((1.0, row.lower_bound), (-1.0, row.upper_bound)):
                if np.isfinite(end):
                    made = self.model.add_variable(lb=0.0)
                    self.model.objective.set_linear_coefficient(made, large)
                    row.set_coefficient(made, sign)
                    self.made_up.append(made)

    def _add(self, space: int, columns: Ints) -> bool:
        """Add a packing; return whether it is new."""
        key = (space, columns.tobytes())
        if key in self._known:
            return False
        self._known.add(key)
        packing = self.model.add_variable(lb=0.0)
        self.model.objective.set_linear_coefficient(packing, float(self._cost[columns].sum()))
        self._convex[space].set_coefficient(packing, 1.0)
        for row, entry in zip(*self._entries.of(columns), strict=True):
            if entry:
                self._rows[row].set_coefficient(packing, float(entry))
        self._space.append(space)
        self._columns.append(columns)
        self._row_of_columns = None
        self.packings.append(packing)
        self._usable.append(True)
        return True

    def _enter(self, node: Node) -> None:
        """Allow what the node allows."""
        for kept, must, may in zip(self.kept, node.must.tolist(), node.may.tolist(), strict=True):
            kept.lower_bound, kept.upper_bound = float(must), float(may)
        if not self.packings:
            return
        usable = node.may[self._space] & (self._sum(node.barred.astype(np.float64)) == 0)
        for at in np.flatnonzero(usable != np.array(self._usable)).tolist():
            self.packings[at].upper_bound = np.inf if usable[at] else 0.0
            self._usable[at] = bool(usable[at])

    def _sum(self, values: Floats) -> Floats:
        """Return values of columns added up by packing."""
        flat, owner = self._flat
        sums: Floats = np.bincount(
            owner, weights=values[flat], minlength=len(self._columns)
        ).astype(np.float64)
        return sums

    @property
    def _flat(self) -> tuple[Ints, Ints]:
        """Return the columns of all packings in a row, and whose each is."""
        if self._row_of_columns is None:
            sizes = [len(columns) for columns in self._columns]
            flat = np.concatenate(self._columns) if sizes else np.zeros(0, dtype=np.int64)
            self._row_of_columns = flat, np.repeat(np.arange(len(sizes)), sizes)
        return self._row_of_columns

    def solve(
        self, node: Node, cutoff: float, seconds: float, should_stop: Callable[[], bool]
    ) -> Mixture | None:
        """Return the cheapest mixture of packings of a node; None if stopped or out of luck.

        Args:
            node: what is decided.
            cutoff: in the units of the relaxation; the search ends when the bound is there.
            seconds: limit of one step.
            should_stop: asked between steps.
        """
        self._enter(node)
        algorithm, bound, effort = DUAL, -np.inf, 0.0
        for _ in range(MOST_ITERATIONS):
            if should_stop():
                return None
            result = self._linear(algorithm, seconds)
            if result is None:
                return None
            iterations = float(result.solve_stats.simplex_iterations)
            effort += STEP_WORK + ROW_WORK * iterations * len(self._rows) + self.packer.work
            gain, added = self._price(result, node)
            bound = max(bound, result.objective_value() + gain)
            close = -gain <= TOLERANCE * abs(result.objective_value())
            if bound >= cutoff or close or not added:
                break
            algorithm = PRIMAL
        return self._read(result, bound, effort)

    def _linear(self, algorithm: mathopt.LPAlgorithm, seconds: float) -> mathopt.SolveResult | None:
        """Return the solution; where the engine lost its way, it starts anew once."""
        for _ in range(2):
            result = solve_linear(
                self._solver, algorithm, mathopt.Emphasis.OFF, seconds, None, WANTED
            )
            if result is not None and result.termination.reason is OPTIMAL:
                return result
            self._solver = mathopt.IncrementalSolver(self.model, mathopt.SolverType.GLOP)
        return None

    def _price(self, result: mathopt.SolveResult, node: Node) -> tuple[float, int]:
        """Add packings that pay at the prices; return what all could gain at most, and how many."""
        entry, worth = self._prices(result)
        table = self.packer.table(np.where(node.barred, -np.inf, worth))
        best = np.argsort(-table.value, axis=1, kind="stable")[:, :MANY]
        every = np.arange(len(best))
        reduced = np.minimum(-entry - table.value[every, best[:, 0]], 0.0)
        gain, added = float(reduced[node.may].sum()), 0
        for filled in best.T:
            pays = node.may & (-entry - table.value[every, filled] < -ZERO)
            if not pays.any():
                break
            for space, columns in self._packed(table, filled).items():
                if pays[space]:
                    added += self._add(space, columns)
        return gain, added

    def _prices(self, result: mathopt.SolveResult) -> tuple[Floats, Floats]:
        """Return what entering each space costs, and what each column is worth."""
        duals = result.dual_values()
        prices = np.array([duals.get(row, 0.0) for row in self._rows])
        entry = np.array([duals.get(row, 0.0) for row in self._convex])
        return entry, self._entries.priced(prices) - self._cost

    def _packed(self, table: Table, filled: Ints) -> dict[int, Ints]:
        """Return the columns of the packings that fill so many seats, by space."""
        sits: list[list[int]] = [[] for _ in filled]
        for here, columns in self.packer.unpack(table, filled):
            for space, column in zip(np.flatnonzero(here).tolist(), columns.tolist(), strict=True):
                sits[space].append(column)
        return {space: np.array(sorted(at), dtype=np.int64) for space, at in enumerate(sits)}

    def _read(self, result: mathopt.SolveResult, bound: float, effort: float) -> Mixture:
        values = {variable.id: value for variable, value in result.variable_values().items()}
        duals = result.dual_values()
        silent = [row not in duals for row in self._rows]
        idle = np.array(self._cuts, dtype=bool) & np.array(silent, dtype=bool)
        entry, worth = self._prices(result)
        reduced = -self._sum(worth) - entry[np.array(self._space, dtype=np.int64)]
        return replace(self.mixture(values, bound), idle=idle, reduced=reduced, effort=effort)

    def mixture(self, values: dict[int, float], bound: float) -> Mixture:
        """Return what values of the variables say, by number; those of 0 may be left out."""
        weights = np.array([values.get(packing.id, 0.0) for packing in self.packings])
        flat, owner = self._flat
        far = {
            key: values.get(self._others[variable.id].id, 0.0)
            for key, variable in list(self.relaxation.far.items())  # others may add to it
            if variable.id in self._others
        }
        return Mixture(
            bound=bound,
            kept=np.array([values.get(kept.id, 0.0) for kept in self.kept]),
            shares=np.bincount(flat, weights=weights[owner], minlength=len(self._at)).astype(
                np.float64
            ),
            far=far,
        )

    def tighten(self, mixture: Mixture) -> int:
        """Add distances that a mixture breaks, and those that others added; return how many."""
        relaxation = self.relaxation
        value = mixture.bound * relaxation.scale
        relaxed = relaxation.mix(value, mixture.kept, mixture.shares, mixture.far)
        relaxation.tighten(relaxed)
        return self._take_rows()

    def forget(self, mixture: Mixture, cutoff: float) -> None:
        """Drop rows that say nothing here, and packings that no plan below the cutoff has.

        Rows that are broken later come back, as do packings that pay at other prices.
        """
        idle = np.append(mixture.idle, np.zeros(len(self._rows) - len(mixture.idle), dtype=bool))
        for row in np.flatnonzero(idle).tolist():
            self.model.delete_linear_constraint(self._rows[row])
        keep = np.flatnonzero(~idle).tolist()
        self._rows = [self._rows[row] for row in keep]
        self._cuts = [self._cuts[row] for row in keep]
        self._entries.take(~idle)
        dear = mixture.reduced > cutoff - mixture.bound
        for at in np.flatnonzero(dear).tolist():
            self.model.delete_variable(self.packings[at])
            self._known.discard((self._space[at], self._columns[at].tobytes()))
        keep = np.flatnonzero(~dear).tolist()
        self._space = [self._space[at] for at in keep]
        self._columns = [self._columns[at] for at in keep]
        self._row_of_columns = None
        self.packings = [self.packings[at] for at in keep]
        self._usable = [self._usable[at] for at in keep]
