"""The checks in their order: duplicates, references, then what the records say together."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from planner.domain.assumptions import register_of
from planner.domain.consistency.areas import area_problems
from planner.domain.consistency.people import people_problems
from planner.domain.consistency.places import Numbering, Placement
from planner.domain.consistency.references import duplicate_problems, reference_problems
from planner.domain.consistency.room import room_problems
from planner.domain.consistency.wishes import wish_problems
from planner.domain.eligibility import with_rules

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.domain.estate import Estate
    from planner.domain.records import Rule
    from planner.errors import Problem


def problems_of(
    estate: Estate, numbering: Numbering | None = None, own: Sequence[Rule] = ()
) -> list[Problem]:
    """Return everything about an estate that contradicts itself, in the order of its sheets.

    An empty list means that the estate can be planned for as far as its records can tell.
    Nothing is raised: an estate that names unknown floors or teams is what this is for.

    Args:
        estate: records that are valid one by one.
        numbering: the rows they came from; without it, places name records by their codes.
        own: rules for one plan alone, which hold beside those of the estate.
    """
    placed = Placement(with_rules(estate, own), numbering or Numbering(), len(own))
    broken = [*duplicate_problems(placed), *reference_problems(placed)]
    found = chain(
        broken,
        area_problems(placed),
        people_problems(placed),
        wish_problems(placed),
        () if broken else room_problems(placed),
        _figure_problems(placed),
    )
    return list(dict.fromkeys(found))


def broken_references(estate: Estate, numbering: Numbering | None = None) -> list[Problem]:
    """Return duplicates and unknown codes only: what can be told of records half read.

    A record that could not be read whole still counts as being there, so that nothing
    that names it is called unknown.
    """
    placed = Placement(estate, numbering or Numbering())
    return list(dict.fromkeys([*duplicate_problems(placed), *reference_problems(placed)]))


def _figure_problems(placed: Placement) -> list[Problem]:
    rows = {item.key[0]: item for item in placed.records("assumptions")}
    found = []
    for problem in register_of(placed.estate).problems():
        key = problem.where.removeprefix("sheet assumptions, key ")
        found.append(rows[key].problem("value", problem.message) if key in rows else problem)
    return found
