"""What attendance tells: the calendar, who must be on site, what if, how floors are used."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final, cast

from flask import Blueprint, Response, flash, g, redirect, render_template, request, url_for

from planner.demand.onsite import presence_of
from planner.demand.use import usable_area
from planner.domain.posts import (
    BARS,
    TIES,
    Post,
    posts_from,
    posts_text,
    weekday_shares,
    with_agency,
)
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
    from planner.domain.records import Header, Team

bp = Blueprint("presence", __name__)

_UNPROCESSABLE: Final = HTTPStatus.UNPROCESSABLE_ENTITY
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


@bp.post("/estates/<estate>/attendance/on-site/post")
def post(estate: str) -> Any:
    """Store the checklist of one post of a team; without people the post goes."""
    found = visit(estate, "attendance")
    need(Right.EDIT)
    team = found.team_of.get(request.form.get("team", ""))
    if team is None:
        return _on_site(estate, InvalidInput(g.speech._("Choose a team."))), _UNPROCESSABLE
    try:
        posts = _with_post(posts_from(team.posts), _post_sent())
        values = team.model_dump() | {"posts": _written(posts, team)}
        changed = cast("Team", record_from("teams", values))
        _change(estate, lambda one: changed if one.code == changed.code else one)
    except InvalidInput as refusal:
        return _on_site(estate, refusal), _UNPROCESSABLE
    return redirect(url_for("presence.on_site", estate=estate), HTTPStatus.SEE_OTHER)


@bp.post("/estates/<estate>/attendance/on-site/agency")
def agency(estate: str) -> Any:
    """Store what one department rules for its teams; blank takes its rules away."""
    visit(estate, "attendance")
    need(Right.EDIT)
    sent = [request.form.get(name, "") for name in ("department", "remote_days", "on_site_days")]

    def changed(now: Estate) -> Estate:
        values = now.header.model_dump() | {"agencies": with_agency(now.header.agencies, *sent)}
        return replace(now, header=cast("Header", record_from("estate", values)))

    try:
        what = g.speech._("who must be on site")
        estates.change(store(), me(), estate, version_sent(), changed, what)
    except InvalidInput as refusal:
        return _on_site(estate, refusal), _UNPROCESSABLE
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
    shown = use_page(found, ready.floor_days(), ready.floor_hours(), g.speech)
    return render_template("attendance/use.html", estate=found, shown=shown)


@bp.get("/estates/<estate>/attendance/use-it.csv")
def use_it(estate: str) -> Response:
    """Give counted floor-days in the layout of the USE IT Act."""
    found = visit(estate, "attendance")
    areas = {floor.code: usable_area(floor)[0] for floor in found.floors}
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
        bars=[(bar, g.speech.words(WHY[bar])) for bar in BARS],
    )


def _post_sent() -> Post:
    """Return the post that the form holds.

    Raises:
        InvalidInput: no name, or people or days that are no numbers.
    """
    form, _ = request.form, g.speech._
    name = " ".join(form.get("post", "").replace(":", " ").replace(";", " ").split())
    people, days = form.get("people", "").strip(), form.get("days", "").strip()
    if not name or not people.isdecimal() or (days and not days.isdecimal()):
        raise InvalidInput(_("Enter the name of the post and how many people hold it, as 3."))
    sent = form.getlist("mark")
    marks = tuple(mark for mark in (*TIES, *BARS) if mark in sent)
    return Post(name[:100], int(people), marks, int(days) if days else None)


def _written(posts: list[Post], team: Team) -> str | None:
    """Return the posts as a team holds them.

    Raises:
        InvalidInput: a number of days that a week does not have, or more people than the team's.
    """
    text, people = posts_text(posts), sum(post.people for post in posts)
    posts_from(text)
    if people > team.headcount:
        raise InvalidInput(
            g.speech._(
                "The posts have %(people)s people, the team %(all)s; correct one of them.",
                people=g.speech.number(people),
                all=g.speech.number(team.headcount),
            )
        )
    return text


def _with_post(posts: tuple[Post, ...], sent: Post) -> list[Post]:
    names = [one.name.casefold() for one in posts]
    found = list(posts)
    if sent.name.casefold() in names:
        found[names.index(sent.name.casefold())] = sent
    else:
        found.append(sent)
    return [one for one in found if one.people]


def _checked(team: Team, values: dict[str, str], chosen: str) -> Team:
    if chosen not in {f"team:{team.code}", f"dept:{team.department}"}:
        return team
    return cast("Team", record_from("teams", team.model_dump() | values))


def _change(estate: str, change: Callable[[Team], Team]) -> None:
    def changed(now: Estate) -> Estate:
        return replace(now, teams=tuple(map(change, now.teams)))

    what = g.speech._("who must be on site")
    estates.change(store(), me(), estate, version_sent(), changed, what)
