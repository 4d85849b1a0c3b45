"""The strand that leads: the relaxation for the bound, and plans that follow it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from solver.restack.choose import NOWHERE, Run, by_moves, by_swaps, choose_spaces, seat, seat_some
from solver.restack.construct import MOSTLY, from_shares
from solver.restack.greedy import close_spaces
from solver.restack.relax import WORK_PER_ROW_ITERATION, Relaxation
from solver.restack.tasks import Task

if TYPE_CHECKING:
    from solver.restack.problem import Flags, Floats, Ints, Problem
    from solver.restack.relax import Relaxed

WORK_PER_COLUMN = 2e-5
LEAST_GAIN = 1e-4
PATIENCE = 6
# Rounds of rows before spaces are chosen for the first time, and between two later choices.
FIRST_ROUNDS, ROUNDS_BETWEEN = 6, 2
# Of so many pieces one adds rows and one chooses spaces anew; the others seat some teams again.
EVERY = 6
# While seating some teams again does not pay, it is charged up to so many times more.
VAIN, RATE = 4.0, 0.3
RESEAT_SECONDS = 4.0
REOPEN = 0.3
# A plan that far above the bound has little to do with the relaxation: what follows it at once,
# roughly, is better. 300 facilities, 300 customers, one worker, 10 s: 571,158, before 994,834.
FAR = 0.2
# Seats left free when spaces are chosen, in the order tried.
SLACKS = (0.01, 0.005, 0.02, 0.0)
# Of the time of this strand, what the first rounds, one choice and one seating may take.
ROUNDS_SHARE, ROUND_OFF_SHARE, CHOICE_SHARE, SEAT_SHARE = 0.3, 0.15, 0.25, 0.3


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
    price: Floats | None = None
    loose: float = 0.35
    turn: int = 0
    hope: float = 1.0

    def __post_init__(self) -> None:
        """Start the random choices."""
        self.rng = np.random.default_rng(self.seed)

    def piece(self, work: float) -> float:
        """Do what comes next: the first plan in one go, then rounds and choices in turn."""
        del work
        best = self.state.parts[self.number]
        run = Run(self.state, self.seed)
        spent = 1e-3
        if self.relaxation is None:
            self.relaxation = run.relaxation_of(best.problem)
            self.cut_short |= run.cut_short
            spent += WORK_PER_COLUMN * best.problem.size
        if self.relaxation is None:
            self.done = True
            return spent
        if not self.state.parallel:  # HiGHS goes by the clock, and a worker alone must repeat
            self.done = not self._round(run) or self.tight or self.done
            return spent + run.work + WORK_PER_ROW_ITERATION * run.effort
        if not self.values:
            self._rounds(FIRST_ROUNDS, run)
            if self.values and not self.state.stop():
                self._choose(self.relaxation, run)
            self.cut_short |= run.cut_short
            return spent + run.work + WORK_PER_ROW_ITERATION * run.effort
        self.turn += 1
        if self.turn % EVERY == 0 and self.slacks:
            self._choose(self.relaxation, run)
        elif self.turn % EVERY == 1 and not self.tight:
            self._rounds(ROUNDS_BETWEEN, run)
        elif best.plan is not None and self.price is not None and not by_moves(best.problem):
            self._reseat(self.relaxation, run)
        elif not self.slacks:
            self.done = self.tight
        self.cut_short |= run.cut_short
        return spent + run.work + WORK_PER_ROW_ITERATION * run.effort

    def _rounds(self, rounds: int, run: Run) -> None:
        start = self.state.seconds
        for _ in range(rounds):
            late = self.state.seconds - start > ROUNDS_SHARE * self.budget
            if self.tight or (late and self.state.parallel) or not self._round(run):
                break

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
        if len(self.values) in {2, 5} or best.gap is None or best.gap > FAR:
            self._round_off(relaxed, run)
        self.tight = not relaxation.tighten(relaxed) or self._stalls()
        return True

    def _round_off(self, relaxed: Relaxed, run: Run) -> None:
        problem = self.state.parts[self.number].problem
        rounded = from_shares(problem, relaxed.sits, relaxed.kept)
        if rounded is not None:
            closed, _ = close_spaces(problem, rounded, None, self.state.stop)
            self.state.offer(self.number, closed)
        if by_moves(problem) and not self.state.stop():
            kept = frozenset(np.flatnonzero(relaxed.kept > MOSTLY).tolist())
            plan = by_swaps(problem, kept, relaxed, run, ROUND_OFF_SHARE * self.budget)
            if plan is not None:
                self.state.offer(self.number, plan)

    def _stalls(self) -> bool:
        if len(self.values) <= PATIENCE:
            return False
        gain = self.values[-1] - self.values[-1 - PATIENCE]
        return gain < LEAST_GAIN * abs(self.values[-1])

    def _choose(self, relaxation: Relaxation, run: Run) -> None:
        """Choose spaces with some slack and seat everyone there."""
        seconds = CHOICE_SHARE * self.budget
        kept = choose_spaces(relaxation, self.slacks.pop(0), seconds, run)
        if kept is None or kept in self.seen:
            return
        self.seen.add(kept)
        plan, self.price = seat(relaxation, kept, SEAT_SHARE * self.budget, run)
        if plan is not None:
            self.state.offer(self.number, plan)

    def charge(self, work: float) -> None:
        """Count more while seating some teams again does not pay."""
        super().charge(work * (VAIN - (VAIN - 1) * self.hope))

    def _reseat(self, relaxation: Relaxation, run: Run) -> None:
        """Let a third of the teams move again, sometimes into a space that is freed."""
        best = self.state.parts[self.number].plan
        if best is None or self.price is None:
            return
        problem, rng = relaxation.problem, self.rng
        freed = [s for s in range(problem.n_spaces) if s not in best.kept]
        spaces = set(best.kept)
        if freed and rng.random() < REOPEN:
            spaces.add(int(rng.choice(freed)))
        places = np.array([seated[0][0] for seated in best.parts])
        moves = _some(problem, places, sorted(best.kept), self.loose, rng)
        moves |= np.array([len(seated) > 1 for seated in best.parts])
        stays = np.where(moves, NOWHERE, places)
        start = self.state.seconds
        plan = seat_some(
            relaxation, self.price, stays, frozenset(spaces), best, RESEAT_SECONDS, run
        )
        quick = self.state.seconds - start < RESEAT_SECONDS / 2
        better = plan is not None and self.state.offer(self.number, plan)
        self.hope += RATE * (better - self.hope)
        if plan is None and self.state.parallel:
            self.loose = min(1.0, max(0.1, self.loose * (1.1 if quick else 0.85)))


def _some(
    problem: Problem, places: Ints, kept: list[int], share: float, rng: np.random.Generator
) -> Flags:
    """Return which teams move: all those of some spaces, half of them around one place."""
    count = max(2, round(share * len(kept)))
    first = int(rng.choice(kept))
    near = sorted(
        kept,
        key=lambda s: (
            problem.building[s] != problem.building[first],
            abs(int(problem.level[s]) - int(problem.level[first])),
        ),
    )
    chosen = {*near[: count // 2], *rng.permutation(kept)[: count - count // 2].tolist()}
    return np.isin(places, sorted(chosen))
