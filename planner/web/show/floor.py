"""One floor: its drawing, who sits there, how full it is on each weekday."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from planner.domain.areas import estimates
from planner.reports.drawings.canvas import screen
from planner.reports.drawings.floor import floor_key
from planner.reports.drawings.floorpaint import MODES, painter
from planner.web.show.areas import estimate_row
from planner.web.show.pictures import Picture, floor_picture
from planner.web.show.week import WeekChart, week_chart

if TYPE_CHECKING:
    from collections.abc import Iterable

    from markupsafe import Markup

    from planner.domain.estate import Estate
    from planner.domain.plan import Plan
    from planner.i18n import Speech
    from planner.reports.drawings.floorpaint import Mode
    from planner.reports.drawings.scene import Scene, Seated, UnitView
    from planner.web.show.areas import EstimateRow
    from planner.web.show.needs import Needs


@dataclass(frozen=True, slots=True)
class FloorPage:
    """What the page shows.

    Args:
        title: the conclusion.
        mode: how its rooms are coloured.
        modes: all ways with their words.
        picture: the plan of the floor, None while no room of it is known.
        after: the same after a plan, None where none was asked for.
        freed: nobody is left on it in the plan.
        left: who sits there today and not in the plan, the largest first.
        legend: what colours, patterns and letters stand for.
        estimates: of the lettable area by each rule.
        views: its lettable units with those who sit there, in the plan where there is one.
        seated: their teams and people, the largest first.
        week: seats needed per weekday against its seats.
    """

    title: str
    mode: Mode
    modes: tuple[tuple[Mode, str], ...]
    picture: Picture | None
    after: Picture | None
    freed: bool
    left: tuple[Seated, ...]
    legend: Markup
    estimates: tuple[EstimateRow, ...]
    views: tuple[UnitView, ...]
    seated: tuple[Seated, ...]
    week: WeekChart | None


def floor_page(
    estate: Estate,
    floor: str,
    needs: Needs,
    scene: Scene,
    speech: Speech,
    *,
    mode: str = "category",
    plan: Plan | None = None,
    then: Scene | None = None,
) -> FloorPage:
    """Return the page of a floor, its rooms coloured in a mode.

    With a plan and its scene it shows the floor as it is then, and who left it.
    """
    shown = then or scene
    views = _views(shown, floor)
    seats = sum(view.unit.seats for view in views)
    days = shown.weekdays
    taken = tuple(sum(view.taken[at] for view in views) for at in range(len(days)))
    chosen = next((one for one in MODES if one == mode), MODES[0])
    if plan is not None and chosen == "category":
        chosen = "team"
    now = painter(chosen, estate, floor, speech, needs=needs.seats)
    later = painter(chosen, estate, floor, speech, needs=needs.seats, plan=plan)
    picture = after = None
    if _can_draw(estate, floor):
        picture = floor_picture(estate, floor, speech, "floor", now)
        after = None if plan is None else floor_picture(estate, floor, speech, "after", later, plan)
    key = now.key if plan is None else tuple(dict.fromkeys((*now.key, *later.key)))
    week = None
    freed = bool(views) and all(view.freed for view in views)
    known = needs.demand is not None or plan is not None
    if known and days and not freed:
        levels = [(seats, speech._("seats"), "level")]
        week = week_chart(taken, days, levels, speech, width=420, height=230)
    return FloorPage(
        title=_freed_title(floor, views, speech)
        if freed
        else _title(floor, taken, days, seats, speech, known=known),
        mode=chosen,
        modes=(
            ("category", speech._("Use")),
            ("team", speech._("Departments")),
            ("use", speech._("How full")),
        ),
        picture=picture,
        after=after,
        freed=freed,
        left=() if then is None else _left(_views(scene, floor), views),
        legend=floor_key(replace(now, key=key), speech, canvas=screen(800, "floor-key")),
        estimates=tuple(estimate_row(one, speech) for one in estimates(estate, floor)),
        views=views,
        seated=_seated(views),
        week=week,
    )


def _views(scene: Scene, floor: str) -> tuple[UnitView, ...]:
    return tuple(
        view for tower in scene.towers for view in tower.views if view.unit.floor.code == floor
    )


def _seated(views: Iterable[UnitView]) -> tuple[Seated, ...]:
    return tuple(
        sorted((one for view in views for one in view.seated), key=lambda one: -one.people)
    )


def _left(before: Iterable[UnitView], after: Iterable[UnitView]) -> tuple[Seated, ...]:
    stay = {one.team.code for view in after for one in view.seated}
    return tuple(one for one in _seated(before) if one.team.code not in stay)


def _freed_title(floor: str, views: Iterable[UnitView], speech: Speech) -> str:
    area = sum((view.unit.area_m2 for view in views), start=Decimal(0))
    return speech._(
        "Floor %(floor)s is empty in the plan: %(area)s to let", floor=floor, area=speech.area(area)
    )


def _can_draw(estate: Estate, floor: str) -> bool:
    record = estate.floor_of[floor]
    return bool(record.outline) or any(space.floor == floor for space in estate.spaces)


def _title(
    floor: str,
    taken: tuple[int, ...],
    days: tuple[int, ...],
    seats: int,
    speech: Speech,
    *,
    known: bool,
) -> str:
    if not known or not taken:
        return speech._("Floor %(floor)s: %(seats)s seats", floor=floor, seats=speech.number(seats))
    top = max(range(len(taken)), key=lambda at: taken[at])
    return speech._(
        "Floor %(floor)s needs %(taken)s of its %(seats)s seats on %(day)s",
        floor=floor,
        taken=speech.number(taken[top]),
        seats=speech.number(seats),
        day=speech.weekday(days[top]),
    )
