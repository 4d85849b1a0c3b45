"""A proposal as finance reads it: figures, money by year, what the register assumes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.reports.facts.headline import headline_of
from planner.reports.facts.money import cash_table
from planner.reports.facts.scope import Scope
from planner.web.show.cash import CashChart, cash_chart

if TYPE_CHECKING:
    from planner.i18n import Speech
    from planner.reports.dossier import Dossier
    from planner.reports.facts.headline import Headline
    from planner.reports.facts.tables import Table


@dataclass(frozen=True, slots=True)
class ProposalPage:
    """What the page shows of the chosen proposal."""

    head: Headline
    chart: CashChart
    chart_narrow: CashChart
    cash: Table


def proposal_page(dossier: Dossier, speech: Speech) -> ProposalPage:
    """Return the page of one proposal."""
    scope = Scope(dossier)
    return ProposalPage(
        head=headline_of(scope, speech),
        chart=cash_chart(scope, speech, width=640, height=260),
        chart_narrow=cash_chart(scope, speech, width=340, height=240),
        cash=cash_table(scope, speech),
    )
