"""What pages ask for again and again, worked out once: plans never change, nor versions do.

Each function is asked with the id of a thing; the service lets the reader in or refuses,
and only what follows from the thing is taken from the shelf.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import g

from planner.finance.values import values_of
from planner.reports.drawings.scene import scene_of
from planner.reports.facts.moves import moves_table
from planner.reports.facts.scope import Scope
from planner.services import plans, presence
from planner.services.hindrances import hindrances
from planner.services.today import figures_of
from planner.web.access import me, store
from planner.web.shelf import kept, room_for
from planner.web.show.needs import needs_of
from planner.web.show.result import result_page

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.domain.attendance import Attendance
    from planner.domain.estate import Estate
    from planner.domain.plan import Plan
    from planner.errors import Problem
    from planner.finance.values import Values
    from planner.reports.dossier import Dossier
    from planner.reports.drawings.scene import Scene
    from planner.reports.facts.tables import Table
    from planner.services.access import Actor
    from planner.services.today import EstateToday
    from planner.web.show.needs import Needs
    from planner.web.show.result import ResultPage

_LARGE: Final = 8
"""Plans kept with all that follows from them; one of ten thousand teams takes about 50 MB."""


def problems(found: Estate) -> tuple[Problem, ...]:
    """Return what stands in the way of a plan of the estate of this page."""
    return kept("problems", _version(), lambda: hindrances(found))


def needs(found: Estate) -> Needs:
    """Return the seats that teams of the estate of this page need."""
    return needs_of(*_version(), found)


def figures(found: Estate) -> EstateToday:
    """Return the first figures of the estate of this page."""
    return kept("figures", _version(), lambda: figures_of(g.here.id, found, floor_days()))


def floor_days() -> Attendance:
    """Return people by day and floor of the estate of this page."""
    return kept("floor days", _version(), lambda: presence.floor_days(store(), me(), g.here.id))


def floor_hours() -> Mapping[tuple[str, int, int], float]:
    """Return people by floor, weekday and hour of the estate of this page."""
    return kept("floor hours", _version(), lambda: presence.floor_hours(store(), me(), g.here.id))


def scene(found: Estate) -> Scene:
    """Return who sits where today on the estate of this page."""
    return kept("scene", _version(), lambda: scene_of(found, needs(found).seats), room_for(found))


def plan(ident: str) -> tuple[Estate, Plan]:
    """Return a plan that the reader was let in to, with its estate as it was then."""
    return kept("plan", ident, lambda: plans.get_plan(store(), me(), ident), _LARGE)


def scenes(ident: str) -> tuple[Scene, Scene]:
    """Return who sits where as a plan found it, and in the plan."""
    estate, made = plan(ident)
    return kept(
        "scenes", ident, lambda: (scene_of(estate, made), scene_of(estate, made, made)), _LARGE
    )


def values(ident: str) -> Values:
    """Return what units and moves of a plan's estate are worth."""
    return kept("values", ident, lambda: values_of(plan(ident)[0]), _LARGE)


def dossier(ident: str, reader: Actor | None = None) -> Dossier:
    """Return a plan that the reader was let in to, with all that was worked out from it.

    `reader` is whoever holds a link; None is the person who is signed in.
    """
    return kept("dossier", ident, lambda: plans.get_dossier(store(), reader or me(), ident), _LARGE)


def result(ident: str, reader: Actor | None = None) -> ResultPage:
    """Return the page of a plan that the reader was let in to."""
    key = (ident, g.speech.language)
    return kept("result", key, lambda: result_page(dossier(ident, reader), g.speech), 2 * _LARGE)


def tables(ident: str) -> Mapping[str, Table]:
    """Return the long tables of a plan that the reader was let in to, whole, by name."""

    def made() -> Mapping[str, Table]:
        shown, scope = result(ident), Scope(dossier(ident))
        moves = moves_table(scope, g.speech, len(scope.dossier.plan.moves))
        return {"tight": shown.tight, "units": shown.units, "moves": moves}

    return kept("tables", (ident, g.speech.language), made, _LARGE)


def _version() -> tuple[str, int]:
    """Return what stands for the estate of this page as it is now."""
    return g.here.id, g.here.version
