"""Floors as an IMDF archive, which maps and workplace systems read.

What IMDF has no place for (numbers, stated areas, seats) stands under one property of our
own, so that an archive comes in again as it went out.

Source:
    Apple, Indoor Mapping Data Format 1.0.0.
"""

from __future__ import annotations

import io
import json
import uuid
import zipfile
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import shapely

from planner.errors import InvalidInput, sentence
from planner.importers.plans.geo.imdf import OWN
from planner.importers.plans.geo.projection import Projection
from planner.importers.plans.geo.words import TO_IMDF
from planner.importers.plans.shapes import largest, polygon_from, rings_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from planner.importers.plans.report import PlanFloor, PlanSpace, Point, Rings

_IDS: Final = uuid.UUID("5b0c1f0e-6d0c-5d0a-9a53-2f7f8f1f9a10")
_DECIMALS: Final = 10
"""Of a degree: a hundredth of a millimetre, so that areas come back to 0.001 m²."""
_EMPTY: Final = ("amenity", "anchor", "detail", "fixture", "geofence", "kiosk", "occupant")
_EMPTY_TOO: Final = ("opening", "relationship", "section")

Collection = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a building stands, for a format that knows only the globe.

    Args:
        longitude, latitude: of the origin of its metres, degrees (WGS 84).
        bearing: degrees that its y axis is turned clockwise from north.
        country: two letters (ISO 3166).
        locality: town.
    """

    longitude: float
    latitude: float
    bearing: float = 0.0
    country: str = "ID"
    locality: str = "-"


def imdf_of(
    floors: Sequence[PlanFloor], name: str, place: Place, today: dt.date, language: str = "en"
) -> bytes:
    """Return the zip of an IMDF archive; the same floors give the same bytes.

    Args:
        floors: with outlines in metres; spaces without one are left out, as IMDF has no
            unit without a shape.
        name: of venue and building.
        place: where the origin of the metres stands.
        today: written as the day of creation.
        language: of the names.

    Raises:
        InvalidInput: no space has an outline.
    """
    if not any(space.outline for floor in floors for space in floor.spaces):
        raise InvalidInput(
            sentence("No space has an outline, so there is nothing that IMDF could hold.")
        )
    return _Archive(name, place, language).pack(floors, today)


class _Archive:
    """The collections of one archive while they are filled."""

    def __init__(self, name: str, place: Place, language: str) -> None:
        self._name = name
        self._place = place
        self._language = language
        self._to = Projection(place.longitude, place.latitude, place.bearing).degrees
        self._collections: dict[str, Collection] = defaultdict(list)

    def pack(self, floors: Sequence[PlanFloor], today: dt.date) -> bytes:
        """Return the zip."""
        hulls = [_hull(floor) for floor in floors]
        whole = max((hull for hull in hulls if hull), key=lambda r: polygon_from(r).area)
        address = self._add("address", None, {**_address(self._name, self._place)}, self._name)
        building = self._add(
            "building",
            None,
            {
                "category": "unspecified",
                "restriction": None,
                "name": self._label(self._name),
                "alt_name": None,
                "display_point": self._point(whole),
                "address_id": address,
            },
            self._name,
        )
        self._add("footprint", whole, _footprint(building), self._name)
        self._add("venue", whole, self._venue(address, whole), self._name)
        for at, (floor, hull) in enumerate(zip(floors, hulls, strict=True)):
            if hull is not None:
                level = self._level(at, floor, hull, address, building)
                for number, space in enumerate(floor.spaces):
                    self._unit(space, level, f"{at}/{number}")
        return self._zip(today)

    def _venue(self, address: str, whole: Rings) -> dict[str, Any]:
        return {
            "category": "businesscampus",
            "restriction": None,
            "name": self._label(self._name),
            "alt_name": None,
            "hours": None,
            "phone": None,
            "website": None,
            "display_point": self._point(whole),
            "address_id": address,
            OWN: {
                "anchor": [self._place.longitude, self._place.latitude],
                "bearing": self._place.bearing,
            },
        }

    def _level(self, at: int, floor: PlanFloor, hull: Rings, address: str, building: str) -> str:
        name = floor.name or f"Level {at}"
        own: dict[str, Any] = {}
        if floor.level is None:
            own["no_level"] = True
        if floor.gross_outline is None:
            own["hull"] = True
            own["gross_area_m2"] = _text(floor.gross_area_m2)
        return self._add(
            "level",
            hull,
            {
                "category": "unspecified",
                "restriction": None,
                "outdoor": False,
                "ordinal": at if floor.level is None else floor.level,
                "name": self._label(name),
                "short_name": self._label(name[:10]),
                "display_point": self._point(hull),
                "address_id": address,
                "building_ids": [building],
                **({OWN: own} if own else {}),
            },
            f"{at} {name}",
        )

    def _unit(self, space: PlanSpace, level: str, key: str) -> None:
        if space.outline is None:
            return
        label = space.name or space.number
        self._add(
            "unit",
            space.outline,
            {
                "category": TO_IMDF[space.category],
                "restriction": None,
                "accessibility": None,
                "name": self._label(space.name) if space.name else None,
                "alt_name": self._label(space.number) if space.number and label else None,
                "display_point": self._point(space.outline),
                "level_id": level,
                OWN: {
                    "number": space.number,
                    "category": space.category,
                    "declared_area_m2": _text(space.declared_area_m2),
                    "declared_basis": space.declared_basis,
                    "seats": space.seats,
                    "department": space.department,
                },
            },
            key,
        )

    def _add(self, kind: str, rings: Rings | None, properties: dict[str, Any], key: str) -> str:
        ref = str(uuid.uuid5(_IDS, f"{self._name}/{kind}/{key}"))
        geometry = None if rings is None else {"type": "Polygon", "coordinates": self._rings(rings)}
        self._collections[kind].append(
            {
                "id": ref,
                "type": "Feature",
                "feature_type": kind,
                "geometry": geometry,
                "properties": properties,
            }
        )
        return ref

    def _rings(self, rings: Rings) -> list[list[list[float]]]:
        return [[self._degrees(point) for point in ring] for ring in rings]

    def _degrees(self, point: Point) -> list[float]:
        longitude, latitude = self._to(*point)
        return [round(longitude, _DECIMALS), round(latitude, _DECIMALS)]

    def _point(self, rings: Rings) -> dict[str, Any]:
        inside = polygon_from(rings).representative_point()
        return {"type": "Point", "coordinates": self._degrees((inside.x, inside.y))}

    def _label(self, text: str) -> dict[str, str]:
        return {self._language: text}

    def _zip(self, today: dt.date) -> bytes:
        manifest = {
            "version": "1.0.0",
            "created": f"{today.isoformat()}T00:00:00Z",
            "generated_by": "office-space-planner",
            "language": self._language,
            "extensions": [],
        }
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            _write(archive, "manifest.json", manifest, today)
            for kind in sorted({*self._collections, *_EMPTY, *_EMPTY_TOO}):
                document = {
                    "type": "FeatureCollection",
                    "features": self._collections.get(kind, []),
                }
                _write(archive, f"{kind}.geojson", document, today)
        return stream.getvalue()


def _write(archive: zipfile.ZipFile, name: str, document: object, today: dt.date) -> None:
    entry = zipfile.ZipInfo(name, (max(1980, today.year), today.month, today.day, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, json.dumps(document, ensure_ascii=False, indent=1) + "\n")


def _address(name: str, place: Place) -> dict[str, Any]:
    return {
        "address": name,
        "unit": None,
        "locality": place.locality,
        "province": None,
        "country": place.country,
        "postal_code": None,
        "postal_code_ext": None,
        "postal_code_vanity": None,
    }


def _footprint(building: str) -> dict[str, Any]:
    return {"category": "ground", "name": None, "building_ids": [building]}


def _hull(floor: PlanFloor) -> Rings | None:
    """Return the floor's outer line or, without one, the hull of its rooms."""
    if floor.gross_outline is not None:
        return floor.gross_outline
    shapes = [polygon_from(space.outline) for space in floor.spaces if space.outline is not None]
    hull = largest(shapely.union_all(shapes).convex_hull) if shapes else None
    return None if hull is None else rings_of(hull)


def _text(value: object) -> str | None:
    return None if value is None else str(value)
