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
from planner.domain.drafts import Draft, with_drafts
from planner.domain.records import Floor, Space
from planner.errors import ImportRefused
from planner.sentences import N_, told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.domain.estate import Estate
    from planner.domain.records.place import Building
    from planner.importers.plans.report import PlanFloor, PlanReport, PlanSpace, Rings

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
    drafts = drafts_of(estate, report, building)
    merged = with_drafts(estate, drafts)
    return stating_seats(merged) if any(one.assumed_seats for one in drafts) else merged


def drafts_of(estate: Estate, report: PlanReport, building: str | None = None) -> tuple[Draft, ...]:
    """Return each floor of a plan file that has rooms or an outline, as it would be stored.

    Raises:
        ImportRefused: it is not clear which building is meant.
    """
    home = home_of(estate, report, building)
    found = []
    for plan in report.floors:
        if not plan.spaces and plan.gross_outline is None:
            continue
        floor, guessed = target_of(estate, home, plan), False
        if floor is None:
            floor, guessed = new_floor(estate, home, plan)
        floor = with_outline(floor, plan)
        found.append(Draft(floor, tuple(spaces_of(estate, floor, plan)), guessed))
    return tuple(found)


def with_outline(floor: Floor, plan: PlanFloor) -> Floor:
    """Return a floor with the outline that the file has of it, if any."""
    if plan.gross_outline is None:
        return floor
    return floor.model_copy(update={"outline": _geojson(plan.gross_outline)})


def home_of(estate: Estate, report: PlanReport, code: str | None) -> Building:
    """Return the building a file belongs to: the one named, or the one it can only be.

    Raises:
        ImportRefused: there is no such building, or it is not clear which one is meant.
    """
    if code is not None:
        if code not in estate.building_of:
            known = ", ".join(estate.building_of)
            raise ImportRefused(
                told(
                    N_("There is no building {code}; the estate has {known}."),
                    code=code,
                    known=known,
                )
            )
        return estate.building_of[code]
    named = [b for b in estate.buildings if report.building in {b.code, b.name}]
    if len(named) == 1:
        return named[0]
    if len(estate.buildings) == 1:
        return estate.buildings[0]
    raise ImportRefused(
        told(
            N_(
                "The plan names the building {building}; the estate has {known}. Say "
                "which one is meant."
            ),
            building=repr(report.building),
            known=", ".join(b.code for b in estate.buildings) or told(N_("none")),
        )
    )


def target_of(estate: Estate, building: Building, plan: PlanFloor) -> Floor | None:
    """Return the floor of a building that a storey is, by name or level; None for a new one."""
    own = [floor for floor in estate.floors if floor.building == building.code]
    name = plan.name.strip().casefold()
    for floor in own:
        if name and name in {floor.name.casefold(), floor.code.casefold()}:
            return floor
    return next((floor for floor in own if floor.level == plan.level), None)


def new_floor(estate: Estate, building: Building, plan: PlanFloor) -> tuple[Floor, bool]:
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


def spaces_of(estate: Estate, floor: Floor, plan: PlanFloor) -> Iterator[Space]:
    """Yield the rooms of a storey; what a file never holds stays as it is stored."""
    stored = {space.number: space for space in estate.spaces if space.floor == floor.code}
    used: dict[str, int] = {}
    for space in plan.spaces:
        number = space.number.replace("/", "-")[:50] or "room"
        used[number] = used.get(number, 0) + 1
        if used[number] > 1 or not space.number:
            number = f"{number}#{used[number]}"
        old = stored.get(number)
        yield Space(
            floor=floor.code,
            number=number,
            name=space.name[:200],
            unit="" if old is None else old.unit,
            category=space.category,
            drawn_area_m2=space.drawn_area_m2,
            declared_area_m2=space.declared_area_m2,
            declared_basis=(space.declared_basis or "")[:100],
            seats=old.seats if space.seats is None and old is not None else space.seats,
            outline=None if space.outline is None else _geojson(space.outline),
            area_class=None if old is None else old.area_class,
            area_counts=None if old is None else old.area_counts,
            drawn_how=None if space.outline is None else "file",
        )


def _geojson(rings: Rings) -> str:
    return json.dumps({"type": "Polygon", "coordinates": [[list(p) for p in r] for r in rings]})


def stating_seats(estate: Estate) -> Estate:
    """Return the estate with the area per seat stated as its own, assumed figure."""
    entry = register_of(estate).entry("m2_per_seat")
    if entry is None or register_of(estate).is_own("m2_per_seat"):
        return estate
    return replace(estate, assumptions=(*estate.assumptions, entry))
