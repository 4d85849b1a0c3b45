"""What freeing a unit, a block and moving a person is worth: the optimiser's own numbers.

The law of the house: the net present value of a plan is the sum of its units' values and
its blocks' values less its moves' costs, each rounded on its own to one minor unit. What
the optimiser maximises in integers is therefore what finance reports, not a likeness.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.errors import InvalidInput, Problem, sentence
from planner.finance.discount import present
from planner.finance.leases import Line, block_lines, unit_lines
from planner.finance.moves import person_lines, wave_lines
from planner.finance.terms import Terms, terms_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from planner.domain.estate import Block, Estate, Unit, UnitId
    from planner.domain.money import Minor


class Values:
    """Present values in minor units of all that a plan of one estate can contain."""

    def __init__(self, estate: Estate, terms: Terms) -> None:
        """Keep what prices are made of; nothing is priced before it is asked."""
        self.estate = estate
        self.terms = terms
        self._blocks: Mapping[str, Block] = {block.id: block for block in estate.blocks}
        self._unit: dict[UnitId, Minor] = {}
        self._block: dict[str, Minor] = {}
        self._move: dict[tuple[bool, bool], Minor] = {}

    def unit_npv(self, unit_id: UnitId) -> Minor:
        """Return what freeing a unit is worth against leaving it as it is."""
        if unit_id not in self._unit:
            self._unit[unit_id] = self.present(self.unit_lines(unit_id))
        return self._unit[unit_id]

    def block_npv(self, block_id: str) -> Minor:
        """Return what a block adds to the values of its units when all of them are freed."""
        if block_id not in self._block:
            self._block[block_id] = self.present(self.block_lines(block_id))
        return self._block[block_id]

    def move_npv_per_person(self, origin: UnitId, target: UnitId) -> Minor:
        """Return the cost, at least 0, of moving one person; n people cost n times as much."""
        one, other = self.unit(origin), self.unit(target)
        kind = (one.id == other.id, one.building.code == other.building.code)
        if kind not in self._move:
            self._move[kind] = -self.present(self.person_lines(origin, target))
        return self._move[kind]

    def unit_lines(self, unit_id: UnitId, release: int | None = None) -> list[Line]:
        """Return the cash flow of a freed unit, line by line."""
        return unit_lines(self.unit(unit_id), self.terms, self.currency, release)

    def block_lines(
        self, block_id: str, releases: Mapping[UnitId, int] | None = None
    ) -> list[Line]:
        """Return what a whole building adds, unit by unit and line by line."""
        if block_id not in self._blocks:
            raise InvalidInput(
                [
                    Problem(
                        sentence("block {block_id}", block_id=block_id),
                        sentence("there is no such whole building"),
                    )
                ]
            )
        months = releases or {}
        return [
            line
            for unit_id in self._blocks[block_id].units
            for line in block_lines(
                self.unit(unit_id), self.terms, self.currency, months.get(unit_id)
            )
        ]

    def person_lines(
        self, origin: UnitId, target: UnitId, release: int | None = None
    ) -> list[Line]:
        """Return the cash flow of one person who moves."""
        return person_lines(
            self.unit(origin), self.unit(target), self.terms, self.currency, release
        )

    def wave_lines(self, number: int, month: int) -> list[Line]:
        """Return the cash flow of one wave of moves, whoever moves in it."""
        return wave_lines(number, month, self.terms, self.currency)

    def present(self, lines: Iterable[Line]) -> Minor:
        """Return the present value of lines together, rounded once."""
        return self.worth(total(lines, self.terms.clock.horizon))

    def worth(self, flows: Sequence[Minor]) -> Minor:
        """Return the present value of monthly amounts, rounded once."""
        return present(flows, self.terms.rate)

    def unit(self, unit_id: UnitId) -> Unit:
        """Return a unit.

        Raises:
            InvalidInput: the estate has no such unit.
        """
        found = self.estate.unit_of.get(unit_id)
        if found is None:
            raise InvalidInput(
                [
                    Problem(
                        sentence("unit {unit}", unit=unit_id),
                        sentence("there is no such lettable unit in this estate"),
                    )
                ]
            )
        return found

    @property
    def currency(self) -> str:
        """Return the estate's currency."""
        return self.estate.header.currency


def total(lines: Iterable[Line], months: int) -> tuple[Minor, ...]:
    """Return the monthly sums of lines."""
    sums = [0] * months
    for line in lines:
        for at, paid in enumerate(line.amounts):
            sums[at] += paid
    return tuple(sums)


def values_of(estate: Estate) -> Values:
    """Return the prices of an estate.

    Raises:
        InvalidInput: every figure and rent that is missing or wrong, with its place and
            what to enter.
    """
    return Values(estate, terms_of(estate))
