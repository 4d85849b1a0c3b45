"""Downloads of a plan: proposal, workbook, moves, the plan itself."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Literal

from flask import Blueprint, Response, g, jsonify, redirect, render_template, request, url_for

from planner.services import documents, ordering
from planner.services.documents import KINDS, Document, Wanted
from planner.web.access import me, store
from planner.web.errors import wants_json
from planner.web.navigation import visit
from planner.web.show.order import order_page
from planner.web.views.plans import enter
from planner.web.views.runs import look

if TYPE_CHECKING:
    from planner.services.ordering import Order

bp = Blueprint("documents", __name__)


@bp.get("/plans/<plan>/proposal.pdf")
def proposal(plan: str) -> Any:
    """Send the proposal in the language asked for."""
    return _answer(Wanted("proposal", _language(), plan=plan))


@bp.get("/plans/<plan>/model.xlsx")
def workbook(plan: str) -> Any:
    """Send the workbook that recomputes the money."""
    return _answer(Wanted("model", _language(), plan=plan))


@bp.get("/plans/<plan>/moves.csv")
def moves(plan: str) -> Response:
    """Send the list of moves."""
    return _send(documents.moves_csv(store(), me(), plan))


@bp.get("/plans/<plan>/plan.json")
def json(plan: str) -> Response:
    """Send the plan as `planner check` reads it."""
    return _send(documents.plan_json(store(), me(), plan))


@bp.get("/plans/<plan>/documents")
def index(plan: str) -> str:
    """List every document of a plan: for who decides, for tenants, for teams."""
    summary = enter(plan)
    units, teams = documents.lists_of(store(), me(), plan)
    return render_template("documents/index.html", summary=summary, units=units, teams=teams)


@bp.get("/plans/<plan>/documents/<kind>")
def of_plan(plan: str, kind: str) -> Any:
    """Send a document of a plan; `of` names the unit or team where there is one for each."""
    return _answer(Wanted(kind, _language(), request.args.get("of", ""), plan=plan))


@bp.get("/proposals/<proposal>/versions/<int:number>/<kind>")
def of_version(proposal: str, number: int, kind: str) -> Any:
    """Send a document of one version of a proposal, with its number, author and date."""
    of = request.args.get("of", "")
    return _answer(Wanted(kind, _language(), of, proposal=proposal, number=number))


@bp.get("/documents/<run>")
def order(run: str) -> Any:
    """Show how an order stands; without scripts the page reloads itself."""
    state = ordering.order_state(store(), me(), run)
    if state.state == "done" and KINDS[state.wanted.kind].opens:
        return redirect(_address(state.wanted))
    visit(state.estate_id, "plans")
    look(state.ended_at)
    return render_template("documents/order.html", order=state, **_shown(state))


@bp.get("/documents/<run>/live")
def live(run: str) -> Any:
    """Answer the poll of a page, or of a script that asks for JSON."""
    state = ordering.order_state(store(), me(), run)
    shown = _shown(state)
    if wants_json():
        return _told(state)
    page = render_template("documents/order_live.html", order=state, **shown)
    if state.state == "done" and KINDS[state.wanted.kind].opens:
        return page, HTTPStatus.OK, {"HX-Redirect": _address(state.wanted)}
    if not state.ended:
        return page
    return page, HTTPStatus.OK, {"HX-Retarget": "#live", "HX-Reswap": "outerHTML"}


def _answer(wanted: Wanted) -> Any:
    """Send a document that is there, or go where it is waited for."""
    found = ordering.ask(store(), me(), wanted)
    if isinstance(found, Document):
        return _send(found)
    if wants_json():
        return _told(ordering.order_state(store(), me(), found))
    return redirect(url_for("documents.order", run=found), HTTPStatus.SEE_OTHER)


def _told(state: Order) -> Any:
    """Return how an order stands, for a script."""
    said = order_page(state, g.speech)
    body = {
        "state": state.state,
        "said": said.now if not state.ended else f"{said.title}. {said.lede}",
        "live": url_for("documents.live", run=state.id),
        "file": _address(state.wanted),
        "page": url_for("documents.order", run=state.id),
    }
    return jsonify(body), HTTPStatus.OK if state.ended else HTTPStatus.ACCEPTED


def _shown(state: Order) -> dict[str, Any]:
    return {"shown": order_page(state, g.speech), "address": _address(state.wanted)}


def _address(wanted: Wanted) -> str:
    """Return where a document is to be had."""
    kind, lang, of = wanted.kind, wanted.language, wanted.of or None
    if wanted.proposal:
        return url_for("documents.of_version", proposal=wanted.proposal, number=wanted.number,
                       kind=kind, lang=lang, of=of)  # fmt: skip
    return url_for("documents.of_plan", plan=wanted.plan, kind=kind, lang=lang, of=of)


def _language() -> Literal["en", "id"]:
    wanted = request.args.get("lang", g.speech.language)
    return "id" if wanted == "id" else "en"


def _send(document: Document) -> Response:
    """Answer with a file, or with `not modified` where the browser has it.

    A page opens in the browser; it may use its own style and its own pictures, nothing else.
    """
    answer = Response(document.data, mimetype=document.media_type.partition(";")[0])
    page = answer.mimetype == "text/html"
    if page:
        answer.headers["Content-Security-Policy"] = _page_policy(document.data)
    shown = "inline" if page else "attachment"
    answer.headers.set("Content-Disposition", shown, filename=document.name)
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.set_etag(document.hash)
    answer.make_conditional(request)
    return answer


def _page_policy(page: bytes) -> str:
    """Return what a page may use: the style in its head, which we wrote, and what is within it.

    The style is taken from the page, as one of an earlier release brings that of its time.
    """
    head = page.partition(b"<body")[0]
    digests = [
        b64encode(hashlib.sha256(style).digest()).decode()
        for style in re.findall(rb"<style>(.*?)</style>", head, re.DOTALL)
    ]
    styles = " ".join(f"'sha256-{digest}'" for digest in digests)
    return (
        f"default-src 'none'; style-src {styles}; font-src data:; img-src data:; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'none'"
    )
