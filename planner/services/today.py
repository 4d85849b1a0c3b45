"""The figures of the first page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt

    from planner.db.store import Store
    from planner.services.access import Actor
    from planner.services.plans import PlanSummary, RunState
    from planner.services.proposals import Proposal


@dataclass(frozen=True, slots=True)
class QuietUnit:
    """A lettable unit that few people came to, as far as attendance tells.

    Args:
        unit: its id.
        building: code of its building.
        seats: in it.
        most: people on its busiest day in the last ten weeks, an estimate: attendance is
            known by team, and a team in several places is shared out by its seating.
        area_m2: lettable area, square metres, as text with its decimals.
    """

    unit: str
    building: str
    seats: int
    most: int
    area_m2: str


@dataclass(frozen=True, slots=True)
class EstateToday:
    """One estate on the first page.

    Args:
        id, name: the estate.
        seats: all of its seats.
        people: all on the books.
        busiest: most people present on one day that is known for every team; None if no day is.
        busiest_on: that day.
        unvisited: units whose teams nobody of came in the last ten weeks on record.
        days: days on record.
    """

    id: str
    name: str
    seats: int
    people: int
    busiest: int | None
    busiest_on: dt.date | None
    unvisited: tuple[QuietUnit, ...]
    quietest: tuple[QuietUnit, ...]
    days: int


@dataclass(frozen=True, slots=True)
class Today:
    """The first page: what stands empty, what runs, what waits for me."""

    estates: tuple[EstateToday, ...]
    open_runs: tuple[RunState, ...]
    newest_plans: tuple[PlanSummary, ...]
    waiting: tuple[Proposal, ...]
    """Proposals that this actor may decide, or submit again."""


def today(store: Store, actor: Actor) -> Today:
    """Return the first page's figures."""
    raise NotImplementedError
