"""The interactive stack plan: today and the plan, moves by hand, their cost at once.

The address carries the moves made by hand, so the back button takes the last one back, and
the page works without scripts.
"""

from __future__ import annotations

import secrets
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from flask import Blueprint, g, jsonify, redirect, render_template, request, url_for

from planner.errors import InvalidInput, NotFound
from planner.optimise.options import Options
from planner.reports.drawings.canvas import screen
from planner.reports.drawings.scene import scene_of
from planner.reports.drawings.stack import legend
from planner.reports.facts.rules import rule_words
from planner.services import plans
from planner.services.access import Right
from planner.web import ready
from planner.web.access import me, need, store
from planner.web.navigation import changed_since
from planner.web.phrases import class_words
from planner.web.shelf import kept
from planner.web.show.answers import Question, answers_for, signed
from planner.web.show.changes import Change, broken_by, changed_plan, changes_from, coded
from planner.web.show.holds import FLOOR_RULES, holds_of
from planner.web.show.outdated import gone_words
from planner.web.show.stacks import MANY_FLOORS, View, sites_of, stacks_of
from planner.web.views.plans import enter

if TYPE_CHECKING:
    from planner.domain.estate import Estate
    from planner.domain.plan import Plan
    from planner.domain.records import Rule
    from planner.services.plans import PlanSummary

bp = Blueprint("stack", __name__)

_MOST_CHANGES = 60
_RESOLVE_SECONDS = 15


@bp.get("/plans/<plan>/stack")
def page(plan: str) -> str:
    """Draw today and the plan side by side, with the moves made by hand."""
    summary = enter(plan)
    estate, _ = ready.plan(plan)
    changes = _changes(request.args.getlist("move"), estate)
    chosen = request.args.get("building", "")
    if chosen and chosen not in estate.building_of:
        raise NotFound(g.speech._("There is no building “%(code)s”.", code=chosen))
    return _page(plan, summary, changes, chosen)


def _page(
    plan: str,
    summary: PlanSummary,
    changes: tuple[Change, ...],
    chosen: str = "",
    *,
    refused: bool = False,
) -> str:
    estate, solved = ready.plan(plan)
    many = len(estate.floors) > MANY_FLOORS and not chosen
    now = _changed(plan, changes)
    holds = holds_of(solved, estate, changes)
    key = (plan, changes, chosen, many, g.speech.language)
    drawn = kept("stack", key, lambda: _drawn(plan, changes, chosen, many=many))
    shown = now.placements
    if chosen:
        here = {unit.id for unit in estate.units if unit.building.code == chosen}
        shown = tuple(one for one in shown if one.unit in here)
    return render_template(
        "plans/stack.html",
        summary=summary,
        stale=changed_since(summary),
        gone=gone_words(holds.rules, estate, g.estate, g.speech),
        refused=refused,
        estate=estate,
        plan=now,
        solved=solved,
        changes=changes,
        undo=_address(plan, changes[:-1], chosen),
        broken=broken_by(now, holds.before(estate), g.speech) if changes else (),
        once=secrets.token_hex(12),
        difference=signed(now.npv - solved.npv, g.speech),
        drawn=drawn,
        many=many,
        chosen=chosen,
        links={code: _address(plan, changes, code) for code in estate.building_of},
        classes=class_words(),
        legend=legend(estate, g.speech, canvas=screen(240, "legend")),
        units=[unit.id for unit in estate.units],
        coded=coded,
        held=" ".join(Change(team, unit, unit).text for team, unit in sorted(holds.locked)),
        numbers=holds.numbers,
        floors=holds.floors,
        earlier=[_earlier(one, estate) for one in holds.earlier],
        seated=()
        if many
        else dict.fromkeys((one.team, one.unit, estate.team_of[one.team].name) for one in shown),
    )


