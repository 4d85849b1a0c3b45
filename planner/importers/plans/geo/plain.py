"""GeoJSON of indoor maps: classes and properties as several programs write them."""

from __future__ import annotations

import math
from collections import defaultdict
from decimal import Decimal
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Final

from planner.errors import ImportRefused
from planner.importers.plans.categories import category_of
from planner.importers.plans.checks import listed, warnings_of
from planner.importers.plans.geo.features import (
    Feature,
    are_degrees,
    corner_of,
    features_of,
    is_mercator,
    members,
)
from planner.importers.plans.geo.imdf import is_imdf, read_imdf
from planner.importers.plans.geo.projection import Projection
from planner.importers.plans.geo.words import NO_ROOM, OUTLINE, said_in
from planner.importers.plans.labels import is_number
from planner.importers.plans.levels import level_of
from planner.importers.plans.quantities import decimal_mark, number_in
from planner.importers.plans.report import PlanFloor, PlanReport, PlanSpace, PlanWarning, Scale
from planner.importers.plans.shapes import area_of, rings_of
from planner.importers.plans.tables.columns import field_of
from planner.importers.plans.units import METRES, metres_in, scale_of
from planner.sentences import N_, ngettext, told

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from shapely.geometry import Polygon

    from planner.importers.plans.choices import Choices
    from planner.importers.plans.report import Point

_CLASSES: Final = ("type", "class", "feature_type", "indoor", "category", "layer", "kind")
_LEVELS: Final = ("level", "ordinal", "vertical_order", "level_id", "floor", "z_order", "storey")
_AREA_UNITS: Final = {"ft2": "0.09290304", "sqft": "0.09290304", "sf": "0.09290304"}
_THOUSANDTH: Final = Decimal("0.001")
_MOST: Final = 10_000_000
_EARTH_M: Final = 6_378_137.0
"""Radius of the sphere of EPSG:3857."""
_HOLDS: Final = 0.9
"""An unnamed area that holds this share of all others is the floor's outline."""


def read(path: Path, choices: Choices) -> PlanReport:
    """Return what GeoJSON or IMDF holds: a file, a folder, or a zip of files.

    Raises:
        ImportRefused: no JSON or no areas in it; a zip bomb.
    """
    documents = members(path)
    if is_imdf(documents):
        return read_imdf(documents, path.name)
    index: Mapping[str, Any] = next((one for one in documents.values() if _is_index(one)), {})
    plans = {name: one for name, one in documents.items() if not _is_index(one)}
    if not plans:
        raise ImportRefused(told(N_("{file} holds no GeoJSON FeatureCollection."), file=path.name))
    by_file = {name: features_of(one, name) for name, one in plans.items()}
    every = [one for some in by_file.values() for one in some if one.rings]
    if not every:
        raise ImportRefused(
            told(N_("{file} has no areas (Polygon), so no rooms and no outline."), file=path.name)
        )
    degrees = all(are_degrees(some, plans[name]) for name, some in by_file.items())
    mercator = all(map(is_mercator, plans.values()))
    place, scale = _placing(every, choices, degrees=degrees, mercator=mercator)
    reader = _Reader(place)
    floors = [
        floor
        for name, some in by_file.items()
        for floor in reader.floors(some, _file_name(name, index))
    ]
    floors.sort(key=lambda floor: (floor.level is None, floor.level or 0))
    notes = list(reader.notes)
    broken = [one for some in by_file.values() for one in some if one.broken]
    if broken:
        notes.append(
            PlanWarning(
                "broken",
                told(
                    ngettext(
                        "{count} area has coordinates that cannot be read and was left out;"
                        " export the file again.",
                        "{count} areas have coordinates that cannot be read and were left "
                        "out; export the file again.",
                    ),
                    count=len(broken),
                ),
                told(
                    N_("feature {names}"),
                    names=listed(one.ref or _class(one) or "?" for one in broken),
                ),
            )
        )
    if scale.evidence == "guessed":
        notes.append(
            PlanWarning(
                "unit_guessed",
                told(
                    N_(
                        "The coordinates are no degrees; by the size of the rooms {unit} was "
                        "taken. Confirm or say the unit."
                    ),
                    unit=scale.unit,
                ),
                told(N_("coordinates")),
            )
        )
    building = said_in(index.get("name")) if index else ""
    every_floor = tuple(floors)
    return PlanReport(every_floor, (*notes, *warnings_of(every_floor)), building, "geojson", scale)


