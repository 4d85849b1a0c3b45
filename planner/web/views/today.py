"""The first page of an estate: what stands empty, what is being worked on, what waits."""

from __future__ import annotations

from flask import Blueprint, g, render_template

from planner.services import plans
from planner.services.today import waiting_for
from planner.web import ready
from planner.web.access import me, store
from planner.web.navigation import visit
from planner.web.shelf import kept
from planner.web.show.today import campus_today, today_page

bp = Blueprint("today", __name__)


@bp.get("/estates/<estate>")
def page(estate: str) -> str:
    """Open with the building, then the figures, then what waits for a decision."""
    found = visit(estate, "today")
    mine = ready.figures(found)
    known_plans = plans.list_plans(store(), me(), estate)
    key = (estate, g.here.version, g.speech.language)
    picture = kept("campus", key, lambda: campus_today(found, mine, ready.needs(found), g.speech))
    return render_template(
        "today/page.html",
        estate=found,
        mine=mine,
        shown=today_page(found, mine, ready.needs(found), known_plans, picture, g.speech),
        runs=plans.list_runs(store(), me(), estate, only_open=True),
        plans=known_plans[:8],
        waiting=waiting_for(store(), me(), estate),
    )


@bp.get("/estates/<estate>/more")
def more(estate: str) -> str:
    """Show the places that the phone's bar has no room for."""
    visit(estate, "more")
    return render_template("today/more.html")
