"""The seat test: what each weekday needs, floor by floor, and who must be on site."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from planner.reports.facts.promise import promise_table, tried_words
from planner.reports.facts.scope import TIGHT
from planner.reports.facts.tables import Cell, Column, Row, Section, Table
from planner.reports.facts.why import some
from planner.reports.facts.words import count_word, feature_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.domain.estate import Unit
    from planner.domain.fields import Words
    from planner.i18n import Speech
    from planner.reports.facts.scope import Scope

_CLASSES: Final[Mapping[str, Words]] = {
    "public_service": ("Serves the public, stays where it is", "Melayani publik, tetap di tempat"),
    "on_site": ("On site every day", "Di kantor setiap hari"),
    "hybrid": ("Some days elsewhere", "Sebagian hari di luar"),
    "remote": ("Elsewhere, visits", "Di luar, sesekali datang"),
}


_MOST_FLOORS: Final = 60
"""Floors in the printed table; every one stands in the workbook."""


def seats_section(scope: Scope, speech: Speech) -> Section:
    """Return the seat test of the plan."""
    plan = scope.dossier.plan
    day = speech.weekday(scope.busiest)
    title = speech._("Every weekday keeps enough seats; %(day)s decides", day=day)
    lede = speech._(
        "A team's people are counted day by day as they came. On %(level)s of days the seats "
        "given to each team suffice; a floor holds the teams of its busiest weekday.",
        level=speech.percent(plan.level, 0),
    )
    claims = promise_table(scope, speech)
    tables = (floors_table(scope, speech), *((claims,) if claims else ()))
    notes = tried_words(plan, speech)
    return Section("seats", speech._("Seat test"), title, lede, tables, notes)


def weekday_title(scope: Scope, speech: Speech) -> str:
    """Return the conclusion of the weekday chart."""
    return speech._(
        "The busiest day takes %(taken)s of the %(seats)s seats that remain",
        taken=speech.number(max(scope.weekday_totals)),
        seats=speech.number(scope.seats_kept),
    )


def floors_table(scope: Scope, speech: Speech) -> Table:
    """Return the share of seats taken on each kept unit and weekday."""
    plan = scope.dossier.plan
    days = tuple(Column(speech.weekday_short(day), numeric=True) for day in plan.weekdays)
    shown = _fullest(scope)
    left_out = len(scope.kept) - len(shown)
    more = ""
    if left_out:
        more = " " + speech.n(
            "%(count)s floor with more room stands in the workbook, sheet seats.",
            "%(count)s floors with more room stand in the workbook, sheet seats.",
            left_out,
        )
    return Table(
        title=(
            speech._("No kept floor reaches %(share)s", share=speech.percent(TIGHT, 0))
            if not scope.tight
            else speech.n(
                "%(words)s kept floor is tight on its busiest weekday",
                "%(words)s kept floors are tight on their busiest weekday",
                len(scope.tight),
                words=count_word(len(scope.tight), speech).capitalize(),
            )
        ),
        columns=(
            Column(speech._("Floor")),
            Column(speech._("Seats"), numeric=True),
            *days,
            Column(speech._("Free"), numeric=True),
        ),
        rows=tuple(_floor_row(unit, scope, speech) for unit in shown),
        note=speech._(
            "Share of seats taken at the %(level)s level; * from %(tight)s. Free: seats left on "
            "the busiest weekday. %(source)s",
            level=speech.percent(plan.level, 0),
            tight=speech.percent(TIGHT, 0),
            source=attendance_source(scope, speech),
        )
        + _exits_note(scope, speech)
        + more,
        left_out=left_out,
    )


def _exits_note(scope: Scope, speech: Speech) -> str:
    """Return that some seats do not count, "" where the exits allow as many people as sit."""
    units = [unit.id for unit in scope.kept if unit.places < unit.seats]
    if not units:
        return ""
    return " " + speech._(
        "Seats beyond the people whom the exits allow are not counted: %(units)s.",
        units=some(units, speech),
    )


def _fullest(scope: Scope) -> tuple[Unit, ...]:
    """Return the kept units; of very many, those that are fullest on their busiest weekday."""
    if len(scope.kept) <= _MOST_FLOORS:
        return scope.kept
    taken = scope.dossier.plan.taken

    def room(unit: Unit) -> Decimal:
        most = max(taken.get(unit.id, (0,)), default=0)
        return 1 - Decimal(most) / unit.places if unit.places else Decimal(2)

    chosen = {unit.id for unit in sorted(scope.kept, key=room)[:_MOST_FLOORS]}
    return tuple(unit for unit in scope.kept if unit.id in chosen)


def _floor_row(unit: Unit, scope: Scope, speech: Speech) -> Row:
    plan = scope.dossier.plan
    taken = plan.taken.get(unit.id, (0,) * len(plan.weekdays))
    cells = []
    for seats in taken:
        if not unit.places:
            cells.append(Cell("–", "mute"))
            continue
        share = Decimal(seats) / unit.places
        tight = share >= TIGHT
        mark = "*" if tight else ""
        cells.append(Cell(mark + speech.percent(share, 0), "tight" if tight else "", strong=tight))
    return (
        Cell(unit.id, strong=True),
        speech.number(unit.places),
        *cells,
        speech.number(unit.places - max(taken)),
    )


def attendance_source(scope: Scope, speech: Speech) -> str:
    """Return where the counts of people come from."""
    days = scope.dossier.estate.attendance.days
    if not days:
        return speech._("Source: typed rates, no day was counted.")
    return speech._(
        "Source: attendance of %(count)s days, %(first)s to %(last)s; missing days are left out.",
        count=speech.number(len(days)),
        first=speech.date(days[0]),
        last=speech.date(days[-1]),
    )


def presence_section(scope: Scope, speech: Speech) -> Section:
    """Return who must be on site, and why."""
    estate, plan = scope.dossier.estate, scope.dossier.plan
    rows: list[Row] = []
    total = [0, 0, 0]
    fixed = 0
    for key, words in _CLASSES.items():
        teams = [team for team in estate.teams if team.onsite_class == key]
        if not teams:
            continue
        people = sum(team.headcount for team in teams)
        seats = sum(max(plan.allotments.get(team.code, (0,))) for team in teams)
        fixed += people if key in {"public_service", "on_site"} else 0
        total = [one + more for one, more in zip(total, (len(teams), people, seats), strict=True)]
        share = Decimal(seats) / people if people else Decimal(0)
        rows.append((speech.words(words), *map(speech.number, (len(teams), people, seats)),
                     speech.percent(share, 0)))  # fmt: skip
    share = Decimal(total[2]) / total[1] if total[1] else Decimal(0)
    table = Table(
        title=speech._("Seats follow what the work needs, not rank"),
        columns=(
            Column(speech._("On-site class")),
            Column(speech._("Teams"), numeric=True),
            Column(speech._("People"), numeric=True),
            Column(speech._("Seats"), numeric=True),
            Column(speech._("Seats per person"), numeric=True),
        ),
        rows=tuple(rows),
        total=(speech._("All teams"), *map(speech.number, total), speech.percent(share, 0)),
        note=speech._(
            "Seats: each team's own busiest weekday at the service level, added up. "
            "Source: sheet teams of the estate."
        ),
    )
    title = speech._(
        "%(people)s of %(all)s people must be on site every day",
        people=speech.number(fixed),
        all=speech.number(total[1]),
    )
    lede = speech._(
        "Teams that serve the public stay where the public comes. On-site teams keep a seat for "
        "everybody who comes. Only hybrid and remote teams share seats."
    )
    return Section("presence", speech._("On site"), title, lede, (table, *_needs(scope, speech)))


def _needs(scope: Scope, speech: Speech) -> tuple[Table, ...]:
    """Return the features that tie teams to floors, if any team needs one."""
    estate = scope.dossier.estate
    wanted: dict[str, list[str]] = {}
    for team in estate.teams:
        for need in filter(None, (part.strip() for part in team.needs.split(","))):
            wanted.setdefault(need, []).append(team.name)
    if not wanted:
        return ()
    rows = tuple(
        (
            feature_name(need, speech),
            speech.number(len(teams)),
            ", ".join(sorted(floor.code for floor in estate.floors if need in floor.has)),
            ", ".join(sorted(teams)[:6]) + ("…" if len(teams) > 6 else ""),  # noqa: PLR2004  six are named
        )
        for need, teams in sorted(wanted.items())
    )
    return (
        Table(
            title=speech._("Some teams can sit only where a floor has what they need"),
            columns=(
                Column(speech._("Need")),
                Column(speech._("Teams"), numeric=True),
                Column(speech._("Floors that have it"), width=32),
                Column(speech._("Who"), width=42),
            ),
            rows=rows,
            note=speech._("Source: sheets teams and floors of the estate."),
        ),
    )
