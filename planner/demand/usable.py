"""Which team-days demand may rest on, and why each other one is left out.

What is left out is unknown, never zero: leaving out a low day can only raise the seats.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

import numpy as np

from planner.demand.quantile import median_per_team

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

Reason = Literal["holiday", "partial", "rest_day", "team_low"]
"""holiday: few came on a holiday; partial: few came or the record broke off; rest_day: a
weekday on which hardly anybody works; team_low: one team counted next to nobody."""

LOW_SHARE: Final = 5
"""A day below one in so many of its weekday's median counts as broken off."""
HOLIDAY_SHARE: Final = 2
"""A holiday below one in so many of its weekday's median was kept as a holiday."""
STRATUM_DAYS: Final = 4
"""With fewer days than this of any weekday, weekdays are not told apart."""
LOW_TEAM_MEDIAN: Final = 5
"""Teams whose median is smaller may well be away together, so their low days count."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A day, or one team's day, that demand does not rest on.

    Args:
        day: the date.
        reason: why.
        team: the team, None where the whole day is left out.
        name: of the holiday, "" for other reasons.
    """

    day: dt.date
    reason: Reason
    team: str | None = None
    name: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Usable:
    """What is left of an attendance table.

    Args:
        rows: indices of the days kept, in order.
        known: shape (days kept, teams): whether the count may be used.
        weekdays: weekdays worked, 0 is Monday.
        left_out: everything not used, by date.
        worked_holidays: holidays on which people came as usual; they are kept.
    """

    rows: NDArray[np.intp]
    known: NDArray[np.bool_]
    weekdays: tuple[int, ...]
    left_out: tuple[LeftOut, ...]
    worked_holidays: tuple[dt.date, ...]


def usable_days(
    days: tuple[dt.date, ...],
    teams: tuple[str, ...],
    present: NDArray[np.int32],
    known: NDArray[np.bool_],
    *,
    headcount: NDArray[np.int64],
    holidays: Mapping[dt.date, str],
) -> Usable:
    """Return the team-days that demand may rest on.

    Args:
        days: dates in order, D of them.
        teams: codes, T of them.
        present: people, shape (D, T).
        known: whether they were counted, shape (D, T).
        headcount: of each team, above 0, shape (T,).
        holidays: names by date; a holiday on which people came as usual is a workday.
    """
    weekday = np.array([day.weekday() for day in days], np.int64)
    rate = _rates(present, known, headcount)
    seen = np.asarray(known.any(axis=1))
    usual = _usual_rates(rate, seen, weekday)
    low: NDArray[np.bool_] = seen & (rate * LOW_SHARE < usual)
    thin: NDArray[np.bool_] = seen & (rate * HOLIDAY_SHARE < usual)
    is_holiday = np.array([day in holidays for day in days], np.bool_)
    worked = _worked_weekdays(rate, seen & ~low & ~is_holiday, weekday)
    rest = seen & ~np.isin(weekday, worked)
    shut = seen & is_holiday & thin & ~rest
    broken = low & ~shut & ~rest
    kept = seen & ~rest & ~shut & ~broken
    counted = known & kept[:, None]
    counted &= ~_low_team_days(present, counted, weekday)
    left_out = [
        *(LeftOut(days[row], "rest_day") for row in np.flatnonzero(rest)),
        *(LeftOut(days[row], "holiday", name=holidays[days[row]]) for row in np.flatnonzero(shut)),
        *(LeftOut(days[row], "partial") for row in np.flatnonzero(broken)),
        *_team_days(days, teams, known & kept[:, None] & ~counted),
    ]
    rows = np.flatnonzero(kept)
    return Usable(
        rows=rows,
        known=counted[rows],
        weekdays=tuple(map(int, worked)),
        left_out=tuple(sorted(left_out, key=lambda one: (one.day, one.team or ""))),
        worked_holidays=tuple(days[row] for row in np.flatnonzero(kept & is_holiday)),
    )


def _rates(
    present: NDArray[np.int32], known: NDArray[np.bool_], headcount: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Return people over heads of the teams counted each day, 0 where none was."""
    heads = known @ headcount
    people = np.where(known, present, 0).sum(axis=1, dtype=np.int64)
    rates: NDArray[np.float64] = np.zeros(len(heads))
    np.divide(people, heads, out=rates, where=heads > 0)
    return rates


def _usual_rates(
    rate: NDArray[np.float64], seen: NDArray[np.bool_], weekday: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Return for each day the median rate of its weekday, of all days where those are few."""
    usual = np.zeros(len(rate))
    if not seen.any():
        return usual
    usual[:] = np.median(rate[seen])
    for one in range(7):
        of_it = seen & (weekday == one)
        if of_it.sum() >= STRATUM_DAYS:
            usual[weekday == one] = np.median(rate[of_it])
    return usual


def _worked_weekdays(
    rate: NDArray[np.float64], good: NDArray[np.bool_], weekday: NDArray[np.int64]
) -> list[int]:
    """Return the weekdays on which at least a fifth of the usual share comes."""
    if not good.any():
        return []
    medians = {
        one: float(np.median(rate[good & (weekday == one)]))
        for one in range(7)
        if (good & (weekday == one)).any()
    }
    usual = float(np.median(list(medians.values())))
    return [one for one, median in medians.items() if median * LOW_SHARE >= usual]


def _low_team_days(
    present: NDArray[np.int32], counted: NDArray[np.bool_], weekday: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Return the team-days that count next to nobody where many come on that weekday."""
    low = np.zeros(counted.shape, np.bool_)
    overall = median_per_team(present, counted)
    for one in range(7):
        of_it = np.flatnonzero((weekday == one) & counted.any(axis=1))
        if not len(of_it):
            continue
        of_weekday = median_per_team(present[of_it], counted[of_it])
        enough = counted[of_it].sum(axis=0) >= STRATUM_DAYS
        usual = np.where(enough, of_weekday, overall)
        few = present[of_it] * LOW_SHARE < usual
        low[of_it] = counted[of_it] & few & (usual >= LOW_TEAM_MEDIAN)
    return low


def _team_days(
    days: tuple[dt.date, ...], teams: tuple[str, ...], where: NDArray[np.bool_]
) -> Iterator[LeftOut]:
    for row, column in np.argwhere(where).tolist():
        yield LeftOut(days[row], "team_low", team=teams[column])
