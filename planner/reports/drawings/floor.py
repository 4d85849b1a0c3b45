"""One floor from above: drawn to scale where rooms have outlines, else areas as a treemap."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import sqrt
from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from planner.domain.estate import area_of
from planner.domain.geometry import parts_of, shape_of
from planner.domain.records.kinds import CATEGORIES
from planner.reports.drawings.canvas import Canvas, render, short
from planner.reports.drawings.floorpaint import PLAIN, Fill, Painter
from planner.reports.drawings.measure import fit, text_width, wrap
from planner.reports.drawings.outlines import SERVICE, Room, inset, rooms_of
from planner.reports.drawings.treemap import Tile, squarify

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from planner.domain.estate import Estate
    from planner.domain.geometry import Shape as Outline
    from planner.domain.plan import Plan
    from planner.domain.records import Floor, Space
    from planner.i18n import Speech

    Place = Callable[[float, float], tuple[float, float]]

_LEAST_LABEL_M2: Final = 8.0
_LETTER_PX: Final = 12.0
_LEAST_PX, _MOST_PX = 11.0, 16.0
"""Nothing in a drawing is written smaller, so that it reads on a phone."""
_BAND_PX: Final = 6.0
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
    fill: Fill | None = None
    band: str = ""


@dataclass(frozen=True, slots=True)
class _Look:
    """What decides how each room looks."""

    freed: frozenset[str]
    painter: Painter
    speech: Speech


def floor_plan(
    estate: Estate,
    floor: str,
    speech: Speech,
    *,
    canvas: Canvas,
    plan: Plan | None = None,
    most_height: float = 420,
    painter: Painter = PLAIN,
) -> Markup:
    """Return a floor as SVG; units freed in the plan are hatched.

    Args:
        estate: the buildings.
        floor: code of the floor.
        speech: the reader's language.
        canvas: where it stands.
        plan: whose freed units are hatched, None for none.
        most_height: the drawing gets narrower rather than taller than this, pixels.
        painter: how its other rooms are filled.
    """
    record = estate.floor_of[floor]
    rooms = rooms_of(estate, floor)
    gross, core = shape_of(record.outline), shape_of(record.core)
    look = _Look(_freed(estate, record, plan), painter, speech)
    if not rooms and gross is None:
        return _treemap(estate, record, canvas, look)
    left, bottom, right, top = _extent(rooms, [one for one in (gross, core) if one is not None])
    scale = min((canvas.width - 4) / (right - left), most_height / (top - bottom))

    def place(x: float, y: float) -> tuple[float, float]:
        return 2 + (x - left) * scale, 2 + (top - y) * scale

    high = (top - bottom) * scale
    metres = next((bar for bar in _SCALE_BARS if 30 <= bar * scale <= 160), 10)  # noqa: PLR2004
    return render(
        "floor",
        speech,
        canvas,
        height=high + 30,
        title=speech._("Floor %(floor)s, drawn to scale", floor=floor),
        about=_about(record, speech),
        shapes=[_shape(room, place, scale, look) for room in rooms],
        fills=painter.key,
        frame=(2.0, 2.0, (right - left) * scale, high),
        gross="" if gross is None else _outline_path(gross, place),
        core="" if core is None else _outline_path(core, place),
        ruler=(2.0, high + 20, metres * scale),
        ruler_text=speech._("%(count)s m", count=speech.number(metres)),
        north=None if record.north_deg is None else float(record.north_deg),
        note=_traced_note(estate, floor, speech),
        note_x=2 + metres * scale + 50,
    )


def floor_key(painter: Painter, speech: Speech, *, canvas: Canvas) -> Markup:
    """Return the key of a floor plan: each fill with its letter and its words."""
    parts = [
        Markup('<span>{} <b class="letter">{}</b> {}</span>').format(
            render(
                "floorkey",
                speech,
                replace(canvas, width=26, name=canvas.ident(f"k{at}")),
                height=14,
                title=fill.words,
                fill=fill,
            ),
            fill.letter,
            fill.words,
        )
        for at, fill in enumerate(painter.key)
    ]
    return Markup('<p class="key">{}</p>').format(Markup(" ").join(parts)) if parts else Markup()


def _extent(
    rooms: Sequence[Room], outlines: Sequence[Outline]
) -> tuple[float, float, float, float]:
    """Return the least and greatest x and y of all that is drawn."""
    boxes = [one.bounds for one in outlines]
    for room in rooms:
        xs = [x for x, _ in room.rings[0]]
        ys = [y for _, y in room.rings[0]]
        boxes.append((min(xs), min(ys), max(xs), max(ys)))
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return min(lefts), min(bottoms), max(rights), max(tops)


def _about(floor: Floor, speech: Speech) -> str:
    return speech._(
        "%(area)s lettable, %(seats)s seats.",
        area=speech.area(floor.lettable_area_m2),
        seats=speech.number(floor.seats),
    )


def _traced_note(estate: Estate, floor: str, speech: Speech) -> str:
    traced = any(one.floor == floor and one.drawn_how == "traced" for one in estate.spaces)
    return speech._("traced, ±5%%") if traced else ""


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


def _outline_path(outline: Outline, place: Place) -> str:
    return "".join(
        _ring_path([(x, y) for x, y, *_ in ring.coords], place)
        for part in parts_of(outline)
        for ring in (part.exterior, *part.interiors)
    )


def _ring_path(ring: Sequence[tuple[float, float]], place: Place) -> str:
    return "M" + "L".join(" ".join(map(short, place(x, y))) for x, y in ring[:-1]) + "Z"


def _shape(room: Room, place: Place, scale: float, look: _Look) -> Shape:
    xs = [x for x, _ in room.rings[0]]
    ys = [y for _, y in room.rings[0]]
    wide, high = (max(xs) - min(xs)) * scale, (max(ys) - min(ys)) * scale
    kind = _kind(room.space, look.freed)
    fill = None if kind == "freed" else look.painter.of(room.space)
    size, lines = _label(room.space, room.area, wide - 8, high - 6, fill, look.speech)
    x, y = place(*room.label_at)
    path = "".join(_ring_path(ring, place) for ring in room.rings)
    spoken = _spoken(room.space, fill, look.speech)
    band = ""
    if fill is not None and room.space.outline:
        inner = inset(room.space.outline, round(_BAND_PX / scale, 3))
        band = path + "".join(_ring_path(ring, place) for ring in inner)
    return Shape(path, kind, lines, x, y, size, room.space.number, spoken, fill, band)


def _label(
    space: Space, area: float, wide: float, high: float, fill: Fill | None, speech: Speech
) -> tuple[float, tuple[str, ...]]:
    """Return the size of a label and its lines: only its letter where the room is small."""
    letter = "" if fill is None else fill.letter
    if area < _LEAST_LABEL_M2:
        fits = letter and min(wide, high) > _LETTER_PX - 8
        return (_LEAST_PX, (letter,)) if fits else (0, ())
    size = min(_MOST_PX, max(_LEAST_PX, sqrt(area) * 0.9))
    words = space.name or speech.words(CATEGORIES[space.category])
    lines = wrap(f"{letter} {words}".strip(), size, wide, 2, "cond")
    facts = speech.area(area_of(space) or round(area))
    if space.seats:
        facts += ", " + speech.n("%(count)s seat", "%(count)s seats", space.seats)
    if text_width(facts, size, "cond") <= wide:
        lines = (*lines, facts)
    if not lines and letter:
        lines = (letter,)
    return size, lines[: max(0, int(high / (size * 1.2)))]


def _spoken(space: Space, fill: Fill | None, speech: Speech) -> str:
    words = space.name or speech.words(CATEGORIES[space.category])
    said = f"{space.number} {words}, {speech.area(area_of(space))}"
    return said if fill is None else f"{said}, {fill.words}"


def _treemap(estate: Estate, floor: Floor, canvas: Canvas, look: _Look) -> Markup:
    """Return the spaces of a floor as tiles of the right size at no particular place."""
    speech = look.speech
    spaces = [one for one in estate.spaces if one.floor == floor.code and area_of(one) > 0]
    high = min(220.0, canvas.width * 0.4)
    if spaces:
        tiles = squarify([float(area_of(space)) for space in spaces], canvas.width - 4, high)
        shapes = [_tile(tile, space, look) for tile, space in zip(tiles, spaces, strict=True)]
    else:
        units = [unit for unit in estate.units if unit.floor.code == floor.code]
        tiles = squarify([float(unit.area_m2) for unit in units], canvas.width - 4, high)
        shapes = [
            Shape(_box(tile), "freed" if unit.name in look.freed else "kept",
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
        fills=look.painter.key,
        frame=(2.0, 2.0, canvas.width - 4, high),
        gross="",
        core="",
        ruler=None,
        ruler_text="",
        north=None,
        note=speech._("Not to scale: sizes are areas, places are not known."),
        note_x=2,
    )


def _tile(tile: Tile, space: Space, look: _Look) -> Shape:
    kind = _kind(space, look.freed)
    fill = None if kind == "freed" else look.painter.of(space)
    area = float(area_of(space))
    size, lines = _label(space, area, tile.width - 8, tile.height - 6, fill, look.speech)
    return Shape(
        path=_box(tile),
        kind=kind,
        lines=lines,
        label_x=2 + tile.x + tile.width / 2,
        label_y=2 + tile.y + tile.height / 2,
        size=size,
        number=space.number,
        spoken=fit(_spoken(space, fill, look.speech), 1, 200),
        fill=fill,
        band="" if fill is None else _box(tile) + _box(tile, _BAND_PX),
    )


def _box(tile: Tile, inset_px: float = 0.0) -> str:
    if min(tile.width, tile.height) <= 2 * inset_px:
        return ""
    sizes = (tile.x + 2 + inset_px, tile.y + 2 + inset_px)
    x, y, wide, high = map(short, (*sizes, tile.width - 2 * inset_px, tile.height - 2 * inset_px))
    return f"M{x} {y}h{wide}v{high}h-{wide}Z"
