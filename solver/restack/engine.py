"""A component given to HiGHS whole, for longer each time it was not enough."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from solver.restack.branch import ROUNDS
from solver.restack.choose import Run, plan_from
from solver.restack.tasks import Task
from solver.restack.whole import Ask

if TYPE_CHECKING:
    from solver.restack.relax import Relaxation

FIRST_SECONDS = 2.0
LEAST_WORK = 1e-3


@dataclass
class Whole(Task):
    """Let the engine search the tightened relaxation with whole choices.

    It sees what trees of our own do not: cuts of whole teams, and spaces that are alike. Where
    teams may be divided, it is asked with and without what their parts must keep: without, it
    is quick; with, it is all but exact. Measured on 24 spaces and 96 divisible teams: 129,594 and
    134,546, the cost of the best plan, after 1.2 s and 4.8 s, where the relaxation ends at 119,080.

    Args:
        seconds: of the next search, by whether parts are stated.
    """

    seed: int = 1
    relaxation: Relaxation | None = None
    rounds: int = 0
    tight: bool = False
    seconds: dict[bool, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Ask with parts only where there are any."""
        divided = bool(self.state.parts[self.number].problem.smallest.any())
        self.seconds = dict.fromkeys((False, True) if divided else (False,), FIRST_SECONDS)

    def piece(self, work: float) -> float:
        """Tighten the relaxation until it stands; then search once."""
        del work
        run = Run(self.state, self.seed)
        if self.relaxation is None:
            self.relaxation = run.relaxation_of(self.state.parts[self.number].problem)
        if self.relaxation is None or self.state.stop():
            self.done = True
        elif self.tight:
            self._search(self.relaxation, run)
        else:
            self._tighten(self.relaxation, run)
        return LEAST_WORK

    def _tighten(self, relaxation: Relaxation, run: Run) -> None:
        for _ in range(ROUNDS):
            relaxed = run.relax(relaxation)
            if relaxed is None:
                self.done = True
                return
            self.state.raise_bound(self.number, relaxation.bound(relaxed.value))
            if not relaxation.tighten(relaxed):
                break
        self.tight = True

    def _search(self, relaxation: Relaxation, run: Run) -> None:
        """Search for a plan cheaper than the best; where there is none, that is proved."""
        best = self.state.parts[self.number]
        parts = min(self.seconds, key=lambda parts: (self.seconds[parts], parts))
        seconds = self.seconds[parts]
        below = best.cost
        ask = Ask(
            run.limit(seconds),
            self.seed,
            teams=True,
            below=below,
            row=False,
            lean=True,
            parts=parts,
        )
        answer = run.whole(relaxation, ask)
        self.seconds[parts] = 4 * seconds
        if answer.relaxed is not None:
            plan = plan_from(relaxation, answer.relaxed, run, parts=parts)
            if plan is not None:
                self.state.offer(self.number, plan)
        bound = None if answer.bound is None else relaxation.bound(answer.bound)
        with self.state.lock:
            least = [cost for cost in (bound, below, best.cost) if cost is not None]
            if bound is not None or (answer.infeasible and below is not None):
                self.state.raise_bound(self.number, min(least))
        if answer.proved and (answer.relaxed is None or not relaxation.tighten(answer.relaxed)):
            del self.seconds[parts]
            self.done = not self.seconds
