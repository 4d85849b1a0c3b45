"""A file that a worker takes in: how far it is, a button to stop, everything wrong with it."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from flask import Blueprint, flash, g, redirect, render_template, url_for

from planner.services import taking_in
from planner.services.access import Right
from planner.web.access import me, need, now, store
from planner.web.navigation import stand_in, visit
from planner.web.show.intake import intake_page
from planner.web.views import day_files, uploads
from planner.web.views.runs import look

if TYPE_CHECKING:
    from planner.services.taking_in import Intake

bp = Blueprint("intakes", __name__)


@bp.get("/imports/<run>")
def page(run: str) -> Any:
    """Show how it stands; without scripts the page reloads itself."""
    state = _visit(run)
    if state.ended:
        look(state.ended_at)
    if state.state == "done":
        if state.stored is not None:
            said = uploads.stored_words(state.file_name, state.stored)
            flash(said if state.what == "workbook" else day_files.stored_words(state.stored))
        return redirect(_made(state), HTTPStatus.SEE_OTHER)
    return render_template("intakes/page.html", **_shown(state))


@bp.get("/imports/<run>/live")
def live(run: str) -> Any:
    """Answer the poll: the changing part; load the page again when it has ended."""
    state = _visit(run)
    answer = render_template("intakes/live.html", **_shown(state))
    if not state.ended:
        return answer
    return answer, HTTPStatus.OK, {"HX-Redirect": url_for("intakes.page", run=run)}


@bp.post("/imports/<run>/stop")
def stop(run: str) -> Any:
    """Stop it; nothing of the file is stored."""
    _visit(run)
    taking_in.stop(store(), me(), run)
    return redirect(url_for("intakes.page", run=run), HTTPStatus.SEE_OTHER)


def _visit(run: str) -> Intake:
    need(Right.EDIT)
    state = taking_in.intake_state(store(), me(), run)
    section = "attendance" if state.what in {"look", "days"} else "estate"
    if state.estate_id is None:
        stand_in(section)
    else:
        visit(state.estate_id, section)
    return state


def _shown(state: Intake) -> dict[str, Any]:
    return {
        "intake": state,
        "shown": intake_page(state, now(), g.speech),
        "again": _again(state),
    }


def _again(state: Intake) -> str:
    """Return where the file, mended, is handed in again."""
    if state.estate_id is None:
        return url_for("estates.upload")
    if state.what == "workbook":
        return url_for("uploads.page", estate=state.estate_id)
    return _made(state)


def _made(state: Intake) -> str:
    """Return where that stands which was made of the file."""
    estate, about = state.estate_id, state.about
    if state.what == "look":
        return url_for("day_files.page", estate=estate, day_file=about)
    if state.what == "plan":
        return url_for("imports.page", estate=estate, file=about)
    if state.what == "days":
        done = state.state == "done"
        return (
            url_for("attendance.page", estate=estate)
            if done
            else url_for("day_files.page", estate=estate, day_file=about)
        )
    return url_for("data.index", estate=estate)
