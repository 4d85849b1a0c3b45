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
    from collections.abc import Callable, Mapping

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
        at_once: whether it is only written, not drawn, and so needs no waiting.
    """

    file: str
    media_type: str
    maker: str
    details: tuple[str, ...] = ()
    one_of: bool = False
    at_once: bool = False

    @property
    def opens(self) -> bool:
        """Say whether a browser shows it rather than keeps it."""
        return self.media_type == _HTML


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
    "moves": Kind("moves.csv", "text/csv; charset=utf-8", "moves_csv", at_once=True),
}
"""Every document that can be asked for, by the word in its address."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which document is asked for: one of a plan, or one of a version of a proposal.

    Args:
        kind: a key of `KINDS`.
        language: `en` or `id`; None for the estate's own.
        of: the unit or team that it is of, where there is one for each.
        plan: id of the plan, "" for a version.
        proposal, number: the version, "" and 0 for a plan on its own.
    """

    kind: str
    language: str | None
    of: str = ""
    plan: str = ""
    proposal: str = ""
    number: int = 0

    @property
    def file(self) -> str:
        """Return the name of the file."""
        return _name(KINDS[self.kind], self.of)


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
    return document_of(store, actor, Wanted(kind, language, of, plan=plan_id))


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
    wanted = Wanted(kind, language, of, proposal=proposal_id, number=number)
    return document_of(store, actor, wanted)


def document_of(
    store: Store,
    actor: Actor,
    wanted: Wanted,
    told: Callable[[str], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> Document:
    """Return a document as it is kept, or render it and keep it; see `render_in_child`."""
    stamp = stamp_of(store, actor, wanted)
    key = key_of(stamp, wanted)
    document = kept(store, actor, key)
    if document is None:
        dossier = stamped(store, actor, stamp)
        data = _rendered(dossier, wanted, told, should_stop)
        kind = KINDS[wanted.kind]
        document = _document(_name(kind, wanted.of), kind.media_type, data)
        _keep(store, actor, key, document)
    return document


def stamp_of(store: Store, actor: Actor, wanted: Wanted) -> Stamp:
    """Return what the document shows beside its plan.

    Raises:
        InvalidInput: no such language.
        NotFound: no such kind, plan or version of this owner.
    """
    require(actor, Right.SEE)
    if wanted.language not in {"en", "id", None}:
        raise InvalidInput(
            sentence(
                "{language!r} is no language of the documents; choose en or id",
                language=wanted.language,
            )
        )
    if wanted.kind not in KINDS:
        raise NotFound(sentence("There is no document {kind}.", kind=wanted.kind))
    if wanted.proposal:
        return version_stamp(store, actor, wanted.proposal, wanted.number)
    return plan_stamp(store, actor, wanted.plan)


def key_of(stamp: Stamp, wanted: Wanted) -> str:
    """Return the word under which a document is kept."""
    program = version("office-space-planner")
    asked = f"{wanted.kind}/{wanted.of}/{wanted.language or 'estate'}"
    return f"{stamp.plan_hash}/{stamp.key}/{hashlib.sha256(asked.encode()).hexdigest()}/{program}"


def kept(store: Store, actor: Actor, key: str) -> Document | None:
    """Return a document that was rendered before."""
    with store.reading(actor.owner) as scope:
        row = scope.execute(select(DocumentRow).where(col(DocumentRow.key) == key)).scalar()
    return None if row is None else Document(row.name, row.media_type, row.content, row.hash)


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


def lists_of(store: Store, actor: Actor, plan_id: str) -> tuple[dict[str, str], dict[str, str]]:
    """Return the buildings of units to let and the names of teams that move, by their ids."""
    from planner.reports.sheets import lots_of, moved_teams  # noqa: PLC0415  seconds to import

    dossier = get_dossier(store, actor, plan_id)
    estate = dossier.estate
    return (
        {unit: estate.unit_of[unit].building.name for unit in lots_of(dossier)},
        {team: estate.team_of[team].name for team in moved_teams(dossier)},
    )


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


def _rendered(
    dossier: Dossier,
    wanted: Wanted,
    told: Callable[[str], None] | None,
    should_stop: Callable[[], bool] | None,
) -> bytes:
    speech, kind = _speech(dossier, wanted.language), KINDS[wanted.kind]
    if kind.at_once:
        from planner.reports.moves import moves_csv as csv  # noqa: PLC0415  seconds to import

        return csv(dossier, speech).encode()
    from planner.reports.child import render_in_child  # noqa: PLC0415  seconds to import

    details = (wanted.of,) if kind.one_of else kind.details
    return render_in_child(
        kind.maker, dossier, speech, *details, told=told, should_stop=should_stop
    )


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
