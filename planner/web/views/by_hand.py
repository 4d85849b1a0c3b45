"""Plans made by hand: an edited list of moves, a workbook's seating, or the stack plan."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for

from planner.errors import Conflict, InvalidInput, sentence
from planner.reports.facts.promise import PROMISES
from planner.services import by_hand, plans
from planner.services.access import Right
from planner.web import ready
from planner.web.access import me, need, store
from planner.web.navigation import changed_since, visit
from planner.web.show.by_hand import judged_page
from planner.web.show.changes import changed_plan, changes_from
from planner.web.show.holds import holds_of
from planner.web.views.plans import enter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.domain.plan import Promise
    from planner.errors import Problem
    from planner.services.by_hand import ByHand
    from planner.web.show.by_hand import Judged

bp = Blueprint("by_hand", __name__)


@bp.route("/estates/<estate>/plans/by-hand", methods=["GET", "POST"])
def upload(estate: str) -> Any:
    """Judge a file; a plan that holds is kept where that was asked for."""
    now = visit(estate, "plans")
    if request.method == "GET":
        return _page()
    file = request.files.get("file")
    if file is None or not file.filename:
        refused = InvalidInput(g.speech._("No file was chosen."))
        return _page(refused.problems), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        found = by_hand.judge_upload(store(), me(), estate, file.read(), file.filename, _promised())
    except InvalidInput as refusal:
        return _page(refusal.problems), HTTPStatus.UNPROCESSABLE_ENTITY
    if "keep" in request.form and not found.problems:
        return _kept(estate, found)
    return _page(judged=judged_page(found, now, g.speech))


@bp.post("/plans/<plan>/stack/judge")
def stack(plan: str) -> Any:
    """Judge the moves made by hand on the stack plan; keep the plan where that was asked for."""
    summary = enter(plan)
    estate, solved = ready.plan(plan)
    changes = changes_from(request.form.getlist("move"), estate)
    moved = changed_plan(solved, changes, ready.values(plan))
    name = g.speech._("%(name)s, changed by hand", name=summary.name)[:200]
    limit = by_hand.known_limit(store(), me(), summary.estate_id, estate, solved.level)
    rules = holds_of(
        solved, estate, changes, g.speech._("Decided by hand on the stack plan")
    ).lasting
    found = by_hand.judge_moved(estate, solved, moved, name, rules=rules, limit=limit)
    stale = changed_since(summary)
    if "keep" in request.form and not found.problems:
        if stale:
            raise Conflict(
                sentence(
                    "This plan does not answer the estate as it is now. What was changed by hand "
                    "can be checked, but not kept; make a new plan."
                )
            )
        return _kept(summary.estate_id, found)
    judged = judged_page(found, estate, g.speech)
    moves = [one.text for one in changes]
    staged = summary.staging is not None
    return _page(judged=judged, plan=plan, moves=moves, stale=stale, staged=staged)


def _promised() -> Promise:
    """Return what a plan in a file promises: what the form says, else each floor by itself."""
    asked = request.form.get("promise", "")
    return next((one for one in PROMISES if one == asked), "each_floor")


def _kept(estate: str, found: ByHand) -> Any:
    need(Right.PLAN)
    made = plans.add_plan(store(), me(), estate, found.plan)
    flash(g.speech._("The plan is among your plans now."))
    return redirect(url_for("plans.page", plan=made), HTTPStatus.SEE_OTHER)


def _page(
    problems: Sequence[Problem] = (),
    judged: Judged | None = None,
    plan: str = "",
    moves: Sequence[str] = (),
    *,
    stale: bool = False,
    staged: bool = False,
) -> str:
    return render_template(
        "plans/by_hand.html",
        problems=problems,
        judged=judged,
        plan=plan,
        moves=moves,
        stale=stale,
        staged=staged,
        promises={key: g.speech.words(words) for key, words in PROMISES.items()},
        promised=_promised(),
    )
