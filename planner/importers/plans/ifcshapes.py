"""The floor outline of IFC spaces: the union of the faces that look down."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import ifcopenshell.geom
import numpy as np
import shapely
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.polygon import orient

if TYPE_CHECKING:
    from collections.abc import Sequence

_DOWN: Final = -0.5
"""Faces whose normal points further down than this are floor."""
_GRID: Final = 0.001
_SLIVER_M2: Final = 0.01


@dataclass(frozen=True, slots=True)
class Shape:
    """A space seen from above: area in square metres, rings in metres, outer one first."""

    area: float
    rings: tuple[tuple[tuple[float, float], ...], ...]


def drawn_shapes(model: Any, spaces: Sequence[Any]) -> dict[str, Shape]:
    """Return the outlines of spaces by GlobalId; a space without geometry is missing.

    The geometry engine returns metres whatever the unit of the model.
    """
    settings = ifcopenshell.geom.settings()
    settings.set("use-world-coords", True)
    iterator = ifcopenshell.geom.iterator(settings, model, include=list(spaces))
    found: dict[str, Shape] = {}
    if not iterator.initialize():
        return found
    while True:
        element = iterator.get()
        shape = _footprint(element.geometry)
        if shape is not None:
            found[element.guid] = shape
        if not iterator.next():
            return found


def _footprint(geometry: Any) -> Shape | None:
    corners = np.asarray(geometry.verts, float).reshape(-1, 3)
    faces = np.asarray(geometry.faces, int).reshape(-1, 3)
    if not len(faces):
        return None
    one, two, three = (corners[faces[:, at]] for at in range(3))
    normals = np.cross(two - one, three - one)
    lengths = np.linalg.norm(normals, axis=1)
    solid = lengths > 0
    down = solid & (normals[:, 2] < _DOWN * np.where(solid, lengths, 1))
    triangles = shapely.polygons(np.stack([one, two, three], axis=1)[down][:, :, :2])
    area = shapely.union_all(shapely.set_precision(triangles, _GRID))
    outline = _largest(area)
    if outline is None:
        return None
    flat = orient(outline)
    rings = (flat.exterior, *flat.interiors)
    return Shape(area.area, tuple(tuple(_point(p) for p in ring.coords) for ring in rings))


def _largest(area: Any) -> Polygon | None:
    parts = list(area.geoms) if isinstance(area, MultiPolygon) else [area]
    solid = [part for part in parts if isinstance(part, Polygon) and part.area > _SLIVER_M2]
    return max(solid, key=lambda part: part.area, default=None)


def _point(point: tuple[float, ...]) -> tuple[float, float]:
    return (round(point[0], 3), round(point[1], 3))
