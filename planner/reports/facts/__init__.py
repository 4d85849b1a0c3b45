"""Facts of one plan as localised text and tables; they know nothing of HTML or pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.reports.facts.closer import kept_section
from planner.reports.facts.compliance import compliance_section
from planner.reports.facts.headline import Headline, headline_of, number_of
from planner.reports.facts.method import (
    glossary_section,
    method_section,
    proof_section,
    trace_section,
)
from planner.reports.facts.money import money_section
from planner.reports.facts.moves import moves_section
from planner.reports.facts.options import options_section
from planner.reports.facts.register import register_section
from planner.reports.facts.risk import risks_section, sensitivity_section
from planner.reports.facts.scope import Scope, drawn_floors
from planner.reports.facts.seats import presence_section, seats_section
from planner.reports.facts.tables import Cell, Column, Fact, Section, Table
from planner.reports.facts.waves import waves_section

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.i18n import Speech
    from planner.reports.dossier import Dossier

__all__ = ["Cell", "Column", "Fact", "Facts", "Headline", "Scope", "Section", "Table", "facts_of"]


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything a document says of one plan in one language.

    Args:
        scope: the plain numbers behind it.
        name: what the document calls itself, with number and version.
        headline: page one.
        sections: the other sections by id, in the order they are printed.
    """

    scope: Scope
    name: str
    headline: Headline
    sections: Mapping[str, Section]


def facts_of(dossier: Dossier, speech: Speech) -> Facts:
    """Return the facts of a plan in the reader's language."""
    scope = Scope(dossier)
    sections = (
        options_section(scope, speech),
        _stack(scope, speech),
        *([_floors(speech)] if drawn_floors(scope) else []),
        moves_section(scope, speech),
        *([waves_section(scope, speech)] if dossier.plan.schedule is not None else []),
        seats_section(scope, speech),
        presence_section(scope, speech),
        money_section(scope, speech),
        *_futures(scope, speech),
        proof_section(scope, speech),
        *kept_section(scope, speech),
        register_section(scope, speech),
        method_section(scope, speech),
        trace_section(scope, speech),
        glossary_section(speech),
    )
    return Facts(
        scope=scope,
        name=number_of(scope, speech),
        headline=headline_of(scope, speech),
        sections={section.id: section for section in sections},
    )


def _futures(scope: Scope, speech: Speech) -> tuple[Section, ...]:
    """Return what may turn out otherwise, and the rule; nothing where nothing is let."""
    if not scope.freed:
        return ()
    return (
        sensitivity_section(scope, speech),
        risks_section(scope, speech),
        compliance_section(scope, speech),
    )


def _stack(scope: Scope, speech: Speech) -> Section:
    """Return the section of the stack plan; its drawings say the rest."""
    plan, teams = scope.dossier.plan, len(scope.dossier.estate.teams)
    if not plan.moves:
        title = speech._("Every team stays where it is")
    else:
        title = speech.n(
            "%(count)s team moves; %(stay)s stay where they are",
            "%(count)s teams move; %(stay)s stay where they are",
            scope.teams_moved,
            stay=speech.number(teams - scope.teams_moved),
        )
    return Section("stack", speech._("Stack plan"), title)


def _floors(speech: Speech) -> Section:
    return Section(
        "floors", speech._("Floor plans"), speech._("What a tenant would get, floor by floor")
    )
