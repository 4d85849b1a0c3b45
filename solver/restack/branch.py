"""Branch and price: the proof of a component whose spaces are filled by few whole teams."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from solver.restack.choose import Run, plan_from
from solver.restack.columns import Master, Node
from solver.restack.compose import compose
from solver.restack.nodes import Nodes
from solver.restack.relax import RELATIVE_MARGIN, WORK_PER_ROW_ITERATION, Relaxation
from solver.restack.tasks import Task

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from solver.restack.columns import Mixture
    from solver.restack.nodes import Open
    from solver.restack.state import Best

    Floats = NDArray[np.float64]

ROUNDS = 30
# Rounds of rows of distances at the first node, and at each other.
ROOT_CUTS, CUTS = 15, 3
# Plans are composed of packings after these many nodes, then after every so many, for so long.
COMPOSE_AFTER, COMPOSE_EVERY, COMPOSE_SECONDS, COMPOSE_SHARE = (1, 20), 60, 8.0, 0.2
# Rows of distances are dropped when this share of all rows says nothing.
FORGET = 0.3
# A share this near to 0 or 1 is whole.
WHOLE = 1e-5
LEAST_WORK = 1e-3


@dataclass
class Branch(Task):
    """Look at the node with the least bound, one after the other.

    Measured on five estates of 20 spaces and 50 teams: within 0.5% in the first half minute, where
    the whole model stayed at 0.8% to 1.2% after a minute.
    """

    seed: int = 1
    rounds: int = 0
    nodes: Nodes | None = None
    masters: list[Master] = field(default_factory=list)

    def __post_init__(self) -> None:
        """State the relaxation by seats, from which packings start."""
        self.relaxation = Relaxation(self.state.parts[self.number].problem)

    def ready(self) -> bool:
        """Return whether there is a node that nobody looks at."""
        if self.nodes is None:
            return super().ready() and not self.running
        return super().ready() and self.nodes.waiting

    def piece(self, work: float) -> float:
        """Tighten the relaxation by seats; then look at one node."""
        del work
        best = self.state.parts[self.number]
        if self.nodes is None:
            return self._begin(best)
        spent = LEAST_WORK
        with self.nodes.next() as here:
            if here is not None and not self._closed(here.bound, best):
                master = self._master(self.nodes)
                spent += self._look(self.nodes, here, master, best)
                with self.nodes.lock:
                    self.masters.append(master)
        self._tell(self.nodes, best)
        return spent

    def _begin(self, best: Best) -> float:
        """Tighten the relaxation once; make the first node when that is done."""
        relaxation, problem = self.relaxation, best.problem
        relaxed = relaxation.solve(self.state.left, self.state.stop)
        self.rounds += 1
        if relaxed is None:
            self.done = True
            self.cut_short |= not relaxation.hopeless
            return LEAST_WORK
        self.state.raise_bound(self.number, relaxation.bound(relaxed.value))
        if self.rounds >= ROUNDS or not relaxation.tighten(relaxed):
            barred = np.zeros(len(relaxation.columns), dtype=bool)
            self.nodes = Nodes(Node(problem.must_keep, ~problem.must_free, barred))
        return LEAST_WORK + WORK_PER_ROW_ITERATION * relaxation.effort

    def _master(self, nodes: Nodes) -> Master:
        """Return a linear program that nobody uses."""
        with nodes.lock:
            return self.masters.pop() if self.masters else Master(self.relaxation)

    def _cutoff(self, best: Best) -> float:
        """Return the bound, in the units of the relaxation, from which on a node is closed."""
        if best.cost is None:
            return np.inf
        return (best.cost + RELATIVE_MARGIN * max(1.0, abs(best.cost))) / self.relaxation.scale

    def _closed(self, bound: float, best: Best) -> bool:
        if not np.isfinite(bound):
            return bound > 0
        return best.cost is not None and self._units(bound) >= best.cost

    def _units(self, bound: float) -> int:
        return self.relaxation.bound(bound * self.relaxation.scale)

    def _look(self, nodes: Nodes, here: Open, master: Master, best: Best) -> float:
        """Bound a node; close it, or part it in two."""
        spent, bound, mixture = 0.0, here.bound, None
        for _ in range(ROOT_CUTS if here.order == 1 else CUTS):
            found = master.solve(here.node, self._cutoff(best), self.state.left, self.state.stop)
            if found is None:
                break
            mixture, bound, spent = found, max(bound, found.bound), spent + found.effort
            if self._closed(bound, best):
                return spent
            if here.order == 1:
                self._raise(bound, best)
            with nodes.lock:
                if not master.tighten(mixture):
                    break
        if mixture is None:
            self.cut_short |= self.state.stop()
            nodes.leave(bound)
        else:
            self._part(nodes, here, bound, mixture, master)
        return spent

    def _part(
        self, nodes: Nodes, here: Open, bound: float, mixture: Mixture, master: Master
    ) -> None:
        """Part a node in two, or leave it with the plan that its mixture is."""
        best = self.state.parts[self.number]
        if here.order == 1 or mixture.idle.sum() > FORGET * len(mixture.idle):
            master.forget(mixture, self._cutoff(best))
        self._compose(nodes, master, best)
        children = self._children(here.node, mixture, best)
        if children:
            nodes.part(bound, *children)
        else:
            self._offer(nodes, mixture)
            if not self._closed(bound, best):
                nodes.leave(bound)

    def _children(self, node: Node, mixture: Mixture, best: Best) -> list[Node]:
        """Branch on the space, or the team in a space, that is most divided."""
        problem, relaxation = best.problem, self.relaxation
        divided = np.abs(mixture.kept - np.round(mixture.kept))
        if divided.max(initial=0.0) > WHOLE:
            here = np.arange(problem.n_spaces) == int(np.argmax(divided))
            return [
                Node(node.must | here, node.may, node.barred),
                Node(node.must, node.may & ~here, node.barred),
            ]
        sits = np.zeros((problem.n_teams, problem.n_spaces))
        np.add.at(sits, (relaxation.team_of, relaxation.space_of), mixture.shares)
        parted = np.minimum(sits, 1.0 - sits)
        if parted.max(initial=0.0) <= WHOLE:
            return []
        team, space = divmod(int(np.argmax(parted)), problem.n_spaces)
        mine, there = relaxation.team_of == team, relaxation.space_of == space
        return [
            Node(node.must, node.may, node.barred | (mine & there)),
            Node(node.must, node.may, node.barred | (mine & ~there)),
        ]

    def _compose(self, nodes: Nodes, master: Master, best: Best) -> None:
        """Offer the best plan of the packings known so far, now and then.

        A worker alone does not: the engine goes by the clock.
        """
        due = nodes.taken in COMPOSE_AFTER or nodes.taken % COMPOSE_EVERY == 0
        if not due or not self.state.parallel:
            return
        seconds = min(COMPOSE_SECONDS, COMPOSE_SHARE * self.state.left)
        cutoff, engines, stop = self._cutoff(best), self.state.engines, self.state.stop
        values = compose(master, cutoff, self.seed, seconds, engines, stop)
        if values is not None:
            mixture = master.mixture(values, 0.0)
            self._offer(nodes, mixture)
            with nodes.lock:
                master.tighten(mixture)

    def _offer(self, nodes: Nodes, mixture: Mixture) -> None:
        """Offer the plan that a whole mixture is."""
        relaxation = self.relaxation
        with nodes.lock:
            relaxed = relaxation.mix(0.0, mixture.kept, mixture.shares, mixture.far)
            plan = plan_from(relaxation, relaxed, Run(self.state, self.seed))
        if plan is not None:
            self.state.offer(self.number, plan)

    def _raise(self, bound: float, best: Best) -> None:
        """Raise the bound of the component; of plans at hand, a node says nothing."""
        with self.state.lock:
            said = self._units(bound)
            self.state.raise_bound(self.number, said if best.cost is None else min(said, best.cost))

    def _tell(self, nodes: Nodes, best: Best) -> None:
        """Tell the least bound of what is open; where nothing is, the plan is the best."""
        bound = nodes.bound
        if np.isfinite(bound):
            self._raise(bound, best)
        elif bound > 0:
            self.state.raise_bound(self.number, best.cost)
        self.done = nodes.finished
