"""Lines that are off by default, each switched on alone against the worked table."""

import datetime as dt
from decimal import Decimal

import pytest

from planner.domain.estate import Estate
from planner.errors import InvalidInput
from planner.finance import baseline_of, case_of, tornado, values_of
from planner.finance.values import total
from tests.finance import worked


def line(estate: Estate, name: str, unit: str = "P1") -> tuple[int, ...]:
    return case_of(estate, [unit], []).by_line[name]


def at(flows: tuple[int, ...]) -> dict[int, int]:
    return {month: paid for month, paid in enumerate(flows, start=1) if paid}


def test_deposit_is_taken_with_the_lease_and_owed_at_the_end() -> None:
    flows = line(worked.estate({"deposit_months": "3"}), "deposit")
    assert at(flows) == {6: 24_000, 20: -24_000}


def test_tax_falls_on_rent_that_is_collected() -> None:
    flows = line(worked.estate({"rent_tax_rate": "0.10"}), "rent_tax")
    assert flows[5:7] == (0, -760)
    assert flows[17] == -836


@pytest.mark.parametrize(
    ("taxes", "owner", "taxed"),
    [
        ("auto", "corporate", True),
        ("auto", "regional", False),
        ("on", "regional", True),
        ("off", "corporate", False),
    ],
)
def test_taxes_go_by_owner_unless_switched(
    taxes: str,
    owner: str,
    taxed: bool,
) -> None:
    header = {"country": "MY", "owner_kind": owner}
    estate = worked.estate({"rent_tax_rate": "0.10", "taxes": taxes}, header=header)
    assert ("rent_tax" in case_of(estate, ["P1"], []).by_line) is taxed


def test_services_cost_and_come_back_while_the_unit_is_let() -> None:
    figures = {"service_cost_per_m2_month": "10", "service_recovery": "0.9"}
    case = case_of(worked.estate({**figures, "rent_tax_rate": "0.1"}), ["P1"], [])
    assert case.by_line["service_cost"] == (*[0] * 5, *[-1000] * 7, *[-1200] * 8)
    assert case.by_line["service_charge"] == (*[0] * 5, *[900] * 7, *[1080] * 8)
    assert case.by_line["service_tax"] == (*[0] * 5, *[-90] * 7, *[-108] * 8)


def test_vat_is_shown_and_adds_nothing() -> None:
    case = case_of(worked.estate({"vat_rate": "0.11"}), ["P1"], [])
    assert case.vat[6] == 836
    assert case.net == worked.NET


def test_only_the_share_really_saved_counts() -> None:
    flows = line(worked.estate({"running_saving_share": "0.5"}), "running_saved")
    assert flows[2] == 1500


def test_repairs_are_avoided_by_a_unit_that_is_empty_before_they_are_due() -> None:
    figures = {"repairs_due_per_m2": "40", "repairs_month": "3"}
    assert at(line(worked.estate(figures), "repairs_avoided")) == {3: 4000}
    late = worked.estate({**figures, "release_month": "3"})
    assert at(line(late, "repairs_avoided")) == {}


def test_it_and_fit_out_of_a_move_stand_beside_it_with_contingency() -> None:
    estate = worked.estate({"it_cost_per_person": "50", "fit_out_per_person": "200"})
    case = case_of(estate, [], [("T", "P1", "P2", 2)])
    assert (case.by_line["it"][1], case.by_line["fit_out"][1]) == (-124, -496)
    assert case.npv == -2 * values_of(estate).move_npv_per_person("P1", "P2")


RENEWAL = {"lease_months": "6", "renewal_share": "0.75", "relet_months": "2"}


def test_chance_that_a_tenant_leaves_thins_rent_until_it_is_let_again() -> None:
    flows = line(worked.estate(RENEWAL), "rent")
    # leases from months 6, 12, 18; after each end a quarter is empty for two months and
    # then has a month free of rent
    assert flows[5:17] == (0, *[8000] * 5, *[6000] * 3, *[8000] * 3)
    assert flows[17:] == (6600, 6600, 6600)


def test_empty_share_costs_and_is_let_for_a_new_commission() -> None:
    case = case_of(worked.estate(RENEWAL), ["P1"], [])
    assert at(case.by_line["void_cost"]) == {
        **dict.fromkeys((3, 4, 5), -2000),
        12: -500,
        13: -600,
        **dict.fromkeys((18, 19), -600),
    }
    assert at(case.by_line["commission"]) == {6: -9600, 14: -2400, 20: -2640}


