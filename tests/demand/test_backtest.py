"""Plans against days they have not seen; needs of units."""

from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.demand.backtest import backtest_of
from planner.demand.model import demand_of
from planner.demand.needs import need_of
from planner.demand.proportion import proportion_of
from planner.domain.attendance import NOBODY_COUNTED
from planner.domain.records import Building, Floor
from tests.demand.estates import estate_with

P95 = Decimal("0.95")


def housed(counts, seats, exits=None, **changes):
    floors = tuple(
        Floor(
            building="N",
            code=code,
            level=at,
            lettable_area_m2=Decimal(100),
            seats=count,
            exit_capacity=exits,
        )
        for at, (code, count) in enumerate(seats.items())
    )
    building = Building(
        code="N",
        name="N",
        site="S",
        rent_per_m2_month=Decimal(1),
        running_cost_per_m2_month=Decimal(1),
    )
    return estate_with(counts, buildings=(building,), floors=floors, **changes)


def test_a_floor_that_was_always_large_enough_is_never_short() -> None:
    estate = housed({"A": [20, 30] * 50}, {"N1": 40})
    found = backtest_of(estate, {"A": {"N1": 100}}, level=P95)
    assert len(found.held_out) == 20
    assert found.trained_days == 80
    assert (found.claimed, found.holds) == (P95, True)
    assert all(day.fits for day in found.held_out)


def test_what_is_claimed_is_what_held_on_the_days_kept_back() -> None:
    row = [30] * 80 + [30] * 15 + [45] * 5
    found = backtest_of(housed({"A": row}, {"N1": 40}), {"A": {"N1": 100}}, level=P95)
    assert found.claimed == Decimal("0.75")
    assert found.holds is False
    assert found.units[0].over == proportion_of(5, 20)
    assert [day.short for day in found.held_out if not day.fits] == [{"N1": 5}] * 5
    assert found.allotments is not None
    assert found.allotments.hits == 5


@pytest.mark.parametrize(("exits", "short"), [(None, 0), (60, 0), (59, 1)])
def test_a_floor_holds_no_more_people_than_its_exits_allow(exits, short) -> None:
    estate = housed({"A": [40] * 80 + [60] * 20}, {"N1": 100}, exits=exits)
    for promise in ("each_floor", "any_floor", "building"):
        found = backtest_of(estate, {"A": {"N1": 100}}, level=P95, promise=promise)
        assert [day.short for day in found.held_out] == [{"N1": short} if short else {}] * 20
        assert (found.units[0].seats, found.holds) == (exits or 100, not short)
    assert [one.over.hits for one in found.claims] == [20 * short] * 3


def test_the_days_kept_back_are_the_latest_and_not_in_the_allotments() -> None:
    estate = housed({"A": [30] * 80 + [60] * 20}, {"N1": 100})
    found = backtest_of(estate, {"A": {"N1": 100}}, level=P95)
    assert found.held_out[0].day == estate.attendance.days[80]
    assert found.allotments is not None
    assert found.allotments.share == 1


def test_any_floor_and_building_are_told_apart() -> None:
    one, two = [30] * 80 + [50] * 20, [30] * 80 + [10] * 20
    estate = housed({"A": one, "B": two}, {"N1": 40, "N2": 40})
    found = backtest_of(estate, {"A": {"N1": 100}, "B": {"N2": 100}}, level=P95)
    assert found.any_unit is not None
    assert found.building is not None
    assert (found.any_unit.hits, found.building.hits) == (20, 0)


def test_each_reading_of_the_level_is_claimed_by_what_it_kept() -> None:
    # N1 lacks on 4 of the 20 days kept back, N2 on 4 others; together they never do.
    one = [30] * 80 + [50] * 4 + [10] * 16
    two = [30] * 80 + [10] * 16 + [50] * 4
    estate = housed({"A": one, "B": two}, {"N1": 40, "N2": 40})
    placed = {"A": {"N1": 100}, "B": {"N2": 100}}
    claims = {one.promise: one for one in backtest_of(estate, placed, level=P95).claims}
    assert {key: (one.over, one.level, one.holds) for key, one in claims.items()} == {
        "each_floor": (proportion_of(4, 20), Decimal("0.8"), False),
        "any_floor": (proportion_of(8, 20), Decimal("0.6"), False),
        "building": (proportion_of(0, 20), P95, True),
    }
    for promise, level in (("each_floor", "0.8"), ("any_floor", "0.6"), ("building", "0.95")):
        found = backtest_of(estate, placed, level=P95, promise=promise)
        assert (found.promise, found.claimed) == (promise, Decimal(level))


