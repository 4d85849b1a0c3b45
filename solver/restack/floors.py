"""Proof of a small component: set by set of kept spaces, each seated to the end.

Which spaces are kept is decided first, by the relaxation with whole spaces, which is quick and
whose bound is close; the few sets whose bound is below the best plan are then seated exactly. A
set that is done is excluded, so what is left only gets dearer.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from solver.restack.choose import HALF, Run, plan_from
from solver.restack.lead import WORK_PER_ROW_ITERATION
from solver.restack.relax import Relaxation
from solver.restack.tasks import Task
from solver.restack.whole import Ask, solve_whole

if TYPE_CHECKING:
    from solver.restack.whole import Answer

FIRST_ROUNDS = 30
PIECE_SECONDS, MOST_SECONDS = 5.0, 40.0
GROWTH = 2.0


@dataclass
class Floors(Task):
    """Set by set, the proof of a component whose teams all stay whole.

    Args:
        floor: by sets that are done, no plan that keeps just these costs less.
        waiting: the set that is next to be seated.
        outside: no plan that keeps another set costs less.
    """

    seed: int = 1
    relaxation: Relaxation | None = None
    floor: dict[frozenset[int], int] = field(default_factory=dict)
    waiting: frozenset[int] | None = None
    outside: int | None = None
    seconds: float = PIECE_SECONDS
    nodes: int = 500

    def ready(self) -> bool:
        """Return whether something is left to prove."""
        self.done = self.done or self.state.parts[self.number].proved
        return super().ready()

    def piece(self, work: float) -> float:
        """Tighten, take the next set, or seat one."""
        del work
        run = Run(lambda: self.state.left, self.state.stop, self.seed)
        if self.relaxation is None:
            self.relaxation = Relaxation(self.state.parts[self.number].problem)
            self._tighten(self.relaxation, run)
        elif self.waiting is None:
            self._next_set(self.relaxation, run)
        else:
            self._seat(self.relaxation, self.waiting, run)
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

    def _ask(self, relaxation: Relaxation, run: Run, *, teams: bool) -> Answer:
        ask = Ask(
            min(self.seconds, run.left()),
            self.seed,
            teams=teams,
            unlike=() if teams else tuple(self.floor),
            below=self.state.parts[self.number].cost if teams else None,
            nodes=None if self.state.parallel else self.nodes,
        )
        answer = solve_whole(relaxation, ask, run.should_stop)
        run.effort += answer.iterations * relaxation.model.get_num_linear_constraints()
        if not answer.proved:
            self.seconds = min(MOST_SECONDS, GROWTH * self.seconds)
            self.nodes = round(GROWTH * self.nodes)
        return answer

    def _next_set(self, relaxation: Relaxation, run: Run) -> None:
        """Find the cheapest set of spaces that is not done; with none, all is proved."""
        best = self.state.parts[self.number]
        answer = self._ask(relaxation, run, teams=False)
        if answer.infeasible:
            self.outside = None
            self._conclude(everything=True)
            return
        if answer.bound is not None:
            bound = relaxation.bound(answer.bound)
            self.outside = bound if self.outside is None else max(bound, self.outside)
            self._conclude(everything=False)
        if answer.relaxed is not None and not best.proved:
            relaxation.tighten(answer.relaxed)
            self.waiting = frozenset(np.flatnonzero(answer.relaxed.kept > HALF).tolist())

    def _seat(self, relaxation: Relaxation, kept: frozenset[int], run: Run) -> None:
        """Find the cheapest plan that keeps these spaces and beats the best one, or that none does."""
        best = self.state.parts[self.number]
        cost = best.cost
        relaxation.fix({space: space in kept for space in range(best.problem.n_spaces)})
        try:
            answer = self._ask(relaxation, run, teams=True)
        finally:
            relaxation.fix({})
        if answer.relaxed is not None:
            plan = plan_from(relaxation, answer.relaxed, run)
            if plan is not None:
                self.state.offer(self.number, plan)
        if answer.infeasible and cost is not None:
            self._finish(kept, cost)
        elif answer.proved and answer.bound is not None:
            self._finish(kept, relaxation.bound(answer.bound))

    def _finish(self, kept: frozenset[int], floor: int) -> None:
        self.floor[kept] = floor
        self.waiting = None
        self._conclude(everything=False)

    def _conclude(self, *, everything: bool) -> None:
        """Raise the bound to what the sets that are done, and all the others, leave open."""
        known = [*self.floor.values()]
        if not everything:
            if self.outside is None:
                return
            known.append(self.outside)
        cost = self.state.parts[self.number].cost
        if cost is not None and known:
            self.state.raise_bound(self.number, min(cost, *known) if known else cost)
