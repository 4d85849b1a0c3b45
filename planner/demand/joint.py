"""Real days taken whole: how many seats each team would have wanted on each of them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np

from planner.demand.usable import LeftOut, usable_days
from planner.domain.holidays import holidays_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from planner.domain.estate import Estate
    from planner.domain.records import Team

WINDOW_DAYS: Final = 250
"""Latest usable days that count, about a year: older habits are no guide."""
JOINT_COVERAGE: Final = (4, 5)
"""A day can be added up over teams if this share of the counted teams' people was counted."""


@dataclass(frozen=True, eq=False)
class Joint:
    """Seats wanted per real day and team, after growth and with the least on site.

    Args:
        days: S dates in order.
        weekday: of each day, 0 is Monday, shape (S,).
        teams: codes of the counted teams, T of them.
        planned: their planned headcounts, shape (T,).
        firm: teams none of whom can work elsewhere, shape (T,): their busiest day counts.
        seats: seats wanted, shape (S, T); means nothing where not known.
        known: whether the team was counted that day, shape (S, T).
        whole: days on which enough of all people were counted to add teams up, shape (S,).
        weekdays: weekdays worked.
        left_out: what was not used, and why.
        worked_holidays: holidays on which people came as usual.
    """

    days: tuple[dt.date, ...]
    weekday: NDArray[np.int64]
    teams: tuple[str, ...]
    planned: NDArray[np.int64]
    firm: NDArray[np.bool_]
    seats: NDArray[np.int32]
    known: NDArray[np.bool_]
    whole: NDArray[np.bool_]
    weekdays: tuple[int, ...]
    left_out: tuple[LeftOut, ...]
    worked_holidays: tuple[dt.date, ...]

    @cached_property
    def column_of(self) -> Mapping[str, int]:
        """Return which column speaks of which team."""
        return {team: at for at, team in enumerate(self.teams)}

    def part(self, rows: slice) -> Joint:
        """Return some of the days, everything else unchanged."""
        return Joint(
            self.days[rows],
            self.weekday[rows],
            self.teams,
            self.planned,
            self.firm,
            self.seats[rows],
            self.known[rows],
            self.whole[rows],
            self.weekdays,
            self.left_out,
            self.worked_holidays,
        )

    def of_teams(self, columns: list[int]) -> Joint:
        """Return some of the teams; days can be added up if enough of these were counted."""
        known = self.known[:, columns]
        planned = self.planned[columns]
        return Joint(
            self.days,
            self.weekday,
            tuple(self.teams[at] for at in columns),
            planned,
            self.firm[columns],
            self.seats[:, columns],
            known,
            _whole(known, planned),
            self.weekdays,
            self.left_out,
            self.worked_holidays,
        )


def _whole(known: NDArray[np.bool_], people: NDArray[np.int64]) -> NDArray[np.bool_]:
    part, full = JOINT_COVERAGE
    whole: NDArray[np.bool_] = (known @ people) * full >= people.sum() * part
    return whole


def planned_people(team: Team) -> int:
    """Return a team's headcount after growth, rounded up.

    Rounding up keeps a seat for a person of whom only part is budgeted.
    """
    grown = team.headcount * (1 + team.growth)
    return max(0, int(grown.to_integral_value(ROUND_CEILING)))


def joint_days(estate: Estate, concurrency: Decimal = Decimal(1)) -> Joint:
    r"""Return the seats that counted teams would have wanted on real days.

    On a day with $p$ of $h$ people present, a team that will have $H$ people wants
    $\min(H, \lceil H c \max(p/h, m) \rceil)$ seats, with $m$ the share that must be on site.
    A team that serves the public wants $H$ every day.

    Args:
        estate: its teams and attendance; teams without people or without a count are left out.
        concurrency: most people at their desks at once over different people of the day.
    """
    attendance = estate.attendance
    columns = [
        at
        for at, code in enumerate(attendance.teams)
        if code in estate.team_of
        and estate.team_of[code].headcount > 0
        and attendance.known[:, at].any()
    ]
    codes = tuple(attendance.teams[at] for at in columns)
    teams = [estate.team_of[code] for code in codes]
    present, known = attendance.present[:, columns], attendance.known[:, columns]
    heads = np.array([team.headcount for team in teams], np.int64)
    usable = usable_days(
        attendance.days,
        codes,
        present,
        known,
        headcount=heads,
        holidays=_holidays(estate, attendance.days),
    )
    rows = usable.rows[-WINDOW_DAYS:]
    counted = usable.known[-WINDOW_DAYS:]
    days = tuple(attendance.days[row] for row in rows)
    return Joint(
        days=days,
        weekday=np.array([day.weekday() for day in days], np.int64),
        teams=codes,
        planned=np.array([planned_people(team) for team in teams], np.int64),
        firm=np.array([team.onsite_class == "on_site" for team in teams], np.bool_),
        seats=_seats(teams, present[rows], concurrency),
        known=counted,
        whole=_whole(counted, heads),
        weekdays=usable.weekdays,
        left_out=usable.left_out,
        worked_holidays=usable.worked_holidays,
    )


def _holidays(estate: Estate, days: tuple[dt.date, ...]) -> dict[dt.date, str]:
    if not days:
        return {}
    return dict(holidays_of(estate.header.country, days[0].year, days[-1].year))


def _seats(
    teams: list[Team], present: NDArray[np.int32], concurrency: Decimal
) -> NDArray[np.int32]:
    """Return seats wanted per day and team, in whole numbers throughout."""
    share = Fraction(concurrency)
    planned = np.array([planned_people(team) for team in teams], np.int64)
    heads = np.array([team.headcount for team in teams], np.int64)
    least = np.array([_least(team, share) for team in teams], np.int64)
    wanted = -(-present.astype(np.int64) * planned * share.numerator // (heads * share.denominator))
    seats: NDArray[np.int32] = np.minimum(planned, np.maximum(wanted, least)).astype(np.int32)
    return seats


def _least(team: Team, concurrency: Fraction) -> int:
    if team.onsite_class == "public_service":
        return planned_people(team)
    least = planned_people(team) * Fraction(team.min_on_site) * concurrency
    return -(-least.numerator // least.denominator)
