"""The relaxation with whole choices: spaces kept or not, teams in one place, by HiGHS.

The linear engine sees what CP-SAT hardly does, the distances between teams; on forty spaces it
seats three hundred teams within 0.1% of the relaxation, where CP-SAT stays 6% away.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from ortools.math_opt.python import mathopt
from ortools.math_opt.python.result import parse_solve_result
from ortools.math_opt.solvers.highs_pb2 import HighsOptionsProto

from solver.restack.divided import state_parts

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from solver.restack.highs import Engines
    from solver.restack.relax import Relaxation, Relaxed

# The engine looks at its clock between steps of its own, and steps of large models take a while.
OVERRUN = 0.15
# After that the engine is ended, and what it found is lost.
GRACE_SECONDS = 0.5
PROVED = (mathopt.TerminationReason.OPTIMAL, mathopt.TerminationReason.INFEASIBLE)


@dataclass(frozen=True, slots=True)
class Ask:
    """What to solve.

    Args:
        seconds: limit.
        seed: of the engine.
        teams: whether teams sit whole; spaces always do.
        allowed: columns that may be used, None for all.
        below: only solutions that cost less, None for any; a bound holds for these alone.
        row: whether a row says so too: then none that costs more is ever returned. Searches of
            a component whole take two to five times as long with it.
        gap: relative gap at which to stop.
        nodes: limit on the search tree, None for no limit.
        lean: whether to leave out rows of distances that say nothing at the last solution.
        parts: whether to say where parts of divisible teams sit, and how far pairs of them are.
    """

    seconds: float
    seed: int
    teams: bool
    allowed: NDArray[np.bool_] | None = None
    below: int | None = None
    row: bool = True
    gap: float = 0.0
    nodes: int | None = None
    lean: bool = False
    parts: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found: a solution, a bound on all that was asked for, and what ended the search."""

    relaxed: Relaxed | None
    bound: float | None
    infeasible: bool
    proved: bool
    iterations: int
    cut_short: bool


def solve_whole(
    relaxation: Relaxation,
    ask: Ask,
    engines: Engines,
    should_stop: Callable[[], bool] | None,
) -> Answer:
    """Solve a relaxation with whole choices, fixed spaces as they stand."""
    model = mathopt.Model.from_model_proto(relaxation.model.export_model())
    _make_whole(model, relaxation, ask)
    limit = max(0.1, (1.0 - OVERRUN) * ask.seconds)
    parameters = mathopt.SolveParameters(
        time_limit=dt.timedelta(seconds=limit),
        random_seed=ask.seed % 2**31,
        relative_gap_tolerance=ask.gap,
        absolute_gap_tolerance=0.9 / relaxation.scale,
        node_limit=ask.nodes,
        # Beside the row that says the same: nodes are cut off by it before their rows are read.
        highs=options(None if ask.below is None else (ask.below - 0.5) / relaxation.scale),
    )
    proto = engines.solve(
        model.export_model(), parameters.to_proto(), ask.seconds + GRACE_SECONDS, should_stop
    )
    if proto is None:
        return Answer(None, None, infeasible=False, proved=False, iterations=0, cut_short=True)
    result = parse_solve_result(proto, model, validate=False)
    reason = result.termination.reason
    bound = result.termination.objective_bounds.dual_bound * relaxation.scale
    infeasible = reason is mathopt.TerminationReason.INFEASIBLE
    relaxed = None
    if result.has_primal_feasible_solution():
        relaxed = relaxation.read(result, result.objective_value())
    return Answer(
        relaxed=relaxed,
        bound=bound if np.isfinite(bound) and not infeasible else None,
        infeasible=infeasible,
        proved=reason in PROVED,
        iterations=int(result.solve_stats.simplex_iterations),
        cut_short=result.termination.limit is mathopt.Limit.TIME,
    )


def options(below: float | None) -> HighsOptionsProto:
    """Return what the engine is told beside limits: one thread, and what to cut off."""
    told = HighsOptionsProto(int_options={"threads": 1}, string_options={"parallel": "off"})
    if below is not None and np.isfinite(below):
        told.double_options["objective_bound"] = below
    return told


def _make_whole(model: mathopt.Model, relaxation: Relaxation, ask: Ask) -> None:
    if ask.lean:
        duals = relaxation.duals
        for number in relaxation.rows_of_distance:
            if not duals.get(number):
                model.delete_linear_constraint(model.get_linear_constraint(number))
    problem = relaxation.problem
    kept = [model.get_variable(variable.id) for variable in relaxation.kept]
    for variable in kept:
        variable.integer = True
    columns = [model.get_variable(variable.id) for variable in relaxation.columns]
    divisible = problem.smallest[relaxation.team_of] > 0
    for at, column in enumerate(columns):
        column.integer = ask.teams and not divisible[at]
        if ask.allowed is not None and not ask.allowed[at]:
            column.upper_bound = 0.0
    if ask.teams:
        _make_distances_exact(model, relaxation, ask.allowed)
    if ask.parts:
        state_parts(model, relaxation)
    if ask.below is not None and ask.row:
        objective = model.objective.as_linear_expression()
        model.add_linear_constraint(objective <= (ask.below - 1) / relaxation.scale)


def _make_distances_exact(
    model: mathopt.Model, relaxation: Relaxation, allowed: NDArray[np.bool_] | None
) -> None:
    columns = [model.get_variable(variable.id) for variable in relaxation.columns]
    far = {key: model.get_variable(variable.id) for key, variable in relaxation.far.items()}
    usable = np.ones(len(columns), dtype=bool) if allowed is None else allowed
    for key, here, near in relaxation.distance_rows(usable):
        if key not in far:
            far[key] = model.add_variable(lb=0.0)
            penalty = relaxation.problem.pairs[key[0]].penalty
            model.objective.set_linear_coefficient(far[key], penalty / relaxation.scale)
        row = model.add_linear_constraint(ub=0.0)
        row.set_coefficient(far[key], -1.0)
        for at in here:
            row.set_coefficient(columns[at], 1.0)
        for at in near:
            row.set_coefficient(columns[at], -1.0)
