"""Proof of a small component: set by set of kept spaces, each seated to the end.

Which spaces are kept is decided first, by the relaxation with whole spaces, which is quick and
whose bound is close; the few sets whose bound is below the best plan are then seated exactly. A
set that is done is excluded, so what is left only gets dearer.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import inf
from typing import TYPE_CHECKING

import numpy as np

from solver.restack.choose import HALF, Run, plan_from
from solver.restack.relax import WORK_PER_ROW_ITERATION, Relaxation
from solver.restack.tasks import Task
from solver.restack.whole import Ask

if TYPE_CHECKING:
    from solver.restack.whole import Answer

FIRST_ROUNDS = 30
SEAT_ROUNDS = 5
PIECE_SECONDS = 5.0
GROWTH = 2.0


@dataclass
class Floors(Task):
    """Set by set, the proof of a component whose teams all stay whole.

    Args:
        floor: by set that was taken up, no plan that keeps just these spaces costs less.
        patience: seconds for the next attempt at a set that is not done.
        outside: no plan that keeps another set costs less; None before that is known.
    """

    seed: int = 1
    relaxation: Relaxation | None = None
    floor: dict[frozenset[int], float] = field(default_factory=dict)
    patience: dict[frozenset[int], float] = field(default_factory=dict)
    outside: float | None = None
    seconds: float = PIECE_SECONDS
    nodes: int = 500

    def piece(self, work: float) -> float:
        """Tighten, take the next set, or seat one."""
        del work
        run = Run(self.state, self.seed)
        if self.relaxation is None:
            self.relaxation = Relaxation(self.state.parts[self.number].problem)
            self._tighten(self.relaxation, run)
            return 1e-2 + WORK_PER_ROW_ITERATION * run.effort
        lowest = min(self.patience, key=lambda kept: self.floor[kept], default=None)
        if lowest is None or (self.outside is None or self.outside < self.floor[lowest]):
            self._next_set(self.relaxation, run)
        else:
            self._seat(self.relaxation, lowest, run)
        return 1e-2 + WORK_PER_ROW_ITERATION * run.effort

    def _tighten(self, relaxation: Relaxation, run: Run) -> None:
        for _ in range(FIRST_ROUNDS):
            relaxed = run.relax(relaxation)
            if relaxed is None:
                self.done = relaxation.hopeless
                return
            self.state.raise_bound(self.number, relaxation.bound(relaxed.value))
            if not relaxation.tighten(relaxed):
                return

    def _ask(
        self, relaxation: Relaxation, run: Run, seconds: float, below: int | None, *, teams: bool
    ) -> Answer:
        ask = Ask(
            run.limit(seconds),
            self.seed,
            teams=teams,
            unlike=() if teams else tuple(self.floor),
            below=below,
            nodes=None if self.state.parallel else self.nodes,
        )
        answer = run.whole(relaxation, ask)
        self.cut_short |= answer.cut_short
        if not answer.proved:
            self.nodes = round(GROWTH * self.nodes)
        return answer

    def _next_set(self, relaxation: Relaxation, run: Run) -> None:
        """Take up the cheapest set of spaces that was not; with none, all others are done."""
        answer = self._ask(relaxation, run, self.seconds, None, teams=False)
        if not answer.proved:
            self.seconds *= GROWTH
        if answer.infeasible:
            self.outside = inf
        elif answer.bound is not None:
            self.outside = max(relaxation.bound(answer.bound), self.outside or -inf)
            if answer.relaxed is not None:
                relaxation.tighten(answer.relaxed)
                kept = frozenset(np.flatnonzero(answer.relaxed.kept > HALF).tolist())
                self.floor[kept] = self.outside
                self.patience[kept] = PIECE_SECONDS
        self._conclude()

    def _seat(self, relaxation: Relaxation, kept: frozenset[int], run: Run) -> None:
        """Find the cheapest plan that keeps these spaces, or that none beats the best."""
        best = self.state.parts[self.number]
        cost = best.cost
        relaxation.fix({space: space in kept for space in range(best.problem.n_spaces)})
        try:
            for _ in range(SEAT_ROUNDS):
                relaxed = run.relax(relaxation)
                if relaxed is None or not relaxation.tighten(relaxed):
                    break
            answer = self._ask(relaxation, run, self.patience[kept], cost, teams=True)
        finally:
            relaxation.fix({})
        if answer.relaxed is not None:
            plan = plan_from(relaxation, answer.relaxed, run)
            if plan is not None:
                self.state.offer(self.number, plan)
        if answer.infeasible:
            self.floor[kept] = inf if cost is None else cost
        elif answer.bound is not None:
            bound = relaxation.bound(answer.bound)
            self.floor[kept] = max(self.floor[kept], bound if cost is None else min(bound, cost))
        if answer.proved:
            del self.patience[kept]
        else:
            self.patience[kept] *= GROWTH
        self._conclude()

    def _conclude(self) -> None:
        """Raise the bound to what the sets taken up, and all the others, leave open."""
        cost = self.state.parts[self.number].cost
        if self.outside is None:
            return
        bound = min([self.outside, *self.floor.values()])
        if cost is not None:
            bound = min(bound, cost)
        if bound < inf:
            self.state.raise_bound(self.number, round(bound))
