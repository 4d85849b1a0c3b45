"""Outlines made sound: closed, free of crossings, rounded to a millimetre."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

import shapely
from shapely.errors import GEOSException
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.polygon import orient

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.importers.plans.report import Point, Rings

_DECIMALS: Final = 3
_THOUSANDTH: Final = Decimal("0.001")


def polygon_of(
    points: Sequence[Point], holes: Sequence[Sequence[Point]] = ()
) -> tuple[Polygon | None, bool]:
    """Return the area within an outline, and whether its line was sound as it came.

    Of an outline that crosses itself the largest part is kept; None if nothing is left.
    """
    few = 3
    if len(points) < few:
        return None, False
    try:
        shape = Polygon(points, [hole for hole in holes if len(hole) >= few])
        if shape.is_valid:
            return (shape, True) if shape.area > 0 else (None, False)
        return largest(shapely.make_valid(shape)), False
    except (GEOSException, ValueError):
        return None, False


def largest(shape: Any) -> Polygon | None:
    """Return the largest area of a shape, None if it has none."""
    if isinstance(shape, Polygon):
        return shape if shape.area > 0 else None
    parts = [part for part in getattr(shape, "geoms", ()) if not part.is_empty]
    flat = [
        one
        for part in parts
        for one in (part.geoms if isinstance(part, MultiPolygon) else [part])
        if isinstance(one, Polygon)
    ]
    return max(flat, key=lambda part: part.area, default=None)


def rings_of(shape: Polygon, decimals: int = _DECIMALS) -> Rings:
    """Return the rings of an area, the outer one anticlockwise and first, rounded."""
    flat = orient(shape)
    return tuple(
        tuple((round(x, decimals) + 0.0, round(y, decimals) + 0.0) for x, y, *_ in ring.coords)
        for ring in (flat.exterior, *flat.interiors)
    )


def polygon_from(rings: Rings) -> Polygon:
    """Return the area of rings as a report holds them."""
    return Polygon(rings[0], rings[1:])


def area_of(square_metres: float) -> Decimal:
    """Return an area as the report holds it: exact to 0.001 m²."""
    return Decimal(square_metres).quantize(_THOUSANDTH)


def scaled(shape: Polygon, factor: float, origin: Point = (0.0, 0.0)) -> Polygon:
    """Return a shape moved so that `origin` is (0, 0), then made larger by a factor."""
    points = shapely.transform(shape, lambda xy: (xy - origin) * factor)
    return points if isinstance(points, Polygon) else shape
