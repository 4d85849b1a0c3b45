"""What attendance says: days on record, gaps, and the seats of each team by weekday."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from planner.web.show.week import WeekChart, week_chart

if TYPE_CHECKING:
    from planner.domain.estate import Estate
    from planner.i18n import Speech
    from planner.web.show.needs import Needs


@dataclass(frozen=True, slots=True)
class TeamLine:
    """One team: its people, days on record, seats by weekday, and people for each seat.

    Args:
        ratio: people over seats on its worst weekday, "" where it needs none.
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
        gaps: team-days without a record among the days on record.
        week, week_narrow: seats needed per weekday.
    """

    title: str
    weekdays: tuple[str, ...]
    teams: tuple[TeamLine, ...]
    gaps: int
    week: WeekChart | None
    week_narrow: WeekChart | None


def attendance_page(estate: Estate, needs: Needs, speech: Speech) -> AttendancePage:
    """Return the page of attendance."""
    record = estate.attendance
    column = {code: at for at, code in enumerate(record.teams)}
    known = record.known.sum(axis=0) if record.days else ()
    allotments = needs.seats.allotments
    lines = []
    for team in estate.teams:
        seats = tuple(allotments.get(team.code, ()))
        worst = max(seats, default=0)
        lines.append(
            TeamLine(
                code=team.code,
                name=team.name,
                people=team.headcount,
                days=int(known[column[team.code]]) if team.code in column else 0,
                seats=seats,
                ratio=speech.number(Decimal(team.headcount) / worst, 2) if worst else "",
            )
        )
    days = needs.seats.weekdays
    wanted = tuple(sum(line.seats[at] for line in lines if line.seats) for at in range(len(days)))
    week = week_narrow = None
    if needs.demand is not None and lines:
        total = sum(floor.seats for floor in estate.floors)
        levels = [(total, speech._("seats today"), "level")]
        week = week_chart(wanted, days, levels, speech, width=700, height=240)
        week_narrow = week_chart(wanted, days, levels, speech, width=358, height=230)
    return AttendancePage(
        title=_title(estate, wanted, speech, known=needs.demand is not None),
        weekdays=tuple(speech.weekday_short(day) for day in days),
        teams=tuple(lines),
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
