"""What attendance tells: the calendar, who must be on site, what if, how floors are used."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final, cast

from flask import Blueprint, Response, flash, g, redirect, render_template, request, url_for

from planner.demand.onsite import TIES, presence_of, weekday_shares
from planner.errors import InvalidInput
from planner.importers.attendance import write_use_it
from planner.services import estates
from planner.services.access import Right
from planner.services.reading import record_from
from planner.web import ready
from planner.web.access import me, need, store
from planner.web.navigation import visit
from planner.web.shelf import kept
from planner.web.show.calendar import calendar_page
from planner.web.show.onsite import WHY, onsite_page
from planner.web.show.use import use_page
from planner.web.show.what_if import asked_of, what_if_page
from planner.web.versions import version_sent

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner.domain.estate import Estate
    from planner.domain.records import Team

bp = Blueprint("presence", __name__)

_CHECKLIST: Final = ("ict_ready", "not_eligible", "remote_days", "on_site_days")


@bp.get("/estates/<estate>/attendance/calendar")
def calendar(estate: str) -> str:
    """Show the days of all, of a department, a team or a floor."""
    found = visit(estate, "attendance")
    demand = ready.needs(found).demand
    shown = calendar_page(
        found, ready.floor_days(), demand, request.args.get("of", "all"), g.speech
    )
    return render_template("attendance/calendar.html", estate=found, shown=shown)


@bp.get("/estates/<estate>/attendance/on-site")
def on_site(estate: str) -> str:
    """Show who must be on site on which weekday, and why."""
    return _on_site(estate)


@bp.post("/estates/<estate>/attendance/on-site")
def check(estate: str) -> Any:
    """Store the checklist for a team, or for every team of a department."""
    visit(estate, "attendance")
    need(Right.EDIT)
    chosen = request.form.get("of", "")
    ties = ", ".join(tie for tie in TIES if tie in request.form.getlist("tie"))
    values = {name: request.form.get(name, "").strip() for name in _CHECKLIST}
    try:
        weekday_shares(values["on_site_days"])
        _change(estate, lambda team: _checked(team, values | {"tied_to": ties}, chosen))
    except InvalidInput as refusal:
        return _on_site(estate, refusal), HTTPStatus.UNPROCESSABLE_ENTITY
    return redirect(url_for("presence.on_site", estate=estate), HTTPStatus.SEE_OTHER)


@bp.post("/estates/<estate>/attendance/on-site/require")
def require(estate: str) -> Any:
    """Make the strictest day's presence the least on site of every team, in every later plan."""
    found = visit(estate, "attendance")
    need(Right.EDIT)
    share = {one.team: one.share for one in presence_of(found)}

    def required(team: Team) -> Team:
        fixed = team.onsite_class in {"public_service", "on_site"}
        return team if fixed else team.model_copy(update={"min_on_site": share[team.code]})

    _change(estate, required)
    flash(g.speech._("Every plan from now on keeps a seat for those who must be on site."))
    return redirect(url_for("presence.on_site", estate=estate), HTTPStatus.SEE_OTHER)


@bp.get("/estates/<estate>/attendance/what-if")
def what_if(estate: str) -> str:
    """Show seats and pooled peak under other habits, at once."""
    found = visit(estate, "attendance")
    needs = ready.needs(found)
    shown = None
    if needs.demand is not None and found.teams:
        demand = needs.demand
        asked = asked_of(request.args, demand.level)
        key = (estate, g.here.version, asked, g.speech.language)
        shown = kept("what if", key, lambda: what_if_page(found, demand, asked, g.speech))
    return render_template(
        "attendance/what_if.html", estate=found, shown=shown, why_not=needs.why_not
    )


@bp.get("/estates/<estate>/attendance/use")
def use(estate: str) -> str:
    """Show how floors are used."""
    found = visit(estate, "attendance")
    shown = use_page(found, ready.floor_days(), g.speech)
    return render_template("attendance/use.html", estate=found, shown=shown)


@bp.get("/estates/<estate>/attendance/use-it.csv")
def use_it(estate: str) -> Response:
    """Give counted floor-days in the layout of the USE IT Act."""
    found = visit(estate, "attendance")
    areas = {floor.code: floor.lettable_area_m2 for floor in found.floors}
    text = write_use_it(ready.floor_days(), areas)
    answer = Response(text, mimetype="text/csv")
    answer.headers["Content-Disposition"] = 'attachment; filename="use-it.csv"'
    return answer


def _on_site(estate: str, refusal: InvalidInput | None = None) -> str:
    found = visit(estate, "attendance")
    problems = [] if refusal is None else list(refusal.problems)
    shown = None
    try:
        shown = onsite_page(found, g.speech)
    except InvalidInput as wrong:
        problems += wrong.problems
    return render_template(
        "attendance/on_site.html",
        estate=found,
        shown=shown,
        problems=problems,
        example=g.speech._("Mon, Thu 50%"),
        ties=[(tie, g.speech.words(WHY[tie])) for tie in TIES],
    )


def _checked(team: Team, values: dict[str, str], chosen: str) -> Team:
    if chosen not in {f"team:{team.code}", f"dept:{team.department}"}:
        return team
    return cast("Team", record_from("teams", team.model_dump() | values))


def _change(estate: str, change: Callable[[Team], Team]) -> None:
    def changed(now: Estate) -> Estate:
        return replace(now, teams=tuple(map(change, now.teams)))

    what = g.speech._("who must be on site")
    estates.change(store(), me(), estate, version_sent(), changed, what)
