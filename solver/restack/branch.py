"""Branch and price: the proof of a component whose spaces are filled by few whole teams."""

from __future__ import annotations

import heapq
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from solver.restack.choose import Run, plan_from
from solver.restack.columns import Master, Node
from solver.restack.relax import RELATIVE_MARGIN, WORK_PER_ROW_ITERATION, Relaxation
from solver.restack.tasks import Task

if TYPE_CHECKING:
    from solver.restack.columns import Mixture
    from solver.restack.state import Best

ROUNDS = 30
# Rounds of rows of distances at the first node, and at each other.
ROOT_CUTS, CUTS = 15, 3
# Rows of distances are dropped when this share of all rows says nothing.
FORGET = 0.3
# A share this near to 0 or 1 is whole.
WHOLE = 1e-5
# The work of a node is at least this, so that no strand of work is free.
LEAST_WORK = 1e-3


@dataclass(order=True)
class Open:
    """A node that is still to be looked at.

    Args:
        bound: no plan below it costs less, in the units of the relaxation.
        order: of coming, which breaks ties.
        node: what is decided.
    """

    bound: float
    order: int
    node: Node = field(compare=False)


@dataclass
class Branch(Task):
    """Look at the node with the least bound, one after the other."""

    relaxation: Relaxation | None = None
    rounds: int = 0
    open: list[Open] = field(default_factory=list)
    looked_at: list[Open] = field(default_factory=list)
    stuck: list[float] = field(default_factory=list)
    masters: list[Master] = field(default_factory=list)
    made: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def ready(self) -> bool:
        """Return whether there is a node that nobody looks at."""
        single = not self.made and self.running
        return super().ready() and not single and (not self.made or bool(self.open))

    def piece(self, work: float) -> float:
        """Tighten the relaxation by seats; then look at one node."""
        del work
        best = self.state.parts[self.number]
        if not self.made:
            return self._begin(best)
        with self.lock:
            if not self.open:
                return LEAST_WORK
            here = heapq.heappop(self.open)
            self.looked_at.append(here)
            master = self.masters.pop() if self.masters else None
        if master is None:
            with self.lock:
                master = Master(self.relaxation)
        spent = LEAST_WORK
        try:
            if not self._closed(here.bound, best):
                spent += self._look(here, master, best)
        finally:
            with self.lock:
                self.looked_at.remove(here)
                self.masters.append(master)
        self._tell(best)
        return spent

    def _begin(self, best: Best) -> float:
        if self.relaxation is None:
            self.relaxation = Relaxation(best.problem)
        relaxation = self.relaxation
        relaxed = relaxation.solve(self.state.left, self.state.stop)
        self.rounds += 1
        if relaxed is None:
            self.done = True
            self.cut_short |= not relaxation.hopeless
            return LEAST_WORK
        self.state.raise_bound(self.number, relaxation.bound(relaxed.value))
        if self.rounds >= ROUNDS or not relaxation.tighten(relaxed):
            problem = best.problem
            barred = np.zeros(len(relaxation.columns), dtype=bool)
            self._push(-np.inf, Node(problem.must_keep, ~problem.must_free, barred))
        return LEAST_WORK + WORK_PER_ROW_ITERATION * relaxation.effort

    def _push(self, bound: float, node: Node) -> None:
        self.made += 1
        heapq.heappush(self.open, Open(bound, self.made, node))

    def _cutoff(self, best: Best) -> float:
        """Return the bound, in the units of the relaxation, from which on a node is closed."""
        if best.cost is None or self.relaxation is None:
            return np.inf
        return (best.cost + RELATIVE_MARGIN * max(1.0, abs(best.cost))) / self.relaxation.scale

    def _closed(self, bound: float, best: Best) -> bool:
        if best.cost is None or self.relaxation is None or not np.isfinite(bound):
            return bound == np.inf
        return self.relaxation.bound(bound * self.relaxation.scale) >= best.cost

    def _look(self, here: Open, master: Master, best: Best) -> float:
        """Bound a node; close it, or part it in two."""
        spent, bound, mixture = 0.0, here.bound, None
        first = here.order == 1
        for _ in range(ROOT_CUTS if first else CUTS):
            found = master.solve(here.node, self._cutoff(best), self.state.left, self.state.stop)
            if found is None:
                break
            mixture = found
            bound, spent = max(bound, found.bound), spent + found.effort
            if self._closed(bound, best):
                return spent
            if first:
                self.state.raise_bound(self.number, self._bound(bound, best))
            with self.lock:
                if not master.tighten(mixture):
                    break
        if mixture is None:
            self.cut_short |= self.state.stop()
            with self.lock:
                self.stuck.append(bound)
            return spent
        if first or mixture.idle.sum() > FORGET * len(mixture.idle):
            master.forget(mixture, self._cutoff(best))
        self._part(here.node, bound, mixture, best)
        return spent

    def _part(self, node: Node, bound: float, mixture: Mixture, best: Best) -> None:
        """Branch on the space, or the team in a space, that is most divided."""
        problem, relaxation = best.problem, self.relaxation
        kept = np.abs(mixture.kept - np.round(mixture.kept))
        if kept.max(initial=0.0) > WHOLE:
            space = int(np.argmax(kept))
            here = np.arange(problem.n_spaces) == space
            children = [
                Node(node.must | here, node.may, node.barred),
                Node(node.must, node.may & ~here, node.barred),
            ]
        else:
            sits = np.zeros((problem.n_teams, problem.n_spaces))
            np.add.at(sits, (relaxation.team_of, relaxation.space_of), mixture.shares)
            divided = np.minimum(sits, 1.0 - sits)
            team, space = np.unravel_index(int(np.argmax(divided)), divided.shape)
            if divided[team, space] <= WHOLE:
                self._whole(mixture, bound, best)
                return
            mine = relaxation.team_of == team
            there = mine & (relaxation.space_of == space)
            children = [
                Node(node.must, node.may, node.barred | there),
                Node(node.must, node.may, node.barred | (mine & ~there)),
            ]
        with self.lock:
            for child in children:
                self._push(bound, child)

    def _whole(self, mixture: Mixture, bound: float, best: Best) -> None:
        """Offer the plan that a whole mixture is; nothing in its node costs less than its bound."""
        relaxation = self.relaxation
        with self.lock:
            relaxed = relaxation.mix(
                bound * relaxation.scale, mixture.kept, mixture.shares, mixture.far
            )
            plan = plan_from(relaxation, relaxed, Run(self.state, 0))
        if plan is not None:
            self.state.offer(self.number, plan)
        if not self._closed(bound, best):
            with self.lock:
                self.stuck.append(bound)

    def _bound(self, value: float, best: Best) -> int:
        bound = self.relaxation.bound(value * self.relaxation.scale)
        return bound if best.cost is None else min(bound, best.cost)

    def _tell(self, best: Best) -> None:
        """Tell the least bound of what is open."""
        with self.lock:
            bounds = [node.bound for node in (*self.open[:1], *self.looked_at)] + self.stuck
            with self.state.lock:
                if not bounds:
                    if best.cost is not None:
                        self.state.raise_bound(self.number, best.cost)
                    self.done = True
                elif np.isfinite(min(bounds)):
                    self.state.raise_bound(self.number, self._bound(min(bounds), best))
                    self.done = not self.open and not self.looked_at
