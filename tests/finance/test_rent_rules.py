"""Rent rules: golden figures of KMK 213/KM.6/2021, and each article that refuses."""

from decimal import Decimal
from importlib.metadata import EntryPoint
from typing import Any

import pytest

from planner.errors import InvalidInput
from planner.finance import case_of, values_of
from planner.finance.rules import Deal, rule_for, rules
from planner.finance.rules.id_state_asset import KIND, YEARLY, IdStateAsset, quote
from planner.finance.rules.market import Market
from tests.finance import worked

MILLION = 1_000_000


def deal(**changes: Any) -> Deal:
    values: dict[str, Any] = {
        "country": "ID",
        "owner_kind": "state",
        "tenant_kind": "business",
        "kind_share": Decimal("0.5"),
        "months": 60,
        "payment": "auto",
    }
    return Deal(**{**values, **changes})


@pytest.mark.parametrize(
    ("base", "changes", "instalment", "instalments"),
    [
        (10 * MILLION, {"months": 36, "payment": "at_once"}, 30_000_000, 1),
        (10 * MILLION, {"tenant_kind": "small_business", "months": 12}, 2_500_000, 1),
        (
            10 * MILLION,
            {"tenant_kind": "small_business", "months": 12, "payment": "monthly"},
            271_000,
            12,
        ),
        (50 * MILLION, {"tenant_kind": "duty_support", "months": 36}, 9_375_000, 3),
        (10 * MILLION, {"months": 60}, 13_500_000, 5),
    ],
    ids=["3 years at once", "1 year", "by the month", "3 years yearly", "5 years yearly"],
)
def test_examples_of_kmk_213_are_exact_to_the_rupiah(
    base: int, changes: dict[str, Any], instalment: int, instalments: int
) -> None:
    found = quote(Decimal(base), deal(**changes))
    assert (found.instalment, found.instalments) == (instalment, instalments)
    assert found.total == instalment * instalments


@pytest.mark.parametrize(
    ("kind", "percent"),
    [
        ("business", "100"),
        ("secondary_cooperative", "75"),
        ("primary_cooperative", "50"),
        ("small_business", "25"),
        ("education", "30"),
        ("duty_support", "15"),
        ("family_education", "10"),
        ("social", "2.5"),
    ],
)
def test_factor_of_each_kind_is_that_of_article_21(kind: str, percent: str) -> None:
    assert KIND[kind] * 100 == Decimal(percent)
    rent = quote(Decimal(1000 * MILLION), deal(tenant_kind=kind, months=12)).total
    assert rent == 10 * MILLION * Decimal(percent)


def test_yearly_factors_are_those_of_article_21_7() -> None:
    assert {months: factor * 100 for months, factor in YEARLY.items()} == {
        12: 100,
        24: 120,
        36: 125,
        48: 130,
        60: 135,
    }


@pytest.mark.parametrize(
    ("changes", "article", "key"),
    [
        ({"months": 72, "payment": "at_once"}, "art. 13", "lease_months"),
        ({"months": 132, "payment": "at_once", "study": True}, "art. 13", "lease_months"),
        ({"months": 24, "payment": "monthly"}, "art. 21(7)", "payment"),
        ({"months": 24, "payment": "quarterly"}, "art. 21(7)", "payment"),
        ({"months": 30, "payment": "yearly"}, "art. 21(7)", "lease_months"),
        ({"months": 72, "payment": "yearly", "study": True}, "art. 21(7)", "lease_months"),
        ({"months": 30, "payment": "at_once"}, "art. 21(7)", "lease_months"),
        ({"tenant_kind": "ministry"}, "art. 1(22)", "tenant_kind"),
        ({"tenant_kind": "local_government"}, "art. 1(22)", "tenant_kind"),
        ({"tenant_kind": "neighbour"}, "art. 21", "tenant_kind"),
        (
            {"tenant_kind": "non_business", "kind_share": Decimal("0.29")},
            "art. 21",
            "tenant_kind_share",
        ),
        (
            {"tenant_kind": "non_business", "kind_share": Decimal("0.51")},
            "art. 21",
            "tenant_kind_share",
        ),
        (
            {"tenant_kind": "special", "kind_share": Decimal("0.51")},
            "art. 22",
            "tenant_kind_share",
        ),
        ({"owner_kind": "corporate"}, "art. 1", "rent_rule"),
        ({"country": "MY"}, "art. 1", "rent_rule"),
    ],
)
def test_unlawful_lease_of_state_property_is_refused_with_the_article(
    changes: dict[str, Any], article: str, key: str
) -> None:
    problems = IdStateAsset().refusals(deal(**changes))
    assert [problem.where for problem in problems] == [f"sheet assumptions, key {key}"]
    assert article in problems[0].message
    with pytest.raises(InvalidInput, match="PMK 115/PMK"):
        quote(Decimal(1), deal(**changes))


