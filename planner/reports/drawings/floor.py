"""One floor from above: drawn to scale where rooms have outlines, else areas as a treemap."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING, Final

from planner.domain.estate import area_of
from planner.domain.records.kinds import CATEGORIES
from planner.reports.drawings.canvas import Canvas, render, short
from planner.reports.drawings.measure import fit, text_width, wrap
from planner.reports.drawings.outlines import SERVICE, Room, extent, rooms_of
from planner.reports.drawings.treemap import Tile, squarify

if TYPE_CHECKING:
    from markupsafe import Markup

    from planner.domain.estate import Estate
    from planner.domain.plan import Plan
    from planner.domain.records import Floor, Space
    from planner.i18n import Speech

_LEAST_LABEL_M2: Final = 8.0
_SCALE_BARS: Final = (10, 5, 20, 50, 2)


@dataclass(frozen=True, slots=True)
class Shape:
    """A room as drawn: an SVG path, what fills it, its label."""

    path: str
    kind: str
    lines: tuple[str, ...]
    label_x: float
    label_y: float
    size: float
    number: str
    spoken: str


def floor_plan(
    estate: Estate,
    floor: str,
    speech: Speech,
    *,
    canvas: Canvas,
    plan: Plan | None = None,
    most_height: float = 420,
) -> Markup:
    """Return a floor as SVG; units freed in the plan are hatched.

    Args:
        estate: the buildings.
        floor: code of the floor.
        speech: the reader's language.
        canvas: where it stands.
        plan: whose freed units are hatched, None for none.
        most_height: the drawing gets narrower rather than taller than this, pixels.
    """
    record = estate.floor_of[floor]
    rooms = rooms_of(estate, floor)
    if not rooms:
        return _treemap(estate, record, speech, canvas, plan)
    left, bottom, right, top = extent(rooms)
    scale = min((canvas.width - 4) / (right - left), most_height / (top - bottom))
    freed = _freed(estate, record, plan)

    def place(x: float, y: float) -> tuple[float, float]:
        return 2 + (x - left) * scale, 2 + (top - y) * scale

    shapes = [_shape(room, place, scale, freed, speech) for room in rooms]
    high = (top - bottom) * scale
    metres = next((bar for bar in _SCALE_BARS if 30 <= bar * scale <= 160), 10)  # noqa: PLR2004
    return render(
        "floor",
        speech,
        canvas,
        height=high + 30,
        title=speech._("Floor %(floor)s, drawn to scale", floor=floor),
        about=_about(record, speech),
        shapes=shapes,
        frame=(2.0, 2.0, (right - left) * scale, high),
        ruler=(2.0, high + 20, metres * scale),
        ruler_text=speech._("%(count)s m", count=speech.number(metres)),
        note="",
    )


def _about(floor: Floor, speech: Speech) -> str:
    return speech._(
        "%(area)s lettable, %(seats)s seats.",
        area=speech.area(floor.lettable_area_m2),
        seats=speech.number(floor.seats),
    )


def _freed(estate: Estate, floor: Floor, plan: Plan | None) -> frozenset[str]:
    """Return the names of the freed units of a floor."""
    if plan is None:
        return frozenset()
    return frozenset(
        unit.name
        for unit in estate.units
        if unit.floor.code == floor.code and unit.id in plan.freed_units
    )


def _kind(space: Space, freed: frozenset[str]) -> str:
    if space.category in SERVICE:
        return "service"
    return "freed" if space.unit in freed else "kept"


def _shape(room: Room, place: object, scale: float, freed: frozenset[str], speech: Speech) -> Shape:
    assert callable(place)  # noqa: S101  narrows for the type checker
    path = "".join(
        "M" + "L".join(" ".join(map(short, place(x, y))) for x, y in ring[:-1]) + "Z"
        for ring in room.rings
    )
    xs = [x for x, _ in room.rings[0]]
    ys = [y for _, y in room.rings[0]]
    wide, high = (max(xs) - min(xs)) * scale, (max(ys) - min(ys)) * scale
    size, lines = _label(room.space, room.area, wide - 8, high - 6, speech)
    x, y = place(*room.label_at)
    return Shape(path, _kind(room.space, freed), lines, x, y, size,
                 room.space.number, _spoken(room.space, speech))  # fmt: skip


def _label(
    space: Space, area: float, wide: float, high: float, speech: Speech
) -> tuple[float, tuple[str, ...]]:
    """Return the size of a label and its lines, none where the room is too small."""
    if area < _LEAST_LABEL_M2:
        return 0, ()
    size = min(13.0, max(9.5, sqrt(area) * 0.9))
    words = space.name or speech.words(CATEGORIES[space.category])
    lines = wrap(words, size, wide, 2, "cond")
    facts = speech.area(area_of(space) or round(area))
    if space.seats:
        facts += ", " + speech.n("%(count)s seat", "%(count)s seats", space.seats)
    if text_width(facts, size, "cond") <= wide:
        lines = (*lines, facts)
    return size, lines[: max(0, int(high / (size * 1.2)))]


def _spoken(space: Space, speech: Speech) -> str:
    words = space.name or speech.words(CATEGORIES[space.category])
    return f"{space.number} {words}, {speech.area(area_of(space))}"


def _treemap(
    estate: Estate, floor: Floor, speech: Speech, canvas: Canvas, plan: Plan | None
) -> Markup:
    """Return the spaces of a floor as tiles of the right size at no particular place."""
    freed = _freed(estate, floor, plan)
    spaces = [one for one in estate.spaces if one.floor == floor.code and area_of(one) > 0]
    high = min(220.0, canvas.width * 0.4)
    if spaces:
        tiles = squarify([float(area_of(space)) for space in spaces], canvas.width - 4, high)
        shapes = [
            _tile(tile, _kind(space, freed), float(area_of(space)), space, speech)
            for tile, space in zip(tiles, spaces, strict=True)
        ]
    else:
        units = [unit for unit in estate.units if unit.floor.code == floor.code]
        tiles = squarify([float(unit.area_m2) for unit in units], canvas.width - 4, high)
        shapes = [
            Shape(_box(tile), "freed" if unit.name in freed else "kept",
                  (unit.id, f"{speech.area(unit.area_m2)}, "
                   + speech.n("%(count)s seat", "%(count)s seats", unit.seats)),
                  2 + tile.x + tile.width / 2, 2 + tile.y + tile.height / 2, 13, unit.id, unit.id)
            for tile, unit in zip(tiles, units, strict=True)
        ]  # fmt: skip
    return render(
        "floor",
        speech,
        canvas,
        height=high + 26,
        title=speech._("Floor %(floor)s, not to scale", floor=floor.code),
        about=_about(floor, speech),
        shapes=shapes,
        frame=(2.0, 2.0, canvas.width - 4, high),
        ruler=None,
        ruler_text="",
        note=speech._("Not to scale: sizes are areas, places are not known."),
    )


def _tile(tile: Tile, kind: str, area: float, space: Space, speech: Speech) -> Shape:
    size, lines = _label(space, area, tile.width - 8, tile.height - 6, speech)
    return Shape(
        path=_box(tile),
        kind=kind,
        lines=lines,
        label_x=2 + tile.x + tile.width / 2,
        label_y=2 + tile.y + tile.height / 2,
        size=size,
        number=space.number,
        spoken=fit(_spoken(space, speech), 1, 200),
    )


def _box(tile: Tile) -> str:
    x, y, wide, high = map(short, (tile.x + 2, tile.y + 2, tile.width, tile.height))
    return f"M{x} {y}h{wide}v{high}h-{wide}Z"
