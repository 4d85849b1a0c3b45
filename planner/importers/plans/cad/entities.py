"""DXF entities as paths, texts and inserted blocks, in the coordinates of their layout."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import ezdxf.path
from ezdxf.math import Vec3

from planner.importers.plans.cad.drawing import (
    Insert,
    Path,
    Text,
    arc_points,
    bulged,
    is_ring,
    plain_layer,
)
from planner.importers.plans.cad.texts import plain_mtext, plain_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ezdxf.math import Matrix44

    from planner.importers.plans.report import Point

_FINE: Final = 0.0002
"""Curves are cut so finely, as a share of their size, that areas keep to 0.05%."""


@dataclass(frozen=True, slots=True)
class Reference:
    """An inserted block: what it is, how it lies, and the layer its own layer 0 takes."""

    block: str
    matrices: tuple[Matrix44, ...]
    insert: Insert
    texts: tuple[Text, ...]


Primitive = Path | Text | Reference


def primitives(entity: Any, encoding: str) -> Iterable[Primitive]:
    """Return what one entity draws; nothing for kinds that are no lines, areas or texts."""
    convert = _CONVERTERS.get(entity.dxftype())
    if convert is None:
        return ()
    return convert(entity, encoding)


def known(kind: str) -> bool:
    """Return whether entities of a DXF type are read."""
    return kind in _CONVERTERS


def _base(entity: Any) -> tuple[str, str]:
    return plain_layer(entity.dxf.layer), str(entity.dxf.handle or "")


def _line(entity: Any, _encoding: str) -> Iterable[Primitive]:
    layer, ref = _base(entity)
    start, end = entity.dxf.start, entity.dxf.end
    yield Path(layer, ((start.x, start.y), (end.x, end.y)), closed=False, ref=ref, kind="LINE")


def _flat(entity: Any) -> bool:
    """Return whether the entity's own axes are those of the drawing."""
    extrusion = entity.dxf.get("extrusion")
    return extrusion is None or extrusion.isclose(Vec3(0, 0, 1))


def _to_world(entity: Any, points: Iterable[Point]) -> tuple[Point, ...]:
    if _flat(entity):
        return tuple(points)
    ocs = entity.ocs()
    turned = (ocs.to_wcs(Vec3(x, y, 0)) for x, y in points)
    return tuple((point.x, point.y) for point in turned)


def _lwpolyline(entity: Any, _encoding: str) -> Iterable[Primitive]:
    closed = bool(entity.closed)
    points = bulged([tuple(p) for p in entity.get_points("xyb")], closed=closed)
    yield from _polyline_path(entity, _to_world(entity, points), closed=closed)


def _polyline(entity: Any, _encoding: str) -> Iterable[Primitive]:
    if entity.is_poly_face_mesh or entity.is_polygon_mesh:
        return
    closed = bool(entity.is_closed)
    spline = 16
    vertices = [v for v in entity.vertices if not v.dxf.flags & spline]
    points = bulged(
        [(v.dxf.location.x, v.dxf.location.y, v.dxf.get("bulge", 0)) for v in vertices],
        closed=closed,
    )
    if not entity.is_3d_polyline:
        points = _to_world(entity, points)
    yield from _polyline_path(entity, points, closed=closed)


def _polyline_path(entity: Any, points: tuple[Point, ...], *, closed: bool) -> Iterable[Primitive]:
    layer, ref = _base(entity)
    several = 2
    if len(points) < several:
        return
    gap = 0.0
    if not closed:
        closed, gap = is_ring(points)
        if gap == 0 and closed:
            points = points[:-1]
    yield Path(layer, points, closed, ref, entity.dxftype(), gap)


def _arc(entity: Any, _encoding: str) -> Iterable[Primitive]:
    layer, ref = _base(entity)
    dxf = entity.dxf
    centre = (dxf.center.x, dxf.center.y)
    points = arc_points(centre, dxf.radius, dxf.start_angle, dxf.end_angle, 0.2)
    yield Path(layer, _to_world(entity, points), closed=False, ref=ref, kind="ARC")


def _circle(entity: Any, _encoding: str) -> Iterable[Primitive]:
    layer, ref = _base(entity)
    centre = (entity.dxf.center.x, entity.dxf.center.y)
    points = arc_points(centre, entity.dxf.radius, 0, 360)[:-1]
    yield Path(layer, _to_world(entity, points), closed=True, ref=ref, kind="CIRCLE")


def _curve(entity: Any, _encoding: str) -> Iterable[Primitive]:
    layer, ref = _base(entity)
    points = _flattened(ezdxf.path.make_path(entity))
    several = 2
    if len(points) >= several:
        closed, gap = is_ring(points, 0.001)
        yield Path(layer, points[:-1] if closed else points, closed, ref, entity.dxftype(), gap)


def _flattened(path: Any) -> tuple[Point, ...]:
    corners = list(path.control_vertices())
    if not corners:
        return ()
    wide = max(c.x for c in corners) - min(c.x for c in corners)
    high = max(c.y for c in corners) - min(c.y for c in corners)
    size = max(wide, high)
    if not size or not math.isfinite(size):
        return ()
    return tuple((p.x, p.y) for p in path.flattening(size * _FINE, segments=4))


