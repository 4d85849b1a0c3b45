"""Seats that suffice: exact, never one too few or too many."""

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from numpy.typing import NDArray

from planner.demand.quantile import (
    median_per_team,
    rank_of,
    seats_for_service,
    seats_per_team,
)
from planner.errors import InvalidDemand

attendance = arrays(
    np.int32, array_shapes(min_dims=2, max_dims=2, max_side=30), elements=st.integers(0, 40)
)


@given(attendance, st.integers(1, 100))
@example(np.arange(1, 26, dtype=np.int32).reshape(25, 1), 28)  # floats buy an eighth seat here
def test_one_seat_fewer_would_miss_the_level(present: NDArray[np.int32], percent: int) -> None:
    seats = seats_for_service(present, Decimal(percent) / 100)
    totals = present.sum(axis=1)
    assert 100 * (totals <= seats).sum() >= percent * len(totals)
    assert 100 * (totals <= seats - 1).sum() < percent * len(totals)


@given(attendance, st.integers(1, 100), st.randoms(use_true_random=False))
def test_a_team_alone_is_ranked_over_the_days_it_was_counted(present, percent, random) -> None:
    known = np.array([[random.random() < 0.7 for _ in row] for row in present])
    known[0] = True
    level = Decimal(percent) / 100
    seats = seats_per_team(present, known, level)
    for team in range(present.shape[1]):
        counted = present[known[:, team], team]
        assert seats[team] == seats_for_service(counted.reshape(-1, 1), level)


def test_the_lower_median_ignores_days_nobody_counted() -> None:
    present = np.array([[5], [100], [7], [9]], np.int32)
    known = np.array([[True], [False], [True], [True]])
    assert median_per_team(present, known).tolist() == [7]


def test_the_rank_is_exact_where_floats_are_not() -> None:
    assert rank_of(Decimal("0.28"), 25) == 7


@pytest.mark.parametrize("level", ["0", "-0.1", "1.01", "NaN", "Infinity"])
def test_a_level_that_is_no_share_is_refused_with_its_value(level: str) -> None:
    with pytest.raises(InvalidDemand, match=level):
        seats_for_service(np.ones((3, 1), np.int32), Decimal(level))


def test_no_days_give_no_seats_but_a_refusal() -> None:
    with pytest.raises(InvalidDemand, match="no day"):
        seats_for_service(np.zeros((0, 4), np.int32), Decimal("0.9"))


def test_a_negative_count_is_refused() -> None:
    with pytest.raises(InvalidDemand, match="-3"):
        seats_for_service(np.array([[4, -3]]), Decimal("0.9"))
