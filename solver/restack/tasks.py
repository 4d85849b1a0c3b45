"""What a worker can do next, in small pieces: tighten a bound, improve a plan, prove one."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from solver.restack.coarse import Coarse, only_kept, solve_coarsely, with_slack
from solver.restack.construct import from_shares
from solver.restack.exact import Limits, solve_exactly
from solver.restack.greedy import close_spaces
from solver.restack.improve import Search
from solver.restack.problem import merged
from solver.restack.relax import Relaxation

if TYPE_CHECKING:
    from solver.restack.problem import Plan
    from solver.restack.state import State

# The engine's work for one iteration of the simplex on one row, measured against CP-SAT's units.
WORK_PER_ROW_ITERATION = 4e-8
WORK_PER_COLUMN = 2e-5
LEAST_GAIN = 1e-4
PATIENCE = 6
# Seats left free when the coarse model picks spaces for a plan, in the order tried.
SLACKS = (0.01, 0.02, 0.005, 0.015, 0.03)
COARSE_WORK = 3.0
PACK_WORK = 1.5


@dataclass
class Task:
    """One strand of work on one component, done a piece at a time.

    Args:
        number: of the component.
        state: what is known so far.
        weight: share of the time that this strand should get.
        spent: work or time so far.
        running: pieces under way.
        most: pieces that may be under way at once.
        done: nothing is left to do.
        cut_short: the clock ended a piece.
    """

    number: int
    state: State
    weight: float
    spent: float = 0.0
    running: int = 0
    most: int = 1
    done: bool = False
    cut_short: bool = False

    def ready(self) -> bool:
        """Return whether a piece could start now."""
        return not self.done and self.running < self.most

    def piece(self, work: float) -> float:
        """Do one piece within a work limit; return the work it took."""
        raise NotImplementedError


@dataclass
class Prove(Task):
    """Solve a small component exactly, longer each time it was not enough."""

    seed: int = 1
    workers: int = 1
    share: float = 1.0

    def piece(self, work: float) -> float:
        """Run the exact model once."""
        best = self.state.parts[self.number]
        result = solve_exactly(
            best.problem,
            Limits(self.state.left, min(work, self.share), self.workers, self.seed),
            hint=best.plan,
            on_plan=lambda plan, _: self.state.offer(self.number, plan),
            on_bound=lambda bound: self.state.raise_bound(self.number, bound),
            should_stop=self.state.stop,
        )
        self.cut_short |= result.cut_short
        self.share *= 4
        if result.plan is not None:
            self.state.offer(self.number, result.plan)
        self.state.raise_bound(self.number, result.bound)
        self.done = result.proved
        return result.work + 1e-3


@dataclass
class Bound(Task):
    """Tighten the relaxation of a component row by row."""

    relaxation: Relaxation | None = None
    values: list[float] = field(default_factory=list)

    def piece(self, work: float) -> float:
        """Solve the relaxation once and add the rows that its solution breaks."""
        del work
        best = self.state.parts[self.number]
        if self.relaxation is None:
            self.relaxation = Relaxation(best.problem)
            return WORK_PER_COLUMN * best.problem.size
        relaxed = self.relaxation.solve(self.state.left)
        spent = 1e-3 + WORK_PER_ROW_ITERATION * self.relaxation.effort
        if relaxed is None:
            self.done = True
            self.cut_short |= not self.relaxation.hopeless
            return spent
        self.state.raise_bound(self.number, self.relaxation.bound(relaxed.value))
        self.values.append(relaxed.value)
        if len(self.values) in {2, 5} or best.plan is None:
            rounded = from_shares(best.problem, relaxed.sits, relaxed.kept)
            if rounded is not None:
                closed, _ = close_spaces(best.problem, rounded, None, self.state.stop)
                self.state.offer(self.number, closed)
        added = self.relaxation.tighten(relaxed)
        self.done = not added or self._stalls()
        return spent

    def _stalls(self) -> bool:
        if len(self.values) <= PATIENCE:
            return False
        gain = self.values[-1] - self.values[-1 - PATIENCE]
        return gain < LEAST_GAIN * abs(self.values[-1])


@dataclass
class Choose(Task):
    """Choose the spaces to keep by the coarse model, for its bound and for plans to start from."""

    seed: int = 1
    share: float = COARSE_WORK
    bounded: bool = False
    slacks: list[float] = field(default_factory=lambda: list(SLACKS))
    seen: set[frozenset[int]] = field(default_factory=set)

    def piece(self, work: float) -> float:
        """Solve the coarse model once, with a little slack where the bound is known."""
        problem = self.state.parts[self.number].problem
        if not self.bounded:
            return self._bound(work)
        slack = self.slacks.pop(0)
        self.done = not self.slacks
        limits = Limits(self.state.left, min(work, COARSE_WORK), 1, self.seed)
        coarse = solve_coarsely(with_slack(problem, slack), limits, should_stop=self.state.stop)
        self.cut_short |= coarse.cut_short
        return coarse.work + self._pack(coarse, work - coarse.work) + 1e-3

    def _bound(self, work: float) -> float:
        coarse = solve_coarsely(
            self.state.parts[self.number].problem,
            Limits(self.state.left, min(work, self.share), 1, self.seed),
            on_bound=lambda bound: self.state.raise_bound(self.number, bound),
            should_stop=self.state.stop,
        )
        self.cut_short |= coarse.cut_short
        self.state.raise_bound(self.number, coarse.bound)
        self.bounded = True
        return coarse.work + 1e-3

    def _pack(self, coarse: Coarse, work: float) -> float:
        """Seat everyone in the chosen spaces, exactly; return the work it took.

        First every team goes to the building that the coarse model chose for it, which makes
        each building a small packing of its own; where that does not succeed, to any.
        """
        if coarse.kept is None or coarse.kept in self.seen:
            return 0.0
        self.seen.add(coarse.kept)
        best = self.state.parts[self.number]
        spent = 0.0
        for goes in (coarse.goes, None):
            inner = only_kept(best.problem, coarse.kept, goes)
            if inner is None or spent >= work:
                continue
            result = solve_exactly(
                inner,
                Limits(self.state.left, min(work - spent, PACK_WORK), 1, self.seed),
                should_stop=self.state.stop,
            )
            spent += result.work
            self.cut_short |= result.cut_short
            if result.plan is not None:
                self.state.offer(self.number, result.plan)
                break
        return spent


@dataclass
class Improve(Task):
    """Search large neighbourhoods of the best plan of a component."""

    seed: int = 1
    search: Search | None = None
    busy: set[int] = field(default_factory=set)

    def ready(self) -> bool:
        """Return whether there is a plan to improve."""
        best = self.state.parts[self.number]
        self.done = self.done or best.proved
        return super().ready() and best.plan is not None and best.problem.n_teams > 0

    def piece(self, work: float) -> float:
        """Decide one neighbourhood again."""
        best = self.state.parts[self.number]
        plan = best.plan
        if plan is None:
            return 1e-3
        if self.search is None:
            self.search = Search(best.problem, self.seed)
        taken: list[int] = []

        def claim(spaces: list[int]) -> None:
            taken.extend(spaces)
            self.busy.update(spaces)

        better, spent, cut_short = self.search.step(
            plan,
            self.state.left,
            work,
            self.state.stop,
            frozenset(self.busy),
            claim,
        )
        self.busy.difference_update(taken)
        self.cut_short |= cut_short
        if better is not None:
            self._offer(better, plan)
        return spent

    def _offer(self, better: Plan, before: Plan) -> None:
        """Offer a plan; where another worker was quicker, offer what differs from `before`."""
        with self.state.lock:
            now = self.state.parts[self.number].plan
            if now is not None and now is not before:
                better = merged(now, before, better)
        self.state.offer(self.number, better)


def clock() -> float:
    """Return the time by which pieces of several workers are measured."""
    return time.monotonic()
