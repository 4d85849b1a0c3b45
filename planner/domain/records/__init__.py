"""The records of an estate: every field declared once, with unit, bounds and help.

The class named `...Fields` is the declaration; table rows, forms, workbook columns and
the API schema are drawn from it. The frozen class beside it is what calculations see.

Areas are square metres, shares lie between 0 and 1, money is in the estate's currency.
"""

from typing import Final

from sqlmodel import SQLModel

from planner.domain.records.floors import Floor, Space
from planner.domain.records.people import Seating, Team, TeamDay
from planner.domain.records.place import Building, Header
from planner.domain.records.wishes import Assumption, Near, Rule

__all__ = [
    "SHEETS",
    "Assumption",
    "Building",
    "Floor",
    "Header",
    "Near",
    "Rule",
    "Seating",
    "Space",
    "Team",
    "TeamDay",
]

SHEETS: Final[dict[str, type[SQLModel]]] = {
    "estate": Header,
    "buildings": Building,
    "floors": Floor,
    "spaces": Space,
    "teams": Team,
    "seating": Seating,
    "attendance": TeamDay,
    "near": Near,
    "rules": Rule,
    "assumptions": Assumption,
}
"""The sheets of the estate workbook, in their order, and the record each row holds."""
