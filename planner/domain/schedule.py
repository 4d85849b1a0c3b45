"""The dated part of a plan: waves of moves, legs in them, and when freed units are empty."""

from __future__ import annotations

import datetime as dt
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict

_FROZEN: Final = ConfigDict(frozen=True, extra="forbid", strict=False)


class Wave(BaseModel):
    """Days in which moves are made together; `cost` is its present value in minor units."""

    model_config = _FROZEN
    number: int
    first: dt.date
    last: dt.date
    cost: int


class Leg(BaseModel):
    """People of one team who move in one wave, at both ends on each of its days.

    Args:
        team: code of the team.
        origin: unit they leave; None if they sit nowhere yet.
        target: unit they come to.
        people: how many they are.
        seats: they take on each of the plan's weekdays.
        wave: number of the wave.
        ends_in: unit where they will sit in the end; not `target` on the way to swing space.
    """

    model_config = _FROZEN
    team: str
    origin: str | None
    target: str
    people: int
    seats: tuple[int, ...]
    wave: int
    ends_in: str


class Release(BaseModel):
    """The last day on which somebody is in a freed unit, and the month of the case it falls in."""

    model_config = _FROZEN
    unit: str
    day: dt.date
    month: int


class Deadlock(BaseModel):
    """Moves that wait for each other's seats.

    Args:
        teams: that wait, in the order of the cycle where it is one.
        units: whose seats they wait for.
        seats: fewest seats of one more space that resolve it; None if not even that does.
        at_least: no fewer seats can resolve it.
        through: teams that would go by way of it.
    """

    model_config = _FROZEN
    teams: tuple[str, ...]
    units: tuple[str, ...]
    seats: int | None
    at_least: int
    through: tuple[str, ...]


class Obstacle(BaseModel):
    """A limit that keeps the moves from being dated: its rule, teams and places."""

    model_config = _FROZEN
    rule: str
    teams: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


class Schedule(BaseModel):
    """When who moves.

    Args:
        status: `optimal` where no order releases the floors at a better value; `infeasible`
            where the limits allow none, `out_of_time` where none was found.
        waves, legs, releases: the dates; all empty where there are none.
        npv: of the plan with these dates, minor units; None without dates.
        bound: no dates under the same limits give the same plan more; None if unproved.
        deadlock: moves that only swing space could resolve, if there was one.
        obstacles: limits that cannot be kept together, where there are no dates.
    """

    model_config = _FROZEN
    status: Literal["optimal", "feasible", "infeasible", "out_of_time"]
    waves: tuple[Wave, ...] = ()
    legs: tuple[Leg, ...] = ()
    releases: tuple[Release, ...] = ()
    npv: int | None = None
    bound: int | None = None
    deadlock: Deadlock | None = None
    obstacles: tuple[Obstacle, ...] = ()

    @property
    def dated(self) -> bool:
        """Say whether every move has a date."""
        return self.status in {"optimal", "feasible"}

    @property
    def months(self) -> dict[str, int]:
        """Return the month in which each freed unit is left for good."""
        return {release.unit: release.month for release in self.releases}

    def wave(self, number: int) -> Wave:
        """Return a wave by its number."""
        return next(wave for wave in self.waves if wave.number == number)
