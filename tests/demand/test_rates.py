"""The closed form for typed rates."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.demand.rates import Guess, blended_rate, seats_by_rate
from planner.errors import InvalidDemand

P95, RHO = Decimal("0.95"), Decimal("0.03")
shares = st.decimals(0, 1, places=3)


@pytest.mark.parametrize(
    ("people", "rate", "seats"),
    # n p + 1.644854 sqrt(n p (1-p) (1 + 0.03 (n-1))), worked out by hand
    [
        (1, "0.5", 1),
        (20, "0.6", 17),
        (50, "0.5", 35),
        (100, "0.55", 72),
        (100, "1", 100),
        (9, "0", 0),
    ],
)
def test_the_closed_form_gives_what_was_worked_out_by_hand(people, rate, seats) -> None:
    assert seats_by_rate([Guess(people, Decimal(rate))], P95, RHO) == seats


@given(st.lists(st.tuples(st.integers(0, 300), shares), max_size=6), shares)
def test_sharing_never_needs_more_than_each_team_alone(teams, correlation) -> None:
    guesses = [Guess(people, rate) for people, rate in teams]
    together = seats_by_rate(guesses, P95, correlation)
    assert together <= sum(seats_by_rate([one], P95, correlation) for one in guesses)


@given(st.integers(0, 500), shares, shares, st.decimals("0.01", 1, places=2))
def test_seats_lie_between_none_and_everybody(people, rate, correlation, level) -> None:
    assert 0 <= seats_by_rate([Guess(people, rate)], level, correlation) <= people


def test_at_level_one_everybody_has_a_seat() -> None:
    assert seats_by_rate([Guess(40, Decimal("0.3"))], Decimal(1), RHO) == 40


def test_a_correlation_out_of_range_is_refused() -> None:
    with pytest.raises(InvalidDemand, match="-1"):
        seats_by_rate([Guess(4, Decimal("0.5"))], P95, Decimal(-1))


def test_twenty_counted_days_weigh_as_much_as_the_typed_rate() -> None:
    assert blended_rate(Decimal("0.4"), Decimal("0.8"), 20) == Decimal("0.6")
    assert blended_rate(Decimal("0.4"), None, 0) == Decimal("0.4")
