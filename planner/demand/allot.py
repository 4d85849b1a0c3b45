"""Joint days to seats: each team's own, and all teams' together, on every weekday."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from planner.demand.quantile import rank_of, seats_per_team
from planner.demand.usable import STRATUM_DAYS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from numpy.typing import NDArray

    from planner.demand.joint import Joint


@dataclass(frozen=True, slots=True, eq=False)
class Allotted:
    """Seats at a service level, from counted days alone.

    Args:
        seats: per team and weekday, shape (T, K).
        pooled: seats for all teams together, shape (K,).
        strata: days that each weekday rests on, K arrays of indices.
        by_weekday: whether weekdays were told apart.
    """

    seats: NDArray[np.int64]
    pooled: NDArray[np.int64]
    strata: tuple[NDArray[np.intp], ...]
    by_weekday: bool


def allot(joint: Joint, level: Decimal, weekdays: tuple[int, ...]) -> Allotted:
    """Return the seats that would have sufficed on the stated share of these days.

    Each weekday is ranked among its own days, so a full Tuesday is not diluted by Fridays.
    Where any weekday has fewer than four days, all days stand for each weekday. A team
    that was never counted on these days gets a seat for everybody.

    Args:
        joint: the days; at least one team.
        level: share of days, in (0, 1].
        weekdays: the K weekdays to answer for.
    """
    strata = strata_of(joint, weekdays)
    by_weekday = len(strata) > 0 and any(len(rows) < len(joint.days) for rows in strata)
    over_all: NDArray[np.int64] | None = None
    busiest = _busiest(joint) if joint.firm.any() else joint.planned
    seats = np.empty((len(joint.teams), len(weekdays)), np.int64)
    pooled = np.empty(len(weekdays), np.int64)
    for at, rows in enumerate(strata):
        enough = joint.known[rows].sum(axis=0) >= STRATUM_DAYS
        own = _own(joint, rows, level)
        if not enough.all():
            if over_all is None:
                over_all = _own(joint, np.arange(len(joint.days)), level)
            own = np.where(enough, own, over_all)
        seats[:, at] = np.where(joint.firm, busiest, own)
        pooled[at] = _together(joint, rows, seats[:, at], level)
    return Allotted(seats, pooled, strata, by_weekday)


def strata_of(joint: Joint, weekdays: tuple[int, ...]) -> tuple[NDArray[np.intp], ...]:
    """Return the days each weekday rests on: its own, or all where any weekday has too few."""
    own = tuple(np.flatnonzero(joint.weekday == one) for one in weekdays)
    if all(len(rows) >= STRATUM_DAYS for rows in own):
        return own
    return tuple(np.arange(len(joint.days)) for _ in weekdays)


def totals(joint: Joint, rows: NDArray[np.intp], instead: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return seats wanted by all teams on each of some days.

    Args:
        joint: the days.
        rows: which of them.
        instead: what a team counts as on a day on which nobody counted it, shape (T,):
            its allotment, which errs on the safe side; a gap is never a zero.
    """
    wanted = np.where(joint.known[rows], joint.seats[rows], instead)
    sums: NDArray[np.int64] = wanted.sum(axis=1, dtype=np.int64)
    return sums


def totals_on(joint: Joint, instead: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return seats wanted by all teams on each day.

    Args:
        joint: the days.
        instead: what a team counts as where nobody counted it, shape (S, T).
    """
    sums: NDArray[np.int64] = np.where(joint.known, joint.seats, instead).sum(axis=1)
    return sums


def raised_to(
    seats: NDArray[np.int64], least: int, planned: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return team seats raised, where they are short together, until they make a sum.

    Quantiles need not add up: seats that hold each of two teams on 95 days of 100 may hold
    both on 91 only. What lacks is spread over the teams by the people without a seat.

    Args:
        seats: per team, each at most its planned people.
        least: sum to reach; what lies above all planned people is not reached.
        planned: people per team.
    """
    short = least - int(seats.sum())
    room = planned - seats
    if short <= 0 or not room.sum():
        return seats
    raised: NDArray[np.int64] = seats + np.minimum(room, -(-room * short // int(room.sum())))
    return raised


def _own(joint: Joint, rows: NDArray[np.intp], level: Decimal) -> NDArray[np.int64]:
    """Return each team's seats over some days; where it was never counted, for everybody."""
    if not len(rows):
        return joint.planned
    own = seats_per_team(joint.seats[rows], joint.known[rows], level)
    return np.minimum(own, joint.planned)


def _busiest(joint: Joint) -> NDArray[np.int64]:
    peak = np.where(joint.known, joint.seats, -1).max(axis=0, initial=-1)
    return np.where(peak < 0, joint.planned, peak).astype(np.int64)


def _together(joint: Joint, rows: NDArray[np.intp], own: NDArray[np.int64], level: Decimal) -> int:
    for choice in _choices(joint, rows):
        sums = np.sort(totals(joint, choice, own))
        return int(sums[rank_of(level, len(sums)) - 1])
    return int(own.sum())


def _choices(joint: Joint, rows: NDArray[np.intp]) -> Iterator[NDArray[np.intp]]:
    """Yield the days that can be added up: of this weekday, or of all if those are few."""
    of_weekday = rows[joint.whole[rows]]
    if len(of_weekday) >= STRATUM_DAYS:
        yield of_weekday
    every = np.flatnonzero(joint.whole)
    if len(every):
        yield every
