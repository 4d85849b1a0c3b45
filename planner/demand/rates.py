"""Seats from typed rates, where nobody has counted yet: a closed form one can check by hand."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from statistics import NormalDist
from typing import TYPE_CHECKING, Final

from planner.demand.quantile import check_level
from planner.errors import InvalidDemand, sentence

if TYPE_CHECKING:
    from collections.abc import Iterable

TYPED_WEIGHT: Final = 20
"""Days that a typed rate weighs as much as; below so many counted days it is an assumption."""
BLENDED_UNTIL: Final = 60
"""From so many counted days on, what was typed no longer counts."""


@dataclass(frozen=True, slots=True)
class Guess:
    """A team whose presence is a rate, not a count.

    Args:
        people: planned headcount.
        rate: share of them present on the day to be planned for, 0 to 1.
    """

    people: int
    rate: Decimal


def seats_by_rate(guesses: Iterable[Guess], level: Decimal, correlation: Decimal) -> int:
    r"""Return seats that hold people who come with given rates, capped at their number.

    For one team $n p + z_\alpha \sqrt{n p (1-p) (1 + (n-1) \rho)}$, rounded up; for several,
    people of different teams are as correlated as colleagues, so pooling helps a little.

    Args:
        guesses: teams that share the seats.
        level: share of days that must fit, in (0, 1]; at 1 everybody has a seat.
        correlation: of two people's presence, 0 to 1.

    Raises:
        InvalidDemand: a level out of range, or a negative correlation.

    Source:
        Variance of a sum of exchangeable 0/1 variables; the register states where the
        default correlation was fitted.
    """
    check_level(level)
    if not 0 <= correlation <= 1:
        raise InvalidDemand(
            sentence(
                "correlation {correlation}: enter a share from 0 to 1", correlation=correlation
            )
        )
    guesses = tuple(guesses)
    people = sum(guess.people for guess in guesses)
    if level == 1:
        return people
    spread = [(guess.people, guess.rate * (1 - guess.rate)) for guess in guesses]
    apart = sum((n * variance for n, variance in spread), Decimal(0))
    together = sum((n * variance.sqrt() for n, variance in spread), Decimal(0))
    variance = (1 - correlation) * apart + correlation * together * together
    mean = sum((guess.people * guess.rate for guess in guesses), Decimal(0))
    need = (mean + _z(level) * variance.sqrt()).quantize(Decimal("0.000001"))
    seats = max(0, int(need.to_integral_value(ROUND_CEILING)))
    if len(guesses) > 1:
        # Each alone is capped at its people, which the formula for several cannot see.
        seats = min(seats, sum(seats_by_rate([one], level, correlation) for one in guesses))
    return min(people, seats)


def blended_rate(typed: Decimal, counted: Decimal | None, days: int) -> Decimal:
    """Return a typed rate corrected by the days counted so far.

    Args:
        typed: what somebody entered.
        counted: mean rate of the counted days, None without any.
        days: how many were counted.

    >>> blended_rate(Decimal("0.5"), Decimal("0.8"), 20)
    Decimal('0.65')
    """
    if counted is None or not days:
        return typed
    return (days * counted + TYPED_WEIGHT * typed) / (days + TYPED_WEIGHT)


def _z(level: Decimal) -> Decimal:
    return Decimal(repr(round(NormalDist().inv_cdf(float(level)), 9)))
