"""Demand of an estate: golden values, properties, classes, gaps."""

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from planner.cli.attendance import estate_of
from planner.demand.allot import allot
from planner.demand.model import demand_of
from planner.domain.attendance import NOBODY_COUNTED, attendance_from
from planner.errors import InvalidDemand
from planner.importers.attendance import read_attendance
from tests.demand.estates import HEADER, counted, estate_with, workdays
from tests.samples import samples_dir

P95 = Decimal("0.95")
LEVELS = st.sampled_from([Decimal("0.5"), Decimal("0.8"), P95, Decimal("0.99"), Decimal(1)])


@pytest.mark.parametrize(
    ("name", "people", "own", "pooled"), [("InVS15", 232, 195, 187), ("InVS13", 92, 79, 72)]
)
def test_the_french_office_needs_what_was_worked_out_by_hand(name, people, own, pooled) -> None:
    file = f"occupancy/sociopatterns/derived_{name}_daily_presence_by_dept.csv"
    estate, _ = estate_of(read_attendance(samples_dir() / file), "FR")
    demand = demand_of(estate, level=P95, seed=1)
    assert demand.headcount == people
    assert demand.sum_of_team_quantiles == own
    assert demand.peak_pooled == pooled
    assert demand.days == 10
    assert demand.warnings[0] == "With 10 days P95 is the maximum: no day may be missed."
    assert demand.confidence == "D"


days = st.integers(1, 30)
tables = days.flatmap(
    lambda count: st.lists(
        st.lists(st.none() | st.integers(0, 60), min_size=count, max_size=count),
        min_size=1,
        max_size=5,
    )
)


@settings(max_examples=150, deadline=None)
@given(tables, LEVELS)
@example([[0] * 24 + [9], [9] + [0] * 24], P95)  # quantiles of 0 each, 9 together
def test_pooling_never_needs_more_than_the_sum(table, level) -> None:
    counts = {f"T{at}": row for at, row in enumerate(table)}
    demand = demand_of(estate_with(counts, heads=60), level=level, seed=1)
    for at, pooled in enumerate(demand.pooled):
        assert pooled <= sum(team.seats[at] for team in demand.teams) <= demand.headcount


@settings(max_examples=100, deadline=None)
@given(tables, LEVELS)
def test_allotments_hold_every_team_on_its_days_and_never_exceed_its_people(table, level) -> None:
    counts = {f"T{at}": row for at, row in enumerate(table)}
    demand = demand_of(estate_with(counts, heads=60), level=level, seed=1)
    joint = demand.joint
    for team in demand.teams:
        assert all(0 <= seats <= team.planned for seats in team.seats)
        if team.team not in joint.teams:
            continue
        at = joint.teams.index(team.team)
        wanted = joint.seats[joint.known[:, at], at]
        assert (wanted <= team.allotment).sum() >= level * len(wanted)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(5, 40), min_size=1, max_size=40), LEVELS)
def test_one_seat_fewer_would_miss_the_level_on_some_weekday(row, level) -> None:
    demand = demand_of(estate_with({"T": row}, heads=40), level=level, seed=1)
    joint = demand.joint
    (quantiles,) = allot(joint, level, demand.weekdays).seats.tolist()
    all_days = joint.seats[:, 0]
    strata = [joint.seats[joint.weekday == one, 0] for one in demand.weekdays]
    if min(map(len, strata)) < 4:
        strata = [all_days] * len(strata)
    for seats, wanted in zip(quantiles, strata, strict=True):
        assert (wanted <= seats).sum() >= level * len(wanted)
        assert (wanted <= seats - 1).sum() < level * len(wanted)


def test_days_are_joint_so_peaks_that_never_meet_are_paid_for_once() -> None:
    one, other = [10, 20, 10, 20, 10] * 4, [20, 10, 20, 10, 20] * 4
    demand = demand_of(estate_with({"A": one, "B": other}, heads=20), level=P95, seed=1)
    assert demand.peak_pooled == 30
    assert demand.sum_of_team_quantiles == 40


