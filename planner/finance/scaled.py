"""Prices of an estate with all rents, or the cost of every move, times a factor."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from planner.finance.values import total

if TYPE_CHECKING:
    from planner.domain.estate import UnitId
    from planner.domain.money import Minor
    from planner.finance.values import Values

ON_RENT: Final = frozenset({"rent", "default", "rent_tax", "deposit", "commission"})
"""Lines that rise and fall with the rent."""


class Scaled:
    """Values in which rents and moves cost so many times what they do.

    A unit's value is what it is plus the change of its lines that hang on the rent; everything
    of a whole building's premium hangs on it.
    """

    def __init__(
        self, values: Values, *, rent: Decimal = Decimal(1), moves: Decimal = Decimal(1)
    ) -> None:
        """Keep the factors, both 0 or more."""
        self._values, self._rent, self._moves = values, rent, moves
        self._hangs: dict[UnitId, Minor] = {}

    def unit_npv(self, unit: UnitId) -> Minor:
        """Return what freeing a unit is worth then."""
        if unit not in self._hangs:
            lines = [one for one in self._values.unit_lines(unit) if one.name in ON_RENT]
            horizon = self._values.terms.clock.horizon
            self._hangs[unit] = self._values.worth(total(lines, horizon))
        return self._values.unit_npv(unit) + _times(self._hangs[unit], self._rent - 1)

    def block_npv(self, block: str) -> Minor:
        """Return what a whole building adds then."""
        return _times(self._values.block_npv(block), self._rent)

    def move_npv_per_person(self, origin: UnitId, target: UnitId) -> Minor:
        """Return what moving one person costs then."""
        return _times(self._values.move_npv_per_person(origin, target), self._moves)


def _times(amount: Minor, factor: Decimal) -> Minor:
    return round(amount * factor)
