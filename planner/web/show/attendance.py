"""What attendance says: days on record, gaps, and the seats of each team by weekday."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from planner.domain.privacy import Shown
from planner.web.show.week import WeekChart, week_chart

if TYPE_CHECKING:
    from planner.domain.estate import Estate
    from planner.i18n import Speech
    from planner.web.show.needs import Needs


@dataclass(frozen=True, slots=True)
class TeamLine:
    """A team, or teams too small to be shown by themselves: people, days, seats by weekday.

    Args:
        code: of the team, "" where several are put together.
        ratio: people over seats on the worst weekday, "" where none is needed.
    """

    code: str
    name: str
    people: int
    days: int
    seats: tuple[int, ...]
    ratio: str


@dataclass(frozen=True, slots=True)
class AttendancePage:
    """What the page shows.

    Args:
        title: the conclusion.
        weekdays: short names of the days that `seats` speak of.
        teams: in the estate's order.
        small: whether teams too small to be shown by themselves are put together.
        gaps: team-days without a record among the days on record.
        week, week_narrow: seats needed per weekday.
    """

    title: str
    weekdays: tuple[str, ...]
    teams: tuple[TeamLine, ...]
    small: bool
    gaps: int
    week: WeekChart | None
    week_narrow: WeekChart | None


def attendance_page(estate: Estate, needs: Needs, speech: Speech) -> AttendancePage:
    """Return the page of attendance."""
    record = estate.attendance
    allotments = needs.seats.allotments
    shown = Shown(estate)
    counted = dict(
        zip(shown.attendance.teams, shown.attendance.known.sum(axis=0).tolist(), strict=True)
    )
    lines = []
    for group in shown.groups:
        own = [seats for code in group.teams if (seats := allotments.get(code))]
        seats = tuple(map(sum, zip(*own, strict=True)))
        worst = max(seats, default=0)
        lines.append(
            TeamLine(
                code="" if group.merged else group.code,
                name=group.label,
                people=group.people,
                days=counted.get(group.code, 0),
                seats=seats,
                ratio=speech.number(Decimal(group.people) / worst, 2) if worst else "",
            )
        )
    days = needs.seats.weekdays
    wanted = tuple(sum(seats[at] for seats in allotments.values()) for at in range(len(days)))
    week = week_narrow = None
    if needs.demand is not None and lines:
        total = sum(unit.places for unit in estate.units)
        levels = [(total, speech._("seats today"), "level")]
        week = week_chart(wanted, days, levels, speech, width=700, height=240)
        week_narrow = week_chart(wanted, days, levels, speech, width=358, height=230)
    return AttendancePage(
        title=_title(estate, wanted, speech, known=needs.demand is not None),
        weekdays=tuple(speech.weekday_short(day) for day in days),
        teams=tuple(lines),
        small=any(not line.code for line in lines),
        gaps=int(record.known.size - record.known.sum()),
        week=week,
        week_narrow=week_narrow,
    )


def _title(estate: Estate, wanted: tuple[int, ...], speech: Speech, *, known: bool) -> str:
    people = sum(team.headcount for team in estate.teams)
    if not estate.attendance.days:
        return speech._("Nobody has counted yet who comes on which day")
    if not known or not wanted:
        return speech.n(
            "%(count)s day is on record",
            "%(count)s days are on record",
            len(estate.attendance.days),
        )
    return speech._(
        "%(seats)s seats are enough for %(people)s people",
        seats=speech.number(max(wanted)),
        people=speech.number(people),
    )
