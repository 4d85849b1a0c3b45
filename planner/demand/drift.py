"""How far past days misjudged the days after them, and the margin that would have held.

Habits drift: seats that held 95% of last quarter's days held about 90% of the next quarter's
on the long series we measured. So the past is replayed: allot from the days before, look at
the twenty after, go on; the smallest margin that would have kept the level is added.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from planner.demand.allot import allot, totals
from planner.demand.quantile import rank_of

if TYPE_CHECKING:
    from decimal import Decimal

    from numpy.typing import NDArray

    from planner.demand.joint import Joint

FIRST_DAYS: Final = 40
"""Days before the first replayed block."""
BLOCK_DAYS: Final = 20
"""Days of each replayed block, about a month."""
STEPS: Final = 200
"""Margins are multiples of one 200th of the people."""
_MOST_STEPS: Final = 100


@dataclass(frozen=True, slots=True)
class Margin:
    """Extra seats per planned person, in 200ths.

    Args:
        team: for each team's own allotment.
        pool: for all teams together.
        days: replayed days that it rests on, 0 where there are too few days to replay.
    """

    team: int = 0
    pool: int = 0
    days: int = 0


def extra_seats(steps: int, people: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the margin in seats, halves rounded up.

    >>> int(extra_seats(5, np.array([30]))[0])
    1
    """
    return (2 * steps * people + STEPS) // (2 * STEPS)


def margin_of(joint: Joint, level: Decimal, weekdays: tuple[int, ...]) -> Margin:
    """Return the margin that would have kept the level on replayed days.

    One day more than were replayed is asked for, since the next one is not among them.

    Source:
        Vovk, Gammerman and Shafer (2005), "Algorithmic Learning in a Random World":
        a new value exceeds the k-th of n earlier ones with chance at most 1 - k/(n+1)
        if their order means nothing.
    """
    if len(joint.days) < FIRST_DAYS + BLOCK_DAYS or not joint.teams:
        return Margin()
    over_team, people, over_pool = [], [], []
    for start in range(FIRST_DAYS, len(joint.days), BLOCK_DAYS):
        before = joint.part(slice(0, start))
        after = joint.part(slice(start, start + BLOCK_DAYS))
        allotted = allot(before, level, weekdays)
        at = np.searchsorted(np.array(weekdays), after.weekday)
        seats = allotted.seats.T[at]
        over_team.append((after.seats - seats)[after.known])
        people.append(np.broadcast_to(joint.planned, seats.shape)[after.known])
        for row in np.flatnonzero(after.whole):
            wanted = totals(after, np.array([row]), seats[row])[0]
            over_pool.append(int(wanted - allotted.pooled[at[row]]))
    everybody = np.full(len(over_pool), joint.planned.sum())
    return Margin(
        team=_fewest_steps(np.concatenate(over_team), np.concatenate(people), level),
        pool=_fewest_steps(np.array(over_pool, np.int64), everybody, level),
        days=len(joint.days) - FIRST_DAYS,
    )


def _fewest_steps(short: NDArray[np.int64], people: NDArray[np.int64], level: Decimal) -> int:
    """Return the smallest margin with which enough shortages vanish."""
    count = len(short)
    target = min(count, rank_of(level, count + 1))
    low, high = 0, _MOST_STEPS
    while low < high:
        middle = (low + high) // 2
        if (short <= extra_seats(middle, people)).sum() >= target:
            high = middle
        else:
            low = middle + 1
    return low
