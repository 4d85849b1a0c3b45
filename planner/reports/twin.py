"""The HTML twin of each document: the same facts and drawings, to read and print in a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.reports.facts import Scope, facts_of
from planner.reports.frame import SCREEN, Brief, document_html
from planner.reports.pictures import pictures_of
from planner.reports.sheets import (
    letting_sheet,
    notice_sheet,
    one_page_sheet,
    utilisation_sheet,
)

if TYPE_CHECKING:
    from planner.i18n import Speech
    from planner.reports.dossier import Dossier
    from planner.reports.sheets import Sheet


def proposal_twin(dossier: Dossier, speech: Speech) -> str:
    """Return the proposal as a page; style and fonts stand in it, so that it can be mailed.

    Args:
        dossier: the plan with everything it rests on.
        speech: the reader's language.
    """
    facts = facts_of(dossier, speech)
    return document_html(
        "proposal/proposal.html.j2",
        facts,
        speech,
        frame=SCREEN,
        pictures=pictures_of(facts, speech),
    )


def sheet_twin(sheet: Sheet, dossier: Dossier, speech: Speech) -> str:
    """Return a short document as a page; see `proposal_twin`."""
    return document_html(
        "proposal/sheet.html.j2",
        Brief(Scope(dossier), sheet.name, sheet),
        speech,
        frame=SCREEN,
        sheet=sheet,
    )


def proposal_page(dossier: Dossier, speech: Speech) -> bytes:
    """Return the proposal as a file that opens on its own."""
    return proposal_twin(dossier, speech).encode()


def one_page_page(dossier: Dossier, speech: Speech) -> bytes:
    """Return the plan on one page as a file that opens on its own."""
    return sheet_twin(one_page_sheet(dossier, speech), dossier, speech).encode()


def utilisation_page(dossier: Dossier, speech: Speech) -> bytes:
    """Return utilisation by building as a file that opens on its own."""
    return sheet_twin(utilisation_sheet(dossier, speech), dossier, speech).encode()


def letting_page(dossier: Dossier, unit: str, speech: Speech) -> bytes:
    """Return the particulars of one unit as a file; NotFound if the plan frees no such."""
    return sheet_twin(letting_sheet(dossier, unit, speech), dossier, speech).encode()


def notice_page(dossier: Dossier, team: str, speech: Speech) -> bytes:
    """Return the notice of one team as a file; NotFound if the plan moves no such."""
    return sheet_twin(notice_sheet(dossier, team, speech), dossier, speech).encode()
