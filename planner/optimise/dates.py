"""What dates are worth to one plan: each unit by the month in which the last have left it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

from planner.domain.assumptions import register_of
from planner.domain.movecalendar import case_month
from planner.finance.leases import block_lines
from planner.optimise.large import LARGEST

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.domain.estate import Estate
    from planner.domain.money import Minor
    from planner.domain.movecalendar import Slot
    from planner.domain.plan import Placement, Plan
    from planner.finance.values import Values

_SCALE: Final = 1024
"""Solver units in a minor unit, at most; what is below a minor unit decides between equals."""


class Prices:
    """Values by wave of what a plan frees and moves, in minor units."""

    def __init__(self, estate: Estate, plan: Plan, values: Values, slots: tuple[Slot, ...]) -> None:
        """Keep what is priced; nothing is worked out before it is asked."""
        self._estate, self._plan, self._values = estate, plan, values
        start = register_of(estate).day("start")
        self._months = [case_month(start, slot.last) for slot in slots]
        self._freed = plan.freed_units
        freed_blocks = {block.block for block in plan.blocks}
        self._whole = {
            unit for block in estate.blocks if block.id in freed_blocks for unit in block.units
        }
        self._usual = values.terms.clock.release
        self._asked: set[str] = set()
        self._worth: dict[str, Mapping[int, Minor]] = {}

    @cached_property
    def scale(self) -> tuple[int, int]:
        """Return how many solver units make how many minor units.

        All values together stay within what the engine's floats hold exactly.
        """
        whole = sum(max(map(abs, self._by_month(unit).values())) for unit in self._freed)
        whole += sum(self._wave(at) for at in range(len(self._months)))
        fine, coarse = _SCALE, 1
        while fine > 1 and whole * fine > LARGEST:
            fine //= 2
        while whole * fine // coarse > LARGEST:
            coarse *= 10
        return fine, coarse

    def cost(self, amount: Minor) -> int:
        """Return a cost in solver units, never more than it is."""
        fine, coarse = self.scale
        return amount * fine // coarse

    def wave(self, at: int) -> int:
        """Return, in solver units, what a wave costs in its month."""
        return self.cost(self._wave(at))

    def _wave(self, at: int) -> Minor:
        return -self._values.present(self._values.wave_lines(at, self._months[at]))

    def left(self, unit: str) -> tuple[int, ...] | None:
        """Return, in solver units, what a unit is worth empty after each wave, never less.

        None where it is kept.

        People who leave a kept unit are paid for in the usual month, whenever they go.
        """
        if unit not in self._freed:
            return None
        self._asked.add(unit)
        by_month = self._by_month(unit)
        return tuple(-self.cost(-by_month[month]) for month in self._months)

    def _by_month(self, unit: str) -> Mapping[int, Minor]:
        if unit not in self._worth:
            months = sorted(set(self._months))
            self._worth[unit] = {month: self._left_in(unit, month) for month in months}
        return self._worth[unit]

    def limit(self, bound: int) -> int:
        """Return what no dates make the plan worth more than, from a bound in solver units.

        A whole building's premium is rounded once, its units' shares are rounded each; and
        freed units that nobody leaves are the same whatever the dates.
        """
        fine, coarse = self.scale
        return self._resting - bound * coarse // fine + len(self._whole)

    def second_move(self, one: Placement, via: str) -> int:
        """Return, in solver units, what it costs more at the least to go by way of a unit."""
        origin = one.origin or one.unit
        more = self._least(origin, via) + self._least(via, one.unit)
        return self.cost(max(0, one.people * (more - self._least(origin, one.unit))))

    def _least(self, origin: str, target: str) -> int:
        """Return what one person's move costs at the least: dated late where a unit is freed."""
        month = self._months[-1] if origin in self._freed else None
        lines = self._values.person_lines(origin, target, month)
        return -self._values.present(lines)

    def free_today(self, unit: str) -> int:
        """Return the seats that are free in a unit on its busiest weekday today."""
        return self._estate.unit_of[unit].places - max(self._today.get(unit, (0,)), default=0)

    def _left_in(self, unit: str, month: int) -> int:
        values = self._values
        worth = 0
        if unit in self._freed:
            worth += values.present(values.unit_lines(unit, month))
        if unit in self._whole:
            lines = block_lines(values.unit(unit), values.terms, values.currency, month)
            worth += values.present(lines)
        return worth + self._moves(unit, month)

    def _moves(self, unit: str, month: int | None) -> int:
        """Return what the moves out of a unit are worth, at most 0; None for the usual month."""
        values = self._values
        return sum(
            people * values.present(values.person_lines(unit, target, month))
            for target, people in self._leavers.get(unit, {}).items()
        )

    @cached_property
    def _leavers(self) -> Mapping[str, Mapping[str, int]]:
        """Return people who leave each unit, by where they go."""
        found: dict[str, dict[str, int]] = {}
        for one in self._plan.placements:
            if one.origin is not None and one.origin != one.unit:
                goes = found.setdefault(one.origin, {})
                goes[one.unit] = goes.get(one.unit, 0) + one.people
        return found

    @cached_property
    def _today(self) -> Mapping[str, tuple[int, ...]]:
        found: dict[str, tuple[int, ...]] = {}
        for one in self._plan.placements:
            if one.origin is not None:
                before = found.get(one.origin, (0,) * len(one.seats))
                found[one.origin] = tuple(a + b for a, b in zip(before, one.seats, strict=True))
        return found

    @cached_property
    def _resting(self) -> int:
        """Return what freed units that nobody leaves, and moves between kept ones, are worth."""
        found = 0
        for unit in self._freed - self._leavers.keys():
            usual = self._left_in(unit, self._usual)
            if unit in self._asked:  # it may hold a team meanwhile, and is in the instance
                found += max(0, usual - self._left_in(unit, self._months[0]))
            else:
                found += usual
        found += sum(self._moves(unit, None) for unit in self._leavers.keys() - self._freed)
        return found
