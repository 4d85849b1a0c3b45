"""Why there is no plan, and what would make one possible, in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.reports.facts.no_plan import minimal_words, more_words
from planner.reports.facts.rules import lifted_words
from planner.reports.facts.why import clash_words

if TYPE_CHECKING:
    from planner.domain.estate import Estate
    from planner.domain.study import NoPlanStudy
    from planner.i18n import Speech


@dataclass(frozen=True, slots=True)
class Ways:
    """What the page shows.

    Args:
        clashes: the rules that conflict, each in a sentence.
        minimal: whether each of them is needed for the conflict.
        ways: rules to lift, each with the value of the plan that is possible then.
        more: other ways: seats to add, rules that must give together.
    """

    clashes: tuple[str, ...]
    minimal: str
    ways: tuple[tuple[str, str], ...]
    more: tuple[str, ...]


def ways_of(study: NoPlanStudy, estate: Estate, speech: Speech) -> Ways:
    """Lay out what was found out."""
    return Ways(
        clashes=clash_words(study.clashes, estate, speech),
        minimal=minimal_words(study, speech),
        ways=tuple(
            (lifted_words(way, estate, speech), speech.money_short(way.value, 2))
            for way in study.ways
        ),
        more=more_words(study, estate, speech),
    )
