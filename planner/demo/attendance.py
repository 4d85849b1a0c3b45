"""Made-up but lifelike attendance: days are joint, Tuesdays full, Fridays thin, gaps real."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

import numpy as np

from planner.domain.attendance import Attendance

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.domain.records import Team

# Monday to Friday: share of the busiest day, after the shape that badge indices show
_WEEKDAY: Final = {
    "hybrid": (0.86, 1.0, 0.95, 0.88, 0.58),
    "on_site": (0.96, 1.0, 0.98, 0.96, 0.92),
    "public_service": (0.98, 1.0, 0.98, 0.98, 0.96),
}
_HOLIDAYS: Final = frozenset({dt.date(2026, 8, 17), dt.date(2026, 8, 25)})
_DAY_SHOCK: Final = 0.16
_TEAM_SHOCK: Final = 0.10


def attendance_of(
    teams: tuple[Team, ...], last: dt.date, days: int, rng: np.random.Generator
) -> Attendance:
    """Return people present per team on the latest working days.

    One shock a day is shared by all teams, so that busy days are busy everywhere.
    Three teams have a week without records; the assistants' offices stay empty.
    """
    dates = tuple(sorted(_working_days(last, days)))
    order = sorted(teams, key=lambda team: team.code)
    peak = np.array([_peak(team, rng) for team in order])
    shape = np.array(
        [[_WEEKDAY[team.onsite_class][day.weekday()] for team in order] for day in dates]
    )
    heads = np.array([team.headcount for team in order])
    shock = rng.normal(0, _DAY_SHOCK, (days, 1)) + rng.normal(0, _TEAM_SHOCK, (days, len(order)))
    rate = np.clip(peak * shape * np.exp(shock * (1 - peak)), 0, 1)
    present = rng.binomial(heads, rate).astype(np.int32)
    known = np.ones(present.shape, np.bool_)
    for team, monday in ((5, 20), (40, 45), (77, 60)):
        known[monday : monday + 5, team] = False
        present[monday : monday + 5, team] = 0
    return Attendance(dates, tuple(team.code for team in order), present, known)


def _peak(team: Team, rng: np.random.Generator) -> float:
    if team.name.startswith("Office of"):
        return 0.0
    if team.onsite_class == "public_service":
        return 0.95
    return 0.88 if team.onsite_class == "on_site" else float(rng.uniform(0.46, 0.68))


def _working_days(last: dt.date, days: int) -> Iterator[dt.date]:
    day, found = last, 0
    while found < days:
        if day.weekday() < 5 and day not in _HOLIDAYS:  # noqa: PLR2004  Saturday is 5
            yield day
            found += 1
        day -= dt.timedelta(days=1)
