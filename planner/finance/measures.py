"""Measures of monthly amounts: rate of return, payback, funding, yearly equivalent."""

from __future__ import annotations

from decimal import Decimal, localcontext
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Final

import numpy as np

from planner.finance.discount import EXACT, MONTHS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.domain.money import Minor

_GRID: Final = (
    *(Decimal(step) / 100 for step in range(-99, 100)),
    *(Decimal(step) / 10 for step in range(10, 101)),
    *(Decimal(10) ** power for power in range(2, 13)),
)
"""Rates between which a root is sought: -99% to 10^12 a year."""

_SURE: Final = 1e-9  # of the sum of sizes: far above what floats lose

_DIGITS: Final = Decimal("1e-12")


def irr(flows: Sequence[Minor]) -> Decimal | None:
    """Return the yearly internal rate of return, to 12 decimals; above 100%, to 12 digits.

    Args:
        flows: monthly amounts, each at the end of its month.

    Returns:
        The rate at which the present value is 0; where there are several, the only one that is
        not negative: a deposit that is owed back at the end makes another far below it. None
        where there is none, or still more than one, since a rate that depends on the search
        would be no measure.

    Source:
        Norstrom (1972), "A mathematical condition for a unique nonnegative internal rate of
        return", Journal of Financial and Quantitative Analysis 7(3).
    """
    if not any(flows):
        return None
    with localcontext(EXACT):
        looks = list(zip(_GRID, _signs(flows), strict=True))
        roots = [rate for rate, sign in looks if not sign]
        brackets = [
            (low, high) for (low, before), (high, after) in pairwise(looks) if before * after < 0
        ]
        if len(roots) + len(brackets) > 1:
            roots = [rate for rate in roots if rate >= 0]
            brackets = [(low, high) for low, high in brackets if low >= 0]
        if len(roots) + len(brackets) != 1:
            return None
        return roots[0] if roots else _bisect(flows, *brackets[0]).quantize(_DIGITS)


def _worth(flows: Sequence[Minor], rate: Decimal) -> Decimal:
    """Return the present value by Horner's rule: one root instead of one a month."""
    factor = (1 + rate) ** (Decimal(-1) / MONTHS)
    worth = Decimal(0)
    for flow in reversed(flows):
        worth = (worth + flow) * factor
    return worth


def _signs(flows: Sequence[Minor]) -> list[int]:
    """Return the sign of the present value at each rate of the grid.

    Floats tell it wherever the value is not all but nothing beside what it is summed from,
    which takes a fiftieth of the time.
    """
    rates = np.array([float(1 + rate) for rate in _GRID])
    months = np.arange(1, len(flows) + 1)
    paid = np.array([float(flow) for flow in flows])
    with np.errstate(over="ignore", invalid="ignore"):
        factors = rates[:, None] ** (-months / MONTHS)
        worths, sizes = factors @ paid, factors @ np.abs(paid)
        sure = np.abs(worths) > sizes * _SURE
    return [
        _sign(float(worth) if known else _worth(flows, rate))
        for rate, worth, known in zip(_GRID, worths, sure, strict=True)
    ]


def _sign(value: Decimal | float) -> int:
    return (value > 0) - (value < 0)


def _bisect(flows: Sequence[Minor], low: Decimal, high: Decimal) -> Decimal:
    rising = _worth(flows, low) < 0
    while high - low > _DIGITS / 10 * max(Decimal(1), abs(low)):
        middle = (low + high) / 2
        if (_worth(flows, middle) < 0) == rising:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def payback_months(flows: Sequence[Minor]) -> int | None:
    """Return the month from whose end on the sum of all amounts so far stays at least 0.

    Returns:
        Months from the start, 0 if the sum is never negative; None if it ends negative.
    """
    last = 0
    for month, level in enumerate(accumulate(flows), start=1):
        if level < 0:
            last = month + 1
    return last if last <= len(flows) else None


def peak_funding(flows: Sequence[Minor]) -> Minor:
    """Return the most money that is out at the end of any month, at least 0."""
    return -min(0, *accumulate(flows)) if flows else 0


def equivalent_annual(worth: Minor, rate: Decimal, months: int) -> Minor:
    """Return the yearly amount, at the end of each year, that is worth the same.

    Args:
        worth: present value, minor units.
        rate: a year.
        months: how long the amount is paid; part years count in part.
    """
    with localcontext(EXACT):
        years = Decimal(months) / MONTHS
        exact = worth / years if not rate else worth * rate / (1 - (1 + rate) ** -years)
        return int(exact.to_integral_value())


def benefit_cost(benefits: Decimal, costs: Decimal) -> Decimal | None:
    """Return benefits over costs, both present values of at least 0; None without costs."""
    with localcontext(EXACT):
        return benefits / costs if costs > 0 else None
