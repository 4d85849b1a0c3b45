"""A component given to HiGHS whole, for longer each time it was not enough."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto
from typing import TYPE_CHECKING

from solver.restack.choose import DIVIDE_SLACK, Run, plan_from
from solver.restack.tasks import Task
from solver.restack.whole import Ask

if TYPE_CHECKING:
    from solver.restack.relax import Relaxation
    from solver.restack.whole import Answer

# Of the first search of each kind, where teams can be divided and where not: on 20 spaces with all
# features nothing much is found in 4 s, the best plans in 8 s.
FIRST_DIVIDED, FIRST_SECONDS, GROWTH = 8.0, 4.0, 3.0
# A worker alone is limited by nodes; work of one iteration and row, measured.
NODES_PER_SECOND, WORK_PER_ROW_ITERATION = 5.0, 1.2e-7
LEAST_WORK = 1e-3


class Kind(Enum):
    """A way to ask, in the order in which they are asked first."""

    PLANS = auto()
    """With some seats left free, so that parts of whole people fit."""
    ALL = auto()
    """For the bound; where teams stay whole, for plans too."""
    PARTS = auto()
    """For the bound, with what parts of divisible teams must keep."""


@dataclass
class Whole(Task):
    """Let the engine search the whole model, all rows of keeping stated.

    It sees what trees of our own do not: cuts of whole teams, and spaces that are alike. Where
    teams may be divided, it is asked with and without what their parts must keep: without, it
    is quick; with, it is all but exact. Measured on 24 spaces and 96 divisible teams: 129,594 and
    134,546, the cost of the best plan, after 1.2 s and 4.8 s, where the relaxation ends at 119,080.

    With a seat in 200 left free, its plans can mostly be seated in parts of whole people: on 20
    and 24 spaces and all features 117,790 and 79,842 after 6 s, where CP-SAT comes to 119,688 and
    85,591 in 20 s.

    Args:
        seconds: of the next search of each kind; the shortest comes next.
    """

    seed: int = 1
    relaxation: Relaxation | None = None
    seconds: dict[Kind, float] = field(default_factory=dict)
    searches: int = 0

    def __post_init__(self) -> None:
        """Ask in several ways only where teams can be divided."""
        divided = bool(self.state.parts[self.number].problem.smallest.any())
        if divided:
            self.seconds = dict.fromkeys(Kind, FIRST_DIVIDED)
        else:
            self.seconds = {Kind.ALL: FIRST_SECONDS}

    def piece(self, work: float) -> float:
        """State the relaxation once; then search once."""
        del work
        run = Run(self.state, self.seed)
        if self.relaxation is None:
            self.relaxation = run.relaxation_of(self.state.parts[self.number].problem)
            if self.relaxation is not None:
                self.relaxation.state_all_keeping()
        if self.relaxation is None or self.state.stop():
            self.done = True
        else:
            kind = min(self.seconds, key=lambda kind: self.seconds[kind])
            self._search(self.relaxation, kind, run)
        return LEAST_WORK + run.work + WORK_PER_ROW_ITERATION * run.effort

    def _search(self, relaxation: Relaxation, kind: Kind, run: Run) -> None:
        """Search for a plan cheaper than the best; where there is none, that is proved."""
        best = self.state.parts[self.number]
        below, seconds, parts = best.cost, self.seconds[kind], kind is Kind.PARTS
        ask = Ask(
            run.limit(seconds),
            self.seed + self.searches,
            teams=True,
            below=below,
            row=False,
            lean=True,
            parts=parts,
            nodes=None if self.state.parallel else round(NODES_PER_SECOND * seconds),
        )
        self.searches += 1
        relaxation.leave_free(DIVIDE_SLACK if kind is Kind.PLANS else 0.0)
        try:
            answer = run.whole(relaxation, ask)
        finally:
            relaxation.leave_free(0.0)
        self.seconds[kind] = GROWTH * seconds
        self.cut_short |= run.cut_short and not self.state.parallel
        if answer.relaxed is not None:
            plan = plan_from(relaxation, answer.relaxed, run, parts=parts)
            if plan is not None:
                self.state.offer(self.number, plan)
        if kind is not Kind.PLANS:
            self._conclude(relaxation, answer, below)
        if answer.proved and (answer.relaxed is None or not relaxation.tighten(answer.relaxed)):
            del self.seconds[kind]
            self.done = not self.seconds

    def _conclude(self, relaxation: Relaxation, answer: Answer, below: int | None) -> None:
        """Raise the bound by what a search of all plans said."""
        bound = None if answer.bound is None else relaxation.bound(answer.bound)
        with self.state.lock:
            best = self.state.parts[self.number]
            least = [cost for cost in (bound, below, best.cost) if cost is not None]
            if bound is not None or (answer.infeasible and below is not None):
                self.state.raise_bound(self.number, min(least))
