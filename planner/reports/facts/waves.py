"""When who moves: waves, floors by their release, what stands in the way of dates."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from planner.reports.facts.obstacles import deadlock_words, obstacle_words
from planner.reports.facts.tables import Cell, Column, Row, Section, Table

if TYPE_CHECKING:
    from planner.domain.schedule import Leg, Schedule, Wave
    from planner.i18n import Speech
    from planner.reports.facts.scope import Scope

MOST_UNITS = 60
"""More released units than this are printed in the workbook only."""
MOST_LEGS = 200
"""More moves than this are printed in the workbook only."""


def waves_section(scope: Scope, speech: Speech) -> Section:
    """Return the dated moves, or why there are no dates."""
    schedule = scope.dossier.plan.schedule
    running = speech._("Waves")
    if schedule is None or (schedule.dated and not schedule.waves):
        return Section("waves", running, speech._("No moves are dated"))
    if not schedule.dated:
        title = speech._("The moves cannot be dated within their limits")
        if schedule.status == "out_of_time":
            title = speech._("No dates were found in the time allowed")
        notes = (*obstacle_words(scope, speech), *deadlock_words(scope, speech))
        return Section("waves", running, title, "", (), notes)
    return Section(
        "waves",
        running,
        waves_title(schedule, speech),
        waves_lede(scope, speech),
        (waves_table(scope, speech), releases_table(scope, speech)),
        (waves_proof(scope, speech), *deadlock_words(scope, speech), how_dated(speech)),
    )


def days_of(wave: Wave, speech: Speech) -> str:
    """Return the days of a wave."""
    return speech._(
        "%(first)s to %(last)s", first=speech.date(wave.first), last=speech.date(wave.last)
    )


def waves_title(schedule: Schedule, speech: Speech) -> str:
    """Return the conclusion."""
    return speech.n(
        "Everybody moves in %(count)s wave, done by %(date)s",
        "Everybody moves in %(count)s waves, done by %(date)s",
        len(schedule.waves),
        date=speech.long_date(schedule.waves[-1].last),
    )


def waves_lede(scope: Scope, speech: Speech) -> str:
    """Return what the order costs against all floors empty at once."""
    plan = scope.dossier.plan
    lost = scope.undated_npv - plan.npv
    most = max(sum(leg.people for leg in legs) for legs in legs_by_wave(scope).values())
    said = speech._(
        "On no day of a wave does a kept floor hold more than its seats, with each team counted "
        "at both ends. At most %(people)s people move in one wave.",
        people=speech.number(most),
    )
    if lost > 0:
        said += " " + speech._(
            "Moving in waves costs %(money)s against all floors empty at once.",
            money=speech.money_short(lost, 2),
        )
    return said


def waves_proof(scope: Scope, speech: Speech) -> str:
    """Return how good the order is proved to be."""
    schedule = scope.dossier.plan.schedule
    if schedule is None or schedule.bound is None or schedule.npv is None:
        return speech._("How much better another order could be is not known.")
    if schedule.status == "optimal":
        return speech._(
            "Proved: no other order within the limits makes this plan worth more than %(money)s.",
            money=speech.money_short(schedule.bound, 2),
        )
    return speech._(
        "Proved: no order within the limits makes this plan worth more than %(limit)s; this one "
        "gives %(money)s.",
        limit=speech.money_short(schedule.bound, 2),
        money=speech.money_short(schedule.npv, 2),
    )


def how_dated(speech: Speech) -> str:
    """Return how dates become money."""
    return speech._(
        "A freed floor counts as empty from the month after its last wave; its void, works and "
        "rent follow from there. Moves are paid in the month in which the freed floor is left; "
        "moves between kept floors in the first month."
    )


def gantt_title(scope: Scope, speech: Speech) -> str:
    """Return when the last has moved and the first lease starts."""
    schedule = scope.dossier.plan.schedule
    if schedule is None or not schedule.waves:
        return ""
    last = speech.date(max(wave.last for wave in schedule.waves))
    starts = [start for unit in scope.freed if (start := scope.rent_from(unit.id)) is not None]
    if not starts:
        return speech._("Everybody has moved by %(date)s", date=last)
    return speech._(
        "Everybody has moved by %(date)s; the first lease starts in %(month)s",
        date=last,
        month=speech.month(min(starts)),
    )


def motion_title(scope: Scope, speech: Speech) -> str:
    """Return how many people move in the busiest week."""
    people = max(people_by_week(scope).values(), default=0)
    return speech.n(
        "At most %(count)s person moves in one week",
        "At most %(count)s people move in one week",
        people,
    )


def people_by_week(scope: Scope) -> dict[dt.date, int]:
    """Return the people who move in each week, by its Monday."""
    schedule = scope.dossier.plan.schedule
    found: dict[dt.date, int] = {}
    if schedule is None:
        return found
    for leg in schedule.legs:
        day = schedule.wave(leg.wave).first
        monday = day - dt.timedelta(days=day.weekday())
        found[monday] = found.get(monday, 0) + leg.people
    return found


def legs_by_wave(scope: Scope) -> dict[int, list[Leg]]:
    """Return the legs of each wave."""
    schedule = scope.dossier.plan.schedule
    found: dict[int, list[Leg]] = {}
    if schedule is not None:
        for wave in schedule.waves:
            found[wave.number] = [leg for leg in schedule.legs if leg.wave == wave.number]
    return found


def waves_table(scope: Scope, speech: Speech) -> Table:
    """Return one row a wave."""
    schedule = scope.dossier.plan.schedule
    assert schedule is not None  # noqa: S101  asked for dated plans only
    legs = legs_by_wave(scope)
    rows: list[Row] = []
    for wave in schedule.waves:
        emptied = [one.unit for one in schedule.releases if one.day == wave.last]
        rows.append(
            (
                Cell(speech.number(wave.number), strong=True),
                days_of(wave, speech),
                speech.number(len(legs[wave.number])),
                speech.number(sum(leg.people for leg in legs[wave.number])),
                speech.listing(emptied) if emptied else "–",
            )
        )
    return Table(
        title=speech._("Waves, and the floors that are empty after each"),
        columns=(
            Column(speech._("Wave"), numeric=True),
            Column(speech._("Days")),
            Column(speech._("Moves"), numeric=True),
            Column(speech._("People"), numeric=True),
            Column(speech._("Empty after it"), width=40),
        ),
        rows=tuple(rows),
        total=(
            speech._("All"),
            "",
            speech.number(len(schedule.legs)),
            speech.number(sum(leg.people for leg in schedule.legs)),
            "",
        ),
    )


def releases_table(scope: Scope, speech: Speech) -> Table:
    """Return when each freed unit is empty and when its rent starts."""
    rows: list[Row] = []
    for unit in scope.freed[:MOST_UNITS]:
        left = scope.left_on(unit.id)
        start = scope.rent_from(unit.id)
        rows.append(
            (
                Cell(unit.id, strong=True),
                unit.building.name,
                speech._("empty already") if left is None else speech.date(left),
                speech.month(scope.released(unit.id)),
                "–" if start is None else speech.month(start),
            )
        )
    return Table(
        title=speech._("Each floor is let after its own release"),
        columns=(
            Column(speech._("Unit")),
            Column(speech._("Building")),
            Column(speech._("Last day in use")),
            Column(speech._("Counted empty from")),
            Column(speech._("Lease starts")),
        ),
        rows=tuple(rows),
        note=speech.n(
            "%(count)s further unit stands in the workbook.",
            "%(count)s further units stand in the workbook.",
            len(scope.freed) - len(rows),
        )
        if len(scope.freed) > len(rows)
        else "",
    )


def legs_table(scope: Scope, speech: Speech, only: int | None = None) -> Table:
    """Return one row a team and wave, in the order of the days."""
    plan, estate = scope.dossier.plan, scope.dossier.estate
    schedule = plan.schedule
    legs = [] if schedule is None else [x for x in schedule.legs if only in {None, x.wave}]
    rows: list[Row] = []
    for leg in legs[:MOST_LEGS]:
        assert schedule is not None  # noqa: S101  there are legs
        team = estate.team_of[leg.team]
        target = leg.target
        if leg.target != leg.ends_in:
            target = speech._("%(unit)s, for now", unit=leg.target)
        rows.append(
            (
                Cell(team.name, strong=True),
                speech.number(leg.wave),
                speech.date(schedule.wave(leg.wave).first),
                leg.origin or speech._("nowhere yet"),
                target,
                speech.number(leg.people),
                speech.number(max(leg.seats, default=0)),
                team.contact or "–",
            )
        )
    title = speech._("Who moves when")
    if only is not None:
        title = speech._("Who moves in wave %(number)s", number=speech.number(only))
    return Table(
        title=title,
        columns=(
            Column(speech._("Team"), width=28),
            Column(speech._("Wave"), numeric=True),
            Column(speech._("From day")),
            Column(speech._("From")),
            Column(speech._("To")),
            Column(speech._("People"), numeric=True),
            Column(speech._("Seats"), numeric=True),
            Column(speech._("Contact")),
        ),
        rows=tuple(rows),
        left_out=max(0, len(legs) - MOST_LEGS),
    )
