"""Axes with round numbers."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Final

_STEPS: Final = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))


@dataclass(frozen=True, slots=True)
class Axis:
    """A scale from `least` to `most` with a line at each of `ticks`."""

    least: Decimal
    most: Decimal
    ticks: tuple[Decimal, ...]

    def at(self, value: Decimal | int, length: float) -> float:
        """Return how far along `length` a value lies."""
        span = self.most - self.least
        return float((Decimal(value) - self.least) / span) * length if span else 0.0


def axis_of(least: Decimal | int, most: Decimal | int, lines: int = 4) -> Axis:
    """Return an axis that holds both ends, with about so many round lines.

    >>> axis_of(0, 2496).ticks[-1], axis_of(-13, 12).ticks[0]
    (Decimal('2500'), Decimal('-20'))
    """
    low, high = Decimal(least), Decimal(most)
    if high <= low:
        high = low + 1
    rough = (high - low) / lines
    power = Decimal(1).scaleb(rough.adjusted())
    step = next(power * one for one in _STEPS if power * one >= rough)
    first = (low / step).to_integral_value(ROUND_FLOOR) * step
    last = (high / step).to_integral_value(ROUND_CEILING) * step
    count = int((last - first) / step)
    return Axis(first, last, tuple(first + step * at for at in range(count + 1)))
