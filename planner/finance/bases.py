"""What each line of a unit multiplies: named factors, so that every amount can be traced."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from planner.domain.money import digits
from planner.finance.discount import MONTHS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.domain.estate import Unit
    from planner.finance.terms import Terms

Factor = tuple[str, Decimal]
"""Name and value; `less:x` is 1 - x and `plus:x` is 1 + x of the figure x."""


@dataclass(frozen=True, slots=True)
class Base:
    """A line before it is spread over the months.

    Args:
        name: of the line.
        row: of the calendar that it follows.
        sign: 1 for income, -1 for a cost.
        factors: whose product it is, in minor units.
        on_rent: whether it hangs on the rent, and so on a whole building's premium.
    """

    name: str
    row: str
    sign: int
    factors: tuple[Factor, ...]
    on_rent: bool = False

    @property
    def value(self) -> Decimal:
        """Return the signed product, exact, minor units."""
        return self.sign * product(self.factors)


@dataclass(frozen=True, slots=True)
class MonthlyRent:
    """The first monthly rent of a unit, and what it is made of.

    Args:
        factors: whose product it is before rounding, in minor units.
        quantum: the rent of `instalment` months is a multiple of this, minor units; or None.
        instalment: months.
    """

    factors: tuple[Factor, ...]
    quantum: Decimal | None
    instalment: int

    @property
    def value(self) -> Decimal:
        """Return the rent a month, minor units."""
        exact = product(self.factors)
        if self.quantum is None:
            return exact
        times = (exact * self.instalment / self.quantum).to_integral_value(ROUND_HALF_UP)
        return times * self.quantum / self.instalment


def product(factors: tuple[Factor, ...]) -> Decimal:
    """Return the product of factors."""
    result = Decimal(1)
    for _, value in factors:
        result *= value
    return result


def minor_units(currency: str) -> Factor:
    """Return how many minor units make a major one."""
    return ("minor_units", Decimal(10) ** digits(currency))


def monthly_rent(unit: Unit, terms: Terms, currency: str) -> MonthlyRent | None:
    """Return the first monthly rent, None for a unit that cannot be let."""
    if not unit.lettable:
        return None
    common = (("area_m2", unit.area_m2), minor_units(currency))
    achieved = ("achieved_rent", terms["achieved_rent"])
    if unit.building.tenure == "leased" and terms.tenancy is not None:
        asked = unit.rent_per_m2_month or Decimal(0)
        discount = ("less:sublet_discount", 1 - terms.tenancy.discount)
        return MonthlyRent((("rent_per_m2_month", asked), achieved, discount, *common), None, 1)
    lease = terms.lease
    scale = Decimal(10) ** digits(currency)
    quantum = None if lease.quantum is None else lease.quantum * scale
    if lease.rent is not None:
        rent: tuple[Factor, ...] = (("rent_by_rule_per_m2_month", lease.rent),)
    else:
        rent = (("rent_per_m2_month", unit.rent_per_m2_month or Decimal(0)), achieved)
    return MonthlyRent((*rent, *lease.factors, *common), quantum, lease.instalment)


def unit_bases(unit: Unit, terms: Terms, currency: str, release: int) -> list[Base]:
    """Return what a freed unit's lines multiply; lines that are switched off are left out.

    Args:
        unit: what is freed.
        terms: what it is priced with.
        currency: of the estate.
        release: month after which it is empty.
    """
    scale = (("area_m2", unit.area_m2), minor_units(currency))
    found = [*_rental(unit, terms, currency), *_services(unit, terms, scale)]
    saved = unit.building.running_cost_per_m2_month or Decimal(0)
    share = ("running_saving_share", terms["running_saving_share"])
    found.append(
        Base("running_saved", "saved", 1, (("running_cost_per_m2_month", saved), share, *scale))
    )
    found += _handed_back(unit, terms, scale, release)
    if terms["repairs_due_per_m2"] and unit.lettable:
        repairs = ("repairs_due_per_m2", terms["repairs_due_per_m2"])
        found.append(Base("repairs_avoided", "repairs", 1, (repairs, *scale)))
    void = ("void_cost_per_m2_month", terms["void_cost_per_m2_month"])
    found.append(Base("void_cost", "void", -1, (void, *scale)))
    if _is_let(unit, terms):
        works = ("works_per_m2", terms["works_per_m2"])
        found.append(Base("works", "works", -1, (works, contingency(terms), *scale)))
    return found


def contingency(terms: Terms) -> Factor:
    """Return the optimism bias on one-off costs."""
    return ("plus:capital_contingency", 1 + terms["capital_contingency"])


def _is_let(unit: Unit, terms: Terms) -> bool:
    if unit.building.tenure == "leased" and terms.tenancy is not None:
        return unit.lettable and terms.tenancy.route == "sublet"
    return unit.lettable


def _rental(unit: Unit, terms: Terms, currency: str) -> Iterator[Base]:
    """Yield what hangs on the rent."""
    monthly = monthly_rent(unit, terms, currency)
    if monthly is None or not _is_let(unit, terms):
        return
    rent = ("monthly_rent", monthly.value)
    yield Base("rent", "rent", 1, (rent,), on_rent=True)
    default = ("default_allowance", terms["default_allowance"])
    yield Base("default", "rent", -1, (rent, default), on_rent=True)
    if terms["rent_tax_rate"]:
        paid = ("less:default_allowance", 1 - terms["default_allowance"])
        tax = ("rent_tax_rate", terms["rent_tax_rate"])
        yield Base("rent_tax", "rent", -1, (rent, paid, tax), on_rent=True)
    if terms["deposit_months"]:
        months = ("deposit_months", terms["deposit_months"])
        yield Base("deposit", "deposit", 1, (rent, months), on_rent=True)
    commission = ("commission_rate", terms["commission_rate"])
    year = ("months", Decimal(MONTHS))
    yield Base("commission", "commission", -1, (rent, year, commission), on_rent=True)


def _services(unit: Unit, terms: Terms, scale: tuple[Factor, ...]) -> Iterator[Base]:
    """Yield services to the tenant and what the service charge brings back."""
    if not terms["service_cost_per_m2_month"] or not _is_let(unit, terms):
        return
    cost = ("service_cost_per_m2_month", terms["service_cost_per_m2_month"])
    recovered = ("service_recovery", terms["service_recovery"])
    yield Base("service_cost", "let", -1, (cost, *scale))
    yield Base("service_charge", "let", 1, (cost, recovered, *scale))
    if terms["rent_tax_rate"]:
        tax = ("rent_tax_rate", terms["rent_tax_rate"])
        yield Base("service_tax", "let", -1, (cost, recovered, tax, *scale))


def _handed_back(
    unit: Unit, terms: Terms, scale: tuple[Factor, ...], release: int
) -> Iterator[Base]:
    """Yield what handing back a unit of a leased building saves and costs."""
    tenancy = terms.tenancy
    if tenancy is None or unit.building.tenure != "leased":
        return
    paid = ("leased_rent_paid_per_m2_month", tenancy.paid)
    yield Base("rent_saved", "after", 1, (paid, *scale))
    restore = ("reinstatement_per_m2", tenancy.reinstatement)
    yield Base("reinstatement", "exit", -1, (restore, contingency(terms), *scale))
    if tenancy.breaks(unit.building.code, release) and tenancy.penalty_months:
        months = ("leased_break_penalty_months", Decimal(tenancy.penalty_months))
        yield Base("break_penalty", "exit", -1, (paid, months, *scale))
