"""The interactive stack plan: today and the plan, moves by hand, their cost at once.

The address carries the moves made by hand, so the back button takes the last one back, and
the page works without scripts.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from flask import Blueprint, flash, g, jsonify, redirect, render_template, request, url_for

from planner.errors import Conflict, InvalidInput, NotFound
from planner.finance.values import values_of
from planner.optimise.options import Options
from planner.reports.drawings.canvas import screen
from planner.reports.drawings.stack import legend
from planner.services import estates, plans, records
from planner.services.access import Right
from planner.web.access import me, need, store
from planner.web.show.changes import answers_for, broken_by, changed_plan, changes_from, signed
from planner.web.show.stacks import stacks_of
from planner.web.views.plans import enter

if TYPE_CHECKING:
    from planner.web.show.changes import Change

bp = Blueprint("stack", __name__)

_MOST_CHANGES = 60
_RESOLVE_SECONDS = 60


@bp.get("/plans/<plan>/stack")
def page(plan: str) -> str:
    """Draw today and the plan side by side, with the moves made by hand."""
    summary = enter(plan)
    estate, solved = plans.get_plan(store(), me(), plan)
    changes = changes_from(request.args.getlist("move"), estate)[:_MOST_CHANGES]
    values = values_of(estate)
    now = changed_plan(solved, changes, values)
    return render_template(
        "plans/stack.html",
        summary=summary,
        estate=estate,
        plan=now,
        solved=solved,
        changes=changes,
        undo=_address(plan, changes[:-1]),
        broken=broken_by(now, estate, g.speech) if changes else (),
        difference=signed(now.npv - solved.npv, g.speech),
        stacks=stacks_of(estate, now, now, g.speech),
        legend=legend(estate, g.speech, canvas=screen(240, "legend")),
        units=[unit.id for unit in estate.units],
        seated=[(one.team, one.unit, estate.team_of[one.team].name) for one in now.placements],
    )


@bp.get("/plans/<plan>/stack/targets")
def targets(plan: str) -> Any:
    """Answer for every unit whether a team may come, how full it is then, what it costs."""
    enter(plan)
    estate, solved = plans.get_plan(store(), me(), plan)
    team, origin = request.args.get("team", ""), request.args.get("unit", "")
    if team not in estate.team_of or origin not in estate.unit_of:
        raise NotFound(g.speech._("There is no such team or unit in this plan."))
    changes = changes_from(request.args.getlist("move"), estate)[:_MOST_CHANGES]
    values = values_of(estate)
    now = changed_plan(solved, changes, values)
    answers = answers_for((team, origin), now, values, g.speech)
    return jsonify(
        [
            {"unit": one.unit, "fits": one.fits, "words": one.words, "said": one.said}
            for one in answers
        ]
    )


@bp.post("/plans/<plan>/stack/move")
def move(plan: str) -> Any:
    """Add one move by hand to the address, for pages without scripts."""
    enter(plan)
    estate, _ = plans.get_plan(store(), me(), plan)
    who = request.form.get("who", "")
    made = changes_from(
        [*request.form.getlist("move"), f"{who}|{request.form.get('target', '')}"], estate
    )
    return redirect(_address(plan, made), HTTPStatus.SEE_OTHER)


@bp.post("/plans/<plan>/stack/solve")
def solve(plan: str) -> Any:
    """Keep the moves made by hand as rules of the estate and solve around them."""
    summary = enter(plan)
    need(Right.PLAN)
    found, version = estates.get_estate(store(), me(), summary.estate_id)
    changes = changes_from(request.form.getlist("move"), found)
    if not changes:
        raise InvalidInput(g.speech._("There is no move to solve around."))
    try:
        for change in changes:
            version = _keep(summary.estate_id, change, version)
    except Conflict:
        flash(g.speech._("Somebody changed the estate meanwhile. Look at it and try again."))
        return redirect(_address(plan, changes), HTTPStatus.SEE_OTHER)
    options = Options(
        name=g.speech._("%(name)s, changed by hand", name=summary.name)[:200],
        seconds=_RESOLVE_SECONDS,
    )
    run = plans.start_plan(store(), me(), summary.estate_id, options, request.form.get("once"))
    return redirect(url_for("runs.page", run=run), HTTPStatus.SEE_OTHER)


def _keep(estate_id: str, change: Change, version: int) -> int:
    """Write one move down as a rule and return the estate's new version."""
    rule = {
        "rule": "fix_team",
        "subject": change.team,
        "object": change.target,
        "reason": g.speech._("Placed by hand on the stack plan"),
    }
    stored = records.put_record(store(), me(), estate_id, "rules", None, rule, version)
    return stored.version


def _address(plan: str, changes: tuple[Change, ...]) -> str:
    return url_for("stack.page", plan=plan, move=[change.text for change in changes])
