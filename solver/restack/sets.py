"""Searching among sets of kept spaces, each seated by moves and swaps.

Sets come from the coarse model with a little slack, then from the best plan: a space closed,
opened, or exchanged for another. The first set of the coarse model also proves a bound.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from solver.restack.coarse import solve_coarsely
from solver.restack.evaluate import cost_of
from solver.restack.exact import Limits
from solver.restack.swap import Swaps
from solver.restack.tasks import Task

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from solver.restack.problem import Ints, Plan, Problem

    Floats = NDArray[np.float64]

# Seats of each space left free when the coarse model chooses, in the order tried.
SLACKS = (0.0, 0.003, 0.01, 0.006, 0.02)
COARSE_WORK = 3.0
FIRST_STEPS, STEPS, MORE_STEPS = 3_000, 700, 2_500
# A set whose plan is so close to the best is looked at longer.
CLOSE = 0.004
# How far down the list of sets every second choice goes, on average; every so many turns the
# set of the best plan is searched again.
RANK, AGAIN = 8.0, 5
# The coarse model is worth its while where buildings pool many spaces, and the choice is wide.
LEAST_COARSE, MOST_COARSE = 3_000, 20_000


@dataclass
class Sets(Task):
    """Try sets of kept spaces of a component whose teams stay whole with one load each."""

    seed: int = 1
    slacks: list[float] = field(default_factory=lambda: list(SLACKS))
    seen: set[frozenset[int]] = field(default_factory=set)
    begun: bool = False
    turn: int = 0

    def __post_init__(self) -> None:
        """Start the random choices."""
        self.rng = np.random.default_rng(self.seed)
        problem = self.state.parts[self.number].problem
        pools = problem.n_teams * len(np.unique(problem.building))
        if problem.size < LEAST_COARSE or pools > MOST_COARSE:
            self.slacks = []

    def piece(self, work: float) -> float:
        """Seat everyone in the next set."""
        best = self.state.parts[self.number]
        if not self.begun and best.plan is not None:
            self.begun = True
            return self._seat(best.plan.kept, [[parts[0][0]] for parts in best.plan.parts], STEPS)
        if self.slacks:
            return self._coarsely(work)
        if best.plan is None:
            self.done = True
            return 1e-3
        return self._beside(best.plan)

    def _coarsely(self, work: float) -> float:
        """Seat everyone in the set that the coarse model chooses with the next slack."""
        problem, slack = self.state.parts[self.number].problem, self.slacks.pop(0)
        tight = replace(problem, seats=np.floor(problem.seats * (1.0 - slack)).astype(np.int64))
        coarse = solve_coarsely(
            tight,
            Limits(self.state.left, min(work, COARSE_WORK), 1, self.seed % 2**31),
            on_bound=None if slack else lambda bound: self.state.raise_bound(self.number, bound),
            should_stop=self.state.stop,
        )
        self.cut_short |= coarse.cut_short
        if not slack:
            self.state.raise_bound(self.number, coarse.bound)
        spent = coarse.work + 1e-3
        if coarse.kept is not None and not self.state.stop():
            goes = [list(spaces) for spaces in coarse.goes]
            spent += self._seat(coarse.kept, goes, FIRST_STEPS)
        return spent

    def _beside(self, plan: Plan) -> float:
        """Seat everyone in a set that differs a little from that of the best plan, or in it."""
        self.turn += 1
        kept = None if self.turn % AGAIN == 0 else self._another(plan)
        if kept is None:
            kept = plan.kept
        goes = [[parts[0][0]] if parts[0][0] in kept else [] for parts in plan.parts]
        return self._seat(kept, goes, STEPS)

    def _another(self, plan: Plan) -> frozenset[int] | None:
        """Return a set that was not tried, what looks cheapest first; None if there is none."""
        problem = self.state.parts[self.number].problem
        rank = int(self.rng.exponential(RANK)) if self.turn % 2 else 0
        last = None
        for near in neighbours(problem, plan):
            if near in self.seen:
                continue
            last = near
            if rank == 0:
                break
            rank -= 1
        return last

    def _seat(self, kept: frozenset[int], goes: list[list[int]], steps: int) -> float:
        """Search one set, longer if it looks good; return the work it took."""
        best = self.state.parts[self.number]
        self.seen.add(kept)
        swaps = Swaps(best.problem, kept, int(self.rng.integers(2**31)))
        if not swaps.possible():
            return 1e-3
        places, done = swaps.first(goes), 0
        for more in (steps, MORE_STEPS):
            seating = swaps.search(places, more, self.state.stop)
            done += seating.steps
            if seating.plan is None:
                break
            before = best.cost
            self.state.offer(self.number, seating.plan)
            cost = cost_of(best.problem, seating.plan)
            if before is not None and cost - before > CLOSE * abs(before):
                break
            places = swaps.at(seating.plan)
        self.cut_short |= self.state.stopped
        return 1e-3 + done * swaps.work_of_step


def neighbours(problem: Problem, plan: Plan) -> Iterator[frozenset[int]]:
    """Yield sets with one space more, one less or one exchanged, what looks cheapest first.

    Estimated is what keeping them costs, and where each team would go if seats were no matter.
    """
    kept = np.array(sorted(plan.kept), dtype=np.int64)
    enter = np.flatnonzero(~np.isin(np.arange(problem.n_spaces), kept) & ~problem.must_free)
    gain, loss = _opening(problem, plan, enter), _closing(problem, plan, kept)
    days = list(problem.days_that_bind)
    seats = problem.seats[:, days]
    need = np.array([load[0, days] for load in problem.loads]).sum(axis=0)
    room = seats[kept].sum(axis=0) - need
    leaves = (room >= seats[kept]).all(axis=1)
    fits = (room + seats[enter][None, :, :] >= seats[kept][:, None, :]).all(axis=2)
    change = np.concatenate(
        [
            np.where(fits, loss[:, None] + gain[None, :], np.inf).ravel(),
            np.where(leaves, loss, np.inf),
            gain,
        ]
    )
    same = plan.kept
    for at in np.argsort(change, kind="stable").tolist():
        if not np.isfinite(change[at]):
            return
        if at < fits.size:
            yield same - {int(kept[at // len(enter)])} | {int(enter[at % len(enter)])}
        elif at < fits.size + len(kept):
            yield same - {int(kept[at - fits.size])}
        else:
            yield same | {int(enter[at - fits.size - len(kept)])}


def _closing(problem: Problem, plan: Plan, kept: Ints) -> Floats:
    """Return what closing each kept space seems to cost: infinite where that is not allowed."""
    loss = -problem.keep[kept].astype(np.float64)
    at = {space: number for number, space in enumerate(kept.tolist())}
    for team, (options, costs) in enumerate(zip(problem.options, problem.costs, strict=True)):
        here = plan.where(team)
        elsewhere = costs[np.isin(options, kept) & (options != here)]
        now = int(costs[np.searchsorted(options, here)])
        loss[at[here]] += int(elsewhere.min()) - now if len(elsewhere) else np.inf
    for unit in problem.units:
        inside = plan.kept.intersection(unit.spaces)
        if len(inside) == 1:
            loss[at[next(iter(inside))]] -= unit.bonus
    loss[problem.must_keep[kept]] = np.inf
    return loss


def _opening(problem: Problem, plan: Plan, enter: Ints) -> Floats:
    """Return what opening each other space seems to cost."""
    gain = problem.keep.astype(np.float64)
    for team, (options, costs) in enumerate(zip(problem.options, problem.costs, strict=True)):
        now = int(costs[np.searchsorted(options, plan.where(team))])
        gain[options] -= np.maximum(now - costs, 0)
    for unit in problem.units:
        if plan.kept.isdisjoint(unit.spaces):
            gain[list(unit.spaces)] += unit.bonus
    return gain[enter]
