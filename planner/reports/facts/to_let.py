"""What is to let in a plan, and what is freed without being to let."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planner.domain.eligibility import units_to_let
from planner.reports.facts.words import freed_phrase

if TYPE_CHECKING:
    from planner.i18n import Speech
    from planner.reports.facts.scope import Scope

_MOST_NAMED: Final = 12  # freed units that a sentence still lists


def to_let_words(scope: Scope, speech: Speech) -> str:
    """Return which floors are to let; those that cannot be let only save what they cost."""
    estate = scope.dossier.estate
    if not scope.freed:
        return speech._("Every floor stays in use")
    plan = scope.dossier.plan
    let = units_to_let(estate, plan)
    closed = plan.freed_units - let
    said = []
    if len(let) > _MOST_NAMED:
        homes = len({estate.unit_of[name].building.code for name in let})
        said.append(
            speech.n(
                "To let: %(count)s unit in %(where)s",
                "To let: %(count)s units in %(where)s",
                len(let),
                where=speech.n("%(count)s building", "%(count)s buildings", homes),
            )
        )
    elif let:
        said.append(speech._("To let: %(floors)s", floors=freed_phrase(estate, let, speech)))
    if closed:
        phrase = freed_phrase(estate, closed, speech)
        said.append(speech._("Freed, not to let: %(floors)s", floors=phrase))
    return "; ".join(said)
