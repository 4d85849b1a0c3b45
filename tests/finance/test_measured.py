"""Each ledger, building and unit by itself: together they are the plan, alone they are exact."""

from __future__ import annotations

from decimal import Decimal
from itertools import accumulate

import pytest
import pyxirr

from planner.finance import case_of, values_of
from planner.finance.case import COSTS
from planner.finance.measured import measured
from tests.finance import worked

UNITS = ("P1", "P2", "Q1")


def house():
    """Return P freed whole with its premium, Q1 freed, people moved out of P1, one wave."""
    estate = worked.estate({"wave_cost": "700"})
    return case_of(estate, UNITS, [("T", "P1", "Q1", 5), ("T", "P2", "P1", 2)], waves=[2])


def by_kind(case, of):
    return {one.id: one for one in measured(case) if one.of == of}


def test_the_plan_is_measured_as_the_case_is():
    case = house()
    (plan,) = by_kind(case, "plan").values()
    assert (plan.npv, plan.irr, plan.payback_months) == (case.npv, case.irr, case.payback_months)
    assert plan.equivalent_annual == case.equivalent_annual
    assert plan.peak_funding == case.peak_funding
    assert plan.benefit_cost == pytest.approx(case.benefit_cost, rel=Decimal("1e-30"))


def test_buildings_and_waves_are_the_plan():
    case = house()
    wave = case.npv_of("wave", "1")
    buildings = by_kind(case, "building")
    assert wave < 0
    assert sum(one.npv for one in buildings.values()) + wave == case.npv
    assert {one.id: one.npv for one in buildings.values()} == {
        code: npv for code, npv in case.npv_by_building.items() if code
    }


def test_a_unit_has_the_moves_out_of_it_and_no_premium():
    case = house()
    values = case.values
    units = by_kind(case, "unit")
    assert units["P1"].npv == values.unit_npv("P1") - 5 * values.move_npv_per_person("P1", "Q1")
    assert units["Q1"].npv == values.unit_npv("Q1")


def test_units_come_with_the_most_valuable_first_and_no_more_than_asked():
    case = house()
    found = [one.npv for one in measured(case) if one.of == "unit"]
    assert found == sorted(found, reverse=True)
    few = [one for one in measured(case, 2) if one.of == "unit"]
    assert [one.npv for one in few] == found[:2]


def test_one_floor_is_measured_as_by_hand():
    only = by_kind(case_of(worked.estate(), ["P1"], []), "unit")["P1"]
    monthly = pyxirr.irr(list(worked.NET))
    assert float(only.irr) == pytest.approx((1 + monthly) ** 12 - 1, rel=1e-9)
    assert only.peak_funding == -min(accumulate(worked.NET)) == 9800
    assert only.payback_months == 7


def test_ledgers_are_measured_where_the_law_splits_them():
    header = {"country": "ID", "currency": "IDR", "owner_kind": "state"}
    figures = {"lease_months": "12", "payment": "auto"}
    case = case_of(worked.estate(figures, header=header), UNITS, [])
    ledgers = by_kind(case, "ledger")
    assert set(ledgers) == {"owner", "receiver"}
    assert sum(one.npv for one in ledgers.values()) == case.npv
    assert ledgers["receiver"].peak_funding == 0
    assert ledgers["receiver"].benefit_cost is None
    rate = case.values.terms.rate
    costs = sum(
        paid / (1 + float(rate)) ** (month / 12)
        for line in case.lines
        if line.ledger == "owner" and line.name in COSTS
        for month, paid in enumerate(line.amounts, start=1)
    )
    saved = case.npv_by_ledger["owner"] - costs
    assert float(ledgers["owner"].benefit_cost) == pytest.approx(saved / -costs, rel=1e-6)
    assert by_kind(case_of(worked.estate(), UNITS, []), "ledger") == {}


def test_nothing_freed_is_measured_as_nothing():
    case = case_of(worked.estate(), [], [], values=values_of(worked.estate()))
    (plan,) = measured(case)
    assert (plan.npv, plan.irr, plan.payback_months, plan.benefit_cost) == (0, None, 0, None)
