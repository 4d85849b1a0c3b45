"""Seats at once if habits, numbers or the level were others: demand again, without a solver."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

import numpy as np

from planner.demand.model import demand_of
from planner.domain.attendance import Attendance

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from planner.demand.model import Demand
    from planner.domain.estate import Estate
    from planner.domain.records import Team

_FIVE: Final = 5
_MOST_GROWTH: Final = Decimal(5)


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What is changed, all at once.

    Args:
        level: service level.
        stagger: teams come on days of their own, spread over the week.
        remote_days: days a week more (or fewer, below 0) that people work elsewhere.
        growth: change of every team's people.
    """

    level: Decimal
    stagger: bool = False
    remote_days: int = 0
    growth: Decimal = Decimal(0)


def what_if(estate: Estate, change: WhatIf, *, seed: int = 1) -> Demand:
    """Return the demand of an estate under changed habits.

    Teams that serve the public or cannot work elsewhere keep their habits.

    Args:
        estate: the estate as it is.
        change: what would be otherwise.
        seed: as for `demand_of`.

    Raises:
        InvalidDemand: a level out of range.
    """
    estate = replace(estate, teams=tuple(_changed(team, change) for team in estate.teams))
    if change.remote_days:
        estate = replace(estate, attendance=_with_remote_days(estate, change.remote_days))
    if change.stagger:
        estate = replace(estate, attendance=_staggered(estate))
    return demand_of(estate, level=change.level, seed=seed)


def _changed(team: Team, change: WhatIf) -> Team:
    grown = min(_MOST_GROWTH, (1 + team.growth) * (1 + change.growth) - 1)
    update: dict[str, object] = {"growth": grown.quantize(Decimal("0.000001"))}
    if change.remote_days and _moves(team):
        for name in ("attendance_rate", "busiest_rate"):
            rate = getattr(team, name)
            if rate is not None:
                days = min(Decimal(_FIVE), max(Decimal(0), _FIVE * rate - change.remote_days))
                update[name] = days / _FIVE
    return team.model_copy(update=update)


def _moves(team: Team) -> bool:
    return team.onsite_class in {"hybrid", "remote"}


def _with_remote_days(estate: Estate, days: int) -> Attendance:
    """Return attendance with every hybrid team's mean presence moved by so many days a week."""
    table = estate.attendance
    present = table.present.astype(np.float64)
    for at, code in enumerate(table.teams):
        team = estate.team_of.get(code)
        known = table.known[:, at]
        if team is None or not _moves(team) or not team.headcount or not known.any():
            continue
        usual = _FIVE * float(present[known, at].mean()) / team.headcount
        factor = max(0.0, usual - days) / usual if usual else 1.0
        least = float(team.min_on_site) * team.headcount
        present[:, at] = np.clip(np.ceil(present[:, at] * factor - 1e-9), least, team.headcount)
    return Attendance(
        table.days, table.teams, np.ceil(present - 1e-9).astype(np.int32), table.known.copy()
    )


def _staggered(estate: Estate) -> Attendance:
    """Return attendance in which each hybrid team's week is turned so that peaks are spread.

    Teams are taken by size; each turns its week by the number of days that leaves the least
    peak of the means. Within a week its counts change days, nothing else.
    """
    table = estate.attendance
    weekday = np.array([day.weekday() for day in table.days], np.int64)
    rows: dict[tuple[int, int], dict[int, int]] = defaultdict(dict)
    for row, day in enumerate(table.days):
        if weekday[row] < _FIVE:
            year, week, _ = day.isocalendar()
            rows[year, week][int(weekday[row])] = row
    load = np.zeros(_FIVE)
    present, known = table.present.copy(), table.known.copy()
    for at in sorted(range(len(table.teams)), key=lambda one: -int(table.present[:, one].sum())):
        means = _weekday_means(table, weekday, at)
        team = estate.team_of.get(table.teams[at])
        if team is None or not _moves(team):
            load += means
            continue
        peaks = [float((np.roll(means, by) + load).max()) for by in range(_FIVE)]
        turn = peaks.index(min(peaks))
        load += np.roll(means, turn)
        if turn:
            for days in rows.values():
                for weekday_of_row, row in days.items():
                    source = days.get((weekday_of_row - turn) % _FIVE)
                    known[row, at] = source is not None and table.known[source, at]
                    present[row, at] = 0 if source is None else table.present[source, at]
    return Attendance(table.days, table.teams, present, known)


def _weekday_means(table: Attendance, weekday: NDArray[np.int64], at: int) -> NDArray[np.float64]:
    means = np.zeros(_FIVE)
    for day in range(_FIVE):
        of_it = (weekday == day) & table.known[:, at]
        if of_it.any():
            means[day] = table.present[of_it, at].mean()
    return means
