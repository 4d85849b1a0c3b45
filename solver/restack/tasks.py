"""What a worker can do next, in small pieces: tighten a bound, improve a plan, prove one."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from solver.restack.coarse import solve_coarsely
from solver.restack.exact import Limits, solve_exactly
from solver.restack.improve import Search
from solver.restack.problem import merged

if TYPE_CHECKING:
    from solver.restack.problem import Plan
    from solver.restack.state import State

COARSE_WORK = 3.0
# Divisible teams take the engine up to 16 s a unit of work; where several search, the clock ends
# a piece: that of the exact model in the first try, and one neighbourhood.
PROVE_SECONDS, STEP_SECONDS = 1.0, 2.0
# Of a piece of a search among neighbourhoods that always pays, this share is not charged.
PAYING = 0.8
# A proof is charged more while the gap is above this, up to so many times.
NEAR_PROOF, FAR_FROM_PROOF = 0.02, 8.0
# Work of the exact model's first try; later ones take turns at several kinds of search, which
# found plans up to a tenth cheaper in 8 s.
FIRST_SHARE = 0.25


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
        """Return whether a piece could start now; nothing is left once the component is proved."""
        self.done = self.done or self.state.parts[self.number].proved
        return not self.done and self.running < self.most

    def piece(self, work: float) -> float:
        """Do one piece within a work limit; return the work it took."""
        raise NotImplementedError

    def charge(self, work: float) -> None:
        """Count the work or time of a piece: the strand that is charged least goes next."""
        self.spent += work


@dataclass
class Prove(Task):
    """Solve a small component exactly, longer each time it was not enough."""

    seed: int = 1
    workers: int = 1
    share: float = FIRST_SHARE
    seconds: float = PROVE_SECONDS

    def piece(self, work: float) -> float:
        """Run the exact model once."""
        best = self.state.parts[self.number]
        result = solve_exactly(
            best.problem,
            Limits(
                self.state.limit(self.seconds),
                min(work, self.share),
                self.workers,
                self.seed,
                portfolio=self.share > FIRST_SHARE,
            ),
            hint=best.plan,
            on_plan=lambda plan, _: self.state.offer(self.number, plan),
            on_bound=lambda bound: self.state.raise_bound(self.number, bound),
            should_stop=self.state.stop,
        )
        self.cut_short |= result.cut_short
        self.share, self.seconds = 4 * self.share, 4 * self.seconds
        if result.plan is not None:
            self.state.offer(self.number, result.plan)
        self.state.raise_bound(self.number, result.bound)
        self.done = result.proved or result.declined
        if result.infeasible:
            self.state.deny(self.number)
        return result.work + 1e-3


@dataclass
class Pool(Task):
    """Bound a component by the coarse model once; where moves are dear, it says most."""

    seed: int = 1

    def piece(self, work: float) -> float:
        """Solve the coarse model."""
        coarse = solve_coarsely(
            self.state.parts[self.number].problem,
            Limits(self.state.left, min(work, COARSE_WORK), 1, self.seed),
            on_bound=lambda bound: self.state.raise_bound(self.number, bound),
            should_stop=self.state.stop,
        )
        self.cut_short |= coarse.cut_short
        self.state.raise_bound(self.number, coarse.bound)
        self.done = True
        return coarse.work + 1e-3


@dataclass
class Improve(Task):
    """Search large neighbourhoods of the best plan of a component."""

    seed: int = 1
    search: Search | None = None
    busy: set[int] = field(default_factory=set)

    def charge(self, work: float) -> None:
        """Count less while neighbourhoods pay."""
        hope = 0.0 if self.search is None else self.search.hope
        super().charge(work * (1.0 - PAYING * hope))

    def ready(self) -> bool:
        """Return whether there is a plan to improve."""
        best = self.state.parts[self.number]
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
            self.state.limit(STEP_SECONDS),
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


@dataclass
class Proof(Task):
    """A strand whose end is a proof: while the gap is wide, better plans come first."""

    def charge(self, work: float) -> None:
        """Count more while the gap is wide."""
        gap = self.state.parts[self.number].gap
        wide = FAR_FROM_PROOF if gap is None else gap / NEAR_PROOF
        super().charge(work * min(max(wide, 1.0), FAR_FROM_PROOF))


def clock() -> float:
    """Return the time by which pieces of several workers are measured."""
    return time.monotonic()
