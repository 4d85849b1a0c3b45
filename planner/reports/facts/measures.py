"""What each ledger, building and freed unit is worth by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planner.finance.measured import measured
from planner.reports.facts.tables import Cell, Column, Row, Table

if TYPE_CHECKING:
    from planner.finance.measured import Measured
    from planner.i18n import Speech
    from planner.reports.facts.scope import Scope

MOST_UNITS: Final = 24
"""Rows of units printed, the most valuable first."""

_NONE: Final = "\u2013"


def measures_table(scope: Scope, speech: Speech) -> Table:
    """Return the measures of the plan, its ledgers, its buildings and its freed units."""
    found = measured(scope.dossier.case, MOST_UNITS)
    power, unit = speech.money_scale([one.npv for one in found])
    kinds = {one.of for one in found}
    buildings = sum(one.of == "building" for one in found)
    shown = [one for one in found if one.of != "building" or buildings > 1 or "unit" not in kinds]
    return Table(
        title=speech._("Each part by itself"),
        columns=(
            Column(speech._("Of")),
            Column(speech._("Net present value, %(unit)s", unit=unit), numeric=True),
            Column(speech._("Rate of return"), numeric=True),
            Column(speech._("Paid back, months"), numeric=True),
            Column(speech._("Equal amount a year, %(unit)s", unit=unit), numeric=True),
            Column(speech._("Benefits over costs"), numeric=True),
            Column(speech._("Most money out, %(unit)s", unit=unit), numeric=True),
        ),
        rows=tuple(_row(one, scope, power, speech) for one in shown),
        note=speech._(
            "A building has its premium and the moves out of it, a unit the moves out of it; waves "
            "are the plan's alone. No rate of return stands where no money is out first."
        ),
        left_out=max(0, len(scope.dossier.case.freed) - MOST_UNITS),
    )


def _row(one: Measured, scope: Scope, power: int, speech: Speech) -> Row:
    return (
        Cell(part_name(one, scope, speech), strong=one.of == "plan"),
        speech.money_in(one.npv, power),
        _NONE if one.irr is None else speech.percent(one.irr),
        _NONE if one.payback_months is None else speech.number(one.payback_months),
        speech.money_in(one.equivalent_annual, power),
        _NONE if one.benefit_cost is None else speech.number(one.benefit_cost, 2),
        speech.money_in(one.peak_funding, power),
    )


def part_name(one: Measured, scope: Scope, speech: Speech) -> str:
    """Return the name of a part for people."""
    if one.of == "plan":
        return speech._("The whole plan")
    if one.of == "building":
        return scope.dossier.estate.building_of[one.id].name
    receiver = scope.dossier.case.values.terms.rule.receiver
    if one.of == "ledger":
        return speech.words(receiver) if one.id == "receiver" and receiver else speech._("Office")
    return speech._("Unit %(unit)s", unit=one.id)
