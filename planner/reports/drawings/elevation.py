"""The campus from the street: width is area, a bay is ten seats, a lit bay is in use.

Large estates are drawn small: several streets of buildings, each floor one bar.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from planner.reports.drawings.canvas import Canvas, render
from planner.reports.drawings.measure import fit, text_width
from planner.reports.drawings.scene import scene_of
from planner.reports.drawings.strokes import Strokes, strokes_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from markupsafe import Markup

    from planner.domain.estate import Estate, UnitId
    from planner.domain.plan import Plan
    from planner.i18n import Speech
    from planner.reports.drawings.scene import Needs, Row, Scene, State, Tower, UnitView

SEATS_PER_BAY: Final = 10
_LEAST_BAY_PX: Final = 4.6
_LEAST_NAME_PX: Final = 64.0
_FULL_FLOORS: Final = 90  # more than this many rows are drawn small
_EDGE: Final = 2.0


@dataclass(frozen=True, slots=True)
class Style:
    """Sizes in pixels. `names` and `levels` say whether these are written."""

    floor: float
    gap: float
    space: float
    levels: bool
    names: bool
    bays: bool
    name_size: float = 13
    hang: bool = False  # names begin under the level numbers, to save room
    name_room: float = 118  # most that a name widens its building

    @property
    def label(self) -> float:
        """Return the room left of a building for its level numbers."""
        return 26 if self.levels else 0


@dataclass(frozen=True, slots=True)
class Bar:
    """A run of seats: x, width and whether it is lit."""

    x: float
    width: float
    lit: bool


@dataclass(frozen=True, slots=True)
class UnitMark:
    """One unit as drawn, with its bays or its tag."""

    id: str
    x: float
    y: float
    width: float
    freed: bool
    bars: tuple[Bar, ...]
    tag: str
    tag_width: float
    alert: str
    title: str


@dataclass(frozen=True, slots=True)
class LevelMark:
    """The number beside a row."""

    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class TowerMark:
    """One building as drawn."""

    code: str
    name: str
    note: str
    x: float
    roof_x: float
    roof_y: float
    roof_width: float
    ground: float
    levels: tuple[LevelMark, ...]
    units: tuple[UnitMark, ...]
    strokes: Strokes | None = None


def elevation(
    estate: Estate,
    plan: Plan | None,
    demand: Needs,
    speech: Speech,
    *,
    canvas: Canvas,
    unvisited: Mapping[UnitId, int] | None = None,
    small: bool = False,
    only: Collection[str] | None = None,
    scene: Scene | None = None,
) -> Markup:
    """Return the campus as SVG, today where no plan is given.

    Args:
        estate: the buildings.
        plan: whose freed units are hatched; None draws today.
        demand: seats needed per team and weekday.
        speech: the reader's language.
        canvas: where it stands.
        unvisited: days since anybody entered a unit, framed in red; today only.
        small: bare outlines without words, for a row of options.
        only: codes of the buildings to draw, None for all.
        scene: of estate and plan, where the caller has it already.
    """
    scene = scene or scene_of(estate, demand, plan)
    if only is not None:
        towers_drawn = tuple(one for one in scene.towers if one.building.code in only)
        scene = replace(scene, towers=towers_drawn)
    style = _style(scene, canvas.width, small=small)
    towers, height, grounds = _layout(scene, style, canvas.width, speech, unvisited or {})
    freed = sum(tower.freed for tower in scene.towers)
    floors = sum(len(tower.rows) for tower in scene.towers)
    title = (
        speech._("The campus today, from the street")
        if plan is None
        else speech._("The campus in the plan, from the street")
    )
    about = speech.n(
        "%(count)s of %(floors)s floors is to let.",
        "%(count)s of %(floors)s floors are to let.",
        freed,
        floors=speech.number(floors),
    )
    return render(
        "elevation",
        speech,
        canvas,
        height=height,
        title=title,
        about=about if plan is not None else "",
        towers=towers,
        grounds=grounds,
        style=style,
        tag_size=min(11.0, style.floor - 5),
    )


def _style(scene: Scene, width: float, *, small: bool) -> Style:
    rows = sum(len(tower.rows) for tower in scene.towers)
    if small:
        return Style(5.5, 1.2, 12 if width > 100 else 5, levels=False, names=False, bays=False)  # noqa: PLR2004
    if rows > _FULL_FLOORS:
        return Style(5, 1, 14, levels=False, names=True, bays=False, name_size=11)
    if width >= 1000:  # noqa: PLR2004  a desktop
        return Style(23, 3, 46, levels=True, names=True, bays=True)
    if width >= 500:  # noqa: PLR2004  paper or a tablet
        return Style(17.5, 2.6, 22, levels=True, names=True, bays=True, name_size=12, hang=True)
    return Style(15, 2, 10, levels=False, names=True, bays=True, name_size=11)


def _layout(
    scene: Scene, style: Style, width: float, speech: Speech, unvisited: Mapping[UnitId, int]
) -> tuple[list[TowerMark], float, list[float]]:
    scale, streets = _streets(scene.towers, style, width)
    if len(streets) > 1 and style.hang:  # names cut rather than a second street
        each = (width - 2 * _EDGE) / len(scene.towers) - style.space - 12
        shorter = replace(style, name_room=max(_LEAST_NAME_PX, each))
        other, one_street = _streets(scene.towers, shorter, width)
        if len(one_street) == 1:
            style, scale, streets = shorter, other, one_street
    pen = _Pen(style, scale, scene.state, speech, unvisited)
    marks: list[TowerMark] = []
    grounds: list[float] = []
    y = 0.0
    for street in streets:
        tallest = max(len(tower.rows) for tower in street)
        ground = y + 8 + tallest * (style.floor + style.gap)
        x = _EDGE
        cells = [_cell(tower, style, scale) for tower in street]
        spare = width - 2 * _EDGE - sum(cells)
        gap = min(spare / max(len(street) - 1, 1), style.space * 2.2)
        for tower, cell in zip(street, cells, strict=True):
            marks.append(_tower(tower, _Place(x, ground, cell), pen))
            x += cell + gap
        grounds.append(ground)
        y = ground + (
            (42 if style.levels else 40 if len(streets) > 1 else 34) if style.names else 4
        )
    return marks, y, grounds


def _cell(tower: Tower, style: Style, scale: float) -> float:
    """Return the width a building takes with its level numbers and name."""
    if not style.names:
        return tower.widest * scale
    name = text_width(_full_name(tower), style.name_size, "sans-bold")
    room = min(name, style.name_room if style.bays else 84)
    return max(style.label + tower.widest * scale, (12 if style.hang else style.label) + room)


def _streets(
    towers: Sequence[Tower], style: Style, width: float
) -> tuple[float, list[list[Tower]]]:
    """Return the scale (pixels a square metre) and the rows buildings stand in.

    One street if its floors stay readable, else as many as needed; one scale for all.
    """
    room = width - 2 * _EDGE
    least = 26.0 if style.names else 3.0
    median = sorted(tower.widest for tower in towers)[len(towers) // 2] or 1.0
    count = 1
    while True:
        scale = _largest_scale(towers, style, room, count)
        if scale * median >= least or count >= len(towers):
            return scale, _pack(towers, style, room, scale)
        count += 1


def _largest_scale(towers: Sequence[Tower], style: Style, room: float, streets: int) -> float:
    low, high = 0.0, room / max(1e-9, *(tower.widest for tower in towers))
    for _ in range(30):
        middle = (low + high) / 2
        if len(_pack(towers, style, room, middle)) <= streets:
            low = middle
        else:
            high = middle
    return low


def _pack(towers: Sequence[Tower], style: Style, room: float, scale: float) -> list[list[Tower]]:
    streets: list[list[Tower]] = []
    used = room + 1
    for tower in towers:
        cell = _cell(tower, style, scale)
        if used + style.space + cell > room:
            streets.append([])
            used = -style.space
        streets[-1].append(tower)
        used += style.space + cell
    return streets


@dataclass(frozen=True, slots=True)
class _Place:
    """Where one building stands and how much room it has."""

    x: float
    ground: float
    cell: float


@dataclass(frozen=True, slots=True)
class _Pen:
    """What every building of one drawing is drawn with."""

    style: Style
    scale: float
    state: State
    speech: Speech
    unvisited: Mapping[UnitId, int]


def _tower(tower: Tower, place: _Place, pen: _Pen) -> TowerMark:
    style = pen.style
    width = tower.widest * pen.scale
    left = place.x + style.label
    levels, units = [], []
    y = place.ground
    for row in tower.rows:
        y -= style.floor + style.gap
        x = left + (width - row.area * pen.scale) / 2
        levels.append(LevelMark(x - 6, y + style.floor / 2 + 4.2, str(row.level)))
        units += _units(row, x, y, pen)
    top = tower.rows[-1].area * pen.scale
    begin = place.x + 12 if style.hang else left
    room = place.x + place.cell - begin
    note = _note(tower, pen.state, pen.speech)
    return TowerMark(
        code=tower.building.code,
        name=fit(_full_name(tower), style.name_size, room + 1, "sans-bold"),
        note=fit(note, 12 if style.bays else 10, room + style.space),
        x=begin,
        roof_x=left + (width - top) / 2 - 2,
        roof_y=y - 4,
        roof_width=top + 4,
        ground=place.ground,
        levels=tuple(levels) if style.levels else (),
        units=tuple(units),
        strokes=None if style.bays else strokes_of(units, style),
    )


def _full_name(tower: Tower) -> str:
    return f"{tower.building.code} {tower.building.name}"


def _note(tower: Tower, state: State, speech: Speech) -> str:
    floors = len(tower.rows)
    if state == "today":
        return speech.n("%(count)s floor, %(area)s", "%(count)s floors, %(area)s", floors,
                        area=speech.area(int(sum(row.area for row in tower.rows))))  # fmt: skip
    if not tower.freed:
        return speech.n("its floor is kept", "all %(count)s floors kept", floors)
    return speech._("%(freed)s of %(floors)s floors freed",
                    freed=speech.number(tower.freed), floors=speech.number(floors))  # fmt: skip


def _units(row: Row, x: float, y: float, pen: _Pen) -> list[UnitMark]:
    marks = []
    for view in row.units:
        width = float(view.unit.area_m2) * pen.scale
        shown = width - (1.5 if len(row.units) > 1 else 0)
        tag = _tag(view, shown, pen.style, pen.speech) if view.freed else ""
        days = pen.unvisited.get(view.unit.id)
        marks.append(
            UnitMark(
                id=view.unit.id,
                x=x,
                y=y,
                width=shown,
                freed=view.freed,
                bars=() if view.freed else _bars(view, x, shown, pen.style),
                tag=tag,
                tag_width=text_width(tag, min(11.0, pen.style.floor - 5), "cond-bold") + 14,
                alert="" if days is None else _alert(days, shown, pen.speech),
                title=_spoken(view, pen.speech),
            )
        )
        x += width
    return marks


def _tag(view: UnitView, width: float, style: Style, speech: Speech) -> str:
    if style.floor < 14:  # noqa: PLR2004  no letters fit
        return ""
    size = min(11.0, style.floor - 5)
    bare = speech._("TO LET") if view.to_let else speech._("FREED")
    for words in (f"{bare} {speech.area(view.unit.area_m2)}", bare):
        if text_width(words, size, "cond-bold") + 16 <= width:
            return words
    return ""


def _alert(days: int, width: float, speech: Speech) -> str:
    words = speech._("%(days)s d", days=speech.number(days))
    return words if width * 0.34 > text_width(words, 12, "cond-bold") else speech.number(days)


def _spoken(view: UnitView, speech: Speech) -> str:
    if view.freed:
        area = speech.area(view.unit.area_m2)
        if view.to_let:
            return speech._("%(unit)s: to let, %(area)s", unit=view.unit.id, area=area)
        return speech._("%(unit)s: freed, %(area)s", unit=view.unit.id, area=area)
    return speech._(
        "%(unit)s: %(taken)s of %(seats)s seats in use on its busiest day",
        unit=view.unit.id,
        taken=speech.number(view.most),
        seats=speech.number(view.unit.places),
    )


def _bars(view: UnitView, x: float, width: float, style: Style) -> tuple[Bar, ...]:
    """Return window bays, or two bars where bays would be too narrow to count."""
    seats, used = view.unit.places, min(view.most, view.unit.places)
    if not seats or width < 4:  # noqa: PLR2004  nothing to see
        return ()
    bays = max(1, round(seats / SEATS_PER_BAY))
    pitch = (width - 3) / bays
    if style.bays and pitch >= _LEAST_BAY_PX:
        lit = round(bays * used / seats)
        return tuple(Bar(x + 2 + bay * pitch, pitch - 1.8, lit=bay < lit) for bay in range(bays))
    split = (width - 2) * used / seats
    return (Bar(x + 1, split, lit=True), Bar(x + 1 + split, width - 2 - split, lit=False))
