"""Better waves from better orders of the spaces to be emptied."""

from __future__ import annotations

import random
from itertools import pairwise
from typing import TYPE_CHECKING

from ortools.sat.python import cp_model

from solver.waves.bounds import add_cuts
from solver.waves.check import check_solution, cost_of
from solver.waves.construct import Builder
from solver.waves.objective import freed_spaces
from solver.waves.solution import Solution

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from solver.waves.instance import Instance
    from solver.waves.solution import Trip
    from solver.waves.variables import Linear

WORK = 1_500_000
"""Moves looked at while orders are tried, very roughly a second's worth."""


def improve(
    instance: Instance,
    orders: Sequence[tuple[list[str], frozenset[int] | None]],
    seed: int,
    should_stop: Callable[[], bool],
) -> Solution | None:
    """Return the best waves found by trying orders, None if none was possible.

    Args:
        instance: what is given.
        orders: first orders, with the waves that may be used.
        seed: of the changes tried.
        should_stop: asked before each.
    """
    builder = Builder(instance)
    best: Solution | None = None
    chosen: tuple[list[str], frozenset[int] | None] = (orders[0][0], None)
    for order, allowed in orders:
        found = _solution(instance, builder.build(order, allowed))
        if found is not None and (best is None or found.cost < best.cost):
            best, chosen = found, (order, allowed)
    rng = random.Random(seed)
    order, allowed = chosen
    tries = min(2_000, WORK // max(1, len(instance.moves) * len(instance.waves)))
    for _ in range(tries if len(order) > 1 else 0):
        if should_stop():
            break
        other = list(order)
        other.insert(rng.randrange(len(order)), other.pop(rng.randrange(len(order))))
        found = _solution(instance, builder.build(other, allowed))
        if found is not None and (best is None or found.cost <= best.cost):
            best, order = found, other
    return None if best is None or check_solution(instance, best) else best


def _solution(instance: Instance, trips: dict[str, Trip] | None) -> Solution | None:
    if trips is None:
        return None
    return Solution(trips, cost_of(instance, Solution(trips, 0)))


def relaxed(
    instance: Instance, seconds: float, work: float, seed: int, percent: int = 100
) -> tuple[int | None, list[tuple[list[str], frozenset[int] | None]]]:
    """Return a bound on the cost, and orders that come near it.

    Freed spaces and waves only: see `bounds`.
    """
    model = cp_model.CpModel()
    bare = _Bare(model, instance)
    cost: Linear = sum(
        wave.cost * used for wave, used in zip(instance.waves, bare.used, strict=True)
    )
    steps: dict[str, list[cp_model.IntVar]] = {}
    leaving = {move.origin for move in instance.moves}
    for space in instance.spaces:
        if not space.value:
            continue
        if space.id not in leaving:
            cost -= max(space.value)
            continue
        empty = [model.new_bool_var(f"{space.id} {at}") for at in range(bare.count - 1)]
        for one, other in pairwise(empty):
            model.add_implication(one, other)
        steps[space.id] = empty
        cost -= space.value[-1] + sum(
            (space.value[at] - space.value[at + 1]) * empty[at] for at in range(bare.count - 1)
        )
    add_cuts(bare, steps, percent)
    model.minimize(cost)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = seed
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.max_deterministic_time = work
    status = solver.solve(model)
    plain = _by_weight(instance)
    if status not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        return None, [(plain + _kept_origins(instance), None)]
    bound = _rounded_up(solver.best_objective_bound)
    when = {space: sum(not solver.value(step) for step in row) for space, row in steps.items()}
    order = sorted(plain, key=lambda space: (when[space], plain.index(space)))
    used = frozenset(at for at, one in enumerate(bare.used) if solver.value(one))
    keep = _kept_origins(instance)
    return bound, [
        (first[: len(first) * share // 10] + keep + first[len(first) * share // 10 :], allowed)
        for first, allowed in ((order, None), (order, used), (plain, None))
        for share in (10, 9, 7, 0)
    ]


class _Bare:
    """Waves without moves: as much of `Variables` as the cuts ask for."""

    def __init__(self, model: cp_model.CpModel, instance: Instance) -> None:
        self.model = model
        self.instance = instance
        self.count = len(instance.waves)
        self.used = [model.new_bool_var(wave.id) for wave in instance.waves]
        everybody = sum(move.people for move in instance.moves)
        limits = [
            0 if wave.closed else everybody if wave.people_at_most is None else wave.people_at_most
            for wave in instance.waves
        ]
        model.add(sum(n * used for n, used in zip(limits, self.used, strict=True)) >= everybody)
        if instance.moves:
            model.add_bool_or(self.used)


def _rounded_up(bound: float) -> int:
    """Return the whole number that no cost is below, safe from the engine's own rounding."""
    return round(bound) if abs(bound - round(bound)) < 1e-3 else int(bound // 1 + 1)  # noqa: PLR2004  as good as whole


def _kept_origins(instance: Instance) -> list[str]:
    """Return the spaces that some leave and that are kept all the same."""
    left = dict.fromkeys(move.origin for move in instance.moves)
    early = {space.id for space in freed_spaces(instance)}
    return [space for space in left if space is not None and space not in early]


def _by_weight(instance: Instance) -> list[str]:
    """Return the freed spaces by what waiting costs for each person who leaves them."""
    people: dict[str, int] = {}
    for move in instance.moves:
        if move.origin is not None:
            people[move.origin] = people.get(move.origin, 0) + move.people
    spaces = freed_spaces(instance)
    return [
        space.id
        for space in sorted(
            spaces,
            key=lambda space: (
                -((space.value or (0,))[0] - (space.value or (0,))[-1]) / max(1, people[space.id])
            ),
        )
    ]
