"""What would change if habits did: seats and pooled peak at once, beside today's."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from planner.demand.whatif import WhatIf, what_if
from planner.web.show.week import WeekChart, week_chart

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.demand.model import Demand
    from planner.domain.estate import Estate
    from planner.i18n import Speech

_MOST_GROWTH: Final = Decimal(100)


@dataclass(frozen=True, slots=True)
class Scenario:
    """One row: words, seats if each team keeps its own, if all share, change against today."""

    words: str
    own: int
    pooled: int
    change: int
    here: bool


@dataclass(frozen=True, slots=True)
class WhatIfPage:
    """What the page shows: title, the asked change, the chart, the usual questions beside it."""

    title: str
    asked: WhatIf
    week: WeekChart
    week_narrow: WeekChart
    scenarios: tuple[Scenario, ...]
    seats_today: int


def asked_of(args: Mapping[str, str], level: Decimal) -> WhatIf:
    """Return what the address asks for; what makes no sense is left as it is today."""

    def number(name: str, least: Decimal, most: Decimal, usual: Decimal) -> Decimal:
        try:
            value = Decimal(args.get(name, "").replace(",", "."))
        except ArithmeticError:
            return usual
        return min(most, max(least, value)) if value.is_finite() else usual

    return WhatIf(
        level=number("level", Decimal(50), Decimal(100), level * 100) / 100,
        stagger=args.get("stagger") == "yes",
        remote_days=int(number("remote_days", Decimal(-3), Decimal(3), Decimal(0))),
        growth=number("growth", Decimal(-50), _MOST_GROWTH, Decimal(0)) / 100,
    )


def what_if_page(estate: Estate, base: Demand, asked: WhatIf, speech: Speech) -> WhatIfPage:
    """Return the page: the change asked for, and the usual ones each by itself."""
    usual = WhatIf(base.level)
    found = what_if(estate, asked) if asked != usual else base
    total = sum(unit.places for unit in estate.units)
    levels = [
        (total, speech._("seats there are"), "level"),
        (base.peak_pooled, speech._("needed today"), "level"),
    ]
    charts = [
        week_chart(found.pooled, found.weekdays, levels, speech, width=width, height=height)
        for width, height in ((700.0, 260.0), (358.0, 240.0))
    ]
    alone = [
        (speech._("Anchor days spread over the week"), replace(usual, stagger=True)),
        (speech._("One more day elsewhere a week"), replace(usual, remote_days=1)),
        (speech._("One day elsewhere fewer a week"), replace(usual, remote_days=-1)),
        (speech._("Ten per cent more people"), replace(usual, growth=Decimal("0.1"))),
        (speech._("Seats on 90% of days"), replace(usual, level=Decimal("0.9"))),
        (speech._("Seats on 99% of days"), replace(usual, level=Decimal("0.99"))),
    ]
    rows = [_row(speech._("As it is"), base, base, here=False)]
    if asked != usual:
        rows.append(_row(speech._("What you ask"), found, base, here=True))
    rows += [_row(words, what_if(estate, one), base, here=False) for words, one in alone]
    return WhatIfPage(_title(found, base, speech), asked, charts[0], charts[1], tuple(rows), total)


def _row(words: str, found: Demand, base: Demand, *, here: bool) -> Scenario:
    return Scenario(
        words,
        found.sum_of_team_quantiles,
        found.peak_pooled,
        found.peak_pooled - base.peak_pooled,
        here,
    )


def _title(found: Demand, base: Demand, speech: Speech) -> str:
    saved = base.peak_pooled - found.peak_pooled
    if found is base:
        return speech._(
            "All teams together need %(seats)s seats", seats=speech.number(base.peak_pooled)
        )
    if saved >= 0:
        return speech.n(
            "That would need %(count)s seat fewer", "That would need %(count)s seats fewer", saved
        )
    return speech.n(
        "That would need %(count)s seat more", "That would need %(count)s seats more", -saved
    )
