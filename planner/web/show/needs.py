"""Seats that each team needs on each weekday, worked out once for each version of an estate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from planner.demand.model import demand_of
from planner.domain.assumptions import register_of
from planner.errors import PlannerError, joined
from planner.web.shelf import kept, room_for

if TYPE_CHECKING:
    from decimal import Decimal

    from planner.demand.model import Demand
    from planner.domain.estate import Estate

_SEED: Final = 1
_FIVE_DAYS: Final = (0, 1, 2, 3, 4)


@dataclass(frozen=True, slots=True)
class OneSeatAHead:
    """What is drawn while nothing is known of attendance: a seat for everybody, every day."""

    weekdays: tuple[int, ...]
    allotments: dict[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Needs:
    """What an estate's teams need.

    Args:
        seats: for drawings: weekdays and allotments.
        demand: the same with what it rests on; None while it cannot be worked out.
        why_not: the sentence that says why, "" if it could be.
    """

    seats: Demand | OneSeatAHead
    demand: Demand | None
    why_not: str


def needs_of(estate_id: str, version: int, estate: Estate) -> Needs:
    """Return what the teams of an estate need, from the shelf if it is there."""
    return kept("needs", (estate_id, version), lambda: worked_out(estate), room_for(estate))


def worked_out(estate: Estate) -> Needs:
    """Return what the teams of an estate need; one seat a head while nobody can say."""
    try:
        demand = demand_of(estate, level=level_of(estate), seed=_SEED)
    except PlannerError as refusal:
        seats = {team.code: (team.headcount,) * len(_FIVE_DAYS) for team in estate.teams}
        return Needs(OneSeatAHead(_FIVE_DAYS, seats), None, joined(refusal.lines, " "))
    return Needs(demand, demand, "")


def level_of(estate: Estate) -> Decimal:
    """Return the service level in force.

    Raises:
        InvalidInput: the estate states one that cannot be.
    """
    return register_of(estate).number("service_level")
