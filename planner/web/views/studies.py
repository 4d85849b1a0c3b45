"""What is found out about a plan after it was made: shown while it comes, plans of it kept."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for

from planner.errors import Conflict
from planner.reports.facts.scope import Scope
from planner.services import asking, studying
from planner.services.access import Right
from planner.web import ready
from planner.web.access import me, need, store
from planner.web.show.study import study_page
from planner.web.views.plans import enter, page

if TYPE_CHECKING:
    from planner.reports.dossier import Dossier
    from planner.services.plans import PlanSummary
    from planner.services.studying import PlanStudy

bp = Blueprint("studies", __name__)


@bp.get("/plans/<plan>/study")
def part(plan: str) -> str:
    """Answer the poll: what is known by now."""
    summary = enter(plan)
    dossier = ready.dossier(plan)
    known = studying.study_of_plan(store(), me(), plan)
    return study_part(summary, dossier, known, have=request.args.get("have", ""))


@bp.post("/plans/<plan>/study")
def start(plan: str) -> Any:
    """Look into the plan."""
    enter(plan)
    need(Right.PLAN)
    studying.start_study(store(), me(), plan)
    return redirect(url_for("plans.page", plan=plan, _anchor="study-going"), HTTPStatus.SEE_OTHER)


@bp.post("/plans/<plan>/study/ask")
def ask(plan: str) -> Any:
    """Look into one unit or one rule."""
    enter(plan)
    need(Right.PLAN)
    asking.start_question(store(), me(), plan, request.form)
    return redirect(url_for("plans.page", plan=plan, _anchor="study-going"), HTTPStatus.SEE_OTHER)


@bp.post("/plans/<plan>/study/keep")
def keep(plan: str) -> Any:
    """Put a plan of the study among the plans."""
    enter(plan)
    need(Right.PLAN)
    seating, name = request.form.get("seating", ""), request.form.get("name", "")
    better = "better" in request.form
    try:
        kept = studying.keep_plan(store(), me(), plan, seating, name, better=better)
    except Conflict as refusal:
        flash(" ".join(g.speech.told(refusal)), "refused")
        return page(plan), HTTPStatus.CONFLICT
    flash(g.speech._("The plan is among your plans now."))
    return redirect(url_for("plans.page", plan=kept), HTTPStatus.SEE_OTHER)


def study_part(
    summary: PlanSummary, dossier: Dossier, known: PlanStudy | None, have: str | None = None
) -> str:
    """Return the part of the page that the study fills.

    `have` says what a page that asks again shows already: only what is new is sent to it.
    """
    open_run = known is not None and (known.waiting or known.running)
    now = "0" if known is None else known.mark
    return render_template(
        "plans/study.html",
        have=now,
        fresh=now != have,
        polled=have is not None,
        summary=summary,
        found=study_page(known, Scope(dossier), g.speech),
        run=known.run_id if known is not None and open_run else None,
        settled=known is not None and known.settled,
    )
