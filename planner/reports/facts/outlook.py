"""What else may happen: one figure at a time, two at a time, and many futures together."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Final

from planner.domain.assumptions import register_of
from planner.domain.figures import FIGURES
from planner.finance.sensitivity import break_even_rent, break_even_void, scenarios, tornado
from planner.finance.simulation import simulate

if TYPE_CHECKING:
    from planner.finance.case import Case
    from planner.finance.sensitivity import Swing
    from planner.finance.simulation import Simulated

DRAWS: Final = 4000
SHOWN: Final = 8
"""How many figures a tornado names; the others move the value less."""


@dataclass(frozen=True, eq=False)
class Outlook:
    """The futures of one case; the same seed gives the same ones."""

    case: Case
    seed: int

    @cached_property
    def simulated(self) -> Simulated:
        """Return the value in many futures."""
        return simulate(self.case, draws=DRAWS, seed=self.seed)

    @cached_property
    def swings(self) -> tuple[Swing, ...]:
        """Return the figures that matter most, widest swing first."""
        return tuple(swing for swing in tornado(self.case) if swing.width)[:SHOWN]

    @cached_property
    def longest_void(self) -> int | None:
        """Return the longest void that keeps the value positive, None if there is none."""
        return break_even_void(self.case)

    @cached_property
    def least_rent(self) -> Decimal | None:
        """Return the share of the asked rent at which the value is nothing."""
        return break_even_rent(self.case)

    @cached_property
    def voids(self) -> tuple[Decimal, ...]:
        """Return the voids of the scenario matrix, months, the one stated among them."""
        stated = register_of(self.case.values.estate).number("void_months")
        return tuple(sorted({Decimal(3), Decimal(9), Decimal(18), Decimal(30), stated}))

    @cached_property
    def rents(self) -> tuple[Decimal, ...]:
        """Return the achieved shares of the scenario matrix, the one stated among them."""
        stated = register_of(self.case.values.estate).number("achieved_rent")
        tested = {
            stated + change for change in (Decimal("-0.25"), Decimal("-0.10"), Decimal("0.10"))
        }
        most = FIGURES["achieved_rent"].most or Decimal(2)
        return tuple(sorted(share for share in {*tested, stated} if 0 <= share <= most))

    @cached_property
    def matrix(self) -> tuple[tuple[int, ...], ...]:
        """Return the value for each void (rows) and rent (columns)."""
        return scenarios(self.case, ("void_months", self.voids), ("achieved_rent", self.rents))
