"""One floor: its drawing, who sits there, how full it is on each weekday."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.reports.drawings.canvas import screen
from planner.reports.drawings.floor import floor_plan
from planner.web.show.pictures import Picture
from planner.web.show.week import WeekChart, week_chart

if TYPE_CHECKING:
    from planner.domain.estate import Estate
    from planner.i18n import Speech
    from planner.reports.drawings.scene import Scene, Seated, UnitView
    from planner.web.show.needs import Needs


@dataclass(frozen=True, slots=True)
class FloorPage:
    """What the page shows.

    Args:
        title: the conclusion.
        picture: the plan of the floor, None while no room of it is known.
        views: its lettable units with those who sit there.
        seated: teams and their people, the largest first.
        week: seats needed per weekday against its seats.
    """

    title: str
    picture: Picture | None
    views: tuple[UnitView, ...]
    seated: tuple[Seated, ...]
    week: WeekChart | None


def floor_page(estate: Estate, floor: str, needs: Needs, scene: Scene, speech: Speech) -> FloorPage:
    """Return the page of a floor of a scene."""
    views = tuple(
        view for tower in scene.towers for view in tower.views if view.unit.floor.code == floor
    )
    seats = sum(view.unit.seats for view in views)
    days = scene.weekdays
    taken = tuple(sum(view.taken[at] for view in views) for at in range(len(days)))
    has_rooms = any(space.floor == floor for space in estate.spaces)
    picture = None
    if has_rooms:
        picture = Picture(
            floor_plan(estate, floor, speech, canvas=screen(800, "floor-w")),
            None,
            floor_plan(estate, floor, speech, canvas=screen(358, "floor-n")),
        )
    week = None
    if needs.demand is not None and days:
        levels = [(seats, speech._("seats"), "level")]
        week = week_chart(taken, days, levels, speech, width=420, height=230)
    return FloorPage(
        title=_title(floor, taken, days, seats, speech, known=needs.demand is not None),
        picture=picture,
        views=views,
        seated=tuple(
            sorted((one for view in views for one in view.seated), key=lambda one: -one.people)
        ),
        week=week,
    )


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
