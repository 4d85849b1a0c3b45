"""Which buildings of a large estate stand in the picture of the campus, and what is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from planner.i18n import Speech
    from planner.reports.facts.scope import Scope

_MOST: Final = 12
"""Buildings that leave room for the words of the first page."""


def street(scope: Scope) -> frozenset[str] | None:
    """Return the buildings to draw: those where most is freed; None draws all."""
    buildings = scope.dossier.estate.buildings
    if len(buildings) <= _MOST:
        return None
    freed = dict.fromkeys((one.code for one in buildings), 0)
    for unit in scope.freed:
        freed[unit.building.code] += int(unit.area_m2)
    return frozenset(sorted(freed, key=lambda code: -freed[code])[:_MOST])


def street_note(scope: Scope, seen: frozenset[str] | None, speech: Speech) -> str:
    """Return how many buildings are not drawn, "" where all are."""
    if seen is None:
        return ""
    return speech.n(
        "Drawn are the %(drawn)s buildings where most is freed; %(count)s other is not.",
        "Drawn are the %(drawn)s buildings where most is freed; %(count)s others are not.",
        len(scope.dossier.estate.buildings) - len(seen),
        drawn=speech.number(len(seen)),
    )
