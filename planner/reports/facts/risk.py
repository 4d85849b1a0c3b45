"""Sensitivity, scenarios and the risk register, each with what it would do to the value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.domain.assumptions import register_of
from planner.domain.figures import FIGURES
from planner.reports.facts.headline import assumed_count
from planner.reports.facts.register import unit_text, value_text
from planner.reports.facts.tables import Cell, Column, Row, Section, Table, Tone

if TYPE_CHECKING:
    from planner.finance.sensitivity import Swing
    from planner.i18n import Speech
    from planner.reports.facts.scope import Scope


def sensitivity_section(scope: Scope, speech: Speech) -> Section:
    """Return what the value becomes when figures turn out otherwise."""
    outlook = scope.outlook
    swings = outlook.swings
    worst = min((min(swing.npvs) for swing in swings), default=0)
    first = speech.words(FIGURES[swings[0].key].label).lower() if swings else ""
    if not swings:
        title = speech._("No figure changes the value")
    elif worst > 0:
        title = speech._(
            "No single figure turns the value negative; %(figure)s matters most", figure=first
        )
    else:
        title = speech._("A bad %(figure)s alone can cost the whole value", figure=first)
    said = []
    if outlook.longest_void is not None:
        said.append(
            speech.n(
                "The value stays positive up to a void of %(count)s month.",
                "The value stays positive up to a void of %(count)s months.",
                outlook.longest_void,
            )
        )
    if outlook.least_rent is not None and outlook.least_rent > 0:
        said.append(
            speech._(
                "It is nothing if tenants pay %(share)s of the asked rent.",
                share=speech.percent(outlook.least_rent, 0),
            )
        )
    return Section(
        "sensitivity",
        speech._("Sensitivity"),
        title,
        " ".join(said),
        (matrix_table(scope, speech),),
    )


def swing_title(scope: Scope, speech: Speech) -> str:
    """Return what the tornado shows."""
    _, unit = speech.money_scale([scope.dossier.case.npv])
    return speech._("Net value when one figure changes and the others stay, %(unit)s", unit=unit)


def end_label(swing: Swing, at: int, speech: Speech) -> str:
    """Return one end of a swing as people read it: `24 months`, `64%`."""
    figure = FIGURES[swing.key]
    text = value_text(figure, format(swing.values[at], "f"), speech)
    unit = unit_text(figure, speech)
    if unit.startswith("%"):
        return f"{text}{unit}"
    return text if figure.kind == "money" else f"{text} {unit}".strip()


def future_title(scope: Scope, speech: Speech) -> str:
    """Return what the simulation shows."""
    simulated = scope.outlook.simulated
    return speech._(
        "In nine futures of ten the plan is worth %(money)s or more",
        money=speech.money_short(simulated.p10),
    )


def matrix_table(scope: Scope, speech: Speech) -> Table:
    """Return the value for each pair of void and achieved rent."""
    outlook = scope.outlook
    power, unit = speech.money_scale([scope.dossier.case.npv])
    stated = register_of(scope.dossier.estate)
    rows: list[Row] = []
    losses = 0
    for months, values in zip(outlook.voids, outlook.matrix, strict=True):
        cells = []
        for share, value in zip(outlook.rents, values, strict=True):
            base = (months, share) == (stated.number("void_months"), stated.number("achieved_rent"))
            losses += value < 0
            tone: Tone = "bad" if value < 0 else ""
            cells.append(Cell(speech.money_in(value, power, 1), tone, strong=base))
        label = speech.n("%(count)s month", "%(count)s months", int(months))
        rows.append((label, *cells))
    tested = len(outlook.voids) * len(outlook.rents)
    title = (
        speech._("Void and rent together: no pair tested makes a loss")
        if not losses
        else speech._(
            "Void and rent together: %(losses)s of %(tested)s pairs make a loss",
            losses=speech.number(losses),
            tested=speech.number(tested),
        )
    )
    return Table(
        title=title,
        columns=(
            Column(speech._("Void, %(unit)s", unit=unit)),
            *(
                Column(speech._("%(share)s of asked rent", share=speech.percent(share, 0)),
                       numeric=True)
                for share in outlook.rents
            ),
        ),
        rows=tuple(rows),
        note=speech._(
            "Net value of the same plan, moves and dates unchanged; bold: as stated in the "
            "register."
        ),
    )  # fmt: skip


def risks_section(scope: Scope, speech: Speech) -> Section:
    """Return the risk register: what may happen, what it costs, who watches, what is done."""
    rows = (*_market_risks(scope, speech), *_house_risks(scope, speech))
    table = Table(
        title=speech._("Risks, what each would do, and who answers for it"),
        columns=(
            Column(speech._("Risk")),
            Column(speech._("What it would do")),
            Column(speech._("Owner")),
            Column(speech._("What is done about it")),
        ),
        rows=rows,
        note=speech._(
            "Effects on value are those of the sensitivity test. Owners are roles; name people "
            "when the plan is approved."
        ),
    )
    title = speech._("%(count)s risks are known; each has an owner", count=speech.number(len(rows)))
    return Section("risks", speech._("Risks"), title, "", (table,))


def _effect(scope: Scope, key: str, speech: Speech) -> str:
    """Return what the bad end of a figure does to the value."""
    swing = next((one for one in scope.outlook.swings if one.key == key), None)
    if swing is None:
        return speech._("Little effect on the value.")
    return speech._(
        "At %(end)s the value is %(money)s.",
        end=end_label(swing, 0, speech),
        money=speech.money_short(swing.npvs[0]),
    )


def _market_risks(scope: Scope, speech: Speech) -> tuple[Row, ...]:
    bureau, finance = speech._("Asset bureau"), speech._("Finance")
    return (
        (
            Cell(speech._("No tenant signs in time"), strong=True),
            _effect(scope, "void_months", speech),
            bureau,
            speech._("Offer the space when the plan is approved, not when it is empty."),
        ),
        (
            Cell(speech._("Tenants pay less than asked"), strong=True),
            _effect(scope, "achieved_rent", speech),
            bureau,
            speech._("Have the rent appraised before works are ordered."),
        ),
        (
            Cell(speech._("Works cost more"), strong=True),
            _effect(scope, "works_per_m2", speech),
            finance,
            speech._(
                "A contingency of %(share)s is counted; replace the estimate by quotations.",
                share=speech.percent(
                    register_of(scope.dossier.estate).number("capital_contingency"), 0
                ),
            ),
        ),
        (
            Cell(speech._("Floors become empty later"), strong=True),
            _effect(scope, "release_month", speech),
            finance,
            speech._("Fix dates of moves with each department before approval."),
        ),
        (
            Cell(speech._("Figures are only assumed"), strong=True),
            speech.n(
                "%(count)s figure in the register is assumed.",
                "%(count)s figures in the register are assumed.",
                assumed_count(scope),
            ),
            finance,
            speech._("Replace those that swing the value most by quotations, then plan again."),
        ),
    )


def _house_risks(scope: Scope, speech: Speech) -> tuple[Row, ...]:
    plan = scope.dossier.plan
    spare = min(
        (unit.places - max(plan.taken.get(unit.id, (0,))) for unit in scope.kept if unit.places),
        default=0,
    )
    return (
        (
            Cell(speech._("More people come than counted"), strong=True),
            speech.n(
                "The fullest floor has %(count)s seat free on its busiest weekday.",
                "The fullest floor has %(count)s seats free on its busiest weekday.",
                spare,
            ),
            speech._("Personnel"),
            speech._("Test the plan again each quarter with new attendance."),
        ),
        (
            Cell(speech._("Service to the public is disturbed"), strong=True),
            speech._("Teams that serve the public do not move."),
            speech._("Departments"),
            speech._("Move the other teams outside opening hours."),
        ),
        (
            Cell(speech._("A floor cannot be let on its own"), strong=True),
            speech._("Its rent is lost; its running cost is still saved."),
            speech._("Facilities"),
            speech._("Survey access, toilets and meters before the first move."),
        ),
    )