def _is_index(document: Any) -> bool:
    """Return whether a document lists the levels whose areas stand in other files."""
    return isinstance(document, dict) and "levels" in document and "features" not in document


def _file_name(name: str, index: Mapping[str, Any]) -> tuple[str, int | None]:
    """Return name and level of the floor in a file, from an index or its own name."""
    levels = index.get("levels") if isinstance(index.get("levels"), list) else []
    for level in levels or ():
        file = str(level.get("filename") or "") if isinstance(level, dict) else ""
        if file and (file == name or file.endswith(f"-{name}")):
            order = level.get("z_order")
            title = said_in(level.get("readable_name")) or said_in(level.get("name"))
            return title, order if isinstance(order, int) else level_of(title)
    stem = PurePath(name).stem
    return stem, level_of(stem)


def _placing(
    features: list[Feature], choices: Choices, *, degrees: bool, mercator: bool = False
) -> tuple[Callable[[float, float], Point], Scale]:
    corner = corner_of(features)
    if degrees:
        return Projection(*corner).metres, Scale("degrees", None, "format")
    if mercator and not choices.unit:
        anchor = Projection(*_globe(*corner))
        return (lambda x, y: anchor.metres(*_globe(x, y))), Scale("degrees", None, "format")
    guess = choices.unit or _guessed(features)
    unit, metres = metres_in(guess)
    far = 10_000 / metres
    left, bottom = corner if max(map(abs, corner)) > far else (0.0, 0.0)

    def place(x: float, y: float) -> Point:
        return ((x - left) * metres, (y - bottom) * metres)

    stated = bool(choices.unit)
    return place, Scale(unit, metres, "stated" if stated else "guessed", sure=stated)


def _globe(x: float, y: float) -> Point:
    """Return longitude and latitude of a place on the web's map (EPSG:3857)."""
    return math.degrees(x / _EARTH_M), math.degrees(math.atan(math.sinh(y / _EARTH_M)))


def _guessed(features: list[Feature]) -> str:
    """Return the unit that makes rooms ordinary, metres wherever that is possible."""
    shapes = [
        shape
        for one in features
        if not NO_ROOM.match(_class(one)) and not OUTLINE.match(_class(one))
        if (shape := one.polygon(lambda x, y: (x, y))[0]) is not None
    ]
    areas = [shape.area for shape in shapes]
    scale = scale_of(areas, headers=("m",), metric=None, stated=None)
    return scale.unit if scale.unit in METRES else "m"


class _Reader:
    """Turns the features of one file into floors, noting what was odd."""

    def __init__(self, place: Callable[[float, float], Point]) -> None:
        self._place = place
        self.notes: list[PlanWarning] = []

    def floors(self, features: list[Feature], named: tuple[str, int | None]) -> list[PlanFloor]:
        """Return the floors of a file: one for each level that its features name."""
        by_level: dict[str, list[Feature]] = defaultdict(list)
        for feature in features:
            if feature.rings:
                by_level[_level(feature)].append(feature)
        if len(by_level) == 1:
            ((level, some),) = by_level.items()
            return [
                self._floor(some, named[0], named[1] if not level else _number(level, named[1]))
            ]
        common = by_level.pop("", [])
        outlines = [one for one in common if OUTLINE.match(_class(one))]
        found = [
            self._floor([*outlines, *some], f"level {level}", _number(level, level_of(level)))
            for level, some in by_level.items()
        ]
        rest = [one for one in common if one not in outlines]
        return [*found, *([self._floor(rest, named[0], None)] if rest else [])]

    def _floor(self, features: list[Feature], name: str, level: int | None) -> PlanFloor:
        drawn = []
        broken = []
        for feature in features:
            shape, sound, parts = feature.polygon(self._place)
            if shape is not None and not NO_ROOM.match(_class(feature)):
                drawn.append((feature, shape))
                if not sound or parts > 1:
                    broken.append(feature.ref or _class(feature))
        if broken:
            self.notes.append(
                PlanWarning(
                    "self_crossing",
                    told(
                        N_(
                            "{count} outlines cross themselves or have several parts; the largest "
                            "part was kept."
                        ),
                        count=len(broken),
                    ),
                    told(N_("feature {names}"), names=listed(broken)),
                )
            )
        gross = _outline(drawn)
        spaces = tuple(
            _space(feature, shape)
            for feature, shape in drawn
            if shape is not gross and not OUTLINE.match(_class(feature))
        )
        if not spaces and gross is not None:
            self.notes.append(
                PlanWarning(
                    "no_rooms",
                    told(N_("The floor has an outline but no rooms; trace them.")),
                    told(N_("floor {name}"), name=name),
                )
            )
        return PlanFloor(
            name,
            level,
            None if gross is None else area_of(gross.area),
            spaces,
            gross_outline=None if gross is None else rings_of(gross),
        )


