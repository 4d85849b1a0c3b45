"""A floor traced by hand: its picture, the picture's scale, outline, core and rooms."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from flask import Blueprint, Response, flash, g, redirect, render_template, request, url_for

from planner.domain.calibration import calibrated
from planner.errors import Conflict, InvalidInput, NotFound
from planner.services import backdrops, tracing
from planner.services.access import Right
from planner.web.access import me, need, store
from planner.web.forms.reshape import cut_out, join_same
from planner.web.forms.scale import ScaleForm, lengths_of, read_scale, scale_form
from planner.web.forms.trace import TraceForm, form_of, read_form, trace_of
from planner.web.navigation import visit
from planner.web.show.trace import trace_page
from planner.web.versions import version_sent

if TYPE_CHECKING:
    from planner.domain.estate import Estate

bp = Blueprint("trace", __name__)

_ADD: Final = {"add-room": "room", "add-core": "core", "add-gross": "gross"}


@bp.get("/estates/<estate>/floors/<floor>/trace")
def page(estate: str, floor: str) -> str:
    """Show the floor as it is stored, to be drawn over its picture or by its corners."""
    found = _visit(estate, floor)
    form = form_of(found, floor)
    if "take" in request.args:
        under = backdrops.picture_of(store(), me(), estate, floor)
        form = form if under is None else form.with_sketches(under)
    return _page(found, floor, form)


@bp.post("/estates/<estate>/floors/<floor>/trace")
def save(estate: str, floor: str) -> Any:
    """Store the floor; or add an empty shape, or only check, and show the form again."""
    found = _visit(estate, floor)
    form = read_form(dict(request.form), request.form.getlist("block"), g.speech)
    wish = request.form.get("do", "store")
    if wish in _ADD or wish == "join" or wish.startswith("cut-"):
        return _reshaped(found, floor, form, wish)
    if not form.is_right:
        return _page(found, floor, form), HTTPStatus.UNPROCESSABLE_ENTITY
    trace = trace_of(form, g.speech)
    try:
        if wish == "check":
            return _page(found, floor, form, tracing.traced(found, floor, trace))
        stored = tracing.store_trace(store(), me(), estate, floor, trace, version_sent())
    except InvalidInput as refusal:
        return _page(found, floor, form.told(refusal, g.speech)), HTTPStatus.UNPROCESSABLE_ENTITY
    except Conflict as refusal:
        visit(estate, "estate")
        told = form.told(refusal, g.speech)
        return _page(found, floor, told), HTTPStatus.CONFLICT
    del stored
    flash(g.speech._("Floor %(floor)s was stored as traced.", floor=floor))
    return redirect(url_for("estate.floor", estate=estate, floor=floor), HTTPStatus.SEE_OTHER)


def _reshaped(found: Estate, floor: str, form: TraceForm, wish: str) -> Any:
    """Show the form with an empty shape more, or rooms cut or joined; nothing is stored."""
    if wish in _ADD:
        return _page(found, floor, form.with_block(_ADD[wish]))
    try:
        if wish == "join":
            return _page(found, floor, join_same(form, g.speech))
        return _page(found, floor, cut_out(form, wish.removeprefix("cut-"), g.speech))
    except InvalidInput as refusal:
        return _page(found, floor, form.told(refusal, g.speech)), HTTPStatus.UNPROCESSABLE_ENTITY


@bp.post("/estates/<estate>/floors/<floor>/copy-outline")
def copy(estate: str, floor: str) -> Any:
    """Give the outline and core to other floors that look the same."""
    found = _visit(estate, floor)
    targets = request.form.getlist("target")
    try:
        tracing.copy_outline(
            store(),
            me(),
            estate,
            floor,
            targets,
            version_sent(),
            rooms="rooms" in request.form,
        )
    except InvalidInput as refusal:
        form = form_of(found, floor).told(refusal, g.speech)
        return _page(found, floor, form), HTTPStatus.UNPROCESSABLE_ENTITY
    flash(
        g.speech.n(
            "The outline was copied to %(count)s floor.",
            "The outline was copied to %(count)s floors.",
            len(targets),
        )
    )
    return redirect(url_for("trace.page", estate=estate, floor=floor), HTTPStatus.SEE_OTHER)


@bp.get("/estates/<estate>/floors/<floor>/picture.png")
def picture(estate: str, floor: str) -> Response:
    """Send the picture beneath a floor, which we drew ourselves."""
    visit(estate, "estate")
    answer = Response(backdrops.picture_png(store(), me(), estate, floor), mimetype="image/png")
    answer.headers["Cache-Control"] = "private, max-age=3600"
    return answer


@bp.post("/estates/<estate>/floors/<floor>/picture/remove")
def remove(estate: str, floor: str) -> Any:
    """Take the picture away; what was traced stays."""
    _visit(estate, floor)
    backdrops.remove_picture(store(), me(), estate, floor)
    flash(g.speech._("The picture was taken away; what was traced stays."))
    return redirect(url_for("trace.page", estate=estate, floor=floor), HTTPStatus.SEE_OTHER)


@bp.get("/estates/<estate>/floors/<floor>/scale")
def scale(estate: str, floor: str) -> str:
    """Ask for two known lengths on the picture."""
    found = _visit(estate, floor)
    under = backdrops.picture_of(store(), me(), estate, floor)
    known = None if under is None else under.calibration
    return _scale_page(found, floor, scale_form(known, g.speech))


@bp.post("/estates/<estate>/floors/<floor>/scale")
def set_scale(estate: str, floor: str) -> Any:
    """Give the picture its scale, unless the two lengths disagree."""
    found = _visit(estate, floor)
    under = backdrops.picture_of(store(), me(), estate, floor)
    if under is None:
        raise NotFound(g.speech._("This floor has no picture yet; upload one first."))
    form = read_scale(dict(request.form), g.speech)
    if not form.form.is_right:
        return _scale_page(found, floor, form), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        first, check, origin = lengths_of(form, g.speech)
        known = calibrated(first, check, under.height_px, origin)
    except InvalidInput as refusal:
        answer = _scale_page(found, floor, form.told(refusal, g.speech))
        return answer, HTTPStatus.UNPROCESSABLE_ENTITY
    backdrops.calibrate(store(), me(), estate, floor, known)
    size = under.width_px * known.metres_per_px, under.height_px * known.metres_per_px
    flash(
        g.speech._(
            "The picture is %(wide)s by %(high)s metres. Draw the outline of the floor next.",
            wide=g.speech.number(round(size[0])),
            high=g.speech.number(round(size[1])),
        )
    )
    drawn = any(one.floor == floor and one.outline for one in found.spaces)
    take = "sketch" if under.sketch and not drawn else None
    target = url_for("trace.page", estate=estate, floor=floor, take=take)
    return redirect(target, HTTPStatus.SEE_OTHER)


def _visit(estate: str, floor: str) -> Estate:
    found = visit(estate, "estate")
    need(Right.EDIT)
    if floor not in found.floor_of:
        raise NotFound(g.speech._("There is no floor “%(code)s”.", code=floor))
    return found


def _page(found: Estate, floor: str, form: TraceForm, draft: Any = None) -> str:
    under = backdrops.picture_of(store(), me(), g.here.id, floor)
    return render_template(
        "estate/trace.html",
        estate=found,
        floor=found.floor_of[floor],
        form=form,
        under=under,
        shown=trace_page(found, floor, form, g.speech, draft),
    )


def _scale_page(found: Estate, floor: str, form: ScaleForm) -> str:
    under = backdrops.picture_of(store(), me(), g.here.id, floor)
    if under is None:
        raise NotFound(g.speech._("This floor has no picture yet; upload one first."))
    return render_template(
        "estate/scale.html", estate=found, floor=found.floor_of[floor], scale=form, under=under
    )
