"""Pictures of options and futures: small campuses, the tornado, the spread of values."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from planner.domain.figures import FIGURES
from planner.domain.money import digits
from planner.reports import charts
from planner.reports.drawings import elevation, paper
from planner.reports.facts.options import options_of
from planner.reports.facts.risk import end_label, future_title, swing_title
from planner.reports.streets import street

if TYPE_CHECKING:
    from markupsafe import Markup

    from planner.i18n import Speech
    from planner.reports.facts.scope import Scope

Chart = tuple[str, "Markup", str]
"""Title, drawing, source."""


def small_campuses(scope: Scope, speech: Speech) -> tuple[Markup, ...]:
    """Return one bare outline of the campus for each option."""
    dossier = scope.dossier
    options = options_of(scope, speech)
    width = min(34.0, 92.0 / len(options))
    canvas = paper(width, "pic-option")
    return tuple(
        elevation(
            dossier.estate,
            option.plan,
            dossier.demand,
            speech,
            canvas=replace(canvas, name=canvas.ident(str(at))),
            small=True,
            only=street(scope),
        )
        for at, option in enumerate(options)
    )


def frontier_chart(scope: Scope, speech: Speech) -> Chart | None:
    """Return value against people moved, None with fewer than three real options."""
    options = [option for option in options_of(scope, speech) if option.plan and option.case]
    if len(options) < 2:  # noqa: PLR2004  nothing to compare
        return None
    power, unit = speech.money_scale([option.case.npv for option in options if option.case])
    scale = float(10 ** (power + digits(speech.currency)))
    dots = [charts.Dot(0, 0.0, speech._("Do nothing"))] + [
        charts.Dot(
            option.plan.people_moved,
            option.case.npv / scale,
            option.label,
            chosen=option.role == "recommended",
        )
        for option in options
        if option.plan and option.case
    ]
    spec = charts.frontier(dots, speech, across=speech._("people who move"))
    return (
        speech._("What each option is worth against the people it moves, %(unit)s", unit=unit),
        charts.svg(spec, name="pic-frontier"),
        speech._("Each dot is a plan that passed both checks."),
    )


def future_charts(scope: Scope, speech: Speech) -> tuple[Chart, ...]:
    """Return the tornado and the spread of values."""
    npv = scope.dossier.case.npv
    power, unit = speech.money_scale([npv])
    scale = float(10 ** (power + digits(speech.currency)))
    swings = [
        charts.Swing(
            speech.words(FIGURES[swing.key].label),
            swing.npvs[0] / scale,
            swing.npvs[2] / scale,
            end_label(swing, 0, speech),
            end_label(swing, 2, speech),
        )
        for swing in scope.outlook.swings
    ]
    found: list[Chart] = []
    if swings:
        spec = charts.tornado(npv / scale, swings, speech)
        found.append(
            (
                swing_title(scope, speech),
                charts.svg(spec, name="pic-tornado"),
                speech._(
                    "Line: value as stated, %(money)s. Left of it, orange: worse. Right, blue: "
                    "better. Ends are ours, to be changed in the workbook.",
                    money=speech.money_short(npv, 2),
                ),
            )
        )
    values = [value / scale for value in scope.outlook.simulated.npvs.tolist()]
    if max(values) > min(values):
        spec = charts.histogram(values, speech, unit=unit)
        found.append(
            (
                future_title(scope, speech),
                charts.svg(spec, name="pic-futures"),
                speech._(
                    "Net value in %(draws)s simulated futures; rents, voids and costs vary "
                    "together. Line: the middle one. Means are as stated in the register.",
                    draws=speech.number(len(values)),
                ),
            )
        )
    return tuple(found)
