"""The estate as it stands: the stack plan of all buildings, one floor, the uploads."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, g, render_template, request

from planner.errors import NotFound
from planner.reports.drawings.canvas import screen
from planner.reports.drawings.stack import legend
from planner.web.navigation import visit
from planner.web.show.floor import floor_page
from planner.web.show.needs import needs_of
from planner.web.show.stacks import stacks_of, towers_of

bp = Blueprint("estate", __name__)

MANY_FLOORS: Final = 120  # above this, buildings are drawn small and opened one by one


@bp.get("/estates/<estate>/stack")
def stack(estate: str) -> str:
    """Draw who sits where today, building by building."""
    found = visit(estate, "estate")
    needs = needs_of(estate, g.here.version, found)
    chosen = request.args.get("building", "")
    if chosen and chosen not in found.building_of:
        raise NotFound(g.speech._("There is no building “%(code)s”.", code=chosen))
    many = len(found.floors) > MANY_FLOORS and not chosen
    return render_template(
        "estate/stack.html",
        estate=found,
        needs=needs,
        many=towers_of(found, needs.seats, None, g.speech) if many else (),
        stacks=() if many else stacks_of(found, None, needs.seats, g.speech, only=chosen),
        legend=legend(found, g.speech, canvas=screen(240, "legend")),
        chosen=chosen,
    )


@bp.get("/estates/<estate>/floors/<floor>")
def floor(estate: str, floor: str) -> str:
    """Show one floor: its plan, its teams, its seats, how full it is."""
    found = visit(estate, "estate")
    if floor not in found.floor_of:
        raise NotFound(g.speech._("There is no floor “%(code)s”.", code=floor))
    needs = needs_of(estate, g.here.version, found)
    return render_template(
        "estate/floor.html",
        estate=found,
        floor=found.floor_of[floor],
        shown=floor_page(found, floor, needs, g.speech),
    )
