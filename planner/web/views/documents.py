"""Downloads of a plan: proposal, workbook, moves, the plan itself."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from functools import cache
from typing import TYPE_CHECKING, Literal

from flask import Blueprint, Response, g, render_template, request

from planner.services import documents
from planner.web.access import me, store
from planner.web.views.plans import enter

if TYPE_CHECKING:
    from planner.services.documents import Document

bp = Blueprint("documents", __name__)


@bp.get("/plans/<plan>/proposal.pdf")
def proposal(plan: str) -> Response:
    """Send the proposal in the language asked for."""
    return _send(documents.proposal_pdf(store(), me(), plan, _language()))


@bp.get("/plans/<plan>/model.xlsx")
def workbook(plan: str) -> Response:
    """Send the workbook that recomputes the money."""
    return _send(documents.model_xlsx(store(), me(), plan, _language()))


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
def of_plan(plan: str, kind: str) -> Response:
    """Send a document of a plan; `of` names the unit or team where there is one for each."""
    return _send(
        documents.plan_document(store(), me(), plan, kind, _language(), request.args.get("of", ""))
    )


@bp.get("/proposals/<proposal>/versions/<int:number>/<kind>")
def of_version(proposal: str, number: int, kind: str) -> Response:
    """Send a document of one version of a proposal, with its number, author and date."""
    return _send(
        documents.version_document(
            store(), me(), proposal, number, kind, _language(), request.args.get("of", "")
        )
    )


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
        answer.headers["Content-Security-Policy"] = _page_policy()
    shown = "inline" if page else "attachment"
    answer.headers.set("Content-Disposition", shown, filename=document.name)
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.set_etag(document.hash)
    answer.make_conditional(request)
    return answer


@cache
def _page_policy() -> str:
    from planner.reports.twin import document_css  # noqa: PLC0415  seconds to import

    digest = b64encode(hashlib.sha256(document_css().encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'none'"
    )
