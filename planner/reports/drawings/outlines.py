"""The drawn rooms of a floor, read from their GeoJSON outlines in metres."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from shapely.geometry import MultiPolygon, Polygon

from planner.domain.geometry import parts_of, shape_of

if TYPE_CHECKING:
    from planner.domain.estate import Estate
    from planner.domain.records import Space

Rings = tuple[tuple[tuple[float, float], ...], ...]

SERVICE: Final = frozenset(
    {"restroom", "corridor", "stairs", "elevator", "shaft", "mechanical", "kitchen", "server"}
)
"""Uses that serve the floor and seat nobody; drawn as ground."""


@dataclass(frozen=True, slots=True)
class Room:
    """A space with its shape: rings of points, metres, y up, first ring outside."""

    space: Space
    rings: Rings
    label_at: tuple[float, float]
    area: float


def rooms_of(estate: Estate, floor: str) -> tuple[Room, ...]:
    """Return the spaces of a floor that have a usable outline, largest first.

    An outline that is no polygon is left out: drawing it would show a room that is not there.
    """
    found = []
    for space in estate.spaces:
        if space.floor == floor and space.outline:
            drawn = _drawn(space.outline)
            if drawn is not None:
                found.append(Room(space, *drawn))
    return tuple(sorted(found, key=lambda room: (-room.area, room.space.number)))


@lru_cache(maxsize=8192)
def _drawn(outline: str) -> tuple[Rings, tuple[float, float], float] | None:
    """Return rings, label point and area of an outline; floors are drawn again and again."""
    geometry = shape_of(outline)
    if geometry is None:
        return None
    rings = [ring for part in parts_of(geometry) for ring in (part.exterior, *part.interiors)]
    # A convex room is best labelled in its middle; any other where the point surely is inside.
    centre = geometry.centroid
    at = centre if geometry.contains(centre) else geometry.representative_point()
    corners = tuple(tuple((x, y) for x, y, *_ in ring.coords) for ring in rings)
    return corners, (at.x, at.y), geometry.area


@lru_cache(maxsize=8192)
def inset(outline: str, metres: float) -> Rings:
    """Return an outline's rings moved inwards; none where nothing is left."""
    shape = shape_of(outline)
    inner = None if shape is None else shape.buffer(-metres, join_style="mitre")
    if not isinstance(inner, (Polygon, MultiPolygon)) or inner.is_empty:
        return ()
    return tuple(
        tuple((x, y) for x, y, *_ in ring.coords)
        for part in parts_of(inner)
        for ring in (part.exterior, *part.interiors)
    )
