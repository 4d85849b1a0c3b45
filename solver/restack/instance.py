"""The restack instance: what is given, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, get_args

if TYPE_CHECKING:
    from collections.abc import Mapping

SpaceId = str
TeamId = str
Within = Literal["space", "adjacent", "building"]

FORMAT = "planner-restack/1"
WITHIN: tuple[Within, ...] = get_args(Within)


@dataclass(frozen=True, slots=True)
class Space:
    """Room that is kept or freed; `seats` (a count) bind on every day."""

    id: SpaceId
    seats: int
    building: str
    level: int
    keep_cost: int
    has: frozenset[str] = frozenset()
    must_keep: bool = False
    must_free: bool = False


@dataclass(frozen=True, slots=True)
class Unit:
    """Spaces that earn `bonus` on top if all of them are freed."""

    id: str
    spaces: tuple[SpaceId, ...]
    bonus: int


@dataclass(frozen=True, slots=True)
class Load:
    """Seats needed on each day if this load is the one chosen, and what choosing it costs."""

    by_day: tuple[int, ...]
    cost: int = 0


@dataclass(frozen=True, slots=True)
class Team:
    """People who sit together, or in parts of at least `split` people where that is not None."""

    id: TeamId
    loads: tuple[Load, ...]
    needs: frozenset[str] = frozenset()
    now: Mapping[SpaceId, int] = field(default_factory=dict)
    split: int | None = None

    @property
    def people(self) -> int:
        """Return the people seated today, or the largest load where nobody sits anywhere yet."""
        if self.now:
            return sum(self.now.values())
        return max(max(load.by_day) for load in self.loads)

    @property
    def smallest_part(self) -> int | None:
        """Return the fewest people in one space, None for a team that stays whole.

        A team smaller than its smallest part may still stay whole: a permission to divide
        never forbids what a team without it may do.
        """
        if self.split is None or self.people <= self.split:
            return None
        return self.split


@dataclass(frozen=True, slots=True)
class Near:
    """Two teams that should be near: `penalty` is paid where no part of one is near the other."""

    first: TeamId
    second: TeamId
    within: Within
    penalty: int


@dataclass(frozen=True)
class Instance:
    """Everything a restack is solved from; see docs/reference/restack-files.md."""

    spaces: tuple[Space, ...]
    teams: tuple[Team, ...]
    units: tuple[Unit, ...] = ()
    place_cost: Mapping[TeamId, Mapping[SpaceId, int]] = field(default_factory=dict)
    place_cost_default: int | None = None
    near: tuple[Near, ...] = ()
    apart: tuple[tuple[TeamId, TeamId], ...] = ()
    fixed: Mapping[TeamId, SpaceId] = field(default_factory=dict)
    held: Mapping[TeamId, Mapping[SpaceId, int]] = field(default_factory=dict)
    people_moved_at_most: int | None = None
    note: Any = None

    @cached_property
    def space_by_id(self) -> Mapping[SpaceId, Space]:
        """Return the spaces by id."""
        return {space.id: space for space in self.spaces}

    @cached_property
    def team_by_id(self) -> Mapping[TeamId, Team]:
        """Return the teams by id."""
        return {team.id: team for team in self.teams}

    def cost_of_place(self, team: TeamId, space: SpaceId) -> int | None:
        """Return what seating the whole team there costs, None where that is forbidden."""
        return self.place_cost.get(team, {}).get(space, self.place_cost_default)

    def to_json(self) -> dict[str, Any]:
        """Return the instance as the JSON object that `parse_instance` reads."""
        document: dict[str, Any] = {
            "format": FORMAT,
            "spaces": [_space(space) for space in self.spaces],
            "units": [{"id": u.id, "spaces": list(u.spaces), "bonus": u.bonus} for u in self.units],
            "teams": [_team(team) for team in self.teams],
            "place_cost": {team: dict(costs) for team, costs in self.place_cost.items()},
            "place_cost_default": self.place_cost_default,
            "near": [_near(pair) for pair in self.near],
            "apart": [list(pair) for pair in self.apart],
            "fixed": dict(self.fixed),
            "churn": {"people_moved_at_most": self.people_moved_at_most},
        }
        if self.held:
            document["held"] = {team: dict(parts) for team, parts in self.held.items()}
        if self.note is not None:
            document["note"] = self.note
        return document


def _space(space: Space) -> dict[str, Any]:
    return {
        "id": space.id,
        "seats": space.seats,
        "building": space.building,
        "level": space.level,
        "has": sorted(space.has),
        "keep_cost": space.keep_cost,
        "must_keep": space.must_keep,
        "must_free": space.must_free,
    }


def _team(team: Team) -> dict[str, Any]:
    return {
        "id": team.id,
        "loads": [{"by_day": list(load.by_day), "cost": load.cost} for load in team.loads],
        "needs": sorted(team.needs),
        "now": dict(team.now),
        "split": None if team.split is None else {"at_least": team.split},
    }


def _near(pair: Near) -> dict[str, Any]:
    return {
        "teams": [pair.first, pair.second],
        "within": pair.within,
        "penalty": pair.penalty,
    }


def are_near(one: Space, other: Space, within: Within) -> bool:
    """Return whether people in the two spaces count as near."""
    if one.id == other.id:
        return True
    if within == "space" or one.building != other.building:
        return False
    return within == "building" or abs(one.level - other.level) <= 1
