"""Sensitivity, simulation, re-pricing and the baseline."""

from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest

from planner.domain.records import Rule
from planner.errors import InvalidInput
from planner.finance import (
    Risk,
    assume,
    baseline_of,
    break_even_rent,
    break_even_void,
    case_of,
    reconsider,
    register_view,
    reprice,
    scenarios,
    simulate,
    tornado,
    values_of,
)
from planner.finance.case import Case
from planner.finance.reprice import reworth
from tests.finance import worked

CALM = Risk((0.0, 0.0, 0.0), 0.0, 0.0, 0.5)


def case(**changes: str) -> Case:
    estate = worked.estate({"horizon_months": "60", **changes})
    return case_of(estate, ["P1", "P2"], [("T", "P1", "Q1", 8)], {"P2": 4})


def test_without_spread_every_future_is_the_case() -> None:
    plan = case(deposit_months="3", service_cost_per_m2_month="7", rent_tax_rate="0.1")
    futures = simulate(plan, draws=5, seed=1, risk=CALM)
    assert futures.npvs == pytest.approx(plan.npv, abs=200)  # a yen a line and month
    assert set(futures.drivers.values()) == {0.0}


@pytest.mark.parametrize("months", [0, 3, 30, 70])
def test_future_with_another_void_is_the_case_with_that_void(months: int) -> None:
    plan = case(void_months=str(months))
    found = simulate(plan, draws=1, seed=1, risk=CALM).npvs[0]
    assert found == pytest.approx(plan.npv, abs=200)


def test_same_seed_gives_the_same_futures_and_another_does_not() -> None:
    first, again = (simulate(case(), draws=50, seed=3).npvs for _ in range(2))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, simulate(case(), draws=50, seed=4).npvs)


def test_quantiles_are_in_order_and_losses_are_counted() -> None:
    futures = simulate(case(works_per_m2="3000"), draws=4000, seed=5)
    assert futures.p10 < futures.p50 < futures.p90
    assert 0 < futures.loss < 1
    assert futures.loss == (futures.npvs < 0).mean()
    assert (futures.npvs < futures.p10).mean() == pytest.approx(0.1, abs=0.001)


def test_mean_of_futures_without_void_is_the_case() -> None:
    plan = case(void_months="0")
    futures = simulate(plan, draws=40_000, seed=6)
    assert futures.npvs.mean() == pytest.approx(plan.npv, rel=0.01)


@pytest.mark.parametrize(
    ("spreads", "driver", "sign"),
    [((0.2, 0, 0), "rent", 1), ((0, 0.5, 0), "void", -1), ((0, 0, 0.3), "cost", -1)],
)
def test_driver_that_alone_varies_matters_most_and_with_its_sign(
    spreads: tuple[float, float, float], driver: str, sign: int
) -> None:
    futures = simulate(case(), draws=2000, seed=7, risk=Risk(spreads, 0.0, 0.0, 0.5))
    assert futures.matters_most == driver
    assert futures.drivers[driver] * sign > 0.8


def test_shared_risk_spreads_wider_than_risk_of_each_lease() -> None:
    alone, together = (
        simulate(case(), draws=4000, seed=8, risk=Risk((0.3, 0, 0), 0.0, 0.0, shared)).npvs.std()
        for shared in (0.0, 1.0)
    )
    assert alone < 0.85 * together


def test_each_future_is_the_case_priced_at_its_own_draws() -> None:
    figures = {
        "horizon_months": "60", "void_months": "9", "achieved_rent": "0.4", "deposit_months": "3",
        "rent_void_correlation": "-0.5", "rent_cost_correlation": "0.4", "shared_risk": "0.36",
        "rent_volatility": "0.15", "void_volatility": "0.6", "cost_volatility": "0.25",
    }  # fmt: skip
    estate = worked.estate(figures)
    alone = case_of(estate, ["P1"], [])
    moved = case_of(estate, ["P1"], [("T", "P1", "Q1", 8)])
    moves = moved.npv - alone.npv
    found = simulate(moved, draws=12, seed=9).npvs
    random = np.random.default_rng(9)
    # rent; void with -0.5 of rent; cost with 0.4 of rent and none of the void's own
    own = 0.75**0.5
    spreads = np.array([0.15, 0.6, 0.25])
    cross = 0.2 / own
    mix = np.array([[1, 0, 0], [-0.5, own, 0], [0.4, cross, (1 - 0.16 - cross**2) ** 0.5]])
    assert (mix @ mix.T)[1, 2] == pytest.approx(0)
    market, unit = (random.standard_normal((12, 3)) @ mix.T for _ in range(2))
    times = np.exp((0.6 * market + 0.8 * unit) * spreads - spreads**2 / 2)
    move_cost = np.exp(market[:, 2] * 0.25 - 0.25**2 / 2)
    for draw in range(12):
        rent, void, cost = times[draw]
        changes = {
            "achieved_rent": str(0.4 * rent),
            "void_months": str(round(9 * void)),
            "works_per_m2": str(50 * cost),
            "void_cost_per_m2_month": str(20 * cost),
        }
        expected = reworth(alone, changes) + moves * move_cost[draw]
        assert found[draw] == pytest.approx(expected, abs=100), draw


