"""First plans where seats are tight: swaps, the exact model, and every component in its turn."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from solver import run
from solver.bench.synthetic import Recipe, generate
from solver.errors import InvalidModel
from solver.outcome import Status
from solver.params import Params
from solver.restack import first
from solver.restack.construct import by_insertion, by_pouring
from solver.restack.exact import Result
from solver.restack.instance import Instance, Load, Space, Team
from solver.restack.problem import compile_instance
from solver.shortage import shortage_of

if TYPE_CHECKING:
    from collections.abc import Sequence

NOTHING = Result(None, None, None, infeasible=False, work=1.0, cut_short=False)


def cut_up(name: str, spaces: int, seats: int, free: int, seed: int, each: int = 3) -> list[Team]:
    """Return teams that fill the spaces but for `free` seats in each."""
    rng = random.Random(seed)
    sizes: list[int] = []
    for _ in range(spaces):
        cuts = [0, *sorted(rng.sample(range(1, seats - free), each - 1)), seats - free]
        sizes += [after - before for before, after in pairwise(cuts)]
    rng.shuffle(sizes)
    return [Team(f"{name}{n}", (Load((size,)),)) for n, size in enumerate(sizes)]


def building(name: str, spaces: int, seats: int) -> list[Space]:
    return [Space(f"{name}{n}", seats, name, n, 10) for n in range(spaces)]


def estate(*parts: tuple[Sequence[Space], Sequence[Team]]) -> Instance:
    """Return an instance whose parts have nothing to do with each other."""
    return Instance(
        tuple(space for spaces, _ in parts for space in spaces),
        tuple(team for _, teams in parts for team in teams),
        place_cost={
            team.id: {space.id: 0 for space in spaces} for spaces, teams in parts for team in teams
        },
    )


def tight(seed: int, name: str = "s") -> Instance:
    return estate((building(name, 8, 100), cut_up(f"{name}t", 8, 100, 1, seed)))


@pytest.mark.parametrize("workers", [1, 2])
def test_swaps_find_a_plan_where_the_exact_model_finds_none(
    workers: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    instance = tight(1)
    problem = compile_instance(instance)
    assert by_insertion(problem) is None
    assert by_pouring(problem) is None
    monkeypatch.setattr(first, "solve_exactly", lambda *_, **__: NOTHING)
    monkeypatch.setattr("solver.restack.tasks.solve_exactly", lambda *_, **__: NOTHING)
    outcome = run.solve_restack(instance, Params(seconds=30, workers=workers))
    assert outcome.best is not None
    assert outcome.status is Status.OPTIMAL  # all eight are needed


def test_a_component_that_is_hard_to_seat_keeps_no_other_one_waiting(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[tuple[int, float]] = []

    def never(problem: Any, limits: Any, **_: object) -> Result:
        asked.append((problem.n_spaces, limits.work))
        return NOTHING

    monkeypatch.setattr(first, "solve_exactly", never)
    monkeypatch.setattr(first.First, "_swap", lambda *_: 0.0)
    instance = estate(
        (building("s", 8, 100), cut_up("st", 8, 100, 1, 1)),
        (building("z", 5, 100), cut_up("zt", 5, 100, 1, 1)),
    )
    params = Params(seconds=60, workers=1, deterministic=40.0)
    outcome = run.solve_restack(instance, params)
    assert {spaces for spaces, _ in asked[:2]} == {5, 8}
    assert asked[0][1] < 1
    assert asked[-1][1] > asked[0][1]
    assert outcome.bound is not None


def test_bins_that_must_be_filled_to_the_last_seat_are_filled() -> None:
    instance = estate((building("s", 8, 1000), cut_up("t", 8, 1000, 0, 3)))
    outcome = run.solve_restack(instance, Params(seconds=60))
    assert outcome.status is Status.OPTIMAL
    assert outcome.cost == 80


@pytest.mark.parametrize("workers", [1, 2])
def test_a_strand_that_proves_that_there_is_no_plan_ends_the_run(
    workers: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "FIRST_SHARE", 0.0)
    # Of nineteen seats needed, two spaces of ten seat 4 + 4 and 4 + 4, and nobody beside them.
    crowd = [Team(f"t{n}", (Load((size,)),)) for n, size in enumerate((4, 4, 4, 4, 3))]
    roomy = (building("z", 2, 10), [Team("u", (Load((3,)),))])
    instance = estate((building("s", 2, 10), crowd), roomy)
    assert shortage_of(compile_instance(instance)) is None
    outcome = run.solve_restack(instance, Params(seconds=60, workers=workers))
    assert outcome.status is Status.INFEASIBLE
    assert outcome.best is None
    assert outcome.bound is None
    assert {rule.rule for rule in outcome.reasons} >= {"seats"}


def test_while_no_plan_is_found_the_limit_still_rises(monkeypatch: pytest.MonkeyPatch) -> None:
    useless = replace(NOTHING, work=0.0)
    monkeypatch.setattr(first.First, "_take", lambda *_: None)
    monkeypatch.setattr("solver.restack.tasks.solve_exactly", lambda *_, **__: useless)
    instance = tight(1)
    costs = {team.id: {f"s{n}": n + 1 for n in range(8)} for team in instance.teams}
    dear = replace(instance, place_cost=costs)
    heard: list[int | None] = []
    outcome = run.solve_restack(
        dear,
        Params(seconds=60, workers=1, deterministic=1.0),
        on_progress=lambda progress: heard.append(progress.bound),
    )
    assert outcome.bound is not None
    assert heard[0] is not None
    assert outcome.bound > heard[0]


def test_a_component_with_a_plan_is_not_denied_one(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = replace(NOTHING, infeasible=True)
    monkeypatch.setattr("solver.restack.tasks.solve_exactly", lambda *_, **__: wrong)
    with pytest.raises(InvalidModel, match="one is known"):
        run.solve_restack(generate(Recipe(3, 9, 1)), Params(seconds=20, workers=1))
