"""Everything a spreadsheet needs to rebuild a unit's lines with live formulas."""

from __future__ import annotations

from dataclasses import dataclass, fields
from decimal import Decimal, localcontext
from typing import TYPE_CHECKING, Final

from planner.finance.bases import Base, MonthlyRent, monthly_rent, unit_bases
from planner.finance.calendar import Calendar, Clock, calendar_of
from planner.finance.discount import EXACT
from planner.finance.leases import clock_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.domain.estate import Unit
    from planner.finance.terms import Terms

FORMULAS: Final[Mapping[str, str]] = {
    "k": "m-1-release-void",
    "term_no": "IF(AND(k>=0,m<=last_let),INT(k/term),-1)",
    "at": "MOD(k,term)",
    "deflator": "(1+inflation)^(-m/12)",
    "grown": "(1+growth)^INT((m-1)/12)*deflator",
    "gone_rent": (
        "IF(AND(term_no>0,at<relet+rent_free),leaving,"
        "IF(AND(break_at>0,at>=break_at,at<break_at+relet+rent_free),break_leaving,0))"
    ),
    "gone": (
        "IF(AND(term_no>0,at<relet),leaving,"
        "IF(AND(break_at>0,at>=break_at,at<break_at+relet),break_leaving,0))"
    ),
    "new": (
        "IF(AND(k>=relet,k>0),IF(AND(k>=relet+term,MOD(k-relet,term)=0),leaving,"
        "IF(AND(break_at>0,MOD(k-relet,term)=break_at),break_leaving,0)),0)"
    ),
    "level": "(1+escalation)^INT(k/step)",
    "earned": "IF(AND(term_no>=0,k>=rent_free),(1-gone_rent)*level,0)",
    "rent": (
        "IF(term_no<0,0,IF(MOD(at,pay)=0,"
        "SUMPRODUCT(earned_row*(m_row>=m)*(m_row<=m-1+MIN(pay,term-at)))*deflator,0))"
    ),
    "commission": "IF(term_no<0,0,IF(k=0,deflator,new*level*deflator))",
    "let": "IF(term_no<0,0,(1-gone)*grown)",
    "void": "IF(term_no>=0,gone*grown,IF(AND(m>release,m<=until),grown,0))",
    "saved": "IF(m>release,grown,0)",
    "works": "IF(m=release+1,deflator,0)",
    "deposit": "IF(has_lease,IF(k=0,deflator,0)-IF(m=last_let,deflator,0),0)",
    "exit": "IF(m=until,deflator,0)",
    "after": "IF(m>until,deflator,0)",
    "repairs": "IF(AND(m=repairs_at,repairs_at>release),deflator,0)",
    "once": "IF(m=MAX(1,release),deflator,0)",
}
"""Each row of the calendar as a spreadsheet formula of month m and of `Parameters.names`.

An amount is ROUND(base*row,0) in minor units. `level` is exact for one constant rate; for
steps (`len(steps) > 1`) print the row `levels` of the parameters instead. `earned_row` and
`m_row` are the whole rows. A unit that is never let has `void` larger than the horizon.
"""


@dataclass(frozen=True, slots=True)
class Parameters:
    """What a unit of a case is made of.

    Args:
        unit: its id.
        clock: when its money moves.
        calendar: how many bases each month pays, row by row.
        rate: discount rate a year.
        rule: key of the rent rule.
        monthly: first monthly rent with its factors, None if it cannot be let.
        bases: lines with their factors; amounts are bases times calendar rows.
        premium: share of the rent that its block adds when whole.
    """

    unit: str
    clock: Clock
    calendar: Calendar
    rate: Decimal
    rule: str
    monthly: MonthlyRent | None
    bases: tuple[Base, ...]
    premium: Decimal

    @property
    def names(self) -> Mapping[str, Decimal]:
        """Return the numbers that `FORMULAS` speak of, by name."""
        clock = self.clock
        plain = {
            field.name: getattr(clock, field.name)
            for field in fields(clock)
            if field.name not in {"void", "break_at", "repairs_at", "steps"}
        }
        start = clock.lease_start
        return {
            **{name: Decimal(value) for name, value in plain.items()},
            "void": Decimal(clock.horizon if clock.void is None else clock.void),
            "break_at": Decimal(clock.break_at or 0),
            "repairs_at": Decimal(clock.repairs_at or 0),
            "escalation": clock.steps[0],
            "last_let": Decimal(clock.last_let),
            "has_lease": Decimal(start is not None),
            "discount_rate": self.rate,
        }

    @property
    def levels(self) -> tuple[Decimal, ...]:
        """Return the rent of each month over the first rent; 1 before the lease starts."""
        start = self.clock.lease_start
        months = range(1, self.clock.horizon + 1)
        with localcontext(EXACT):
            return tuple(
                Decimal(1)
                if start is None or month < start
                else self.clock.escalated(month - start)
                for month in months
            )


def parameters_of(unit: Unit, terms: Terms, currency: str, release: int | None) -> Parameters:
    """Return what a freed unit is made of."""
    clock = clock_of(unit, terms, release)
    with localcontext(EXACT):
        premium = terms["whole_building_premium"] if terms.lease.premium else Decimal(0)
        return Parameters(
            unit=unit.id,
            clock=clock,
            calendar=calendar_of(clock),
            rate=terms.rate,
            rule=terms.rule.key if unit.building.tenure == "owned" else "market",
            monthly=monthly_rent(unit, terms, currency),
            bases=tuple(unit_bases(unit, terms, currency, clock.release)),
            premium=premium,
        )
