"""The HTML twin of each document: the same facts and drawings, to read and print in a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from planner.paths import templates_dir
from planner.reports.facts import Scope, facts_of
from planner.reports.frame import SCREEN, Brief, document_html
from planner.reports.pictures import pictures_of

if TYPE_CHECKING:
    from planner.i18n import Speech
    from planner.reports.dossier import Dossier
    from planner.reports.sheets import Sheet


def proposal_twin(dossier: Dossier, speech: Speech, *, head: Markup | None = None) -> str:
    """Return the proposal as a page.

    Args:
        dossier: the plan with everything it rests on.
        speech: the reader's language.
        head: tags for the page's head, such as links to style sheets; by default the style
            sheet stands in the page, so that it can be saved and mailed.
    """
    facts = facts_of(dossier, speech)
    return document_html(
        "proposal/proposal.html.j2",
        facts,
        speech,
        frame=SCREEN,
        head=head or inline_style(),
        pictures=pictures_of(facts, speech),
    )


def sheet_twin(
    sheet: Sheet, dossier: Dossier, speech: Speech, *, head: Markup | None = None
) -> str:
    """Return a short document as a page; see `proposal_twin`."""
    return document_html(
        "proposal/sheet.html.j2",
        Brief(Scope(dossier), sheet.name, sheet),
        speech,
        frame=SCREEN,
        head=head or inline_style(),
        sheet=sheet,
    )


def document_css() -> str:
    """Return the style sheet of twins; fonts are the site's, from its own style sheet."""
    return (templates_dir() / "proposal" / "screen.css").read_text(encoding="utf-8")


def inline_style() -> Markup:
    """Return the style sheet as a tag."""
    return Markup(f"<style>{document_css()}</style>")  # noqa: S704  our own file
