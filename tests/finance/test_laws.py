"""Laws that hold whatever the figures: additivity, equality with an independent library."""

from decimal import Decimal

import pytest
import pyxirr
from hypothesis import given
from hypothesis import strategies as st

from planner.errors import InvalidInput
from planner.finance import case_of, values_of
from planner.finance.measures import benefit_cost, irr, payback_months, peak_funding
from tests.finance import worked

UNITS = ("P1", "P2", "Q1")
figures = st.fixed_dictionaries(
    {
        "release_month": st.integers(0, 25).map(str),
        "void_months": st.integers(0, 25).map(str),
        "rent_free_months": st.integers(0, 6).map(str),
        "escalation_rate": st.decimals("-0.2", "0.2", places=4).map(str),
        "discount_rate": st.decimals("-0.2", "0.5", places=4).map(str),
        "achieved_rent": st.decimals("0", "1.5", places=4).map(str),
        "horizon_months": st.integers(1, 60).map(str),
    }
)


@given(figures, st.sets(st.sampled_from(UNITS)), st.integers(0, 500))
def test_plan_is_worth_its_units_and_blocks_less_its_moves(
    changes: dict[str, str], freed: set[str], people: int
) -> None:
    estate = worked.estate(dict(changes))
    values = values_of(estate)
    blocks = ["P"] if {"P1", "P2"} <= freed else []
    assert case_of(estate, freed, [("T", "P1", "Q1", people), ("T", "P2", "P1", 3)]).npv == (
        sum(values.unit_npv(unit) for unit in freed)
        + sum(values.block_npv(block) for block in blocks)
        - people * values.move_npv_per_person("P1", "Q1")
        - 3 * values.move_npv_per_person("P2", "P1")
    )


@given(figures)
def test_lines_add_up_to_the_net_flow_and_years_to_the_months(changes: dict[str, str]) -> None:
    case = case_of(worked.estate(dict(changes)), UNITS, [("T", "P1", "Q1", 5)])
    assert tuple(map(sum, zip(*case.by_line.values(), strict=True))) == case.net
    assert sum(case.yearly(case.net).values()) == sum(case.net)


@given(figures)
def test_value_equals_the_independent_library(changes: dict[str, str]) -> None:
    estate = worked.estate(dict(changes))
    case = case_of(estate, ["P1"], [])
    monthly = (1 + float(changes["discount_rate"])) ** (1 / 12) - 1
    assert case.npv == pytest.approx(pyxirr.npv(monthly, [0, *case.net]), abs=0.500001)


@given(st.lists(st.integers(1, 10**9), min_size=1, max_size=40), st.integers(1, 10**11))
def test_rate_of_return_equals_the_independent_library(income: list[int], outlay: int) -> None:
    flows = [-outlay, *income]
    found = irr(flows)
    expected = pyxirr.irr(flows)
    if found is not None and expected is not None and abs(expected) < 1:
        assert float(found) == pytest.approx((1 + expected) ** 12 - 1, rel=1e-6, abs=1e-9)
        assert abs(found) > Decimal(-1)


def test_rate_of_return_of_the_worked_table_equals_the_independent_library() -> None:
    expected = (1 + pyxirr.irr(list(worked.NET))) ** 12 - 1
    assert float(irr(worked.NET) or 0) == pytest.approx(expected, rel=1e-10)


@pytest.mark.parametrize("flows", [[], [0, 0], [5, 5], [-5, -5], [-100, 230, -132]])
def test_no_rate_where_there_is_none_or_more_than_one(flows: list[int]) -> None:
    assert irr(flows) is None


@pytest.mark.parametrize("deposit", [0, 3, 6, 12])
def test_a_deposit_owed_back_at_the_end_leaves_the_rate_of_the_case(deposit: int) -> None:
    flows = [-100_000, *[0] * 8, 2500 * (1 + deposit), *[3500] * 50]
    flows[-1] -= 2500 * deposit
    expected = (1 + pyxirr.irr(flows)) ** 12 - 1
    assert float(irr(flows) or 0) == pytest.approx(expected, rel=1e-9)


def test_the_only_rate_from_nothing_up_may_be_nothing_itself() -> None:
    assert irr([-4, 9, -5]) is None  # worth 0 at 0% and at 25% a month
    assert irr([-5, 9, -4]) == 0  # worth 0 at 0% and at -20% a month


