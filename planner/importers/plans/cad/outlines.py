"""Closed shapes of one layer as sound polygons, in drawing units."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from statistics import median
from typing import TYPE_CHECKING, Final

import shapely
from shapely.geometry import LineString, Polygon

from planner.importers.plans.shapes import largest, polygon_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.importers.plans.cad.drawing import Path

_SAME: Final = 0.98
"""Two shapes that share more of their area than this are one, drawn twice."""
_REACH: Final = 0.01
"""Ends of lines that miss each other by less than this share of an ordinary line meet."""
_THIN: Final = 0.0016
"""A loop with less area than this share of its length squared is a gap; a corridor has 0.007."""
_SLIVER: Final = 1e-4
"""A loop of lines this much smaller than the largest is a gap between walls, no room."""


@dataclass(frozen=True, slots=True)
class Outline:
    """A closed shape and where it comes from."""

    shape: Polygon
    layer: str
    ref: str


@dataclass(slots=True)
class Outlines:
    """The closed shapes of some layers and what was wrong with the others."""

    found: list[Outline] = field(default_factory=list)
    unclosed: list[str] = field(default_factory=list)
    gaps: list[str] = field(default_factory=list)
    crossing: list[str] = field(default_factory=list)
    double: list[str] = field(default_factory=list)
    from_lines: bool = False


def outlines_of(paths: Sequence[Path], *, loops: bool = False) -> Outlines:
    """Return the closed shapes among paths; handles of those left out or mended.

    Args:
        paths: of the layers that hold what is looked for.
        loops: whether lines that meet end to end may make a shape too.
    """
    result = Outlines()
    loose = []
    for path in paths:
        if not path.closed:
            loose.append(path)
            continue
        shape, sound = polygon_of(path.points, path.holes)
        if shape is None:
            result.crossing.append(path.ref)
            continue
        if not sound:
            result.crossing.append(path.ref)
        if path.gap > 0.001 * shape.length:
            result.gaps.append(path.ref)
        result.found.append(Outline(shape, path.layer, path.ref))
    _drop_double(result)
    if loops and loose:
        made = _from_lines(loose, result.found)
        result.found += made
        result.from_lines = bool(made)
        loose = _left_over(loose, made)
    result.unclosed = [path.ref for path in loose if len(path.points) > 2]  # noqa: PLR2004
    return result


def _drop_double(result: Outlines) -> None:
    """Keep one of shapes drawn twice, the larger: the one without a hatch's rounding."""
    kept: list[Outline] = []
    order = sorted(result.found, key=lambda one: -one.shape.area)
    tree = shapely.STRtree([one.shape for one in order]) if order else None
    gone: set[int] = set()
    for at, one in enumerate(order):
        if at in gone or tree is None:
            continue
        kept.append(one)
        for other in tree.query(one.shape):
            if other > at and other not in gone and _same(one.shape, order[other].shape):
                gone.add(int(other))
                result.double.append(order[other].ref)
    place = {id(one): at for at, one in enumerate(result.found)}
    result.found = sorted(kept, key=lambda one: place[id(one)])


def _same(one: Polygon, other: Polygon) -> bool:
    if other.area < _SAME * one.area or not one.intersects(other):
        return False
    return shapely.intersection(one, other).area > _SAME * one.area


def _from_lines(loose: Sequence[Path], known: Sequence[Outline]) -> list[Outline]:
    """Return the shapes that lines of a room layer close, apart from those known already."""
    lines = [LineString(path.points) for path in loose]
    reach = _REACH * median(line.length for line in lines)
    lines = [_longer(line, reach) for line in lines]
    size = max(shapely.total_bounds(lines)[2:] - shapely.total_bounds(lines)[:2])
    snapped = shapely.set_precision(shapely.union_all(lines), max(size * 1e-6, 1e-9))
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(snapped)))
    shapes = [shape for face in faces if (shape := largest(face)) is not None]
    limit = max((shape.area for shape in shapes), default=0.0) * _SLIVER
    return [
        Outline(shape, loose[0].layer, _nearest(shape, lines, loose))
        for shape in shapes
        if shape.area > max(limit, _THIN * shape.length**2)
        and not any(_same(one.shape, shape) for one in known)
    ]


def _longer(line: LineString, reach: float) -> LineString:
    """Return a line drawn on at both ends, so that lines that nearly meet do meet."""
    points = [tuple(point[:2]) for point in line.coords]
    if len(points) < 2 or points[0] == points[-1]:  # noqa: PLR2004  a dot, or closed already
        return line
    return LineString(
        [
            _beyond(points[1], points[0], reach),
            *points[1:-1],
            _beyond(points[-2], points[-1], reach),
        ]
    )


def _beyond(before: tuple[float, ...], end: tuple[float, ...], reach: float) -> tuple[float, float]:
    length = math.dist(before, end)
    if not length:
        return (end[0], end[1])
    share = reach / length
    return (end[0] + (end[0] - before[0]) * share, end[1] + (end[1] - before[1]) * share)


def _nearest(shape: Polygon, lines: Sequence[LineString], loose: Sequence[Path]) -> str:
    tree = shapely.STRtree(lines)
    return loose[int(tree.nearest(shape.exterior))].ref


def _left_over(loose: Sequence[Path], made: Sequence[Outline]) -> list[Path]:
    """Return the lines that are no side of a shape that was made."""
    if not made:
        return list(loose)
    sides = shapely.union_all([one.shape.exterior for one in made])
    near = sides.buffer(_REACH * median(LineString(path.points).length for path in loose))
    shapely.prepare(near)
    return [path for path in loose if not near.contains(LineString(path.points))]
