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
from solver.restack.swap import ROWS, Swaps
from solver.restack.tasks import Task

if TYPE_CHECKING:
    from collections.abc import Iterator

    from solver.restack.problem import Ints, Plan, Problem

# Seats of each space left free when the coarse model chooses, in the order tried.
SLACKS = (0.0, 0.003, 0.01, 0.006, 0.02)
COARSE_WORK = 3.0
FIRST_STEPS, STEPS, MORE_STEPS = 3_000, 700, 2_500
# A set whose plan is so close to the best is looked at longer.
CLOSE = 0.004
# Work of one step, by its fixed part and by the numbers it handles: 0.4 ms on 120 teams, 21 spaces
# and 4 days, 0.3 ms on 300 teams, 31 spaces and one day; half a unit of work is a second.
STEP_WORK, NUMBER_WORK = 6e-5, 5e-9
RANK = 0.25


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

    def ready(self) -> bool:
        """Return whether anything is left to find."""
        self.done = self.done or self.state.parts[self.number].proved
        return super().ready()

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
        """Seat everyone in a set that differs a little from that of the best plan."""
        problem = self.state.parts[self.number].problem
        self.turn += 1
        kept = self._another(problem, plan.kept)
        if kept is None:
            kept = plan.kept
        goes = [[parts[0][0]] if parts[0][0] in kept else [] for parts in plan.parts]
        return self._seat(kept, goes, STEPS)

    def _another(self, problem: Problem, kept: frozenset[int]) -> frozenset[int] | None:
        """Return a set that was not tried, cheap ones first; None if there is none."""
        found = [near for near in neighbours(problem, kept) if near not in self.seen]
        if not found:
            return None
        found.sort(key=lambda near: (rent(problem, near), sorted(near)))
        rank = int(self.rng.exponential(RANK * len(found))) if self.turn % 2 else 0
        return found[min(rank, len(found) - 1)]

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
        return 1e-3 + done * _work_of_step(swaps)


def _work_of_step(swaps: Swaps) -> float:
    teams, spaces = swaps.cost.shape
    return STEP_WORK + NUMBER_WORK * float(teams * (spaces + ROWS) * swaps.load.shape[1])


def neighbours(problem: Problem, kept: frozenset[int]) -> Iterator[frozenset[int]]:
    """Yield sets with one space more, one less, or one exchanged, that seat everyone in total."""
    days = list(problem.days_that_bind)
    need = np.array([load[0, days] for load in problem.loads]).sum(axis=0)
    room: Ints = problem.seats[sorted(kept)][:, days].sum(axis=0) - need
    seats = problem.seats[:, days]
    leave = [s for s in sorted(kept) if not problem.must_keep[s]]
    enter = [s for s in range(problem.n_spaces) if s not in kept and not problem.must_free[s]]
    for space in leave:
        if (room >= seats[space]).all():
            yield kept - {space}
        for other in enter:
            if (room + seats[other] >= seats[space]).all():
                yield kept - {space} | {other}
    for other in enter:
        yield kept | {other}


def rent(problem: Problem, kept: frozenset[int]) -> int:
    """Return what keeping a set of spaces costs, units counted."""
    cost = sum(int(problem.keep[space]) for space in kept)
    return cost - sum(unit.bonus for unit in problem.units if kept.isdisjoint(unit.spaces))
