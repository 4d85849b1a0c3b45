"""Of plans that are worth the same, the one nearest to the plan that was there before.

Many plans tie: teams of one size may change places, and any of the freed floors' teams may go to
any floor with room. Solved again around a lock, a plan would shuffle teams that the lock does not
touch; a second, small search puts back whoever can go back without costing more.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from solver.params import Params
from solver.reader import LARGEST
from solver.restack.check import check_solution, cost_of
from solver.run import solve_restack

if TYPE_CHECKING:
    from collections.abc import Callable

    from solver.restack.instance import Instance, Team
    from solver.restack.solution import Solution

SECONDS: Final = 3.0


def settled(
    instance: Instance,
    before: Solution,
    best: Solution,
    seed: int,
    should_stop: Callable[[], bool] | None = None,
) -> Solution:
    """Return a plan that costs no more than `best` and leaves more teams as `before` has them.

    Only teams that sit elsewhere in the two plans are decided anew. Staying weighs less than the
    smallest cost, so that no value is given away.

    Args:
        instance: whose plans they are.
        before: the plan that was there; it may break rules of the instance.
        best: the plan to settle.
        seed: of the search.
        should_stop: ends it with the best so far.
    """
    differ = differing(before, best)
    fixed = {
        team: next(iter(parts))
        for team, parts in best.place.items()
        if team not in differ and len(parts) == 1
    }
    weight = len(instance.teams) + 1
    if not differ or _largest(instance) * weight > LARGEST:
        return best
    near = replace(
        _weighed(instance, weight),
        fixed={**fixed, **instance.fixed},
        place_cost={
            team.id: _costs(instance, team, weight, before if team.id in differ else None)
            for team in instance.teams
        },
        place_cost_default=None,
    )
    params = Params(seconds=SECONDS, workers=1, seed=seed, gap=0.0)
    start = replace(best, cost=cost_of(near, best))
    found = solve_restack(near, params, should_stop=should_stop, start=start).best
    if found is None:
        return best
    own = replace(found, cost=cost_of(instance, found))
    worse = own.cost > best.cost or check_solution(instance, own)
    return best if worse or len(differing(before, own)) >= len(differ) else own


def differing(before: Solution, after: Solution) -> set[str]:
    """Return the teams that sit elsewhere in two plans."""
    return {team for team, parts in after.place.items() if parts != before.place.get(team)}


def _largest(instance: Instance) -> int:
    whole = sum(abs(space.keep_cost) for space in instance.spaces)
    whole += sum(abs(unit.bonus) for unit in instance.units)
    whole += sum(near.penalty for near in instance.near)
    default = instance.place_cost_default or 0
    return whole + sum(
        max([default, *instance.place_cost.get(team.id, {}).values()])
        + max(load.cost for load in team.loads)
        for team in instance.teams
    )


def _weighed(instance: Instance, weight: int) -> Instance:
    """Return the instance with every cost but those of places times a weight."""
    return replace(
        instance,
        spaces=tuple(replace(one, keep_cost=one.keep_cost * weight) for one in instance.spaces),
        units=tuple(replace(one, bonus=one.bonus * weight) for one in instance.units),
        teams=tuple(
            replace(team, loads=tuple(replace(one, cost=one.cost * weight) for one in team.loads))
            for team in instance.teams
        ),
        near=tuple(replace(pair, penalty=pair.penalty * weight) for pair in instance.near),
    )


def _costs(instance: Instance, team: Team, weight: int, before: Solution | None) -> dict[str, int]:
    """Return the team's costs times a weight, one more where it did not sit before."""
    home = None if before is None else before.place.get(team.id)
    costs = {}
    for space in instance.spaces:
        cost = instance.cost_of_place(team.id, space.id)
        if cost is not None:
            away = home is not None and space.id not in home
            costs[space.id] = cost * weight + away
    return costs
