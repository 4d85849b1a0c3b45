"""Outlines in metres: GeoJSON text to shapes and back, and their areas."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from shapely.errors import GEOSException
from shapely.geometry import MultiPolygon, Polygon, shape

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    Ring = Sequence[tuple[float, float]]

Shape = Polygon | MultiPolygon
"""A part of a floor seen from above, metres, y up."""

_MILLIMETRE: Final = 3
_THOUSANDTH: Final = Decimal("0.001")


def shape_of(outline: str | None) -> Shape | None:
    """Return the shape that GeoJSON text gives, None where it gives no area that can be used."""
    if not outline:
        return None
    try:
        found = shape(json.loads(outline))
    except (ValueError, TypeError, KeyError, AttributeError, IndexError, RecursionError,
            GEOSException):  # fmt: skip
        return None
    if not isinstance(found, (Polygon, MultiPolygon)) or not found.area:
        return None
    return found if found.is_valid else None


def outline_of(found: Shape) -> str:
    """Return a shape as GeoJSON text, to the millimetre; the same text for the same shape.

    >>> outline_of(Polygon([(0, 0), (2, 0), (2, 1)]))
    '{"type":"Polygon","coordinates":[[[0.0,0.0],[2.0,0.0],[2.0,1.0],[0.0,0.0]]]}'
    """
    parts = [
        [_rounded(ring.coords) for ring in (part.exterior, *part.interiors)]
        for part in parts_of(found)
    ]
    whole = len(parts) == 1
    value = {
        "type": "Polygon" if whole else "MultiPolygon",
        "coordinates": parts[0] if whole else parts,
    }
    return json.dumps(value, separators=(",", ":"))


def parts_of(found: Shape) -> tuple[Polygon, ...]:
    """Return the polygons of a shape."""
    return tuple(found.geoms) if isinstance(found, MultiPolygon) else (found,)


def area_m2(found: Shape) -> Decimal:
    """Return the area of a shape in square metres, three decimals.

    >>> area_m2(Polygon([(0, 0), (2, 0), (2, 1)]))
    Decimal('1.000')
    """
    return Decimal(repr(found.area)).quantize(_THOUSANDTH)


def _rounded(ring: Iterable[Sequence[float]]) -> list[list[float]]:
    return [[round(float(x), _MILLIMETRE), round(float(y), _MILLIMETRE)] for x, y, *_ in ring]
