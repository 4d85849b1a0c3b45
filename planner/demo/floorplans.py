"""Two drawn floors for the demo: a core, rooms along one side, open offices around."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from planner.domain.records import Space

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from planner.domain.records import Floor
    from planner.domain.records.kinds import Category

_DEPTH: Final = 24.0


class _Room(NamedTuple):
    name: str
    category: Category
    box: tuple[float, float, float, float]
    """Left, bottom, right, top; each as a share of the floor's width or depth."""
    seats: int


_ROOMS: Final = (
    _Room("Lift lobby", "corridor", (0.40, 0.40, 0.60, 0.52), 0),
    _Room("Lifts", "elevator", (0.40, 0.52, 0.50, 0.64), 0),
    _Room("Stairs", "stairs", (0.50, 0.52, 0.60, 0.64), 0),
    _Room("Toilets", "restroom", (0.60, 0.40, 0.68, 0.64), 0),
    _Room("Pantry", "kitchen", (0.32, 0.40, 0.40, 0.64), 0),
    _Room("Open office west", "open_office", (0.0, 0.0, 0.32, 0.72), 34),
    _Room("Open office east", "open_office", (0.68, 0.0, 1.0, 0.72), 34),
    _Room("Open office south", "open_office", (0.32, 0.0, 0.68, 0.40), 0),
    _Room("Head of office", "office", (0.0, 0.72, 0.16, 1.0), 1),
    _Room("Meeting room 1", "meeting", (0.16, 0.72, 0.34, 1.0), 0),
    _Room("Meeting room 2", "meeting", (0.34, 0.72, 0.52, 1.0), 0),
    _Room("Focus rooms", "focus", (0.52, 0.72, 0.66, 1.0), 0),
    _Room("Archive", "storage", (0.66, 0.72, 0.82, 1.0), 0),
    _Room("Server closet", "server", (0.82, 0.72, 1.0, 1.0), 0),
    _Room("Corridor", "corridor", (0.32, 0.64, 0.68, 0.72), 0),
)


def drawn_spaces(floors: Iterable[Floor]) -> tuple[Space, ...]:
    """Return the rooms of some floors, drawn in metres; they fill the gross outline."""
    return tuple(space for floor in floors for space in _rooms(floor))


def _rooms(floor: Floor) -> Iterator[Space]:
    width = float(floor.gross_area_m2 or floor.lettable_area_m2) / _DEPTH
    spare = floor.seats - sum(room.seats for room in _ROOMS)
    for number, room in enumerate(_ROOMS, start=1):
        left, bottom, right, top = room.box
        corners = [
            (round(x * width, 3), round(y * _DEPTH, 3))
            for x, y in ((left, bottom), (right, bottom), (right, top), (left, top), (left, bottom))
        ]
        area = Decimal(str(round((right - left) * width * (top - bottom) * _DEPTH, 3)))
        seats = spare if room.name == "Open office south" else room.seats
        yield Space(
            floor=floor.code,
            number=f"{floor.code}.{number:02}",
            name=room.name,
            category=room.category,
            drawn_area_m2=area,
            seats=seats,
            outline=json.dumps({"type": "Polygon", "coordinates": [corners]}),
        )
