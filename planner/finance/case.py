"""The business case of one plan: its dated lines, its parts with their values, its measures."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from planner.errors import InvalidInput, Problem
from planner.finance import measures
from planner.finance.leases import Line
from planner.finance.values import Values, total, values_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from decimal import Decimal

    from planner.domain.estate import Estate, UnitId
    from planner.domain.money import Minor

Move = tuple[str, str, str, int]
"""Team, unit it leaves, unit it goes to, people."""


@dataclass(frozen=True, slots=True)
class Part:
    """A freed unit, a freed block or a move, with its present value in minor units."""

    kind: Literal["unit", "block", "move"]
    id: str
    npv: Minor
    lines: tuple[Line, ...]


@dataclass(frozen=True, eq=False)
class Case:
    """A business case; amounts are minor units, month 1 first.

    Args:
        months: first day of each month.
        parts: units, blocks and moves; the plan's value is the sum of theirs.
        values: the prices it was made with.
    """

    months: tuple[dt.date, ...]
    parts: tuple[Part, ...]
    values: Values

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Return all lines of all parts."""
        return tuple(line for part in self.parts for line in part.lines)

    @cached_property
    def npv(self) -> Minor:
        """Return the net present value: the sum of the parts, each rounded on its own."""
        return sum(part.npv for part in self.parts)

    @cached_property
    def net(self) -> tuple[Minor, ...]:
        """Return the net amount of each month."""
        return total(self.lines, len(self.months))

    @cached_property
    def irr(self) -> Decimal | None:
        """Return the yearly rate of return, None if there is none or several."""
        return measures.irr(self.net)

    @cached_property
    def payback_months(self) -> int | None:
        """Return after how many months the money is back for good, None if it is not."""
        return measures.payback_months(self.net)

    @cached_property
    def peak_funding(self) -> Minor:
        """Return the most money that is out at the end of any month."""
        return measures.peak_funding(self.net)

    @cached_property
    def by_line(self) -> Mapping[str, tuple[Minor, ...]]:
        """Return monthly amounts by name of line, in the order they first appear."""
        names = dict.fromkeys(line.name for line in self.lines)
        return {
            name: total((line for line in self.lines if line.name == name), len(self.months))
            for name in names
        }

    @cached_property
    def by_unit(self) -> Mapping[UnitId, tuple[Minor, ...]]:
        """Return net monthly amounts by freed unit."""
        return {
            part.id: total(part.lines, len(self.months))
            for part in self.parts
            if part.kind == "unit"
        }

    @property
    def years(self) -> tuple[int, ...]:
        """Return the calendar years that the months touch."""
        return tuple(dict.fromkeys(month.year for month in self.months))

    def yearly(self, flows: Iterable[Minor]) -> Mapping[int, Minor]:
        """Return the sums of monthly amounts by calendar year."""
        sums: Counter[int] = Counter(dict.fromkeys(self.years, 0))
        for month, paid in zip(self.months, flows, strict=True):
            sums[month.year] += paid
        return dict(sums)

    def npv_of(self, kind: Literal["unit", "block", "move"], part_id: str) -> Minor:
        """Return the value of one part.

        Raises:
            InvalidInput: the case has no such part.
        """
        for part in self.parts:
            if (part.kind, part.id) == (kind, part_id):
                return part.npv
        raise InvalidInput([Problem(f"{kind} {part_id}", "is not part of this case")])


def case_of(
    estate: Estate,
    freed: Collection[UnitId],
    moves: Collection[Move],
    releases: Mapping[UnitId, int] | None = None,
    *,
    values: Values | None = None,
) -> Case:
    """Return the business case of a plan.

    Args:
        estate: what the plan is about.
        freed: ids of the units that nobody uses any more.
        moves: team, origin, target and people of each move.
        releases: month after which a freed unit is empty, where it is not the usual one;
            moves out of it follow.
        values: prices, if they are at hand.

    Raises:
        InvalidInput: figures are missing, or a unit, team or number of people cannot be.
    """
    prices = values or values_of(estate)
    months = releases or {}
    _check(estate, freed, moves, months)
    parts = [
        _part(prices, "unit", unit.id, prices.unit_lines(unit.id, months.get(unit.id)))
        for unit in estate.units
        if unit.id in freed
    ]
    parts += [
        _part(prices, "block", block.id, prices.block_lines(block.id, months))
        for block in estate.blocks
        if set(block.units) <= set(freed)
    ]
    parts += [_moved(prices, move, months) for move in moves if move[1] != move[2]]
    return Case(_dates(prices), tuple(parts), prices)


def _part(
    prices: Values, kind: Literal["unit", "block", "move"], part_id: str, lines: list[Line]
) -> Part:
    return Part(kind, part_id, prices.present(lines), tuple(lines))


def _moved(prices: Values, move: Move, months: Mapping[UnitId, int]) -> Part:
    """Return a move: every person's rounded cost, as many times as people move."""
    team, origin, target, people = move
    one = prices.person_lines(origin, target, months.get(origin))
    part_id = f"{team}:{origin}>{target}"
    lines = tuple(
        Line(
            line.name,
            part_id,
            line.base * people,
            line.calendar,
            tuple(paid * people for paid in line.amounts),
        )
        for line in one
    )
    return Part("move", part_id, people * prices.present(one), lines)


def _dates(prices: Values) -> tuple[dt.date, ...]:
    start = prices.terms.start
    first = start.year * 12 + start.month - 1
    return tuple(
        dt.date(month // 12, month % 12 + 1, 1)
        for month in range(first, first + prices.terms.clock.horizon)
    )


def _check(
    estate: Estate,
    freed: Collection[UnitId],
    moves: Collection[Move],
    releases: Mapping[UnitId, int],
) -> None:
    problems = [
        Problem(f"unit {unit}", "there is no such lettable unit in this estate")
        for unit in dict.fromkeys(
            [*freed, *releases, *(end for move in moves for end in move[1:3])]
        )
        if unit not in estate.unit_of
    ]
    for team, origin, target, people in moves:
        where = f"move of {team} from {origin} to {target}"
        if team not in estate.team_of:
            problems.append(Problem(where, "there is no such team in this estate"))
        if people < 0:
            problems.append(Problem(where, f"{people} people; enter 0 or more"))
    problems += [
        Problem(f"unit {unit}", f"released after month {month}; enter 0 or more")
        for unit, month in releases.items()
        if month < 0
    ]
    if problems:
        raise InvalidInput(problems)
