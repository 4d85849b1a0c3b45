"""GeoJSON from files, folders and zips: features, their properties and sound polygons."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from shapely.geometry import MultiPolygon, Polygon

from planner.errors import ImportRefused
from planner.importers.archive import open_zip, read_entry
from planner.importers.plans.shapes import largest, polygon_of
from planner.sentences import N_, told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from planner.importers.plans.report import Point

MOST_FEATURES: Final = 100_000
_DEEPEST_BUILDING: Final = 0.1
"""Degrees: 11 km. Coordinates that reach further are no longitudes of one building."""


@dataclass(frozen=True, slots=True)
class Feature:
    """A feature: its id, its class in IMDF, its properties, its polygons as they stand.

    `broken` is an area whose coordinates cannot be read.
    """

    ref: str
    kind: str
    properties: Mapping[str, Any]
    rings: tuple[tuple[tuple[Point, ...], ...], ...]
    point: Point | None = None
    broken: bool = False

    def polygon(self, place: Callable[[float, float], Point]) -> tuple[Polygon | None, bool, int]:
        """Return the largest of its areas, whether it was sound, and how many it has.

        Args:
            place: turns the file's coordinates into metres.
        """
        found, sound = [], True
        for rings in self.rings:
            moved = [tuple(place(x, y) for x, y in ring) for ring in rings]
            shape, well = polygon_of(moved[0], moved[1:])
            sound &= well
            if shape is not None:
                found.append(shape)
        whole = MultiPolygon(found) if len(found) > 1 else found[0] if found else None
        return largest(whole) if whole is not None else None, sound, len(found)


def members(path: Path) -> dict[str, Any]:
    """Return the JSON documents of a file, a folder or a zip, by file name.

    Raises:
        ImportRefused: no JSON, damaged, or a zip bomb.
    """
    if path.is_dir():
        files = sorted(one for one in path.iterdir() if _is_json(one.name))
        return {one.name: _loaded(one.read_bytes(), one.name) for one in files}
    with path.open("rb") as stream:
        packed = stream.read(2) == b"PK"
    if not packed:
        return {path.name: _loaded(path.read_bytes(), path.name)}
    with open_zip(path, told(N_("an IMDF archive (.zip)"))) as opened:
        names = [name for name in opened.namelist() if _is_json(name)]
        return {
            name.rsplit("/", 1)[-1]: _loaded(read_entry(opened, name), name)
            for name in names
            if not name.startswith("__MACOSX")
        }


def features_of(document: Any, name: str) -> list[Feature]:
    """Return the features of a GeoJSON document that have an area, a place or properties.

    Raises:
        ImportRefused: it is no FeatureCollection, or has too many features.
    """
    if isinstance(document, dict) and document.get("type") == "Feature":
        document = {"features": [document]}
    some = document.get("features") if isinstance(document, dict) else None
    if not isinstance(some, list):
        raise ImportRefused(
            told(
                N_("{name} is JSON but no GeoJSON FeatureCollection; export it as one."), name=name
            )
        )
    if len(some) > MOST_FEATURES:
        raise ImportRefused(
            told(
                N_("{name} has {count} features; up to {most_features} are read."),
                name=name,
                count=len(some),
                most_features=MOST_FEATURES,
            )
        )
    return [_feature(one) for one in some if isinstance(one, dict)]


def are_degrees(features: list[Feature], document: Any) -> bool:
    """Return whether coordinates are degrees: within the globe and the size of a building."""
    points = [point for one in features for point in _points(one)]
    if not points:
        return True
    crs = json.dumps(document.get("crs") or "") if isinstance(document, dict) else ""
    if "CRS84" in crs or "4326" in crs:
        return True
    xs, ys = [point[0] for point in points], [point[1] for point in points]
    on_globe = max(map(abs, xs)) <= 180 and max(map(abs, ys)) <= 90  # noqa: PLR2004
    size = max(max(xs) - min(xs), max(ys) - min(ys))
    return on_globe and size <= _DEEPEST_BUILDING


def is_mercator(document: Any) -> bool:
    """Return whether coordinates are metres of the web's map, which grow with latitude."""
    crs = json.dumps(document.get("crs") or "") if isinstance(document, dict) else ""
    return any(code in crs for code in ("3857", "900913", "102100"))


def corner_of(features: list[Feature]) -> Point:
    """Return the least first and second coordinate of all features."""
    points = [point for one in features for point in _points(one)]
    return (min(p[0] for p in points), min(p[1] for p in points)) if points else (0.0, 0.0)


def _points(feature: Feature) -> Iterator[Point]:
    for rings in feature.rings:
        for ring in rings:
            yield from ring


def _feature(one: dict[str, Any]) -> Feature:
    properties = one.get("properties")
    properties = properties if isinstance(properties, dict) else {}
    geometry = one.get("geometry")
    geometry = geometry if isinstance(geometry, dict) else {}
    ref = one.get("id", properties.get("id"))
    coordinates = geometry.get("coordinates")
    rings: tuple[Any, ...] = ()
    point = None
    try:
        if geometry.get("type") == "Polygon":
            rings = (_rings(coordinates),)
        elif geometry.get("type") == "MultiPolygon":
            rings = tuple(_rings(one) for one in coordinates or ())
        elif geometry.get("type") == "GeometryCollection":
            parts = [_feature({"geometry": part}) for part in geometry.get("geometries") or ()]
            rings = tuple(ring for part in parts for ring in part.rings)
        elif geometry.get("type") == "Point":
            point = _pair(coordinates)
    except (TypeError, ValueError, IndexError, KeyError, AttributeError, RecursionError):
        rings = ()
    area = str(geometry.get("type")) in {"Polygon", "MultiPolygon"}
    rings = tuple(one for one in rings if one)
    kind = str(one.get("feature_type") or "")
    broken = area and not rings
    return Feature("" if ref is None else str(ref), kind, properties, rings, point, broken)


def _rings(coordinates: Any) -> tuple[tuple[Point, ...], ...]:
    return tuple(tuple(_pair(pair) for pair in ring) for ring in coordinates or ())


def _pair(pair: Any) -> Point:
    x, y = float(pair[0]), float(pair[1])
    if not (math.isfinite(x) and math.isfinite(y)):
        raise ValueError("coordinates must be finite")
    return (x, y)


def _is_json(name: str) -> bool:
    return name.lower().endswith((".geojson", ".json")) and "/." not in f"/{name}"


def _loaded(content: bytes, name: str) -> Any:
    try:
        return json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as refusal:
        line = getattr(refusal, "lineno", None)
        where = told(N_(", line {line}"), line=str(line)) if line else ""
        raise ImportRefused(
            told(
                N_("{name}{where}: this is no sound JSON, or it is cut short; export it again."),
                name=name,
                where=where,
            )
        ) from None
