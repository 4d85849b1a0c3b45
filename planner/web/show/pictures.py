"""Drawings for a page, in the widths that the style sheet chooses from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from planner.reports.drawings.canvas import screen
from planner.reports.drawings.elevation import elevation
from planner.reports.drawings.floor import floor_plan
from planner.reports.drawings.floorpaint import PLAIN
from planner.reports.drawings.scene import scene_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from markupsafe import Markup

    from planner.domain.estate import Estate
    from planner.domain.plan import Plan
    from planner.i18n import Speech
    from planner.reports.drawings.floorpaint import Painter
    from planner.reports.drawings.scene import Needs, Scene

WIDE: Final = 1240
HALF: Final = 740
MIDDLE: Final = 690
NARROW: Final = 358


@dataclass(frozen=True, slots=True)
class Picture:
    """One drawing in up to three widths."""

    wide: Markup
    mid: Markup | None
    narrow: Markup | None


def floor_picture(
    estate: Estate,
    floor: str,
    speech: Speech,
    name: str,
    painter: Painter = PLAIN,
    plan: Plan | None = None,
    *,
    width: int = 800,
) -> Picture:
    """Return a floor from above for a wide page and, laid out anew, for a phone."""
    wide, narrow = (
        floor_plan(
            estate, floor, speech, canvas=screen(size, f"{name}-{part}"), plan=plan, painter=painter
        )
        for size, part in ((width, "w"), (NARROW, "n"))
    )
    return Picture(wide, None, narrow)


def campus(
    estate: Estate,
    plan: Plan | None,
    needs: Needs,
    speech: Speech,
    *,
    name: str = "campus",
    width: int = WIDE,
    unvisited: Mapping[str, int] | None = None,
    scene: Scene | None = None,
) -> Picture | None:
    """Return the campus from the street; None while it has no floors.

    `scene` is that of estate and plan, where the caller has it already.
    """
    if not estate.floors:
        return None
    seen = scene or scene_of(estate, needs, plan)

    def drawn(size: int, part: str) -> Markup:
        return elevation(
            estate,
            plan,
            needs,
            speech,
            canvas=screen(size, f"{name}-{part}"),
            unvisited=unvisited,
            scene=seen,
        )

    mid = drawn(MIDDLE, "m") if width > HALF else None
    return Picture(drawn(width, "w"), mid, drawn(NARROW, "n"))


def small_campus(
    estate: Estate,
    plan: Plan | None,
    needs: Needs,
    speech: Speech,
    *,
    name: str,
    width: int = 240,
    scene: Scene | None = None,
) -> Markup | None:
    """Return the campus small and without words, for a row of options."""
    if not estate.floors:
        return None
    canvas = screen(width, name)
    return elevation(estate, plan, needs, speech, canvas=canvas, small=True, scene=scene)