def test_drivers_are_what_the_value_moves_with_over_all_leases() -> None:
    plan = case(void_months="0")
    futures = simulate(plan, draws=300, seed=2, risk=Risk((0.2, 0.0, 0.0), 0.0, 0.0, 0.0))
    random = np.random.default_rng(2)
    _, first, second = (random.standard_normal((300, 3)) for _ in range(3))
    met = np.corrcoef((first + second)[:, 0], futures.npvs)[0, 1]
    assert futures.drivers["rent"] == pytest.approx(met)


def test_moves_alone_vary_with_the_market() -> None:
    plan = case_of(worked.estate(), [], [("T", "P1", "Q1", 8)])
    futures = simulate(plan, draws=50, seed=2, risk=Risk((0.0, 0.0, 0.3), 0.0, 0.0, 0.5))
    market = np.random.default_rng(2).standard_normal((50, 3))[:, 2]
    assert futures.npvs == pytest.approx(plan.npv * np.exp(market * 0.3 - 0.3**2 / 2))
    assert futures.drivers["cost"] == pytest.approx(np.corrcoef(market, futures.npvs)[0, 1])
    assert futures.matters_most == "cost"


def test_correlations_whose_squares_make_one_are_taken() -> None:
    estate = worked.estate({"rent_void_correlation": "-0.6", "rent_cost_correlation": "0.8"})
    assert np.isfinite(simulate(case_of(estate, ["P1"], []), draws=3, seed=1).npvs).all()
    whole = Risk((0.1, 0.1, 0.1), 1.0, 0.0, 0.5)
    assert np.isfinite(simulate(case(), draws=3, seed=1, risk=whole).npvs).all()


def test_futures_of_no_draws_are_refused() -> None:
    with pytest.raises(InvalidInput, match="0 draws; want at least 1"):
        simulate(case(), draws=0, seed=1)
    assert simulate(case(), draws=1, seed=1).npvs.shape == (1,)


def test_nothing_freed_loses_nothing_and_nothing_drives_it() -> None:
    futures = simulate(case_of(worked.estate(), [], []), draws=50, seed=1)
    assert (futures.p10, futures.p90, futures.loss) == (0, 0, 0.0)
    assert set(futures.drivers.values()) == {0.0}


def test_correlations_whose_squares_are_just_above_one_are_refused() -> None:
    with pytest.raises(InvalidInput):
        simulate(case(rent_void_correlation="-0.9", rent_cost_correlation="0.5"), draws=1, seed=1)


def test_correlations_that_cannot_be_are_refused() -> None:
    with pytest.raises(InvalidInput, match="cannot be together"):
        simulate(case(rent_void_correlation="-0.9", rent_cost_correlation="0.9"), draws=1, seed=1)


def test_tornado_puts_the_widest_swing_first_and_keeps_the_case_in_the_middle() -> None:
    plan = case()
    swings = tornado(plan)
    assert [swing.width for swing in swings] == sorted(
        (swing.width for swing in swings), reverse=True
    )
    assert all(swing.width == max(swing.npvs) - min(swing.npvs) for swing in swings)
    assert all(swing.npvs[1] == plan.npv for swing in swings)
    assert all(swing.npvs[0] <= plan.npv <= swing.npvs[2] for swing in swings)


def test_each_cell_of_the_scenario_matrix_is_the_case_at_both_figures() -> None:
    plan = case()
    table = scenarios(
        plan, ("achieved_rent", [Decimal("0.6"), Decimal(1)]), ("void_months", [Decimal(6)])
    )
    assert table[1] == (reprice(plan, {"achieved_rent": "1", "void_months": "6"}).npv,)
    assert table[0][0] < table[1][0]


@pytest.mark.parametrize(
    "changes",
    [{}, {"void_months": "17"}, {"release_month": "9"}, {"wave_cost": "4000000"}],
)
def test_the_value_alone_is_that_of_the_whole_case(changes: dict[str, str]) -> None:
    estate = worked.estate({"horizon_months": "60"})
    moves = [("T", "P1", "Q1", 8), ("T", "P1", "P2", 3), ("T", "Q1", "Q1", 5)]
    dated = case_of(estate, ["P1", "Q1"], moves, {"P1": 4, "Q1": 7}, [4, 7])
    assert reworth(dated, changes) == reprice(dated, changes).npv
    plain = case_of(estate, ["P1", "P2"], [])
    assert reworth(plain, changes) == reprice(plain, changes).npv


def test_at_the_break_even_rent_the_case_is_worth_nothing() -> None:
    plan = case(running_saving_share="0")
    share = break_even_rent(plan)
    assert share is not None
    assert share == round(share, 4)
    scale = abs(reprice(plan, {"achieved_rent": "1"}).npv)
    assert abs(reprice(plan, {"achieved_rent": str(share)}).npv) < scale / 1000


def test_one_month_past_the_break_even_void_loses_value() -> None:
    plan = case(running_saving_share="0")
    void = break_even_void(plan)
    assert void is not None
    assert reprice(plan, {"void_months": str(void)}).npv >= 0
    assert reprice(plan, {"void_months": str(void + 1)}).npv < 0


