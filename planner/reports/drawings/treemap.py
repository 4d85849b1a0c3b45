"""Tiles whose sizes are given and whose shapes are as square as can be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Tile:
    """A rectangle."""

    x: float
    y: float
    width: float
    height: float


def squarify(sizes: Sequence[float], width: float, height: float) -> list[Tile]:
    """Return one tile a size, filling a rectangle, in the order given.

    Args:
        sizes: positive, in any unit; tiles share the rectangle in proportion.
        width: of the rectangle.
        height: of the rectangle, in the same unit.

    Source:
        Bruls, Huizing and van Wijk (2000), "Squarified treemaps", Data Visualization 2000.

    >>> [round(tile.width) for tile in squarify([3, 1], 40, 10)]
    [30, 10]
    """
    total = sum(sizes) or 1.0
    order = sorted(range(len(sizes)), key=lambda at: (-sizes[at], at))
    areas = [sizes[at] * width * height / total for at in order]
    tiles: dict[int, Tile] = {}
    x = y = 0.0
    begin = 0
    while begin < len(areas):
        side = min(width, height)
        end = begin + 1
        while end < len(areas) and _worst(areas[begin : end + 1], side) <= _worst(
            areas[begin:end], side
        ):
            end += 1
        strip = sum(areas[begin:end]) / side if side else 0.0
        along = 0.0
        for at in range(begin, end):
            length = areas[at] / strip if strip else 0.0
            if width >= height:
                tiles[order[at]] = Tile(x, y + along, strip, length)
            else:
                tiles[order[at]] = Tile(x + along, y, length, strip)
            along += length
        if width >= height:
            x, width = x + strip, width - strip
        else:
            y, height = y + strip, height - strip
        begin = end
    return [tiles[at] for at in range(len(sizes))]


def _worst(areas: Sequence[float], side: float) -> float:
    """Return the largest ratio of sides in a strip along a side."""
    total = sum(areas)
    if not total or not side or not min(areas):
        return float("inf")
    return max(side**2 * max(areas) / total**2, total**2 / (side**2 * min(areas)))
