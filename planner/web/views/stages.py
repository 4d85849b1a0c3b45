"""Plans over several planning periods: asked for, shown, deleted."""

from __future__ import annotations

import secrets
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for

from planner.errors import Conflict, InvalidInput
from planner.services import staging
from planner.services.access import Right
from planner.web import ready
from planner.web.access import me, need, store
from planner.web.forms.stages import NUMBERS, read_stages_form, stages_form
from planner.web.navigation import visit
from planner.web.shelf import kept
from planner.web.show.needs import level_of
from planner.web.show.stages import staging_page

if TYPE_CHECKING:
    from planner.domain.estate import Estate
    from planner.services.staging import StagingState
    from planner.web.forms import Form

bp = Blueprint("stages", __name__)


@bp.route("/estates/<estate>/stages/new", methods=["GET", "POST"])
def new(estate: str) -> Any:
    """Ask for the periods, then queue the run."""
    found = visit(estate, "plans")
    need(Right.PLAN)
    count = len(staging.list_stagings(store(), me(), estate)) + 1
    name = g.speech._("Plan over several periods %(number)s", number=count)
    form = stages_form(found, g.speech, name, level_of(found))
    if request.method == "GET":
        return _new_page(found, form, secrets.token_hex(12))
    once = request.form.get("once") or secrets.token_hex(12)
    form, asked = read_stages_form(form, request.form, found, g.speech)
    if asked is None:
        return _new_page(found, form, once), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        run = staging.start_stages(store(), me(), estate, *asked, once)
    except InvalidInput as refusal:
        page = _new_page(found, form.told({}, g.speech.told(refusal)), once)
        return page, HTTPStatus.UNPROCESSABLE_ENTITY
    except Conflict as refusal:
        return _new_page(found, form.told({}, g.speech.told(refusal)), once), HTTPStatus.CONFLICT
    return redirect(url_for("runs.page", run=run), HTTPStatus.SEE_OTHER)


@bp.get("/stages/<staging_id>")
def page(staging_id: str) -> str:
    """Show what each period frees and earns, and how good all of them are together."""
    state = _enter(staging_id)
    key = (staging_id, g.speech.language)
    return render_template(
        "plans/stages.html",
        state=state,
        shown=kept("stages", key, lambda: staging_page(state, g.speech)),
    )


@bp.route("/stages/<staging_id>/delete", methods=["GET", "POST"])
def delete(staging_id: str) -> Any:
    """Ask, then delete the periods with their plans."""
    state = _enter(staging_id)
    need(Right.PLAN)
    if request.method == "GET":
        return render_template("plans/stages_delete.html", state=state)
    estate = staging.delete_staging(store(), me(), staging_id)
    flash(g.speech._("Deleted: %(name)s.", name=state.name))
    return redirect(url_for("plans.index", estate=estate), HTTPStatus.SEE_OTHER)


def _enter(staging_id: str) -> StagingState:
    state = staging.staging_of(store(), me(), staging_id)
    visit(state.estate_id, "plans")
    return state


def _new_page(found: Estate, form: Form, once: str) -> str:
    periods = [
        [one for one in form.controls if one.name in _names(form, number)] for number in NUMBERS
    ]
    used = max(
        (at for at, rows in enumerate(periods, 1) if any(one.value or one.error for one in rows)),
        default=1,
    )
    return render_template(
        "plans/stages_new.html",
        form=form,
        periods=periods,
        used=used,
        once=once,
        problems=ready.problems(found),
    )


def _names(form: Form, number: int) -> set[str]:
    """Return the names of the fields of a period."""
    own = {f"{part}{number}" for part in ("called", "from", "growth")}
    return own | {one.name for one in form.controls if one.name.startswith(f"leave{number}-")}
