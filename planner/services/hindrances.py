"""What stands in the way of a plan: contradictions among records, and figures that are missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.domain.consistency import problems_of
from planner.errors import InvalidInput
from planner.finance.values import values_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.domain.estate import Estate
    from planner.domain.records import Rule
    from planner.errors import Problem


def hindrances(estate: Estate, rules: Sequence[Rule] = ()) -> tuple[Problem, ...]:
    """Return every reason why no plan can be made of an estate; empty if one can be tried.

    The rules hold for that plan alone, beside those of the estate. Figures are looked at only
    where the records agree: most of them hang on buildings.
    """
    found = tuple(problems_of(estate, own=rules))
    if found:
        return found
    try:
        values_of(estate)
    except InvalidInput as refusal:
        return tuple(refusal.problems)
    return ()