def test_a_gap_is_never_a_zero() -> None:
    full = {"A": [30, 31, 32, 33, 34] * 8, "B": [20] * 40}
    gappy = {"A": full["A"], "B": [20, None] * 20}
    before = demand_of(estate_with(full), level=P95, seed=1)
    after = demand_of(estate_with(gappy), level=P95, seed=1)
    assert after.pooled == before.pooled
    assert after.allotments == before.allotments
    assert "20 team-days are unknown; none counts as zero." in after.warnings


def test_a_run_of_zeros_where_many_come_is_taken_for_a_gap() -> None:
    row = [50] * 40
    row[20:29] = [0] * 9
    demand = demand_of(estate_with({"A": row, "B": [40] * 40}), level=Decimal("0.5"), seed=1)
    assert demand.allotments["A"] == (50,) * 5
    assert "9 team-days with next to nobody are taken for gaps, not zeros." in demand.warnings


def test_a_day_on_which_everybody_is_missing_is_left_out() -> None:
    row = [50] * 40
    row[7] = 3
    demand = demand_of(estate_with({"A": row, "B": row}), level=P95, seed=1)
    assert demand.days == 39
    assert [one.reason for one in demand.left_out] == ["partial"]


def test_a_public_holiday_with_a_skeleton_staff_is_left_out_and_a_worked_one_counts() -> None:
    header = HEADER.model_copy(update={"country": "ID"})
    attendance = counted({"A": [40] * 65})
    easter = next(at for at, day in enumerate(attendance.days) if f"{day}" == "2024-03-29")
    present = attendance.present.copy()
    present[easter] = 15
    quiet = type(attendance)(attendance.days, attendance.teams, present, attendance.known.copy())
    worked = demand_of(
        estate_with({"A": []}, header=header, attendance=attendance), level=P95, seed=1
    )
    shut = demand_of(estate_with({"A": []}, header=header, attendance=quiet), level=P95, seed=1)
    assert any("worked as usual" in warning for warning in worked.warnings)
    assert [(one.reason, f"{one.day}") for one in shut.left_out] == [("holiday", "2024-03-29")]


def test_a_saturday_with_three_people_is_no_workday() -> None:
    rows = [(day, "A", 50) for day in workdays(40)]
    rows += [(rows[at][0].replace(day=6), "A", 3) for at in (0,)]
    demand = demand_of(estate_with({"A": []}, attendance=attendance_from(rows)), level=P95, seed=1)
    assert demand.weekdays == (0, 1, 2, 3, 4)


def test_weekdays_are_told_apart_once_each_has_four_days() -> None:
    shape = [30, 50, 40, 35, 20]
    few = demand_of(estate_with({"A": shape * 3}), level=P95, seed=1)
    enough = demand_of(estate_with({"A": shape * 4}), level=P95, seed=1)
    assert few.allotments["A"] == (50,) * 5
    assert enough.allotments["A"] == tuple(shape)


def test_a_team_that_serves_the_public_has_a_seat_for_each_planned_head() -> None:
    fields = {"A": {"onsite_class": "public_service", "growth": Decimal("0.11")}}
    estate = estate_with({"A": [10, 20, 30, 20, 10] * 8}, heads=40, teams=fields)
    (team,) = demand_of(estate, level=P95, seed=1).teams
    assert team.seats == (45,) * 5
    assert (team.basis, team.assumed) == ("headcount", False)


def test_a_team_that_cannot_work_elsewhere_keeps_its_busiest_day() -> None:
    row = [30] * 60
    row[33] = 39
    hybrid = estate_with({"A": row}, heads=40)
    fixed = estate_with({"A": row}, heads=40, teams={"A": {"onsite_class": "on_site"}})
    assert max(demand_of(hybrid, level=Decimal("0.8"), seed=1).allotments["A"]) < 39
    assert demand_of(fixed, level=Decimal("0.8"), seed=1).allotments["A"] == (39,) * 5


def test_growth_and_the_least_on_site_are_in_every_day() -> None:
    fields = {"A": {"growth": Decimal("0.5"), "min_on_site": Decimal("0.4")}}
    demand = demand_of(
        estate_with({"A": [8, 5, 3, 9, 2] * 8}, heads=20, teams=fields), level=P95, seed=1
    )
    assert demand.allotments["A"] == (12, 12, 12, 14, 12)
    assert demand.headcount == 30


