"""Cutting an estate into parts that touch no other: whatever one decides is nothing to the rest."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from solver.decompose import components_of
from solver.restack.problem import compile_instance
from solver.restack.solution import Solution

if TYPE_CHECKING:
    from solver.restack.instance import Instance

LEAST_SPACES: Final = 20
"""Smaller parts are solved together."""


@dataclass(frozen=True, slots=True)
class Part:
    """Teams that can sit only in these spaces, and spaces where only these teams can sit."""

    teams: frozenset[str]
    spaces: frozenset[str]


def parts_of(instance: Instance, least: int = LEAST_SPACES) -> tuple[Part, ...]:
    """Return the parts of an instance, the same for the same instance; small ones as one."""
    components, _ = components_of(compile_instance(instance))
    parts = [
        Part(
            frozenset(instance.teams[at].id for at in one.teams),
            frozenset(instance.spaces[at].id for at in one.spaces),
        )
        for one in components
    ]
    large = [part for part in parts if len(part.spaces) >= least and part.teams]
    small = [part for part in parts if part not in large]
    if not small:
        return tuple(large)
    rest = Part(
        frozenset().union(*(part.teams for part in small)),
        frozenset().union(*(part.spaces for part in small)),
    )
    return (*large, rest)


def instance_of_part(instance: Instance, part: Part) -> Instance:
    """Return the instance of one part; wishes to teams of other parts can never be met there."""
    return replace(
        instance,
        spaces=tuple(space for space in instance.spaces if space.id in part.spaces),
        teams=tuple(team for team in instance.teams if team.id in part.teams),
        units=tuple(unit for unit in instance.units if unit.spaces[0] in part.spaces),
        place_cost={
            team: {space: cost for space, cost in costs.items() if space in part.spaces}
            for team, costs in instance.place_cost.items()
            if team in part.teams
        },
        near=tuple(pair for pair in instance.near if {pair.first, pair.second} <= part.teams),
        apart=tuple(pair for pair in instance.apart if part.teams.issuperset(pair)),
        fixed={team: space for team, space in instance.fixed.items() if team in part.teams},
        held={team: parts for team, parts in instance.held.items() if team in part.teams},
    )


def restricted(solution: Solution, part: Part) -> Solution:
    """Return what a plan of the whole says of a part."""
    return Solution(
        {team: seats for team, seats in solution.place.items() if team in part.teams},
        {team: at for team, at in solution.load.items() if team in part.teams},
        tuple(space for space in solution.kept if space in part.spaces),
        0,
    )


def within(instance: Instance, solution: Solution) -> Solution | None:
    """Return a plan of a part with everybody in its spaces, None where somebody may sit nowhere.

    A plan made under other rules may seat teams elsewhere; they are put where they sit today, or
    anywhere they may, whether or not there is room.
    """
    place, kept = dict(solution.place), dict.fromkeys(solution.kept)
    for team in instance.teams:
        parts = place[team.id]
        if parts.keys() <= instance.space_by_id.keys():
            continue
        may = instance.place_cost.get(team.id, {})
        home = next((one for one in (*team.now, *may) if one in may), None)
        if home is None:
            return None
        place[team.id], kept[home] = {home: sum(parts.values())}, None
    return replace(solution, place=place, kept=tuple(kept))


def joined_to(whole: Solution, part: Part, own: Solution) -> Solution:
    """Return a plan of the whole with one part of it decided anew; its cost is left at 0."""
    kept = [space for space in whole.kept if space not in part.spaces]
    return Solution({**whole.place, **own.place}, {**whole.load, **own.load}, (*kept, *own.kept), 0)
