"""The first page of an estate: what stands empty, what is being worked on, what waits."""

from __future__ import annotations

from flask import Blueprint, g, render_template

from planner.services import plans, today
from planner.web.access import me, store
from planner.web.navigation import visit
from planner.web.show.needs import needs_of
from planner.web.show.today import today_page

bp = Blueprint("today", __name__)


@bp.get("/estates/<estate>")
def page(estate: str) -> str:
    """Open with the building, then the figures, then what waits for a decision."""
    found = visit(estate, "today")
    everything = today.today(store(), me())
    mine = next(one for one in everything.estates if one.id == estate)
    needs = needs_of(estate, g.here.version, found)
    known_plans = plans.list_plans(store(), me(), estate)
    return render_template(
        "today/page.html",
        estate=found,
        mine=mine,
        shown=today_page(found, mine, needs, known_plans, g.speech),
        runs=[run for run in everything.open_runs if run.estate_id == estate],
        plans=known_plans[:8],
        waiting=[one for one in everything.waiting if one.estate_id == estate],
    )


@bp.get("/estates/<estate>/more")
def more(estate: str) -> str:
    """Show the places that the phone's bar has no room for."""
    visit(estate, "more")
    return render_template("today/more.html")
