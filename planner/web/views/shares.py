"""Read-only links: made by planners, opened by anybody who holds one, until a day."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from flask import (
    Blueprint,
    Response,
    flash,
    g,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)

from planner.errors import InvalidInput
from planner.services import plans, sharing
from planner.services.access import Right
from planner.web import ready
from planner.web.access import me, need, now, store
from planner.web.shelf import kept
from planner.web.show.compare import compare_page
from planner.web.speaking import speak_for
from planner.web.views.plans import enter

bp = Blueprint("shares", __name__)

_DAYS = 14


@bp.route("/plans/<plan>/share", methods=["GET", "POST"])
def new(plan: str) -> Any:
    """Make a link for this plan, and others beside it; show it once."""
    summary = enter(plan)
    need(Right.PLAN)
    asked = request.form if request.method == "POST" else request.args
    others = tuple(dict.fromkeys([plan, *asked.getlist("plan")]))[: sharing.MOST_PLANS]
    chosen = [plans.plan_summary(store(), me(), one) for one in others]
    days = request.form.get("days", _DAYS, type=int)
    made = problem = ""
    status = HTTPStatus.OK
    if request.method == "POST":
        try:
            secret = sharing.share(store(), me(), others, days)
            made = url_for("shares.view", secret=secret, _external=True)
        except InvalidInput as refusal:
            problem, status = " ".join(g.speech.told(refusal)), HTTPStatus.UNPROCESSABLE_ENTITY
    page = render_template(
        "shares/new.html",
        summary=summary,
        chosen=chosen,
        days=days,
        offered=sharing.DAYS,
        made=made,
        problem=problem,
        links=sharing.shares(store(), me(), plan),
    )
    return page, status


@bp.post("/shares/<share>/end")
def end(share: str) -> Any:
    """Close a link before its time."""
    need(Right.PLAN)
    sharing.end_share(store(), me(), share)
    flash(g.speech._("The link is closed; it opens nothing any more."))
    plan = request.form.get("plan", "")
    target = url_for("shares.new", plan=plan) if plan else "/"
    return redirect(target, HTTPStatus.SEE_OTHER)


@bp.get("/shared/<secret>")
def view(secret: str) -> Response:
    """Show what a link opens: one plan, or several side by side."""
    opened = sharing.open_share(store(), secret)
    reader = opened.reader
    chosen = [plans.plan_summary(store(), reader, one) for one in opened.plans]
    dossiers = [ready.dossier(one, reader) for one in opened.plans]
    header = dossiers[0].estate.header
    speak_for(header.currency, header.area_unit)
    columns = [(one.name, one.id, doc) for one, doc in zip(chosen, dossiers, strict=True)]
    key = (*((one.id, one.name) for one in chosen), g.speech.language)
    page = render_template(
        "shares/page.html",
        opened=opened,
        estate=header.name,
        chosen=chosen,
        days_left=(opened.expires_at - now()).days,
        shown=ready.result(opened.plans[0], reader) if len(chosen) == 1 else None,
        both=kept("compare", key, lambda: compare_page(columns, g.speech))
        if len(chosen) > 1
        else None,
    )
    answer = make_response(page)
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer
