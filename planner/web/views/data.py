"""The records of an estate: every sheet as a list and a form, alike for all."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from flask import Blueprint, Response, flash, g, redirect, render_template, request, url_for

from planner.domain.records import Header
from planner.errors import Conflict, InvalidInput, NotFound
from planner.services import estates, records
from planner.services.access import Right
from planner.services.records import KEYS
from planner.web import ready
from planner.web.access import may, me, need, store
from planner.web.forms import Form, RecordForm
from planner.web.forms.refusals import told
from planner.web.navigation import visit
from planner.web.paging import page_of
from planner.web.show.rows import heads_of, rows_of
from planner.web.show.sheets import Sheet, called, known_codes, records_of, sheet_of, sheets_of
from planner.web.versions import version_sent

if TYPE_CHECKING:
    from sqlmodel import SQLModel

    from planner.domain.estate import Estate

bp = Blueprint("data", __name__)

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get("/template.xlsx")
def template() -> Response:
    """Send the empty workbook with headings, explanations and examples."""
    data = estates.template_workbook(g.speech.language)
    return _file(data, "estate-template.xlsx")


@bp.get("/estates/<estate>/data")
def index(estate: str) -> str:
    """Show what the estate holds, what is missing, and what changed."""
    found = visit(estate, "estate")
    return render_template(
        "estate/data.html",
        estate=found,
        sheets=sheets_of(g.speech),
        counts={name: len(records_of(found, name)) for name in sheets_of(g.speech)},
        problems=ready.problems(found),
        changes=tuple(estates.history(store(), me(), estate))[:12],
        can_undo=records.can_undo(store(), me(), estate),
    )


@bp.get("/estates/<estate>/workbook.xlsx")
def workbook(estate: str) -> Response:
    """Send the estate as a workbook."""
    found = visit(estate, "estate")
    name = " ".join(found.header.name.split())  # a name may have lines, a header may not
    return _file(estates.export_workbook(store(), me(), estate), f"{name}.xlsx")


@bp.post("/estates/<estate>/undo")
def undo(estate: str) -> Any:
    """Take back the last change."""
    visit(estate, "estate")
    need(Right.EDIT)
    records.undo(store(), me(), estate, version_sent())
    flash(g.speech._("The last change was taken back."))
    return redirect(url_for("data.index", estate=estate), HTTPStatus.SEE_OTHER)


@bp.route("/estates/<estate>/header", methods=["GET", "POST"])
def header(estate: str) -> Any:
    """Edit what holds for the whole estate."""
    found = visit(estate, "estate")
    sheet = Sheet("estate", g.speech._("The estate"), g.speech._("estate"), "", ())
    fields = RecordForm(Header, g.speech)
    if request.method == "GET":
        return _form_page(estate, sheet, fields.of(found.header), ())
    return _store(estate, sheet, fields, ())


@bp.get("/estates/<estate>/data/<name>")
def listing(estate: str, name: str) -> str:
    """List the records of a sheet, a page at a time."""
    found = visit(estate, "estate")
    sheet = sheet_of(name, g.speech)
    fields = RecordForm(sheet.model, g.speech)
    wanted = request.args.get("q", "").strip()
    every = records_of(found, name)
    page = page_of([one for one in every if _matches(one, wanted)] if wanted else every)
    return render_template(
        "estate/sheet.html",
        sheet=sheet,
        heads=heads_of(sheet, fields),
        rows=rows_of(page.rows, sheet, fields, KEYS[name] if may("edit") else None),
        total=len(every),
        page=page,
        q=wanted,
    )


@bp.route("/estates/<estate>/data/<name>/new", methods=["GET", "POST"])
def new(estate: str, name: str) -> Any:
    """Add a record."""
    found = visit(estate, "estate")
    need(Right.EDIT)
    sheet = sheet_of(name, g.speech)
    fields = _fields(found, sheet)
    if request.method == "GET":
        given = {key: value for key, value in request.args.items() if key != "q"}
        form = fields.blank()
        if given:
            form = form.filled({one.name: given.get(one.name, one.value) for one in form.controls})
        return _form_page(estate, sheet, form, None)
    return _store(estate, sheet, fields, None)


@bp.route("/estates/<estate>/data/<name>/edit", methods=["GET", "POST"])
def edit(estate: str, name: str) -> Any:
    """Change a record; a change by somebody else meanwhile is shown, not overwritten."""
    found = visit(estate, "estate")
    sheet = sheet_of(name, g.speech)
    fields = _fields(found, sheet)
    key = tuple(request.args.getlist("key"))
    if request.method == "GET":
        record = records.get_record(store(), me(), estate, name, key)
        return _form_page(estate, sheet, fields.of(record), key)
    return _store(estate, sheet, fields, key)


@bp.post("/estates/<estate>/data/<name>/cell")
def cell(estate: str, name: str) -> Any:
    """Change one field of a record where it stands in the list."""
    found = visit(estate, "estate")
    need(Right.EDIT)
    sheet = sheet_of(name, g.speech)
    fields = _fields(found, sheet)
    key, column = tuple(request.form.getlist("key")), request.form.get("field", "")
    record = records.get_record(store(), me(), estate, name, key)
    form = fields.of(record)
    if not form.has(column) or column in KEYS[name]:
        raise NotFound(g.speech._("There is no such field to change here."))
    typed = {one.name: one.value for one in form.controls}
    form, values = fields.read({**typed, column: request.form.get("value", "")})
    if values is None:
        said = form[column].error or form.wrong[0].error
        return {"said": said}, HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        stored = records.put_record(store(), me(), estate, name, key, values, version_sent())
    except InvalidInput as refusal:
        return {"said": " ".join(g.speech.told(refusal))}, HTTPStatus.UNPROCESSABLE_ENTITY
    except Conflict:
        now = fields.of(records.get_record(store(), me(), estate, name, key))[column].value
        who = next(iter(estates.history(store(), me(), estate)))
        said = g.speech._(
            "%(who)s changed this estate meanwhile. Stored here now: %(value)s. Reload the page, "
            "then change it again.",
            who=who[1],
            value=now or "\u2014",
        )
        return {"said": said}, HTTPStatus.CONFLICT
    chosen = next(one for one in fields.columns if one.name == column)
    return {
        "version": stored.version,
        "value": form[column].value,
        "text": fields.cell(chosen, values[column]),
        "said": g.speech._("Saved."),
    }


@bp.post("/estates/<estate>/data/<name>/delete")
def delete(estate: str, name: str) -> Any:
    """Delete a record that nothing else refers to; the last change can be taken back."""
    visit(estate, "estate")
    need(Right.EDIT)
    sheet = sheet_of(name, g.speech)
    key = tuple(request.form.getlist("key"))
    records.delete_record(store(), me(), estate, name, key, version_sent())
    flash(g.speech._("Deleted: %(name)s.", name=" ".join(key)), "undo")
    return redirect(url_for("data.listing", estate=estate, name=sheet.name), HTTPStatus.SEE_OTHER)


@bp.route("/estates/<estate>/data/<name>/paste", methods=["GET", "POST"])
def paste(estate: str, name: str) -> Any:
    """Store rows copied from a spreadsheet, all of them or none."""
    visit(estate, "estate")
    need(Right.EDIT)
    sheet = sheet_of(name, g.speech)
    text = request.form.get("rows", "")
    page = {"sheet": sheet, "fields": RecordForm(sheet.model, g.speech), "text": text}
    if request.method == "GET":
        return render_template("estate/paste.html", problems=(), **page)
    try:
        stored = records.bulk_paste(store(), me(), estate, name, text, version_sent())
    except InvalidInput as refusal:
        answer = render_template("estate/paste.html", problems=refusal.problems, **page)
        return answer, HTTPStatus.UNPROCESSABLE_ENTITY
    said = g.speech.n("%(count)s row was stored.", "%(count)s rows were stored.", stored.records)
    flash(said, "undo")
    return redirect(url_for("data.listing", estate=estate, name=name), HTTPStatus.SEE_OTHER)


def _store(estate: str, sheet: Sheet, fields: RecordForm, key: tuple[str, ...] | None) -> Any:
    """Store what the form says and go to the list, or show the form with what is wrong."""
    need(Right.EDIT)
    form, values = fields.read(request.form)
    if values is None:
        return _form_page(estate, sheet, form, key), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        records.put_record(store(), me(), estate, sheet.name, key, values, version_sent())
    except InvalidInput as refusal:
        page = _form_page(estate, sheet, told(form, refusal, g.speech), key)
        return page, HTTPStatus.UNPROCESSABLE_ENTITY
    except Conflict:
        return _conflict(estate, sheet, fields, form, key), HTTPStatus.CONFLICT
    flash(g.speech._("Saved."), "undo")
    if sheet.name == "estate":
        return redirect(url_for("data.index", estate=estate), HTTPStatus.SEE_OTHER)
    if "another" in request.form:
        return redirect(url_for("data.new", estate=estate, name=sheet.name), HTTPStatus.SEE_OTHER)
    return redirect(url_for("data.listing", estate=estate, name=sheet.name), HTTPStatus.SEE_OTHER)


def _conflict(
    estate: str, sheet: Sheet, fields: RecordForm, form: Form, key: tuple[str, ...] | None
) -> str:
    """Show both values of every field that differs; sending again stores the reader's."""
    visit(estate, "estate")
    theirs: Form | None = None
    if key is not None:
        try:
            theirs = fields.of(records.get_record(store(), me(), estate, sheet.name, key))
        except NotFound:
            theirs = None
    changes = tuple(estates.history(store(), me(), estate))[:1]
    return _form_page(estate, sheet, form, key, theirs=theirs, conflict=True, last=changes)


def _form_page(
    estate: str, sheet: Sheet, form: Form, key: tuple[str, ...] | None, **more: Any
) -> str:
    page: dict[str, Any] = {"theirs": None, "conflict": False, "last": ()} | more
    page["called"] = called(sheet, key or (), g.estate, g.speech)
    return render_template(
        "estate/record.html", estate_id=estate, sheet=sheet, form=form, key=key, **page
    )


def _fields(found: Estate, sheet: Sheet) -> RecordForm:
    return RecordForm(sheet.model, g.speech, known_codes(found, sheet.name))


def _matches(record: SQLModel, wanted: str) -> bool:
    text = " ".join(str(value) for value in record.model_dump().values() if value is not None)
    return wanted.casefold() in text.casefold()


def _file(data: bytes, name: str) -> Response:
    answer = Response(data, mimetype=XLSX)
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer
