"""Choosing spaces along the relaxation, and seating everyone in those that were chosen."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from ortools.math_opt.python import mathopt

from solver.restack.construct import idle_kept
from solver.restack.evaluate import cost_of
from solver.restack.exact import WORK_PER_SECOND, Limits, solve_exactly
from solver.restack.interrupt import Stopped
from solver.restack.problem import Plan, within
from solver.restack.relax import Relaxation
from solver.restack.swap import Swaps
from solver.restack.whole import Ask, solve_whole

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from numpy.typing import NDArray

    from solver.restack.problem import Problem
    from solver.restack.relax import Relaxed
    from solver.restack.state import State
    from solver.restack.whole import Answer

HALF = 0.5
WHOLE = 1e-6
# A team of which the relaxation moves less than this stays; the shares of them that may move
# nevertheless, tried in turn.
LOOSE = 0.01
UNLOCKED = (0.3, 0.6, 1.0)
NOWHERE = -1
# Places that a team may take, cheapest first, beside those of the fractional solution.
PLACES = 6
CHOICE_GAP, SEAT_GAP = 2e-3, 5e-4
NODES = 200
# After rows are added the primal simplex is quicker, after spaces are fixed the dual one.
PRIMAL, DUAL = mathopt.LPAlgorithm.PRIMAL_SIMPLEX, mathopt.LPAlgorithm.DUAL_SIMPLEX
DIVIDE_WORK, DIVIDE_SECONDS = 1.5, 2.0
# What the linear model divides at will, parts of whole people cannot always follow: with this
# share of the seats of each space left free, they mostly can.
DIVIDE_SLACK = 0.005
SWAP_STEPS = 4_000


class Run:
    """What a choice may use, and what it has used."""

    def __init__(self, state: State, seed: int) -> None:
        """Take the clock, what ends the run, and the engines."""
        self._state = state
        self.should_stop = state.stop
        self.engines = state.engines
        self.limit = state.limit
        self.seed = seed
        self.effort = self.work = 0.0
        self.cut_short = False

    @property
    def left(self) -> float:
        """Return the seconds that are left."""
        return self._state.left

    def relaxation_of(self, problem: Problem) -> Relaxation | None:
        """Return the relaxation of a problem, None if the run ended before it was stated."""
        try:
            return Relaxation(problem, self.should_stop)
        except Stopped:
            self.cut_short = True
            return None

    def whole(self, relaxation: Relaxation, ask: Ask) -> Answer:
        """Solve a relaxation with whole choices."""
        answer = solve_whole(relaxation, ask, self.engines, self.should_stop)
        self.effort += answer.iterations * relaxation.model.get_num_linear_constraints()
        self.cut_short |= answer.cut_short
        return answer

    def relax(self, relaxation: Relaxation) -> Relaxed | None:
        """Return the solution of a relaxation, None if it has none or time ran out."""
        relaxed = relaxation.solve(self.left, self.should_stop)
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
    price = np.where(relaxation.shares > WHOLE, -1.0, np.maximum(relaxation.reduced, 0.0))
    allowed = _promising(relaxation, price, range(relaxation.problem.n_spaces))
    ask = Ask(
        run.limit(seconds),
        run.seed,
        teams=False,
        allowed=allowed,
        gap=CHOICE_GAP,
        nodes=NODES,
    )
    relaxation.leave_free(slack)
    try:
        answer = run.whole(relaxation, ask)
    finally:
        relaxation.leave_free(0.0)
    if answer.relaxed is None:
        return None
    return frozenset(np.flatnonzero(answer.relaxed.kept > HALF).tolist())


def seat(
    relaxation: Relaxation, kept: frozenset[int], seconds: float, run: Run
) -> tuple[Plan | None, NDArray[np.float64]]:
    """Return a plan in these spaces, None if none was found, and what places are worth there.

    Most teams that the relaxation leaves in one place stay there: that makes the problem small
    enough for the engine. Where they leave no room for the others, more of them may move.

    Args:
        relaxation: its fixed spaces are free again afterwards.
        kept: the spaces to keep.
        seconds: for the engine that seats whole teams, all tries together.
        run: what may be used.
    """
    problem = relaxation.problem
    try:
        relaxation.fix({space: space in kept for space in range(problem.n_spaces)})
        relaxation.algorithm = DUAL
        relaxed = run.relax(relaxation)
    finally:
        relaxation.algorithm = PRIMAL
        relaxation.fix({})
    price = np.where(relaxation.shares > WHOLE, -1.0, np.maximum(relaxation.reduced, 0.0))
    if relaxed is None:
        return None, price
    whole = by_swaps(problem, kept, relaxed, run, seconds)
    if by_moves(problem):
        return whole, price
    home = np.where(relaxed.sits.max(axis=1) > 1 - LOOSE, np.argmax(relaxed.sits, axis=1), NOWHERE)
    draw = np.random.default_rng(run.seed).random(problem.n_teams)
    plan = None
    for share in UNLOCKED if whole is None else UNLOCKED[:1]:
        stays = np.where(draw >= share, home, NOWHERE)
        plan = seat_some(relaxation, price, stays, kept, None, seconds / len(UNLOCKED), run)
        if plan is not None or run.should_stop():
            break
    return _cheapest(problem, whole, plan), price


def by_moves(problem: Problem) -> bool:
    """Return whether moves and swaps seat everyone best.

    Where they do, the linear engine gained 100 on 40 spaces and 300 teams in a third of the time
    of a run, when neighbourhoods gained 600 in half of that.
    """
    return problem.plain and problem.cap is None


def by_swaps(
    problem: Problem, kept: frozenset[int], relaxed: Relaxed, run: Run, seconds: float
) -> Plan | None:
    """Return the best plan met from where the relaxation mostly seats each team.

    Args:
        problem: what is solved.
        kept: the spaces to use.
        relaxed: a solution of the relaxation.
        run: what may be used.
        seconds: limit, counted in work.
    """
    swaps = Swaps(problem, kept, run.seed)
    if not swaps.possible():
        return None
    places = swaps.first([[space] for space in np.argmax(relaxed.sits, axis=1).tolist()])
    steps = min(SWAP_STEPS, round(WORK_PER_SECOND * seconds / swaps.work_of_step))
    found = swaps.search(places, steps, run.should_stop)
    run.work += found.steps * swaps.work_of_step
    return found.plan


def seat_some(
    relaxation: Relaxation,
    price: NDArray[np.float64],
    stays: NDArray[np.int64],
    spaces: frozenset[int],
    best: Plan | None,
    seconds: float,
    run: Run,
) -> Plan | None:
    """Return the best plan found in which some teams stay put, None if none was found.

    Args:
        relaxation: of the whole problem.
        price: what each of its columns seems to cost on top.
        stays: for each team the space it stays in, `NOWHERE` where it may move.
        spaces: those that may be used.
        best: a plan to beat, if any; where it seats a team remains possible.
        seconds: limit.
        run: what may be used.
    """
    problem = relaxation.problem
    allowed = _promising(relaxation, price, spaces)
    options = []
    for team, at in enumerate(relaxation.columns_of):
        places = problem.options[team]
        inside = allowed[at].reshape(-1, len(places)).any(axis=0)
        if stays[team] != NOWHERE:
            inside = places == stays[team]
        elif best is not None:
            inside |= np.isin(places, [space for space, _ in best.parts[team]])
        options.append(tuple(places[inside].tolist()))
    inner = within(problem, spaces, tuple(options))
    if inner is None:
        return None
    small = run.relaxation_of(inner)
    if small is None:
        return None
    if problem.smallest.any():
        small.leave_free(DIVIDE_SLACK)
    ask = Ask(
        run.limit(seconds),
        run.seed,
        teams=True,
        below=None if best is None else cost_of(problem, best),
        gap=SEAT_GAP,
        nodes=NODES,
    )
    answer = run.whole(small, ask)
    return None if answer.relaxed is None else plan_from(small, answer.relaxed, run)


def _promising(
    relaxation: Relaxation, price: NDArray[np.float64], spaces: Collection[int]
) -> NDArray[np.bool_]:
    """Return the columns worth a search: those in use, and for each team the cheapest others."""
    inside = np.isin(relaxation.space_of, sorted(spaces))
    price = np.where(inside, price, np.inf)
    order = np.lexsort((price, relaxation.team_of))
    teams = relaxation.team_of[order]
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order)) - np.searchsorted(teams, teams)
    return inside & ((price < 0) | (rank < PLACES))


def plan_from(
    relaxation: Relaxation, relaxed: Relaxed, run: Run, *, parts: bool = False
) -> Plan | None:
    """Return the plan of a solution whose choices are whole; divisible teams are seated anew.

    Args:
        relaxation: whose solution it is.
        relaxed: the solution.
        run: what may be used.
        parts: whether parts are whole too: then divisible teams stay in their spaces if they can.
    """
    problem = relaxation.problem
    most = np.argmax(relaxed.sits, axis=1)
    seated: list[tuple[tuple[int, int], ...]] = [
        ((int(space), int(problem.people[team])),) for team, space in enumerate(most)
    ]
    chosen = relaxation.loads()
    used = frozenset(space for there in seated for space, _ in there)
    kept = frozenset(np.flatnonzero(relaxed.kept > HALF).tolist())
    if not problem.smallest.any():
        # A space that pays for being kept may pay more when its unit is free.
        plans = [Plan(tuple(seated), chosen, used | more) for more in (idle_kept(problem), kept)]
        return min(plans, key=lambda plan: cost_of(problem, plan))
    if parts:
        stay = [np.flatnonzero(sits > WHOLE).tolist() for sits in relaxed.sits]
        plan = _divide(_with_loads(problem, chosen), kept, stay, run)
        if plan is not None:
            return replace(plan, load=chosen)
    goes = [
        sorted(kept) if least else [int(space)]
        for least, space in zip(problem.smallest, most, strict=True)
    ]
    # Where parts of whole people do not fit beside the others, everyone is seated anew.
    divided = _divide(problem, kept, goes, run)
    return _cheapest(problem, divided, by_swaps(problem, kept, relaxed, run, DIVIDE_SECONDS))


def _cheapest(problem: Problem, *plans: Plan | None) -> Plan | None:
    """Return the plan that costs least, the first of equals; None if there is none."""
    found = [plan for plan in plans if plan is not None]
    return min(found, key=lambda plan: cost_of(problem, plan), default=None)


def _divide(
    problem: Problem, kept: frozenset[int], goes: Sequence[Sequence[int]], run: Run
) -> Plan | None:
    """Return a plan with each team in some of its spaces, None if none was found in a while."""
    inner = within(problem, kept, goes)
    if inner is None:
        return None
    limits = Limits(run.limit(DIVIDE_SECONDS), DIVIDE_WORK, 1, run.seed)
    result = solve_exactly(inner, limits, should_stop=run.should_stop)
    run.work += result.work
    return result.plan


def _with_loads(problem: Problem, chosen: Sequence[int]) -> Problem:
    """Return the problem in which each team has the load chosen for it, and no other."""
    return replace(
        problem,
        loads=tuple(rows[[n]] for rows, n in zip(problem.loads, chosen, strict=True)),
        load_costs=tuple(c[[n]] for c, n in zip(problem.load_costs, chosen, strict=True)),
    )
