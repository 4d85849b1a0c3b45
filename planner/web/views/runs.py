"""A run while it works: named steps, best plan against the limit, a button to stop."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from flask import Blueprint, g, redirect, render_template, request, session, url_for

from planner.services import plans
from planner.services.access import Right
from planner.services.no_plan import no_plan_of
from planner.web import ready
from planner.web.access import me, need, now, store
from planner.web.going import back
from planner.web.navigation import visit
from planner.web.show.no_plan import ways_of
from planner.web.show.run import run_page

if TYPE_CHECKING:
    import datetime as dt

    from planner.domain.estate import Estate
    from planner.services.plans import RunState
    from planner.web.show.no_plan import Ways

bp = Blueprint("runs", __name__)


@bp.get("/runs/<run>")
def page(run: str) -> Any:
    """Show how a run stands; without scripts the page reloads itself."""
    state = plans.run_state(store(), me(), run)
    if state.kind == "document":
        return redirect(url_for("documents.order", run=run))
    if state.kind == "import":
        return redirect(url_for("intakes.page", run=run))
    found = visit(state.estate_id, "plans")
    if state.kind == "study":
        look(state.ended_at)
        return redirect(url_for("plans.page", plan=state.about, _anchor="study-going"))
    if state.ended and state.plan_id and "stay" not in request.args:
        look(state.ended_at)
        return redirect(_made(state))
    return render_template(
        "runs/page.html", run=state, shown=_shown(state, found), ways=_ways(state, found)
    )


@bp.get("/runs/<run>/live")
def live(run: str) -> Any:
    """Answer the poll: the changing part of the page; go to the plan when it is done."""
    state = plans.run_state(store(), me(), run)
    found = visit(state.estate_id, "plans")
    page = render_template(
        "runs/live.html", run=state, shown=_shown(state, found), ways=_ways(state, found)
    )
    if not state.ended:
        return page
    target = _made(state) if state.plan_id else url_for("runs.page", run=run)
    return page, HTTPStatus.OK, {"HX-Redirect": target}


@bp.post("/runs/<run>/stop")
def stop(run: str) -> Any:
    """Ask the run to stop; the best plan so far is kept."""
    plans.run_state(store(), me(), run)
    need(Right.PLAN)
    plans.stop_run(store(), me(), run)
    return redirect(url_for("runs.page", run=run), HTTPStatus.SEE_OTHER)


@bp.post("/runs/seen")
def seen() -> Any:
    """Quiet the bell."""
    session["bell"] = now().isoformat()
    return redirect(back(), HTTPStatus.SEE_OTHER)


def _made(state: RunState) -> str:
    """Return where that stands which an ended run has made."""
    if state.kind == "stages":
        return url_for("stages.page", staging_id=state.id)
    return url_for("plans.page", plan=state.plan_id)


def look(ended_at: dt.datetime | None) -> None:
    """Quiet the bell up to a run whose result is being looked at."""
    if ended_at is not None:
        session["bell"] = max(session.get("bell", ""), ended_at.isoformat())


def _ways(state: RunState, found: Estate) -> Ways | None:
    """Return what would make a plan possible, for a run that found there is none."""
    if state.state != "failed":
        return None
    why = no_plan_of(store(), me(), state.id)
    ruled = None if why is None else why.ruled(found)
    return None if why is None or ruled is None else ways_of(why.study, ruled, g.speech)


def _shown(state: RunState, found: Estate) -> Any:
    return run_page(state, found, ready.needs(found), now(), g.speech)
