"""Parts of a large estate that touch no other: solved apart, joined with one valid bound."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from planner.optimise.solve import glimpse_of, refusal
from solver.decompose import components_of
from solver.outcome import Status
from solver.restack.check import cost_of
from solver.restack.instance import are_near
from solver.restack.problem import compile_instance
from solver.restack.solution import Solution

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from planner.domain.plan import Plan
    from planner.optimise.again import Again
    from planner.optimise.solve import Glimpse
    from solver.restack.instance import Instance

LEAST_SPACES: Final = 20
"""Smaller parts are solved together."""


@dataclass(frozen=True, slots=True)
class Part:
    """Teams that can sit only in these spaces, and spaces where only these teams can sit."""

    teams: frozenset[str]
    spaces: frozenset[str]


@dataclass(frozen=True, slots=True)
class Piece:
    """What was found of one part: its plan, and a bound on the cost of every plan of it."""

    solution: Solution
    bound: int | None

    def to_json(self) -> str:
        """Return it as a row holds it."""
        one = self.solution
        return json.dumps(
            {
                "place": {team: dict(places) for team, places in one.place.items()},
                "load": dict(one.load),
                "kept": list(one.kept),
                "cost": one.cost,
                "bound": self.bound,
            }
        )


def piece_from(text: str) -> Piece:
    """Return the piece that a row holds."""
    row: dict[str, Any] = json.loads(text)
    solution = Solution(row["place"], row["load"], tuple(row["kept"]), row["cost"])
    return Piece(solution, row["bound"])


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
    )


def solve_part(
    again: Again, part: Part, start: Plan | None, on_glimpse: Callable[[Glimpse], None] | None
) -> Piece:
    """Return the best plan of one part found within the time, and its bound.

    Raises:
        Infeasible: no plan of the part keeps all rules, so none of the whole does.
        OutOfTime: nothing was found in time.
    """
    whole = again.instance()
    instance = instance_of_part(whole, part)
    first = None if start is None else _restricted(again.at(start), part)
    units = [space.id for space in instance.spaces]
    today = today_of(instance)
    listen = None if on_glimpse is None else glimpse_of(on_glimpse, today, units)
    outcome = again.run(instance, first, listen)
    if outcome.best is None:
        if outcome.status is Status.INFEASIBLE:
            raise refusal(again, again.run(whole, None))
        raise refusal(again, outcome)
    return Piece(outcome.best, outcome.bound)


def joined(again: Again, pieces: Sequence[Piece], limit: int | None) -> Plan:
    """Return the plan of the whole that plans of all its parts make up.

    Its cost is the sum of theirs and a rest that no choice changes, so the sum of their bounds
    and that rest is a bound on every plan of the whole.
    """
    place = {team: seats for piece in pieces for team, seats in piece.solution.place.items()}
    load = {team: at for piece in pieces for team, at in piece.solution.load.items()}
    kept = tuple(space for piece in pieces for space in piece.solution.kept)
    whole = Solution(place, load, kept, 0)
    cost = cost_of(again.instance(), whole)
    rest = cost - sum(piece.solution.cost for piece in pieces)
    bounds = [piece.bound for piece in pieces]
    proved = [bound for bound in bounds if bound is not None]
    bound = rest + sum(proved) if len(proved) == len(bounds) else None
    known = None if limit is None else again.today - limit
    best = max((one for one in (bound, known) if one is not None), default=None)
    return again.plan(replace(whole, cost=cost), best)


def today_of(instance: Instance) -> int:
    """Return the cost of doing nothing in a part: all spaces kept, today's nearness."""
    homes = {
        team.id: [instance.space_by_id[unit] for unit in team.now if unit in instance.space_by_id]
        for team in instance.teams
    }
    missed = sum(
        pair.penalty
        for pair in instance.near
        if homes[pair.first]
        and homes[pair.second]
        and not any(
            are_near(one, other, pair.within)
            for one in homes[pair.first]
            for other in homes[pair.second]
        )
    )
    return sum(space.keep_cost for space in instance.spaces) + missed


def _restricted(solution: Solution, part: Part) -> Solution:
    """Return what a plan of the whole says of a part."""
    return Solution(
        {team: seats for team, seats in solution.place.items() if team in part.teams},
        {team: at for team, at in solution.load.items() if team in part.teams},
        tuple(space for space in solution.kept if space in part.spaces),
        0,
    )
