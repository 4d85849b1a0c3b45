"""How far past days misjudged the days after them, and the margin that would have held.

Habits drift, and the quantile of few days is short of the next ones: seats that held 95% of
the past held 84% to 90% of the following quarter on the long series we measured. So the past
is replayed: allot from the days before, look at the quarter after, go on two weeks later. The
margin added is one that would have kept the level on those days, and for all teams together
one that keeps it with nine chances in ten although only so many days were replayed.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from typing import TYPE_CHECKING, Final

import numpy as np

from planner.demand.allot import allot, totals_on
from planner.demand.quantile import rank_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from planner.demand.joint import Joint

FIRST_SHARE: Final = 8
"""One in so many days is only learnt from, before the first replay."""
FIRST_DAYS: Final = range(10, 41)
"""Bounds of that: less is no allotment, more would leave too little to replay."""
STEP_DAYS: Final = 10
"""Days from one replay to the next."""
AHEAD_DAYS: Final = 60
"""Days that each replay looks ahead, about a quarter."""
CONFIDENCE: Final = Decimal("0.9")
"""Chance that the margin for all teams together keeps the level on days like the replayed."""
STEPS: Final = 200
"""Margins are multiples of one 200th of the people."""
_MOST_STEPS: Final = 100
_FEWEST: Final = 2


@dataclass(frozen=True, slots=True)
class Margin:
    """Extra seats per planned person, in 200ths.

    Args:
        team: for each team's own allotment.
        pool: for all teams together.
        days: replayed days that it rests on, 0 where there are too few days to replay.
        shown: whether these are enough to show the level for all teams together.
    """

    team: int = 0
    pool: int = 0
    days: int = 0
    shown: bool = False

    def claim(self, level: Decimal, seen: int) -> Decimal:
        """Return the share of days that may be claimed for all teams together.

        The largest of n days holds a share p of all days with confidence 1 - p^n; where the
        level itself is not shown by the replayed days, that p is all that can be said.

        Args:
            level: what was asked.
            seen: days that were counted, used where too few could be replayed.
        """
        if self.shown or not seen:
            return level if seen else Decimal(0)
        days = max(self.days, min(seen, FIRST_DAYS.start))
        share = (1 - CONFIDENCE) ** (Decimal(1) / days)
        return min(level, share.quantize(Decimal("0.001"), ROUND_FLOOR))


def extra_seats(steps: int, people: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the margin in seats, halves rounded up.

    >>> int(extra_seats(5, np.array([30]))[0])
    1
    """
    return (2 * steps * people + STEPS) // (2 * STEPS)


def tolerance_rank(level: Decimal, days: int, confidence: Decimal = CONFIDENCE) -> int:
    """Return which of so many ordered days bounds a share of all days with some confidence.

    The chance that at least the share `level` of all days lies at or below the k-th of n
    independent ones is that of fewer than k hits in n trials with chance `level`.

    Args:
        level: share of days, in (0, 1].
        days: how many were seen.
        confidence: chance that the bound holds.

    Returns:
        The rank, 1 to `days`; `days + 1` where even the largest of so few days is no such
        bound.

    Source:
        Wilks (1941), "Determination of sample sizes for setting tolerance limits",
        Annals of Mathematical Statistics 12(1).

    >>> tolerance_rank(Decimal("0.95"), 44), tolerance_rank(Decimal("0.95"), 45)
    (45, 45)
    """
    below = Decimal(0)
    for hits in range(days):
        below += math.comb(days, hits) * level**hits * (1 - level) ** (days - hits)
        if below >= confidence:
            return hits + 1
    return days + 1


