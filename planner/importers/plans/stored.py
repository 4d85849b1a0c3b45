"""Floors of an estate in the shape in which plan files are read, for comparing and export."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.domain.geometry import parts_of, shape_of
from planner.importers.plans.report import PlanFloor, PlanSpace

if TYPE_CHECKING:
    from planner.domain.estate import Estate
    from planner.domain.records import Space
    from planner.importers.plans.report import Rings


def stored_floors(estate: Estate, building: str) -> tuple[PlanFloor, ...]:
    """Return the floors of a building with the spaces that are stored, lowest first."""
    floors = sorted(
        (floor for floor in estate.floors if floor.building == building),
        key=lambda floor: (floor.level, floor.code),
    )
    return tuple(
        PlanFloor(
            name=floor.name or floor.code,
            level=floor.level,
            gross_area_m2=floor.gross_area_m2,
            spaces=tuple(_space(one) for one in estate.spaces if one.floor == floor.code),
            gross_outline=_rings(floor.outline),
            building=building,
        )
        for floor in floors
    )


def _space(space: Space) -> PlanSpace:
    return PlanSpace(
        number=space.number,
        name=space.name,
        category=space.category,
        drawn_area_m2=space.drawn_area_m2,
        declared_area_m2=space.declared_area_m2,
        declared_basis=space.declared_basis or None,
        seats=space.seats,
        outline=_rings(space.outline),
        source_ref=space.number,
    )


def _rings(outline: str | None) -> Rings | None:
    """Return a shape's rings; of one in several parts, those of the largest."""
    shape = shape_of(outline)
    if shape is None:
        return None
    largest = max(parts_of(shape), key=lambda part: part.area)
    return tuple(
        tuple((float(x), float(y)) for x, y, *_ in ring.coords)
        for ring in (largest.exterior, *largest.interiors)
    )
