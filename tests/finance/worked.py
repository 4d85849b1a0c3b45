"""The estate of the hand-worked table in docs/explanation/money.md: whole yen, 1% a month."""

from decimal import Decimal
from typing import Any

from planner.domain.estate import Estate
from planner.domain.records import Assumption, Building, Floor, Header, Team

FIGURES = {
    "start": "2027-04-01",
    "horizon_months": "20",
    "release_month": "2",
    "discount_rate": "0.126825030131969720661201",  # 1.01^12 - 1
    "void_months": "3",
    "rent_free_months": "1",
    "escalation_rate": "0.10",
    "achieved_rent": "0.80",
    "default_allowance": "0.05",
    "commission_rate": "0.10",
    "whole_building_premium": "0.25",
    "void_cost_per_m2_month": "20",
    "running_cost_growth": "0.20",
    "works_per_m2": "50",
    "move_cost_per_person": "100",
    "move_cost_elsewhere_per_person": "150",
    "capital_contingency": "0.24",
}

NET = (0, 0, -5200, 1000, 1000, -6600, *[10_600] * 6, *[11_200] * 5, *[11_960] * 3)
"""Net cash flow of floor P1 by month, as worked by hand."""


def building(code: str = "P", **changes: Any) -> Building:
    """Return a building that asks 100 and costs 30 a m2 and month."""
    values: dict[str, Any] = {
        "code": code,
        "name": f"House {code}",
        "rent_per_m2_month": Decimal(100),
        "running_cost_per_m2_month": Decimal(30),
    }
    return Building(**{**values, **changes})


def floor(code: str, **changes: Any) -> Floor:
    """Return a floor of 100 m2 in building code[0]."""
    values: dict[str, Any] = {
        "building": code[0],
        "code": code,
        "level": int(code[1:]),
        "lettable_area_m2": Decimal(100),
        "area_basis": "NIA",
        "seats": 10,
    }
    return Floor(**{**values, **changes})


def estate(
    figures: dict[str, str | None] | None = None,
    *,
    header: dict[str, Any] | None = None,
    buildings: tuple[Building, ...] | None = None,
    floors: tuple[Floor, ...] | None = None,
) -> Estate:
    """Return house P (floors P1, P2) and house Q (Q1); a figure of None is left out."""
    values = {**FIGURES, **(figures or {})}
    known = {"name": "Worked", "owner": "Owner", "country": "JP", "currency": "JPY"}
    return Estate(
        header=Header(**{**known, **(header or {})}),
        buildings=buildings or (building("P"), building("Q")),
        floors=floors or (floor("P1"), floor("P2"), floor("Q1")),
        teams=(Team(code="T", name="Team", headcount=8),),
        assumptions=tuple(
            Assumption(key=key, value=value, source="test")
            for key, value in values.items()
            if value is not None
        ),
    )
