"""Every limit of the waves: one that just fits, one that just fails and is named."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from waves_strategies import instances

from solver.outcome import Status
from solver.params import Params
from solver.waves.check import check_solution, cost_of
from solver.waves.instance import Before, Instance, Move, Space, Wave
from solver.waves.solution import Solution, Trip
from solver.waves.solve import solve_waves

ALONE = Params(seconds=10, workers=1, seed=1)
SPACES = (
    Space("a", 10, "x", value=(30, 20, 10)),
    Space("b", 10, "x", stay=(2,)),
    Space("c", 10, "y"),
)
WAVES = tuple(Wave(f"w{at}", 7 * at, 7 * at + 2, 1) for at in range(3))
PAIR = (Move("m", "a", "b", 5, (4,)), Move("n", "a", "c", 6, (5,)))
PLAIN = Instance(WAVES, SPACES, PAIR)


def waves_of(instance: Instance) -> dict[str, str]:
    outcome, _ = solve_waves(instance, ALONE)
    assert outcome.best is not None, outcome.reasons
    return {name: trip.wave for name, trip in outcome.best.trips.items()}


def refusal_of(instance: Instance) -> list[str]:
    outcome, _ = solve_waves(instance, ALONE)
    assert outcome.status is Status.INFEASIBLE
    return [reason.rule for reason in outcome.reasons]


def at_most(**limits: int | bool) -> tuple[Wave, ...]:
    return tuple(replace(wave, **limits) for wave in WAVES)


def test_everybody_goes_in_the_first_wave_where_nothing_is_in_the_way() -> None:
    outcome, deadlock = solve_waves(PLAIN, ALONE)
    assert outcome.status is Status.OPTIMAL
    assert outcome.cost == 1 - 30
    assert outcome.bound == outcome.cost
    assert deadlock is None


def test_people_in_a_wave() -> None:
    assert set(waves_of(replace(PLAIN, waves=at_most(people_at_most=11))).values()) == {"w0"}
    assert len(set(waves_of(replace(PLAIN, waves=at_most(people_at_most=10))).values())) == 2
    outcome, _ = solve_waves(replace(PLAIN, waves=at_most(people_at_most=5)), ALONE)
    assert [(reason.rule, reason.teams) for reason in outcome.reasons] == [("people", ("n",))]


def test_too_few_waves_for_all_people_names_the_people() -> None:
    tight = replace(PLAIN, waves=(replace(WAVES[0], people_at_most=6),), spaces=SPACES[1:])
    tight = replace(tight, spaces=(Space("a", 10, "x", value=(3,)), *SPACES[1:]))
    assert refusal_of(tight) == ["people"]


def test_moves_in_a_wave() -> None:
    assert set(waves_of(replace(PLAIN, waves=at_most(moves_at_most=2))).values()) == {"w0"}
    assert len(set(waves_of(replace(PLAIN, waves=at_most(moves_at_most=1))).values())) == 2
    assert refusal_of(replace(PLAIN, waves=at_most(moves_at_most=0))) == ["moves"]


def test_moves_that_touch_a_building() -> None:
    assert set(waves_of(replace(PLAIN, building_moves_at_most={"x": 2})).values()) == {"w0"}
    assert len(set(waves_of(replace(PLAIN, building_moves_at_most={"x": 1})).values())) == 2
    outcome, _ = solve_waves(replace(PLAIN, building_moves_at_most={"y": 0}), ALONE)
    assert [(reason.rule, reason.spaces) for reason in outcome.reasons] == [("building", ("y",))]


def test_closed_waves() -> None:
    first_closed = (replace(WAVES[0], closed=True), *WAVES[1:])
    assert set(waves_of(replace(PLAIN, waves=first_closed)).values()) == {"w1"}
    assert refusal_of(replace(PLAIN, waves=at_most(closed=True))) == ["closed"]


def test_windows_and_floors_that_are_not_ready() -> None:
    late = replace(PLAIN, moves=(replace(PAIR[0], first_day=7), PAIR[1]))
    assert waves_of(late)["m"] == "w1"
    assert waves_of(replace(PLAIN, moves=(replace(PAIR[0], first_day=0), PAIR[1])))["m"] == "w0"
    ready = (*SPACES[:2], replace(SPACES[2], ready_day=8))
    assert waves_of(replace(PLAIN, spaces=ready))["n"] == "w2"
    both = replace(PLAIN, spaces=ready, moves=(PAIR[0], replace(PAIR[1], last_day=9)))
    assert sorted(refusal_of(both)) == ["ready", "window"]


def test_together_and_before() -> None:
    small = replace(PLAIN, waves=at_most(people_at_most=10))
    assert sorted(refusal_of(replace(small, together=(("m", "n"),)))) == ["people", "together"]
    assert len(set(waves_of(replace(PLAIN, together=(("m", "n"),))).values())) == 1
    apart = replace(PLAIN, before=(Before("n", "m", 4),))
    assert waves_of(apart) == {"n": "w0", "m": "w1"}
    assert waves_of(replace(PLAIN, before=(Before("n", "m", 5),))) == {"n": "w0", "m": "w2"}
    circle = replace(PLAIN, before=(Before("n", "m"), Before("m", "n")))
    assert refusal_of(circle) == ["before", "before"]


def test_seats_that_were_left_are_fitted_out_first() -> None:
    moves = (Move("out", "b", "c", 1, (8,)), Move("in", "a", "b", 1, (8,)))
    base = Instance(WAVES, SPACES, moves)
    for days, wave in ((0, "w1"), (4, "w1"), (5, "w2")):
        spaces = (SPACES[0], replace(SPACES[1], fit_out_days=days), SPACES[2])
        assert waves_of(replace(base, spaces=spaces)) == {"out": "w0", "in": wave}, days


def swap(seats: int, swing: dict[str, int] | None = None) -> Instance:
    """Two full floors that change places, and a third with some seats."""
    spaces = (Space("a", 10, "x"), Space("b", 10, "x"), Space("c", seats, "y"))
    ways = swing or {}
    moves = (
        Move("m", "a", "b", 10, (10,), swing=ways),
        Move("n", "b", "a", 8, (8,), swing=ways),
    )
    return Instance(WAVES, spaces, moves)


def test_a_cycle_without_swing_space_is_explained_with_the_smallest_that_resolves_it() -> None:
    outcome, deadlock = solve_waves(swap(8), ALONE)
    assert outcome.status is Status.INFEASIBLE
    assert {reason.rule for reason in outcome.reasons} == {"seats"}
    assert deadlock is not None
    assert set(deadlock.moves) == {"m", "n"}
    assert set(deadlock.spaces) == {"a", "b"}
    assert (deadlock.seats, deadlock.at_least, deadlock.through) == (8, 8, ("n",))


def test_one_seat_decides_whether_swing_space_resolves_the_cycle() -> None:
    outcome, deadlock = solve_waves(swap(8, {"c": 5}), ALONE)
    assert outcome.best is not None
    assert outcome.best.trips["n"].via == "c"
    assert outcome.best.trips["m"].via is None
    assert deadlock == outcome.best.deadlock
    assert deadlock is not None
    outcome, deadlock = solve_waves(swap(7, {"c": 5}), ALONE)
    assert outcome.status is Status.INFEASIBLE
    assert deadlock is not None
    assert deadlock.seats == 8


def test_nobody_moves_twice_where_going_straight_is_possible() -> None:
    free = swap(20, {"c": 0})
    roomy = replace(free, spaces=(Space("a", 18, "x"), *free.spaces[1:]))
    outcome, deadlock = solve_waves(roomy, ALONE)
    assert outcome.best is not None
    assert all(trip.via is None for trip in outcome.best.trips.values())
    assert deadlock is None


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(instances(most_moves=6))
def test_no_space_holds_more_than_its_seats_on_any_day(instance: Instance) -> None:
    outcome, _ = solve_waves(instance, Params(seconds=5, workers=1))
    if outcome.best is None or not instance.moves:
        return
    trips, wave_of = outcome.best.trips, instance.wave_of
    end = instance.waves[-1].last_day + 1
    for space in instance.spaces:
        for weekday in range(instance.weekdays):
            loads = []
            for day in range(-1, end + 1):
                load = space.stay[weekday] if space.stay else 0
                for move in instance.moves:
                    trip = trips[move.id]
                    left, came = wave_of[trip.leaves], wave_of[trip.wave]
                    there = (move.origin == space.id and day <= left.last_day) or (
                        move.target == space.id and day >= came.first_day
                    )
                    passing = trip.via == space.id and left.first_day <= day <= came.last_day
                    load += move.seats[weekday] if there or passing else 0
                loads.append(load)
            assert max(loads) <= max(space.seats, loads[0])


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"m": Trip("w9")}, "waves"),
        ({"m": Trip("w1", "c", None)}, "swing"),
        ({"m": Trip("w1", "c", "w0")}, "swing"),
        ({"m": Trip("w2")}, "cost"),
    ],
)
def test_the_checker_sees_what_is_wrong(change: dict[str, Trip], rule: str) -> None:
    trips = {"m": Trip("w0"), "n": Trip("w0")}
    sound = Solution(trips, cost_of(PLAIN, Solution(trips, 0)))
    assert check_solution(PLAIN, sound) == []
    broken = check_solution(PLAIN, Solution({**trips, **change}, sound.cost))
    assert rule in {one.rule for one in broken}


def test_the_checker_sees_one_seat_too_many_on_one_day() -> None:
    tight = replace(PLAIN, spaces=(SPACES[0], Space("b", 6, "x", (2,)), SPACES[2]))
    trips = {"m": Trip("w0"), "n": Trip("w0")}
    sound = Solution(trips, cost_of(tight, Solution(trips, 0)))
    assert check_solution(tight, sound) == []
    short = replace(tight, spaces=(SPACES[0], Space("b", 5, "x", (2,)), SPACES[2]))
    assert [one.rule for one in check_solution(short, sound)] == ["seats"]
