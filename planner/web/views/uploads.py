"""Files for an estate: a new workbook, floor plans, attendance."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from flask import Blueprint, flash, g, redirect, render_template, request, url_for

from planner.errors import InvalidInput
from planner.services import estates, plan_files
from planner.services.access import Right
from planner.web.access import me, need, store
from planner.web.navigation import visit
from planner.web.versions import version_sent
from planner.web.views.imports import begin

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner.services.estates import Stored

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
    """Replace the whole estate by a workbook."""
    return _take(
        estate,
        lambda data, name, version: estates.import_workbook(
            store(), me(), data, name, estate, version
        ),
    )


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
    begin(ident)
    return redirect(url_for("imports.page", estate=estate, file=ident), HTTPStatus.SEE_OTHER)


def _take(estate: str, take: Callable[[bytes, str, int], Stored]) -> Any:
    """Store one file, or show the page again with everything that is wrong with it."""
    found = visit(estate, "estate")
    need(Right.EDIT)
    file = request.files.get("file")
    if file is None or not file.filename:
        missing = InvalidInput(g.speech._("No file was chosen."))
        return _page(found, missing), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        stored = take(file.read(), file.filename, version_sent())
    except InvalidInput as refusal:
        return _page(found, refusal, file.filename), HTTPStatus.UNPROCESSABLE_ENTITY
    flash(
        g.speech.n(
            "%(name)s: %(count)s record was stored.",
            "%(name)s: %(count)s records were stored.",
            stored.records,
            name=file.filename,
        )
    )
    return redirect(url_for("data.index", estate=estate), HTTPStatus.SEE_OTHER)


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
