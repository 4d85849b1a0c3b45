"""A first plan of a component in which seats are so tight that none is made without a search."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from solver.restack.construct import by_pouring
from solver.restack.exact import WORK_PER_SECOND, Limits, solve_exactly
from solver.restack.greedy import close_spaces
from solver.restack.swap import Swaps
from solver.restack.tasks import Task

if TYPE_CHECKING:
    from solver.restack.problem import Plan

# Of the first search of each kind; the next one of that kind may take twice as long.
FIRST_SECONDS, GROWTH = 1.0, 2.0
LEAST_WORK = 1e-3


@dataclass
class First(Task):
    """Seek any plan, costs aside: by pouring, then by swaps and by the exact model in turn.

    Where one seat in a hundred is free, swaps find a plan in seconds and the exact model none;
    where spaces must be filled to the last seat, it is the other way round.

    Args:
        workers: of the engine.
        seconds: of the next search of each kind.
        turn: searches so far.
        hopeless: whether some team can only be seated in parts, which swaps never do.
    """

    seed: int = 1
    workers: int = 1
    seconds: float = FIRST_SECONDS
    turn: int = 0
    hopeless: bool = False

    def ready(self) -> bool:
        """Return whether there is no plan yet, and it is not proved that there is none."""
        self.done |= self.state.parts[self.number].plan is not None or self.state.impossible
        return super().ready()

    def piece(self, work: float) -> float:
        """Search once; return the work it took."""
        self.turn += 1
        if self.turn == 1:
            return self._pour()
        if self.turn % 2 == 0:
            return self._swap(work)
        return self._ask(work)

    def _pour(self) -> float:
        plan = by_pouring(self.state.parts[self.number].problem)
        self._take(plan)
        return LEAST_WORK

    def _swap(self, work: float) -> float:
        """Search by moves and swaps with every team whole, all spaces kept that may be."""
        problem = self.state.parts[self.number].problem
        usable = np.flatnonzero(~problem.must_free & (problem.seats.max(axis=1) > 0)).tolist()
        swaps = (
            Swaps(problem, usable, self.seed + self.turn) if usable and problem.n_teams else None
        )
        if swaps is None or not swaps.possible():
            self.hopeless = True
            return LEAST_WORK
        lightest = [int(np.argmin(loads.max(axis=1))) for loads in problem.loads]
        walk = swaps.begin(swaps.first([[] for _ in lightest], lightest))
        most = min(work, WORK_PER_SECOND * self.seconds) / swaps.work_of_step
        while walk.best is None and walk.done < most and not self.state.stop():
            walk.step()
        self._take(None if walk.best is None else swaps.plan(walk.best))
        return LEAST_WORK + walk.done * swaps.work_of_step

    def _ask(self, work: float) -> float:
        """Ask the exact model for any plan, longer each time."""
        limits = Limits(
            self.state.limit(self.seconds),
            None if self.state.parallel else min(work, WORK_PER_SECOND * self.seconds),
            self.workers,
            (self.seed + self.turn) % 2**31,
            portfolio=self.seconds > FIRST_SECONDS,
        )
        result = solve_exactly(
            self.state.parts[self.number].problem,
            limits,
            should_stop=self.state.stop,
            feasibility_only=True,
        )
        self.seconds *= GROWTH
        self.done |= result.declined and self.hopeless
        self.cut_short |= result.cut_short and not self.state.parallel
        if result.infeasible:
            self.state.deny(self.number)
        self._take(result.plan)
        return LEAST_WORK + result.work

    def _take(self, plan: Plan | None) -> None:
        if plan is not None:
            problem = self.state.parts[self.number].problem
            self.state.offer(self.number, plan)
            closed, _ = close_spaces(problem, plan, None, self.state.stop)
            self.state.offer(self.number, closed)
