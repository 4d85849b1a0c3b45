"""Better waves by solving a part anew while the rest stands: some waves, or some spaces."""

from __future__ import annotations

import random
import time
from typing import TYPE_CHECKING

from ortools.sat.python import cp_model

from solver.waves.check import cost_of
from solver.waves.objective import cost_of as cost_in
from solver.waves.objective import freed_spaces
from solver.waves.rules import rules_of
from solver.waves.solution import Solution, Trip
from solver.waves.variables import Variables

if TYPE_CHECKING:
    from collections.abc import Callable

    from solver.params import Params
    from solver.waves.instance import Instance

AROUND = 110
"""Moves that are freed at a time; a part of this size is solved in about a second."""

WORK = 0.5
"""Deterministic time for one part."""


def improve_parts(
    instance: Instance,
    best: Solution,
    params: Params,
    budget: tuple[float, float],
    should_stop: Callable[[], bool],
) -> Solution:
    """Return waves at least as good, within some seconds and some work.

    Args:
        instance: what is given.
        best: sound waves in which everybody goes straight.
        params: workers and seed.
        budget: seconds, and deterministic time that binds with one worker.
        should_stop: asked before each part.
    """
    seconds, work = budget
    end = time.monotonic() + seconds
    choose = _Parts(instance, params.seed)
    while not should_stop() and time.monotonic() < end and (params.workers > 1 or work > 0):
        moves = choose.next(best)
        better, spent = _solve(instance, best, moves, params, end - time.monotonic())
        work -= max(spent, WORK / 10)
        if better.cost <= best.cost:
            best = better
    return best


class _Parts:
    """Sets of moves to date anew: windows of waves, and now and then some freed spaces."""

    def __init__(self, instance: Instance, seed: int) -> None:
        self._instance = instance
        self._rng = random.Random(seed)
        self._place = {wave.id: at for at, wave in enumerate(instance.waves)}
        self._spaces = [space.id for space in freed_spaces(instance)]
        self._start = 0
        self._turn = 0

    def next(self, best: Solution) -> frozenset[str]:
        """Return the next set."""
        when = {move: self._place[trip.wave] for move, trip in best.trips.items()}
        self._turn += 1
        if self._turn % 4 == 0 and self._spaces:
            return self._some_spaces(when)
        used = sorted(set(when.values()))
        window: set[str] = set()
        self._start %= len(used)
        for wave in used[self._start :]:
            window |= {move for move, at in when.items() if at == wave}
            if len(window) >= AROUND:
                break
        self._start += self._rng.randint(2, 4)
        return frozenset(window)

    def _some_spaces(self, when: dict[str, int]) -> frozenset[str]:
        """Return all moves out of some freed spaces, and those of the waves they wait for."""
        chosen: set[str] = set()
        for space in self._rng.sample(self._spaces, len(self._spaces)):
            leavers = [move.id for move in self._instance.moves if move.origin == space]
            last = max(when[move] for move in leavers)
            chosen.update(leavers)
            chosen |= {move for move, at in when.items() if at in {last, last - 1}}
            if len(chosen) >= AROUND:
                break
        return frozenset(chosen)


def _solve(
    instance: Instance, best: Solution, moves: frozenset[str], params: Params, seconds: float
) -> tuple[Solution, float]:
    place = {wave.id: at for at, wave in enumerate(instance.waves)}
    when = {move: place[trip.wave] for move, trip in best.trips.items()}
    moves |= {one for names in instance.together if moves & set(names) for one in names}
    model = cp_model.CpModel()
    fixed = {move: at for move, at in when.items() if move not in moves}
    v = Variables(model, instance, frozenset(), fixed)
    for _, add in rules_of(instance):
        add(v)
    cost = cost_in(v, cuts=False)
    model.add(cost <= best.cost)
    model.minimize(cost)
    for move in moves:
        for at, step in enumerate(v.coming[move]):
            model.add_hint(step, at >= when[move])
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = params.workers
    solver.parameters.random_seed = params.seed
    solver.parameters.max_time_in_seconds = max(0.1, min(seconds, 4.0))
    solver.parameters.max_deterministic_time = WORK
    status = solver.solve(model)
    spent = float(solver.response_proto.deterministic_time)
    if status not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        return best, spent
    trips = {
        move.id: Trip(instance.waves[sum(not solver.value(step) for step in v.coming[move.id])].id)
        for move in instance.moves
    }
    return Solution(trips, cost_of(instance, Solution(trips, 0))), spent
