"""Packing whole teams into each space at prices: a knapsack for every space at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from solver.restack.problem import Flags
    from solver.restack.relax import Relaxation

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

# Measured: 1.5 ms on 50 teams and 20 spaces, 20 ms on 200 teams and 30 large spaces.
ITEM_WORK, NUMBER_WORK = 1e-5, 3e-9
NONE = -1


@dataclass(frozen=True, slots=True)
class Item:
    """A team with one of its loads: the seats it takes, and its column in each space.

    Args:
        weight: seats on the scarcest day.
        column: of the relaxation, shape (spaces,), `NONE` where the team may not sit.
    """

    weight: int
    column: Ints


@dataclass(frozen=True, slots=True)
class Table:
    """The best packings by space and seats filled.

    Args:
        value: of the best packing that fills so many seats, minus infinity where none does, shape
            (spaces, seats + 1).
        took: for each item, where it is in that packing, likewise.
    """

    value: Floats
    took: tuple[Flags, ...]


class Packer:
    """The knapsacks of one relaxation of whole teams, on the day on which seats are scarcest.

    Seats of other days are left out, and a team may be packed with two loads at once: what is
    packed is never worth less than what plans can pack.
    """

    def __init__(self, relaxation: Relaxation) -> None:
        """Take what each column needs on the day on which seats are scarcest."""
        problem = relaxation.problem
        days = list(problem.days_that_bind)
        least = np.zeros((problem.n_teams, len(days)), dtype=np.int64)
        for team, choices in enumerate(problem.loads):
            least[team] = choices[:, days].min(axis=0)
        room = problem.seats[:, days].sum(axis=0)
        scarce = int(np.argmax(least.sum(axis=0) / np.maximum(room, 1)))
        self.day = int(days[scarce])
        self.need = int(least[:, scarce].sum())
        self.seats: Ints = problem.seats[:, self.day].astype(np.int64)
        self.items: list[Item] = []
        for team, at in enumerate(relaxation.columns_of):
            options = problem.options[team]
            for load, seats in enumerate(problem.loads[team][:, self.day].tolist()):
                column = np.full(problem.n_spaces, NONE, dtype=np.int64)
                column[options] = at[load * len(options) : (load + 1) * len(options)]
                self.items.append(Item(int(seats), column))

    @property
    def work(self) -> float:
        """Return the work of one table, in units of which half a one is a second."""
        numbers = len(self.seats) * int(self.seats.max(initial=0) + 1)
        return len(self.items) * (ITEM_WORK + NUMBER_WORK * numbers)

    def table(self, gain: Floats) -> Table:
        """Return the best packings if each column is worth its gain, minus infinity for never."""
        spaces, room = len(self.seats), int(self.seats.max(initial=0))
        best = np.full((spaces, room + 1), -np.inf)
        best[:, 0] = 0.0
        took: list[Flags] = []
        for item in self.items:
            took.append(np.zeros((spaces, room + 1), dtype=bool))
            if item.weight > room:
                continue
            worth = np.where(item.column >= 0, gain[item.column], -np.inf)
            better = best[:, : room + 1 - item.weight] + worth[:, None]
            took[-1][:, item.weight :] = better > best[:, item.weight :]
            np.maximum(best[:, item.weight :], better, out=best[:, item.weight :])
        best[np.arange(room + 1)[None, :] > self.seats[:, None]] = -np.inf
        return Table(best, tuple(took))

    def unpack(self, table: Table, filled: Ints) -> list[tuple[Flags, Ints]]:
        """Return what sits in the packings that fill so many seats of each space.

        Args:
            table: of packings.
            filled: seats of each space, shape (spaces,).

        Returns:
            For each item, the last first: whether it is in, shape (spaces,), and its columns
            there.
        """
        left, every = filled.copy(), np.arange(len(filled))
        packed: list[tuple[Flags, Ints]] = []
        for item, took in zip(reversed(self.items), reversed(table.took), strict=True):
            here = took[every, left]
            packed.append((here, item.column[here]))
            left[here] -= item.weight
        return packed
