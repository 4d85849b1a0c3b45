"""Buildings, floors and figures of the demo campus; every figure is made up and says so."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Final

import numpy as np

from planner.demo.attendance import attendance_of
from planner.demo.floorplans import drawn_spaces
from planner.demo.names import NEIGHBOURS
from planner.demo.people import seat_everybody, teams_of
from planner.domain.estate import Estate
from planner.domain.records import Assumption, Building, Floor, Header, Near, Rule, Team

LAST_DAY: Final = dt.date(2026, 11, 20)
_SOURCE: Final = "made up for the demonstration"

_HEADER = Header(
    name="Bekasi civic campus (demo)",
    owner="City of Bekasi, generated demonstration",
    owner_kind="regional",
    country="ID",
    currency="IDR",
    generated=True,
)

# code, name, lettable area per level from the ground up (m2), rent and running cost (Rp/m2/month)
_BUILDINGS: Final = (
    ("A", "City Hall Tower", [1240] * 3 + [860] * 7, 128_000, 34_000),
    ("B", "Finance House", [780] * 7, 104_000, 31_000),
    ("C", "Service Centre", [1100] * 4, 98_000, 30_000),
    ("D", "Works Building", [720] * 5, 90_000, 27_000),
    ("E", "Education Annexe", [690] * 4, 92_000, 27_000),
)
_FEATURES: Final = {
    "A1": "public_access, council_hall",
    "A5": "server_room",
    "B1": "public_access, vault",
    "C1": "public_access",
    "C2": "public_access",
    "D1": "public_access, laboratory",
    "E1": "public_access",
}
_M2_PER_SEAT: Final = Decimal("10.4")
_NET_TO_GROSS: Final = Decimal("0.85")


def demo_estate(seed: int = 1) -> Estate:
    """Return the demo estate: 5 buildings, 30 floors, 120 teams, 90 working days.

    In the spirit of what is public about Bekasi: counters cannot move, about four in five
    civil servants can work digitally, at most two days a week elsewhere.
    """
    rng = np.random.default_rng(seed)
    buildings = tuple(
        Building(
            code=code,
            name=name,
            site="Civic campus",
            rent_per_m2_month=Decimal(rent),
            running_cost_per_m2_month=Decimal(cost),
        )
        for code, name, _, rent, cost in _BUILDINGS
    )
    floors = tuple(
        _floor(code, level, Decimal(area))
        for code, _, areas, _, _ in _BUILDINGS
        for level, area in enumerate(areas, start=1)
    )
    teams = teams_of(rng)
    seating = seat_everybody(teams, floors)
    return Estate(
        header=_HEADER,
        buildings=buildings,
        floors=floors,
        spaces=drawn_spaces([floor for floor in floors if floor.code in {"A9", "B6"}]),
        teams=teams,
        seating=seating,
        attendance=attendance_of(teams, LAST_DAY, 90, rng),
        near=_wishes(teams),
        rules=(Rule(rule="keep_floor", subject="A1", reason="The council hall is on this floor"),),
        assumptions=_FIGURES,
    )


def _floor(building: str, level: int, area: Decimal) -> Floor:
    code = f"{building}{level}"
    return Floor(
        building=building,
        code=code,
        level=level,
        gross_area_m2=(area / _NET_TO_GROSS).quantize(Decimal(1)),
        lettable_area_m2=area,
        area_basis="NIA",
        seats=round(area / _M2_PER_SEAT),
        exit_capacity=240,
        has=_FEATURES.get(code, ""),
    )


def _wishes(teams: tuple[Team, ...]) -> tuple[Near, ...]:
    code = {team.name: team.code for team in teams}
    return tuple(
        Near(team=code[one], other=code[two], within="adjacent", penalty=Decimal(25_000_000))
        for one, two in NEIGHBOURS
    )


_FIGURES: Final = tuple(
    Assumption(key=key, value=value, source=_SOURCE, date=LAST_DAY, confidence="assumed")
    for key, value in (
        ("start", "2027-01-01"),
        ("release_month", "6"),
        ("void_months", "9"),
        ("discount_rate", "0.068"),
        ("achieved_rent", "0.85"),
    )
)
