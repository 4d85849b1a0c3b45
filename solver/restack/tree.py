"""Proof of a small component: the whole model by branch and bound, below one aim after another.

A search for any plan that costs less than some aim ends long before one for the best plan, as most
of its tree is cut off at once. Aims therefore come nearer to the best plan step by step; each one
that is not reached is a bound. Measured on 10 spaces and 60 teams: 18 s to the last thousandth
from the relaxation, 45 s to the end; set by set of kept spaces it was a fifth of that way in 60 s.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from solver.restack.choose import Run, plan_from
from solver.restack.relax import WORK_PER_ROW_ITERATION, Relaxation
from solver.restack.tasks import Task
from solver.restack.whole import Ask

if TYPE_CHECKING:
    from solver.restack.state import Best
    from solver.restack.whole import Answer

FIRST_ROUNDS = 30
# An aim leaves this much of the gap open, or a small gap; after that, the aim is the plan.
SHARE, SMALL_GAP = 0.4, 1e-3
# An aim that leaves less than this many small gaps open leaves one.
NEAR = 2
# The search begins when plans are near their best, as every aim follows from one.
BEGIN, SECONDS_BEFORE = 0.1, 6.0


@dataclass
class Tree(Task):
    """Aim by aim, the proof of a component whose teams all stay whole.

    Args:
        limit: seconds of the whole run.
    """

    seed: int = 1
    limit: float = 60.0
    relaxation: Relaxation | None = None

    def ready(self) -> bool:
        """Return whether the relaxation is still to be made, or plans are good enough to aim."""
        early = self.state.seconds < min(SECONDS_BEFORE, BEGIN * self.limit)
        return super().ready() and not (self.relaxation is not None and early)

    def piece(self, work: float) -> float:
        """Tighten, or search below the next aim."""
        del work
        run, best = Run(self.state, self.seed), self.state.parts[self.number]
        if self.relaxation is None:
            self.relaxation = run.relaxation_of(best.problem)
            self.cut_short |= run.cut_short
            self.done = self.relaxation is None
            if self.relaxation is not None:
                self._tighten(self.relaxation, run)
        else:
            self._search(self.relaxation, best, run)
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

    def _search(self, relaxation: Relaxation, best: Best, run: Run) -> None:
        """Find a plan below the aim, or prove that there is none."""
        aim = aim_of(best.cost, best.bound)
        ask = Ask(run.left, self.seed, teams=True, below=aim)
        answer = run.whole(relaxation, ask)
        self.cut_short |= answer.cut_short
        if answer.relaxed is not None:
            plan = plan_from(relaxation, answer.relaxed, run)
            if plan is not None:
                self.state.offer(self.number, plan)
        if answer.infeasible and aim is None:
            self.done = True
            return
        self._raise(relaxation, answer, aim)
        self.done |= not answer.proved

    def _raise(self, relaxation: Relaxation, answer: Answer, aim: int | None) -> None:
        """Raise the bound; of plans that cost the aim or more, the answer says nothing."""
        if answer.infeasible:
            bound = aim
        else:
            bound = None if answer.bound is None else relaxation.bound(answer.bound)
        with self.state.lock:
            cost = self.state.parts[self.number].cost
            said = [limit for limit in (bound, aim, cost) if limit is not None]
            if bound is not None:
                self.state.raise_bound(self.number, min(said))


def aim_of(cost: int | None, bound: int | None) -> int | None:
    """Return the cost below which to search next, None for any.

    Args:
        cost: of the best plan, None where there is none.
        bound: no plan costs less, None where nothing is known.
    """
    if cost is None or bound is None:
        return cost
    small, open_ = int(SMALL_GAP * abs(cost)), int(SHARE * (cost - bound))
    if cost - bound <= small:
        return cost
    return cost - (small if open_ <= NEAR * small else open_)
