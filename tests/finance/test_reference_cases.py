"""The British and the American case of docs/explanation/money.md, as worked there by hand."""

from decimal import Decimal
from pathlib import Path

from planner.domain.estate import Estate
from planner.domain.records import Assumption, Building, Floor, Header, Team
from planner.finance import case_of

Table = dict[str, dict[int, Decimal]]
"""Major units by line and month, before any deflation."""

BRITISH_NPV = 4_440_581
AMERICAN_NPV = 37_171_346
"""In pence and cents, as the page on money prints them."""

NOTHING = {"capital_contingency": "0.24", "whole_building_premium": "0"}


def estate(header: dict[str, str], building: dict[str, str], area: str, figures: dict) -> Estate:
    return Estate(
        header=Header(name="Reference", owner="Owner", **header),
        buildings=(
            Building(code="P", name="House", **{key: Decimal(v) for key, v in building.items()}),
            Building(code="Q", name="Other", **{key: Decimal(v) for key, v in building.items()}),
        ),
        floors=tuple(
            Floor(building=code[0], code=code, level=1, lettable_area_m2=Decimal(area), seats=40)
            for code in ("P1", "Q1")
        ),
        teams=(Team(code="T", name="Team", headcount=40),),
        assumptions=tuple(
            Assumption(key=key, value=value) for key, value in {**NOTHING, **figures}.items()
        ),
    )


def months(first: int, last: int, amount: str, every: int = 1) -> dict[int, Decimal]:
    return dict.fromkeys(range(first, last + 1, every), Decimal(amount))


BRITISH = estate(
    {"country": "GB", "currency": "GBP", "owner_kind": "state"},
    {"rent_per_m2_month": "25", "running_cost_per_m2_month": "9"},
    "500",
    {
        "horizon_months": "24", "release_month": "3", "void_months": "6", "rent_free_months": "3",
        "lease_months": "120", "payment": "quarterly", "escalation_kind": "none",
        "achieved_rent": "0.90", "default_allowance": "0.02", "running_cost_growth": "0",
        "void_cost_per_m2_month": "10", "works_per_m2": "200", "move_cost_per_person": "0",
        "move_cost_elsewhere_per_person": "0", "service_cost_per_m2_month": "8",
        "service_recovery": "0.95",
    },
)  # fmt: skip
BRITISH_TABLE: Table = {
    "rent": months(13, 22, "33750", 3),
    "default": months(13, 22, "-675", 3),
    "commission": {10: Decimal(-13_500)},
    "service_cost": months(10, 24, "-4000"),
    "service_charge": months(10, 24, "3800"),
    "running_saved": months(4, 24, "4500"),
    "void_cost": months(4, 9, "-5000"),
    "works": {4: Decimal(-124_000)},
}

AMERICAN = estate(
    {"country": "US", "currency": "USD", "owner_kind": "state"},
    {"rent_per_m2_month": "30", "running_cost_per_m2_month": "8"},
    "1000",
    {
        "horizon_months": "36", "release_month": "6", "void_months": "12",
        "rent_free_months": "2", "lease_months": "60", "escalation_rate": "0.03",
        "achieved_rent": "0.80", "default_allowance": "0.03", "running_cost_growth": "0.025",
        "void_cost_per_m2_month": "3", "works_per_m2": "100",
        "move_cost_elsewhere_per_person": "500",
    },
)  # fmt: skip
AMERICAN_TABLE: Table = {
    "rent": {**months(21, 30, "24000"), **months(31, 36, "24720")},
    "default": {**months(21, 30, "-720"), **months(31, 36, "-741.60")},
    "commission": {19: Decimal(-17_280)},
    "running_saved": {
        **months(7, 12, "8000"), **months(13, 24, "8200"), **months(25, 36, "8405"),
    },
    "void_cost": {**months(7, 12, "-3000"), **months(13, 18, "-3075")},
    "works": {7: Decimal(-124_000)},
    "move": {6: Decimal(-24_800)},
}  # fmt: skip


def minor(amount: Decimal) -> int:
    """Return cents or pence, halves away from zero."""
    return int((abs(amount) * 100 + Decimal("0.5")) // 1) * (1 if amount >= 0 else -1)


def check(found: Estate, table: Table, moves: list, inflation: str, rate: str) -> int:
    """Hold every line to its table; return the value worked out from the table alone."""
    case = case_of(found, ["P1"], moves)
    horizon = len(case.months)
    assert set(case.by_line) == set(table)
    worth = Decimal(0)
    for name, amounts in table.items():
        for month in range(1, horizon + 1):
            deflated = amounts.get(month, Decimal(0)) * (1 + Decimal(inflation)) ** (
                Decimal(-month) / 12
            )
            paid = minor(deflated)
            if name == "move":  # rounded for one person, then counted
                paid = 40 * minor(deflated / 40)
            assert case.by_line[name][month - 1] == paid, (name, month)
            worth += paid * (1 + Decimal(rate)) ** (Decimal(-month) / 12)
    assert abs(case.npv - worth) <= 1 + 40 * len(moves)
    return case.npv


def test_british_case_is_real_by_the_green_book_and_paid_by_the_quarter() -> None:
    assert check(BRITISH, BRITISH_TABLE, [], "0.02", "0.035") == BRITISH_NPV


def test_american_case_is_nominal_rises_yearly_and_pays_its_moves() -> None:
    moves = [("T", "P1", "Q1", 40)]
    assert check(AMERICAN, AMERICAN_TABLE, moves, "0", "0.045") == AMERICAN_NPV


def test_presets_of_both_countries_are_those_the_cases_rest_on() -> None:
    british, american = case_of(BRITISH, ["P1"], []), case_of(AMERICAN, ["P1"], [])
    assert british.values.terms.rate == Decimal("0.035")
    assert british.values.terms.clock.inflation == Decimal("0.02")
    assert british.values.terms.rule.key == "market"
    assert american.values.terms.rate == Decimal("0.045")
    assert american.values.terms.rule.key == "us_outlease"
    assert list(american.by_ledger) == ["owner"]


def test_the_page_prints_the_values_of_both_cases() -> None:
    page = (Path(__file__).parents[2] / "docs/explanation/money.md").read_text(encoding="utf-8")
    assert f"£{BRITISH_NPV / 100:,.2f}" in page
    assert f"${AMERICAN_NPV / 100:,.2f}" in page
