"""Amounts beyond what the engines add exactly: searched in larger units, told in the smallest.

The engines bound costs in floats, which hold whole numbers to 2^53. An estate worth more in
the smallest units of its currency is searched in tens, hundreds or thousands of them; what is
told of a plan is worked out anew from its parts, and the limit stays below what is true.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from planner.errors import InvalidInput, sentence
from solver.outcome import Outcome, Status
from solver.restack.check import cost_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from solver.progress import Progress
    from solver.restack.instance import Instance
    from solver.restack.solution import Solution

LARGEST: Final = 2**52
"""Half of what a float holds exactly: sums of all costs stay below it."""


MOST: Final = 2**62
"""In smallest units; a database keeps amounts below 2^63."""


def unit_of(instance: Instance) -> int:
    """Return in how many smallest units to search: 1 unless costs add up to too much.

    Raises:
        InvalidInput: they add up to more than can be kept.
    """
    whole = sum(abs(space.keep_cost) for space in instance.spaces)
    whole += sum(abs(unit.bonus) for unit in instance.units)
    whole += sum(near.penalty for near in instance.near)
    whole += sum(load.cost for team in instance.teams for load in team.loads)
    dear = instance.place_cost_default or 0
    for team in instance.teams:
        whole += max([dear, *instance.place_cost.get(team.id, {}).values()])
    if whole > MOST:
        raise InvalidInput(
            sentence(
                "all values and costs of this estate add up to {whole} of the currency's "
                "smallest unit, more than the {most} that can be kept; look for a rent, "
                "an area or a cost that is too large",
                whole=whole,
                most=MOST,
            )
        )
    unit = 1
    while whole // unit > LARGEST:
        unit *= 10
    return unit


def in_units(instance: Instance, unit: int) -> Instance:
    """Return the instance with every cost rounded down to a unit, so that no plan costs more."""
    default = instance.place_cost_default
    return replace(
        instance,
        spaces=tuple(
            replace(space, keep_cost=space.keep_cost // unit) for space in instance.spaces
        ),
        units=tuple(replace(one, bonus=-(-one.bonus // unit)) for one in instance.units),
        teams=tuple(
            replace(team, loads=tuple(replace(load, cost=load.cost // unit) for load in team.loads))
            for team in instance.teams
        ),
        place_cost={
            team: {space: cost // unit for space, cost in costs.items()}
            for team, costs in instance.place_cost.items()
        },
        place_cost_default=None if default is None else default // unit,
        near=tuple(replace(near, penalty=near.penalty // unit) for near in instance.near),
    )


def exact(outcome: Outcome[Solution], instance: Instance, unit: int) -> Outcome[Solution]:
    """Return what a search in units found in the smallest: exact costs, a limit that holds."""
    best = outcome.best
    if best is not None:
        best = replace(best, cost=cost_of(instance, best))
    bound = _limit(outcome.bound, instance, unit)
    optimal = outcome.status is Status.OPTIMAL
    same = best is not None and bound == best.cost
    return replace(
        outcome,
        status=Status.FEASIBLE if optimal and not same else outcome.status,
        best=best,
        cost=None if best is None else best.cost,
        bound=bound,
        log=tuple(
            (at, None if cost is None else cost * unit, _limit(low, instance, unit))
            for at, cost, low in outcome.log
        ),
    )


def told(
    listen: Callable[[Progress], None] | None, instance: Instance, unit: int
) -> Callable[[Progress], None] | None:
    """Return a listener to a search in units that passes on amounts in the smallest."""
    if listen is None:
        return None

    def pass_on(progress: Progress) -> None:
        listen(
            replace(
                progress,
                cost=None if progress.cost is None else progress.cost * unit,
                bound=_limit(progress.bound, instance, unit),
            )
        )

    return pass_on


def _limit(bound: int | None, instance: Instance, unit: int) -> int | None:
    """Return a bound in the smallest units; parts of a divided team were rounded up to a unit."""
    if bound is None:
        return None
    parts = sum(team.people for team in instance.teams if team.split is not None)
    return (bound - parts) * unit
