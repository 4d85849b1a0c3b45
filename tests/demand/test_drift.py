"""What is claimed holds on days not seen: bounds of few days, and rolling trials of long series."""

from decimal import Decimal
from math import comb

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.demand.drift import CONFIDENCE, _fewest_steps, extra_seats, tolerance_rank
from planner.demand.model import demand_of
from planner.domain.attendance import Attendance
from planner.domain.estate import Estate
from planner.domain.records import Team
from tests.demand.estates import HEADER, estate_with, workdays

P95 = Decimal("0.95")


@pytest.mark.parametrize(
    ("level", "days", "rank"),
    # Least sample sizes of one-sided bounds by the largest value, from the standard tables.
    [("0.95", 44, 45), ("0.95", 45, 45), ("0.95", 77, 76), ("0.9", 22, 22), ("0.9", 21, 22),
     ("0.99", 229, 230), ("0.99", 230, 230), ("1", 50, 51)],
)  # fmt: skip
def test_a_bound_takes_as_many_days_as_the_tables_say(level, days, rank) -> None:
    assert tolerance_rank(Decimal(level), days) == rank


@given(st.integers(1, 120), st.integers(50, 99))
def test_one_rank_lower_would_not_hold_the_confidence(days: int, percent: int) -> None:
    level = Decimal(percent) / 100

    def chance(rank: int) -> Decimal:
        return sum(
            (comb(days, hits) * level**hits * (1 - level) ** (days - hits) for hits in range(rank)),
            start=Decimal(0),
        )

    rank = tolerance_rank(level, days)
    if rank <= days:
        assert chance(rank) >= CONFIDENCE
    assert chance(rank - 1) < CONFIDENCE


