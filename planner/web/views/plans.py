"""Plans: the list, a new one, the result page, side by side."""

from __future__ import annotations

import secrets
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from markupsafe import Markup

from planner.errors import Conflict, InvalidInput, NotFound
from planner.services import plans, staging, studying
from planner.services.access import Right
from planner.web import ready
from planner.web.access import me, need, store
from planner.web.forms.plan import plan_form, read_plan_form
from planner.web.navigation import visit
from planner.web.paging import page_of
from planner.web.shelf import kept
from planner.web.show.compare import compare_page
from planner.web.show.frontier import Shown, frontier_of
from planner.web.show.needs import level_of
from planner.web.show.pictures import small_campus
from planner.web.show.rules import rules_in_words

if TYPE_CHECKING:
    from planner.domain.estate import Estate
    from planner.services.plans import PlanSummary
    from planner.web.forms import Form
    from planner.web.show.frontier import Frontier

bp = Blueprint("plans", __name__)

_MOST_COMPARED = 4
_MOST_DOTS = 24


@bp.get("/estates/<estate>/plans")
def index(estate: str) -> str:
    """List the plans, and what is being solved."""
    visit(estate, "plans")
    known = plans.list_plans(store(), me(), estate)
    return render_template(
        "plans/list.html",
        plans=known,
        page=page_of(known),
        runs=plans.list_runs(store(), me(), estate, only_open=True),
        stagings=staging.list_stagings(store(), me(), estate),
    )


@bp.route("/estates/<estate>/plans/new", methods=["GET", "POST"])
def new(estate: str) -> Any:
    """Ask what the plan may do, then queue the run."""
    found = visit(estate, "plans")
    need(Right.PLAN)
    known = plans.list_plans(store(), me(), estate)
    name = g.speech._("Plan %(number)s", number=len(known) + 1)
    form = plan_form(g.speech, name, level_of(found))
    if request.method == "GET":
        return _new_page(found, form, known, secrets.token_hex(12))
    once = request.form.get("once") or secrets.token_hex(12)
    form, options = read_plan_form(form, request.form, g.speech)
    if options is None:
        return _new_page(found, form, known, once), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        run = plans.start_plan(store(), me(), estate, options, once)
    except InvalidInput as refusal:
        page = _new_page(found, form.told({}, g.speech.told(refusal)), known, once)
        return page, HTTPStatus.UNPROCESSABLE_ENTITY
    except Conflict as refusal:
        page = _new_page(found, form.told({}, g.speech.told(refusal)), known, once)
        return page, HTTPStatus.CONFLICT
    return redirect(url_for("runs.page", run=run), HTTPStatus.SEE_OTHER)


@bp.get("/plans/<plan>")
def page(plan: str) -> str:
    """Answer: what do we free, earn, risk; how good is it; who moves; when is it tight."""
    from planner.web.views.studies import study_part  # noqa: PLC0415  it needs this module

    summary = enter(plan)
    dossier = ready.dossier(plan)
    known = studying.study_of_plan(store(), me(), plan)
    return render_template(
        "plans/page.html",
        summary=summary,
        dossier=dossier,
        shown=ready.result(plan),
        frontier=_frontier(summary),
        study=Markup(study_part(summary, dossier, known)),  # noqa: S704  our own template
        open_study=known is not None and (known.waiting or known.running),
        has_points=known is not None and known.study is not None and bool(known.study.points),
    )


@bp.get("/plans/<plan>/tables/<which>")
def table(plan: str, which: str) -> str:
    """Show a long table of the result page whole, a page at a time."""
    summary = enter(plan)
    tables = ready.tables(plan)
    if which not in tables:
        raise NotFound(g.speech._("There is no such table of a plan."))
    shown = tables[which]
    return render_template(
        "plans/table.html", summary=summary, table=shown, page=page_of(shown.cells)
    )


@bp.post("/plans/<plan>/name")
def rename(plan: str) -> Any:
    """Give the plan another name in the lists."""
    given, seen = request.form.get("name", "").strip(), request.form.get("seen")
    plans.rename_plan(store(), me(), plan, given, seen)
    return redirect(url_for("plans.page", plan=plan), HTTPStatus.SEE_OTHER)


@bp.route("/plans/<plan>/delete", methods=["GET", "POST"])
def delete(plan: str) -> Any:
    """Ask, then delete a plan that no proposal holds."""
    summary = enter(plan)
    need(Right.PLAN)
    if request.method == "GET":
        return render_template("plans/delete.html", summary=summary)
    plans.delete_plan(store(), me(), plan)
    flash(g.speech._("Deleted: %(name)s.", name=summary.name))
    return redirect(url_for("plans.index", estate=summary.estate_id), HTTPStatus.SEE_OTHER)


@bp.get("/estates/<estate>/compare")
def compare(estate: str) -> str:
    """Put up to four plans side by side with doing nothing, differences marked."""
    visit(estate, "plans")
    known = plans.list_plans(store(), me(), estate)
    ids = [one.id for one in known]
    chosen = [one for one in request.args.getlist("plan") if one in ids][:_MOST_COMPARED]
    if not chosen:
        chosen = [one.id for one in sorted(known, key=lambda one: -one.value)[:3]]
    names = {one.id: one.name for one in known}
    key = (*((one, names[one]) for one in chosen), g.speech.language)
    columns = [(names[one], one, ready.dossier(one)) for one in chosen]
    return render_template(
        "plans/compare.html",
        known=known,
        chosen=chosen,
        share_url=_share_url(chosen),
        shown=kept("compare", key, lambda: compare_page(columns, g.speech)),
    )


def _share_url(chosen: list[str]) -> str:
    """Return where a link for the plans compared is made."""
    if not chosen:
        return ""
    others = urlencode([("plan", one) for one in chosen[1:]])
    return url_for("shares.new", plan=chosen[0]) + (f"?{others}" if others else "")


def _frontier(summary: PlanSummary) -> tuple[Frontier, Frontier] | None:
    """Return the plans that answer the same estate, in two widths."""
    others = [
        one
        for one in plans.list_plans(store(), me(), summary.estate_id)
        if one.estate_hash == summary.estate_hash
    ][:_MOST_DOTS]
    if all(one.id != summary.id for one in others):
        others.append(summary)
    shown = [Shown(one.id, one.name, one.value, one.people_moved, one.freed) for one in others]
    wide = frontier_of(shown, summary.id, g.speech, width=500, height=300)
    narrow = frontier_of(shown, summary.id, g.speech, width=340, height=280)
    return None if wide is None or narrow is None else (wide, narrow)


def enter(plan: str) -> PlanSummary:
    """Make a plan's estate the one of this page and return the plan's line."""
    summary = plans.plan_summary(store(), me(), plan)
    visit(summary.estate_id, "plans")
    return summary


def _new_page(found: Estate, form: Form, known: tuple[PlanSummary, ...], once: str) -> str:
    last = known[0] if known else None
    known_of = None if last is None else studying.study_of_plan(store(), me(), last.id)
    picture = None
    if last is not None:
        estate, plan = ready.plan(last.id)
        key = (last.id, g.speech.language)
        picture = kept("last", key, lambda: small_campus(
            estate, plan, plan, g.speech, name="last", width=340))  # fmt: skip
    else:
        seats = ready.needs(found).seats
        picture = small_campus(found, None, seats, g.speech, name="last", width=340)
    return render_template(
        "plans/new.html",
        form=form,
        once=once,
        last=last,
        picture=picture,
        rules=rules_in_words(found, g.speech, None if known_of is None else known_of.study),
        problems=ready.problems(found),
    )
