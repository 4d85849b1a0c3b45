"""Packing whole teams into each space at prices: a knapsack for every space at once."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from solver.restack.problem import Flags, Problem
    from solver.restack.relax import Relaxation

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

# Measured: 1.5 ms on 50 teams and 20 spaces, 20 ms on 200 teams and 30 large spaces.
ITEM_WORK, NUMBER_WORK = 1e-5, 3e-9
# Numbers of a table: so many take 100 MB and half a second, and are asked for some hundred times.
# The largest of the benchmarks, 500 facilities and 500 customers, has 45 million.
MOST_NUMBERS = 100_000_000
NONE = -1


@dataclass(frozen=True, slots=True)
class Item:
    """A team with one of its loads: the seats it takes, and its column in each space.

    Args:
        weight: seats on the scarcest day, in the unit of the measure.
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


class Measure:
    """What whole teams need, and what spaces seat, on the day on which seats are scarcest.

    Args:
        day: that day.
        weights: seats that each team needs with each of its loads, one tuple a team.
        seats: of each space, shape (spaces,).
        need: of all teams together, each with its least load.

    Seats are counted in the largest unit in which every load is whole: plans fill no part of one,
    and what takes time and memory is how many there are.
    """

    def __init__(self, problem: Problem) -> None:
        """Find the day and the unit."""
        days = list(problem.days_that_bind)
        least = np.zeros((problem.n_teams, len(days)), dtype=np.int64)
        for team, choices in enumerate(problem.loads):
            least[team] = choices[:, days].min(axis=0)
        room = problem.seats[:, days].sum(axis=0)
        scarce = int(np.argmax(least.sum(axis=0) / np.maximum(room, 1)))
        self.day = int(days[scarce])
        loads = [rows[:, self.day].tolist() for rows in problem.loads]
        unit = max(1, math.gcd(*(seats for team in loads for seats in team)))
        self.weights = tuple(tuple(seats // unit for seats in team) for team in loads)
        self.need = int(least[:, scarce].sum()) // unit
        self.seats: Ints = problem.seats[:, self.day].astype(np.int64) // unit

    @property
    def numbers(self) -> int:
        """Return how many numbers the largest table of packings or of spaces has."""
        room = int(self.seats.max(initial=0)) + 1
        return len(self.seats) * max(sum(map(len, self.weights)) * room, self.need)


def can_pack(problem: Problem) -> bool:
    """Return whether tables of packings are small enough to be asked for again and again."""
    return Measure(problem).numbers <= MOST_NUMBERS


class Packer:
    """The knapsacks of one relaxation of whole teams, on the day on which seats are scarcest.

    Seats of other days are left out, and a team may be packed with two loads at once: what is
    packed is never worth less than what plans can pack. The tables are as large as `can_pack`
    says.
    """

    def __init__(self, relaxation: Relaxation) -> None:
        """Take what each column needs on the day on which seats are scarcest."""
        problem = relaxation.problem
        measure = Measure(problem)
        self.day, self.need, self.seats = measure.day, measure.need, measure.seats
        self.items: list[Item] = []
        for team, at in enumerate(relaxation.columns_of):
            options = problem.options[team]
            for load, seats in enumerate(measure.weights[team]):
                column = np.full(problem.n_spaces, NONE, dtype=np.int64)
                column[options] = at[load * len(options) : (load + 1) * len(options)]
                self.items.append(Item(seats, column))

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
