"""Choosing spaces along the relaxation, and seating everyone in those that were chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from ortools.math_opt.python import mathopt

from solver.restack.construct import idle_kept
from solver.restack.coarse import only_kept
from solver.restack.exact import Limits, solve_exactly
from solver.restack.problem import Plan
from solver.restack.whole import Ask, solve_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from solver.restack.relax import Relaxation, Relaxed

HALF = 0.5
WHOLE = 1e-6
# Places beside those of the fractional solution that a team may take, cheapest first: when spaces
# are chosen, and when teams are seated in those chosen.
CHOICES, PLACES = 6, 5
CHOICE_GAP, SEAT_GAP = 2e-3, 5e-4
NODES = 200
# After rows are added the primal simplex is quicker, after spaces are fixed the dual one.
PRIMAL, DUAL = mathopt.LPAlgorithm.PRIMAL_SIMPLEX, mathopt.LPAlgorithm.DUAL_SIMPLEX
DIVIDE_WORK = 1.5


class Run:
    """What a choice may use, and what it has used."""

    def __init__(
        self, left: Callable[[], float], should_stop: Callable[[], bool], seed: int
    ) -> None:
        """Take the clock and what ends the run."""
        self.left = left
        self.should_stop = should_stop
        self.seed = seed
        self.effort = 0.0

    def relax(self, relaxation: Relaxation) -> Relaxed | None:
        """Return the solution of a relaxation, None if it has none or time ran out."""
        relaxed = relaxation.solve(self.left(), self.should_stop)
        self.effort += relaxation.effort
        return relaxed


def choose_spaces(
    relaxation: Relaxation, slack: float, seconds: float, run: Run
) -> frozenset[int] | None:
    """Return spaces to keep: the best of the relaxation with whole spaces, None if none was found.

    Args:
        relaxation: solved before, as few places a team are tried, those that look cheap.
        slack: share of the seats of each space that is left free, as seats of single spaces
            can seldom be filled to the last one.
        seconds: limit.
        run: what may be used.
    """
    allowed = _promising(relaxation, range(relaxation.problem.n_spaces), CHOICES)
    ask = Ask(
        min(seconds, run.left()), run.seed, teams=False, allowed=allowed, gap=CHOICE_GAP, nodes=NODES
    )
    relaxation.leave_free(slack)
    try:
        answer = solve_whole(relaxation, ask, run.should_stop)
    finally:
        relaxation.leave_free(0.0)
    run.effort += answer.iterations * relaxation.model.get_num_linear_constraints()
    if answer.relaxed is None:
        return None
    return frozenset(np.flatnonzero(answer.relaxed.kept > HALF).tolist())


def seat(relaxation: Relaxation, kept: frozenset[int], seconds: float, run: Run) -> Plan | None:
    """Return a plan that keeps these spaces and no others, None if none was found.

    Args:
        relaxation: its fixed spaces are free again afterwards.
        kept: the spaces to keep.
        seconds: for the engine that seats whole teams.
        run: what may be used.
    """
    problem = relaxation.problem
    try:
        relaxation.fix({space: space in kept for space in range(problem.n_spaces)})
        relaxation.algorithm = DUAL
        if run.relax(relaxation) is None:
            return None
        ask = Ask(
            min(seconds, run.left()),
            run.seed,
            teams=True,
            allowed=_promising(relaxation, sorted(kept), PLACES),
            gap=SEAT_GAP,
            nodes=NODES,
        )
        answer = solve_whole(relaxation, ask, run.should_stop)
        run.effort += answer.iterations * relaxation.model.get_num_linear_constraints()
        if answer.relaxed is None:
            return None
        return plan_from(relaxation, answer.relaxed, run)
    finally:
        relaxation.algorithm = PRIMAL
        relaxation.fix({})


def _promising(
    relaxation: Relaxation, spaces: Sequence[int], places: int
) -> NDArray[np.bool_]:
    """Return the columns worth a search: those in use, and for each team the cheapest others."""
    inside = np.isin(relaxation.space_of, np.asarray(spaces))
    price = np.where(relaxation.shares > WHOLE, -1.0, np.maximum(relaxation.reduced, 0.0))
    price[~inside] = np.inf
    order = np.lexsort((price, relaxation.team_of))
    teams = relaxation.team_of[order]
    first = np.searchsorted(teams, teams)
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order)) - first
    return inside & ((relaxation.shares > WHOLE) | (rank < places))


def plan_from(relaxation: Relaxation, relaxed: Relaxed, run: Run) -> Plan | None:
    """Return the plan of a solution whose choices are whole; divisible teams are seated anew."""
    problem = relaxation.problem
    most = np.argmax(relaxed.sits, axis=1)
    parts: list[tuple[tuple[int, int], ...]] = [
        ((int(space), int(problem.people[team])),) for team, space in enumerate(most)
    ]
    chosen = relaxation.loads()
    used = frozenset(space for seated in parts for space, _ in seated)
    if not problem.smallest.any():
        return Plan(tuple(parts), chosen, used | idle_kept(problem))
    kept = frozenset(np.flatnonzero(relaxed.kept > HALF).tolist())
    goes = tuple(
        tuple(kept) if problem.smallest[team] else (int(space),) for team, space in enumerate(most)
    )
    inner = only_kept(problem, kept, goes)
    if inner is None:
        return None
    limits = Limits(run.left(), DIVIDE_WORK, 1, run.seed)
    return solve_exactly(inner, limits, should_stop=run.should_stop).plan
