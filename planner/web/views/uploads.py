"""Files for an estate: a new workbook, floor plans, attendance."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, Final

from flask import Blueprint, flash, g, redirect, render_template, request, url_for

from planner.errors import InvalidInput
from planner.services import estates, plan_files, taking_in
from planner.services.access import Right
from planner.services.uploads import takes_long
from planner.web.access import me, need, store
from planner.web.navigation import visit
from planner.web.versions import version_sent

bp = Blueprint("uploads", __name__)

PLAN_FILES: Final = (
    ".ifc,.ifczip,.dxf,.dwg,.svg,.pdf,.png,.jpg,.jpeg,.geojson,.json,.xlsx,.csv,.xml,.gbxml,"
    ".imdf,.zip"
)
DAY_FILES: Final = ".csv,.txt,.xlsx,.gz"


@bp.get("/estates/<estate>/upload")
def page(estate: str) -> str:
    """Show the three kinds of files."""
    found = visit(estate, "estate")
    need(Right.EDIT)
    return _page(found)


@bp.post("/estates/<estate>/upload/workbook")
def workbook(estate: str) -> Any:
    """Replace the whole estate by a workbook, or list everything that is wrong with it."""
    found = visit(estate, "estate")
    need(Right.EDIT)
    file = request.files.get("file")
    if file is None or not file.filename:
        missing = InvalidInput(g.speech._("No file was chosen."))
        return _page(found, missing), HTTPStatus.UNPROCESSABLE_ENTITY
    data, name, version = file.read(), file.filename, version_sent()
    if takes_long(name, len(data)):
        run = taking_in.ask_workbook(store(), me(), data, name, estate, version)
        return redirect(url_for("intakes.page", run=run), HTTPStatus.SEE_OTHER)
    try:
        stored = estates.import_workbook(store(), me(), data, name, estate, version)
    except InvalidInput as refusal:
        return _page(found, refusal, name), HTTPStatus.UNPROCESSABLE_ENTITY
    flash(stored_words(name, stored.records))
    return redirect(url_for("data.index", estate=estate), HTTPStatus.SEE_OTHER)


def stored_words(name: str, records: int) -> str:
    """Return what was stored of a workbook."""
    said: str = g.speech.n(
        "%(name)s: %(count)s record was stored.",
        "%(name)s: %(count)s records were stored.",
        records,
        name=name,
    )
    return said


@bp.post("/estates/<estate>/upload/floor-plan")
def floor_plan(estate: str) -> Any:
    """Take in a plan file; what it yields is reviewed before anything is stored."""
    found = visit(estate, "estate")
    need(Right.EDIT)
    file = request.files.get("file")
    if file is None or not file.filename:
        missing = InvalidInput(g.speech._("No file was chosen."))
        return _page(found, missing), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        ident = plan_files.ask(
            store(),
            me(),
            estate,
            file.read(),
            file.filename,
            building=request.form.get("building", "").strip(),
            floor=request.form.get("floor", "").strip(),
        )
    except InvalidInput as refusal:
        return _page(found, refusal, file.filename), HTTPStatus.UNPROCESSABLE_ENTITY
    taking_in.ask_plan(store(), me(), estate, ident)
    return redirect(url_for("imports.page", estate=estate, file=ident), HTTPStatus.SEE_OTHER)


def _page(found: Any, refusal: InvalidInput | None = None, name: str = "") -> str:
    return render_template(
        "estate/uploads.html",
        estate=found,
        problems=() if refusal is None else refusal.problems,
        file_name=name,
        plan_files=PLAN_FILES,
        waiting=plan_files.waiting(store(), me(), g.here.id),
        floor=request.args.get("floor", ""),
        day_files=DAY_FILES,
    )
