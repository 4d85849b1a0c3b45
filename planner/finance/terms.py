"""The figures that hold for the whole estate, read once and checked together."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import TYPE_CHECKING

from planner.domain.assumptions import register_of
from planner.finance.calendar import Clock
from planner.finance.discount import EXACT
from planner.finance.reading import Reading

if TYPE_CHECKING:
    from planner.domain.estate import Estate, Unit


@dataclass(frozen=True, slots=True)
class Terms:
    """What every unit and move of an estate is priced with; money in major units.

    Args:
        start: first day of month 1.
        rate: discount rate a year.
        clock: timing of a unit released in the usual month.
        achieved: share of the asked rent that is paid.
        default: share of rent not collected.
        premium: extra rent of a whole building.
        commission: share of the first year's rent.
        void_cost: per m2 and month.
        works: per m2, once.
        move, move_elsewhere: per person, within a building and between two.
        contingency: share added to works and moves.
    """

    start: dt.date
    rate: Decimal
    clock: Clock
    achieved: Decimal
    default: Decimal
    premium: Decimal
    commission: Decimal
    void_cost: Decimal
    works: Decimal
    move: Decimal
    move_elsewhere: Decimal
    contingency: Decimal


def terms_of(estate: Estate) -> Terms:
    """Return the terms of an estate.

    Raises:
        InvalidInput: every missing or wrong figure and rent, with its place and what to enter.
    """
    reading = Reading(register_of(estate))
    with localcontext(EXACT):
        terms = _read(reading)
    for unit in estate.units:
        _check_unit(unit, reading)
    reading.refuse()
    return terms


def _read(reading: Reading) -> Terms:
    horizon = reading.whole("horizon_months")
    return Terms(
        start=reading.day("start", dt.date(1, 1, 1)),
        rate=reading.number("discount_rate"),
        clock=Clock(
            horizon=horizon,
            release=reading.whole("release_month"),
            void=reading.whole("void_months"),
            rent_free=reading.whole("rent_free_months"),
            term=horizon,
            pay=1,
            step=12,
            steps=(reading.number("escalation_rate"),),
            growth=reading.number("running_cost_growth"),
        ),
        achieved=reading.number("achieved_rent"),
        default=reading.number("default_allowance"),
        premium=reading.number("whole_building_premium"),
        commission=reading.number("commission_rate"),
        void_cost=reading.number("void_cost_per_m2_month"),
        works=reading.number("works_per_m2"),
        move=reading.number("move_cost_per_person"),
        move_elsewhere=reading.number("move_cost_elsewhere_per_person"),
        contingency=reading.number("capital_contingency"),
    )


def _check_unit(unit: Unit, reading: Reading) -> None:
    """Keep what the unit's own records lack; a gap is never a zero."""
    building = f"sheet buildings, code {unit.building.code}"
    if unit.lettable and unit.rent_per_m2_month is None:
        reading.miss(
            f"{building}, column rent_per_m2_month",
            "no rent; enter what a tenant would pay for 1 m² a month, "
            "or a rent for each of its floors",
        )
    if unit.building.running_cost_per_m2_month is None:
        reading.miss(
            f"{building}, column running_cost_per_m2_month",
            "no running cost; enter what 1 m² costs a month, 0 if nothing is saved",
        )
