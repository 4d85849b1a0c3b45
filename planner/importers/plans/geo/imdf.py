"""IMDF archives: levels and units by their ids, seats and areas where we wrote them."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, Final, get_args

from planner.domain.records.kinds import Category
from planner.errors import ImportRefused
from planner.importers.plans.categories import category_of
from planner.importers.plans.checks import listed, warnings_of
from planner.importers.plans.geo.features import Feature, corner_of, features_of
from planner.importers.plans.geo.projection import Projection
from planner.importers.plans.geo.words import FROM_IMDF, WALLS, said_in
from planner.importers.plans.labels import is_number
from planner.importers.plans.report import PlanFloor, PlanReport, PlanSpace, PlanWarning, Scale
from planner.importers.plans.shapes import area_of, rings_of
from planner.importers.plans.words import DESKS
from planner.sentences import N_, told

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.importers.plans.report import Rings

OWN: Final = "office_space_planner"
"""The property under which we write what IMDF has no place for."""
_CATEGORIES: Final[tuple[Category, ...]] = get_args(Category)
_SCALE: Final = Scale("degrees", None, "format")


def is_imdf(documents: Mapping[str, Any]) -> bool:
    """Return whether documents are an IMDF archive or one of its files."""
    if "manifest.json" in documents and "unit.geojson" in documents:
        return True
    return any(
        isinstance(one, dict)
        and isinstance(one.get("features"), list)
        and any(isinstance(f, dict) and f.get("feature_type") == "unit" for f in one["features"])
        for one in documents.values()
    )


def read_imdf(documents: Mapping[str, Any], name: str) -> PlanReport:
    """Return the levels of an IMDF archive with their units.

    Raises:
        ImportRefused: it has no units.
    """
    by_kind: dict[str, list[Feature]] = defaultdict(list)
    for file, document in documents.items():
        if file == "manifest.json" or not isinstance(document, dict):
            continue
        for feature in features_of(document, file):
            by_kind[feature.kind or file.split(".")[0]].append(feature)
    units = [one for one in by_kind["unit"] if one.rings]
    if not units:
        raise ImportRefused(
            told(N_("{name} is an IMDF archive without units, so without rooms."), name=name)
        )
    manifest = documents.get("manifest.json")
    language = str(manifest.get("language") or "") if isinstance(manifest, dict) else ""
    projection = _own(by_kind) or Projection(*corner_of([*by_kind["level"], *units]))
    reader = _Reader(projection, language)
    floors = reader.floors(by_kind, units)
    building = next(
        (
            said
            for one in by_kind["building"]
            if (said := said_in(one.properties.get("name"), language))
        ),
        "",
    )
    several = len(by_kind["building"]) > 1
    notes = tuple(reader.notes)
    return PlanReport(
        floors,
        (*notes, *warnings_of(floors)),
        "" if several else building,
        "imdf",
        _SCALE,
    )


def _own(by_kind: Mapping[str, list[Feature]]) -> Projection | None:
    """Return how our own archives lie, so that what goes out comes in the same."""
    for venue in by_kind["venue"]:
        own = venue.properties.get(OWN)
        if isinstance(own, dict) and isinstance(own.get("anchor"), list):
            longitude, latitude = own["anchor"]
            return Projection(float(longitude), float(latitude), float(own.get("bearing") or 0))
    return None


class _Reader:
    """Turns levels and units into floors, noting what was left out."""

    def __init__(self, projection: Projection, language: str) -> None:
        self._place = projection.metres
        self._language = language
        self.notes: list[PlanWarning] = []

    def floors(
        self, by_kind: Mapping[str, list[Feature]], units: list[Feature]
    ) -> tuple[PlanFloor, ...]:
        """Return a floor for each level, and one for units of levels that are not there."""
        by_level: dict[str, list[Feature]] = defaultdict(list)
        solid = 0
        for unit in units:
            if unit.properties.get("category") in WALLS:
                solid += 1
            else:
                by_level[str(unit.properties.get("level_id") or "")].append(unit)
        if solid:
            self.notes.append(
                PlanWarning(
                    "not_rooms",
                    told(N_("{count} units are walls, columns or outdoors."), count=solid),
                    "unit",
                )
            )
        desks = self._desks(by_kind["fixture"])
        names = {one.ref: said_in(one.properties.get("name")) for one in by_kind["building"]}
        floors = [
            self._floor(level, by_level.pop(level.ref, []), desks, names)
            for level in by_kind["level"]
        ]
        lost = [unit for some in by_level.values() for unit in some]
        if lost:
            self.notes.append(
                PlanWarning(
                    "no_storey",
                    told(
                        N_("{count} units name a level that the archive does not have."),
                        count=len(lost),
                    ),
                    told(N_("unit {names}"), names=listed(unit.ref for unit in lost)),
                )
            )
            spaces = tuple(self._space(unit, {}) for unit in lost)
            floors.append(PlanFloor("without a level", None, spaces=spaces))
        return tuple(sorted(floors, key=lambda floor: (floor.level is None, floor.level or 0)))

    def _floor(
        self,
        level: Feature,
        units: list[Feature],
        desks: Mapping[str, int],
        buildings: Mapping[str, str],
    ) -> PlanFloor:
        properties = level.properties
        ordinal = properties.get("ordinal")
        own = properties.get(OWN)
        own = own if isinstance(own, dict) else {}
        outline, area = (None, None) if own.get("hull") else self._shape(level)
        if own.get("hull") and own.get("gross_area_m2"):
            area = _decimal(own["gross_area_m2"])
        owners = properties.get("building_ids") or []
        building = buildings.get(str(owners[0]), "") if owners and len(buildings) > 1 else ""
        name = said_in(properties.get("name"), self._language)
        return PlanFloor(
            name or said_in(properties.get("short_name"), self._language),
            ordinal if isinstance(ordinal, int) and not own.get("no_level") else None,
            area,
            tuple(self._space(unit, desks) for unit in units),
            gross_outline=outline,
            building=building,
        )

    def _space(self, unit: Feature, desks: Mapping[str, int]) -> PlanSpace:
        properties = unit.properties
        own = properties.get(OWN)
        own = own if isinstance(own, dict) else {}
        outline, area = self._shape(unit)
        name = said_in(properties.get("name"), self._language)
        other = said_in(properties.get("alt_name"), self._language)
        number = str(own.get("number") or "")
        if not number and not own and is_number(other):
            number = other
        elif not number and not own and is_number(name):
            number, name = name, other
        seats = own.get("seats", desks.get(unit.ref))
        return PlanSpace(
            number,
            name,
            self._category(properties, own, name),
            area,
            _decimal(own.get("declared_area_m2")),
            str(own["declared_basis"]) if own.get("declared_basis") else None,
            seats if isinstance(seats, int) else None,
            outline,
            unit.ref,
            "unit",
            str(own.get("department") or ""),
        )

    @staticmethod
    def _category(properties: Mapping[str, Any], own: Mapping[str, Any], name: str) -> Category:
        stated = str(properties.get("category") or "").split(".")[0]
        mine = own.get("category")
        for known in _CATEGORIES:
            if known == mine:
                return known
        told = FROM_IMDF.get(stated, "unspecified")
        return told if told != "unspecified" else category_of(name)

    def _shape(self, feature: Feature) -> tuple[Rings | None, Decimal | None]:
        shape, sound, parts = feature.polygon(self._place)
        if shape is None:
            return None, None
        if not sound:
            self.notes.append(
                PlanWarning(
                    "self_crossing",
                    told(N_("An outline crosses itself; its largest part was kept.")),
                    f"{feature.kind} {feature.ref}",
                )
            )
        if parts > 1:
            self.notes.append(
                PlanWarning(
                    "several_parts",
                    told(N_("It has {count} separate parts; the largest was kept."), count=parts),
                    f"{feature.kind} {feature.ref}",
                )
            )
        return rings_of(shape), area_of(shape.area)

    def _desks(self, fixtures: list[Feature]) -> dict[str, int]:
        """Return how many fixtures named as desks name each unit."""
        found: dict[str, int] = defaultdict(int)
        for one in fixtures:
            unit = one.properties.get("unit_id")
            if unit and DESKS.search(said_in(one.properties.get("name"))):
                found[str(unit)] += 1
        return found


def _decimal(value: Any) -> Decimal | None:
    try:
        return None if value is None else Decimal(str(value))
    except InvalidOperation:
        return None
