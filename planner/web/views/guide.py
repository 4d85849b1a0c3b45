"""The guided first steps of an estate, and the tour of the demo."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from flask import Blueprint, g, redirect, render_template, request, session

from planner.services import plans, proposals
from planner.web.access import may, me, store
from planner.web.going import back
from planner.web.navigation import visit
from planner.web.show.guide import Guide, guide_of
from planner.web.show.tour import tour_at, tour_of

if TYPE_CHECKING:
    from planner.domain.estate import Estate
    from planner.web.show.tour import Tour

bp = Blueprint("guide", __name__)


@bp.get("/estates/<estate>/guide")
def page(estate: str) -> str:
    """Show all steps; whoever left the guide takes it up again here."""
    found = visit(estate, "estate")
    session.pop("guide-left", None)
    return render_template("guide/page.html", guide=_guide(found))


@bp.post("/estates/<estate>/guide/leave")
def leave(estate: str) -> Any:
    """Leave the guide; it is found again under More and on the page Data."""
    visit(estate, "estate")
    session["guide-left"] = estate
    return redirect(back(), HTTPStatus.SEE_OTHER)


@bp.post("/tour")
def tour() -> Any:
    """Go to a stop of the tour, or end it."""
    step = request.form.get("step", "")
    stop = tour_at(int(step), _tour_place()) if step.isdigit() else None
    if stop is None:
        session.pop("tour", None)
        return redirect(back(), HTTPStatus.SEE_OTHER)
    session["tour"] = stop.number
    return redirect(stop.url, HTTPStatus.SEE_OTHER)


def strip() -> Guide | None:
    """Return the guide for a page of an estate whose first plan is not made yet."""
    here = g.get("here")
    if here is None or here.generated or not may("edit") or request.endpoint == "guide.page":
        return None
    if session.get("guide-left") == here.id or g.get("estate") is None:
        return None
    guide = _guide(g.estate)
    return None if guide.over else guide


def touring() -> Tour | None:
    """Return the stop of the tour that the reader is at; None where no tour goes on."""
    if "tour" not in session or g.get("actor") is None:
        return None
    return tour_of(session["tour"], _tour_place())


def _guide(found: Estate) -> Guide:
    made = plans.list_plans(store(), me(), g.here.id)
    proposed = made and any(one.estate_id == g.here.id for one in proposals.search(store(), me()))
    return guide_of(found, g.here.id, len(made), g.speech, proposed=bool(proposed))


def _tour_place() -> tuple[str, str] | None:
    """Return the estate of the tour and its newest plan, "" without one."""
    estate = session.get("estate")
    if not estate:
        return None
    made = plans.list_plans(store(), me(), estate)
    return estate, made[0].id if made else ""


@bp.app_context_processor
def _beside_every_page() -> dict[str, Any]:
    return {"guide_strip": strip, "touring": touring}
