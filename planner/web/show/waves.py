"""The page of dated moves: line of time, the stack after each wave, who moves when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from planner.domain.plan import FreedUnit
from planner.reports.drawings.canvas import screen
from planner.reports.drawings.gantt import gantt, motion
from planner.reports.drawings.scene import scene_of
from planner.reports.drawings.stack import stack_building
from planner.reports.facts.scope import Scope
from planner.reports.facts.waves import legs_table, releases_table, waves_section, waves_table
from planner.web.show.pictures import HALF, NARROW, WIDE, Picture, campus
from planner.web.show.stacks import MANY_FLOORS

if TYPE_CHECKING:
    from markupsafe import Markup

    from planner.domain.plan import Placement, Plan
    from planner.i18n import Speech
    from planner.reports.dossier import Dossier
    from planner.reports.facts.tables import Section, Table

_MIDDLE: Final = 690
_STACK: Final = 500


@dataclass(frozen=True, slots=True)
class After:
    """The stack after one wave: its pictures, who moved in it, which floor is fullest."""

    number: int
    title: str
    picture: Picture | None
    stacks: tuple[tuple[str, Markup], ...]
    moved: Table
    note: str


@dataclass(frozen=True, slots=True)
class WavesPage:
    """What the page shows; drawings are None where nothing is dated."""

    section: Section
    gantt: Picture | None
    motion: Picture | None
    waves: Table | None
    releases: Table | None
    legs: Table
    after: After | None
    last: int


def waves_page(dossier: Dossier, speech: Speech, chosen: int) -> WavesPage:
    """Return the page with the stack after one wave; 0 is today."""
    scope = Scope(dossier)
    schedule = dossier.plan.schedule
    dated = schedule is not None and schedule.dated and bool(schedule.waves)
    last = len(schedule.waves) if schedule is not None and dated else 0
    return WavesPage(
        section=waves_section(scope, speech),
        gantt=_picture(scope, speech, "gantt"),
        motion=_picture(scope, speech, "motion"),
        waves=waves_table(scope, speech) if dated else None,
        releases=releases_table(scope, speech) if dated else None,
        legs=legs_table(scope, speech),
        after=_after(scope, speech, min(chosen, last)) if dated else None,
        last=last,
    )


def _picture(scope: Scope, speech: Speech, kind: str) -> Picture | None:
    draw = gantt if kind == "gantt" else motion
    wide = draw(scope, speech, canvas=screen(WIDE if kind == "gantt" else HALF, f"{kind}-w"))
    mid = draw(scope, speech, canvas=screen(_MIDDLE, f"{kind}-m"))
    narrow = draw(scope, speech, canvas=screen(NARROW, f"{kind}-n"))
    return None if wide is None else Picture(wide, mid, narrow)


def after_wave(plan: Plan, number: int) -> Plan:
    """Return who sits where once a wave is done; units are freed only when nobody is left."""
    schedule = plan.schedule
    if schedule is None:
        return plan
    done = [leg for leg in schedule.legs if leg.wave <= number]
    placements: list[Placement] = []
    for one in plan.placements:
        where = one.origin
        for leg in done:
            ours = (leg.team, leg.ends_in, leg.people, leg.seats)
            if ours == (one.team, one.unit, one.people, one.seats) and leg.origin == where:
                where = leg.target
        if where is not None:
            placements.append(one.model_copy(update={"unit": where}))
    used = {one.unit for one in placements}
    freed = tuple(one for one in plan.freed if one.unit not in used)
    return plan.model_copy(
        update={
            "placements": tuple(placements),
            "freed": tuple(FreedUnit(unit=one.unit, npv=one.npv) for one in freed),
            "blocks": (),
            "moves": (),
            "schedule": None,
        }
    )


def _after(scope: Scope, speech: Speech, number: int) -> After:
    dossier = scope.dossier
    then = after_wave(dossier.plan, number)
    schedule = dossier.plan.schedule
    freed = len(then.freed)
    title = speech._("Today, before the first wave")
    if number and schedule is not None:
        title = speech.n(
            "After wave %(number)s, on %(date)s: %(count)s unit is empty",
            "After wave %(number)s, on %(date)s: %(count)s units are empty",
            freed,
            number=speech.number(number),
            date=speech.date(schedule.wave(number).last),
        )
    full = max(
        (
            (max(seats), unit)
            for unit, seats in then.taken.items()
            if dossier.estate.unit_of[unit].places
        ),
        key=lambda pair: pair[0] / dossier.estate.unit_of[pair[1]].places,
        default=None,
    )
    note = ""
    if full is not None:
        note = speech._(
            "Fullest: %(unit)s, %(taken)s of %(seats)s seats on its busiest weekday.",
            unit=full[1],
            taken=speech.number(full[0]),
            seats=speech.number(dossier.estate.unit_of[full[1]].places),
        )
    return After(
        number,
        title,
        campus(dossier.estate, then, then, speech, name=f"wave-{number}"),
        stacks_after(dossier, then, speech),
        legs_table(scope, speech, number),
        note,
    )


def stacks_after(dossier: Dossier, then: Plan, speech: Speech) -> tuple[tuple[str, Markup], ...]:
    """Return each building that people leave or enter, floor by floor, as it stands then."""
    estate = dossier.estate
    scene = scene_of(estate, then, then)
    touched = {
        estate.unit_of[end].building.code
        for move in dossier.plan.moves
        for end in (move.origin, move.target)
    }
    if len(estate.floors) > MANY_FLOORS:
        return ()
    return tuple(
        (
            tower.building.name,
            stack_building(
                estate,
                then,
                then,
                speech,
                tower.building.code,
                canvas=screen(_STACK, f"after-{at}"),
                scene=scene,
            ),
        )
        for at, tower in enumerate(scene.towers)
        if tower.building.code in touched
    )
