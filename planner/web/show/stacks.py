"""Buildings as stacks, today and in a plan; many buildings small."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from planner.reports.drawings.canvas import screen
from planner.reports.drawings.elevation import elevation
from planner.reports.drawings.scene import scene_of
from planner.reports.drawings.stack import stack_building

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from markupsafe import Markup

    from planner.domain.estate import Estate
    from planner.domain.plan import Plan
    from planner.i18n import Speech
    from planner.reports.drawings.scene import Needs, Scene

WIDE: Final = 500
ALONE: Final = 1000
NARROW: Final = 366


@dataclass(frozen=True, slots=True)
class Row:
    """One unit in the table that says the same as the drawing.

    Args:
        unit: its id.
        seats: in it.
        taken: most seats taken on a weekday.
        freed: nobody uses it.
        teams: who sits there, with people.
    """

    unit: str
    seats: int
    taken: int
    freed: bool
    teams: str


@dataclass(frozen=True, slots=True)
class Stack:
    """One building: its words, its drawings in two widths, its table.

    Args:
        code, name, note: of the building.
        today, today_narrow: who sits where now.
        plan, plan_narrow: who sits where in the plan, None without one.
        rows: the table twin, of the plan where there is one.
    """

    code: str
    name: str
    note: str
    today: Markup
    today_narrow: Markup
    plan: Markup | None
    plan_narrow: Markup | None
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Small:
    """One building drawn small, for an estate of many."""

    code: str
    name: str
    note: str
    picture: Markup


def stacks_of(
    estate: Estate,
    plan: Plan | None,
    needs: Needs,
    speech: Speech,
    *,
    only: str = "",
    interactive: bool = True,
) -> tuple[Stack, ...]:
    """Return the buildings, those with most freed floors first where there is a plan."""
    now = scene_of(estate, needs)
    then = None if plan is None else scene_of(estate, needs, plan)
    codes = [tower.building.code for tower in now.towers]
    if then is not None:
        freed = {tower.building.code: tower.freed for tower in then.towers}
        codes.sort(key=lambda code: -freed[code])
    width = WIDE if plan is not None else ALONE

    def drawn(code: str, size: int, which: Plan | None, name: str) -> Markup:
        canvas = screen(size, f"s-{codes.index(code)}-{name}", interactive=interactive)
        return stack_building(estate, which, needs, speech, code, canvas=canvas)

    return tuple(
        Stack(
            code=code,
            name=estate.building_of[code].name,
            note=_note(code, then or now, speech),
            today=drawn(code, width, None, "t"),
            today_narrow=drawn(code, NARROW, None, "tn"),
            plan=None if plan is None else drawn(code, width, plan, "p"),
            plan_narrow=None if plan is None else drawn(code, NARROW, plan, "pn"),
            rows=_rows(code, then or now, speech),
        )
        for code in codes
        if not only or code == only
    )


def towers_of(estate: Estate, needs: Needs, plan: Plan | None, speech: Speech) -> tuple[Small, ...]:
    """Return every building drawn small, the largest first."""
    scene = scene_of(estate, needs, plan)
    found = []
    for at, tower in enumerate(sorted(scene.towers, key=lambda one: -len(one.rows))):
        part = _only(estate, tower.building.code)
        picture = elevation(part, plan, needs, speech, canvas=screen(110, f"m-{at}"), small=True)
        code = tower.building.code
        found.append(Small(code, tower.building.name, _note(code, scene, speech), picture))
    return tuple(found)


def _only(estate: Estate, code: str) -> Estate:
    """Return the estate with one building, for a drawing of its own."""
    from dataclasses import replace  # noqa: PLC0415

    floors = tuple(floor for floor in estate.floors if floor.building == code)
    names = {floor.code for floor in floors}
    return replace(
        estate,
        buildings=(estate.building_of[code],),
        floors=floors,
        spaces=tuple(space for space in estate.spaces if space.floor in names),
        seating=tuple(one for one in estate.seating if one.floor in names),
    )


def _note(code: str, scene: Scene, speech: Speech) -> str:
    tower = next(one for one in scene.towers if one.building.code == code)
    said = [
        speech.n("%(count)s floor", "%(count)s floors", len(tower.rows)),
        speech.area(sum(view.unit.area_m2 for view in tower.views)),
    ]
    if scene.state == "plan":
        said.append(
            speech.n("%(count)s floor freed", "%(count)s floors freed", tower.freed)
            if tower.freed
            else speech._("no floors freed")
        )
    return " · ".join(said)


def _rows(code: str, scene: Scene, speech: Speech) -> tuple[Row, ...]:
    tower = next(one for one in scene.towers if one.building.code == code)
    return tuple(
        Row(
            unit=view.unit.id,
            seats=view.unit.seats,
            taken=view.most,
            freed=view.freed,
            teams=_teams((f"{one.team.name} ({one.people})" for one in view.seated), speech),
        )
        for view in reversed(tower.views)
    )


def _teams(names: Iterable[str], speech: Speech) -> str:
    found: Sequence[str] = list(names)
    return ", ".join(found) if found else speech._("nobody")