def test_break_option_thins_rent_from_its_month_on() -> None:
    figures = {"break_month": "4", "break_leaving": "0.25", "relet_months": "2"}
    flows = line(worked.estate(figures), "rent")
    assert flows[8:14] == (8000, 6000, 6000, 6000, 8000, 8000)


def test_break_after_the_end_of_the_term_is_refused() -> None:
    with pytest.raises(InvalidInput, match="key break_month: 6 is not before"):
        values_of(worked.estate({"lease_months": "6", "break_month": "6"}))


@pytest.mark.parametrize(
    ("payment", "payments"),
    [
        ("monthly", {7: 8000, 8: 8000}),
        ("quarterly", {6: 16_000, 9: 24_000}),
        ("yearly", {6: 88_000, 18: 26_400}),
        ("at_once", {6: 114_400}),
    ],
)
def test_rent_is_paid_in_advance_for_as_many_months(payment: str, payments: dict[int, int]) -> None:
    found = at(line(worked.estate({"payment": payment}), "rent"))
    assert dict(list(found.items())[: len(payments)]) == payments
    assert sum(found.values()) == 114_400


@pytest.mark.parametrize(
    ("figures", "rents"),
    [
        ({"escalation_kind": "none"}, {8000}),
        ({"escalation_kind": "index", "inflation_rate": "-0.05"}, {8000, 7600}),
        (
            {"escalation_kind": "steps", "escalation_steps": "0.05;-0.1", "horizon_months": "44"},
            {8000, 8400, 7560, 6804},
        ),
    ],
)
def test_rent_rises_by_its_kind_of_escalation(figures: dict[str, str], rents: set[int]) -> None:
    assert set(line(worked.estate(figures), "rent")) == {0, *rents}


INDEX = {"escalation_kind": "index", "index_floor": "0.01", "index_cap": "0.04"}


@pytest.mark.parametrize(
    ("inflation", "rents"),  # worked by hand in docs/explanation/money.md
    [
        ("0.08", {8000, 8320, 8653}),
        ("0.04", {8000, 8320, 8653}),
        ("0.025", {8000, 8200, 8405}),
        ("0.01", {8000, 8080, 8161}),
        ("-0.02", {8000, 8080, 8161}),
    ],
)
def test_an_index_rent_rises_each_year_by_no_less_than_its_floor_and_no_more_than_its_cap(
    inflation: str, rents: set[int]
) -> None:
    figures = {**INDEX, "inflation_rate": inflation, "horizon_months": "41"}
    assert set(line(worked.estate(figures), "rent")) == {0, *rents}


def test_a_tariff_that_stands_for_a_term_takes_over_the_years_within_floor_and_cap() -> None:
    figures = {**INDEX, "inflation_rate": "0.1", "rent_rule": "flat"}
    asked = {"flat_rent_per_m2_month": "80", "lease_months": "24", "renewal_share": "1"}
    found = line(worked.estate({**figures, **asked, "horizon_months": "40"}), "rent")
    assert found[28] == found[6]
    assert found[29] == round(found[6] * 1.04**2)


def test_a_floor_or_cap_of_a_rent_that_follows_no_index_changes_nothing() -> None:
    figures = {"index_floor": "0.2", "index_cap": "0.1"}
    assert line(worked.estate(figures), "rent") == line(worked.estate(), "rent")


@pytest.mark.parametrize(("floor", "fits"), [("0.04", True), ("0.041", False)])
def test_a_floor_above_the_cap_is_refused(floor: str, fits: bool) -> None:
    estate = worked.estate({**INDEX, "index_floor": floor, "inflation_rate": "0"})
    if fits:
        assert values_of(estate).terms.clock.steps == (Decimal("0.04"),)
        return
    with pytest.raises(InvalidInput) as refusal:
        values_of(estate)
    assert [(problem.where, problem.message) for problem in refusal.value.problems] == [
        (
            "sheet assumptions, key index_floor",
            "0.041 is above the index_cap of 0.04; enter a floor that is at most the cap",
        )
    ]


