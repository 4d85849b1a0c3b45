"""The stack plan: who sits on which floor, one building a drawing, one scale for all.

A block is as wide as its share of the floor's seats; what is left of the bar is free. Today
a person counts one seat; in the plan a team counts the seats of its busiest weekday.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from planner.domain.money import to_minor
from planner.reports.drawings.canvas import Canvas, render
from planner.reports.drawings.measure import fit, fit_name, text_width
from planner.reports.drawings.palette import Department, departments
from planner.reports.drawings.scene import Tower, scene_of
from planner.reports.drawings.stackstyle import LARGE, SMALL, Style

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from decimal import Decimal

    from markupsafe import Markup

    from planner.domain.estate import Estate
    from planner.domain.plan import Plan
    from planner.domain.records import Building
    from planner.i18n import Speech
    from planner.reports.drawings.scene import Needs, Row, Scene, Seated, State, UnitView

TIGHT: Final = 0.95
"""From this share of seats taken, a weekday's bar is orange."""
_SPINE: Final = 6.0
_LOCK_ROOM: Final = 30.0
_WIDE: Final = "\u00a0\u00a0"


@dataclass(frozen=True, slots=True)
class _Pen:
    """What every row of one drawing is drawn with."""

    style: Style
    scale: float
    state: State
    kinds: Mapping[str, Department]
    speech: Speech


@dataclass(frozen=True, slots=True)
class Block:
    """One team in one unit, as drawn."""

    seated: Seated
    department: Department
    x: float
    width: float
    label: str
    locked: bool
    spoken: str


@dataclass(frozen=True, slots=True)
class Gauge:
    """Bars of one unit's seats taken, one a weekday: height as a share, and whether tight."""

    x: float
    bars: tuple[tuple[float, bool], ...]


@dataclass(frozen=True, slots=True)
class UnitBar:
    """One unit as drawn."""

    view: UnitView
    x: float
    width: float
    blocks: tuple[Block, ...]
    tag: str
    tag_width: float
    spoken: str


@dataclass(frozen=True, slots=True)
class RowMark:
    """One level as drawn."""

    level: str
    y: float
    units: tuple[UnitBar, ...]
    gauge: Gauge | None


def stack_building(
    estate: Estate,
    plan: Plan | None,
    demand: Needs,
    speech: Speech,
    building: str,
    *,
    canvas: Canvas,
    scene: Scene | None = None,
) -> Markup:
    """Return one building's stack as SVG, today where no plan is given.

    `scene` is that of estate and plan, where the caller has it already.

    Raises:
        KeyError: no floors in a building of that code, always our defect.
    """
    return _draw(estate, scene or scene_of(estate, demand, plan), building, speech, canvas)


def stack_plan(
    estate: Estate,
    plan: Plan | None,
    demand: Needs,
    speech: Speech,
    *,
    canvas: Canvas,
    states: Sequence[State] = ("today", "plan"),
) -> Mapping[str, tuple[Markup, ...]]:
    """Return each building's drawings, by building code, one a state and side by side.

    Args:
        estate: the buildings.
        plan: what changes; without one only `today` is drawn.
        demand: seats needed per team and weekday.
        speech: the reader's language.
        canvas: of one drawing; the name is extended by building and state.
        states: which to draw.
    """
    scenes = [
        scene_of(estate, demand, plan if state == "plan" else None)
        for state in states
        if state == "today" or plan is not None
    ]
    return {
        tower.building.code: tuple(
            _draw(
                estate,
                scene,
                tower.building.code,
                speech,
                replace(canvas, name=canvas.ident(f"{at}-{scene.state}")),
            )
            for scene in scenes
        )
        for at, tower in enumerate(scenes[0].towers)
    }


@dataclass(frozen=True, slots=True)
class Part:
    """Some levels of one building, drawn in each state, for pages of limited height."""

    building: Building
    drawings: tuple[Markup, ...]
    height: float
    continued: bool


