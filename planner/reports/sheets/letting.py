"""Letting particulars: what a tenant needs to know of one freed unit, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.domain.assumptions import register_of
from planner.domain.money import to_minor
from planner.domain.records.kinds import AREA_BASES
from planner.errors import NotFound, sentence
from planner.finance.bases import monthly_rent
from planner.reports.drawings import elevation, floor_plan, paper
from planner.reports.facts.scope import Scope
from planner.reports.facts.sources import source_words
from planner.reports.facts.tables import Cell, Column, Fact, Table
from planner.reports.facts.words import feature_name, named, rise_words
from planner.reports.sheets.sheet import Beside, Picture, Sheet, Text

if TYPE_CHECKING:
    from planner.domain.estate import Unit
    from planner.i18n import Speech
    from planner.reports.dossier import Dossier

_PLAN_MM, _HOUSE_MM = 112, 57
"""Widths of the two drawings, so that one page holds all that a tenant is told."""


def lots_of(dossier: Dossier) -> tuple[str, ...]:
    """Return the ids of the units that can be let, in the estate's order."""
    return tuple(unit.id for unit in Scope(dossier).freed if unit.lettable)


def letting_sheet(dossier: Dossier, unit_id: str, speech: Speech) -> Sheet:
    """Return the particulars of one freed unit.

    Raises:
        NotFound: the plan does not free such a unit, or it cannot be let.
    """
    if unit_id not in lots_of(dossier):
        raise NotFound(
            sentence("The plan frees no unit {unit_id} that can be let.", unit_id=unit_id)
        )
    scope = Scope(dossier)
    unit = dossier.estate.unit_of[unit_id]
    area = speech.area(unit.area_m2)
    return Sheet(
        kind=speech._("Letting particulars"),
        name=speech._("Letting particulars, %(unit)s", unit=unit.id),
        over=f"{named(dossier.estate.header.owner)} · {speech.long_date(dossier.date)}",
        title=speech._(
            "%(area)s to let in %(building)s from %(date)s",
            area=area,
            building=named(unit.building.name),
            date=speech.long_date(scope.release).replace(" ", "\u00a0"),
        ),
        lede=_lede(unit, speech),
        figures=_figures(scope, unit, speech),
        parts=(
            Beside((_space(dossier, unit, speech), _where(scope, unit, speech))),
            Beside((_in_figures(scope, unit, speech), _conditions(scope, speech))),
            Text(
                speech._("Please note"),
                (
                    speech._(
                        "This sheet is no offer. The rent is an estimate until it is appraised "
                        "and approved."
                    ),
                ),
            ),
        ),
    )


def _space(dossier: Dossier, unit: Unit, speech: Speech) -> Picture:
    return Picture(
        speech._("The space: %(unit)s, %(area)s", unit=unit.id, area=speech.area(unit.area_m2)),
        floor_plan(
            dossier.estate,
            unit.floor.code,
            speech,
            canvas=paper(_PLAN_MM, "letting-floor"),
            plan=dossier.plan,
            most_height=300,
        ),
        speech._("Hatched: to let. Grey: common parts."),
    )


def _lede(unit: Unit, speech: Speech) -> str:
    said = speech._(
        "The space lies on level %(level)s and seats %(seats)s people at desks.",
        level=speech.number(unit.floor.level),
        seats=speech.number(unit.seats),
    )
    if unit.features:
        names = [feature_name(feature, speech) for feature in sorted(unit.features)]
        said += " " + speech._("The floor has: %(features)s.", features=", ".join(names))
    return said


