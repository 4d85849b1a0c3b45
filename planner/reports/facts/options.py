"""Options compared on criteria fixed beforehand: today, the alternatives, this plan."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from planner.reports.facts.closer import closer_tables
from planner.reports.facts.outlook import Outlook
from planner.reports.facts.tables import Cell, Column, Row, Section, Table
from planner.reports.facts.words import chance

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.domain.fields import Words
    from planner.domain.plan import Plan
    from planner.finance.case import Case
    from planner.i18n import Speech
    from planner.reports.dossier import Role
    from planner.reports.facts.scope import Scope

_ROLES: Final[Mapping[str, Words]] = {
    "usual": ("Business as usual", "Seperti biasa"),
    "fewest_moves": ("Fewest moves", "Paling sedikit pindah"),
    "recommended": ("Recommended", "Disarankan"),
    "most_floors": ("Most floors", "Paling banyak lantai"),
}


@dataclass(frozen=True, slots=True)
class Option:
    """One option; business as usual has neither plan nor case."""

    role: Role
    label: str
    plan: Plan | None
    case: Case | None


def options_of(scope: Scope, speech: Speech) -> tuple[Option, ...]:
    """Return today, then the alternatives, the recommended plan in its place among them."""
    dossier = scope.dossier
    own = Option("recommended", speech.words(_ROLES["recommended"]), dossier.plan, dossier.case)
    found = [Option("usual", speech.words(_ROLES["usual"]), None, None)]
    others = [
        Option(
            other.role,
            speech.words(_ROLES[other.role]) if other.role in _ROLES else other.plan.name,
            other.plan,
            other.case,
        )
        for other in dossier.alternatives
        if other.role not in {"usual", "recommended"}
    ]
    ordered = sorted([own, *others], key=lambda one: len(one.plan.freed) if one.plan else 0)
    return (*found, *ordered)


def options_section(scope: Scope, speech: Speech) -> Section:
    """Return the options side by side."""
    options = options_of(scope, speech)
    plan = scope.dossier.plan
    best = max((option.plan.npv for option in options if option.plan), default=0)
    if len(options) > 2 and plan.npv >= best:  # noqa: PLR2004  more than today and the plan
        title = speech._("The recommended plan is worth most of the options compared")
    elif len(options) > 2:  # noqa: PLR2004  more than today and the plan
        title = speech._("Another option is worth more; the criteria below say why this one")
    else:
        title = speech._(
            "Against business as usual the plan is worth %(money)s",
            money=speech.money_short(plan.npv),
        )
    lede = speech._(
        "All options use the same estate, attendance, rules and prices. Business as usual keeps "
        "every floor and pays the repairs that are due."
    )
    return Section(
        "options",
        speech._("Options"),
        title,
        lede,
        (table_of(scope, speech), *closer_tables(scope, speech)),
    )


def table_of(scope: Scope, speech: Speech) -> Table:
    """Return the criteria as rows and the options as columns."""
    options = options_of(scope, speech)
    power, unit = speech.money_scale([option.case.npv for option in options if option.case])
    return Table(
        title=speech._("The options on the same criteria"),
        columns=(
            Column(speech._("Criterion")),
            *(Column(option.label, numeric=True) for option in options),
        ),
        rows=tuple(_rows(scope, options, power, unit, speech)),
        note=speech._(
            "Chance of a loss: share of simulated futures worth less than nothing. Seats taken: "
            "of the seats that remain, on the busiest weekday."
        ),
    )


def _rows(
    scope: Scope, options: tuple[Option, ...], power: int, unit: str, speech: Speech
) -> list[Row]:
    def row(label: str, cells: list[str]) -> Row:
        return (
            label,
            *(
                Cell(text, strong=option.role == "recommended")
                for text, option in zip(cells, options, strict=True)
            ),
        )

    zero = speech.number(Decimal(0), 2)
    return [
        row(speech._("Units freed"),
            [speech.number(len(one.plan.freed) if one.plan else 0) for one in options]),
        row(speech._("Area to let, m²"), [_area(scope, one, speech) for one in options]),
        row(speech._("Net value, %(unit)s", unit=unit),
            [speech.money_in(one.case.npv, power) if one.case else zero for one in options]),
        row(speech._("Spent first, %(unit)s", unit=unit),
            [speech.money_in(one.case.peak_funding, power) if one.case else zero
             for one in options]),
        row(speech._("People who move"),
            [speech.number(one.plan.people_moved if one.plan else 0) for one in options]),
        row(speech._("Seats taken"), [_taken(scope, one, speech) for one in options]),
        row(speech._("Wishes to be near not met"),
            [speech.number(len(one.plan.apart)) if one.plan else "–" for one in options]),
        row(speech._("Chance of a loss"), [_loss(scope, one, speech) for one in options]),
        row(speech._("How good"), [_proof(one, speech) for one in options]),
    ]  # fmt: skip


def _area(scope: Scope, option: Option, speech: Speech) -> str:
    freed = option.plan.freed_units if option.plan else frozenset()
    unit_of = scope.dossier.estate.unit_of
    return speech.number(sum((unit_of[unit].area_m2 for unit in freed), start=Decimal(0)))


def _taken(scope: Scope, option: Option, speech: Speech) -> str:
    estate = scope.dossier.estate
    needs = scope.dossier.demand.allotments
    freed = option.plan.freed_units if option.plan else frozenset()
    seats = sum(unit.places for unit in estate.units if unit.id not in freed)
    totals = [sum(day) for day in zip(*needs.values(), strict=True)]
    if not seats or not totals:
        return "–"
    return speech.percent(Decimal(max(totals)) / seats, 0)


def _loss(scope: Scope, option: Option, speech: Speech) -> str:
    if option.case is None or not option.case.freed:
        return speech._("none")
    outlook = (
        scope.outlook
        if option.role == "recommended"
        else Outlook(option.case, scope.dossier.plan.seed)
    )
    return chance(outlook.simulated.loss, speech)


def _proof(option: Option, speech: Speech) -> str:
    if option.plan is None:
        return speech._("baseline")
    if option.plan.status == "optimal":
        return speech._("proved best")
    if option.plan.captured is None:
        return speech._("not proved")
    return speech._("%(share)s of the limit", share=speech.percent(option.plan.captured))