@pytest.mark.parametrize(("free", "fits"), [("6", True), ("7", False)])
def test_months_without_rent_do_not_run_into_the_next_lease(free: str, fits: bool) -> None:
    estate = worked.estate({"lease_months": "6", "rent_free_months": free})
    if fits:
        assert values_of(estate).terms.clock.rent_free == 6
        return
    with pytest.raises(InvalidInput) as refusal:
        values_of(estate)
    assert [(problem.where, problem.message) for problem in refusal.value.problems] == [
        (
            "sheet assumptions, key rent_free_months",
            "7 months without rent are more than a term of 6 months; enter at most 6, or a "
            "longer lease_months",
        )
    ]


def test_months_without_rent_that_no_lease_grants_are_not_held_against_the_term() -> None:
    figures = {"lease_months": "6", "rent_free_months": "7", "rent_rule": "id_state_asset"}
    owner = {"country": "ID", "owner_kind": "state"}
    assert values_of(worked.estate(figures, header=owner)).terms.clock.rent_free == 0


def test_a_test_of_months_without_rent_stays_within_the_term() -> None:
    case = case_of(worked.estate({"lease_months": "6", "rent_free_months": "5"}), ["P1"], [])
    swings = {swing.key: swing.values for swing in tornado(case)}
    assert swings["rent_free_months"] == (6, 5, 3)


@pytest.mark.parametrize("steps", ["", "a", "0.1;;", "2", "nan"])
def test_steps_that_are_no_rates_are_refused(steps: str) -> None:
    figures = {"escalation_kind": "steps", "escalation_steps": steps or " ;"}
    with pytest.raises(InvalidInput, match="escalation_steps"):
        values_of(worked.estate(figures))


def test_real_prices_deflate_every_amount_from_the_end_of_its_month() -> None:
    figures = {"price_basis": "real", "inflation_rate": worked.FIGURES["discount_rate"]}
    case = case_of(worked.estate({**figures, "discount_rate": "0"}), ["P1"], [("T", "P1", "Q1", 1)])
    assert case.net[2] == round(3000 / 1.01**3) - round(2000 / 1.01**3) - round(6200 / 1.01**3)
    nominal = case_of(worked.estate(), ["P1"], [("T", "P1", "Q1", 1)])
    assert case.npv == pytest.approx(nominal.npv, abs=40)  # a yen a line and month


def test_real_prices_without_inflation_are_refused() -> None:
    with pytest.raises(InvalidInput, match="key inflation_rate: no value; enter the inflation"):
        values_of(worked.estate({"price_basis": "real"}))


LEASED = {"leased_rent_paid_per_m2_month": "70", "reinstatement_per_m2": "10"}


def leased(figures: dict[str, str | None] | None = None, end: str = "2027-12-31") -> Estate:
    house = worked.building("P", tenure="leased", lease_end=dt.date.fromisoformat(end))
    return worked.estate({**LEASED, **(figures or {})}, buildings=(house, worked.building("Q")))


def test_leased_space_is_sublet_at_a_discount_until_the_lease_ends() -> None:
    case = case_of(leased(), ["P1"], [])
    assert at(case.by_line["rent"]) == {7: 5600, 8: 5600, 9: 5600}
    assert at(case.by_line["reinstatement"]) == {9: -1240}
    assert case.by_line["rent_saved"] == (*[0] * 9, *[7000] * 11)
    assert "break_penalty" not in case.by_line


def test_leased_space_is_handed_back_at_the_break_for_its_penalty() -> None:
    figures = {"leased_route": "hand_back", "leased_break_month": "4"}
    case = case_of(leased({**figures, "leased_break_penalty_months": "3"}), ["P1"], [])
    assert "rent" not in case.by_line
    assert "works" not in case.by_line
    assert at(case.by_line["break_penalty"]) == {4: -21_000}
    assert case.by_line["rent_saved"] == (*[0] * 4, *[7000] * 16)
    assert at(case.by_line["void_cost"]) == {3: -2000, 4: -2000}


def test_leased_space_is_not_handed_back_before_it_is_empty() -> None:
    figures = {"leased_route": "hand_back", "leased_break_month": "1"}
    case = case_of(leased(figures), ["P1"], [])
    assert at(case.by_line["reinstatement"]) == {2: -1240}


def test_lease_that_outlasts_the_case_saves_no_rent_within_it() -> None:
    case = case_of(leased(end="2030-01-31"), ["P1"], [])
    assert set(case.by_line["rent_saved"]) == {0}
    assert set(case.by_line["reinstatement"]) == {0}


