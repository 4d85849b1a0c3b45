"""Small estates for tests: two buildings, four floors, a few teams; change what you test."""

from decimal import Decimal
from typing import Any

from planner.domain.estate import Estate
from planner.domain.records import (
    Assumption,
    Building,
    Floor,
    Header,
    Seating,
    Team,
)

HEADER = Header(name="Test estate", owner="Owner", country="ID", currency="IDR")
BUILDINGS = tuple(
    Building(
        code=code,
        name=f"Building {code}",
        site="Campus",
        rent_per_m2_month=Decimal(100_000),
        running_cost_per_m2_month=Decimal(30_000),
    )
    for code in ("N", "S")
)
FIGURES = tuple(
    Assumption(key=key, value=value, source="test")
    for key, value in (
        ("discount_rate", "0.068"),
        ("works_per_m2", "1000000"),
        ("void_cost_per_m2_month", "20000"),
        ("move_cost_per_person", "5000000"),
        ("move_cost_elsewhere_per_person", "6000000"),
    )
)


def floor(code: str, **changes: Any) -> Floor:
    """Return a floor of building code[0] on level code[1:], 20 seats, 200 m2."""
    values = {
        "building": code[0],
        "code": code,
        "level": int(code[1:]),
        "lettable_area_m2": Decimal(200),
        "area_basis": "NIA",
        "seats": 20,
    }
    return Floor(**{**values, **changes})


def team(code: str, headcount: int = 8, **changes: Any) -> Team:
    """Return a hybrid team."""
    return Team(**{"code": code, "name": f"Team {code}", "headcount": headcount, **changes})


def seat(team_code: str, floor_code: str, people: int = 8, unit: str = "") -> Seating:
    """Return people of a team on a floor."""
    return Seating(team=team_code, floor=floor_code, unit=unit, people=people)


def estate(**changes: Any) -> Estate:
    """Return four floors N1 N2 S1 S2 with one team of eight on each."""
    values: dict[str, Any] = {
        "header": HEADER,
        "buildings": BUILDINGS,
        "floors": tuple(floor(code) for code in ("N1", "N2", "S1", "S2")),
        "teams": tuple(team(code) for code in ("a", "b", "c", "d")),
        "seating": (seat("a", "N1"), seat("b", "N2"), seat("c", "S1"), seat("d", "S2")),
        "assumptions": FIGURES,
    }
    return Estate(**{**values, **changes})
