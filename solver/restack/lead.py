"""The strand that leads: the relaxation for the bound, and plans that follow it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from solver.restack.choose import Run, choose_spaces, seat
from solver.restack.construct import from_shares
from solver.restack.greedy import close_spaces
from solver.restack.relax import Relaxation
from solver.restack.tasks import Task

if TYPE_CHECKING:
    from solver.restack.relax import Relaxed

# The engine's work for one iteration of the simplex on one row, measured against CP-SAT's units.
WORK_PER_ROW_ITERATION = 4e-8
WORK_PER_COLUMN = 2e-5
LEAST_GAIN = 1e-4
PATIENCE = 6
# Rounds of rows before spaces are chosen for the first time, and between two later choices.
FIRST_ROUNDS, ROUNDS_BETWEEN = 6, 4
# Seats left free when spaces are chosen, in the order tried.
SLACKS = (0.01, 0.005, 0.02, 0.0)
# Of the time of this strand, what the first rounds, one choice and one seating may take.
ROUNDS_SHARE, CHOICE_SHARE, SEAT_SHARE = 0.3, 0.25, 0.3


@dataclass
class Lead(Task):
    """Tighten the relaxation of a component row by row; choose spaces and seat teams by it.

    Args:
        budget: seconds that this strand can count on.
    """

    seed: int = 1
    budget: float = 60.0
    relaxation: Relaxation | None = None
    values: list[float] = field(default_factory=list)
    slacks: list[float] = field(default_factory=lambda: list(SLACKS))
    seen: set[frozenset[int]] = field(default_factory=set)
    tight: bool = False

    def piece(self, work: float) -> float:
        """Do what comes next: the first plan in one go, then rounds and choices in turn."""
        del work
        best = self.state.parts[self.number]
        run = Run(lambda: self.state.left, self.state.stop, self.seed)
        spent = 1e-3
        if self.relaxation is None:
            self.relaxation = Relaxation(best.problem)
            spent += WORK_PER_COLUMN * best.problem.size
        first = not self.values
        rounds = FIRST_ROUNDS if first else ROUNDS_BETWEEN
        start = self.state.seconds
        for _ in range(rounds):
            late = self.state.seconds - start > ROUNDS_SHARE * self.budget
            if self.tight or (late and self.state.parallel) or not self._round(run):
                break
        if self.slacks and self.values and not self.state.stop():
            self._choose(run)
        self.done = self.done or (self.tight and not self.slacks)
        return spent + WORK_PER_ROW_ITERATION * run.effort

    def _round(self, run: Run) -> bool:
        """Solve the relaxation once and add the rows that its solution breaks."""
        relaxation, best = self.relaxation, self.state.parts[self.number]
        if relaxation is None:
            return False
        relaxed = run.relax(relaxation)
        if relaxed is None:
            self.done = True
            self.cut_short |= not relaxation.hopeless
            return False
        self.state.raise_bound(self.number, relaxation.bound(relaxed.value))
        self.values.append(relaxed.value)
        if best.plan is None:
            self._round_off(relaxed)
        self.tight = not relaxation.tighten(relaxed) or self._stalls()
        return True

    def _round_off(self, relaxed: Relaxed) -> None:
        problem = self.state.parts[self.number].problem
        rounded = from_shares(problem, relaxed.sits, relaxed.kept)
        if rounded is not None:
            closed, _ = close_spaces(problem, rounded, None, self.state.stop)
            self.state.offer(self.number, closed)

    def _stalls(self) -> bool:
        if len(self.values) <= PATIENCE:
            return False
        gain = self.values[-1] - self.values[-1 - PATIENCE]
        return gain < LEAST_GAIN * abs(self.values[-1])

    def _choose(self, run: Run) -> None:
        """Choose spaces with some slack and seat everyone there."""
        if self.relaxation is None:
            return
        seconds = CHOICE_SHARE * self.budget
        kept = choose_spaces(self.relaxation, self.slacks.pop(0), seconds, run)
        if kept is None or kept in self.seen:
            return
        self.seen.add(kept)
        plan = seat(self.relaxation, kept, SEAT_SHARE * self.budget, run)
        if plan is not None:
            self.state.offer(self.number, plan)
