"""When who moves: the dated moves of a plan, wave by wave, and as a calendar."""

from __future__ import annotations

from flask import Blueprint, Response, g, render_template, request

from planner.errors import NotFound
from planner.reports.icalendar import moves_ics
from planner.web import ready
from planner.web.shelf import kept
from planner.web.show.waves import waves_page
from planner.web.views.plans import enter

bp = Blueprint("waves", __name__)


@bp.get("/plans/<plan>/moves")
def page(plan: str) -> str:
    """Show the waves on a line of time, and the stack after the wave that is chosen."""
    summary = enter(plan)
    dossier = ready.dossier(plan)
    asked = request.args.get("wave", "0")
    chosen = int(asked) if asked.isdecimal() and len(asked) < 5 else 0  # noqa: PLR2004
    key = (plan, chosen, g.speech.language)
    return render_template(
        "plans/moves.html",
        summary=summary,
        dossier=dossier,
        shown=kept("waves", key, lambda: waves_page(dossier, g.speech, chosen)),
    )


@bp.get("/plans/<plan>/moves.ics")
def calendar(plan: str) -> Response:
    """Send the dated moves as a calendar, of one team where it is named."""
    enter(plan)
    dossier = ready.dossier(plan)
    team = request.args.get("team") or None
    if team is not None and team not in dossier.estate.team_of:
        raise NotFound(g.speech._("There is no team “%(code)s”.", code=team))
    answer = Response(moves_ics(dossier, g.speech, team), mimetype="text/calendar")
    answer.headers.set("Content-Disposition", "attachment", filename="moves.ics")
    return answer
