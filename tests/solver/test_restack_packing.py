"""Packing whole teams at prices: in what unit, and only where tables stay small."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from solver import run
from solver.bench.facility import FacilityRecipe, generate_facility
from solver.bench.synthetic import Recipe, generate
from solver.decompose import components_of
from solver.outcome import Status
from solver.params import Params
from solver.restack.instance import Instance, Load, Space, Team
from solver.restack.packing import MOST_NUMBERS, Measure, Packer, can_pack
from solver.restack.problem import compile_instance
from solver.restack.relax import Relaxation
from solver.restack.state import State

PACKING = {"Price", "ByPackings"}


def larger(instance: Instance, times: int, more: int = 0) -> Instance:
    """Return the instance with seats and loads multiplied, and `more` seats in each space."""
    return replace(
        instance,
        spaces=tuple(replace(s, seats=s.seats * times + more) for s in instance.spaces),
        teams=tuple(
            replace(
                t, now={}, loads=tuple(Load(tuple(n * times for n in o.by_day)) for o in t.loads)
            )
            for t in instance.teams
        ),
    )


def strands(instance: Instance, workers: int = 2) -> set[str]:
    params = Params(seconds=60, workers=workers)
    state = State(instance, params, None, None)
    problem = compile_instance(instance)
    components, between = components_of(problem)
    state.begin([one.problem for one in components], between, lambda plans: plans[0])
    return {type(task).__name__ for task in run._tasks(state, params)}


def single_source(facilities: int, customers: int, capacity: int, demand: int) -> Instance:
    """Return an instance whose numbers are as large as those of the OR-Library's."""
    spaces = tuple(Space(f"f{n}", capacity, f"f{n}", 0, 7_500) for n in range(facilities))
    teams = tuple(Team(f"c{n}", (Load((demand + n % 7,)),)) for n in range(customers))
    costs = {t.id: {s.id: (i * j) % 97 for j, s in enumerate(spaces)} for i, t in enumerate(teams)}
    return Instance(spaces, teams, place_cost=costs)


@pytest.mark.parametrize("times", [7, 12_000_000])
def test_packings_in_a_larger_unit_are_the_same_packings(times: int) -> None:
    small = generate(Recipe(3, 12, 1))
    one, other = (
        Packer(Relaxation(compile_instance(instance)))
        for instance in (larger(small, 1), larger(small, times, more=times - 1))
    )
    assert other.seats.tolist() == one.seats.tolist()
    assert other.need == one.need
    gain = np.random.default_rng(1).normal(size=12 * 3)
    assert (one.table(gain).value == other.table(gain).value).all()


def test_of_many_seats_no_table_is_made_and_the_run_ends_with_a_plan_and_a_bound() -> None:
    small = generate(Recipe(4, 10, 3))
    huge = replace(
        larger(small, 12_000_000),
        teams=tuple(
            replace(team, loads=(Load((team.loads[0].by_day[0] * 12_000_000 - at,)),))
            for at, team in enumerate(small.teams)
        ),
    )
    assert not can_pack(compile_instance(huge))
    outcome = run.solve_restack(huge, Params(seconds=3, workers=2))
    assert outcome.status in {Status.OPTIMAL, Status.FEASIBLE}
    assert outcome.bound is not None


@pytest.mark.parametrize(
    ("sizes", "wanted"),
    [
        ((100, 1_000, 8_000, 58), set()),  # capa: 130 teams fill a space
        ((16, 50, 5_000, 1_165), {"ByPackings"}),  # cap41
        ((20, 50, 600_000_001, 99_999_999), set()),
        ((20, 50, 600_000_000, 99_999_999), set()),
    ],
)
def test_only_where_tables_are_small_are_packings_priced(
    sizes: tuple[int, int, int, int], wanted: set[str]
) -> None:
    assert strands(single_source(*sizes)) & PACKING == wanted


def test_every_size_of_the_benchmarks_is_small_enough() -> None:
    numbers = [
        Measure(component.problem).numbers
        for instance in (
            generate_facility(FacilityRecipe(500, 500, 1)),
            generate(Recipe(150, 1_200, 1)),
        )
        for component in components_of(compile_instance(instance))[0]
    ]
    assert max(numbers) < MOST_NUMBERS / 2
