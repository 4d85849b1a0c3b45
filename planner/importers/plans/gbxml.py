"""gbXML of energy models: spaces with stated areas, and their floor where it is drawn."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from planner.errors import ImportRefused
from planner.importers.plans.categories import category_of
from planner.importers.plans.checks import warnings_of
from planner.importers.plans.levels import level_of
from planner.importers.plans.markup import plain_tag, read_xml
from planner.importers.plans.quantities import number_in
from planner.importers.plans.report import PlanFloor, PlanReport, PlanSpace, PlanWarning, Scale
from planner.importers.plans.shapes import area_of, polygon_of, rings_of
from planner.importers.plans.units import METRES, metres_in, square_metres_in
from planner.sentences import N_, told

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from xml.etree.ElementTree import Element

    from shapely.geometry import Polygon

    from planner.importers.plans.choices import Choices

_NO_STOREY: Final = "without a storey"
_THOUSANDTH: Final = Decimal("0.001")


def read(path: Path, choices: Choices) -> PlanReport:
    """Return the spaces of a gbXML file by storey.

    Raises:
        ImportRefused: a document type in it, no sound XML, or no spaces.
    """
    root = read_xml(path)
    area = square_metres_in(root.get("areaUnit") or "SquareMeters") or 1.0
    unit, metres = metres_in(choices.unit) if choices.unit else _length(root)
    buildings = [one for one in root.iter() if plain_tag(one) == "Building"]
    floors: list[PlanFloor] = []
    for building in buildings:
        name = _text(building, "Name") or building.get("id") or ""
        own = name if len(buildings) > 1 else ""
        floors += _floors(building, own, area, metres)
    if not any(floor.spaces for floor in floors):
        raise ImportRefused(
            told(N_("{file} holds no Space, so no rooms; export them with it."), file=path.name)
        )
    notes = []
    if any(floor.name == _NO_STOREY for floor in floors):
        notes.append(
            PlanWarning(
                "no_storey",
                told(N_("Spaces name no storey; they stand together.")),
                "Building",
            )
        )
    every = tuple(floors)
    whole = _text(buildings[0], "Name") if len(buildings) == 1 else ""
    scale = Scale(unit, metres, "stated" if choices.unit else "header")
    return PlanReport(every, (*notes, *warnings_of(every)), whole, "gbxml", scale)


def _length(root: Element) -> tuple[str, float]:
    unit = (root.get("lengthUnit") or "Meters").lower()
    try:
        return metres_in(unit)
    except ImportRefused:
        return "m", METRES["m"]


def _floors(building: Element, own: str, area: float, metres: float) -> list[PlanFloor]:
    storeys = {
        one.get("id") or "": (_text(one, "Name") or one.get("id") or "", _height(one, metres))
        for one in _children(building, "BuildingStorey")
    }
    by_storey: dict[str, list[PlanSpace]] = {ref: [] for ref in storeys}
    for space in _children(building, "Space"):
        ref = space.get("buildingStoreyIdRef") or ""
        by_storey.setdefault(ref if ref in storeys else "", []).append(_space(space, area, metres))
    order = sorted(storeys, key=lambda ref: storeys[ref][1])
    ground = min(range(len(order)), key=lambda at: abs(storeys[order[at]][1]), default=0)
    level = {ref: at - ground for at, ref in enumerate(order)}
    found = []
    for ref in [*order, ""]:
        spaces = tuple(by_storey.get(ref, ()))
        if not spaces:
            continue
        name, height = storeys.get(ref, (_NO_STOREY, None))
        label = f"{own} {name}".strip()
        number = level[ref] if ref in level else level_of(name)
        found.append(PlanFloor(label, number, spaces=spaces, building=own, elevation_m=height))
    return found


def _space(space: Element, area: float, metres: float) -> PlanSpace:
    stated = number_in(_text(space, "Area"), ".")
    name = _text(space, "Name")
    outline = next(
        (
            shape
            for kind in ("PlanarGeometry", "ShellGeometry")
            for part in _children(space, kind)
            if (shape := _outline(part, metres)) is not None
        ),
        None,
    )
    number = _text(space, "CADObjectId")
    first, _, rest = name.partition(" ")
    numbered = bool(rest) and any(sign.isdigit() for sign in first)
    declared = None if not stated or stated <= 0 else (stated * Decimal(str(area)))
    return PlanSpace(
        first if numbered else (space.get("id") or number),
        rest if numbered else name,
        category_of(name, space.get("spaceType") or ""),
        None if outline is None else area_of(outline.area),
        None if declared is None else declared.quantize(_THOUSANDTH),
        None if declared is None else "floor area",
        outline=None if outline is None else rings_of(outline),
        source_ref=space.get("id") or "",
        layer=space.get("spaceType") or "",
    )


def _outline(part: Element, metres: float) -> Polygon | None:
    """Return the first loop that lies flat, seen from above, in metres."""
    for loop in (one for one in part.iter() if plain_tag(one) == "PolyLoop"):
        points = []
        for corner in _children(loop, "CartesianPoint"):
            values = [number_in(one.text or "", ".") for one in _children(corner, "Coordinate")]
            two = 2
            if len(values) >= two and values[0] is not None and values[1] is not None:
                points.append((float(values[0]) * metres, float(values[1]) * metres))
        shape, _ = polygon_of(points)
        if shape is not None and shape.area > 0.01:  # noqa: PLR2004  upright loops have none
            return shape
    return None


def _height(storey: Element, metres: float) -> float:
    value = number_in(_text(storey, "Level"), ".")
    return 0.0 if value is None else float(value) * metres


def _children(element: Element, tag: str) -> Iterator[Element]:
    return (one for one in element if plain_tag(one) == tag)


def _text(element: Element, tag: str) -> str:
    found = next(_children(element, tag), None)
    return "" if found is None else (found.text or "").strip()
