"""The plan on one page, for those who endorse rather than check."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.reports.drawings import elevation, paper
from planner.reports.facts.headline import headline_of, number_of
from planner.reports.facts.scope import Scope
from planner.reports.pictures import PAGE_MM, cash_picture
from planner.reports.sheets.sheet import Ask, Picture, Sheet, Text
from planner.reports.streets import street, street_note

if TYPE_CHECKING:
    from planner.i18n import Speech
    from planner.reports.dossier import Dossier


def one_page_sheet(dossier: Dossier, speech: Speech) -> Sheet:
    """Return the decision, the picture, the money and the risk on one page."""
    scope = Scope(dossier)
    page = headline_of(scope, speech)
    seen = street(scope)
    drawing = elevation(
        dossier.estate,
        dossier.plan,
        dossier.demand,
        speech,
        canvas=paper(PAGE_MM, "one-campus"),
        only=seen,
    )
    cash, title, _ = cash_picture(scope, speech, name="one-cash", height=140)
    return Sheet(
        kind=speech._("One page"),
        name=number_of(scope, speech),
        over=page.over,
        title=page.title,
        lede=page.lede,
        figures=page.figures,
        parts=(
            Picture(page.picture, drawing, street_note(scope, seen, speech)),
            *([Picture(title, cash)] if cash else []),
            Text(speech._("What could go wrong"), page.risk[:1]),
            Ask(speech._("Decision asked."), page.ask),
        ),
    )
