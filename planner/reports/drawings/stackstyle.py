"""The sizes of a stack plan on screen and on paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Style:
    """Sizes in pixels: row, gap, text, gauge bar."""

    row: float
    gap: float
    left: float
    level_size: float
    name_size: float
    tag_size: float
    bar: float
    bar_gap: float
    corner: float

    @property
    def gauge(self) -> float:
        """Return the room the gauge takes with its margin, for five weekdays."""
        return 9 + 5 * self.bar + 4 * self.bar_gap + 4


LARGE: Final = Style(34, 5, 34, 13, 12, 12.5, 5, 2, 8)
SMALL: Final = Style(17.5, 2.6, 20, 10, 9.5, 9, 3.4, 1.2, 6)
