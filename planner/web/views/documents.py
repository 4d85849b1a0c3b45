"""Downloads of a plan: proposal, workbook, moves, the plan itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from flask import Blueprint, Response, g, request

from planner.services import documents
from planner.web.access import me, store

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


def _language() -> Literal["en", "id"]:
    wanted = request.args.get("lang", g.speech.language)
    return "id" if wanted == "id" else "en"


def _send(document: Document) -> Response:
    """Answer with a file, or with `not modified` where the browser has it."""
    answer = Response(document.data, mimetype=document.media_type)
    answer.headers.set("Content-Disposition", "attachment", filename=document.name)
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.set_etag(document.hash)
    answer.make_conditional(request)
    return answer
