"""Searching among sets of kept spaces, each seated by moves and swaps.

Sets come from the coarse model with a little slack, then from the best plan: a space closed,
opened, or exchanged for another. The first set of the coarse model also proves a bound. Divided
teams move piece by piece; now and then one is put together, or another is divided.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from solver.restack.beside import RANK, farther, neighbours
from solver.restack.coarse import solve_coarsely
from solver.restack.evaluate import cost_of
from solver.restack.exact import Limits
from solver.restack.pieces import cut, cut_anew
from solver.restack.swap import Swaps
from solver.restack.tasks import Task

if TYPE_CHECKING:
    from collections.abc import Iterable

    from solver.restack.pieces import Pieces
    from solver.restack.problem import Plan

# Seats of each space left free when the coarse model chooses, in the order tried.
SLACKS = (0.0, 0.003, 0.01, 0.006, 0.02)
COARSE_WORK = 3.0
FIRST_STEPS, STEPS, MORE_STEPS = 3_000, 700, 2_500
# After so many steps a team, and so many at least, most sets cost within 0.5% of what they will
# after 1,500: one whose plan is so far above the last is left. One whose plan is so close to the
# best is looked at longer, so many steps a team.
SCREEN, LEAST_SCREEN = 1, 100
FAR, CLOSE, MORE = 0.01, 0.004, 10
# After so many turns without a better plan, several spaces are exchanged and what comes of that is
# taken as it is, to be bettered from there.
PATIENCE = 8
# Share of the seats left free that sets must hold: more after one that held nobody's plan.
TIGHTER, LOOSER = 0.003, 0.002
# Every so many turns the set of the best plan is searched again, or several spaces are closed
# at once.
AGAIN, FARTHER, TRIES = 8, 3, 5
# What is counted of the time of sets that always pay, and of sets that do not.
PAYING, VAIN, RATE = 0.2, 1.5, 0.05
# The coarse model is worth its while where buildings pool many spaces, and the choice is wide.
LEAST_COARSE, MOST_COARSE = 3_000, 20_000


@dataclass
class Sets(Task):
    """Try sets of kept spaces of a component."""

    seed: int = 1
    slacks: list[float] = field(default_factory=lambda: list(SLACKS))
    seen: set[frozenset[int]] = field(default_factory=set)
    begun: bool = False
    turn: int = 0
    hope: float = 1.0
    at: Plan | None = None
    at_cost: float = np.inf
    best_cost: float = np.inf
    since: int = 0
    room: float = 0.0

    def __post_init__(self) -> None:
        """Start the random choices."""
        self.rng = np.random.default_rng(self.seed)
        problem = self.state.parts[self.number].problem
        pools = problem.n_teams * len(np.unique(problem.building))
        if not problem.plain or problem.size < LEAST_COARSE or pools > MOST_COARSE:
            self.slacks = []

    def ready(self) -> bool:
        """Return whether there is a plan to start from, or a choice of the coarse model left."""
        known = self.state.parts[self.number].plan is not None
        return super().ready() and (known or bool(self.slacks))

    def charge(self, work: float) -> None:
        """Count less while sets pay, and more while they do not."""
        super().charge(work * (VAIN - (VAIN - PAYING) * self.hope))

    def piece(self, work: float) -> float:
        """Seat everyone in the next set."""
        best = self.state.parts[self.number]
        if not self.begun and best.plan is not None:
            self.begun = True
            return self._within(best.plan.kept, cut(best.problem, best.plan))
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
            spent += self._seat(coarse.kept, coarse.goes, FIRST_STEPS, None)
        return spent

    def _beside(self, best: Plan) -> float:
        """Seat everyone in a set that differs a little from that of a good plan, or in it."""
        self.turn += 1
        self.since += 1
        part = self.state.parts[self.number]
        again, kick = self.turn % AGAIN == 0, self.since > PATIENCE
        if self.at is None or kick or (part.cost or 0) < self.best_cost:
            self.at, self.since = best, 0
            self.at_cost = np.inf if kick else part.cost or 0
        self.best_cost = part.cost or 0
        plan = best if again else self.at
        pieces = cut(part.problem, cut_anew(part.problem, plan, self.rng))
        far = kick or self.turn % FARTHER == 0
        kept = None if again else self._another(pieces, far=far)
        return self._within(plan.kept if kept is None else kept, pieces)

    def _another(self, pieces: Pieces, *, far: bool) -> frozenset[int] | None:
        """Return a set that was not tried, what looks cheapest first; None if there is none."""
        problem, plan = pieces.problem, pieces.plan
        if far:
            sets = (farther(problem, plan, self.rng, self.room) for _ in range(TRIES))
            return next((kept for kept in sets if kept not in self.seen), None)
        rank = int(self.rng.exponential(RANK)) if self.turn % 2 else 0
        last = None
        for near in neighbours(problem, plan, self.room):
            if near in self.seen:
                continue
            last = near
            if rank == 0:
                break
            rank -= 1
        return last

    def _within(self, kept: frozenset[int], pieces: Pieces) -> float:
        """Search one set from where everyone sits."""
        goes = [[seated[0][0]] if seated[0][0] in kept else [] for seated in pieces.plan.parts]
        return self._seat(kept, goes, STEPS, pieces)

    def _seat(
        self,
        kept: frozenset[int],
        goes: Iterable[Iterable[int]],
        steps: int,
        pieces: Pieces | None,
    ) -> float:
        """Search one set, longer if it looks good; return the work it took."""
        best = self.state.parts[self.number]
        self.seen.add(kept)
        problem = best.problem if pieces is None else pieces.problem
        swaps = Swaps(problem, kept, int(self.rng.integers(2**31)))
        if not swaps.possible():
            return 1e-3
        walk = swaps.begin(swaps.first(goes, None if pieces is None else pieces.plan.load))
        screen = min(steps, max(LEAST_SCREEN, SCREEN * problem.n_teams))
        plan = swaps.go(walk, screen, self.state.stop)
        before, done = best.cost, steps
        if (
            pieces is not None
            and plan is not None
            and self._above(plan, pieces, self.at_cost) > FAR
        ):
            done = screen
        else:
            plan = swaps.go(walk, steps - screen, self.state.stop)
        better = False
        if plan is not None:
            better = self._take(plan, pieces)
            if before is None or self._above(plan, pieces, before) <= CLOSE:
                more = min(MORE_STEPS, MORE * problem.n_teams)
                found = swaps.search(swaps.at(plan), more, self.state.stop)
                done += found.steps
                better |= found.plan is not None and self._take(found.plan, pieces)
        self._learn(fits=plan is not None, better=better)
        return 1e-3 + done * swaps.work_of_step

    def _above(self, plan: Plan, pieces: Pieces | None, cost: float) -> float:
        """Return how much a plan costs above a cost, as a share of it."""
        whole = plan if pieces is None else pieces.joined(plan)
        mine = cost_of(self.state.parts[self.number].problem, whole)
        return -np.inf if cost == np.inf else (mine - cost) / max(1.0, abs(cost))

    def _take(self, plan: Plan, pieces: Pieces | None) -> bool:
        """Offer a plan; search on from it if it betters the last. Return whether it is the best."""
        whole = plan if pieces is None else pieces.joined(plan)
        cost = cost_of(self.state.parts[self.number].problem, whole)
        if cost < self.at_cost:
            self.at, self.at_cost, self.since = whole, cost, 0
        better = self.state.offer(self.number, whole)
        if better:
            self.best_cost = cost
        return better

    def _learn(self, *, fits: bool, better: bool) -> None:
        """Learn how much room a set needs, and whether sets pay."""
        self.room = max(0.0, self.room + (-LOOSER if fits else TIGHTER))
        self.hope += RATE * (better - self.hope)
        self.cut_short |= self.state.stopped
