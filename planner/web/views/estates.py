"""The owner's estates: the list, a new one by form, workbook or demo."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from flask import Blueprint, g, redirect, render_template, request, session, url_for

from planner.demo import demo_estate
from planner.domain.records import Header
from planner.errors import InvalidInput
from planner.services import estates, taking_in
from planner.services.access import Right
from planner.services.uploads import takes_long
from planner.web.access import me, need, store
from planner.web.forms import Control, Form, RecordForm
from planner.web.forms.countries import with_choices
from planner.web.forms.refusals import told
from planner.web.navigation import forget, stand_in, visit
from planner.web.versions import version_sent

bp = Blueprint("estates", __name__)

_DEMO_SEED = 1
_WORKBOOK = ".xlsx,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get("/")
def start() -> Any:
    """Go to the estate visited last, else to the only one, else to the list."""
    known = [one.id for one in estates.list_estates(store(), me())]
    last = session.get("estate")
    if last in known or len(known) == 1:
        return redirect(url_for("today.page", estate=last if last in known else known[0]))
    return redirect(url_for("estates.index"))


@bp.get("/estates")
def index() -> Any:
    """List the estates, or teach how to begin."""
    found = estates.list_estates(store(), me())
    if not found:
        forget()
    return render_template("estate/list.html", estates=found)


@bp.route("/estates/new", methods=["GET", "POST"])
def new() -> Any:
    """Create an empty estate from its first facts."""
    need(Right.EDIT)
    stand_in("estate")
    fields = RecordForm(Header, g.speech)
    if request.method == "GET":
        first = {**_indonesian(), "owner": me().owner_name, "language": g.speech.language}
        form = with_choices(fields.blank().filled(first), g.speech)
        return render_template("estate/new.html", form=form)
    form, values = fields.read(request.form)
    form = with_choices(form, g.speech)
    if values is None:
        return render_template("estate/new.html", form=form), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        stored = estates.create_estate(store(), me(), Header(**values))
    except InvalidInput as refusal:
        page = render_template("estate/new.html", form=told(form, refusal, g.speech))
        return page, HTTPStatus.UNPROCESSABLE_ENTITY
    return redirect(url_for("guide.page", estate=stored.estate_id), HTTPStatus.SEE_OTHER)


@bp.route("/estates/upload", methods=["GET", "POST"])
def upload() -> Any:
    """Store a workbook as a new estate, or list everything that is wrong with it."""
    need(Right.EDIT)
    stand_in("estate")
    form = upload_form()
    if request.method == "GET":
        return render_template("estate/upload.html", form=form, problems=())
    file = request.files.get("file")
    if file is None or not file.filename:
        form = form.told({"file": g.speech._("No file was chosen. Choose an estate workbook.")})
        page = render_template("estate/upload.html", form=form, problems=())
        return page, HTTPStatus.UNPROCESSABLE_ENTITY
    data = file.read()
    if takes_long(file.filename, len(data)):
        run = taking_in.ask_workbook(store(), me(), data, file.filename)
        return redirect(url_for("intakes.page", run=run), HTTPStatus.SEE_OTHER)
    try:
        stored = estates.import_workbook(store(), me(), data, file.filename)
    except InvalidInput as refusal:
        page = render_template("estate/upload.html", form=form, problems=refusal.problems)
        return page, HTTPStatus.UNPROCESSABLE_ENTITY
    return redirect(url_for("today.page", estate=stored.estate_id), HTTPStatus.SEE_OTHER)


@bp.post("/estates/demo")
def demo() -> Any:
    """Store the demo campus as an estate of this owner."""
    need(Right.EDIT)
    stored = estates.add_estate(store(), me(), demo_estate(_DEMO_SEED))
    session["tour"] = 0
    return redirect(url_for("today.page", estate=stored.estate_id), HTTPStatus.SEE_OTHER)


@bp.route("/estates/<estate>/delete", methods=["GET", "POST"])
def delete(estate: str) -> Any:
    """Ask, then delete an estate with its plans."""
    found = visit(estate, "estate")
    need(Right.EDIT)
    if request.method == "GET":
        return render_template("estate/delete.html", estate=found)
    if request.form.get("name", "").strip() != found.header.name:
        raise InvalidInput(
            g.speech._(
                "To delete it, type its name exactly as it is: %(name)s.", name=found.header.name
            )
        )
    estates.delete_estate(store(), me(), estate, version_sent())
    forget()
    return redirect(url_for("estates.index"), HTTPStatus.SEE_OTHER)


def upload_form(label: str = "") -> Form:
    """Return the form that takes a workbook."""
    _ = g.speech._
    return Form(
        (
            Control(
                "file",
                label or _("Estate workbook"),
                "file",
                help=_("An .xlsx file like the template, at most 20 MB."),
                required=True,
                accept=_WORKBOOK,
            ),
        )
    )


def _indonesian() -> dict[str, str]:
    """Return the first facts as most who begin will want them."""
    return {"country": "ID", "currency": "IDR", "owner_kind": "regional", "area_unit": "m2"}