def test_the_only_rate_from_nothing_up_may_be_next_to_nothing() -> None:
    found = irr([-50_000, 90_020, -40_016])  # worth 0 at 0.04% and at -20% a month
    assert float(found or 0) == pytest.approx(1.0004**12 - 1, rel=1e-9)


@pytest.mark.parametrize(
    ("back", "rate"),
    [
        *[("110", "0.1"), ("50", "-0.5"), ("101", "0.01"), ("1", "-0.99"), ("104.5", "0.045")],
        *[("195", "0.95"), ("200", "1"), ("1100", "10"), ("1.5", "-0.985"), ("199.5", "0.995")],
    ],
)
def test_a_loan_costs_what_its_lender_earns(back: str, rate: str) -> None:
    flows = [-1000, *[0] * 11, int(Decimal(back) * 10)]
    assert irr(flows) == irr([-flow for flow in flows]) == Decimal(rate)


@given(st.lists(st.integers(80_000, 100_000), min_size=2, max_size=30), st.just(100_000))
def test_money_that_turns_once_always_has_a_rate_and_it_makes_it_worth_nothing(
    income: list[int], outlay: int
) -> None:
    flows = [*[-outlay] * 3, *income]
    found = irr(flows)
    assert found is not None
    low, high = (
        sum(flow / (1 + float(rate)) ** (month / 12) for month, flow in enumerate(flows, start=1))
        for rate in (found * (1 - Decimal("1e-6")) - Decimal("1e-9"),
                     found * (1 + Decimal("1e-6")) + Decimal("1e-9"))
    )  # fmt: skip
    assert low * high <= 0


def test_a_rate_beyond_the_grid_is_none_and_one_at_its_end_is_found() -> None:
    assert float(irr([-1, 9]) or 0) == pytest.approx(9**12 - 1, rel=1e-11)
    assert irr([-1, 11]) is None
    assert irr([-1000, *[0] * 11, 9]) is None


def test_benefits_are_over_costs_be_they_of_one_unit_and_over_nothing_they_are_nothing() -> None:
    assert benefit_cost(Decimal(3), Decimal(1)) == 3
    assert benefit_cost(Decimal(1), Decimal(4)) == Decimal("0.25")
    assert benefit_cost(Decimal(3), Decimal(0)) is None


def test_ten_percent_for_a_year_is_ten_percent() -> None:
    assert irr([-100, *[0] * 11, 110]) == Decimal("0.1")
    assert irr([-1000, *[0] * 11, 1105]) == Decimal("0.105")  # between two rates of the grid
    assert irr([-7, *[0] * 11, 8]) == Decimal("0.142857142857")


@pytest.mark.parametrize(
    ("flows", "month"),
    [([-2, 1, 1], 3), ([-2, 2, -1, 1], 4), ([1, 1], 0), ([-2, 1], None), ([-1, 1, -1], None)],
)
def test_payback_is_the_month_from_which_the_money_stays_back(
    flows: list[int], month: int | None
) -> None:
    assert payback_months(flows) == month


@pytest.mark.parametrize(("flows", "most"), [([-2, -3, 9], 5), ([4, -1], 0), ([], 0)])
def test_peak_funding_is_the_deepest_level(flows: list[int], most: int) -> None:
    assert peak_funding(flows) == most


@pytest.mark.parametrize(
    ("currency", "one"), [("JPY", 8_000), ("EUR", 800_000), ("IDR", 800_000), ("KWD", 8_000_000)]
)
def test_any_currency_is_counted_in_its_own_smallest_unit(currency: str, one: int) -> None:
    case = case_of(worked.estate(header={"currency": currency}), ["P1"], [])
    assert case.by_line["rent"][6] == one


def test_the_largest_amounts_stay_exact() -> None:
    rich = worked.estate(
        {"achieved_rent": "1"},
        buildings=(worked.building(rent_per_m2_month=Decimal(10**13 + 1)),),
        floors=(worked.floor("P1"),),
        header={"currency": "KWD"},
    )
    assert case_of(rich, ["P1"], []).by_line["rent"][6] == (10**15 + 100) * 1000


