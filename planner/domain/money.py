"""Exact money: integer minor units inside, decimals only where people read and write."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal
from functools import cache

from babel.numbers import get_currency_precision

Minor = int
"""An amount in the smallest unit of its currency: sen, cent, fils or whole yen."""


@cache
def digits(currency: str) -> int:
    """Return how many decimals the currency has: 0 for JPY, 2 for IDR, 3 for KWD.

    Source: Unicode CLDR currency data, as Babel ships it.
    """
    return get_currency_precision(currency)


def to_minor(amount: Decimal, currency: str) -> Minor:
    """Return an amount in minor units, half to even.

    >>> to_minor(Decimal("12.345"), "EUR")
    1234
    """
    return int(amount.scaleb(digits(currency)).to_integral_value(ROUND_HALF_EVEN))


def to_major(amount: Minor, currency: str) -> Decimal:
    """Return minor units as an exact amount.

    >>> to_major(1234, "EUR")
    Decimal('12.34')
    """
    return Decimal(amount).scaleb(-digits(currency))
