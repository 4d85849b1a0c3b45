"""Nodes of a search tree, what a linear program says of one, and those that are open."""

from __future__ import annotations

import heapq
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from solver.restack.problem import Flags, Floats


@dataclass(frozen=True, slots=True)
class Node:
    """What is decided: spaces kept and freed, and columns that may not be used.

    Args:
        must, may: spaces that must be kept, and that may be; shape (spaces,).
        barred: shape (columns of the relaxation,).
    """

    must: Flags
    may: Flags
    barred: Flags


@dataclass(frozen=True, slots=True)
class Mixture:
    """The cheapest mixture of packings.

    Args:
        bound: on every plan of the node, in the units of the relaxation.
        kept: share of each space that is kept.
        shares: of the columns of the relaxation.
        far: how far pairs are, as of the relaxation.
        idle: rows of distances that say nothing here, shape (rows,).
        reduced: cost of using each packing at the prices, shape (packings,).
        effort: work that it took.
    """

    bound: float
    kept: Floats
    shares: Floats
    far: dict[tuple[int, int], float]
    idle: Flags = field(default_factory=lambda: np.zeros(0, dtype=bool))
    reduced: Floats = field(default_factory=lambda: np.zeros(0))
    effort: float = 0.0


@dataclass(order=True)
class Open:
    """A node that is still to be looked at.

    Args:
        bound: no plan below it costs less.
        order: of coming, from 1 on, which breaks ties.
        node: what is decided.
    """

    bound: float
    order: int
    node: Node = field(compare=False)


class Nodes:
    """Hands out the node with the least bound, and knows what all that is open can cost least."""

    def __init__(self, root: Node) -> None:
        """Begin with one node of which nothing is known."""
        self.lock = threading.Lock()
        self._open = [Open(-np.inf, 1, root)]
        self._looked_at: list[Open] = []
        self._left: list[float] = []
        self.made, self.taken = 1, 0

    @property
    def waiting(self) -> bool:
        """Return whether a node is there that nobody looks at."""
        return bool(self._open)

    @property
    def finished(self) -> bool:
        """Return whether nothing is left to look at."""
        return not self._open and not self._looked_at

    @contextmanager
    def next(self) -> Iterator[Open | None]:
        """Hand out a node while it is looked at; None if none is open."""
        with self.lock:
            here = heapq.heappop(self._open) if self._open else None
            if here is not None:
                self._looked_at.append(here)
                self.taken += 1
        try:
            yield here
        finally:
            if here is not None:
                with self.lock:
                    self._looked_at.remove(here)

    def part(self, bound: float, *children: Node) -> None:
        """Add the nodes that one is parted in."""
        with self.lock:
            for child in children:
                self.made += 1
                heapq.heappush(self._open, Open(bound, self.made, child))

    def leave(self, bound: float) -> None:
        """Leave a node of which no more can be said than its bound."""
        with self.lock:
            self._left.append(bound)

    @property
    def bound(self) -> float:
        """Return what no plan costs less than; infinite if all nodes are closed."""
        with self.lock:
            return min(
                [node.bound for node in (*self._open[:1], *self._looked_at)] + self._left,
                default=np.inf,
            )