def stack_parts(
    estate: Estate,
    plan: Plan,
    demand: Needs,
    speech: Speech,
    *,
    canvas: Canvas,
    most_rows: int,
    buildings: Collection[str],
) -> tuple[Part, ...]:
    """Return buildings today and in the plan, tall ones cut from the roof down.

    Args:
        estate: the buildings.
        plan: what changes.
        demand: seats needed per team and weekday.
        speech: the reader's language.
        canvas: of one drawing; the name is extended by building, part and state.
        most_rows: levels that fit one page.
        buildings: codes of the buildings to draw.
    """
    scenes = (scene_of(estate, demand), scene_of(estate, demand, plan))
    style = _style(canvas)
    parts = []
    for at, tower in enumerate(scenes[0].towers):
        if tower.building.code not in buildings:
            continue
        rows = len(tower.rows)
        for cut, end in enumerate(range(rows, 0, -most_rows)):
            levels = slice(max(0, end - most_rows), end)
            drawings = tuple(
                _draw(
                    estate,
                    scene,
                    tower.building.code,
                    speech,
                    replace(canvas, name=canvas.ident(f"{at}-{cut}-{scene.state}")),
                    levels=levels,
                )
                for scene in scenes
            )
            height = _height(levels.stop - levels.start, style)
            parts.append(Part(tower.building, drawings, height, cut > 0))
    return tuple(parts)


def _style(canvas: Canvas) -> Style:
    return SMALL if canvas.on_paper else LARGE


def _height(rows: int, style: Style) -> float:
    return 8 + rows * (style.row + style.gap)


def _draw(
    estate: Estate,
    scene: Scene,
    code: str,
    speech: Speech,
    canvas: Canvas,
    *,
    levels: slice = slice(None),
) -> Markup:
    style = _style(canvas)
    tower = next(tower for tower in scene.towers if tower.building.code == code)
    widest = max(tower.widest for tower in scene.towers) or 1.0
    scale = (canvas.width - style.left - style.gauge) / widest
    kinds = departments(estate.teams)
    shown = Tower(tower.building, tower.rows[levels])
    rows = _rows(shown, _Pen(style, scale, scene.state, kinds, speech))
    state = speech._("today") if scene.state == "today" else speech._("in the plan")
    return render(
        "stack",
        speech,
        canvas,
        height=_height(len(rows), style),
        title=f"{tower.building.name}, {state}",
        about=_reading(scene.state, speech),
        rows=rows,
        style=style,
        state=scene.state,
        used=sorted(
            {
                (block.department.kind, block.department.pattern)
                for row in rows
                for bar in row.units
                for block in bar.blocks
            }
        ),
    )


def _reading(state: str, speech: Speech) -> str:
    if state == "today":
        return speech._("Each block is a team, as wide as its people; the rest is free seats.")
    return speech._(
        "Each block is a team, as wide as its seats on its busiest weekday; the rest is free."
    )


def _rows(tower: Tower, pen: _Pen) -> list[RowMark]:
    marks = []
    y = 6.0
    for row in reversed(tower.rows):
        bars = []
        x = pen.style.left
        for view in row.units:
            width = float(view.unit.area_m2) * pen.scale
            bars.append(_bar(view, x, width - (2 if len(row.units) > 1 else 0), pen))
            x += width
        marks.append(RowMark(str(row.level), y, tuple(bars), _gauge(row, x + 9)))
        y += pen.style.row + pen.style.gap
    return marks


def _bar(view: UnitView, x: float, width: float, pen: _Pen) -> UnitBar:
    speech = pen.speech
    if view.freed:
        tag = _tag(view, width, pen.style, speech)
        area = speech.area(view.unit.area_m2)
        spoken = (
            speech._("Floor %(unit)s, to let, %(area)s", unit=view.unit.id, area=area)
            if view.to_let
            else speech._("Floor %(unit)s, freed, %(area)s", unit=view.unit.id, area=area)
        )
        room = text_width(tag, pen.style.tag_size, "cond-bold") + 18 if tag else 0
        return UnitBar(view, x, width, (), tag, room, spoken)
    spoken = speech._(
        "Floor %(unit)s, %(taken)s of %(seats)s seats taken on its busiest weekday",
        unit=view.unit.id,
        taken=speech.number(view.most),
        seats=speech.number(view.unit.places),
    )
    return UnitBar(view, x, width, _blocks(view, x, width, pen), "", 0, spoken)


