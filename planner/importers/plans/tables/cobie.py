"""COBie workbooks: floors, spaces and areas by the sheets of the standard."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from statistics import median
from typing import TYPE_CHECKING, Final

from planner.errors import ImportRefused
from planner.importers.plans.categories import category_of
from planner.importers.plans.checks import listed, warnings_of
from planner.importers.plans.quantities import number_in
from planner.importers.plans.report import PlanFloor, PlanReport, PlanSpace, PlanWarning
from planner.importers.plans.tables.cells import Cell, Sheet, text_of
from planner.importers.plans.units import metres_in, square_metres_in
from planner.sentences import N_, told

if TYPE_CHECKING:
    from collections.abc import Sequence

_NOTHING: Final = frozenset({"", "n/a", "na", "none", "null", "-"})
_AREAS: Final = (("netarea", "net area"), ("grossarea", "gross area"))
_THOUSANDTH: Final = Decimal("0.001")

Row = dict[str, str]


def is_cobie(sheets: Sequence[Sheet]) -> bool:
    """Return whether a workbook has the sheets that COBie prescribes."""
    table = {sheet.name.strip().lower(): sheet for sheet in sheets}
    if "space" not in table or not {"floor", "facility"} & table.keys():
        return False
    heads = next(iter(table["space"].rows), ())
    return "floorname" in {text_of(cell).lower().replace(" ", "") for cell in heads} or (
        {"floor", "facility"} <= table.keys()
    )


def read_cobie(sheets: Sequence[Sheet], name: str) -> PlanReport:
    """Return floors and spaces with their stated areas; COBie has no geometry.

    Raises:
        ImportRefused: no spaces, or headings that are not those of COBie.
    """
    table: dict[str, Sheet] = defaultdict(lambda: Sheet("", ()))
    table.update({sheet.name.strip().lower(): sheet for sheet in sheets})
    facility = next((row for _, row in _rows(table["facility"])), {})
    spaces = list(_rows(table["space"]))
    if not spaces or "floorname" not in spaces[0][1]:
        raise ImportRefused(
            told(N_("{name}: sheet Space holds no spaces with Name and FloorName."), name=name)
        )
    unit = square_metres_in(facility.get("areaunits", ""))
    unit, doubted = _sound_unit(unit, [row for _, row in spaces])
    factor = Decimal(str(unit or 1))
    bad: list[tuple[str, str]] = []
    by_floor: dict[str, list[PlanSpace]] = {row["name"]: [] for _, row in _rows(table["floor"])}
    listed_floors = set(by_floor)
    for where, row in spaces:
        by_floor.setdefault(row["floorname"], []).append(_space(where, row, factor, bad))
    levels = _levels(table["floor"], facility)
    floors = tuple(
        PlanFloor(
            floor,
            levels[floor][0] if floor in levels else None,
            spaces=tuple(sorted(some, key=lambda space: (space.number, space.name))),
            elevation_m=levels[floor][1] if floor in levels else None,
        )
        for floor, some in by_floor.items()
        if some
    )
    floors = tuple(sorted(floors, key=lambda f: (f.level is None, f.level or 0)))
    notes = []
    if bad:
        notes.append(
            PlanWarning(
                "not_a_number",
                told(
                    N_("{count} areas are no numbers and were left blank: {names}."),
                    count=len(bad),
                    names=listed((repr(text) for _, text in bad)),
                ),
                listed(where for where, _ in bad),
            )
        )
    unknown = sorted(floor.name for floor in floors if floor.name not in listed_floors)
    if unknown:
        notes.append(
            PlanWarning(
                "unknown_floor",
                told(
                    N_("Spaces name floors that sheet Floor does not list: {names}."),
                    names=listed(unknown),
                ),
                told(N_("sheet Space, column FloorName")),
            )
        )
    if doubted:
        notes.append(
            PlanWarning(
                "unit_assumed",
                told(
                    N_("By {unit} the rooms would have no ordinary size; {doubted} was assumed."),
                    unit=facility.get("areaunits"),
                    doubted=doubted,
                ),
                told(N_("sheet Facility, column AreaUnits")),
            )
        )
    if unit is None:
        notes.append(
            PlanWarning(
                "unit_assumed",
                told(
                    N_("AreaUnits is {unit}; m² was assumed."),
                    unit=facility.get("areaunits") or told(N_("blank")),
                ),
                told(N_("sheet Facility, column AreaUnits")),
            )
        )
    checks = (one for one in warnings_of(floors) if one.code != "no_core")
    return PlanReport(floors, (*notes, *checks), facility.get("name", ""), "cobie")


def _sound_unit(unit: float | None, rows: list[Row]) -> tuple[float | None, str]:
    """Return the square metres in the unit of areas, and its name if it is not the stated one.

    A stated unit by which rooms are smaller than a cupboard or larger than a hall is wrong.
    """
    sizes = [
        float(value)
        for row in rows
        if (value := number_in(row.get("netarea") or row.get("grossarea") or "", ".")) is not None
        and value > 0
    ]
    if unit is None or not sizes or _ordinary(median(sizes) * unit):
        return unit, ""
    for name, square in (("m²", 1.0), ("ft²", 0.09290304)):
        if _ordinary(median(sizes) * square):
            return square, name
    return unit, ""


def _ordinary(area_m2: float) -> bool:
    low, high = 1.0, 2000.0
    return low <= area_m2 <= high


def _rows(sheet: Sheet) -> list[tuple[str, Row]]:
    """Return the rows of a COBie sheet by heading, with their places; `n/a` is blank."""
    if not sheet.rows:
        return []
    heads = [text_of(cell).lower().replace(" ", "") for cell in sheet.rows[0]]
    found = []
    for at, cells in enumerate(sheet.rows[1:], start=1):
        row = {head: _value(cell) for head, cell in zip(heads, cells, strict=False)}
        if row.get("name"):
            found.append((sheet.where(at), row))
    return found


def _value(cell: Cell) -> str:
    text = text_of(cell).strip()
    return "" if text.lower() in _NOTHING else text


def _space(where: str, row: Row, factor: Decimal, bad: list[tuple[str, str]]) -> PlanSpace:
    area, basis = None, None
    for column, meaning in _AREAS:
        text = row.get(column, "")
        value = number_in(text, ".") if text else None
        if text and (value is None or value < 0):
            bad.append((where, text))
        elif value and area is None:
            area, basis = (value * factor).quantize(_THOUSANDTH), meaning
    name = row.get("description", "")
    return PlanSpace(
        number=row.get("roomtag") or row["name"],
        name=name,
        category=category_of(name, row.get("category", "")),
        declared_area_m2=area,
        declared_basis=basis,
        source_ref=row.get("extidentifier") or row.get("externalidentifier") or where,
        layer="Space",
    )


def _levels(sheet: Sheet, facility: Row) -> dict[str, tuple[int, float]]:
    """Return level and elevation of each floor; level 0 is the one nearest to the ground."""
    unit = facility.get("linearunits", "").lower() or "m"
    try:
        metres = metres_in(unit)[1]
    except ImportRefused:
        metres = 1.0
    heights = {
        row["name"]: float(number_in(row.get("elevation", ""), ".") or 0) * metres
        for _, row in _rows(sheet)
        if row.get("category", "").lower() != "site"
    }
    order = sorted(heights, key=lambda name: heights[name])
    ground = min(range(len(order)), key=lambda at: abs(heights[order[at]]), default=0)
    return {name: (at - ground, heights[name]) for at, name in enumerate(order)}
