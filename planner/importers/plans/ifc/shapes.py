"""The floor outline of IFC spaces: the union of the faces that look down."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import ifcopenshell.geom
import numpy as np
import shapely
from shapely.geometry import Polygon
from shapely.geometry.polygon import orient

if TYPE_CHECKING:
    from collections.abc import Sequence

_DOWN: Final = -0.5
"""Faces whose normal points further down than this are floor."""
_FINE: Final = 0.05
"""Radians between points of a curve: the area of a round room keeps to 0.05%."""
_NO_OUTLINES: Final = ("Axis", "Box", "CoG", "Reference", "Clearance")
_GRID: Final = 0.001
_SLIVER_M2: Final = 0.01


@dataclass(frozen=True, slots=True)
class Shape:
    """A space seen from above: area in square metres, rings in metres, outer one first."""

    area: float
    rings: tuple[tuple[tuple[float, float], ...], ...]
    parts: int = 1


def drawn_shapes(model: Any, spaces: Sequence[Any]) -> dict[str, Shape]:
    """Return the outlines of spaces by GlobalId; a space without geometry is missing.

    The geometry engine returns metres whatever the unit of the model.
    """
    settings = ifcopenshell.geom.settings()
    settings.set("use-world-coords", True)
    settings.set("mesher-angular-deflection", _FINE)
    iterator = ifcopenshell.geom.iterator(settings, model, include=list(spaces))
    found: dict[str, Shape] = {}
    more = iterator.initialize()
    while more:
        element = iterator.get()
        shape = _footprint(element.geometry)
        if shape is not None:
            found[element.guid] = shape
        more = iterator.next()
    for space in spaces:
        if space.GlobalId not in found and (shape := _from_curves(space)) is not None:
            found[space.GlobalId] = shape
    return found


def _from_curves(space: Any) -> Shape | None:
    """Return the largest area that the curves of a space enclose, where it has only curves."""
    settings = ifcopenshell.geom.settings()
    settings.set("use-world-coords", True)
    settings.set("dimensionality", ifcopenshell.ifcopenshell_wrapper.CURVES_SURFACES_AND_SOLIDS)
    for drawn in space.Representation.Representations if space.Representation else ():
        if drawn.RepresentationIdentifier in _NO_OUTLINES:
            continue
        try:
            geometry = ifcopenshell.geom.create_shape(settings, space, drawn).geometry
        except RuntimeError:
            continue
        corners = np.asarray(geometry.verts, float).reshape(-1, 3)[:, :2]
        edges = np.asarray(geometry.edges, int).reshape(-1, 2)
        lines = [shapely.LineString(corners[pair]) for pair in edges]
        joined = shapely.union_all(shapely.set_precision(lines, _GRID))
        faces = shapely.polygonize(shapely.get_parts(joined))
        outline = _largest(faces)
        if outline is not None:
            return _shape(faces, outline, parts=1)
    return None


def _footprint(geometry: Any) -> Shape | None:
    corners = np.asarray(geometry.verts, float).reshape(-1, 3)
    faces = np.asarray(geometry.faces, int).reshape(-1, 3)
    if not len(faces):
        return None
    one, two, three = (corners[faces[:, at]] for at in range(3))
    normals = np.cross(two - one, three - one)
    lengths = np.linalg.norm(normals, axis=1)
    solid = lengths > 0
    slope = normals[:, 2] / np.where(solid, lengths, 1)
    corner_points = np.stack([one, two, three], axis=1)[:, :, :2]
    # a space that is only a face may look up, and some exporters turn solids inside out
    for floor in (solid & (slope < _DOWN), solid & (abs(slope) > -_DOWN)):
        triangles = shapely.polygons(corner_points[floor])
        area = shapely.union_all(shapely.set_precision(triangles, _GRID))
        outline = _largest(area)
        if outline is not None:
            break
    else:
        return None
    return _shape(area, outline, len(_parts(area)))


def _shape(area: Any, outline: Polygon, parts: int) -> Shape:
    whole = sum(part.area for part in _parts(area)) if parts > 1 else outline.area
    flat = orient(outline)
    rings = (flat.exterior, *flat.interiors)
    points = tuple(tuple(_point(p) for p in ring.coords) for ring in rings)
    return Shape(whole, points, parts)


def _parts(area: Any) -> list[Polygon]:
    """Return the areas that are more than a sliver."""
    parts = list(area.geoms) if hasattr(area, "geoms") else [area]
    return [part for part in parts if isinstance(part, Polygon) and part.area > _SLIVER_M2]


def _largest(area: Any) -> Polygon | None:
    return max(_parts(area), key=lambda part: part.area, default=None)


def _point(point: tuple[float, ...]) -> tuple[float, float]:
    return (round(point[0], 3), round(point[1], 3))