def made_up(kind: str, days: int, heads: np.ndarray, seed: int) -> np.ndarray:
    """Return people of every team on every day of a series with a mind of its own."""
    rng = np.random.default_rng(seed)
    at = np.arange(days)
    level = {
        "steady": np.full(days, 0.55),
        "rising": 0.45 + 0.15 * at / days,
        "falling": 0.65 - 0.15 * at / days,
        "seasons": 0.55 * (1 + 0.15 * np.sin(2 * np.pi * at / 250)),
        "semesters": 0.5 * (1 + 0.2 * (at // 60 % 2)),
        "wandering": 0.55 + np.cumsum(rng.standard_normal(days)) * 0.008,
        "heavy tails": np.full(days, 0.5),
        "sticky": np.full(days, 0.5),
    }[kind]
    shock = rng.standard_t(2.5, days) * 0.15 if kind == "heavy tails" else np.zeros(days)
    if kind == "sticky":
        for day in range(1, days):
            shock[day] = 0.7 * shock[day - 1] + rng.standard_normal() * 0.2
    share = np.clip(level * np.array([0.95, 1.12, 1.1, 1.05, 0.7])[at % 5], 0.02, 0.97)
    odds = np.log(share / (1 - share)) + shock
    own = rng.standard_normal((days, len(heads))) * 0.15
    return rng.binomial(heads, 1 / (1 + np.exp(-odds[:, None] - own))).astype(np.int32)


KINDS = ("steady", "rising", "falling", "seasons", "semesters", "wandering", "heavy tails",
         "sticky")  # fmt: skip


def over(kind: str, seed: int, *, first: int = 130, ahead: int = 40) -> tuple[int, int]:
    """Return on how many days not seen all teams wanted more than they had, and of how many."""
    heads = np.random.default_rng(seed).integers(8, 60, 8)
    days = workdays(370)
    present = made_up(kind, len(days), heads, seed)
    codes = tuple(f"T{at}" for at in range(len(heads)))
    teams = tuple(
        Team(code=code, name=code, headcount=int(count))
        for code, count in zip(codes, heads, strict=True)
    )
    hits = seen = 0
    for start in range(first, len(days) - ahead + 1, ahead):
        known = np.ones((start, len(codes)), np.bool_)
        past = Attendance(tuple(days[:start]), codes, present[:start].copy(), known)
        demand = demand_of(Estate(HEADER, teams=teams, attendance=past), level=P95, seed=1)
        for day in range(start, start + ahead):
            seats = demand.pooled[demand.weekdays.index(days[day].weekday())]
            hits += int(present[day].sum()) > seats
            seen += 1
    return hits, seen


@pytest.mark.parametrize("kind", KINDS)
def test_on_days_not_seen_seats_are_short_no_oftener_than_stated(kind: str) -> None:
    trials = [over(kind, seed) for seed in range(2)]
    hits, seen = (sum(column) for column in zip(*trials, strict=True))
    assert hits <= (1 - P95) * seen, f"{hits} of {seen} days"


def test_with_few_days_to_replay_it_says_that_the_level_is_not_shown() -> None:
    counts = {"A": np.random.default_rng(1).binomial(50, 0.5, 40).tolist()}
    demand = demand_of(estate_with(counts, heads=50), level=P95, seed=1)
    assert not demand.margin.shown
    assert any("too few to show P95" in warning for warning in demand.warnings)
    longer = demand_of(estate_with({"A": counts["A"] * 3}, heads=50), level=P95, seed=1)
    assert longer.margin.shown


@given(st.lists(st.tuples(st.integers(-20, 30), st.integers(1, 60)), min_size=1, max_size=40),
       st.integers(1, 100))  # fmt: skip
def test_the_margin_is_the_smallest_that_is_enough(pairs, percent) -> None:
    short, people = (np.array(column, np.int64) for column in zip(*pairs, strict=True))
    share = Decimal(percent) / 100
    steps = _fewest_steps(short, people, share)

    def fits(margin: int) -> bool:
        return (short <= extra_seats(margin, people)).sum() >= share * len(short)

    assert fits(steps) or steps == 100
    assert steps == 0 or not fits(steps - 1)


def with_few_days(kind: str, seed: int, days: int, ahead: int = 40) -> tuple[int, Decimal]:
    """Return days over capacity after a short history, and what was claimed."""
    heads = np.random.default_rng(seed).integers(8, 60, 8)
    start = 5 * int(np.random.default_rng(seed + 1000).integers(0, 50))
    present = made_up(kind, 370, heads, seed)[start : start + days + ahead]
    dates = workdays(days + ahead)
    codes = tuple(f"T{at}" for at in range(8))
    teams = tuple(
        Team(code=code, name=code, headcount=int(count))
        for code, count in zip(codes, heads, strict=True)
    )
    known = np.ones((days, 8), np.bool_)
    past = Attendance(tuple(dates[:days]), codes, present[:days].copy(), known)
    demand = demand_of(Estate(HEADER, teams=teams, attendance=past), level=P95, seed=1)
    over = sum(
        int(present[at].sum()) > demand.pooled[demand.weekdays.index(dates[at].weekday())]
        for at in range(days, days + ahead)
    )
    return over, demand.claimed


@pytest.mark.parametrize("days", [5, 10, 20, 30, 45])
def test_what_is_claimed_of_few_days_holds_where_no_season_turns(days: int) -> None:
    steady = ("steady", "rising", "falling", "heavy tails", "sticky")
    trials = [with_few_days(kind, seed, days) for kind in steady for seed in range(3)]
    claimed = trials[0][1]
    over = sum(hits for hits, _ in trials)
    assert over <= (1 - claimed) * 40 * len(trials)
    if days >= 20:  # then days of all weekdays widen each of them
        assert over <= (1 - P95) * 40 * len(trials)


@pytest.mark.parametrize(
    ("days", "claimed"), [(5, "0.63"), (10, "0.794"), (30, "0.891"), (54, "0.949"), (55, "0.95")]
)
def test_few_days_claim_what_their_maximum_can_show(days: int, claimed: str) -> None:
    counts = {"A": np.random.default_rng(1).binomial(50, 0.5, days).tolist()}
    demand = demand_of(estate_with(counts, heads=50), level=P95, seed=1)
    assert demand.claimed == Decimal(claimed)
    assert any("may be claimed" in said for said in demand.warnings) is (days < 55)
