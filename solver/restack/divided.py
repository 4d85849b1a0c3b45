"""Divisible teams in a linear model with whole choices: where a part sits, who is near whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from ortools.math_opt.python import mathopt

if TYPE_CHECKING:
    from solver.restack.problem import Pair, Problem
    from solver.restack.relax import Relaxation

Places = dict[int, mathopt.LinearBase]


def state_parts(model: mathopt.Model, relaxation: Relaxation) -> None:
    r"""Say of divisible teams that a part is large enough, and what their distances cost.

    With $z_{ts} \in \{0, 1\}$ where a part of t sits in s,
    $a_t z_{ts} \le N_t x_{ts} \le N_t z_{ts}$; a pair meets in s where $m_s \le z_{ts}$ and
    $m_s \le \sum_r z_{ur}$ over the spaces r near s, and is far by at least $1 - \sum_s m_s$. All
    parts have one load. Left out is only what parts are rounded up by.

    Args:
        model: a copy of that of the relaxation.
        relaxation: names its columns.
    """
    problem = relaxation.problem
    where = [_shares(model, relaxation, team) for team in range(problem.n_teams)]
    for team in np.flatnonzero(problem.smallest).tolist():
        least = float(problem.smallest[team] / problem.people[team])
        for space, share in where[team].items():
            sits = model.add_binary_variable()
            model.add_linear_constraint(share <= sits)
            model.add_linear_constraint(share >= least * sits)
            where[team][space] = sits
        _state_load(model, relaxation, team)
    for number, pair in enumerate(problem.pairs):
        if problem.smallest[pair.first] or problem.smallest[pair.second]:
            for (other, _), variable in relaxation.far.items():
                if other == number:
                    model.objective.set_linear_coefficient(model.get_variable(variable.id), 0.0)
            far = _far(model, problem, pair, where)
            model.objective.set_linear_coefficient(far, pair.penalty / relaxation.scale)


def _state_load(model: mathopt.Model, relaxation: Relaxation, team: int) -> None:
    """Let all parts of a team have the same load."""
    rows = relaxation.x[team]
    if len(rows) == 1:
        return
    for row in rows:
        chosen = model.add_binary_variable()
        shares = mathopt.fast_sum([model.get_variable(column.id) for column in row])
        model.add_linear_constraint(shares == chosen)


def _shares(model: mathopt.Model, relaxation: Relaxation, team: int) -> Places:
    """Return the share of a team in each of its spaces, whatever its load."""
    rows = [[model.get_variable(column.id) for column in row] for row in relaxation.x[team]]
    return {
        space: mathopt.fast_sum(loads)
        for space, *loads in zip(relaxation.problem.options[team].tolist(), *rows, strict=True)
    }


def _far(
    model: mathopt.Model, problem: Problem, pair: Pair, where: list[Places]
) -> mathopt.Variable:
    """Return how far a pair is, at least."""
    close = problem.close[pair.reach]
    meeting = []
    for space, here in where[pair.first].items():
        near = [there for other, there in where[pair.second].items() if close[space, other]]
        if near:
            meets = model.add_variable(lb=0.0)
            model.add_linear_constraint(meets <= here)
            model.add_linear_constraint(meets <= mathopt.fast_sum(near))
            meeting.append(meets)
    far = model.add_variable(lb=0.0)
    model.add_linear_constraint(far + mathopt.fast_sum(meeting) >= 1.0)
    return far
