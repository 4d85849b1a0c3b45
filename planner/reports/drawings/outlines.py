"""The drawn rooms of a floor, read from their GeoJSON outlines in metres."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from shapely.errors import GEOSException
from shapely.geometry import MultiPolygon, Polygon, shape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.domain.estate import Estate
    from planner.domain.records import Space

SERVICE: Final = frozenset(
    {"restroom", "corridor", "stairs", "elevator", "shaft", "mechanical", "kitchen", "server"}
)
"""Uses that serve the floor and seat nobody; drawn as ground."""


@dataclass(frozen=True, slots=True)
class Room:
    """A space with its shape: rings of points, metres, y up, first ring outside."""

    space: Space
    rings: tuple[tuple[tuple[float, float], ...], ...]
    label_at: tuple[float, float]
    area: float


def rooms_of(estate: Estate, floor: str) -> tuple[Room, ...]:
    """Return the spaces of a floor that have a usable outline, largest first.

    An outline that is no polygon is left out: drawing it would show a room that is not there.
    """
    found = []
    for space in estate.spaces:
        if space.floor == floor and space.outline:
            geometry = _geometry(space.outline)
            if geometry is not None:
                found.append(_room(space, geometry))
    return tuple(sorted(found, key=lambda room: (-room.area, room.space.number)))


def _geometry(outline: str) -> Polygon | MultiPolygon | None:
    try:
        geometry = shape(json.loads(outline))
    except (ValueError, TypeError, KeyError, AttributeError, IndexError, GEOSException):
        return None
    if not isinstance(geometry, (Polygon, MultiPolygon)) or not geometry.area:
        return None
    return geometry if geometry.is_valid else None


def _room(space: Space, geometry: Polygon | MultiPolygon) -> Room:
    parts = list(geometry.geoms) if isinstance(geometry, MultiPolygon) else [geometry]
    rings = [ring for part in parts for ring in (part.exterior, *part.interiors)]
    point = geometry.representative_point()
    # A convex room is best labelled in its middle; any other where the point surely is inside.
    centre = geometry.centroid
    at = centre if geometry.contains(centre) else point
    return Room(
        space=space,
        rings=tuple(tuple((x, y) for x, y, *_ in ring.coords) for ring in rings),
        label_at=(at.x, at.y),
        area=geometry.area,
    )


def extent(rooms: Sequence[Room]) -> tuple[float, float, float, float]:
    """Return the least and greatest x and y of some rooms."""
    xs = [x for room in rooms for ring in room.rings for x, _ in ring]
    ys = [y for room in rooms for ring in room.rings for _, y in ring]
    return min(xs), min(ys), max(xs), max(ys)
