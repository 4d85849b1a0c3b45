"""The instance as arrays, with teams and spaces numbered: what every algorithm works on.

A part of a problem (some teams, some spaces, the rest as it stands) is again a problem, so the
exact model, the decomposition and the neighbourhood search share everything that follows.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from solver.restack.instance import WITHIN
from solver.restack.solution import Solution

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from solver.restack.instance import Instance, Team

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]
SPACE, ADJACENT, BUILDING = range(3)


class Group(NamedTuple):
    """A unit: spaces that earn `bonus` if none of them is kept."""

    spaces: tuple[int, ...]
    bonus: int


class Pair(NamedTuple):
    """Two teams and the penalty unless within `reach` (0 space, 1 adjacent, 2 building)."""

    first: int
    second: int
    reach: int
    penalty: int


class Held(NamedTuple):
    """A team of which at least so many people sit in a space, -1 for one that is none of these."""

    team: int
    space: int
    people: int


class Anchor(NamedTuple):
    """A divisible team and the penalty unless a part of it sits in one of `spaces`."""

    team: int
    spaces: frozenset[int]
    penalty: int


@dataclass(frozen=True)
class Problem:
    """A restack in arrays. Team and space are positions; days likewise.

    Args:
        seats: room left, shape (spaces, days).
        keep: cost of keeping, shape (spaces,).
        must_keep, must_free: flags, shape (spaces,).
        building, level: numbers, shape (spaces,).
        units: groups of spaces with a bonus.
        people: shape (teams,).
        smallest: fewest people in a part, 0 for a team that stays whole, shape (teams,).
        loads: seats needed, one array of shape (choices, days) a team.
        load_costs: one array of shape (choices,) a team.
        options: spaces where the team may sit, ascending, one array a team.
        costs: cost of the whole team at each option.
        now: people of the team at each option today.
        pairs, anchors, apart: rules between teams.
        held: people who stay together in a space.
        cap: most people moved, None for no limit.
        offset: cost that no choice changes.
    """

    seats: Ints
    keep: Ints
    must_keep: Flags
    must_free: Flags
    building: Ints
    level: Ints
    units: tuple[Group, ...]
    people: Ints
    smallest: Ints
    loads: tuple[Ints, ...]
    load_costs: tuple[Ints, ...]
    options: tuple[Ints, ...]
    costs: tuple[Ints, ...]
    now: tuple[Ints, ...]
    pairs: tuple[Pair, ...]
    anchors: tuple[Anchor, ...] = ()
    apart: tuple[tuple[int, int], ...] = ()
    held: tuple[Held, ...] = ()
    cap: int | None = None
    offset: int = 0

    @property
    def n_teams(self) -> int:
        """Return how many teams there are."""
        return len(self.options)

    @property
    def n_spaces(self) -> int:
        """Return how many spaces there are."""
        return len(self.keep)

    @property
    def n_days(self) -> int:
        """Return how many days there are."""
        return int(self.seats.shape[1])

    @cached_property
    def size(self) -> int:
        """Return the number of choices of a place, a measure of difficulty."""
        return sum(len(options) for options in self.options)

    @cached_property
    def plain(self) -> bool:
        """Return whether every team stays whole and has one load."""
        return not self.smallest.any() and all(len(load) == 1 for load in self.loads)

    @cached_property
    def most_parts(self) -> Floats:
        """Return the people of each team over the fewest in one of its parts, at least 1."""
        least = np.where(self.smallest > 0, self.smallest, np.maximum(self.people, 1))
        return np.maximum(self.people / least, 1.0)

    @cached_property
    def close(self) -> tuple[Flags, Flags, Flags]:
        """Return which spaces are near which, by reach; each of shape (spaces, spaces)."""
        same_space = np.eye(self.n_spaces, dtype=bool)
        same_building = self.building[:, None] == self.building[None, :]
        adjacent = same_building & (np.abs(self.level[:, None] - self.level[None, :]) <= 1)
        return same_space, adjacent | same_space, same_building

    @cached_property
    def days_that_bind(self) -> tuple[int, ...]:
        """Return the days whose seats do not follow from those of another day."""
        table = (
            np.concatenate(self.loads) if self.loads else np.zeros((0, self.n_days), dtype=np.int64)
        )
        kept: list[int] = []
        for day in sorted(range(self.n_days), key=lambda day: -int(table[:, day].sum())):
            covered = any(
                (table[:, day] <= table[:, other]).all()
                and (self.seats[:, day] >= self.seats[:, other]).all()
                for other in kept
            )
            if not covered:
                kept.append(day)
        return tuple(sorted(kept))

    @cached_property
    def pairs_of(self) -> tuple[tuple[int, ...], ...]:
        """Return the positions of the pairs that each team belongs to."""
        found: list[list[int]] = [[] for _ in range(self.n_teams)]
        for position, pair in enumerate(self.pairs):
            found[pair.first].append(position)
            found[pair.second].append(position)
        return tuple(map(tuple, found))

    @cached_property
    def apart_of(self) -> tuple[tuple[int, ...], ...]:
        """Return the teams that each team must be apart from."""
        found: list[list[int]] = [[] for _ in range(self.n_teams)]
        for first, second in self.apart:
            found[first].append(second)
            found[second].append(first)
        return tuple(map(tuple, found))


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan by position: parts (space, people) and the load of each team; spaces kept."""

    parts: tuple[tuple[tuple[int, int], ...], ...]
    load: tuple[int, ...]
    kept: frozenset[int]

    def where(self, team: int) -> int:
        """Return the space of a team that sits in one."""
        return self.parts[team][0][0]


