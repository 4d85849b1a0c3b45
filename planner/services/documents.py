"""Documents of a plan: rendered once in a child process, kept by the hash of what they show."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING, Final, Literal

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlmodel import col

from planner.db.tables import DocumentRow
from planner.errors import InvalidInput, NotFound, sentence
from planner.i18n import speech_of
from planner.services.access import Right, require
from planner.services.dossiers import plan_stamp, stamped, version_stamp
from planner.services.plans import get_dossier, get_plan

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.db.store import Store
    from planner.i18n import Speech
    from planner.reports.dossier import Dossier
    from planner.services.access import Actor
    from planner.services.dossiers import Stamp

_PDF: Final = "application/pdf"
_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_HTML: Final = "text/html; charset=utf-8"

Language = Literal["en", "id"]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of document.

    Args:
        file: its name.
        media_type: for the Content-Type header.
        maker: the function of `planner.reports` that makes it.
        details: what that function is told besides.
        one_of: whether there is one for each unit or team, named when asked for.
    """

    file: str
    media_type: str
    maker: str
    details: tuple[str, ...] = ()
    one_of: bool = False


KINDS: Final[Mapping[str, Kind]] = {
    "proposal": Kind("proposal.pdf", _PDF, "proposal_pdf"),
    "archive": Kind("proposal-archive.pdf", _PDF, "proposal_pdf", ("archive",)),
    "accessible": Kind("proposal-accessible.pdf", _PDF, "proposal_pdf", ("accessible",)),
    "page": Kind("proposal.html", _HTML, "proposal_page"),
    "one-page": Kind("one-page.pdf", _PDF, "one_page_pdf"),
    "one-page-page": Kind("one-page.html", _HTML, "one_page_page"),
    "utilisation": Kind("utilisation.pdf", _PDF, "utilisation_pdf"),
    "utilisation-page": Kind("utilisation.html", _HTML, "utilisation_page"),
    "letting": Kind("letting.pdf", _PDF, "letting_pdf", one_of=True),
    "letting-page": Kind("letting.html", _HTML, "letting_page", one_of=True),
    "notice": Kind("move-notice.pdf", _PDF, "notice_pdf", one_of=True),
    "notice-page": Kind("move-notice.html", _HTML, "notice_page", one_of=True),
    "model": Kind("model.xlsx", _XLSX, "model_xlsx"),
    "moves": Kind("moves.csv", "text/csv; charset=utf-8", "moves_csv"),
}
"""Every document that can be asked for, by the word in its address."""


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


def plan_document(
    store: Store, actor: Actor, plan_id: str, kind: str, language: str | None, of: str = ""
) -> Document:
    """Return a document of a plan.

    Args:
        store: the open database.
        actor: who asks.
        plan_id: the plan.
        kind: a key of `KINDS`.
        language: `en` or `id`; None for the estate's own.
        of: the unit or team that the document is of, where there is one for each.

    Raises:
        NotFound: no such plan of this owner, or the plan has no such unit or team.
    """
    return _kept(store, actor, plan_stamp(store, actor, plan_id), kind, language, of)


def version_document(
    store: Store,
    actor: Actor,
    proposal_id: str,
    number: int,
    kind: str,
    language: str | None,
    of: str = "",
) -> Document:
    """Return a document of one version of a proposal, with its number and date; see above."""
    stamp = version_stamp(store, actor, proposal_id, number)
    return _kept(store, actor, stamp, kind, language, of)


def proposal_pdf(store: Store, actor: Actor, plan_id: str, language: Language) -> Document:
    """Return the proposal of a plan."""
    return plan_document(store, actor, plan_id, "proposal", language)


def model_xlsx(store: Store, actor: Actor, plan_id: str, language: Language) -> Document:
    """Return the workbook that recomputes the money with live formulas."""
    return plan_document(store, actor, plan_id, "model", language)


def moves_csv(store: Store, actor: Actor, plan_id: str) -> Document:
    """Return the list of moves; text that a spreadsheet would take for a formula is quoted."""
    return plan_document(store, actor, plan_id, "moves", None)


def plan_json(store: Store, actor: Actor, plan_id: str) -> Document:
    """Return the plan itself, as `planner check` reads it."""
    _, plan = get_plan(store, actor, plan_id)
    return _document("plan.json", "application/json", plan.to_json().encode())


def lists_of(store: Store, actor: Actor, plan_id: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the units with letting particulars and the teams with a move notice."""
    from planner.reports.sheets import lots_of, moved_teams  # noqa: PLC0415  seconds to import

    dossier = get_dossier(store, actor, plan_id)
    return lots_of(dossier), moved_teams(dossier)


def _kept(
    store: Store, actor: Actor, stamp: Stamp, kind: str, language: str | None, of: str
) -> Document:
    """Return a document as it is kept, or render it and keep it."""
    require(actor, Right.SEE)
    if language not in {"en", "id", None}:
        raise InvalidInput(
            sentence(
                "{language!r} is no language of the documents; choose en or id", language=language
            )
        )
    if kind not in KINDS:
        raise NotFound(sentence("There is no document {kind}.", kind=kind))
    program = version("office-space-planner")
    asked = f"{kind}/{of}/{language or 'estate'}"
    key = f"{stamp.plan_hash}/{stamp.key}/{hashlib.sha256(asked.encode()).hexdigest()}/{program}"
    with store.reading(actor.owner) as scope:
        wanted = select(DocumentRow).where(col(DocumentRow.key) == key)
        row = scope.execute(wanted).scalars().first()
        if row is not None:
            return Document(row.name, row.media_type, row.content, row.hash)
    dossier = stamped(store, actor, stamp)
    wanted_kind = KINDS[kind]
    data = _rendered(dossier, wanted_kind, language, of)
    document = _document(_name(wanted_kind, of), wanted_kind.media_type, data)
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


def _rendered(dossier: Dossier, kind: Kind, language: str | None, of: str) -> bytes:
    speech = _speech(dossier, language)
    if kind.maker == "moves_csv":
        from planner.reports.moves import moves_csv as csv  # noqa: PLC0415  seconds to import

        return csv(dossier, speech).encode()
    from planner.reports.child import render_in_child  # noqa: PLC0415

    details = (of,) if kind.one_of else kind.details
    return render_in_child(kind.maker, dossier, speech, *details)


def _speech(dossier: Dossier, language: str | None) -> Speech:
    header = dossier.estate.header
    return speech_of(language or header.language, header.currency, header.area_unit)


def _name(kind: Kind, of: str) -> str:
    """Return a file name; what the document is of stands in it, less odd letters."""
    if not kind.one_of:
        return kind.file
    stem, dot, ending = kind.file.partition(".")
    return f"{stem}-{re.sub(r'[^A-Za-z0-9_-]+', '_', of)[:60]}{dot}{ending}"


def _document(name: str, media_type: str, data: bytes) -> Document:
    return Document(name, media_type, data, hashlib.sha256(data).hexdigest())
