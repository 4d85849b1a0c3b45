"""The rules that can conflict, and an instance with only some of them.

Which teams there are is no rule; everything that a user can change about them and about the
spaces is. A set is tested by dropping all rules outside it and asking for any plan at all.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from solver.outcome import Reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from solver.restack.instance import Instance, Space, Team


@dataclass(frozen=True, slots=True)
class Conflict:
    """Rules that no plan keeps together; `minimal` where each was shown to be needed."""

    reasons: tuple[Reason, ...]
    minimal: bool


def all_rules(instance: Instance) -> list[Reason]:
    """Return every rule of an instance that can be dropped, the least telling ones first."""
    rules = [Reason("must_keep", (), (s.id,)) for s in instance.spaces if s.must_keep]
    for team in instance.teams:
        costs = instance.place_cost.get(team.id, {})
        if instance.place_cost_default is None and len(costs) < len(instance.spaces):
            rules.append(Reason("place", (team.id,)))
    rules += [Reason("whole", (team.id,)) for team in instance.teams if team.people > 1]
    rules += [Reason("needs", (team.id,)) for team in instance.teams if team.needs]
    rules += [Reason("apart", pair) for pair in instance.apart]
    rules += [Reason("seats", (), (space.id,)) for space in instance.spaces]
    rules += [Reason("fixed", (team,), (space,)) for team, space in instance.fixed.items()]
    rules += [
        Reason("fixed", (team,), (space,))
        for team, parts in instance.held.items()
        for space in parts
        if instance.fixed.get(team) != space
    ]
    rules += [Reason("must_free", (), (s.id,)) for s in instance.spaces if s.must_free]
    if instance.people_moved_at_most is not None:
        rules.append(Reason("churn"))
    return rules


def with_rules(instance: Instance, active: Sequence[Reason]) -> Instance:
    """Return the instance without all droppable rules but the active ones, and without costs."""
    names = set(active)
    everyone = sum(max(map(max, (one.by_day for one in team.loads))) for team in instance.teams)
    return replace(
        instance,
        spaces=tuple(_space(space, names, everyone) for space in instance.spaces),
        teams=tuple(_team(team, names) for team in instance.teams),
        units=(),
        near=(),
        place_cost={
            team.id: dict.fromkeys(instance.place_cost.get(team.id, {}), 0)
            if Reason("place", (team.id,)) in names
            else {space.id: 0 for space in instance.spaces}
            for team in instance.teams
        },
        place_cost_default=None if instance.place_cost_default is None else 0,
        apart=tuple(pair for pair in instance.apart if Reason("apart", pair) in names),
        fixed={
            team: space
            for team, space in instance.fixed.items()
            if Reason("fixed", (team,), (space,)) in names
        },
        held={
            team: {
                space: people
                for space, people in parts.items()
                if Reason("fixed", (team,), (space,)) in names
            }
            for team, parts in instance.held.items()
        },
        people_moved_at_most=(instance.people_moved_at_most if Reason("churn") in names else None),
    )


def _space(space: Space, names: set[Reason], everyone: int) -> Space:
    return replace(
        space,
        seats=space.seats if Reason("seats", (), (space.id,)) in names else everyone,
        keep_cost=0,
        must_keep=space.must_keep and Reason("must_keep", (), (space.id,)) in names,
        must_free=space.must_free and Reason("must_free", (), (space.id,)) in names,
    )


def _team(team: Team, names: set[Reason]) -> Team:
    return replace(
        team,
        needs=team.needs if Reason("needs", (team.id,)) in names else frozenset(),
        split=team.split if Reason("whole", (team.id,)) in names else 1,
    )
