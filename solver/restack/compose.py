"""Composing a plan of packings that are known: each kept space takes one, each team is in one.

Measured on 20 spaces and 50 teams: 138,437 within half a minute, where searches by swaps and by
sets of spaces stay at 138,862 after a minute. Distances that no row states yet are not seen.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ortools.math_opt.python import mathopt
from ortools.math_opt.python.result import parse_solve_result

from solver.restack.whole import GRACE_SECONDS, OVERRUN, options

if TYPE_CHECKING:
    from solver.restack.choose import Run
    from solver.restack.columns import Master


@dataclass(frozen=True, slots=True)
class Composed:
    """What was composed.

    Args:
        values: how much of each variable of the program is used; None if nothing was found.
        iterations: that it took.
        cut_short: whether the clock ended it.
    """

    values: dict[int, float] | None
    iterations: int
    cut_short: bool


def compose(master: Master, cutoff: float, run: Run, seconds: float, nodes: int | None) -> Composed:
    """Look for the best plan of the packings known so far.

    Args:
        master: with the packings.
        cutoff: only plans below it are looked for, in the units of the relaxation.
        run: what may be used.
        seconds: limit.
        nodes: limit on the search tree, None for no limit.
    """
    model = mathopt.Model.from_model_proto(master.model.export_model())
    for packing in master.packings:
        model.get_variable(packing.id).upper_bound = 1.0
    for variable in (*master.packings, *master.kept):
        model.get_variable(variable.id).integer = True
    for variable in master.made_up:
        model.get_variable(variable.id).upper_bound = 0.0
    parameters = mathopt.SolveParameters(
        time_limit=dt.timedelta(seconds=(1.0 - OVERRUN) * seconds),
        random_seed=run.seed % 2**31,
        node_limit=nodes,
        highs=options(cutoff),
    )
    proto = run.engines.solve(
        model.export_model(), parameters.to_proto(), seconds + GRACE_SECONDS, run.should_stop
    )
    if proto is None:
        return Composed(None, 0, cut_short=True)
    result = parse_solve_result(proto, model, validate=False)
    values = None
    if result.has_primal_feasible_solution():
        values = {variable.id: value for variable, value in result.variable_values().items()}
    late = result.termination.limit is mathopt.Limit.TIME
    return Composed(values, int(result.solve_stats.simplex_iterations), late)