def test_concurrency_lowers_seats_only_where_it_is_said() -> None:
    estate = estate_with({"A": [20] * 40}, heads=40)
    plain = demand_of(estate, level=P95, seed=1)
    lower = demand_of(estate, level=P95, seed=1, concurrency=Decimal("0.83"))
    assert plain.allotments["A"] == (20,) * 5
    assert lower.allotments["A"] == (17,) * 5


def test_without_anything_known_everybody_has_a_seat_and_it_is_assumed() -> None:
    estate = estate_with({}, heads=25, teams={"A": {}}, attendance=NOBODY_COUNTED)
    demand = demand_of(estate, level=P95, seed=1)
    (team,) = demand.teams
    assert team.seats == (25,) * 5
    assert (team.basis, team.assumed) == ("headcount", True)
    assert demand.pooled == (25,) * 5
    assert demand.confidence == "D"
    assert demand.first_day is None


def test_typed_rates_use_the_closed_form_and_pool_a_little() -> None:
    fields = {code: {"attendance_rate": Decimal("0.5")} for code in "AB"}
    demand = demand_of(
        estate_with({}, heads=50, teams=fields, attendance=NOBODY_COUNTED), level=P95, seed=1
    )
    # 25 + 1.645 sqrt(12.5 x 2.47) = 34.1; together 50 + 1.645 sqrt(25 x 3.97) = 66.4
    assert demand.allotments == {"A": (35,) * 5, "B": (35,) * 5}
    assert demand.pooled == (67,) * 5
    assert all(team.assumed and team.basis == "typed" for team in demand.teams)


def test_the_busiest_day_is_planned_for_where_it_was_typed() -> None:
    fields = {"A": {"attendance_rate": Decimal("0.5"), "busiest_rate": Decimal("0.8")}}
    (team,) = demand_of(
        estate_with({}, heads=50, teams=fields, attendance=NOBODY_COUNTED), level=P95, seed=1
    ).teams
    assert team.rate == Decimal("0.8")


@pytest.mark.parametrize(
    ("days", "rate", "assumed", "basis"),
    [
        (10, Decimal("0.6"), True, "typed"),
        (20, Decimal("0.65"), False, "typed"),
        (60, None, False, "measured"),
    ],
)
def test_a_typed_rate_gives_way_as_days_arrive(days, rate, assumed, basis) -> None:
    fields = {"A": {"attendance_rate": Decimal("0.5")}}
    estate = estate_with({"A": [80] * days}, heads=100, teams=fields)
    (team,) = demand_of(estate, level=P95, seed=1).teams
    assert (team.assumed, team.basis) == (assumed, basis)
    assert team.rate is None if rate is None else abs(team.rate - rate) < Decimal("1e-9")


def test_the_same_estate_gives_the_same_demand() -> None:
    rng = np.random.default_rng(3)
    counts = {f"T{at}": rng.integers(5, 40, 90).tolist() for at in range(6)}
    one, two = (demand_of(estate_with(counts), level=P95, seed=5) for _ in range(2))
    assert (one.allotments, one.pooled, one.notes) == (two.allotments, two.pooled, two.notes)


def test_past_misjudgement_adds_a_margin_to_drifting_teams_only() -> None:
    rng = np.random.default_rng(5)
    steady = {"A": rng.binomial(100, 0.5, 200).tolist()}
    rising = {"A": (rng.binomial(100, 0.4, 200) + np.arange(200) // 6).tolist()}
    assert demand_of(estate_with(steady), level=P95, seed=1).margin.pool <= 10
    drifting = demand_of(estate_with(rising), level=P95, seed=1)
    assert drifting.margin.pool >= 14
    assert any("misjudged" in warning for warning in drifting.warnings)


def test_a_level_out_of_range_is_refused() -> None:
    with pytest.raises(InvalidDemand, match=r"1\.5"):
        demand_of(estate_with({"A": [1]}), level=Decimal("1.5"), seed=1)
