"""The unknowns: by which wave each move has left, and by which it has come."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ortools.sat.python import cp_model

    from solver.waves.instance import Instance

Linear = Any
"""A sum that the engine takes: its own alias does not add up in a type checker."""

Step = Any
"""An unknown, or 0 or 1 where it is known."""


class Variables:
    r"""Steps: $y_{mw} = 1$ once move $m$ has been made in wave $w$ or earlier.

    A move that may go by another space has two steps, leaving and coming; for every other
    move they are one and the same.
    """

    def __init__(
        self,
        model: cp_model.CpModel,
        instance: Instance,
        double: frozenset[str],
        fixed: Mapping[str, int] | None = None,
    ) -> None:
        """Add the unknowns to a model.

        Args:
            model: a fresh model.
            instance: what is given.
            double: moves that may go by one of their swing spaces.
            fixed: moves that go straight in a given wave.
        """
        self.model = model
        self.instance = instance
        self.count = len(instance.waves)
        given = fixed or {}
        self.coming: dict[str, list[Step]] = {
            move.id: [int(at >= given[move.id]) for at in range(self.count)]
            if move.id in given
            else self._steps(f"c {move.id}")
            for move in instance.moves
        }
        self.leaving = dict(self.coming)
        self.by: dict[str, dict[str, cp_model.IntVar]] = {}
        for move in instance.moves:
            if move.id in double and move.swing:
                self._split(move.id, list(move.swing))
        self.used = [model.new_bool_var(f"used {wave.id}") for wave in instance.waves]
        self._straight: dict[tuple[str, int], cp_model.IntVar] = {}
        self._inside: dict[tuple[str, str], list[cp_model.IntVar]] = {}

    def _steps(self, name: str) -> list[Step]:
        steps: list[Step] = [
            self.model.new_bool_var(f"{name} {wave}") for wave in range(self.count)
        ]
        for before, after in pairwise(steps):
            self.model.add_implication(before, after)
        if steps:
            self.model.add(steps[-1] == 1)
        else:
            self.model.add_bool_or([])
        return steps

    def _split(self, move: str, spaces: list[str]) -> None:
        self.leaving[move] = self._steps(f"l {move}")
        self.by[move] = {space: self.model.new_bool_var(f"by {move} {space}") for space in spaces}
        goes = list(self.by[move].values())
        self.model.add_at_most_one(goes)
        for wave, (left, come) in enumerate(
            zip(self.leaving[move], self.coming[move], strict=True)
        ):
            self.model.add_implication(come, left)
            self.model.add(left - come <= sum(goes))
            if wave:  # who goes by another space rests there for a wave at least
                self.model.add(come <= self.leaving[move][wave - 1] + 1 - sum(goes))
        if self.count:
            self.model.add(self.coming[move][0] + sum(goes) <= 1)

    def comes_in(self, move: str, wave: int) -> Linear:
        """Return whether a move ends in a wave."""
        steps = self.coming[move]
        return steps[wave] - (steps[wave - 1] if wave else 0)

    def leaves_in(self, move: str, wave: int) -> Linear:
        """Return whether a move starts in a wave."""
        steps = self.leaving[move]
        return steps[wave] - (steps[wave - 1] if wave else 0)

    def straight(self, move: str, wave: int) -> Linear:
        """Return whether a move is made in a wave without going by another space."""
        if move not in self.by:
            return self.comes_in(move, wave)
        key = (move, wave)
        if key not in self._straight:
            goes = sum(self.by[move].values())
            found = self.model.new_bool_var(f"straight {move} {wave}")
            self.model.add(found <= self.comes_in(move, wave))
            self.model.add(found <= 1 - goes)
            self.model.add(found >= self.comes_in(move, wave) - goes)
            self._straight[key] = found
        return self._straight[key]

    def legs_in(self, move: str, wave: int) -> Linear:
        """Return how many legs of a move are made in a wave."""
        if move not in self.by:
            return self.comes_in(move, wave)
        both = self.comes_in(move, wave) + self.leaves_in(move, wave)
        return both - self.straight(move, wave)

    def inside(self, move: str, space: str) -> list[cp_model.IntVar]:
        """Return whether a move's people are in a swing space in each wave, both ends in."""
        key = (move, space)
        if key not in self._inside:
            found = []
            for wave in range(self.count):
                here = self.model.new_bool_var(f"in {move} {space} {wave}")
                free = last_free(self.instance, space, wave)
                gone = self.coming[move][free] if free is not None else 0
                self.model.add(here >= self.leaving[move][wave] - gone + self.by[move][space] - 1)
                self.model.add(here <= self.by[move][space])
                found.append(here)
            self._inside[key] = found
        return self._inside[key]


def last_free(instance: Instance, space: str, wave: int) -> int | None:
    """Return the last wave whose leavers' seats in a space are usable again in a wave."""
    waves, fit_out = instance.waves, instance.space_of[space].fit_out_days
    for earlier in range(wave - 1, -1, -1):
        if waves[earlier].last_day + fit_out < waves[wave].first_day:
            return earlier
    return None
