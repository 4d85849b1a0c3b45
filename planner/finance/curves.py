"""What a freed unit is worth for every month in which its lease could start."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal, localcontext
from typing import TYPE_CHECKING, Final

import numpy as np

from planner.finance.bases import unit_bases
from planner.finance.calendar import Clock, calendar_of
from planner.finance.discount import EXACT, factors
from planner.finance.leases import clock_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from planner.finance.case import Case

    Floats = NDArray[np.float64]

_SHIFTED: Final = ("rent", "commission", "let", "void", "deposit")
_RISKY_COSTS: Final = frozenset({"works", "void_cost", "reinstatement"})


@dataclass(frozen=True, slots=True)
class Curve:
    """Present values of one unit, minor units, in floats.

    Args:
        release: month after which it is empty.
        void: months from then to the lease, as stated.
        let: whether it is ever let.
        by_rent, by_cost, plain: what multiplies with rent, with one-off cost, with neither;
            entry s is a lease that starts in month s + 1, the last one no lease at all.
    """

    release: int
    void: int
    let: bool
    by_rent: Floats
    by_cost: Floats
    plain: Floats


class Curves:
    """Curves of a case's freed units; rows of the calendar are priced once for all of them."""

    def __init__(self, case: Case) -> None:
        """Keep the case; nothing is priced before it is asked."""
        self._case = case
        self._terms = case.values.terms
        self._rows: dict[Clock, dict[str, Floats]] = {}
        self._whole = {
            unit
            for block in case.values.estate.blocks
            if set(block.units) <= set(case.freed)
            for unit in block.units
        }

    def of(self, unit_id: str) -> Curve:
        """Return the curve of a freed unit, with its share of a whole building's premium."""
        values = self._case.values
        unit = values.unit(unit_id)
        clock = clock_of(unit, self._terms, self._case.releases.get(unit_id))
        with localcontext(EXACT):
            bases = unit_bases(unit, self._terms, values.currency, clock.release)
        sums = {kind: np.zeros(clock.horizon + 1) for kind in ("rent", "cost", "plain")}
        rows = self._by_start(clock)
        for base in bases:
            if base.on_rent:
                kind, times = "rent", self._with_premium(unit_id)
            else:
                kind, times = ("cost" if base.name in _RISKY_COSTS else "plain"), 1.0
            worth = rows[base.row] if base.row in rows else self._fixed(clock, base.row)
            sums[kind] += float(base.value) * times * worth
        return Curve(clock.release, clock.void or 0, clock.void is not None, *sums.values())

    def _by_start(self, clock: Clock) -> dict[str, Floats]:
        """Return the rows that depend on the start of the lease only, void from the release."""
        lease = replace(clock, release=0, void=0)
        if lease not in self._rows:
            calendars = [
                calendar_of(replace(lease, void=start)) for start in range(clock.horizon + 1)
            ]
            self._rows[lease] = {
                row: np.array([self._present(getattr(each, row)) for each in calendars])
                for row in _SHIFTED
            }
        before = calendar_of(replace(lease, void=None)).void[: clock.release]
        rows = self._rows[lease]
        return {**rows, "void": rows["void"] - self._present(before)}

    def _fixed(self, clock: Clock, row: str) -> float:
        return self._present(getattr(calendar_of(clock), row))

    def _present(self, row: tuple[Decimal, ...]) -> float:
        with localcontext(EXACT):
            pairs = zip(row, factors(self._terms.rate, len(row)), strict=True)
            return float(sum((times * factor for times, factor in pairs if times), Decimal(0)))

    def _with_premium(self, unit_id: str) -> float:
        owned = self._case.values.unit(unit_id).building.tenure == "owned"
        if unit_id not in self._whole or (owned and not self._terms.lease.premium):
            return 1.0
        return 1.0 + float(self._terms["whole_building_premium"])