@pytest.mark.parametrize(
    "changes",
    [
        {"months": 60},
        {"months": 120, "payment": "at_once", "study": True},
        {"months": 12, "payment": "monthly"},
        {"months": 5},
        {"months": 84, "study": True},
        {"tenant_kind": "non_business", "kind_share": Decimal("0.30")},
        {"tenant_kind": "non_business", "kind_share": Decimal("0.50")},
        {"tenant_kind": "special", "kind_share": Decimal("0.50")},
        {"tenant_kind": "special", "kind_share": Decimal("0.01")},
    ],
)
def test_lawful_lease_of_state_property_is_not_refused(changes: dict[str, Any]) -> None:
    assert IdStateAsset().refusals(deal(**changes)) == []


STATE = {"country": "ID", "currency": "IDR", "owner_kind": "state"}
REGION = {**STATE, "owner_kind": "regional"}


def test_state_rent_is_paid_by_the_year_before_it_is_earned_and_stands_still() -> None:
    estate = worked.estate({"horizon_months": "40"}, header=STATE)
    rent = case_of(estate, ["P1"], []).by_line["rent"]
    year = 12 * 8000 * 100 * 135 // 100
    assert {month: paid for month, paid in enumerate(rent, 1) if paid} == {
        6: year,
        18: year,
        30: year * 11 // 12,  # the horizon cuts the last year
    }


def test_state_rent_by_the_month_comes_at_once_in_thousands_of_rupiah() -> None:
    changes = {"lease_months": "12", "payment": "monthly", "renewal_share": "1"}
    estate = worked.estate(changes, header=STATE)
    rent = case_of(estate, ["P1"], []).by_line["rent"]
    assert rent[5] == 12 * 10_000 * 100  # 8,000 x 130% = 10,400, to the nearest thousand


def test_rent_goes_to_the_state_and_savings_stay_with_the_agency() -> None:
    case = case_of(worked.estate(header=STATE), ["P1"], [("T", "P1", "Q1", 3)])
    assert case.by_ledger["receiver"] == tuple(
        rent + default
        for rent, default in zip(case.by_line["rent"], case.by_line["default"], strict=True)
    )
    assert sum(case.npv_by_ledger.values()) == case.npv
    assert set(case.by_line) - {"rent", "default"} == {
        line.name for line in case.lines if line.ledger == "owner"
    }


def test_company_has_one_ledger() -> None:
    case = case_of(worked.estate(), ["P1"], [])
    assert list(case.by_ledger) == ["owner"]
    assert case.by_ledger["owner"] == case.net


def test_no_premium_is_counted_for_a_state_building_that_must_be_handed_over() -> None:
    assert values_of(worked.estate(header=STATE)).block_npv("P") == 0
    assert any("49(3)" in words[0] for words in IdStateAsset().statements(deal()))


def test_factors_of_a_region_are_its_own() -> None:
    plain = case_of(worked.estate(header=REGION), ["P1"], [])
    changed = {"regional_kind_factor": "0.5", "regional_period_factor": "1.2"}
    other = case_of(worked.estate(changed, header=REGION), ["P1"], [])
    assert plain.by_line["rent"][5] == 11 * 8000 * 100  # a year in advance, a month free
    assert other.by_line["rent"][5] * 10 == plain.by_line["rent"][5] * 6


