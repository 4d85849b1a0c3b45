"""Money: cash flow by year, what each freed unit earns, who receives what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.reports.facts.headline import horizon
from planner.reports.facts.measures import measures_table
from planner.reports.facts.sources import source_words
from planner.reports.facts.tables import Cell, Column, Row, Section, Table
from planner.reports.facts.words import line_name, ordered_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.domain.estate import Unit
    from planner.i18n import Speech
    from planner.reports.facts.scope import Scope

_MINUS_FREE = "–"
_MOST = 60
"""Freed units named in print; of more, the most valuable."""


@dataclass(frozen=True, slots=True)
class Flow:
    """One line of the cash flow, minor units a calendar year."""

    key: str
    label: str
    years: tuple[int, ...]

    @property
    def total(self) -> int:
        """Return the sum over all years."""
        return sum(self.years)


def flows_of(scope: Scope, speech: Speech) -> tuple[Flow, ...]:
    """Return the lines of the case by calendar year, in the order printed."""
    case = scope.dossier.case
    return tuple(
        Flow(key, line_name(key, speech), tuple(case.yearly(case.by_line[key]).values()))
        for key in ordered_lines(case.by_line)
    )


def net_of(scope: Scope) -> tuple[int, ...]:
    """Return the net of each calendar year, minor units."""
    return tuple(scope.dossier.case.yearly(scope.dossier.case.net).values())


def money_section(scope: Scope, speech: Speech) -> Section:
    """Return the cash flow, the units and the two ledgers."""
    tables = []
    if scope.freed:
        tables += [cash_table(scope, speech), units_table(scope, speech)]
        tables.append(measures_table(scope, speech))
        ledgers = ledgers_table(scope, speech)
        tables += [ledgers] if ledgers else []
    lede = "" if scope.freed else speech._("No rent, no works, no movers: the estate costs on.")
    return Section("money", speech._("Money"), _title(scope, speech), lede, tuple(tables))


def _title(scope: Scope, speech: Speech) -> str:
    case = scope.dossier.case
    if not scope.freed:
        return speech._("No money moves: nothing is freed")
    if case.payback_months is None:
        return speech._("The plan is not paid back within %(years)s", years=horizon(scope, speech))
    if not case.peak_funding:
        return speech._("The plan never needs money ahead")
    month = case.months[max(case.payback_months - 1, 0)]
    return speech._(
        "At most %(money)s is out; the plan is paid back by %(month)s",
        money=speech.money_short(case.peak_funding),
        month=speech.month(month),
    )


def chart_title(scope: Scope, unit: str, speech: Speech) -> str:
    """Return the conclusion of the cash-flow chart."""
    years, net = scope.dossier.case.years, net_of(scope)
    last_negative = max((at for at, value in enumerate(net) if value < 0), default=None)
    if last_negative is None:
        said = speech._("No year is negative")
    elif last_negative + 1 < len(years):
        said = speech._("From %(year)s each year is positive", year=str(years[last_negative + 1]))
    else:
        said = speech._("The last year is still negative")
    return f"{said}, {unit}"


def cash_table(scope: Scope, speech: Speech) -> Table:
    """Return the cash flow by line and calendar year."""
    case = scope.dossier.case
    flows = flows_of(scope, speech)
    net = net_of(scope)
    power, unit = speech.money_scale([*net, *(value for flow in flows for value in flow.years)])

    def cells(values: Sequence[int]) -> Row:
        return tuple(_amount(value, power, speech) for value in (*values, sum(values)))

    return Table(
        title=_cash_title(scope, unit, speech),
        columns=(
            Column(unit),
            *(Column(str(year), numeric=True) for year in case.years),
            Column(speech._("Total"), numeric=True),
        ),
        rows=tuple((flow.label, *cells(flow.years)) for flow in flows),
        total=(speech._("Net cash flow"), *cells(net)),
        note=_measures(scope, speech),
    )


def _cash_title(scope: Scope, unit: str, speech: Speech) -> str:
    """Say whose prices the amounts are in, and whether tax is in them."""
    terms = scope.dossier.case.values.terms
    real, taxed = terms.clock.inflation != 0, terms["rent_tax_rate"] != 0
    if real and taxed:
        return speech._("Cash flow, %(unit)s, prices of the start, after tax on rent", unit=unit)
    if real:
        return speech._("Cash flow, %(unit)s, prices of the start, before tax", unit=unit)
    if taxed:
        return speech._("Cash flow, %(unit)s, nominal, after tax on rent", unit=unit)
    return speech._("Cash flow, %(unit)s, nominal, before tax", unit=unit)


def _amount(value: int, power: int, speech: Speech) -> str:
    return speech.money_in(value, power) if value else _MINUS_FREE


def _measures(scope: Scope, speech: Speech) -> str:
    case = scope.dossier.case
    said = [
        speech._(
            "Net present value %(npv)s at %(rate)s a year.",
            npv=speech.money(case.npv, exact=True),
            rate=speech.percent(case.values.terms.rate),
        )
    ]
    if case.irr is not None:
        said.append(speech._("Internal rate of return %(irr)s.", irr=speech.percent(case.irr, 1)))
    said.append(speech._("Nothing after the horizon is counted."))
    said.append(speech._("Monthly amounts: sheet cash flow of the workbook."))
    return " ".join(said)


def units_table(scope: Scope, speech: Speech) -> Table:
    """Return each freed unit with its area, rent and present value."""
    case = scope.dossier.case
    npv = {(part.kind, part.id): part.npv for part in case.parts}
    amounts = list(npv.values())
    power, unit = speech.money_scale(amounts)
    rent_power, rent_unit = speech.money_scale(
        [rent for one in scope.freed if (rent := scope.asked_rent([one])) is not None]
    )
    rows: list[Row] = []
    shown = set(sorted((one.id for one in scope.freed), key=lambda one: -npv["unit", one])[:_MOST])
    for one in scope.freed:
        if one.id not in shown:
            continue
        rent = scope.asked_rent([one])
        rows.append(
            (
                Cell(one.id, strong=True),
                one.building.name,
                speech.number(one.area_m2),
                one.floor.area_basis,
                _MINUS_FREE if rent is None else speech.money_in(rent, rent_power, 1),
                _first_rent(scope, one, rent_power, speech),
                speech.money_in(npv["unit", one.id], power),
            )
        )
    others = [one for one in scope.freed if one.id not in shown]
    if others:
        rows.append(
            (
                "",
                speech.n("%(count)s other unit", "%(count)s other units", len(others)),
                speech.number(sum(one.area_m2 for one in others)),
                *("", "", ""),
                speech.money_in(sum(npv["unit", one.id] for one in others), power),
            )
        )
    for part in case.parts:
        if part.kind == "block":
            name = scope.dossier.estate.building_of[part.id].name
            label = speech._("%(building)s, premium for the whole building", building=name)
            rows.append(("", label, "", "", "", "", speech.money_in(part.npv, power)))
    moves = sum(part.npv for part in case.parts if part.kind == "move")
    if moves:
        rows.append(("", speech._("Moves"), "", "", "", "", speech.money_in(moves, power)))
    waves = sum(part.npv for part in case.parts if part.kind == "wave")
    if waves:
        words = speech._("Waves of moves")
        rows.append(("", words, "", "", "", "", speech.money_in(waves, power)))
    return Table(
        title=speech._("The values of the freed units, less the moves, are the whole value"),
        columns=(
            Column(speech._("Unit")),
            Column(speech._("Building")),
            Column(speech._("Area, m²"), numeric=True),
            Column(speech._("Basis")),
            Column(speech._("Asked, %(unit)s a month", unit=rent_unit), numeric=True),
            Column(speech._("Counted, %(unit)s a month", unit=rent_unit), numeric=True),
            Column(speech._("Present value, %(unit)s", unit=unit), numeric=True),
        ),
        rows=tuple(rows),
        total=(
            speech._("Plan"),
            "",
            speech.number(scope.area_freed),
            "",
            "",
            "",
            speech.money_in(case.npv, power),
        ),
        note=speech._(
            "Present value: rent, running cost saved, void, works and commission of the unit. "
            "Asked rent is an estimate; the appraisal decides."
        ),
    )


def _first_rent(scope: Scope, unit: Unit, power: int, speech: Speech) -> str:
    """Return the first monthly rent that the case counts, as the rent rule makes it."""
    monthly = scope.dossier.case.parameters(unit.id).monthly
    if monthly is None:
        return _MINUS_FREE
    return speech.money_in(round(monthly.value), power, 1)


def ledgers_table(scope: Scope, speech: Speech) -> Table | None:
    """Return who receives what; None where the owner keeps everything."""
    case = scope.dossier.case
    receiver = case.values.terms.rule.receiver
    if receiver is None or "receiver" not in case.by_ledger:
        return None
    ledgers = {key: list(case.yearly(flow).values()) for key, flow in case.by_ledger.items()}
    power, unit = speech.money_scale([value for years in ledgers.values() for value in years])

    def row(label: str, values: Sequence[int], npv: int) -> Row:
        amounts = tuple(_amount(value, power, speech) for value in (*values, sum(values)))
        return (label, *amounts, speech.money_in(npv, power))

    name = speech.words(receiver)
    both = [sum(pair) for pair in zip(*ledgers.values(), strict=True)]
    worth = case.npv_by_ledger
    return Table(
        title=speech._(
            "Two ledgers: %(receiver)s receives the rent, the office bears the cost",
            receiver=name,
        ),
        columns=(
            Column(
                speech._("%(unit)s, prices of the start", unit=unit)
                if case.values.terms.clock.inflation
                else speech._("%(unit)s, nominal", unit=unit)
            ),
            *(Column(str(year), numeric=True) for year in case.years),
            Column(speech._("Total"), numeric=True),
            Column(speech._("Present value, %(unit)s", unit=unit), numeric=True),
        ),
        rows=(
            row(name, ledgers["receiver"], worth["receiver"]),
            row(speech._("Office"), ledgers["owner"], worth["owner"]),
        ),
        total=row(speech._("Both"), both, case.npv),
        note=speech._(
            "The office keeps none of the rent and needs a budget for moves and works. "
            "Rule: %(law)s.",
            law=source_words(case.values.terms.rule.law, speech),
        ),
    )
