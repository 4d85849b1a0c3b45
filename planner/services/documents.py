"""Documents of a plan: rendered once, kept by the hash of what they show."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING, Final, Literal

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlmodel import col

from planner.db.tables import DocumentRow, PlanRow
from planner.errors import InvalidInput
from planner.i18n import speech_of
from planner.services.access import Right, require
from planner.services.plans import get_dossier, get_plan
from planner.services.studying import study_in_print

if TYPE_CHECKING:
    from planner.db.store import Store
    from planner.reports.dossier import Dossier
    from planner.services.access import Actor

_TYPES: Final = {
    "proposal.pdf": "application/pdf",
    "model.xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "moves.csv": "text/csv; charset=utf-8",
    "plan.json": "application/json",
}

Language = Literal["en", "id"]


@dataclass(frozen=True, slots=True)
class Document:
    """A file to download.

    Args:
        name: file name without a path, safe on any system.
        media_type: for the Content-Type header.
        data: the bytes.
        hash: SHA-256 of the bytes in hexadecimal; serves as ETag.
    """

    name: str
    media_type: str
    data: bytes
    hash: str


def proposal_pdf(store: Store, actor: Actor, plan_id: str, language: Language) -> Document:
    """Return the proposal of a plan.

    Raises:
        NotFound: no such plan of this owner.
    """
    return _kept(store, actor, plan_id, "proposal.pdf", language)


def model_xlsx(store: Store, actor: Actor, plan_id: str, language: Language) -> Document:
    """Return the workbook that recomputes the money with live formulas."""
    return _kept(store, actor, plan_id, "model.xlsx", language)


def moves_csv(store: Store, actor: Actor, plan_id: str) -> Document:
    """Return the list of moves; text that a spreadsheet would take for a formula is quoted."""
    return _kept(store, actor, plan_id, "moves.csv", None)


def plan_json(store: Store, actor: Actor, plan_id: str) -> Document:
    """Return the plan itself, as `planner check` reads it."""
    _, plan = get_plan(store, actor, plan_id)
    return _document("plan.json", plan.to_json().encode())


def _kept(store: Store, actor: Actor, plan_id: str, kind: str, language: str | None) -> Document:
    """Return a document as it is kept, or render it and keep it."""
    require(actor, Right.SEE)
    if language not in {"en", "id", None}:
        raise InvalidInput(f"{language!r} is no language of the documents; choose en or id")
    with store.reading(actor.owner) as scope:
        plan = scope.one(PlanRow, "plan", id=plan_id)
        program = version("office-space-planner")
        study = study_in_print(scope, plan_id)
        found = "" if study is None else f"/{study.hash[:16]}"
        key = f"{plan.hash}/{kind}/{language or 'estate'}/{program}{found}"
        wanted = select(DocumentRow).where(col(DocumentRow.key) == key)
        row = scope.execute(wanted).scalars().first()
        if row is not None:
            return Document(row.name, row.media_type, row.content, row.hash)
    document = _document(kind, _rendered(get_dossier(store, actor, plan_id), kind, language))
    _keep(store, actor, key, document)
    return document


def _keep(store: Store, actor: Actor, key: str, document: Document) -> None:
    """Keep a document; where another process was quicker, its own is the same."""
    row = DocumentRow(
        key=key,
        name=document.name,
        media_type=document.media_type,
        hash=document.hash,
        content=document.data,
        made_at=store.now(),
    )
    try:
        with store.writing(actor.owner) as scope:
            scope.add(row)
    except IntegrityError:
        return


def _rendered(dossier: Dossier, kind: str, language: str | None) -> bytes:
    header = dossier.estate.header
    speech = speech_of(language or header.language, header.currency, header.area_unit)
    if kind == "proposal.pdf":
        from planner.reports.pdf import proposal_pdf as pdf  # noqa: PLC0415  seconds to import

        return pdf(dossier, speech)
    if kind == "model.xlsx":
        from planner.reports.workbook import model_xlsx as xlsx  # noqa: PLC0415

        return xlsx(dossier, speech)
    from planner.reports.moves import moves_csv as csv  # noqa: PLC0415

    return csv(dossier, speech).encode()


def _document(name: str, data: bytes) -> Document:
    return Document(name, _TYPES[name], data, hashlib.sha256(data).hexdigest())
