"""Areas and seats of floors against those of their rooms."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, cast

from planner.domain.estate import area_of
from planner.errors import sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planner.domain.consistency.places import Placed, Placement
    from planner.domain.records import Floor, Space
    from planner.errors import Problem


def area_problems(placed: Placement) -> Iterator[Problem]:
    """Yield floors that are larger inside than outside, or whose units do not add up."""
    rooms: dict[str, list[Space]] = {}
    for space in placed.estate.spaces:
        rooms.setdefault(space.floor, []).append(space)
    for item in placed.records("floors"):
        floor = cast("Floor", item.record)
        if floor.gross_area_m2 is not None and floor.lettable_area_m2 > floor.gross_area_m2:
            yield item.problem(
                "lettable_area_m2",
                sentence(
                    "{lettable_area_m2} m² can be let of a floor of {gross_area_m2} m² gross; "
                    "enter at most the gross area, or correct that",
                    lettable_area_m2=floor.lettable_area_m2,
                    gross_area_m2=floor.gross_area_m2,
                ),
            )
        spaces = rooms.get(floor.code, [])
        if any(space.unit for space in spaces):
            yield from _divided(item, floor, spaces)


def _divided(item: Placed, floor: Floor, spaces: Sequence[Space]) -> Iterator[Problem]:
    seats = sum(space.seats or 0 for space in spaces)
    if seats != floor.seats:
        yield item.problem(
            "seats",
            sentence(
                "floor {floor} has {seats} seats, but it is divided into units and its "
                "spaces have {found}; enter seats for each space so that they add up",
                floor=floor.code,
                seats=floor.seats,
                found=seats,
            ),
        )
    for name in sorted({space.unit for space in spaces if space.unit}):
        area = sum((area_of(space) for space in spaces if space.unit == name), start=Decimal(0))
        if not area:
            yield item.problem(
                "lettable_area_m2",
                sentence(
                    "unit {name} of floor {floor} has no area; enter a drawn or declared area "
                    "for its spaces in sheet spaces",
                    name=name,
                    floor=floor.code,
                ),
            )
