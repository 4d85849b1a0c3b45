"""One drawing may hold several floors side by side: told apart by outlines with titles."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from statistics import median
from typing import TYPE_CHECKING, Final

import shapely
from shapely.geometry import Point as Spot
from shapely.geometry import Polygon

from planner.importers.plans.levels import level_of

if TYPE_CHECKING:
    from planner.importers.plans.cad.drawing import Drawing
    from planner.importers.plans.cad.rooms import Found

_TITLE: Final = re.compile(
    (
        r"floor|level|lantai|\blt\b|geschoss|grundriss|\bog\b|\beg\b|\bug\b|étage|etage|niveau|"
        r"rez|piso|planta|denah|storey|basement|层|階|樓|楼"
    ),
    re.IGNORECASE,
)
_LONGEST_TITLE: Final = 60
_APART: Final = 1.0
"""Floors on one sheet stand apart by at least twice the side of an ordinary room."""
_NEAR: Final = 0.5
"""A title stands no further from its floor than this share of the floor's height."""


@dataclass(slots=True)
class FloorPart:
    """The rooms of one floor, by their position, and its outer lines, in drawing units."""

    name: str
    rooms: list[int]
    gross: list[Polygon]
    shapes: list[Polygon] = field(default_factory=list)
    first: bool = True


def split_floors(drawing: Drawing, found: Found, name: str) -> list[FloorPart]:
    """Return the floors of a drawing: several only where each outline has its own title."""
    plates = found.gross or _clusters(found)
    titles = _titles(drawing, plates)
    every = list(range(len(found.rooms)))
    several = len(plates) > 1 and len(set(titles)) == len(titles) and all(titles)
    if several:
        parts = [
            FloorPart(title, [], [plate] if found.gross else [])
            for title, plate in zip(titles, plates, strict=True)
        ]
        for at, room in enumerate(found.rooms):
            spot = None if room.shape is None else room.shape.representative_point()
            parts[_home(spot, plates)].rooms.append(at)
        if all(part.rooms for part in parts):
            for at, part in enumerate(parts):
                part.shapes = _shapes(found, part)
                part.first = at == 0
            return sorted(parts, key=lambda part: (level_of(part.name) or 0, part.name))
    whole = FloorPart(name, every, found.gross)
    whole.shapes = _shapes(found, whole)
    return [whole]


def _clusters(found: Found) -> list[Polygon]:
    """Return a hull around each group of rooms that stands apart from the others."""
    shapes = [room.shape for room in found.rooms if room.shape is not None]
    if not shapes:
        return []
    reach = _APART * median(shape.area for shape in shapes) ** 0.5
    groups = shapely.get_parts(shapely.union_all([shape.buffer(reach, 4) for shape in shapes]))
    hulls = [shapely.convex_hull(group).buffer(-0.9 * reach, 4) for group in groups]
    return [hull for hull in hulls if isinstance(hull, Polygon)]


def _home(spot: Spot | None, gross: list[Polygon]) -> int:
    if spot is None:
        return 0
    return min(range(len(gross)), key=lambda at: gross[at].distance(spot))


def _shapes(found: Found, part: FloorPart) -> list[Polygon]:
    rooms = [shape for at in part.rooms if (shape := found.rooms[at].shape) is not None]
    return [*rooms, *part.gross]


def _titles(drawing: Drawing, gross: list[Polygon]) -> list[str]:
    """Return the floor title nearest to each outline, "" where none is near."""
    found: list[tuple[Spot, str]] = []
    for text in drawing.texts:
        line = text.text.replace("\n", " ")
        if len(line) <= _LONGEST_TITLE and _TITLE.search(line) and level_of(line) is not None:
            found.append((Spot(text.at), line))
    titles = []
    for shape in gross:
        _, bottom, _, top = shape.bounds
        near = [
            (shape.distance(spot), line)
            for spot, line in found
            if shape.distance(spot) <= _NEAR * (top - bottom)
        ]
        titles.append(min(near)[1] if near else "")
    return titles