def _filled(entity: Any, _encoding: str) -> Iterable[Primitive]:
    """HATCH and MPOLYGON: rings that lie in another are its holes."""
    layer, ref = _base(entity)
    few = 3
    rings = []
    for path in ezdxf.path.from_hatch(entity):
        points = _flattened(path)
        if len(points) > few:
            rings.append(points[:-1] if points[0] == points[-1] else points)
    for outer, holes in nested_rings(rings):
        yield Path(layer, outer, closed=True, ref=ref, kind=entity.dxftype(), holes=holes)


def nested_rings(
    rings: list[tuple[Point, ...]],
) -> list[tuple[tuple[Point, ...], tuple[tuple[Point, ...], ...]]]:
    """Return outer rings with their holes, by the even-odd rule."""
    from shapely.geometry import Polygon  # noqa: PLC0415  only drawings with fills need it

    shapes = sorted(
        ((Polygon(ring).buffer(0), ring) for ring in rings), key=lambda one: -one[0].area
    )
    depth: list[int] = []
    outer: list[tuple[Any, tuple[Point, ...], list[tuple[Point, ...]]]] = []
    for at, (shape, ring) in enumerate(shapes):
        inside = shape.representative_point() if not shape.is_empty else None
        around = [k for k in range(at) if inside is not None and shapes[k][0].contains(inside)]
        depth.append(len(around))
        if depth[at] % 2 == 0:
            outer.append((shape, ring, []))
            continue
        owner = [one for one in outer if one[0].contains(inside)]
        if owner:
            owner[-1][2].append(ring)
    return [(ring, tuple(holes)) for _, ring, holes in outer]


def _solid(entity: Any, _encoding: str) -> Iterable[Primitive]:
    layer, ref = _base(entity)
    points = tuple((corner.x, corner.y) for corner in entity.wcs_vertices())
    few = 3
    if len(points) >= few:
        yield Path(layer, points, closed=True, ref=ref, kind=entity.dxftype())


def _text(entity: Any, encoding: str) -> Iterable[Primitive]:
    text = plain_text(entity.dxf.text, encoding)
    if text:
        layer, ref = _base(entity)
        yield Text(layer, text, _placed(entity), ref, height=float(entity.dxf.height or 0))


def _placed(entity: Any) -> Point:
    """Return where a text stands: its alignment point where it is aligned."""
    left = 0
    dxf = entity.dxf
    aligned = dxf.get("halign", left) != left or dxf.get("valign", left) != left
    point = dxf.align_point if aligned and dxf.hasattr("align_point") else dxf.insert
    (placed,) = _to_world(entity, [(point.x, point.y)])
    return placed


def _mtext(entity: Any, encoding: str) -> Iterable[Primitive]:
    text = plain_mtext(entity.text, encoding)
    if text:
        layer, ref = _base(entity)
        at = entity.dxf.insert
        height = float(entity.dxf.char_height or 0)
        yield Text(layer, text, (at.x, at.y), ref, height=height)


def _attdef(entity: Any, encoding: str) -> Iterable[Primitive]:
    """A constant attribute is a text of its block; others show their value on the insert."""
    if entity.is_const:
        yield from _text(entity, encoding)


def _insert(entity: Any, encoding: str) -> Iterable[Primitive]:
    layer, ref = _base(entity)
    dxf = entity.dxf
    (at,) = _to_world(entity, [(dxf.insert.x, dxf.insert.y)])
    named = []
    texts = []
    for attrib in entity.attribs:
        value = attrib.dxf.text
        if attrib.has_embedded_mtext_entity:
            value = plain_mtext(attrib.virtual_mtext_entity().text, encoding)
        value = plain_text(value, encoding)
        if value and not (attrib.is_invisible and not attrib.dxf.tag):
            own, handle = _base(attrib)
            named.append((attrib.dxf.tag, value))
            own = layer if own == "0" else own
            texts.append(Text(own, value, _placed(attrib), handle, attrib.dxf.tag, at))
    insert = Insert(layer, _block_name(entity), at, ref, tuple(named))
    yield Reference(dxf.name, tuple(_matrices(entity)), insert, tuple(texts))


def _matrices(entity: Any) -> Iterable[Matrix44]:
    """Return how the block lies, once for each row and column."""
    if entity.mcount <= 1:
        yield entity.matrix44()
        return
    for one in entity.multi_insert():
        yield one.matrix44()


def _block_name(entity: Any) -> str:
    """Return a block's name; of the nameless copy of a dynamic block that of its original."""
    name = str(entity.dxf.name)
    if not name.startswith("*U") or entity.doc is None:
        return plain_layer(name)
    try:
        record = entity.block().block_record
        for tag in record.get_xdata("AcDbBlockRepBTag"):
            handle = 1005
            if tag.code == handle:
                return plain_layer(str(entity.doc.entitydb[tag.value].dxf.name))
    except (KeyError, AttributeError, ValueError):
        pass
    return name


_CONVERTERS: Final[dict[str, Callable[[Any, str], Iterable[Primitive]]]] = {
    "LINE": _line,
    "LWPOLYLINE": _lwpolyline,
    "POLYLINE": _polyline,
    "ARC": _arc,
    "CIRCLE": _circle,
    "ELLIPSE": _curve,
    "SPLINE": _curve,
    "HATCH": _filled,
    "MPOLYGON": _filled,
    "SOLID": _solid,
    "TRACE": _solid,
    "3DFACE": _solid,
    "TEXT": _text,
    "MTEXT": _mtext,
    "ATTDEF": _attdef,
    "INSERT": _insert,
}
