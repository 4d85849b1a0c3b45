"""The proposal as a PDF: facts, pictures and a template, set by WeasyPrint."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from planner.reports.facts import Scope, facts_of
from planner.reports.frame import Brief, document_html
from planner.reports.pictures import pictures_of
from planner.reports.press import press
from planner.reports.sheets import (
    letting_sheet,
    notice_sheet,
    one_page_sheet,
    utilisation_sheet,
)

if TYPE_CHECKING:
    from planner.i18n import Speech
    from planner.reports.dossier import Dossier
    from planner.reports.press import Variant
    from planner.reports.sheets import Sheet


def proposal_pdf(dossier: Dossier, speech: Speech, variant: Variant = "plain") -> bytes:
    """Return the proposal of a plan; the same dossier and language give the same bytes.

    Args:
        dossier: the plan with everything it rests on.
        speech: the reader's language, with the estate's currency and area unit.
        variant: `plain`, `archive` (PDF/A-3a with the workbook, the plan and the moves
            attached) or `accessible` (PDF/UA-1).
    """
    html = proposal_html(dossier, speech)
    return press(
        html,
        identity=identity_of(dossier, speech),
        variant=variant,
        attachments=_attachments(dossier, speech) if variant == "archive" else (),
    )


def proposal_html(dossier: Dossier, speech: Speech) -> str:
    """Return the proposal as one HTML document for paper."""
    facts = facts_of(dossier, speech)
    return document_html(
        "proposal/proposal.html.j2",
        facts,
        speech,
        pictures=pictures_of(facts, speech),
    )


def letting_pdf(dossier: Dossier, unit: str, speech: Speech) -> bytes:
    """Return the letting particulars of one freed unit; NotFound if the plan frees no such."""
    return _sheet_pdf(letting_sheet(dossier, unit, speech), dossier, speech, unit)


def notice_pdf(dossier: Dossier, team: str, speech: Speech) -> bytes:
    """Return the move notice of one team; NotFound if the plan moves no such."""
    return _sheet_pdf(notice_sheet(dossier, team, speech), dossier, speech, team)


def utilisation_pdf(dossier: Dossier, speech: Speech) -> bytes:
    """Return utilisation by building, before and after, as the USE IT Act counts it."""
    return _sheet_pdf(utilisation_sheet(dossier, speech), dossier, speech, "utilisation")


def one_page_pdf(dossier: Dossier, speech: Speech) -> bytes:
    """Return the plan on one page."""
    return _sheet_pdf(one_page_sheet(dossier, speech), dossier, speech, "one page")


def _sheet_pdf(sheet: Sheet, dossier: Dossier, speech: Speech, of: str) -> bytes:
    facts = Brief(Scope(dossier), sheet.name, sheet)
    html = document_html("proposal/sheet.html.j2", facts, speech, sheet=sheet)
    return press(html, identity=identity_of(dossier, speech, sheet.kind, of))


def identity_of(dossier: Dossier, speech: Speech, *kind: str) -> bytes:
    """Return what makes a document itself: estate, plan, language, date, version and kind."""
    parts = (
        dossier.estate.hash,
        dossier.plan.hash,
        speech.language,
        dossier.date.isoformat(),
        dossier.number,
        str(dossier.version),
        dossier.author,
        dossier.brand.key if dossier.brand else "",
        *(other.plan.hash for other in dossier.alternatives),
        *kind,
    )
    return hashlib.sha256("\n".join(parts).encode()).digest()[:16]


def _attachments(dossier: Dossier, speech: Speech) -> tuple[tuple[str, bytes, str], ...]:
    from planner.reports.moves import moves_csv  # noqa: PLC0415  only a proposal needs it
    from planner.reports.workbook import model_xlsx  # noqa: PLC0415  only a proposal needs it

    return (
        ("plan.json", dossier.plan.to_json().encode(), speech._("The plan, to be checked")),
        ("model.xlsx", model_xlsx(dossier, speech), speech._("The money, to be recomputed")),
        ("moves.csv", moves_csv(dossier, speech).encode(), speech._("Every move")),
    )
