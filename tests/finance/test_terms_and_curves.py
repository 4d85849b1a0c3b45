"""Rent that is set anew with each term, and futures of whole buildings of either tenure."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from planner.errors import InvalidInput
from planner.finance import Risk, case_of, simulate, values_of
from planner.finance.calendar import Clock
from planner.finance.escalation import steps_per_term
from tests.finance import worked

CALM = Risk((0.0, 0.0, 0.0), 0.0, 0.0, 0.5)
CLOCK = Clock(
    horizon=60, release=0, void=0, rent_free=0, term=24, pay=1, step=12,
    steps=(Decimal("0.05"), Decimal("-0.1")), growth=Decimal(0),
)  # fmt: skip


def test_a_new_term_takes_over_what_the_years_of_the_last_one_made_of_the_rent() -> None:
    first = Decimal("1.05") * Decimal("0.9") - 1
    second = Decimal("0.9") * Decimal("0.9") - 1
    assert steps_per_term(CLOCK) == (first, second)


@pytest.mark.parametrize(("term", "terms"), [(12, 5), (24, 2), (30, 2), (60, 1), (72, 1)])
def test_there_is_a_step_for_each_whole_term_and_at_least_one(term: int, terms: int) -> None:
    assert len(steps_per_term(replace(CLOCK, term=term))) == terms
    assert steps_per_term(replace(CLOCK, term=72)) == (Decimal(0),)


@pytest.mark.parametrize(("text", "lawful"), [("-0.5", True), ("-0.51", False), ("1.01", False)])
def test_a_step_falls_by_half_at_most_and_doubles_at_most(text: str, lawful: bool) -> None:
    figures = {"escalation_kind": "steps", "escalation_steps": text}
    if lawful:
        assert values_of(worked.estate(figures)).terms.clock.steps == (Decimal(text),)
        return
    with pytest.raises(InvalidInput, match="escalation_steps"):
        values_of(worked.estate(figures))


@pytest.mark.parametrize("rule", ["market", "flat"])
@pytest.mark.parametrize("tenure", ["owned", "leased"])
def test_a_calm_future_of_a_whole_building_is_its_case(rule: str, tenure: str) -> None:
    end = dt.date(2028, 6, 30) if tenure == "leased" else None
    figures = {
        "rent_rule": rule, "flat_rent_per_m2_month": "90",
        "leased_rent_paid_per_m2_month": "70", "reinstatement_per_m2": "10",
    }  # fmt: skip
    house = worked.building("P", tenure=tenure, lease_end=end)
    estate = worked.estate(figures, buildings=(house, worked.building("Q")))
    case = case_of(estate, ["P1", "P2"], [])
    future = simulate(case, draws=1, seed=1, risk=CALM).npvs[0]
    assert future == pytest.approx(case.npv, abs=100)  # a yen a line and month
    assert (case.npv_of("block", "P") != 0) == (rule == "market" or tenure == "leased")


@pytest.mark.parametrize("said", ["yes", "no"])
def test_what_is_entered_of_a_lease_is_what_the_law_is_asked_about(said: str) -> None:
    header = {"country": "ID", "currency": "IDR", "owner_kind": "state"}
    figures = {
        "tenant_kind": "non_business", "tenant_kind_share": "0.4", "payment": "at_once",
        "lease_months": "60", "long_lease_study": said,
    }  # fmt: skip
    deal = values_of(worked.estate(figures, header=header)).terms.deal
    assert (deal.tenant_kind, deal.kind_share) == ("non_business", Decimal("0.4"))
    assert (deal.months, deal.payment, deal.study) == (60, "at_once", said == "yes")


@pytest.mark.parametrize("key", ["tenant_kind", "payment", "long_lease_study", "lease_months"])
def test_a_word_that_is_none_of_the_choices_is_the_only_thing_refused(key: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        values_of(worked.estate({key: "sideways"}))
    assert [problem.where for problem in refused.value.problems] == [
        f"sheet assumptions, key {key}"
    ]


def test_a_tenant_below_us_pays_monthly_and_more_each_year_whatever_the_rule_for_our_own() -> None:
    header = {"country": "ID", "currency": "IDR", "owner_kind": "state"}
    terms = values_of(worked.estate({"payment": "at_once"}, header=header)).terms
    assert (terms.sublet_clock.step, terms.sublet_clock.pay) == (12, 1)
    assert terms.clock.pay == terms.clock.term == terms.clock.step
