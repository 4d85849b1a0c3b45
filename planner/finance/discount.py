"""Present values: the end of month m is worth (1 + r)^(-m/12) today, with 50 digits."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal, localcontext
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.domain.money import Minor

EXACT: Final = Context(prec=50, rounding=ROUND_HALF_EVEN)
"""Fifty digits: 10^15 major units with three decimals keep 30 digits to spare."""

MONTHS: Final = 12


def amount(exact: Decimal) -> Minor:
    """Return a cash amount in whole minor units, half away from zero as on an invoice.

    The same as ROUND in a spreadsheet, so that a workbook shows the same amounts.
    """
    return int(exact.to_integral_value(ROUND_HALF_UP))


@cache
def factors(rate: Decimal, months: int) -> tuple[Decimal, ...]:
    """Return what one unit of money at the end of month 1, 2, ... is worth at the start.

    Args:
        rate: a year, above -1.
        months: how many factors, at least 0.
    """
    with localcontext(EXACT):
        return tuple((1 + rate) ** (Decimal(-month) / MONTHS) for month in range(1, months + 1))


def present(flows: Sequence[Minor], rate: Decimal) -> Minor:
    """Return the net present value of monthly amounts, to one minor unit, half to even."""
    with localcontext(EXACT):
        exact = present_exact(flows, rate)
        return int(exact.to_integral_value(ROUND_HALF_EVEN))


def present_exact(flows: Sequence[Minor], rate: Decimal) -> Decimal:
    """Return the net present value of monthly amounts, not rounded."""
    with localcontext(EXACT):
        pairs = zip(flows, factors(rate, len(flows)), strict=True)
        return sum((flow * factor for flow, factor in pairs), start=Decimal(0))
