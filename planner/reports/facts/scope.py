"""Counts and sums that several sections state, worked out once from one dossier."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from planner.domain.money import to_minor
from planner.domain.movecalendar import month_of_case
from planner.finance.leases import clock_of
from planner.reports.drawings.outlines import rooms_of
from planner.reports.facts.outlook import Outlook

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from planner.domain.estate import Unit
    from planner.reports.dossier import Dossier

TIGHT = Decimal("0.95")
"""A weekday on which this share of a floor's seats is taken is called tight."""


def drawn_floors(scope: Scope) -> tuple[str, ...]:
    """Return the codes of freed floors of which rooms are drawn, in the estate's order."""
    estate = scope.dossier.estate
    return tuple(
        code
        for code in dict.fromkeys(unit.floor.code for unit in scope.freed)
        if rooms_of(estate, code)
    )


@dataclass(frozen=True, eq=False)
class Scope:
    """What one plan comes to, in plain numbers."""

    dossier: Dossier

    @cached_property
    def freed(self) -> tuple[Unit, ...]:
        """Return the freed units in the estate's order."""
        freed = self.dossier.plan.freed_units
        return tuple(unit for unit in self.dossier.estate.units if unit.id in freed)

    @cached_property
    def kept(self) -> tuple[Unit, ...]:
        """Return the units that stay in use or in hand."""
        freed = self.dossier.plan.freed_units
        return tuple(unit for unit in self.dossier.estate.units if unit.id not in freed)

    @cached_property
    def floors(self) -> int:
        """Return how many floors there are."""
        return len(self.dossier.estate.floors)

    @cached_property
    def floors_freed(self) -> int:
        """Return how many floors are freed as a whole."""
        kept = {unit.floor.code for unit in self.kept}
        return len({unit.floor.code for unit in self.freed} - kept)

    @cached_property
    def whole_floors(self) -> bool:
        """Say whether every freed unit belongs to a floor freed as a whole."""
        kept = {unit.floor.code for unit in self.kept}
        return not any(unit.floor.code in kept for unit in self.freed)

    @cached_property
    def area(self) -> Decimal:
        """Return the lettable area of the estate, square metres."""
        return sum((unit.area_m2 for unit in self.dossier.estate.units), start=Decimal(0))

    @cached_property
    def area_freed(self) -> Decimal:
        """Return the freed lettable area, square metres."""
        return sum((unit.area_m2 for unit in self.freed), start=Decimal(0))

    @cached_property
    def bases(self) -> tuple[str, ...]:
        """Return the bases that the freed areas were measured by."""
        return tuple(dict.fromkeys(unit.floor.area_basis for unit in self.freed))

    @cached_property
    def seats(self) -> int:
        """Return the seats of today, of a unit no more than its exits allow people."""
        return sum(unit.places for unit in self.dossier.estate.units)

    @cached_property
    def seats_kept(self) -> int:
        """Return the seats that the plan keeps, of a unit no more than its exits allow people."""
        return sum(unit.places for unit in self.kept)

    @cached_property
    def weekday_totals(self) -> tuple[int, ...]:
        """Return the seats taken in the plan per weekday, all units together."""
        taken = self.dossier.plan.taken.values()
        return tuple(map(sum, zip(*taken, strict=True))) or (0,) * len(self.dossier.plan.weekdays)

    @cached_property
    def busiest(self) -> int:
        """Return which of the plan's weekdays takes most seats (0 is Monday)."""
        totals = self.weekday_totals
        return self.dossier.plan.weekdays[totals.index(max(totals))]

    @cached_property
    def teams_moved(self) -> int:
        """Return how many teams move, in whole or in part."""
        return len({move.team for move in self.dossier.plan.moves})

    @cached_property
    def tight(self) -> tuple[tuple[Unit, int], ...]:
        """Return kept units whose busiest weekday is tight, with their free seats on it."""
        found = []
        for unit in self.kept:
            most = max(self.dossier.plan.taken.get(unit.id, (0,)))
            if unit.places and Decimal(most) / unit.places >= TIGHT:
                found.append((unit, unit.places - most))
        return tuple(found)

    @cached_property
    def release(self) -> dt.date:
        """Return the first day on which all freed units are empty."""
        case = self.dossier.case
        usual = case.values.terms.clock.release
        return month_of_case(case.months[0], max(case.releases.values(), default=usual) + 1)

    @cached_property
    def undated_npv(self) -> int:
        """Return the value with every unit empty in the first month that the figures allow."""
        plan, values = self.dossier.plan, self.dossier.case.values
        worth = sum(values.unit_npv(one.unit) for one in plan.freed)
        worth += sum(values.block_npv(one.block) for one in plan.blocks)
        return worth - sum(
            one.people * values.move_npv_per_person(one.origin, one.unit)
            for one in plan.placements
            if one.origin is not None and one.origin != one.unit
        )

    def left_on(self, unit: str) -> dt.date | None:
        """Return the last day on which a freed unit is in use, None if nobody leaves it."""
        schedule = self.dossier.plan.schedule
        days = () if schedule is None else schedule.releases
        return next((one.day for one in days if one.unit == unit), None)

    def released(self, unit: str) -> dt.date:
        """Return the first day of the month from which a freed unit counts as empty."""
        case = self.dossier.case
        after = case.releases.get(unit, case.values.terms.clock.release)
        return month_of_case(case.months[0], after + 1)

    def rent_from(self, unit: str) -> dt.date | None:
        """Return the first day of a freed unit's lease, None if none starts in time."""
        case = self.dossier.case
        clock = clock_of(case.values.unit(unit), case.values.terms, case.releases.get(unit))
        start = clock.lease_start
        return None if start is None else month_of_case(case.months[0], start)

    @cached_property
    def outlook(self) -> Outlook:
        """Return what else may happen to the value."""
        return Outlook(self.dossier.case, self.dossier.plan.seed)

    @cached_property
    def months(self) -> int:
        """Return how many months the case counts."""
        return len(self.dossier.case.months)

    def asked_rent(self, units: Sequence[Unit]) -> int | None:
        """Return the rent asked for units a month, minor units; None where one is not known."""
        rents = [unit.rent_per_m2_month for unit in units]
        if any(rent is None for rent in rents):
            return None
        currency = self.dossier.estate.header.currency
        return sum(
            to_minor((rent or Decimal(0)) * unit.area_m2, currency)
            for rent, unit in zip(rents, units, strict=True)
        )