def _class(feature: Feature) -> str:
    for key in _CLASSES:
        value = feature.properties.get(key)
        if isinstance(value, str) and value and not value.isdigit():
            return value
    return ""


def _level(feature: Feature) -> str:
    low = {key.lower(): value for key, value in feature.properties.items()}
    for key in _LEVELS:
        value = low.get(key)
        if isinstance(value, (int, str)) and str(value).strip() and not isinstance(value, bool):
            return str(value).split(";")[0].strip()
    for key, value in feature.properties.items():
        if isinstance(value, (int, str)) and field_of(key) in {"floor", "level"}:
            return str(value).strip()
    return ""


def _number(text: str, otherwise: int | None) -> int | None:
    try:
        return int(float(text))
    except ValueError:
        level = level_of(text)
        return otherwise if level is None else level


def _outline(drawn: list[tuple[Feature, Polygon]]) -> Polygon | None:
    """Return the floor's outer line: classed as one, or an area that holds nearly all others."""
    classed = [shape for feature, shape in drawn if OUTLINE.match(_class(feature))]
    if classed:
        return max(classed, key=lambda shape: shape.area)
    if len(drawn) < 3:  # noqa: PLR2004  two rooms side by side tell nothing
        return None
    feature, shape = max(drawn, key=lambda one: one[1].area)
    others = [other for _, other in drawn if other is not shape]
    inside = sum(shape.contains(other.representative_point()) for other in others)
    if _class(feature) or _texts(feature)["number"]:
        return None
    return shape if inside >= _HOLDS * len(others) else None


def _texts(feature: Feature) -> dict[str, str]:
    """Return the values of a feature by what their keys mean; the first key of each counts."""
    found: dict[str, str] = defaultdict(str)
    keys = {"ref": "number", "room_number": "number", "use_type": "use", "long_name": "name"}
    for key, value in feature.properties.items():
        field = keys.get(key.lower()) or field_of(key)
        text = said_in(value) if isinstance(value, (str, dict)) else ""
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            text = str(value)
        if field and text and not found[field] and key.lower() not in {"id", "type", "level_id"}:
            found[field] = text
    return found


def _space(feature: Feature, shape: Polygon) -> PlanSpace:
    texts = _texts(feature)
    area = next((texts[key] for key in ("net", "area", "gross") if texts[key]), "")
    stated = number_in(area, decimal_mark([area])) if area else None
    unit = next((u for key in feature.properties for u in _AREA_UNITS if u in key.lower()), None)
    if stated is not None and unit is not None:
        stated *= Decimal(_AREA_UNITS[unit])
    if stated is not None and not 0 < stated < _MOST:
        stated = None
    seats = number_in(texts["seats"], ".") if texts["seats"] else None
    name, kind = texts["name"], _class(feature)
    number = texts["number"]
    if not number and is_number(name):
        number, name = name, ""
    category = category_of(name, texts["use"])
    if category == "unspecified":
        category = category_of(texts["use"])
    if category == "unspecified":
        category = category_of(kind.replace("_", " "))
    return PlanSpace(
        number,
        name or texts["use"],
        category,
        area_of(shape.area),
        None if stated is None else stated.quantize(_THOUSANDTH),
        None if stated is None else "as stated",
        None if seats is None else int(seats),
        rings_of(shape),
        feature.ref,
        kind,
        texts["department"],
    )
