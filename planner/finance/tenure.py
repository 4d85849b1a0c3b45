"""Buildings that are leased from others: when a freed unit can be handed back."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from planner.errors import sentence
from planner.finance.discount import MONTHS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from planner.domain.estate import Estate
    from planner.finance.reading import Reading

_REFUSED: Final = dt.date.min


@dataclass(frozen=True, slots=True)
class Tenancy:
    """How leased buildings are held; money in major units.

    Business as usual renews each lease at the rent paid today.

    Args:
        route: whether freed space is sublet until the lease ends, or handed back.
        discount: of a sublease below a direct lease.
        paid: rent paid per m2 and month.
        break_month: month of the case after which space can be handed back; None: at the end.
        penalty_months: months of the rent paid that a break costs.
        reinstatement: per m2, once, when space is handed back.
        ends: last month of each lease by building, month 1 first.
    """

    route: Literal["sublet", "hand_back"]
    discount: Decimal
    paid: Decimal
    break_month: int | None
    penalty_months: int
    reinstatement: Decimal
    ends: Mapping[str, int]

    def breaks(self, building: str, release: int) -> bool:
        """Say whether a unit is handed back by a break rather than at the lease's end."""
        if self.route != "hand_back" or self.break_month is None:
            return False
        return max(self.break_month, release) < self.ends[building]

    def last_month(self, building: str, release: int) -> int:
        """Return the last month in which a unit is held; not before it is empty."""
        end = self.ends[building]
        if self.breaks(building, release) and self.break_month is not None:
            end = self.break_month
        return max(end, release)


def tenancy_of(estate: Estate, reading: Reading) -> Tenancy | None:
    """Return how the leased buildings of an estate are held, None if it owns them all."""
    leased = [building for building in estate.buildings if building.tenure == "leased"]
    if not leased:
        return None
    start = reading.day("start", _REFUSED)
    ends: dict[str, int] = {}
    for building in leased:
        where = sentence(
            "sheet buildings, code {building}, column lease_end", building=building.code
        )
        if building.lease_end is None:
            reading.miss(
                where, sentence("no end of the lease; enter the last day of the lease in force")
            )
            continue
        ends[building.code] = _month(start, building.lease_end)
        if start != _REFUSED and ends[building.code] < 1:
            reading.miss(
                where,
                sentence(
                    "{lease_end} is before the case starts on {start}; enter the end of the "
                    "lease in force",
                    lease_end=building.lease_end,
                    start=start,
                ),
            )
    return Tenancy(
        route="hand_back" if reading.word("leased_route") == "hand_back" else "sublet",
        discount=reading.number("sublet_discount"),
        paid=reading.number("leased_rent_paid_per_m2_month"),
        break_month=reading.whole("leased_break_month") or None,
        penalty_months=reading.whole("leased_break_penalty_months"),
        reinstatement=reading.number("reinstatement_per_m2"),
        ends=ends,
    )


def _month(start: dt.date, day: dt.date) -> int:
    """Return which month of the case a day falls in, 1 for the month of the start."""
    return (day.year - start.year) * MONTHS + day.month - start.month + 1
