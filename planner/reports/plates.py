"""Floor plans of a proposal: each drawn floor that is freed, today and in the plan.

Rooms are filled as on the site: by department where units of the floor differ, else by use,
with a pattern and a letter, so that they read in a grey copy.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from planner.reports.drawings import floor_plan, paper
from planner.reports.drawings.floor import floor_key
from planner.reports.drawings.floorpaint import painter
from planner.reports.facts.scope import drawn_floors

if TYPE_CHECKING:
    from markupsafe import Markup

    from planner.domain.plan import Plan
    from planner.i18n import Speech
    from planner.reports.drawings.floorpaint import Painter
    from planner.reports.facts.scope import Scope

_PAGE_MM: Final = 174.0
_HALF_MM: Final = 85.0
_MOST_FLOORS: Final = 6
_MOST_LARGE: Final = 2
"""Floors drawn over the width of the page; more are drawn half as wide, today beside the plan."""


@dataclass(frozen=True, slots=True)
class Plate:
    """One floor, today and in the plan.

    Args:
        title: the conclusion.
        drawings: each with the words above it.
        key: what letters and patterns stand for.
        beside: the drawings stand side by side.
        source: what the areas rest on.
    """

    title: str
    drawings: tuple[tuple[str, Markup], ...]
    key: Markup
    beside: bool
    source: str


def plates(scope: Scope, speech: Speech) -> tuple[Plate, ...]:
    """Return the drawn floors that are freed in whole or part, the first few."""
    drawn = drawn_floors(scope)[:_MOST_FLOORS]
    return tuple(
        _plate(scope, code, f"pic-floor-{at}", speech, beside=len(drawn) > _MOST_LARGE)
        for at, code in enumerate(drawn)
    )


def _plate(scope: Scope, floor: str, name: str, speech: Speech, *, beside: bool) -> Plate:
    estate, plan = scope.dossier.estate, scope.dossier.plan
    area = sum(unit.area_m2 for unit in scope.freed if unit.floor.code == floor)
    now, then = _painters(scope, floor, speech)

    def drawing(part: str, fills: Painter, shown: Plan | None) -> Markup:
        canvas = paper(_HALF_MM if beside else _PAGE_MM, f"{name}-{part}")
        return floor_plan(
            estate, floor, speech, canvas=canvas, plan=shown, most_height=290, painter=fills
        )

    key = tuple(dict.fromkeys((*now.key, *then.key)))
    return Plate(
        title=speech._("Floor %(floor)s, %(area)s to let", floor=floor, area=speech.area(area)),
        drawings=(
            (speech._("Today"), drawing("now", now, None)),
            (speech._("In the plan"), drawing("then", then, plan)),
        ),
        key=floor_key(replace(now, key=key), speech, canvas=paper(_PAGE_MM, f"{name}-key")),
        beside=beside,
        source=speech._(
            "Hatched: to let. Grey: common parts. Areas as drawn or declared in the estate."
        ),
    )


def _painters(scope: Scope, floor: str, speech: Speech) -> tuple[Painter, Painter]:
    """Return how rooms are filled today and in the plan: by department if that tells any apart."""
    estate, plan, needs = scope.dossier.estate, scope.dossier.plan, scope.dossier.demand
    today = painter("team", estate, floor, speech, needs=needs)
    if len(today.key) > 1:
        return today, painter("team", estate, floor, speech, needs=needs, plan=plan)
    by_use = painter("category", estate, floor, speech)
    return by_use, by_use
