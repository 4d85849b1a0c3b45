"""Buildings as stacks, today and in a plan; many buildings small, site by site."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from planner.reports.drawings.canvas import screen
from planner.reports.drawings.elevation import elevation
from planner.reports.drawings.stack import stack_building

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from markupsafe import Markup

    from planner.domain.estate import Estate
    from planner.domain.plan import Plan
    from planner.finance.values import Values
    from planner.i18n import Speech
    from planner.reports.drawings.scene import Needs, Scene, Tower

WIDE: Final = 500
ALONE: Final = 1000
NARROW: Final = 366
_SMALL: Final = 110
MANY_FLOORS: Final = 120
"""Above so many floors, buildings are drawn small and opened one by one."""


@dataclass(frozen=True, slots=True)
class Row:
    """One unit in the table that says the same as the drawing.

    Args:
        unit: its id.
        floor: code of its floor, to open it.
        seats: in it.
        taken: most seats taken on a weekday.
        freed, to_let: nobody uses it; and it can be let.
        teams: who sits there, with people.
    """

    unit: str
    floor: str
    seats: int
    taken: int
    freed: bool
    to_let: bool
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
    """One building drawn small, for an estate of many; `plan` is None without one."""

    code: str
    name: str
    note: str
    today: Markup
    plan: Markup | None


@dataclass(frozen=True, slots=True)
class Site:
    """The buildings of one site, those worth most freed first, then the tallest."""

    name: str
    note: str
    buildings: tuple[Small, ...]


@dataclass(frozen=True, slots=True)
class View:
    """What is drawn: the estate, its needs, and the plan where there is one, each as a scene."""

    estate: Estate
    needs: Needs
    now: Scene
    plan: Plan | None = None
    then: Scene | None = None


def stacks_of(
    view: View, speech: Speech, *, only: str = "", interactive: bool = True
) -> tuple[Stack, ...]:
    """Return the buildings, those with most freed floors first where there is a plan."""
    shown = view.then or view.now
    towers = {tower.building.code: tower for tower in shown.towers}
    codes = sorted(towers, key=lambda code: -towers[code].freed)
    width = WIDE if view.plan is not None else ALONE

    def drawn(code: str, size: int, name: str, plan: Plan | None = None) -> Markup:
        canvas = screen(size, f"s-{codes.index(code)}-{name}", interactive=interactive)
        scene = view.now if plan is None else view.then
        return stack_building(
            view.estate, plan, view.needs, speech, code, canvas=canvas, scene=scene
        )

    return tuple(
        Stack(
            code=code,
            name=view.estate.building_of[code].name,
            note=_note(towers[code], speech, planned=view.then is not None),
            today=drawn(code, width, "t"),
            today_narrow=drawn(code, NARROW, "tn"),
            plan=None if view.plan is None else drawn(code, width, "p", view.plan),
            plan_narrow=None if view.plan is None else drawn(code, NARROW, "pn", view.plan),
            rows=_rows(towers[code], speech),
        )
        for code in codes
        if not only or code == only
    )


def sites_of(view: View, values: Values | None, speech: Speech) -> tuple[Site, ...]:
    """Return every building drawn small, site by site.

    Args:
        view: what is drawn.
        values: what freed units are worth, to put the most valuable first; None without a plan.
        speech: the reader's language.
    """
    shown = view.then or view.now
    sites: dict[str, list[Tower]] = {}
    for tower in shown.towers:
        sites.setdefault(tower.building.site, []).append(tower)
    at = {tower.building.code: number for number, tower in enumerate(shown.towers)}

    def drawn(code: str, name: str, plan: Plan | None, scene: Scene) -> Markup:
        canvas = screen(_SMALL, f"m-{at[code]}-{name}")
        return elevation(
            view.estate,
            plan,
            view.needs,
            speech,
            canvas=canvas,
            small=True,
            only={code},
            scene=scene,
        )

    def small(tower: Tower) -> Small:
        code = tower.building.code
        return Small(
            code=code,
            name=tower.building.name,
            note=_note(tower, speech, planned=view.then is not None),
            today=drawn(code, "t", None, view.now),
            plan=None if view.then is None else drawn(code, "p", view.plan, view.then),
        )

    return tuple(
        Site(
            name=name,
            note=_site_note(towers, speech),
            buildings=tuple(
                small(tower)
                for tower in sorted(
                    towers,
                    key=lambda one: (-_worth(one, values), -len(one.rows), one.building.code),
                )
            ),
        )
        for name, towers in sorted(sites.items())
    )


def _worth(tower: Tower, values: Values | None) -> int:
    """Return what the freed units of a building are worth, minor units."""
    if values is None:
        return 0
    return sum(values.unit_npv(view.unit.id) for view in tower.views if view.freed)


def _site_note(towers: Sequence[Tower], speech: Speech) -> str:
    said = [
        speech.n("%(count)s building", "%(count)s buildings", len(towers)),
        speech.n("%(count)s floor", "%(count)s floors", sum(len(one.rows) for one in towers)),
    ]
    return " · ".join(said)


def _note(tower: Tower, speech: Speech, *, planned: bool) -> str:
    said = [
        speech.n("%(count)s floor", "%(count)s floors", len(tower.rows)),
        speech.area(sum(view.unit.area_m2 for view in tower.views)),
    ]
    if planned:
        said.append(
            speech.n("%(count)s floor freed", "%(count)s floors freed", tower.freed)
            if tower.freed
            else speech._("no floors freed")
        )
    return " · ".join(said)


def _rows(tower: Tower, speech: Speech) -> tuple[Row, ...]:
    return tuple(
        Row(
            unit=view.unit.id,
            floor=view.unit.floor.code,
            seats=view.unit.places,
            taken=view.most,
            freed=view.freed,
            to_let=view.to_let,
            teams=_teams((f"{one.team.name} ({one.people})" for one in view.seated), speech),
        )
        for view in reversed(tower.views)
    )


def _teams(names: Iterable[str], speech: Speech) -> str:
    found: Sequence[str] = list(names)
    return ", ".join(found) if found else speech._("nobody")