@pytest.mark.parametrize("works", ["300", "900", "1500", "2400", "3300", "4200"])
def test_break_even_void_is_the_last_month_of_all_tried_that_pays(works: str) -> None:
    plan = case(running_saving_share="0", works_per_m2=works)
    paying = [void for void in range(60) if reworth(plan, {"void_months": str(void)}) >= 0]
    assert break_even_void(plan) == (paying[-1] if paying else None)


FREE = {"works_per_m2": "0", "running_saving_share": "0", "horizon_months": "60"}


def test_a_case_worth_nothing_at_all_bears_any_void() -> None:
    idle = case_of(worked.estate({**FREE, "void_cost_per_m2_month": "0"}), ["P1"], [])
    assert break_even_void(idle) == 60
    assert reprice(idle, {"void_months": "60"}).npv == 0


def test_a_case_worth_nothing_from_the_first_day_bears_no_void() -> None:
    poor = case_of(worked.estate({**FREE, "achieved_rent": "0"}), ["P1"], [])
    assert reprice(poor, {"void_months": "0"}).npv == 0
    assert break_even_void(poor) == 0


def test_a_void_whose_cost_rounds_to_nothing_still_pays() -> None:
    # 0.4 a month, 0.48 in the second year, 0.58 from month 25 on, which is 1
    figures = {**FREE, "achieved_rent": "0", "void_cost_per_m2_month": "0.004"}
    assert break_even_void(case_of(worked.estate(figures), ["P1"], [])) == 22


def test_break_even_says_when_there_is_none() -> None:
    assert break_even_void(case(works_per_m2="100000")) is None
    assert break_even_void(case(works_per_m2="0", void_cost_per_m2_month="0")) == 60
    empty = case_of(worked.estate(), [], [])
    assert break_even_rent(empty) is None


def test_other_figures_change_nothing_else_of_the_estate() -> None:
    estate = worked.estate()
    other = assume(estate, {"void_months": "5", "tenant_kind": "social"})
    assert other.assumed["void_months"].value == "5"
    assert other.assumed["tenant_kind"].value == "social"
    assert {**other.assumed, **estate.assumed}.keys() == other.assumed.keys()
    assert other.floors == estate.floors


def test_figure_that_cannot_be_is_refused_when_repricing() -> None:
    with pytest.raises(InvalidInput, match="there is no such figure"):
        reprice(case(), {"colour": "red"})


def test_unchanged_figures_keep_a_proved_plan_best() -> None:
    plan = case()
    again = reconsider(plan, {}, value=plan.npv, bound=plan.npv)
    assert (again.verdict, again.at_most_gained) == ("stays", 0)


def test_plan_whose_floor_no_longer_pays_is_beaten_by_keeping_it() -> None:
    plan = case_of(worked.estate(), ["P1", "Q1"], [("T", "P1", "Q1", 8)])
    found = reconsider(plan, {"works_per_m2": "5000"}, value=plan.npv, bound=None)
    assert found.verdict == "changes"
    assert set(found.keep) == {"P1", "Q1"}
    kept = case_of(found.after.values.estate, ["Q1"], [])
    assert kept.npv == found.after.npv + found.keep["P1"]


def test_floor_that_must_be_freed_is_not_offered_back() -> None:
    estate = worked.estate()
    forced = replace(estate, rules=(Rule(rule="free_floor", subject="P1"),))
    plan = case_of(forced, ["P1"], [])
    found = reconsider(plan, {"works_per_m2": "5000"}, value=plan.npv, bound=plan.npv)
    assert not found.keep


def test_no_plan_gains_more_than_the_new_bound_allows() -> None:
    estate = worked.estate()
    plan = case_of(estate, ["P1"], [("T", "P1", "Q1", 8)])
    best = values_of(estate)
    bound = sum(best.unit_npv(unit.id) for unit in estate.units) + best.block_npv("P")
    changes = {"achieved_rent": "0.9", "move_cost_elsewhere_per_person": "10"}
    found = reconsider(plan, changes, value=plan.npv, bound=bound)
    assert found.verdict == "may_change"
    assert found.bound is not None
    everything = case_of(found.after.values.estate, ["P1", "P2", "Q1"], [])
    assert everything.npv <= found.bound


def test_business_as_usual_pays_running_costs_rents_and_repairs() -> None:
    found = baseline_of(worked.estate({"repairs_due_per_m2": "40", "repairs_month": "12"}))
    assert found.net[:12] == (*[-9000] * 11, -9000 - 12_000)
    assert found.net[12] == -10_800
    assert found.npv < 0


def test_register_lists_every_figure_once_with_its_source() -> None:
    rows = register_view(worked.estate())
    assert len({row.id for row in rows}) == len({row.key for row in rows}) == len(rows)
    by_key = {row.key: row for row in rows}
    assert by_key["P:rent_per_m2_month"].value == "100"
    assert by_key["discount_rate"].source == "test"
    assert by_key["discount_rate"].own
    assert not by_key["payment"].own
    assert by_key["reinstatement_per_m2"].value is None
