"""The estate as it stands: the stack plan of all buildings, one floor, the uploads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, g, render_template, request, url_for

from planner.errors import NotFound
from planner.reports.drawings.canvas import screen
from planner.reports.drawings.stack import legend
from planner.services import plans
from planner.services.maps import imdf_archive
from planner.web import ready
from planner.web.access import me, now, store
from planner.web.navigation import visit
from planner.web.phrases import class_words
from planner.web.shelf import kept
from planner.web.show.floor import floor_page
from planner.web.show.stacks import MANY_FLOORS, View, sites_of, stacks_of

if TYPE_CHECKING:
    from planner.domain.estate import Estate

bp = Blueprint("estate", __name__)


@bp.get("/estates/<estate>/stack")
def stack(estate: str) -> str:
    """Draw who sits where today, building by building."""
    found = visit(estate, "estate")
    needs = ready.needs(found)
    chosen = request.args.get("building", "")
    if chosen and chosen not in found.building_of:
        raise NotFound(g.speech._("There is no building “%(code)s”.", code=chosen))
    many = len(found.floors) > MANY_FLOORS and not chosen
    key = (estate, g.here.version, chosen, many, g.speech.language)
    drawn = kept("estate stack", key, lambda: _drawn(found, chosen, many=many))
    return render_template(
        "estate/stack.html",
        estate=found,
        needs=needs,
        drawn=drawn,
        many=many,
        links={
            code: url_for("estate.stack", estate=estate, building=code)
            for code in found.building_of
        },
        classes=class_words(),
        legend=legend(found, g.speech, canvas=screen(240, "legend")),
        chosen=chosen,
    )


def _drawn(found: Estate, chosen: str, *, many: bool) -> Any:
    """Return the buildings: all of them small where they are many, else as stacks."""
    view = View(found, ready.needs(found).seats, ready.scene(found))
    return sites_of(view, None, g.speech) if many else stacks_of(view, g.speech, only=chosen)


@bp.get("/estates/<estate>/floors/<floor>")
def floor(estate: str, floor: str) -> str:
    """Show one floor: its plan, its teams, its seats, how full it is."""
    found = visit(estate, "estate")
    if floor not in found.floor_of:
        raise NotFound(g.speech._("There is no floor “%(code)s”.", code=floor))
    chosen, known = request.args.get("plan", ""), plans.list_plans(store(), me(), estate)
    summary = next((one for one in known if one.id == chosen), None)
    seen, plan, scene, then = found, None, ready.scene(found), None
    if summary is not None and floor in ready.plan(chosen)[0].floor_of:
        seen, plan = ready.plan(chosen)
        scene, then = ready.scenes(chosen)
    shown = floor_page(
        seen,
        floor,
        ready.needs(found),
        scene,
        g.speech,
        mode=request.args.get("show", ""),
        plan=plan,
        then=then,
    )
    return render_template(
        "estate/floor.html",
        estate=found,
        floor=found.floor_of[floor],
        shown=shown,
        plans=known,
        summary=None if plan is None else summary,
        plan=chosen if plan else "",
    )


@bp.get("/estates/<estate>/buildings/<building>/imdf.zip")
def imdf(estate: str, building: str) -> Response:
    """Send the drawn floors of a building as an IMDF archive, for maps and room booking."""
    found = visit(estate, "estate")
    if building not in found.building_of:
        raise NotFound(g.speech._("There is no building “%(code)s”.", code=building))
    answer = Response(imdf_archive(found, building, now().date()), mimetype="application/zip")
    name = f"{building}-imdf.zip"
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer
