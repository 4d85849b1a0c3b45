"""The figures that hold for the whole estate, read once and checked together."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext
from typing import TYPE_CHECKING

from planner.domain.assumptions import register_of
from planner.errors import InvalidInput, sentence
from planner.finance.calendar import Clock
from planner.finance.discount import EXACT
from planner.finance.escalation import Escalation, escalation_of, steps_per_term
from planner.finance.reading import Reading
from planner.finance.rules import Deal, LeaseTerms, RentRule, rule_for
from planner.finance.tenure import Tenancy, tenancy_of

if TYPE_CHECKING:
    from planner.domain.estate import Estate, Unit


@dataclass(frozen=True, slots=True)
class Terms:
    """What every unit and move of an estate is priced with; money in major units.

    Args:
        start: first day of month 1.
        rate: discount rate a year.
        clock: timing of an owned unit released in the usual month.
        sublet_clock: timing of a unit of a leased building, but for its end.
        rule: the rent rule of owned buildings.
        deal: what the rule was asked.
        lease: what it answered.
        escalation: how rent rises each year, before the rule keeps it for a term.
        figures: every number that a line multiplies, by key.
        tenancy: how leased buildings are held, None where there are none.
    """

    start: dt.date
    rate: Decimal
    clock: Clock
    sublet_clock: Clock
    rule: RentRule
    deal: Deal
    lease: LeaseTerms
    escalation: Escalation
    figures: dict[str, Decimal]
    tenancy: Tenancy | None

    def __getitem__(self, key: str) -> Decimal:
        """Return a number by its key."""
        return self.figures[key]


_NUMBERS = (
    "achieved_rent",
    "default_allowance",
    "whole_building_premium",
    "commission_rate",
    "void_cost_per_m2_month",
    "works_per_m2",
    "move_cost_per_person",
    "move_cost_elsewhere_per_person",
    "capital_contingency",
    "running_saving_share",
    "it_cost_per_person",
    "fit_out_per_person",
    "wave_cost",
    "repairs_due_per_m2",
    "deposit_months",
    "service_cost_per_m2_month",
    "service_recovery",
)


def terms_of(estate: Estate) -> Terms:
    """Return the terms of an estate.

    Raises:
        InvalidInput: every missing or wrong figure and rent, and every article that the
            lease would break, with its place and what to enter.
    """
    reading = Reading(register_of(estate))
    with localcontext(EXACT):
        rule, deal = _deal(estate, reading)
        lease = _lease(rule, deal, reading)
        tenancy = tenancy_of(estate, reading)
        terms = _read(estate, reading, (rule, deal, lease), tenancy)
    for unit in estate.units:
        _check_unit(unit, reading, lease)
    reading.refuse()
    return terms


def _deal(estate: Estate, reading: Reading) -> tuple[RentRule, Deal]:
    header = estate.header
    try:
        rule = rule_for(reading.word("rent_rule"), header.country, header.owner_kind)
    except InvalidInput as refusal:
        for problem in refusal.problems:
            reading.miss(problem.where, problem.message)
        rule = rule_for("auto", header.country, header.owner_kind)
    return rule, Deal(
        country=header.country,
        owner_kind=header.owner_kind,
        tenant_kind=reading.word("tenant_kind") or "business",
        kind_share=reading.number("tenant_kind_share"),
        months=reading.whole("lease_months") or 1,
        payment=reading.word("payment") or "auto",
        study=reading.word("long_lease_study") == "yes",
        figures={key: reading.number(key) for key in rule.needs},
    )


def _lease(rule: RentRule, deal: Deal, reading: Reading) -> LeaseTerms:
    """Return the lease; plain terms stand in for one that will be refused."""
    refusals = rule.refusals(deal)
    for problem in refusals:
        reading.miss(problem.where, problem.message)
    return LeaseTerms() if refusals else rule.terms(deal)


def _read(
    estate: Estate,
    reading: Reading,
    ruled: tuple[RentRule, Deal, LeaseTerms],
    tenancy: Tenancy | None,
) -> Terms:
    rule, deal, lease = ruled
    numbers = {key: reading.number(key) for key in _NUMBERS}
    taxes = reading.word("taxes")
    taxed = taxes == "on" or (taxes == "auto" and estate.header.owner_kind == "corporate")
    for key in ("rent_tax_rate", "vat_rate"):
        numbers[key] = reading.number(key) if taxed else Decimal(0)
    escalation = escalation_of(reading)
    plain = _clock(
        reading, deal.months, escalation.steps, repairs=bool(numbers["repairs_due_per_m2"])
    )
    if lease.rent_free or (tenancy is not None and tenancy.route == "sublet"):
        _check_rent_free(plain, reading)
    return Terms(
        start=reading.day("start", dt.date.min),
        rate=reading.number("discount_rate"),
        clock=_by_rule(plain, lease),
        sublet_clock=plain,
        rule=rule,
        deal=deal,
        lease=lease,
        escalation=escalation,
        figures=numbers,
        tenancy=tenancy,
    )


def _check_rent_free(plain: Clock, reading: Reading) -> None:
    """Keep months without rent that would run on into the next lease."""
    if plain.rent_free > plain.term:
        reading.miss(
            sentence("sheet assumptions, key {key}", key="rent_free_months"),
            sentence(
                "{free} months without rent are more than a term of {term} months; enter at "
                "most {term}, or a longer lease_months",
                free=plain.rent_free,
                term=plain.term,
            ),
        )


def _clock(reading: Reading, term: int, steps: tuple[Decimal, ...], *, repairs: bool) -> Clock:
    """Return the timing of a lease that is paid monthly and rises yearly."""
    real = reading.word("price_basis") == "real"
    breaks = reading.whole("break_month")
    if breaks >= term:
        reading.miss(
            sentence("sheet assumptions, key break_month"),
            sentence(
                "{breaks} is not before the end of a term of {term} months; enter less, or 0",
                breaks=breaks,
                term=term,
            ),
        )
    return Clock(
        horizon=reading.whole("horizon_months"),
        release=reading.whole("release_month"),
        void=reading.whole("void_months"),
        rent_free=reading.whole("rent_free_months"),
        term=term,
        pay=1,
        step=12,
        steps=steps,
        growth=reading.number("running_cost_growth"),
        inflation=reading.number("inflation_rate") if real else Decimal(0),
        leaving=1 - reading.number("renewal_share"),
        break_at=breaks or None,
        break_leaving=reading.number("break_leaving"),
        relet=reading.whole("relet_months"),
        repairs_at=reading.whole("repairs_month") if repairs else None,
    )


def _by_rule(plain: Clock, lease: LeaseTerms) -> Clock:
    """Return the timing as the rent rule has it."""
    by_term = lease.escalates == "term"
    return replace(
        plain,
        pay=lease.pay,
        rent_free=plain.rent_free if lease.rent_free else 0,
        step=plain.term if by_term else 12,
        steps=steps_per_term(plain) if by_term else plain.steps,
    )


def _check_unit(unit: Unit, reading: Reading, lease: LeaseTerms) -> None:
    """Keep what the unit's own records lack; a gap is never a zero."""
    building = f"sheet buildings, code {unit.building.code}"
    stated = unit.rent_per_m2_month is not None or (
        lease.rent is not None and unit.building.tenure == "owned"
    )
    if unit.lettable and not stated:
        reading.miss(
            sentence("{building}, column rent_per_m2_month", building=building),
            sentence(
                "no rent; enter what a tenant would pay for 1 m² a month, or a rent for "
                "each of its floors"
            ),
        )
    if unit.building.running_cost_per_m2_month is None:
        reading.miss(
            sentence("{building}, column running_cost_per_m2_month", building=building),
            sentence("no running cost; enter what 1 m² costs a month, 0 if nothing is saved"),
        )
