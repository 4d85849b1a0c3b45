"""Utilisation by building, before and after, as the USE IT Act of the United States counts it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np

from planner.demand.use import SQFT_150_M2, THRESHOLD, usable_area, usable_area_of
from planner.domain.privacy import FEWEST, merged
from planner.reports.facts.headline import number_of
from planner.reports.facts.scope import Scope
from planner.reports.facts.seats import attendance_source
from planner.reports.facts.tables import Cell, Column, Fact, Row, Table
from planner.reports.facts.words import named
from planner.reports.sheets.sheet import Sheet, Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.i18n import Speech
    from planner.reports.dossier import Dossier


@dataclass(frozen=True, slots=True)
class Use:
    """Usable area and people on site on a mean day of a building, or of several.

    Buildings where fewer than five people have their place are put together with another.
    """

    name: str
    area_m2: Decimal
    people: Decimal

    @property
    def rate(self) -> Decimal | None:
        """Return people over capacity at the benchmark, None without area."""
        return self.people * SQFT_150_M2 / self.area_m2 if self.area_m2 else None


def uses_of(dossier: Dossier, *, after: bool) -> tuple[Use, ...]:
    """Return each building's use, today or in the plan.

    Source:
        USE IT Act, Public Law 118-272, division B, section 2302 (4 January 2025): capacity
        is usable area over 150 square feet, utilisation is occupancy over capacity. The Act
        counts people on site 40 hours a week over two months; here a mean counted day stands
        in for it.
    """
    estate, plan = dossier.estate, dossier.plan
    mean = mean_present(dossier)
    freed = plan.freed_units if after else frozenset()
    found = []
    for buildings in _parts(dossier):
        units = {unit.id for unit in estate.units if unit.building.code in buildings}
        area = sum(
            (usable_area_of(unit) for unit in estate.units if unit.id in units - freed),
            start=Decimal(0),
        )
        people = Decimal(0)
        for code, where in (plan.placed if after else estate.now).items():
            whole = sum(where.values())
            here = sum(count for unit, count in where.items() if unit in units)
            if whole:
                people += mean.get(code, Decimal(0)) * here / whole
        names = [estate.building_of[code].name for code in buildings]
        found.append(Use(", ".join(names), area, people))
    return tuple(found)


def _parts(dossier: Dossier) -> tuple[tuple[str, ...], ...]:
    """Return the buildings, those together where few people sit today or in the plan."""
    estate, plan = dossier.estate, dossier.plan
    least = {}
    for building in estate.buildings:
        units = {unit.id for unit in estate.units if unit.building is building}
        seated = [
            sum(
                count for where in placed.values() for unit, count in where.items() if unit in units
            )
            for placed in (estate.now, plan.placed)
        ]
        # One count each of before and after: the smaller one that is not nobody decides.
        least[building.code] = min(filter(None, seated), default=0)
    sites = {building.code: building.site for building in estate.buildings}
    return merged(least, sites, FEWEST)


def mean_present(dossier: Dossier) -> Mapping[str, Decimal]:
    """Return people on site on a mean counted day by team; the typed rate where nobody counted."""
    attendance = dossier.estate.attendance
    found = {}
    for team in dossier.estate.teams:
        if team.attendance_rate is not None:
            found[team.code] = team.attendance_rate * team.headcount
    for at, code in enumerate(attendance.teams):
        known = attendance.known[:, at]
        if known.any():
            total = int(np.where(known, attendance.present[:, at], 0).sum())
            found[code] = Decimal(total) / int(known.sum())
    return found


def utilisation_sheet(dossier: Dossier, speech: Speech) -> Sheet:
    """Return the utilisation report."""
    scope = Scope(dossier)
    before, after = uses_of(dossier, after=False), uses_of(dossier, after=True)
    total = [_whole(uses, speech) for uses in (before, after)]
    return Sheet(
        kind=speech._("Utilisation"),
        name=number_of(scope, speech),
        over=f"{named(dossier.estate.header.name)} · {speech.long_date(dossier.date)}",
        title=speech._(
            "Utilisation rises from %(before)s to %(after)s of capacity",
            before=_rate(total[0], speech),
            after=_rate(total[1], speech),
        ),
        lede=speech._(
            "Capacity is usable area over 150 square feet (13.9 m²) a person. Buildings below "
            "%(threshold)s for two years are to be shrunk or shared under the Act.",
            threshold=speech.percent(THRESHOLD, 0),
        ),
        figures=(
            Fact("U1", speech._("Today"), _rate(total[0], speech), speech._("of capacity")),
            Fact("U2", speech._("In the plan"), _rate(total[1], speech), speech._("of capacity")),
            Fact(
                "U3",
                speech._("On site, mean day"),
                speech.number(round(total[0].people)),
                speech._("people"),
            ),
        ),
        parts=(
            _table(before, after, total, speech),
            Text(
                speech._("How it is counted"),
                (
                    attendance_source(scope, speech),
                    speech._(
                        "The Act counts people on site 40 hours a week over two months; a mean "
                        "counted day stands in for it."
                    ),
                    _areas_said(dossier, speech),
                    speech._(
                        "Laboratories, vaults, data centres and public waiting areas ought to be "
                        "taken off the area first; that is not done here."
                    ),
                ),
            ),
        ),
    )


def _areas_said(dossier: Dossier, speech: Speech) -> str:
    assumed = sum(usable_area(floor)[1] for floor in dossier.estate.floors)
    if not assumed:
        return speech._("Usable areas are those stated for the floors.")
    return speech.n(
        "On %(count)s floor lettable area stands in for usable area.",
        "On %(count)s floors lettable area stands in for usable area.",
        assumed,
    )


def _whole(uses: tuple[Use, ...], speech: Speech) -> Use:
    return Use(
        speech._("All buildings"),
        sum((use.area_m2 for use in uses), start=Decimal(0)),
        sum((use.people for use in uses), start=Decimal(0)),
    )


def _rate(use: Use, speech: Speech) -> str:
    return "–" if use.rate is None else speech.percent(use.rate, 0)


def _table(
    before: tuple[Use, ...], after: tuple[Use, ...], total: list[Use], speech: Speech
) -> Table:
    def cells(use: Use) -> tuple[str | Cell, ...]:
        low = use.rate is not None and use.rate < THRESHOLD
        per_head = use.area_m2 / use.people if use.people else None
        return (
            speech.number(use.area_m2),
            speech.number(use.people, 0),
            "–" if per_head is None else speech.number(per_head, 1),
            Cell(("*" if low else "") + _rate(use, speech), "tight" if low else ""),
        )

    rows: list[Row] = [
        (one.name, *cells(one), *cells(other)) for one, other in zip(before, after, strict=True)
    ]
    low = sum(use.rate is not None and use.rate < THRESHOLD for use in after)
    heads = (
        speech._("m²"),
        speech._("people"),
        speech._("m² a head"),
        speech._("use"),
    )
    return Table(
        title=speech.n(
            "In the plan %(count)s building stays below the threshold",
            "In the plan %(count)s buildings stay below the threshold",
            low,
        )
        if low
        else speech._("In the plan no building stays below the threshold"),
        columns=(
            Column(speech._("Building")),
            *(Column(speech._("Today: %(what)s", what=head), numeric=True) for head in heads),
            *(Column(speech._("Plan: %(what)s", what=head), numeric=True) for head in heads),
        ),
        rows=tuple(rows),
        total=(total[0].name, *cells(total[0]), *cells(total[1])),
        note=speech._("* below %(share)s of capacity.", share=speech.percent(THRESHOLD, 0)),
    )
