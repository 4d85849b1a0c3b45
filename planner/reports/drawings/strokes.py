"""A building drawn small: its outlines and bars as few paths, whatever its floors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from planner.reports.drawings.canvas import short

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.reports.drawings.elevation import Style, UnitMark

_INSET: Final = 1.2  # of the bars of a floor


@dataclass(frozen=True, slots=True)
class Strokes:
    """A building drawn small, one path a colour: a thousand floors are a few marks a building.

    Args:
        kept, freed: outlines of its units.
        lit, unlit: the seats used and empty.
    """

    kept: str
    freed: str
    lit: str
    unlit: str


def strokes_of(units: Sequence[UnitMark], style: Style) -> Strokes:
    """Return the paths of a building's units as they were laid out."""

    def outlines(*, freed: bool) -> str:
        return "".join(
            _box(one.x, one.y, one.width, style.floor) for one in units if one.freed is freed
        )

    def bars(*, lit: bool) -> str:
        return "".join(
            _box(bar.x, one.y + _INSET, bar.width, style.floor - 2 * _INSET)
            for one in units
            for bar in one.bars
            if bar.lit is lit and bar.width > 0
        )

    return Strokes(outlines(freed=False), outlines(freed=True), bars(lit=True), bars(lit=False))


def _box(x: float, y: float, width: float, height: float) -> str:
    return f"M{short(x)} {short(y)}h{short(width)}v{short(height)}h{short(-width)}z"
