"""Searching among sets of kept spaces, each seated by moves and swaps.

Sets come from the coarse model with a little slack, then from the best plan: a space closed,
opened, or exchanged for another. The first set of the coarse model also proves a bound. Divided
teams move piece by piece; now and then one is put together, or another is divided.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from solver.restack.beside import RANK, farther, neighbours
from solver.restack.coarse import solve_coarsely
from solver.restack.evaluate import cost_of
from solver.restack.exact import Limits
from solver.restack.pieces import cut, cut_anew
from solver.restack.swap import Swaps
from solver.restack.tasks import Task

if TYPE_CHECKING:
    from collections.abc import Iterable

    from solver.restack.pieces import Pieces
    from solver.restack.problem import Plan

# Seats of each space left free when the coarse model chooses, in the order tried.
SLACKS = (0.0, 0.003, 0.01, 0.006, 0.02)
COARSE_WORK = 3.0
FIRST_STEPS, STEPS, MORE_STEPS = 3_000, 700, 2_500
# A set whose plan is so close to the best is looked at longer.
CLOSE = 0.004
# Every so many turns the set of the best plan is searched again, or several spaces are closed
# at once.
AGAIN, FARTHER = 5, 3
# What is counted of the time of sets that always pay, and of sets that do not.
PAYING, VAIN, RATE = 0.2, 1.5, 0.05
# The coarse model is worth its while where buildings pool many spaces, and the choice is wide.
LEAST_COARSE, MOST_COARSE = 3_000, 20_000


@dataclass
class Sets(Task):
    """Try sets of kept spaces of a component."""

    seed: int = 1
    slacks: list[float] = field(default_factory=lambda: list(SLACKS))
    seen: set[frozenset[int]] = field(default_factory=set)
    begun: bool = False
    turn: int = 0
    hope: float = 1.0

    def __post_init__(self) -> None:
        """Start the random choices."""
        self.rng = np.random.default_rng(self.seed)
        problem = self.state.parts[self.number].problem
        pools = problem.n_teams * len(np.unique(problem.building))
        if not problem.plain or problem.size < LEAST_COARSE or pools > MOST_COARSE:
            self.slacks = []

    def charge(self, work: float) -> None:
        """Count less while sets pay, and more while they do not."""
        super().charge(work * (VAIN - (VAIN - PAYING) * self.hope))

    def piece(self, work: float) -> float:
        """Seat everyone in the next set."""
        best = self.state.parts[self.number]
        if not self.begun and best.plan is not None:
            self.begun = True
            return self._within(best.plan.kept, cut(best.problem, best.plan))
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
            spent += self._seat(coarse.kept, coarse.goes, FIRST_STEPS, None)
        return spent

    def _beside(self, plan: Plan) -> float:
        """Seat everyone in a set that differs a little from that of the best plan, or in it."""
        self.turn += 1
        problem = self.state.parts[self.number].problem
        pieces = cut(problem, cut_anew(problem, plan, self.rng))
        kept = None if self.turn % AGAIN == 0 else self._another(pieces)
        return self._within(plan.kept if kept is None else kept, pieces)

    def _another(self, pieces: Pieces) -> frozenset[int] | None:
        """Return a set that was not tried, what looks cheapest first; None if there is none."""
        if self.turn % FARTHER == 0:
            far = farther(pieces.problem, pieces.plan, self.rng)
            return None if far in self.seen else far
        rank = int(self.rng.exponential(RANK)) if self.turn % 2 else 0
        last = None
        for near in neighbours(pieces.problem, pieces.plan):
            if near in self.seen:
                continue
            last = near
            if rank == 0:
                break
            rank -= 1
        return last

    def _within(self, kept: frozenset[int], pieces: Pieces) -> float:
        """Search one set from where everyone sits."""
        goes = [[seated[0][0]] if seated[0][0] in kept else [] for seated in pieces.plan.parts]
        return self._seat(kept, goes, STEPS, pieces)

    def _seat(
        self,
        kept: frozenset[int],
        goes: Iterable[Iterable[int]],
        steps: int,
        pieces: Pieces | None,
    ) -> float:
        """Search one set, longer if it looks good; return the work it took."""
        best = self.state.parts[self.number]
        self.seen.add(kept)
        problem = best.problem if pieces is None else pieces.problem
        swaps = Swaps(problem, kept, int(self.rng.integers(2**31)))
        if not swaps.possible():
            return 1e-3
        places, done = swaps.first(goes, None if pieces is None else pieces.plan.load), 0
        better = False
        for more in (steps, MORE_STEPS):
            seating = swaps.search(places, more, self.state.stop)
            done += seating.steps
            if seating.plan is None:
                break
            before = best.cost
            plan = seating.plan if pieces is None else pieces.joined(seating.plan)
            better |= self.state.offer(self.number, plan)
            cost = cost_of(best.problem, plan)
            if before is not None and cost - before > CLOSE * abs(before):
                break
            places = swaps.at(seating.plan)
        self.cut_short |= self.state.stopped
        self.hope += RATE * (better - self.hope)
        return 1e-3 + done * swaps.work_of_step
