"""Teams of the demo campus and where they sit today: one seat a head."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from planner.demo.names import DEPARTMENTS, NEEDS, TEAMS
from planner.domain.fields import tags
from planner.domain.records import Floor, Seating, Team

if TYPE_CHECKING:
    import numpy as np

_SPARE: Final = 4
"""Seats left free on each floor today."""


def teams_of(rng: np.random.Generator) -> tuple[Team, ...]:
    """Return the 120 teams, 7 to 40 people each."""
    found = []
    for code, names in TEAMS.items():
        for number, marked in enumerate(names.split("; "), start=1):
            found.append(_team(code, number, marked, int(rng.normal(17.5, 5.5))))
    return tuple(found)


def _team(department: str, number: int, marked: str, people: int) -> Team:
    name = marked.rstrip("!+")
    counter, bound = marked.endswith("!"), marked.endswith("+")
    needs = (NEEDS.get(name, ""), "public_access" if counter else "")
    return Team(
        code=f"{department}-{number:02}",
        name=name,
        department=DEPARTMENTS[department][0],
        headcount=max(7, min(40, people)),
        onsite_class="public_service" if counter else "on_site" if bound else "hybrid",
        min_on_site=Decimal("0.5") if not counter else Decimal(1),
        needs=", ".join(filter(None, needs)),
        contact=f"Head of {name}",
    )


def seat_everybody(teams: tuple[Team, ...], floors: tuple[Floor, ...]) -> tuple[Seating, ...]:
    """Return today's seating: each team whole, at home if there is room, else anywhere.

    Teams with needs choose first; the top floor of the tower is left to the assistants'
    offices, who are hardly ever there.
    """
    free = {floor.code: floor.seats - _SPARE for floor in floors}
    free["A10"] = 0
    seating = []
    for team in sorted(teams, key=lambda team: (not team.needs, team.code)):
        floor = "A10" if team.name.startswith("Office of") else _first_fit(team, floors, free)
        free[floor] -= team.headcount
        seating.append(Seating(team=team.code, floor=floor, people=team.headcount))
    return tuple(seating)


def _first_fit(team: Team, floors: tuple[Floor, ...], free: dict[str, int]) -> str:
    home = DEPARTMENTS[team.code.split("-")[0]][1]
    fitting = [
        floor
        for floor in floors
        if free[floor.code] >= team.headcount and tags(team.needs) <= tags(floor.has)
    ]
    return min(fitting, key=lambda floor: (floor.building != home, -free[floor.code])).code