def test_leased_building_without_its_figures_is_refused_with_all_of_them() -> None:
    house = worked.building("P", tenure="leased")
    with pytest.raises(InvalidInput) as refusal:
        values_of(worked.estate(buildings=(house, worked.building("Q"))))
    assert [problem.where for problem in refusal.value.problems] == [
        "sheet buildings, code P, column lease_end",
        "sheet assumptions, key leased_rent_paid_per_m2_month",
        "sheet assumptions, key reinstatement_per_m2",
    ]


def test_lease_that_ended_before_the_case_is_refused() -> None:
    with pytest.raises(InvalidInput, match="2027-03-31 is before the case starts on 2027-04-01"):
        values_of(leased(end="2027-03-31"))


def test_measures_per_year_and_per_cost() -> None:
    case = case_of(worked.estate({"discount_rate": "0"}), ["P1"], [])
    total = sum(worked.NET)
    assert case.equivalent_annual == total * 12 // 20
    costs = 9600 + 6000 + 6200
    assert case.benefit_cost == pytest.approx(Decimal(total + costs) / costs)
    assert case_of(worked.estate(), [], []).benefit_cost is None


def test_equivalent_annual_value_repays_the_present_value() -> None:
    case = case_of(worked.estate({"horizon_months": "24"}), ["P1"], [])
    rate = case.values.terms.rate
    paid = case.equivalent_annual / (1 + rate) + case.equivalent_annual / (1 + rate) ** 2
    assert paid == pytest.approx(case.npv, abs=1)


def test_buildings_share_the_value_and_moves_count_where_they_leave() -> None:
    case = case_of(worked.estate(), ["P1", "P2", "Q1"], [("T", "P1", "Q1", 5)])
    assert sum(case.npv_by_building.values()) == case.npv
    values = case.values
    assert case.npv_by_building["Q"] == values.unit_npv("Q1")


def test_business_as_usual_pays_the_rent_of_leased_buildings_from_the_first_month() -> None:
    found = baseline_of(leased({"repairs_due_per_m2": "40", "repairs_month": "1"}))
    by_line = {
        name: total([line for line in found.lines if line.name == name], 20)
        for name in ("rent_paid", "running_cost", "repairs_due")
    }
    assert by_line["rent_paid"] == (-14_000,) * 20  # two floors of 100 m2 in P; Q is owned
    assert by_line["running_cost"][0] == -9000
    assert at(by_line["repairs_due"]) == {1: -12_000}
    assert "repairs_due" not in {line.name for line in baseline_of(leased()).lines}


def test_rent_and_running_cost_of_nothing_are_nothing() -> None:
    free = worked.building(rent_per_m2_month=Decimal(0), running_cost_per_m2_month=Decimal(0))
    estate = worked.estate(buildings=(free,), floors=(worked.floor("P1"),))
    case = case_of(estate, ["P1"], [])
    assert set(case.by_line["rent"]) == {0}
    assert set(case.by_line["running_saved"]) == {0}
    assert set(baseline_of(estate).net) == {0}
    house = worked.building(
        tenure="leased", lease_end=dt.date(2027, 12, 31), rent_per_m2_month=Decimal(0)
    )
    lease = worked.estate(LEASED, buildings=(house,), floors=(worked.floor("P1"),))
    assert set(case_of(lease, ["P1"], []).by_line["rent"]) == {0}


def test_penalty_stands_only_where_a_break_has_one() -> None:
    broken = {"leased_route": "hand_back", "leased_break_month": "4"}
    ended = {"leased_route": "hand_back", "leased_break_penalty_months": "3"}
    for figures in (broken, ended):
        assert "break_penalty" not in case_of(leased(figures), ["P1"], []).by_line


def test_lease_that_starts_in_the_last_month_counts() -> None:
    estate = worked.estate({"horizon_months": "6", "rent_free_months": "0"})
    assert at(line(estate, "rent")) == {6: 8000}
    short = worked.estate({"horizon_months": "5", "rent_free_months": "0"})
    assert at(line(short, "rent")) == {}


def test_payment_in_advance_never_reaches_into_the_next_lease() -> None:
    figures = {"payment": "quarterly", "lease_months": "8", "renewal_share": "1"}
    found = at(line(worked.estate(figures), "rent"))
    # leases from months 6 and 14: three months, three, and the two that are left; a month free
    assert found == {6: 16_000, 9: 24_000, 12: 16_000, 14: 24_000, 17: 25_600, 20: 8800}
