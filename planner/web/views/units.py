"""Lettable units of a floor: rooms are clicked or ticked, measured, and given a name."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for

from planner.errors import InvalidInput, NotFound
from planner.reports.drawings.canvas import screen
from planner.reports.drawings.floor import floor_key
from planner.reports.drawings.floorpaint import units_painter
from planner.services import units
from planner.services.access import Right
from planner.web.access import me, need, store
from planner.web.navigation import visit
from planner.web.show.areas import estimate_row
from planner.web.show.pictures import floor_picture
from planner.web.versions import version_sent

if TYPE_CHECKING:
    from planner.domain.estate import Estate

bp = Blueprint("units", __name__)


@bp.get("/estates/<estate>/floors/<floor>/units")
def page(estate: str, floor: str) -> str:
    """Show the floor by unit; rooms named in the address are chosen and measured."""
    found = _visit(estate, floor)
    return _page(found, floor, request.args.getlist("room"))


@bp.post("/estates/<estate>/floors/<floor>/units")
def assign(estate: str, floor: str) -> Any:
    """Make the chosen rooms a unit, or take them out of theirs; or only measure them."""
    found = _visit(estate, floor)
    numbers = request.form.getlist("room")
    wish = request.form.get("do", "unit")
    name = "" if wish == "clear" else request.form.get("unit", "").strip()
    if wish == "measure":
        return _page(found, floor, numbers, name)
    if wish == "unit" and not name:
        refusal = g.speech._("Give the unit a name, for example west.")
        return _page(found, floor, numbers, name, refusal), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        units.set_unit(store(), me(), estate, floor, numbers, name, version_sent())
    except InvalidInput as refusal:
        answer = _page(found, floor, numbers, name, "; ".join(g.speech.told(refusal)))
        return answer, HTTPStatus.UNPROCESSABLE_ENTITY
    flash(
        g.speech._("Unit %(name)s was stored.", name=name)
        if name
        else g.speech._("The rooms belong to no unit now.")
    )
    return redirect(url_for("units.page", estate=estate, floor=floor), HTTPStatus.SEE_OTHER)


def _visit(estate: str, floor: str) -> Estate:
    found = visit(estate, "estate")
    need(Right.EDIT)
    if floor not in found.floor_of:
        raise NotFound(g.speech._("There is no floor “%(code)s”.", code=floor))
    return found


def _page(found: Estate, floor: str, numbers: list[str], name: str = "", refusal: str = "") -> str:
    paint = units_painter(found, floor, g.speech)
    own = [space for space in found.spaces if space.floor == floor]
    chosen = frozenset(numbers) & {space.number for space in own}
    whole = units.measure(found, floor, chosen or {space.number for space in own})
    return render_template(
        "estate/units.html",
        estate=found,
        floor=found.floor_of[floor],
        spaces=own,
        chosen=chosen,
        name=name,
        refusal=refusal,
        picture=floor_picture(found, floor, g.speech, "units", paint) if own else None,
        legend=floor_key(paint, g.speech, canvas=screen(800, "units-key")),
        estimates=[estimate_row(one, g.speech) for one in whole],
        units=[unit for unit in found.units if unit.floor.code == floor],
    )
