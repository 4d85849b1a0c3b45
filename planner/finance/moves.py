"""The lines of a move: so much a person, in the month before the old place is empty."""

from __future__ import annotations

from decimal import localcontext
from typing import TYPE_CHECKING

from planner.finance.bases import Base, contingency, minor_units
from planner.finance.calendar import once
from planner.finance.discount import EXACT
from planner.finance.leases import Line, spread

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
    part = f"{origin.id}>{target.id}"
    calendar = once(terms.clock, move_month(terms, release))
    with localcontext(EXACT):
        return [
            Line(base.name, part, base.value, base.row, spread(base.value, calendar))
            for base in person_bases(origin, target, terms, currency)
        ]


def wave_lines(number: int, month: int, terms: Terms, currency: str) -> list[Line]:
    """Return the line of one wave of moves in its month; none where a wave costs nothing."""
    if not terms["wave_cost"]:
        return []
    with localcontext(EXACT):
        base = wave_base(terms, currency)
        row = spread(base.value, once(terms.clock, month))
    return [Line(base.name, f"wave {number}", base.value, base.row, row)]


def wave_base(terms: Terms, currency: str) -> Base:
    """Return what a wave is made of."""
    tail = (contingency(terms), minor_units(currency))
    return Base("wave", "once", -1, (("wave_cost", terms["wave_cost"]), *tail))


def move_month(terms: Terms, release: int | None = None) -> int:
    """Return the month in which people leave a unit that is released then."""
    return max(1, terms.clock.release if release is None else release)


def person_bases(origin: Unit, target: Unit, terms: Terms, currency: str) -> Iterator[Base]:
    """Yield what one person's move is made of; lines that are switched off are left out."""
    near = origin.building.code == target.building.code
    tail = (contingency(terms), minor_units(currency))
    for name, key in (
        ("move", "move_cost_per_person" if near else "move_cost_elsewhere_per_person"),
        ("it", "it_cost_per_person"),
        ("fit_out", "fit_out_per_person"),
    ):
        if name == "move" or terms[key]:
            yield Base(name, "once", -1, ((key, terms[key]), *tail))