def _figures(scope: Scope, unit: Unit, speech: Speech) -> tuple[Fact, ...]:
    terms = scope.dossier.case.values.terms
    monthly = monthly_rent(unit, terms, speech.currency)
    rent = scope.asked_rent([unit])
    basis = speech.words(AREA_BASES[unit.floor.area_basis])
    found = [Fact("L1", speech._("Area"), speech.area(unit.area_m2), basis)]
    if rent is not None:
        per_m2 = unit.rent_per_m2_month
        note = (
            ""
            if per_m2 is None
            else speech._(
                "a month; %(rent)s per m²", rent=speech.money(to_minor(per_m2, speech.currency))
            )
        )
        found.append(Fact("L2", speech._("Rent asked"), speech.money_short(rent), note))
    elif monthly is not None:
        found.append(
            Fact("L2", speech._("Rent asked"), speech.money_short(round(monthly.value)),
                 speech._("a month"))
        )  # fmt: skip
    found.append(
        Fact("L3", speech._("Available"), speech.date(scope.release), speech._("after works"))
    )
    months = speech.n("%(count)s month", "%(count)s months", terms.deal.months)
    found.append(Fact("L4", speech._("Term"), months, _longest(scope, speech)))
    return tuple(found)


def _in_figures(scope: Scope, unit: Unit, speech: Speech) -> Table:
    """Return what a tenant compares: where, how large by which basis, what it costs."""
    rent = scope.asked_rent([unit])
    place = ", ".join(filter(None, (unit.building.name, unit.building.site)))
    basis = speech.words(AREA_BASES[unit.floor.area_basis])
    rows = [
        (speech._("Place"), place),
        (speech._("Level"), speech.number(unit.floor.level)),
        (
            speech._("Lettable area"),
            speech._("%(area)s, %(basis)s", area=speech.area(unit.area_m2), basis=basis),
        ),
        (speech._("Desks that are there"), speech.number(unit.seats)),
    ]
    if rent is not None:
        rows += [
            (speech._("Asked rent a month"), speech.money(rent)),
            (speech._("Asked rent a year"), speech.money(12 * rent)),
        ]
    deposit = register_of(scope.dossier.estate).whole("deposit_months")
    agreed = speech.n("%(count)s month of rent", "%(count)s months of rent", deposit)
    rows.append((speech._("Deposit"), agreed if deposit else speech._("none unless agreed")))
    return Table(
        title=speech._("The space in figures"),
        columns=(Column(speech._("Figure")), Column(speech._("Of this space"))),
        rows=tuple((Cell(label, strong=True), text) for label, text in rows),
    )


def _longest(scope: Scope, speech: Speech) -> str:
    terms = scope.dossier.case.values.terms
    longest = terms.rule.longest_months(terms.deal)
    if longest is None:
        return speech._("to be agreed")
    return speech.n("at most %(count)s month", "at most %(count)s months", longest)


def _where(scope: Scope, unit: Unit, speech: Speech) -> Picture:
    """Return the building from the street; who sits in it is no tenant's business."""
    dossier = scope.dossier
    return Picture(
        speech._("Where it lies in %(building)s", building=named(unit.building.name)),
        elevation(
            dossier.estate,
            dossier.plan,
            dossier.demand,
            speech,
            canvas=paper(_HOUSE_MM, "letting-building"),
            only={unit.building.code},
        ),
        speech._("Hatched: floors to let. The others stay in use by the owner."),
    )


def _conditions(scope: Scope, speech: Speech) -> Table:
    terms = scope.dossier.case.values.terms
    pay = speech.n("%(count)s month", "%(count)s months", terms.lease.pay)
    rows = [
        (speech._("Term"), speech.n("%(count)s month", "%(count)s months", terms.deal.months)),
        (speech._("Payment"), speech._("%(months)s in advance", months=pay)),
        (
            speech._("Rent-free"),
            speech.n("%(count)s month", "%(count)s months", terms.clock.rent_free),
        ),
        (speech._("Rent rises"), rise_words(terms, speech)),
        (speech._("Services"), speech._("by the tenant, unless agreed otherwise")),
        (speech._("Rule"), source_words(terms.rule.law, speech) or speech.words(terms.rule.name)),
    ]
    rows += [
        (speech._("To be attached"), speech.words(words))
        for words in terms.rule.documents(terms.deal)
    ]
    return Table(
        title=speech._("Conditions of the lease"),
        columns=(Column(speech._("Condition")), Column(speech._("In this lease"))),
        rows=tuple((Cell(label, strong=True), text) for label, text in rows),
    )
