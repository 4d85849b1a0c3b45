"""The bound by prices as a strand of work, where few teams fill a space."""

from __future__ import annotations

from dataclasses import dataclass

from solver.restack.choose import Run
from solver.restack.lagrange import Prices
from solver.restack.relax import WORK_PER_ROW_ITERATION, Relaxation
from solver.restack.tasks import Task

ROUNDS = 30
FIRST_STEPS, STEPS = 60, 540
# Where prices gain less than this on the relaxation, spaces hold so many teams that packing is no
# matter, and linear rows say more.
WORTHWHILE = 1e-4


@dataclass
class Price(Task):
    """Raise the bound of a component whose teams stay whole, once.

    On 50 teams and 20 spaces the relaxation ends at 136,134, prices at 136,870 after 2 s, and
    HiGHS with whole spaces at 136,461 after 30 s. Branching on spaces with prices at each node
    gained nothing in 15 s.
    """

    relaxation: Relaxation | None = None
    rounds: int = 0

    def piece(self, work: float) -> float:
        """Tighten the relaxation once; at the end, climb from its prices."""
        del work
        best = self.state.parts[self.number]
        if self.relaxation is None:
            run = Run(self.state, 1)
            self.relaxation = run.relaxation_of(best.problem)
            self.cut_short |= run.cut_short
        relaxation = self.relaxation
        if relaxation is None:
            self.done = True
            return 1e-3
        relaxed = relaxation.solve(self.state.left, self.state.stop)
        spent = 1e-3 + WORK_PER_ROW_ITERATION * relaxation.effort
        if relaxed is None:
            self.done = True
            self.cut_short |= not relaxation.hopeless
            return spent
        self.state.raise_bound(self.number, relaxation.bound(relaxed.value))
        self.rounds += 1
        if self.rounds < ROUNDS and relaxation.tighten(relaxed):
            return spent
        self.done = True
        prices = Prices(relaxation)
        price, value = prices.price, relaxed.value
        for steps in (FIRST_STEPS, STEPS):
            point, taken = prices.climb(price, prices.fixed, steps, best.cost, self.state.stop)
            spent += taken * prices.work_of_step
            bound = relaxation.bound(point.value * relaxation.scale)
            self.state.raise_bound(
                self.number, bound if best.cost is None else min(bound, best.cost)
            )
            gained = point.value * relaxation.scale - value
            if gained < WORTHWHILE * abs(value) or self.state.stop():
                break
            price = point.price
        return spent
