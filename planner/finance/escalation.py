"""How rent rises: a fixed rate, an index, steps, or not at all; any of them may fall."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from planner.domain.figures_leases import LEAST_INFLATION, MOST_INFLATION
from planner.errors import sentence
from planner.finance.discount import MONTHS

if TYPE_CHECKING:
    from planner.finance.calendar import Clock
    from planner.finance.reading import Reading


@dataclass(frozen=True, slots=True)
class Escalation:
    """How the rent of a lease rises.

    Args:
        kind: `fixed`, `index`, `steps` or `none`.
        steps: rise at each anniversary, the last one repeated.
        floor, cap: least and most yearly rise of an index rent; None where there is none.
    """

    kind: str
    steps: tuple[Decimal, ...]
    floor: Decimal | None = None
    cap: Decimal | None = None


def escalation_of(reading: Reading) -> Escalation:
    """Return how rent rises; an index is held within its floor and its cap each year."""
    kind = reading.word("escalation_kind")
    if kind == "index":
        return _index(reading)
    if kind == "steps":
        steps = reading.word("escalation_steps") or "0"
        return Escalation(kind, tuple(Decimal(step) for step in steps.split(";")))
    return Escalation(kind, (reading.number("escalation_rate") if kind == "fixed" else Decimal(0),))


def steps_per_term(clock: Clock) -> tuple[Decimal, ...]:
    """Return the rise at each new term: what yearly rises would have made of the rent.

    Used where a tariff stands for a whole term and is set anew for the next.
    """
    found = []
    for term in range(1, clock.horizon // clock.term + 1):
        first = (term - 1) * clock.term // MONTHS
        level = Decimal(1)
        for year in range(first, term * clock.term // MONTHS):
            level *= 1 + clock.steps[min(year, len(clock.steps) - 1)]
        found.append(level - 1)
    return tuple(found) or (Decimal(0),)


def _index(reading: Reading) -> Escalation:
    floor, cap = reading.number("index_floor"), reading.number("index_cap")
    if floor > cap:
        reading.miss(
            sentence("sheet assumptions, key {key}", key="index_floor"),
            sentence(
                "{floor} is above the index_cap of {cap}; enter a floor that is at most the cap",
                floor=floor,
                cap=cap,
            ),
        )
    return Escalation(
        "index",
        (min(cap, max(floor, reading.number("inflation_rate"))),),
        floor if floor > LEAST_INFLATION else None,
        cap if cap < MOST_INFLATION else None,
    )
