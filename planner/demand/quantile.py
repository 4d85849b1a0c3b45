"""Seats that suffice on a stated share of days: exact ranks, never interpolated."""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal
from typing import TYPE_CHECKING, Final

import numpy as np

from planner.errors import InvalidDemand, sentence

if TYPE_CHECKING:
    from numpy.typing import NDArray

_ABOVE_ALL: Final = np.iinfo(np.int32).max


def check_level(level: Decimal) -> None:
    """Refuse a service level that is no share of days.

    Raises:
        InvalidDemand: not more than 0, more than 1, or no number.
    """
    if not level.is_finite() or not 0 < level <= 1:
        raise InvalidDemand(
            sentence(
                "service level {level}: enter a share above 0 and up to 1, as 0.95", level=level
            )
        )


def rank_of(level: Decimal, days: int) -> int:
    """Return how many of so many days must fit: the smallest count that is the level or more.

    >>> rank_of(Decimal("0.28"), 25)
    7
    """
    return int((level * days).to_integral_value(ROUND_CEILING))


def seats_for_service(present: NDArray[np.integer], level: Decimal) -> int:
    """Return the fewest seats that hold all teams together on a share of days.

    People of one day are added up before days are ranked: peaks of different teams
    that fall on different days must not be paid for twice.

    Args:
        present: people, shape (days, teams), each at least 0.
        level: share of days that must fit, in (0, 1].

    Returns:
        Seats (a count).

    Raises:
        InvalidDemand: no days, a negative count, or a level out of range.

    Source:
        Hyndman and Fan (1996), "Sample quantiles in statistical packages",
        The American Statistician 50(4), definition 1.

    >>> seats_for_service(np.array([[3, 0], [0, 3], [1, 1], [2, 2]]), Decimal("0.75"))
    3
    """
    check_level(level)
    if not len(present):
        raise InvalidDemand(sentence("there is no day of attendance to take seats from"))
    if present.min(initial=0) < 0:
        raise InvalidDemand(
            sentence("{min} people present: a count cannot be below 0", min=present.min())
        )
    totals = np.sort(present.sum(axis=1))
    return int(totals[rank_of(level, len(totals)) - 1])


def seats_per_team(
    present: NDArray[np.int32], known: NDArray[np.bool_], level: Decimal
) -> NDArray[np.int32]:
    """Return each team's own fewest seats over the days on which it was counted.

    Args:
        present: people, shape (days, teams).
        known: whether the team was counted that day, same shape, one day a team at least.
        level: share of days, in (0, 1].
    """
    counts = known.sum(axis=0)
    ranks = np.array([rank_of(level, int(count)) for count in range(len(present) + 1)])
    # Only the ranks that teams ask for are put in place, a third of the time of sorting.
    wanted = np.unique(ranks[counts]) - 1
    ordered = np.where(known, present, _ABOVE_ALL)
    ordered.partition(wanted, axis=0)
    seats: NDArray[np.int32] = ordered[ranks[counts] - 1, np.arange(present.shape[1])]
    return seats


def median_per_team(present: NDArray[np.int32], known: NDArray[np.bool_]) -> NDArray[np.int32]:
    """Return each team's lower median over the days on which it was counted, 0 without any."""
    if not len(present):
        return np.zeros(present.shape[1], np.int32)
    ordered = np.sort(np.where(known, present, _ABOVE_ALL), axis=0)
    counts = known.sum(axis=0)
    middle = ordered[np.maximum(counts - 1, 0) // 2, np.arange(present.shape[1])]
    return np.where(counts > 0, middle, 0).astype(np.int32)