@pytest.mark.parametrize(("header", "rule"), [(STATE, "id_state_asset"), (REGION, "id_regional")])
@pytest.mark.parametrize("wrong", ["market", "flat"])
def test_public_owner_cannot_choose_a_rule_around_the_law(
    header: dict[str, str], rule: str, wrong: str
) -> None:
    figures = {"rent_rule": wrong, "flat_rent_per_m2_month": "1"}
    with pytest.raises(InvalidInput, match=rule):
        values_of(worked.estate(figures, header=header))


def test_region_refuses_terms_beyond_its_limit() -> None:
    figures = {"lease_months": "72"}
    with pytest.raises(InvalidInput, match="29\\(4\\)b"):
        values_of(worked.estate(figures, header=REGION))


def test_flat_rent_stands_in_for_every_rent_and_needs_no_other() -> None:
    estate = worked.estate(
        {"rent_rule": "flat", "flat_rent_per_m2_month": "70"},
        buildings=(worked.building(rent_per_m2_month=None),),
        floors=(worked.floor("P1"), worked.floor("P2", rent_per_m2_month=Decimal(999))),
    )
    case = case_of(estate, ["P1", "P2"], [])
    assert {sum(case.by_unit[unit]) for unit in case.by_unit} == {sum(case.by_unit["P1"])}
    assert set(case.by_line["rent"]) == {0, 2 * 7000}


def test_flat_rule_without_its_rent_says_what_to_enter() -> None:
    with pytest.raises(InvalidInput, match="key flat_rent_per_m2_month: no value; enter"):
        values_of(worked.estate({"rent_rule": "flat"}))


def test_outlease_is_for_us_federal_property_only() -> None:
    federal = {"country": "US", "currency": "USD", "owner_kind": "state"}
    assert case_of(worked.estate(header=federal), ["P1"], []).values.terms.rule.key == "us_outlease"
    with pytest.raises(InvalidInput, match="581"):
        values_of(worked.estate({"rent_rule": "us_outlease"}))


def test_unknown_rule_is_refused_with_those_there_are() -> None:
    with pytest.raises(InvalidInput, match="'free' is not known; enter auto or one of market"):
        values_of(worked.estate({"rent_rule": "free"}))


@pytest.mark.parametrize("key", list(rules()))
def test_every_rule_tells_people_what_it_asks(key: str) -> None:
    rule = rules()[key]
    asked = deal(figures=dict.fromkeys(rule.needs, Decimal(60)))
    for words in (*rule.approvals(), *rule.documents(asked), *rule.statements(asked), rule.name):
        english, indonesian = words
        assert english
        assert indonesian


class Doubled(Market):
    """A rule as somebody else would install it."""

    key = "doubled"


class Thief(Market):
    """A rule that takes the name of another."""

    key = "flat"


def entry(name: str) -> EntryPoint:
    return EntryPoint(name, f"{__name__}:{name}", "planner.rent_rules")


def test_installed_rule_stands_beside_those_of_the_house() -> None:
    assert isinstance(rules([entry("Doubled")])["doubled"], Doubled)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [("Thief", "is taken"), ("Nothing", "cannot be loaded"), ("MILLION", "cannot be loaded")],
)
def test_installed_rule_that_cannot_serve_is_refused_by_name(name: str, sentence: str) -> None:
    with pytest.raises(InvalidInput, match=sentence):
        rules([entry(name)])


@pytest.mark.parametrize(
    ("country", "owner", "key"),
    [
        ("ID", "state", "id_state_asset"),
        ("ID", "regional", "id_regional_asset"),
        ("ID", "corporate", "market"),
        ("US", "state", "us_outlease"),
        ("GB", "state", "market"),
    ],
)
def test_auto_goes_by_country_and_owner(country: str, owner: str, key: str) -> None:
    assert rule_for("auto", country, owner).key == key


def test_state_leases_end_after_five_years_or_ten_with_a_study_to_the_rupiah() -> None:
    rule = IdStateAsset()
    assert (rule.longest_months(deal()), rule.longest_months(deal(study=True))) == (60, 120)
    assert quote(Decimal(1_000_001), deal(months=12)).total == 1_000_001
