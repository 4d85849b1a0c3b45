"""Every way to date a few moves, against what the solver says."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from waves_strategies import instances

from solver.outcome import Status
from solver.params import Params
from solver.waves.check import check_solution, cost_of
from solver.waves.solution import Solution, Trip
from solver.waves.solve import solve_waves

if TYPE_CHECKING:
    from collections.abc import Iterator

    from solver.waves.instance import Instance, Move

ALONE = Params(seconds=20, workers=1, seed=1)


def trips_of(instance: Instance, move: Move) -> list[Trip]:
    names = [wave.id for wave in instance.waves]
    straight = [Trip(wave) for wave in names]
    by = [
        Trip(last, space, first)
        for space in move.swing
        for at, first in enumerate(names)
        for last in names[at + 1 :]
    ]
    return straight + by


def all_solutions(instance: Instance) -> Iterator[Solution]:
    choices = [trips_of(instance, move) for move in instance.moves]
    for chosen in product(*choices):
        trips = dict(zip((move.id for move in instance.moves), chosen, strict=True))
        solution = Solution(trips, cost_of(instance, Solution(trips, 0)))
        if not check_solution(instance, solution):
            yield solution


def second_moves(instance: Instance, solution: Solution) -> tuple[int, int]:
    gone = [(instance.move_of[name], trip.via) for name, trip in solution.trips.items() if trip.via]
    return sum(move.swing[via] for move, via in gone), sum(move.people for move, _ in gone)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(instances())
def test_no_waves_are_cheaper_and_second_moves_are_the_last_resort(instance: Instance) -> None:
    outcome, deadlock = solve_waves(instance, ALONE)
    sound = list(all_solutions(instance))
    straight = [one for one in sound if not any(trip.via for trip in one.trips.values())]
    if not sound:
        assert outcome.status is Status.INFEASIBLE
        assert outcome.best is None
        assert outcome.reasons
        return
    if straight:
        assert outcome.cost == min(one.cost for one in straight)
        assert outcome.status is Status.OPTIMAL
        assert deadlock is None
        return
    least = min(second_moves(instance, one) for one in sound)
    assert outcome.best is not None
    assert second_moves(instance, outcome.best) == least
    allowed = [
        one
        for one in sound
        if all(a <= b for a, b in zip(second_moves(instance, one), least, strict=True))
    ]
    assert outcome.cost == min(one.cost for one in allowed)
