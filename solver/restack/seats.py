"""The relaxation by seats, for one node of a search tree after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from solver.restack.choose import DUAL
from solver.restack.nodes import Mixture
from solver.restack.relax import WORK_PER_ROW_ITERATION

if TYPE_CHECKING:
    from collections.abc import Callable

    from solver.restack.nodes import Node
    from solver.restack.relax import Relaxation


class Seats:
    """A relaxation that takes what a node decides."""

    def __init__(self, relaxation: Relaxation) -> None:
        """Take a relaxation that nobody else uses."""
        self.relaxation = relaxation
        relaxation.algorithm = DUAL
        self._barred = np.zeros(len(relaxation.columns), dtype=bool)

    def solve(
        self, node: Node, cutoff: float, seconds: float, should_stop: Callable[[], bool]
    ) -> Mixture | None:
        """Return the solution at a node; None if stopped, or the engine lost its way.

        Args:
            node: what is decided.
            cutoff: not used: one step is all there is.
            seconds: limit.
            should_stop: asked now and then.
        """
        del cutoff
        relaxation = self.relaxation
        self.enter(node)
        relaxed = relaxation.solve(seconds, should_stop)
        effort = WORK_PER_ROW_ITERATION * relaxation.effort
        if relaxed is None and not relaxation.hopeless:
            return None
        if relaxed is None:
            nobody = np.zeros(len(relaxation.columns))
            return Mixture(np.inf, node.must.astype(np.float64), nobody, {}, effort=effort)
        value = relaxed.value / relaxation.scale
        far = dict(relaxation.far_values)
        return Mixture(value, relaxed.kept, relaxation.shares, far, effort=effort)

    def enter(self, node: Node) -> None:
        """Fix spaces and bar columns as the node does."""
        relaxation = self.relaxation
        decided = {int(space): True for space in np.flatnonzero(node.must)}
        relaxation.fix(decided | {int(space): False for space in np.flatnonzero(~node.may)})
        for at in np.flatnonzero(node.barred != self._barred).tolist():
            relaxation.columns[at].upper_bound = 0.0 if node.barred[at] else np.inf
        self._barred = node.barred

    def tighten(self, mixture: Mixture) -> int:
        """Add rows that a solution breaks; return how many."""
        relaxation = self.relaxation
        value = mixture.bound * relaxation.scale
        return relaxation.tighten(relaxation.mix(value, mixture.kept, mixture.shares, mixture.far))

    def forget(self, mixture: Mixture, cutoff: float) -> None:
        """Keep all rows: a third of them was as quick."""
        del mixture, cutoff
