"""The lines of a move: so much a person, in the month before the old place is empty."""

from __future__ import annotations

from decimal import Decimal, localcontext
from typing import TYPE_CHECKING

from planner.domain.money import digits
from planner.finance.calendar import once
from planner.finance.discount import EXACT, amount
from planner.finance.leases import Line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.domain.estate import Unit
    from planner.finance.terms import Terms


def person_lines(
    origin: Unit, target: Unit, terms: Terms, currency: str, release: int | None = None
) -> list[Line]:
    """Return the lines of one person who moves; none within one unit.

    The person moves in the last month before the old place is empty, month 1 at the earliest.
    """
    if origin.id == target.id:
        return []
    clock = terms.clock
    month = max(1, clock.release if release is None else release)
    calendar = once(clock, month)
    with localcontext(EXACT):
        return [
            Line(
                name,
                f"{origin.id}>{target.id}",
                base,
                "once",
                tuple(amount(base * times) if times else 0 for times in calendar),
            )
            for name, base in _bases(origin, target, terms, digits(currency))
        ]


def _bases(
    origin: Unit, target: Unit, terms: Terms, decimals: int
) -> Iterator[tuple[str, Decimal]]:
    near = origin.building.code == target.building.code
    cost = terms.move if near else terms.move_elsewhere
    yield "move", -(cost * (1 + terms.contingency)).scaleb(decimals)
