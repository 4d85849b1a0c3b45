"""How far a share seen on few days may lie from the truth."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from planner.errors import InvalidDemand, sentence

_Z95: Final = Decimal("1.959963985")


@dataclass(frozen=True, slots=True)
class Proportion:
    """So many of so many days, with the interval that holds the true share 95 times in 100.

    Args:
        hits: days on which it happened.
        days: days looked at, at least 1.
        share: hits over days.
        low, high: bounds of the interval, four decimals.
    """

    hits: int
    days: int
    share: Decimal
    low: Decimal
    high: Decimal


def proportion_of(hits: int, days: int) -> Proportion:
    """Return a share of days with its Wilson interval at 95%.

    Raises:
        InvalidDemand: no days, or more hits than days.

    Source:
        Wilson (1927), "Probable inference, the law of succession, and statistical
        inference", Journal of the American Statistical Association 22(158).

    >>> proportion_of(3, 61).low, proportion_of(3, 61).high
    (Decimal('0.0169'), Decimal('0.1350'))
    """
    if not 0 <= hits <= days or days < 1:
        raise InvalidDemand(
            sentence(
                "{hits} of {days} days is no share; there must be a day at least",
                hits=hits,
                days=days,
            )
        )
    share = Decimal(hits) / days
    z2 = _Z95 * _Z95
    middle = (share + z2 / (2 * days)) / (1 + z2 / days)
    half = _Z95 * (share * (1 - share) / days + z2 / (4 * days * days)).sqrt() / (1 + z2 / days)
    low, high = max(Decimal(0), middle - half), min(Decimal(1), middle + half)
    # At the ends the bound is exactly the end; rounding in between would hide it.
    low, high = (Decimal(0) if hits == 0 else low), (Decimal(1) if hits == days else high)
    return Proportion(hits, days, _four(share), _four(low), _four(high))


def _four(share: Decimal) -> Decimal:
    return share.quantize(Decimal("0.0001"))