def _tag(view: UnitView, width: float, style: Style, speech: Speech) -> str:
    """Return the fullest tag that fits: with area and rent, with rent, or bare."""
    bare = speech._("TO LET") if view.to_let else speech._("FREED")
    tags = [f"{bare}{_WIDE}{speech.area(view.unit.area_m2)}", bare]
    rent = asked_rent(view, speech) if view.to_let else None
    if rent is not None:
        short = speech.money_short(rent, speech.spare_decimals(rent))
        month = speech._("%(rent)s a month", rent=short)
        tags = [f"{tags[0]}{_WIDE}{month}", f"{bare}{_WIDE}{month}", f"{bare}{_WIDE}{short}",
                *tags]  # fmt: skip
    for tag in tags:
        if text_width(tag, style.tag_size, "cond-bold") + 38 <= width:
            return tag
    return bare if text_width(bare, style.tag_size, "cond-bold") + 20 <= width else ""


def asked_rent(view: UnitView, speech: Speech) -> int | None:
    """Return the rent asked for a unit a month in minor units, None where nobody knows it."""
    rent: Decimal | None = view.unit.rent_per_m2_month
    return None if rent is None else to_minor(rent * view.unit.area_m2, speech.currency)


def _blocks(view: UnitView, x: float, width: float, pen: _Pen) -> tuple[Block, ...]:
    """Return the unit's teams by department, scaled down together where they overflow."""
    order = {name: at for at, name in enumerate(pen.kinds)}
    seated = sorted(view.seated, key=lambda one: (order[one.team.department], one.team.code))
    sizes = [one.people if pen.state == "today" else one.most for one in seated]
    whole = max(view.unit.places, sum(sizes), 1)
    blocks = []
    at = x + 1
    for one, size in zip(seated, sizes, strict=True):
        wide = size / whole * (width - 2)
        blocks.append(_block(one, at, wide, view, pen))
        at += wide
    return tuple(blocks)


def _block(one: Seated, x: float, wide: float, view: UnitView, pen: _Pen) -> Block:
    style = pen.style
    locked = one.fixed and wide > _LOCK_ROOM
    room = wide - _SPINE - 6 - (13 if locked else 0) - (style.corner * 0.7 if one.origin else 0)
    return Block(
        seated=one,
        department=pen.kinds[one.team.department],
        x=x,
        width=wide,
        label=fit_name(one.team.name, style.name_size, room),
        locked=locked,
        spoken=_spoken(one, view, pen.state, pen.speech),
    )


def _spoken(one: Seated, view: UnitView, state: State, speech: Speech) -> str:
    said = speech._(
        "%(team)s, %(people)s people, %(seats)s seats, floor %(unit)s",
        team=one.team.name,
        people=speech.number(one.people),
        seats=speech.number(one.most),
        unit=view.unit.id,
    )
    if state == "plan" and one.origin:
        said += speech._(", moves from %(origin)s", origin=one.origin)
    return said


def _gauge(row: Row, x: float) -> Gauge | None:
    """Return the weekday bars of a level's kept units together, None where all are freed."""
    kept = [view for view in row.units if not view.freed]
    seats = sum(view.unit.places for view in kept)
    if not seats:
        return None
    days = zip(*(view.taken for view in kept), strict=True)
    shares = [sum(day) / seats for day in days]
    return Gauge(x, tuple((min(share, 1.05), share >= TIGHT) for share in shares))


def legend(estate: Estate, speech: Speech, *, canvas: Canvas) -> tuple[tuple[Markup, str], ...]:
    """Return a swatch and a name for each department; grey ones share one entry."""
    entries: dict[int, str] = {}
    known = departments(estate.teams).values()
    patterns = {one.kind: one.pattern for one in known}
    for department in known:
        name = department.name or speech._("no department")
        if department.pattern == "plain" and department.kind in entries:
            name = speech._("other departments")
        entries[department.kind] = name
    return tuple(
        (
            render(
                "swatch",
                speech,
                replace(canvas, width=9, name=canvas.ident(str(kind))),
                height=12,
                title=name,
                kind=kind,
                pattern=patterns[kind],
            ),
            fit(name, 10, 240),
        )
        for kind, name in sorted(entries.items())
    )
