"""Floors that nobody enters, in words: days, cost a month, rent they would earn."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from planner.domain.money import to_minor

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from planner.demand.unvisited import Quiet
    from planner.domain.estate import Estate
    from planner.i18n import Speech


@dataclass(frozen=True, slots=True)
class EmptyLine:
    """One unit: id, area, days it stands empty, its record, cost and rent a month."""

    unit: str
    area: str
    empty: str
    record: str
    cost: str
    rent: str
    unvisited: bool


@dataclass(frozen=True, slots=True)
class EmptySpace:
    """What stands empty.

    Args:
        title: the conclusion, with the money.
        lines: a unit each, the emptiest first.
        cost, rent: sums a month, "–" where nothing is known.
        note: what the figures are.
    """

    title: str
    lines: tuple[EmptyLine, ...]
    cost: str
    rent: str
    note: str


def empty_space(found: Sequence[Quiet], estate: Estate, speech: Speech) -> EmptySpace | None:
    """Return the units that nobody or next to nobody enters; None without any."""
    if not found:
        return None
    currency = estate.header.currency

    def money(amounts: Sequence[Decimal | None]) -> str:
        known = [amount for amount in amounts if amount is not None]
        total = sum(known, start=Decimal(0))
        return speech.money_short(to_minor(total, currency)) if known else "–"

    never = [one for one in found if one.unvisited]
    rent = money([one.rent_per_month for one in found])
    cost = money([one.cost_per_month for one in found])
    title = (
        speech.n(
            "Nobody enters %(count)s floor; it costs %(cost)s a month",
            "Nobody enters %(count)s floors; they cost %(cost)s a month",
            len(never),
            cost=money([one.cost_per_month for one in never]),
        )
        if never
        else speech.n(
            "Next to nobody enters %(count)s floor; it costs %(cost)s a month",
            "Next to nobody enters %(count)s floors; they cost %(cost)s a month",
            len(found),
            cost=cost,
        )
    )
    return EmptySpace(
        title=title,
        lines=tuple(_line(one, money, speech) for one in found),
        cost=cost,
        rent=rent,
        note=speech._(
            "Up to the last 90 days on record; a day that nobody counted is unknown, not empty. "
            "Rent: asked for the lettable area, before void, works and default; not a value."
        ),
    )


def _line(
    one: Quiet, money: Callable[[Sequence[Decimal | None]], str], speech: Speech
) -> EmptyLine:
    bases = {
        "floor": speech._("counted on the floor"),
        "teams": speech._("by the teams seated there"),
        "nobody": speech._("no team is seated there"),
    }
    empty = (
        speech.n("%(count)s day", "%(count)s days", one.empty_days)
        if one.unvisited
        else speech.n("%(count)s person at most", "%(count)s people at most", one.most)
    )
    return EmptyLine(
        unit=one.unit,
        area=speech.area(one.area_m2),
        empty=empty,
        record=speech.n(
            "%(count)s day counted, %(basis)s",
            "%(count)s days counted, %(basis)s",
            one.counted,
            basis=bases[one.basis],
        ),
        cost=money([one.cost_per_month]),
        rent=money([one.rent_per_month]),
        unvisited=one.unvisited,
    )