@bp.get("/plans/<plan>/stack/targets")
def targets(plan: str) -> Any:
    """Answer for every unit whether a team may come, how full it is then, what it costs."""
    enter(plan)
    estate, solved = ready.plan(plan)
    who = request.args.get("team", ""), request.args.get("unit", "")
    if who[0] not in estate.team_of or who[1] not in estate.unit_of:
        raise NotFound(g.speech._("There is no such team or unit in this plan."))
    changes = _changes(request.args.getlist("move"), estate)
    question = Question(
        who,
        solved,
        _changed(plan, changes),
        ready.values(plan),
        holds_of(solved, estate, changes).over(estate),
    )
    return jsonify(
        [
            {"unit": one.unit, "fits": one.fits, "words": one.words, "said": one.said}
            for one in answers_for(question, g.speech)
        ]
    )


@bp.post("/plans/<plan>/stack/move")
def move(plan: str) -> Any:
    """Add one change by hand to the address: a hold, or a move for pages without scripts."""
    enter(plan)
    estate, _ = ready.plan(plan)
    who, target = request.form.get("who", ""), request.form.get("target", "")
    text = f"{who}|{coded(target) or who.partition('|')[2]}"
    if "hold" in request.form:
        text = Change("", request.form.get("unit", ""), request.form["hold"]).text
    text = request.form.get("change", text)
    made = changes_from([*request.form.getlist("move"), text], estate)
    address = _address(plan, made, request.form.get("building", ""))
    return redirect(address, HTTPStatus.SEE_OTHER)


@bp.post("/plans/<plan>/stack/solve")
def solve(plan: str) -> Any:
    """Solve again from this plan, around the moves and locks made by hand."""
    summary = enter(plan)
    need(Right.PLAN)
    estate, solved = ready.plan(plan)
    changes = changes_from(request.form.getlist("move"), estate)
    if not changes:
        raise InvalidInput(g.speech._("There is no move to solve around."))
    reason = g.speech._("Decided by hand on the stack plan")
    rules = holds_of(solved, estate, changes, reason).rules
    if gone_words(rules, estate, g.estate, g.speech):
        refused = _page(plan, summary, changes, refused=True)
        return refused, HTTPStatus.UNPROCESSABLE_ENTITY
    options = Options(
        name=g.speech._("%(name)s, changed by hand", name=summary.name)[:200],
        seconds=_RESOLVE_SECONDS,
        seed=solved.seed,
        level=solved.level,
        rules=rules,
        promise=solved.promise,
    )
    start = None if changed_since(summary) else plan
    run = plans.start_plan(
        store(), me(), summary.estate_id, options, request.form.get("once"), start=start
    )
    return redirect(url_for("runs.page", run=run), HTTPStatus.SEE_OTHER)


def _changes(texts: list[str], estate: Estate) -> tuple[Change, ...]:
    return changes_from(texts, estate)[:_MOST_CHANGES]


def _changed(plan: str, changes: tuple[Change, ...]) -> Plan:
    """Return the plan with the moves made by hand."""
    solved = ready.plan(plan)[1]
    if not changes:
        return solved
    return kept(
        "changed", (plan, changes), lambda: changed_plan(solved, changes, ready.values(plan)), 16
    )


def _drawn(plan: str, changes: tuple[Change, ...], chosen: str, *, many: bool) -> Any:
    """Return the buildings: all of them small where they are many, else as stacks."""
    estate, solved = ready.plan(plan)
    estate = holds_of(solved, estate, changes).over(estate)
    now = _changed(plan, changes)
    view = View(estate, now, scene_of(estate, now), now, scene_of(estate, now, now))
    if many:
        return sites_of(view, ready.values(plan), g.speech)
    return stacks_of(view, g.speech, only=chosen)


def _earlier(rule: Rule, estate: Estate) -> tuple[str, str]:
    """Return what a rule of the plan says, and the change that takes it off, "" for none."""
    said = rule_words(rule, estate, g.speech)
    if rule.rule == "fix_team" and rule.object in estate.unit_of:
        team = rule.subject.partition("/")[0]
        return said, Change(team, rule.object, rule.object).text
    word = next((word for word, kind in FLOOR_RULES.items() if kind == rule.rule), "")
    return said, Change("", rule.subject, word).text if word else ""


def _address(plan: str, changes: tuple[Change, ...], chosen: str = "") -> str:
    moves = [change.text for change in changes]
    return url_for("stack.page", plan=plan, building=chosen or None, move=moves)