def margin_of(joint: Joint, level: Decimal, weekdays: tuple[int, ...]) -> Margin:
    """Return the margin that would have kept the level on replayed days.

    For teams it is the conformal rank, one day more than were replayed, since the next one
    is not among them. For all teams together it is the tolerance bound, which is stricter;
    with fewer days than a bound takes, the worst replayed day. The latest quarter must keep
    the level by itself, lest calm old days outvote a trend.

    Source:
        Vovk, Gammerman and Shafer (2005), "Algorithmic Learning in a Random World":
        a new value exceeds the k-th of n earlier ones with chance at most 1 - k/(n+1)
        if their order means nothing.
    """
    first = min(max(len(joint.days) // FIRST_SHARE, FIRST_DAYS.start), FIRST_DAYS.stop - 1)
    days = len(joint.days) - first
    if days <= 0 or not joint.teams:
        return Margin()
    over_team, people, over_pool, when = [], [], [], []
    for start in range(first, len(joint.days), STEP_DAYS):
        before = joint.part(slice(0, start))
        after = joint.part(slice(start, start + AHEAD_DAYS))
        allotted = allot(before, level, weekdays)
        at = np.searchsorted(np.array(weekdays), after.weekday)
        seats = allotted.seats.T[at]
        over_team.append((after.seats - seats)[after.known])
        people.append(np.broadcast_to(joint.planned, seats.shape)[after.known])
        over_pool.append((totals_on(after, seats) - allotted.pooled[at])[after.whole])
        when.append(start + np.flatnonzero(after.whole))
    counts = days * len(joint.teams)
    short, rank = np.concatenate(over_pool), tolerance_rank(level, days)
    latest = short[np.concatenate(when) >= len(joint.days) - AHEAD_DAYS]
    everybody = np.full(len(short), joint.planned.sum())
    shown = rank <= days
    wide = 0 if shown else _few_days(joint, level, weekdays)
    return Margin(
        team=_fewest_steps(
            np.concatenate(over_team), np.concatenate(people), _conformal(level, counts)
        ),
        pool=max(
            _fewest_steps(short, everybody, Decimal(min(days, rank)) / days),
            _fewest_steps(
                latest, everybody[: len(latest)], _conformal(level, min(days, AHEAD_DAYS))
            ),
            wide,
        ),
        days=days,
        shown=shown,
    )


def _few_days(joint: Joint, level: Decimal, weekdays: tuple[int, ...]) -> int:
    """Return the margin that few days ask for where weekdays are told apart.

    The maximum of four Tuesdays is passed by the next one in one case of five. All days
    tell together how far a day may lie above the mean of the others of its weekday; each
    weekday gets seats for its mean and that distance.

    Source:
        Barber, Candes, Ramdas and Tibshirani (2021), "Predictive inference with the
        jackknife+", Annals of Statistics 49(1): distances to a mean that left the day out.
    """
    allotted = allot(joint, level, weekdays)
    if not allotted.by_weekday:
        return 0
    at = np.searchsorted(np.array(weekdays), joint.weekday)
    sums = totals_on(joint, allotted.seats.T[at]).astype(np.float64)
    means, distances = [], []
    for rows in allotted.strata:
        own = sums[rows[joint.whole[rows]]]
        if len(own) < _FEWEST:
            return 0
        means.append(own.mean())
        distances.append((own - own.mean()) * len(own) / (len(own) - 1))
    far = np.sort(np.concatenate(distances))
    bound = far[min(len(far), tolerance_rank(level, len(far))) - 1]
    lack = float((np.array(means) + bound - allotted.pooled).max())
    people = joint.planned.sum(keepdims=True)
    return _fewest_steps(np.array([max(0, math.ceil(lack - 1e-9))]), people, Decimal(1))


def _conformal(level: Decimal, days: int) -> Decimal:
    """Return the share of so many days to hold, one more than these in the reckoning."""
    return Decimal(min(days, rank_of(level, days + 1))) / days


def _fewest_steps(short: NDArray[np.int64], people: NDArray[np.int64], share: Decimal) -> int:
    """Return the smallest margin with which this share of the shortages vanishes."""
    if not len(short):
        return 0
    target = min(len(short), rank_of(share, len(short)))
    # A shortage of n seats among p people vanishes from (2n - 1) STEPS / 2p steps on.
    steps = -((STEPS - 2 * STEPS * short.astype(np.int64)) // np.maximum(2 * people, 1))
    needed = np.clip(steps, 0, _MOST_STEPS)
    return int(np.partition(needed, target - 1)[target - 1])