def compile_instance(instance: Instance) -> Problem:
    """Return the instance as arrays."""
    number = {space.id: position for position, space in enumerate(instance.spaces)}
    team_number = {team.id: position for position, team in enumerate(instance.teams)}
    buildings: dict[str, int] = {}
    days = len(instance.teams[0].loads[0].by_day) if instance.teams else 1
    seats = np.array([space.seats for space in instance.spaces], dtype=np.int64)
    rows = [_options(instance, team, number) for team in instance.teams]
    return Problem(
        seats=np.repeat(seats[:, None], days, axis=1),
        keep=np.array([space.keep_cost for space in instance.spaces], dtype=np.int64),
        must_keep=np.array([space.must_keep for space in instance.spaces], dtype=bool),
        must_free=np.array([space.must_free for space in instance.spaces], dtype=bool),
        building=np.array(
            [buildings.setdefault(s.building, len(buildings)) for s in instance.spaces],
            dtype=np.int64,
        ),
        level=np.array([space.level for space in instance.spaces], dtype=np.int64),
        units=tuple(Group(tuple(number[s] for s in u.spaces), u.bonus) for u in instance.units),
        people=np.array([team.people for team in instance.teams], dtype=np.int64),
        smallest=np.array([team.smallest_part or 0 for team in instance.teams], dtype=np.int64),
        loads=tuple(
            np.array([load.by_day for load in team.loads], dtype=np.int64)
            for team in instance.teams
        ),
        load_costs=tuple(
            np.array([load.cost for load in team.loads], dtype=np.int64) for team in instance.teams
        ),
        options=tuple(row[0] for row in rows),
        costs=tuple(row[1] for row in rows),
        now=tuple(row[2] for row in rows),
        pairs=tuple(
            Pair(
                team_number[pair.first],
                team_number[pair.second],
                WITHIN.index(pair.within),
                pair.penalty,
            )
            for pair in instance.near
            if pair.penalty
        ),
        apart=tuple((team_number[one], team_number[other]) for one, other in instance.apart),
        held=tuple(
            Held(team_number[team], number[space], people)
            for team, parts in instance.held.items()
            for space, people in parts.items()
        ),
        cap=instance.people_moved_at_most,
    )


def _options(instance: Instance, team: Team, number: Mapping[str, int]) -> tuple[Ints, Ints, Ints]:
    """Return where a team may sit, what that costs, and how many of it sit there today."""
    fixed = instance.fixed.get(team.id)
    lightest = min(max(load.by_day) for load in team.loads)
    spaces = instance.spaces if fixed is None else (instance.space_by_id[fixed],)
    held = instance.held.get(team.id, {})
    if held and team.smallest_part is None:
        spaces = tuple(space for space in spaces if held.keys() == {space.id})
    allowed = []
    for space in spaces:
        cost = instance.cost_of_place(team.id, space.id)
        fits = team.smallest_part is not None or lightest <= space.seats
        if cost is not None and fits and not space.must_free and team.needs <= space.has:
            allowed.append((number[space.id], cost, team.now.get(space.id, 0)))
    table = np.array(allowed, dtype=np.int64).reshape(-1, 3)
    return table[:, 0].copy(), table[:, 1].copy(), table[:, 2].copy()


def within(
    problem: Problem, spaces: Collection[int], goes: Sequence[Sequence[int]]
) -> Problem | None:
    """Return the problem with all other spaces free; None if some team can go nowhere.

    Args:
        problem: the whole.
        spaces: those that may be kept.
        goes: where each team may go.
    """
    outside = ~np.isin(np.arange(problem.n_spaces), sorted(spaces))
    inside = [np.isin(o, goes[team]) & ~outside[o] for team, o in enumerate(problem.options)]
    if not all(flags.any() for flags in inside) or (problem.must_keep & outside).any():
        return None
    return replace(
        problem,
        must_free=problem.must_free | outside,
        options=tuple(o[at] for o, at in zip(problem.options, inside, strict=True)),
        costs=tuple(c[at] for c, at in zip(problem.costs, inside, strict=True)),
        now=tuple(n[at] for n, at in zip(problem.now, inside, strict=True)),
    )


def to_solution(instance: Instance, plan: Plan, cost: int) -> Solution:
    """Return a plan with the ids of its instance."""
    spaces, teams = instance.spaces, instance.teams
    return Solution(
        place={
            team.id: {spaces[space].id: people for space, people in plan.parts[position]}
            for position, team in enumerate(teams)
        },
        load={team.id: plan.load[position] for position, team in enumerate(teams)},
        kept=tuple(spaces[position].id for position in sorted(plan.kept)),
        cost=cost,
    )


def from_solution(instance: Instance, solution: Solution) -> Plan:
    """Return a plan by position; its ids must be those of the instance."""
    number = {space.id: position for position, space in enumerate(instance.spaces)}
    return Plan(
        parts=tuple(
            tuple(sorted((number[s], n) for s, n in solution.place[team.id].items()))
            for team in instance.teams
        ),
        load=tuple(solution.load[team.id] for team in instance.teams),
        kept=frozenset(number[space] for space in solution.kept),
    )


def merged(now: Plan, before: Plan, after: Plan) -> Plan:
    """Return `now` with the changes that lead from `before` to `after`."""
    teams = range(len(now.parts))
    changed = {
        team
        for team in teams
        if after.parts[team] != before.parts[team] or after.load[team] != before.load[team]
    }
    parts = tuple(after.parts[team] if team in changed else now.parts[team] for team in teams)
    load = tuple(after.load[team] if team in changed else now.load[team] for team in teams)
    kept = (now.kept - (before.kept - after.kept)) | (after.kept - before.kept)
    return Plan(parts, load, kept)
