"""A made-up estate of any size, for measuring; its figures mean nothing."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Final

import numpy as np

from planner.demo.attendance import attendance_of
from planner.demo.names import DEPARTMENTS
from planner.domain.estate import Estate
from planner.domain.records import Assumption, Building, Floor, Header, Seating, Team

_LAST_DAY: Final = dt.date(2026, 11, 20)
_LEVELS: Final = 25
_SEATS: Final = 100
_AREA: Final = Decimal(1040)
_HEADER: Final = Header(
    name="A large estate (generated)",
    owner="Generated for measuring",
    owner_kind="regional",
    country="ID",
    currency="IDR",
    generated=True,
)


def large_estate(
    floors: int = 1000, teams: int = 10_000, *, days: int = 60, seed: int = 1
) -> Estate:
    """Return towers of 25 floors on four sites, equally many small teams on each floor.

    Args:
        floors: how many, of 100 seats and 1,040 square metres each.
        teams: how many, 6 to 10 people each.
        days: working days of attendance.
        seed: of every random choice.
    """
    rng = np.random.default_rng(seed)
    towers = -(-floors // _LEVELS)
    codes = [f"T{at:02}" for at in range(1, towers + 1)]
    buildings = tuple(
        Building(
            code=code,
            name=f"Tower {at + 1}",
            site=f"Site {at % 4 + 1}",
            rent_per_m2_month=Decimal(90_000 + 1_000 * (at % 40)),
            running_cost_per_m2_month=Decimal(30_000),
        )
        for at, code in enumerate(codes)
    )
    stories = tuple(
        Floor(
            building=codes[at // _LEVELS],
            code=f"{codes[at // _LEVELS]}-{at % _LEVELS + 1:02}",
            level=at % _LEVELS + 1,
            lettable_area_m2=_AREA,
            area_basis="NIA",
            seats=_SEATS,
        )
        for at in range(floors)
    )
    people = tuple(_team(at, int(size)) for at, size in enumerate(rng.integers(6, 11, teams)))
    seating = tuple(
        Seating(team=team.code, floor=stories[at * floors // teams].code, people=team.headcount)
        for at, team in enumerate(people)
    )
    return Estate(
        header=_HEADER,
        buildings=buildings,
        floors=stories,
        teams=people,
        seating=seating,
        attendance=attendance_of(people, _LAST_DAY, days, rng),
        assumptions=(
            Assumption(key="discount_rate", value="0.068", source="made up", confidence="assumed"),
        ),
    )


def _team(at: int, people: int) -> Team:
    names = tuple(DEPARTMENTS.values())
    return Team(
        code=f"U{at:05}",
        name=f"Unit {at + 1}",
        department=names[at // 40 % len(names)][0],
        headcount=people,
        onsite_class="hybrid",
        min_on_site=Decimal("0.5"),
    )
