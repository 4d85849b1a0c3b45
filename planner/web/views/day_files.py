"""Attendance files: upload, look, say what a column holds, store or drop."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from flask import Blueprint, flash, g, redirect, render_template, request, url_for

from planner.errors import Conflict, InvalidInput
from planner.importers.attendance.synonyms import SYNONYMS
from planner.services import presence, taking_in
from planner.services.access import Right
from planner.services.saying import LEFT_OUT, Said
from planner.web.access import me, need, store
from planner.web.navigation import visit
from planner.web.show.day_file import day_file_page, field_options, kind_options
from planner.web.versions import version_sent

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planner.services.presence import Review

bp = Blueprint("day_files", __name__)

_LONGEST: Final = 60
_PLAIN: Final = (
    "kind",
    "date_order",
    "first_day",
    "month",
    "timezone",
    "clock",
    "tailgating",
    "devices",
)


@bp.post("/estates/<estate>/attendance/files")
def receive(estate: str) -> Any:
    """Keep a file for review; its source's answers of the last time are taken over."""
    visit(estate, "attendance")
    need(Right.EDIT)
    file = request.files.get("file")
    if file is None or not file.filename:
        flash(g.speech._("No file was chosen."))
        return _back(estate)
    source = request.form.get("source", "").strip()[:_LONGEST] or g.speech._("Attendance")
    try:
        found = presence.receive(store(), me(), estate, file.read(), file.filename, source)
    except (InvalidInput, Conflict) as refusal:
        flash(" ".join(g.speech.told(refusal)))
        return _back(estate)
    return redirect(_address(estate, found), HTTPStatus.SEE_OTHER)


@bp.get("/estates/<estate>/attendance/files/<day_file>")
def page(estate: str, day_file: str) -> Any:
    """Show what a file yields as things are said; a long one is read by a worker first."""
    visit(estate, "attendance")
    need(Right.EDIT)
    if presence.waiting_file(store(), me(), estate, day_file).needs_worker:
        return _waited_for(taking_in.ask_days(store(), me(), estate, day_file))
    return _page(estate, day_file)


@bp.post("/estates/<estate>/attendance/files/<day_file>")
def say(estate: str, day_file: str) -> Any:
    """Keep what was said and read the file again."""
    visit(estate, "attendance")
    need(Right.EDIT)
    if presence.waiting_file(store(), me(), estate, day_file).needs_worker:
        return redirect(_address(estate, day_file), HTTPStatus.SEE_OTHER)
    found = presence.review(store(), me(), estate, day_file)
    presence.say(store(), me(), estate, day_file, _said(found))
    return redirect(_address(estate, day_file), HTTPStatus.SEE_OTHER)


@bp.post("/estates/<estate>/attendance/files/<day_file>/store")
def keep(estate: str, day_file: str) -> Any:
    """Store what the file yields; of a long one, a worker does."""
    visit(estate, "attendance")
    need(Right.EDIT)
    version, file = version_sent(), presence.waiting_file(store(), me(), estate, day_file)
    if file.is_long:
        return _waited_for(taking_in.ask_days(store(), me(), estate, day_file, version))
    try:
        stored = presence.confirm(store(), me(), estate, day_file, version)
    except InvalidInput as refusal:
        return _page(estate, day_file, refusal), HTTPStatus.UNPROCESSABLE_ENTITY
    flash(stored_words(stored.records))
    return _back(estate)


def stored_words(records: int) -> str:
    """Return what was stored of an attendance file."""
    said: str = g.speech.n(
        "%(count)s day of a team or floor was stored.",
        "%(count)s days of teams or floors were stored.",
        records,
    )
    return said


@bp.post("/estates/<estate>/attendance/files/<day_file>/drop")
def drop(estate: str, day_file: str) -> Any:
    """Drop a file that waits."""
    visit(estate, "attendance")
    need(Right.EDIT)
    presence.drop(store(), me(), estate, day_file)
    flash(g.speech._("The file was dropped; nothing of it was stored."))
    return _back(estate)


def _page(estate: str, day_file: str, refusal: InvalidInput | None = None) -> str:
    found = visit(estate, "attendance")
    need(Right.EDIT)
    review = presence.review(store(), me(), estate, day_file)
    return render_template(
        "attendance/file.html",
        estate=found,
        review=review,
        shown=day_file_page(review, found, g.speech),
        fields=field_options(g.speech),
        kinds=kind_options(g.speech),
        left_out=LEFT_OUT,
        said=review.said,
        lines=_lines,
        problems=() if refusal is None else refusal.problems,
    )


def _said(found: Review) -> Said:
    """Return the answers that the form holds."""
    form = request.form
    preview = found.look.preview
    headings = preview.headings if preview else ()
    # One field is read from one column; of two that claim it, the first.
    mapping: dict[str, str] = {}
    for at, heading in enumerate(headings):
        field = form.get(f"column-{at}", "")
        if field in SYNONYMS and heading:
            mapping.setdefault(field, heading)
    shown = any(f"column-{at}" in form for at in range(len(headings)))
    return Said(
        **{name: form.get(name, "").strip()[:_LONGEST] for name in _PLAIN},
        mapping=mapping if shown else found.said.mapping,
        codes=_pairs(form.get("codes", ""), "="),
        doors=_pairs(form.get("doors", ""), "="),
        roster=_pairs(form.get("roster", ""), ","),
        sites=_pairs(form.get("sites", ""), ","),
        teams={**found.said.teams, **_matches("team", found.names.asked_teams)},
        floors={**found.said.floors, **_matches("floor", found.names.asked_floors)},
    )


def _matches(what: str, names: Iterable[str]) -> dict[str, str]:
    told = {name: request.form.get(f"{what}-{at}", "") for at, name in enumerate(names)}
    return {name: code for name, code in told.items() if code}


def _pairs(text: str, mark: str) -> dict[str, str]:
    """Return the lines `name MARK value` of a text area."""
    parts = [line.partition(mark) for line in text.splitlines() if mark in line]
    return {name.strip(): value.strip() for name, _, value in parts if name.strip()}


def _lines(pairs: dict[str, str], mark: str) -> str:
    return "\n".join(f"{name}{mark}{value}" for name, value in pairs.items())


def _waited_for(run: str) -> Any:
    return redirect(url_for("intakes.page", run=run), HTTPStatus.SEE_OTHER)


def _address(estate: str, day_file: str) -> str:
    return url_for("day_files.page", estate=estate, day_file=day_file)


def _back(estate: str) -> Any:
    return redirect(url_for("attendance.page", estate=estate), HTTPStatus.SEE_OTHER)
