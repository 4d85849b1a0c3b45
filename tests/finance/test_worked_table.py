"""The hand-worked table: every sign, month and factor of a unit, a block and a move."""

import datetime as dt
from decimal import Decimal

import pytest

from planner.finance import case_of, values_of
from tests.finance import worked

LINES = {
    "rent": (*[0] * 6, *[8000] * 11, *[8800] * 3),
    "default": (*[0] * 6, *[-400] * 11, *[-440] * 3),
    "commission": (*[0] * 5, -9600, *[0] * 14),
    "running_saved": (0, 0, *[3000] * 10, *[3600] * 8),
    "void_cost": (0, 0, -2000, -2000, -2000, *[0] * 15),
    "works": (0, 0, -6200, *[0] * 17),
}


def by_hand(flows: tuple[int, ...]) -> Decimal:
    return sum(
        (Decimal(flow) / Decimal("1.01") ** month for month, flow in enumerate(flows, start=1)),
        start=Decimal(0),
    )


@pytest.mark.parametrize("name", LINES)
def test_each_line_of_a_unit_is_as_worked_by_hand(name: str) -> None:
    assert case_of(worked.estate(), ["P1"], []).by_line[name] == LINES[name]


def test_a_unit_has_no_other_line() -> None:
    assert set(case_of(worked.estate(), ["P1"], []).by_line) == set(LINES)


def test_net_flow_is_the_table_of_the_documentation() -> None:
    assert case_of(worked.estate(), ["P1"], []).net == worked.NET


def test_unit_is_worth_the_sum_of_the_table_at_one_percent_a_month() -> None:
    assert values_of(worked.estate()).unit_npv("P1") == round(by_hand(worked.NET)) == 126_460


def test_measures_of_the_table() -> None:
    case = case_of(worked.estate(), ["P1"], [])
    assert case.peak_funding == 9800
    assert case.payback_months == 7
    assert case.months[0] == dt.date(2027, 4, 1)
    assert case.months[-1] == dt.date(2028, 11, 1)
    assert case.yearly(case.net) == {2027: sum(worked.NET[:9]), 2028: sum(worked.NET[9:])}


def test_move_within_the_building_is_paid_in_the_month_before_release() -> None:
    case = case_of(worked.estate(), [], [("T", "P1", "P2", 8)])
    assert case.net == (0, -992, *[0] * 18)
    assert case.npv == -8 * round(124 / 1.01**2)


def test_move_elsewhere_has_its_own_cost() -> None:
    case = case_of(worked.estate(), [], [("T", "P1", "Q1", 1)])
    assert case.net == (0, -186, *[0] * 18)


def test_move_within_a_unit_costs_nothing() -> None:
    values = values_of(worked.estate())
    assert values.move_npv_per_person("P1", "P1") == 0
    assert case_of(worked.estate(), [], [("T", "P1", "P1", 8)]).parts == ()


def test_nobody_moves_before_the_first_month() -> None:
    case = case_of(worked.estate({"release_month": "0"}), [], [("T", "P1", "P2", 1)])
    assert case.net == (-124, *[0] * 19)


def test_whole_building_earns_its_premium_on_rent_and_on_what_hangs_on_rent() -> None:
    case = case_of(worked.estate(), ["P1", "P2"], [])
    alone = case_of(worked.estate(), ["P1"], [])
    block = next(part for part in case.parts if part.kind == "block")
    names = [line.name for line in block.lines]
    assert names == ["rent", "default", "commission"] * 2
    assert [line.amounts for line in block.lines[:3]] == [
        tuple(paid // 4 for paid in alone.by_line[name]) for name in names[:3]
    ]
    assert block.npv == values_of(worked.estate()).block_npv("P")


def test_building_with_a_kept_floor_earns_no_premium() -> None:
    parts = case_of(worked.estate(), ["P1", "Q1"], []).parts
    assert [part.kind for part in parts] == ["unit", "unit"]


def test_unit_that_cannot_be_let_saves_and_stands_empty_to_the_end() -> None:
    lone = worked.estate(floors=(worked.floor("P1", lettable=False),))
    case = case_of(lone, ["P1"], [])
    assert case.net == (0, 0, *[1000] * 10, *[1200] * 8)


def test_unit_that_cannot_be_let_needs_no_rent() -> None:
    shell = worked.estate(
        buildings=(worked.building(rent_per_m2_month=None),),
        floors=(worked.floor("P1", lettable=False),),
    )
    assert values_of(shell).unit_npv("P1") > 0


def test_releases_move_everything_of_their_unit_and_nothing_else() -> None:
    moves = [("T", "P1", "Q1", 1)]
    later = case_of(worked.estate(), ["P1", "P2"], moves, {"P1": 4})
    usual = case_of(worked.estate(), ["P1", "P2"], moves)
    assert later.by_unit["P1"][4] == -5200
    assert later.by_unit["P2"] == usual.by_unit["P2"]
    assert later.by_line["move"] == (0, 0, 0, -186, *[0] * 16)


def test_release_at_the_horizon_leaves_nothing_to_count() -> None:
    case = case_of(worked.estate(), ["P1"], [], {"P1": 20})
    assert case.net == (0,) * 20


def test_rent_of_a_floor_goes_before_the_rent_of_its_building() -> None:
    dear = worked.estate(floors=(worked.floor("P1", rent_per_m2_month=Decimal(200)),))
    assert max(case_of(dear, ["P1"], []).by_line["rent"]) == 17_600