def test_everything_missing_is_refused_together_with_its_place() -> None:
    bare = worked.estate(
        {"discount_rate": None, "works_per_m2": None, "void_months": "x", "colour": "red"},
        buildings=(
            worked.building("P", rent_per_m2_month=None),
            worked.building("Q", running_cost_per_m2_month=None),
        ),
    )
    with pytest.raises(InvalidInput) as refusal:
        values_of(bare)
    assert sorted(problem.where for problem in refusal.value.problems) == [
        "sheet assumptions, key colour",
        "sheet assumptions, key discount_rate",
        "sheet assumptions, key void_months",
        "sheet assumptions, key works_per_m2",
        "sheet buildings, code P, column rent_per_m2_month",
        "sheet buildings, code Q, column running_cost_per_m2_month",
    ]
    assert all(
        "enter" in problem.message or "known" in problem.message
        for problem in refusal.value.problems
    )


def test_every_impossible_part_of_a_plan_is_named() -> None:
    with pytest.raises(InvalidInput) as refusal:
        case_of(worked.estate(), ["P9"], [("X", "P1", "Z1", -1)], {"P1": -1})
    assert [problem.where for problem in refusal.value.problems] == [
        "unit P9",
        "unit Z1",
        "move of X from P1 to Z1",
        "move of X from P1 to Z1",
        "unit P1",
    ]


def test_one_person_and_a_release_in_no_month_are_no_mistake() -> None:
    case = case_of(worked.estate(), ["P1"], [("T", "P1", "Q1", 0)], {"P1": 0})
    assert sum(part.npv for part in case.parts if part.kind == "move") == 0
    assert case.by_unit["P1"][0] == -5200


def test_only_impossible_numbers_are_refused() -> None:
    with pytest.raises(InvalidInput) as refusal:
        case_of(worked.estate(), [], [("T", "P1", "Q1", -1)], {"P1": -1})
    said = [problem.message for problem in refusal.value.problems]
    assert said == ["-1 people; enter 0 or more", "released after month -1; enter 0 or more"]


def test_the_base_of_a_move_is_of_all_who_move() -> None:
    case = case_of(worked.estate(), [], [("T", "P1", "Q1", 7)])
    line = next(line for line in case.lines if line.name == "move")
    assert line.base == Decimal(-150) * Decimal("1.24") * 7
    assert line.amounts[1] == -7 * 186


def test_a_part_knows_its_unit_and_its_building() -> None:
    case = case_of(worked.estate(), ["P1", "P2"], [("T", "P1", "Q1", 1)])
    assert [(part.kind, part.unit, part.building) for part in case.parts] == [
        ("unit", "P1", "P"),
        ("unit", "P2", "P"),
        ("block", "", "P"),
        ("move", "P1", "P"),
    ]
    assert case.npv_of("unit", "P2") == case.parts[1].npv
    with pytest.raises(InvalidInput, match="is not part of this case"):
        case.npv_of("unit", "Z9")


@pytest.mark.parametrize("start", ["2027-01-01", "2027-12-31", "2028-02-29"])
def test_months_are_dated_from_the_first_of_the_month_of_the_start(start: str) -> None:
    months = case_of(worked.estate({"start": start, "horizon_months": "14"}), ["P1"], []).months
    assert months[0].isoformat() == f"{start[:7]}-01"
    assert [later.month for later in months[1:]] == [one.month % 12 + 1 for one in months[:-1]]


def test_a_case_names_every_unit_and_team_that_is_not_there():
    with pytest.raises(InvalidInput) as refused:
        case_of(worked.estate(), ["X1"], [("T", "X2", "P1", 3), ("U", "P1", "X3", -1)])
    said = str(refused.value)
    assert [
        name for name in ("unit X1", "unit X2", "unit X3", "-1 people") if name not in said
    ] == []
    assert said.count("there is no such team") == 1


def test_a_wave_costs_its_price_and_contingency_and_rents_rise_after_a_year() -> None:
    estate = worked.estate({"wave_cost": "700"})
    case = case_of(estate, ["P1"], [("T", "P1", "Q1", 5)], waves=[2, 4])
    assert case.by_line["wave"] == (0, -868, 0, -868, *[0] * 16)  # 700 and 24% more
    first, risen = [Decimal(1)] * 17, [Decimal("1.1")] * 3  # the lease starts in month 6
    assert list(case.parameters("P1").levels) == first + risen