def test_a_building_is_judged_by_itself_not_by_free_seats_of_another() -> None:
    floors = {"N1": 40, "M1": 200}
    estate = housed({"A": [30] * 80 + [50] * 20, "B": [30] * 100}, floors)
    other = estate.buildings[0].model_copy(update={"code": "M", "name": "M"})
    moved = tuple(
        one.model_copy(update={"building": "M"}) if one.code == "M1" else one
        for one in estate.floors
    )
    estate = replace(estate, buildings=(*estate.buildings, other), floors=moved)
    found = backtest_of(estate, {"A": {"N1": 100}, "B": {"M1": 100}}, level=P95)
    assert [one.over.hits for one in found.claims] == [20, 20, 20]
    assert found.building is not None
    assert found.building.hits == 0


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(20, 90))
def test_all_floors_at_once_is_never_kept_oftener_than_each_or_each_building(seed, seats) -> None:
    rng = np.random.default_rng(seed)
    counts = {code: rng.integers(10, 100, 60).tolist() for code in "ABC"}
    estate = housed(counts, {"N1": seats, "N2": seats, "N3": seats})
    placed = {code: {f"N{at}": 100} for at, code in enumerate("ABC", start=1)}
    each, every, building = backtest_of(estate, placed, level=P95).claims
    assert every.over.hits >= max(each.over.hits, building.over.hits)


def test_without_days_nothing_is_claimed() -> None:
    estate = housed({}, {"N1": 40}, teams={"A": {}}, attendance=NOBODY_COUNTED)
    found = backtest_of(estate, {"A": {"N1": 100}}, level=P95)
    assert found.claimed is None
    assert found.holds is None
    assert found.taken_for_granted == ("A",)


def test_a_team_that_was_not_counted_wants_its_allotment_on_every_day() -> None:
    estate = housed({"A": [20] * 50}, {"N1": 110}, teams={"B": {"headcount": 95}})
    found = backtest_of(estate, {"A": {"N1": 100}, "B": {"N1": 95}}, level=P95)
    assert found.units[0].busiest == 115
    assert found.claimed == 0


def test_a_split_team_takes_its_share_of_seats_rounded_up() -> None:
    estate = housed({"A": [15] * 40}, {"N1": 40, "N2": 40}, heads=20)
    demand = demand_of(estate, level=P95, seed=1)
    need = need_of(estate, demand, {"A": {"N1": 7, "N2": 13}})
    assert need == {"N1": (6,) * 5, "N2": (10,) * 5}


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(6, 130))
def test_a_unit_never_needs_more_than_its_teams_keep(seed: int, days: int) -> None:
    rng = np.random.default_rng(seed)
    counts = {f"T{at}": rng.integers(0, 40, days).tolist() for at in range(5)}
    fields = {"T5": {"attendance_rate": Decimal("0.4")}, "T6": {}}
    estate = housed(counts, {"N1": 90, "N2": 90}, heads=40, teams=fields)
    demand = demand_of(estate, level=P95, seed=1)
    placement = {code: {f"N{at % 2 + 1}": 40} for at, code in enumerate(demand.allotments)}
    for unit, need in need_of(estate, demand, placement).items():
        there = [team for team, places in placement.items() if unit in places]
        for at, seats in enumerate(need):
            assert seats <= sum(demand.allotments[team][at] for team in there)


@pytest.mark.parametrize(
    ("hits", "days", "low", "high"),
    [(0, 61, "0", "0.0592"), (5, 20, "0.1119", "0.4687"), (20, 20, "0.8389", "1")],
)
def test_wilson_intervals_agree_with_a_hand_worked_table(hits, days, low, high) -> None:
    found = proportion_of(hits, days)
    assert (found.low, found.high) == (Decimal(low), Decimal(high))
