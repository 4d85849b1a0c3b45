"""Floors and rooms of a plan file put into an estate.

A storey is the estate's floor of that name or, failing that, of that level in the building;
its rooms replace the rooms the floor had. A storey the estate does not have becomes a floor
whose area is the sum of its rooms and whose seats are its desks or, where the file shows
none, its workrooms divided by the figure `m2_per_seat`, which is then stated as assumed.
"""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from planner.domain.assumptions import register_of
from planner.domain.records import Floor, Space
from planner.errors import ImportRefused

if TYPE_CHECKING:
    from planner.domain.estate import Estate
    from planner.domain.records.place import Building
    from planner.importers.plans.report import PlanFloor, PlanReport, PlanSpace

_WORKROOMS: Final = frozenset({"office", "open_office", "unspecified"})
_NOT_LET: Final = frozenset({"stairs", "elevator", "shaft", "parking", "terrace", "mechanical"})


def merge_plan(estate: Estate, report: PlanReport, building: str | None = None) -> Estate:
    """Return the estate with the floors and rooms of a plan file.

    Args:
        estate: what is there.
        report: what a file yielded.
        building: code of the building; None takes the one of the file's name, or the only one.

    Raises:
        ImportRefused: it is not clear which building is meant.
    """
    home = _building(estate, report, building)
    assumed = False
    for plan in report.floors:
        floor = _floor_of(estate, home, plan)
        if floor is None:
            floor, guessed = _new_floor(estate, home, plan)
            assumed |= guessed
            estate = replace(estate, floors=(*estate.floors, floor))
        kept = tuple(space for space in estate.spaces if space.floor != floor.code)
        estate = replace(estate, spaces=(*kept, *_spaces(floor, plan)))
    return _stating_seats(estate) if assumed else estate


def _building(estate: Estate, report: PlanReport, code: str | None) -> Building:
    if code is not None:
        if code not in estate.building_of:
            known = ", ".join(estate.building_of)
            raise ImportRefused(f"There is no building {code}; the estate has {known}.")
        return estate.building_of[code]
    named = [b for b in estate.buildings if report.building in {b.code, b.name}]
    if len(named) == 1:
        return named[0]
    if len(estate.buildings) == 1:
        return estate.buildings[0]
    raise ImportRefused(
        f"The plan names the building {report.building!r}; the estate has "
        f"{', '.join(b.code for b in estate.buildings) or 'none'}. Say which one is meant."
    )


def _floor_of(estate: Estate, building: Building, plan: PlanFloor) -> Floor | None:
    own = [floor for floor in estate.floors if floor.building == building.code]
    name = plan.name.strip().casefold()
    for floor in own:
        if name and name in {floor.name.casefold(), floor.code.casefold()}:
            return floor
    return next((floor for floor in own if floor.level == plan.level), None)


def _new_floor(estate: Estate, building: Building, plan: PlanFloor) -> tuple[Floor, bool]:
    """Return a floor for a storey, and whether its seats are assumed."""
    let = sum((_area(s) for s in plan.spaces if s.category not in _NOT_LET), Decimal(0))
    desks = sum(space.seats or 0 for space in plan.spaces)
    work = sum((_area(s) for s in plan.spaces if s.category in _WORKROOMS), Decimal(0))
    per_seat = register_of(estate).number("m2_per_seat")
    name = plan.name.strip() or f"level {plan.level}"
    code = f"{building.code}-{name}".replace("/", "-")[:60]
    floor = Floor(
        building=building.code,
        code=code,
        name=name,
        level=0 if plan.level is None else plan.level,
        gross_area_m2=plan.gross_area_m2,
        lettable_area_m2=let,
        area_basis="drawn",
        seats=desks or int(work / per_seat),
    )
    return floor, not desks


def _area(space: PlanSpace) -> Decimal:
    return space.drawn_area_m2 or space.declared_area_m2 or Decimal(0)


def _spaces(floor: Floor, plan: PlanFloor) -> list[Space]:
    used: dict[str, int] = {}
    found = []
    for space in plan.spaces:
        number = space.number.replace("/", "-")[:50] or "room"
        used[number] = used.get(number, 0) + 1
        if used[number] > 1 or not space.number:
            number = f"{number}#{used[number]}"
        found.append(
            Space(
                floor=floor.code,
                number=number,
                name=space.name[:200],
                category=space.category,
                drawn_area_m2=space.drawn_area_m2,
                declared_area_m2=space.declared_area_m2,
                declared_basis=space.declared_basis or "",
                seats=space.seats,
                outline=_geojson(space),
            )
        )
    return found


def _geojson(space: PlanSpace) -> str | None:
    if space.outline is None:
        return None
    return json.dumps(
        {"type": "Polygon", "coordinates": [[list(p) for p in ring] for ring in space.outline]}
    )


def _stating_seats(estate: Estate) -> Estate:
    """Return the estate with the area per seat stated as its own, assumed figure."""
    entry = register_of(estate).entry("m2_per_seat")
    if entry is None or register_of(estate).is_own("m2_per_seat"):
        return estate
    return replace(estate, assumptions=(*estate.assumptions, entry))
