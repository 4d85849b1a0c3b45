"""The drawings and charts of a proposal, each with the conclusion that stands above it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from planner.domain.money import digits
from planner.reports import charts
from planner.reports.drawings import DayTest, day_strip, elevation, legend, paper
from planner.reports.drawings import proof_bar as draw_proof
from planner.reports.drawings.gantt import gantt, motion
from planner.reports.drawings.key import elevation_key, key
from planner.reports.drawings.stack import stack_parts
from planner.reports.facts.money import chart_title, flows_of, net_of
from planner.reports.facts.seats import weekday_title
from planner.reports.facts.waves import gantt_title, motion_title
from planner.reports.facts.words import named
from planner.reports.futures import frontier_chart, future_charts, small_campuses
from planner.reports.plates import plates
from planner.reports.streets import street, street_note

if TYPE_CHECKING:
    from collections.abc import Mapping

    from markupsafe import Markup

    from planner.i18n import Speech
    from planner.reports.facts import Facts
    from planner.reports.facts.scope import Scope
    from planner.reports.futures import Chart
    from planner.reports.plates import Plate

PAGE_MM: Final = 174.0
_HALF_MM: Final = 85.0
_PX_PER_MM: Final = 96 / 25.4
_STACK_PX: Final = 205 * _PX_PER_MM
_TOWER_HEAD_PX: Final = 26.0
_MOST_STACK_ROWS: Final = 160
_ROWS_A_PAGE: Final = 36

_COLOURS: Final = {
    "rent": "freed",
    "service": "freed-t",
    "running_saved": "bar",
    "move": "ink2",
    "works": "ink3",
}


@dataclass(frozen=True, slots=True)
class Tower:
    """One building, or some of its levels, before and after."""

    name: str
    note: str
    drawings: tuple[Markup, ...]


@dataclass(frozen=True, slots=True)
class Pictures:
    """What a proposal shows, ready to be set."""

    elevation: Markup
    elevation_key: Markup
    elevation_note: str
    stacks: tuple[tuple[Tower, ...], ...]
    stack_title: str
    stack_note: str
    departments: tuple[tuple[Markup, str], ...]
    floors: tuple[Plate, ...]
    weekday: Markup
    weekday_title: str
    days: Markup | None
    days_title: str
    days_note: str
    cash: Markup | None
    cash_title: str
    cash_key: Markup | None
    proof: Markup
    proof_title: str
    options: tuple[Markup, ...]
    frontier: Chart | None
    charts: Mapping[str, tuple[Chart, ...]]
    gantt: Markup | None = None
    gantt_title: str = ""
    motion: Markup | None = None
    motion_title: str = ""


def pictures_of(facts: Facts, speech: Speech) -> Pictures:
    """Return all drawings of a proposal for paper."""
    scope = facts.scope
    dossier = scope.dossier
    campus, seen = paper(PAGE_MM, "pic-campus"), street(scope)
    cash, cash_title, cash_key = cash_picture(scope, speech)
    days, days_title, days_note = _days(scope, speech)
    stacks, left_out = _stacks(scope, speech)
    return Pictures(
        elevation=elevation(
            dossier.estate, dossier.plan, dossier.demand, speech, canvas=campus, only=seen
        ),
        elevation_note=street_note(scope, seen, speech),
        elevation_key=elevation_key(speech, canvas=campus, freed=bool(scope.freed)),
        stacks=stacks,
        stack_title=speech._("Today, one seat a head (left), and the plan, seats for the busiest "
                             "weekday (right)"),
        stack_note=_stack_note(scope, left_out, speech),
        departments=legend(dossier.estate, speech, canvas=paper(_HALF_MM, "pic-legend")),
        floors=plates(scope, speech),
        weekday=_weekday(scope, speech),
        weekday_title=weekday_title(scope, speech),
        days=days,
        days_title=days_title,
        days_note=days_note,
        cash=cash,
        cash_title=cash_title,
        cash_key=cash_key,
        proof=draw_proof(dossier.plan, speech, canvas=paper(PAGE_MM, "pic-proof")),
        proof_title=speech._("This plan against doing nothing and against the proved limit"),
        options=small_campuses(scope, speech),
        frontier=frontier_chart(scope, speech),
        gantt=gantt(scope, speech, canvas=paper(PAGE_MM, "pic-gantt")),
        gantt_title=gantt_title(scope, speech),
        motion=motion(scope, speech, canvas=paper(PAGE_MM, "pic-motion")),
        motion_title=motion_title(scope, speech),
        charts={"sensitivity": future_charts(scope, speech)} if scope.freed else {},
    )  # fmt: skip


def _stacks(scope: Scope, speech: Speech) -> tuple[tuple[tuple[Tower, ...], ...], int]:
    """Return the buildings page by page, and how many without changes are left out."""
    dossier = scope.dossier
    estate, plan = dossier.estate, dossier.plan
    touched = {estate.unit_of[unit].building.code for unit in plan.freed_units} | {
        estate.unit_of[unit].building.code
        for move in plan.moves
        for unit in (move.origin, move.target)
    }
    everything = len(estate.floors) <= _MOST_STACK_ROWS
    wanted: list[str] = []
    rows = 0
    for building in estate.buildings:
        own = sum(floor.building == building.code for floor in estate.floors)
        room = rows + own <= _MOST_STACK_ROWS or not wanted
        if own and (everything or (building.code in touched and room)):
            wanted.append(building.code)
            rows += own
    parts = stack_parts(
        estate,
        plan,
        dossier.demand,
        speech,
        canvas=paper(_HALF_MM, "pic-stack"),
        most_rows=_ROWS_A_PAGE,
        buildings=wanted,
    )
    freed_in = {code: sum(unit.building.code == code for unit in scope.freed) for code in wanted}
    pages: list[list[Tower]] = [[]]
    used = 0.0
    for part in parts:
        high = part.height + _TOWER_HEAD_PX
        if pages[-1] and used + high > _STACK_PX:
            pages.append([])
            used = 0
        used += high
        code = part.building.code
        note = (
            speech.n("%(count)s unit freed", "%(count)s units freed", freed_in[code])
            if freed_in[code]
            else speech._("nothing freed")
        )
        if part.continued:
            note = speech._("continued")
        pages[-1].append(Tower(f"{code} {named(part.building.name)}", note,
                               part.drawings))  # fmt: skip
    owners = sum(
        any(floor.building == building.code for floor in estate.floors)
        for building in estate.buildings
    )
    return tuple(map(tuple, pages)), owners - len(wanted)


def _stack_note(scope: Scope, left_out: int, speech: Speech) -> str:
    note = speech._(
        "Black corner: people move in. Padlock: the team stays. Bars at right: seats taken on "
        "each weekday at the %(level)s level, the line is all seats, orange from 95%%. Width is "
        "floor area, one scale.",
        level=speech.percent(scope.dossier.plan.level, 0),
    )
    if left_out:
        note += " " + speech.n(
            "%(count)s building is not drawn; the workbook lists every floor.",
            "%(count)s buildings are not drawn; the workbook lists every floor.",
            left_out,
        )
    return note


def _weekday(scope: Scope, speech: Speech) -> Markup:
    plan = scope.dossier.plan
    levels = [
        charts.Level(
            scope.seats,
            speech.n("%(count)s seat", "%(count)s seats", scope.seats),
            speech._("today"),
            "ink",
        )
    ]
    if scope.freed:
        levels.append(
            charts.Level(
                scope.seats_kept,
                speech.n("%(count)s seat", "%(count)s seats", scope.seats_kept),
                speech._("in the plan"),
                "freed-s",
                dashed=True,
            )
        )
    days = [speech.weekday_short(day) for day in plan.weekdays]
    spec = charts.weekday_bars(days, scope.weekday_totals, levels, speech)
    return charts.svg(spec, name="pic-weekday")


def _days(scope: Scope, speech: Speech) -> tuple[Markup | None, str, str]:
    test = scope.dossier.backtest
    if test is None or not test.held_out:
        return None, "", ""
    strip = [DayTest(day.day, sum(day.short.values())) for day in test.held_out]
    fits = sum(day.fits for day in test.held_out)
    counted = {"fits": speech.number(fits), "days": speech.number(len(strip))}
    title = (
        speech._(
            "On days the seats were not taken from, every building had enough on %(fits)s of "
            "%(days)s",
            **counted,
        )
        if test.promise == "building"
        else speech._(
            "On days the seats were not taken from, every floor had enough on %(fits)s of %(days)s",
            **counted,
        )
    )
    short = [day for day in test.held_out if not day.fits]
    said = [
        speech._(
            "Allotments were taken again from the %(before)s days before; these are the latest "
            "%(days)s.",
            before=speech.number(test.trained_days),
            days=speech.number(len(strip)),
        )
    ]
    for day in short[:3]:
        unit, seats = max(day.short.items(), key=lambda pair: (pair[1], pair[0]))
        said.append(
            speech.n(
                "%(day)s: %(unit)s short of %(count)s seat.",
                "%(day)s: %(unit)s short of %(count)s seats.",
                seats,
                day=speech.date(day.day),
                unit=unit,
            )
        )
    drawing = day_strip(strip, speech, canvas=paper(PAGE_MM, "pic-days"))
    return drawing, title, " ".join(said)


def cash_picture(
    scope: Scope, speech: Speech, *, name: str = "pic-cash", height: float = 195
) -> tuple[Markup | None, str, Markup | None]:
    """Return the cash-flow chart, its conclusion and its key; nothing where nothing is freed."""
    if not scope.freed:
        return None, "", None
    flows, net = flows_of(scope, speech), net_of(scope)
    power, unit = speech.money_scale([*net, *(value for flow in flows for value in flow.years)])
    scale = float(10 ** (power + digits(speech.currency)))
    years = [str(year) for year in scope.dossier.case.years]
    series = [
        charts.Series(
            flow.label,
            _COLOURS.get(flow.key, "line2"),
            tuple(value / scale for value in flow.years),
        )
        for flow in flows
    ]
    labels = [("+" if value > 0 else "") + speech.money_in(value, power, 1) for value in net]
    spec = charts.cash_flow(
        years, series, [value / scale for value in net], labels, speech, size=(658, height)
    )
    return (
        charts.svg(spec, name=name),
        chart_title(scope, unit, speech),
        _cash_key(scope, speech),
    )


def _cash_key(scope: Scope, speech: Speech) -> Markup:
    flows = flows_of(scope, speech)
    entries = [(_COLOURS[flow.key], flow.label.lower()) for flow in flows if flow.key in _COLOURS]
    if any(flow.key not in _COLOURS for flow in flows):
        entries.append(("line2", speech._("void, fees, default")))
    return key([*entries, ("line", speech._("net"))], speech, canvas=paper(PAGE_MM, "pic-cash-key"))
