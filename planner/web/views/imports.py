"""A plan file on its way: read while one waits, reviewed, then confirmed or rejected."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from flask import (
    Blueprint,
    Response,
    flash,
    g,
    redirect,
    render_template,
    request,
    url_for,
)

from planner.errors import Conflict, InvalidInput, NotFound
from planner.services import backdrops, plan_files, reviewing, taking_in
from planner.services.access import Right
from planner.web.access import me, need, store
from planner.web.forms.review import read_choices, read_review, review_form
from planner.web.navigation import visit
from planner.web.show.review import review_page
from planner.web.versions import version_sent

if TYPE_CHECKING:
    from planner.domain.drafts import Draft
    from planner.domain.estate import Estate
    from planner.importers.plans import Backdrop, PlanReport
    from planner.services.plan_files import PlanFile
    from planner.services.reviewing import FloorChoice
    from planner.web.forms.review import ReviewForm

bp = Blueprint("imports", __name__)


@bp.get("/estates/<estate>/imports/<file>")
def page(estate: str, file: str) -> Any:
    """Show how the reading stands, why it was refused, or what it yields."""
    found, known = _visit(estate, file)
    if known.state in {"confirmed", "rejected"}:
        return redirect(url_for("estate.stack", estate=estate))
    if known.state == "reading" and not taking_in.plan_is_read(store(), me(), estate, file):
        known = plan_files.get(store(), me(), estate, file)
        if known.state == "reading":
            taking_in.ask_plan(store(), me(), estate, file)
    report = known.report
    if report is None:
        return render_template("imports/waiting.html", file=known, estate=found)
    building = _building(found, known, report)
    choices = reviewing.proposed(found, report, building)
    form = review_form(choices, frozenset(found.floor_of))
    return _review(found, known, report, form, choices)


@bp.get("/estates/<estate>/imports/<file>/live")
def live(estate: str, file: str) -> Any:
    """Answer the poll: the changing part; load the page again when the reading has ended."""
    found, known = _visit(estate, file)
    answer = render_template("imports/reading.html", file=known, estate=found)
    if known.state == "reading" and taking_in.plan_is_read(store(), me(), estate, file):
        return answer
    return answer, HTTPStatus.OK, {"HX-Redirect": url_for("imports.page", estate=estate, file=file)}


@bp.post("/estates/<estate>/imports/<file>")
def decide(estate: str, file: str) -> Any:
    """Store the floors as corrected; or only show what the corrections make of them."""
    found, known = _visit(estate, file)
    report = known.report
    if report is None:
        return redirect(url_for("imports.page", estate=estate, file=file), HTTPStatus.SEE_OTHER)
    form, choices = read_review(dict(request.form), report, g.speech)
    if not form.is_right or request.form.get("do") == "check":
        status = HTTPStatus.OK if form.is_right else HTTPStatus.UNPROCESSABLE_ENTITY
        return _review(found, known, report, form, choices), status
    building = request.form.get("building", "")
    try:
        reviewing.confirm(store(), me(), estate, file, building, choices, version_sent())
    except InvalidInput as refusal:
        answer = _review(found, known, report, form.told(refusal, g.speech), choices)
        return answer, HTTPStatus.UNPROCESSABLE_ENTITY
    except Conflict as refusal:
        found = visit(estate, "estate")
        told = form.told(refusal, g.speech)
        return _review(found, known, report, told, choices), HTTPStatus.CONFLICT
    flash(g.speech._("%(name)s was stored as reviewed.", name=known.file_name))
    taken = [choice.target for choice in choices if choice.take]
    target = url_for("estate.stack", estate=estate)
    if len(taken) == 1:
        target = url_for("estate.floor", estate=estate, floor=taken[0])
    return redirect(target, HTTPStatus.SEE_OTHER)


@bp.post("/estates/<estate>/imports/<file>/again")
def again(estate: str, file: str) -> Any:
    """Read the file once more with another profile, unit, layers or columns."""
    _visit(estate, file)
    plan_files.read_again(store(), me(), estate, file, read_choices(request.form))
    taking_in.ask_plan(store(), me(), estate, file)
    return redirect(url_for("imports.page", estate=estate, file=file), HTTPStatus.SEE_OTHER)


@bp.post("/estates/<estate>/imports/<file>/reject")
def reject(estate: str, file: str) -> Any:
    """Decide against the file; nothing of it is stored."""
    _, known = _visit(estate, file)
    taking_in.put_aside(store(), me(), estate, file)
    flash(g.speech._("%(name)s was rejected; nothing of it was stored.", name=known.file_name))
    return redirect(url_for("uploads.page", estate=estate), HTTPStatus.SEE_OTHER)


@bp.post("/estates/<estate>/imports/<file>/trace/<int:at>")
def trace(estate: str, file: str, at: int) -> Any:
    """Lay a picture of the file beneath a floor, to trace rooms over it."""
    found, known = _visit(estate, file)
    backdrop = _picture(known, at)
    floor = request.form.get("floor", "")
    if floor not in found.floor_of:
        flash(g.speech._("Choose the floor that this picture shows."))
        return redirect(url_for("imports.page", estate=estate, file=file), HTTPStatus.SEE_OTHER)
    rooms = () if known.report is None else known.report.floors[at].spaces
    backdrops.put_picture(store(), me(), estate, floor, backdrop, known.file_name, rooms)
    page = "trace.scale" if backdrop.metres_per_px is None else "trace.page"
    return redirect(url_for(page, estate=estate, floor=floor), HTTPStatus.SEE_OTHER)


@bp.get("/estates/<estate>/imports/<file>/picture-<int:at>.png")
def picture(estate: str, file: str, at: int) -> Response:
    """Send a picture of the file, which we drew ourselves."""
    _, known = _visit(estate, file)
    answer = Response(_picture(known, at).png, mimetype="image/png")
    answer.headers["Cache-Control"] = "private, max-age=3600"
    return answer


def _visit(estate: str, file: str) -> tuple[Estate, PlanFile]:
    found = visit(estate, "estate")
    need(Right.EDIT)
    return found, plan_files.get(store(), me(), estate, file)


def _picture(known: PlanFile, at: int) -> Backdrop:
    floors = () if known.report is None else known.report.floors
    found = floors[at].backdrop if at < len(floors) else None
    if found is None:
        raise NotFound(g.speech._("This file has no such picture."))
    return found


def _building(found: Estate, known: PlanFile, report: PlanReport) -> str:
    """Return the building that is meant, as far as that is clear."""
    if known.building in found.building_of:
        return known.building
    if known.floor in found.floor_of:
        return found.floor_of[known.floor].building
    named = [one.code for one in found.buildings if report.building in {one.code, one.name}]
    return named[0] if len(named) == 1 else next(iter(found.building_of), "")


def _review(
    found: Estate,
    known: PlanFile,
    report: PlanReport,
    form: ReviewForm,
    choices: tuple[FloorChoice, ...],
) -> str:
    building = request.form.get("building", "") or _building(found, known, report)
    drafts: tuple[Draft, ...] = ()
    if form.is_right:
        try:
            drafts = reviewing.drafts_from(found, report, building, choices)
        except InvalidInput as refusal:
            form = form.told(refusal, g.speech)
    shown = review_page(found, report, choices, drafts, g.speech)
    return render_template(
        "imports/review.html",
        estate=found,
        file=known,
        report=report,
        form=form,
        building=building,
        shown=shown,
        asked=request.method == "POST",
    )
