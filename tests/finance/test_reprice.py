"""A plan at other figures: its dates shift, its limit rises by no less than any plan can gain."""

from __future__ import annotations

import datetime as dt

import pytest

from planner.domain.records import Rule
from planner.finance import case_of, values_of
from planner.finance.register import register_view
from planner.finance.reprice import reconsider, reprice, reworth
from tests.finance import worked

MOVES = [("T", "P1", "Q1", 5)]


@pytest.mark.parametrize(
    ("release", "month", "wave"), [("2", 6, 4), ("5", 9, 7), ("0", 4, 2), ("1", 5, 3)]
)
def test_releases_and_waves_shift_with_the_first_month(release: str, month: int, wave: int) -> None:
    estate = worked.estate({"wave_cost": "700", "release_month": "2"})
    case = case_of(estate, ["P1"], MOVES, {"P1": 6}, [4])
    again = reprice(case, {"release_month": release})
    assert (dict(again.releases), list(again.waves)) == ({"P1": month}, [wave])
    assert reworth(case, {"release_month": release}) == again.npv


def test_a_release_falls_in_month_0_and_a_wave_in_month_1_at_the_earliest() -> None:
    estate = worked.estate({"wave_cost": "700", "release_month": "9"})
    case = case_of(estate, ["P1", "P2"], MOVES, {"P1": 9, "P2": 3}, [8, 10])
    again = reprice(case, {"release_month": "0"})
    assert (dict(again.releases), list(again.waves)) == ({"P1": 0, "P2": 0}, [1, 1])


@pytest.mark.parametrize(
    ("key", "fall"), [("move_cost_per_person", 62), ("move_cost_elsewhere_per_person", 62)]
)
def test_the_limit_rises_by_what_everybody_saves_by_a_cheaper_move(key: str, fall: int) -> None:
    case = case_of(worked.estate(), ["P1"], MOVES)
    cheaper = str(int(worked.FIGURES[key]) - 50)
    found = reconsider(case, {key: cheaper}, value=case.npv, bound=case.npv + 1000)
    before, after = values_of(found.before.values.estate), values_of(found.after.values.estate)
    ends = ("P1", "P2") if key == "move_cost_per_person" else ("P1", "Q1")
    saved = before.move_npv_per_person(*ends) - after.move_npv_per_person(*ends)
    assert 0 > -saved >= -fall  # 50 and 24% more, discounted
    assert found.bound == case.npv + 1000 + 8 * saved


def test_dearer_moves_lower_no_limit_and_one_floor_has_no_moves() -> None:
    case = case_of(worked.estate(), ["P1"], MOVES)
    dearer = {"move_cost_per_person": "900", "move_cost_elsewhere_per_person": "900"}
    assert reconsider(case, dearer, value=case.npv, bound=case.npv).bound == case.npv
    lone = case_of(worked.estate(floors=(worked.floor("P1"),)), ["P1"], [])
    assert reconsider(lone, {}, value=lone.npv, bound=lone.npv).bound == lone.npv


def test_a_floor_released_late_is_valued_as_the_search_values_it() -> None:
    case = case_of(worked.estate(), ["P1"], [], {"P1": 9})
    usual = case_of(worked.estate(), ["P1"], [])
    dear = {"works_per_m2": "60"}
    found = reconsider(case, dear, value=usual.npv, bound=None)
    assert found.value == reprice(usual, dear).npv


def test_a_floor_is_better_kept_by_what_it_and_its_share_of_the_house_lose() -> None:
    case = case_of(worked.estate(), ["P1", "P2"], MOVES)
    found = reconsider(case, {"works_per_m2": "5000"}, value=case.npv, bound=None)
    after = found.after
    assert after.npv_of("block", "P") > 0
    assert found.keep["P2"] == -after.npv_of("unit", "P2") - after.npv_of("block", "P")


def test_a_floor_that_a_rule_of_the_plan_alone_frees_is_not_better_kept() -> None:
    case = case_of(worked.estate(), ["P1", "P2"], MOVES)
    told = {"value": case.npv, "bound": None}
    rule = Rule(rule="free_floor", subject="P2", reason="Sold")
    dear = {"works_per_m2": "5000"}
    assert "P2" in reconsider(case, dear, **told).keep
    assert "P2" not in reconsider(case, dear, **told, rules=(rule,)).keep


@pytest.mark.parametrize(
    ("language", "source"),
    [("en", "entered with the estate"), ("id", "diisi bersama data portofolio")],
)
def test_the_register_numbers_its_figures_from_one_and_names_sheets_in_its_language(
    language: str, source: str
) -> None:
    rows = register_view(worked.estate(header={"language": language}))
    assert [row.id for row in rows] == [f"A{at:02d}" for at in range(1, len(rows) + 1)]
    assert rows[0].source == source
    stated = next(row for row in rows if row.key == "works_per_m2")
    assert (stated.own, stated.source) == (True, "test")


def test_a_leased_floor_is_let_at_the_market_whatever_the_rule_of_owned_ones() -> None:
    house = worked.building("P", tenure="leased", lease_end=dt.date(2029, 12, 31))
    estate = worked.estate(
        {
            "rent_rule": "flat",
            "flat_rent_per_m2_month": "70",
            "leased_rent_paid_per_m2_month": "70",
            "reinstatement_per_m2": "10",
        },
        buildings=(house, worked.building("Q")),
    )
    case = case_of(estate, ["P1", "Q1"], [])
    assert (case.parameters("P1").rule, case.parameters("Q1").rule) == ("market", "flat")


def test_a_floor_that_is_never_let_has_a_rent_that_never_rises() -> None:
    estate = worked.estate(floors=(worked.floor("P1", lettable=False), worked.floor("Q1")))
    assert set(case_of(estate, ["P1"], []).parameters("P1").levels) == {1}
