"""The lines of a freed unit: a base in minor units times its calendar."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal, localcontext
from typing import TYPE_CHECKING

from planner.domain.money import digits
from planner.finance.calendar import Clock, Multipliers, calendar_of
from planner.finance.discount import EXACT, MONTHS, amount

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.domain.estate import Unit
    from planner.domain.money import Minor
    from planner.finance.terms import Terms


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the cash flow of one part.

    Args:
        name: what it is, a key of `LINES`.
        part: what it belongs to: a unit, a block or a move, by id.
        base: exact amount that the calendar multiplies, minor units; negative for a cost.
        calendar: which row of the calendar it follows.
        amounts: minor units a month, month 1 first.
    """

    name: str
    part: str
    base: Decimal
    calendar: str
    amounts: tuple[Minor, ...]


def unit_lines(unit: Unit, terms: Terms, currency: str, release: int | None = None) -> list[Line]:
    """Return the lines of a unit that is freed, against leaving it as it is.

    Args:
        unit: what is freed.
        terms: what it is priced with.
        currency: of the estate.
        release: month after which it is empty, if not the usual one.
    """
    clock = clock_of(unit, terms, release)
    with localcontext(EXACT):
        return [
            spread(name, unit.id, base, row, clock)
            for name, base, row in _bases(unit, terms, digits(currency))
        ]


def block_lines(unit: Unit, terms: Terms, currency: str, release: int | None = None) -> list[Line]:
    """Return what a unit earns on top when its whole building can be let."""
    clock = clock_of(unit, terms, release)
    with localcontext(EXACT):
        return [
            spread(name, unit.building.code, terms.premium * base, row, clock)
            for name, base, row in _rental(unit, terms, digits(currency))
        ]


def clock_of(unit: Unit, terms: Terms, release: int | None) -> Clock:
    """Return the timing of a unit."""
    clock = terms.clock if unit.lettable else replace(terms.clock, void=None)
    return clock if release is None else replace(clock, release=release)


def spread(name: str, part: str, base: Decimal, row: str, clock: Clock) -> Line:
    """Return a line with each month's amount rounded on its own."""
    multipliers: Multipliers = getattr(calendar_of(clock), row)
    amounts = tuple(amount(base * times) if times else 0 for times in multipliers)
    return Line(name, part, base, row, amounts)


def _bases(unit: Unit, terms: Terms, decimals: int) -> Iterator[tuple[str, Decimal, str]]:
    saved = unit.building.running_cost_per_m2_month or Decimal(0)
    yield from _rental(unit, terms, decimals)
    yield "running_saved", (saved * unit.area_m2).scaleb(decimals), "saved"
    yield "void_cost", -(terms.void_cost * unit.area_m2).scaleb(decimals), "void"
    if unit.lettable:
        works = terms.works * unit.area_m2 * (1 + terms.contingency)
        yield "works", -works.scaleb(decimals), "works"


def _rental(unit: Unit, terms: Terms, decimals: int) -> Iterator[tuple[str, Decimal, str]]:
    """Yield what depends on the rent, and so on the premium of a whole building."""
    asked = unit.rent_per_m2_month
    if not unit.lettable or asked is None:
        return
    rent = (asked * terms.achieved * unit.area_m2).scaleb(decimals)
    yield "rent", rent, "rent"
    yield "default", -rent * terms.default, "rent"
    yield "commission", -rent * MONTHS * terms.commission, "commission"
