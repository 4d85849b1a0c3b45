"""Business as usual: what the estate costs if nothing is freed, repairs that are due included.

A case counts differences against this, so the baseline is shown beside it, never added to it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal, localcontext
from typing import TYPE_CHECKING

from planner.finance.bases import Base, minor_units
from planner.finance.calendar import calendar_of, once
from planner.finance.discount import EXACT, present
from planner.finance.leases import Line, spread
from planner.finance.values import total, values_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.domain.estate import Estate, Unit
    from planner.domain.money import Minor
    from planner.finance.calendar import Clock, Multipliers
    from planner.finance.values import Values


@dataclass(frozen=True, slots=True)
class Baseline:
    """What business as usual costs, minor units a month, costs negative.

    Args:
        lines: running costs, rents paid and repairs due, unit by unit.
        net: their sums.
        npv: their present value.
    """

    lines: tuple[Line, ...]
    net: tuple[Minor, ...]
    npv: Minor


def baseline_of(estate: Estate, values: Values | None = None) -> Baseline:
    """Return business as usual for a whole estate.

    Raises:
        InvalidInput: figures are missing.
    """
    prices = values or values_of(estate)
    clock = prices.terms.clock
    rows = _rows(clock)
    with localcontext(EXACT):
        lines = tuple(
            Line(base.name, unit.id, base.value, base.row, spread(base.value, rows[base.row]))
            for unit in estate.units
            for base in _bases(unit, prices)
        )
    net = total(lines, clock.horizon)
    return Baseline(lines, net, present(net, prices.terms.rate))


def _rows(clock: Clock) -> dict[str, Multipliers]:
    always = calendar_of(replace(clock, release=0, void=None, until=0))
    return {
        "saved": always.saved,
        "after": always.after,
        "repairs": once(clock, clock.repairs_at or 0),
    }


def _bases(unit: Unit, prices: Values) -> Iterator[Base]:
    terms = prices.terms
    scale = (("area_m2", unit.area_m2), minor_units(prices.currency))
    running = unit.building.running_cost_per_m2_month or Decimal(0)
    yield Base("running_cost", "saved", -1, (("running_cost_per_m2_month", running), *scale))
    if unit.building.tenure == "leased" and terms.tenancy is not None:
        paid = ("leased_rent_paid_per_m2_month", terms.tenancy.paid)
        yield Base("rent_paid", "after", -1, (paid, *scale))
    if terms["repairs_due_per_m2"]:
        repairs = ("repairs_due_per_m2", terms["repairs_due_per_m2"])
        yield Base("repairs_due", "repairs", -1, (repairs, *scale))
