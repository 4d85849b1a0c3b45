"""Branch and price, its packings and its sparse rows, against trying everything."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from restack_brute import best_by_force
from restack_runs import begun, thorough
from restack_strategies import instances

from solver.bench.synthetic import Recipe, generate
from solver.params import Params
from solver.restack.choose import Run
from solver.restack.columns import Master
from solver.restack.compose import compose
from solver.restack.construct import do_nothing
from solver.restack.entries import Entries
from solver.restack.highs import Engines
from solver.restack.instance import Instance, Load, Space, Team
from solver.restack.nodes import Node, Nodes
from solver.restack.packing import Packer
from solver.restack.problem import Plan, compile_instance
from solver.restack.proof import ByPackings, BySeats, aim_of
from solver.restack.relax import Relaxation
from solver.restack.state import State
from solver.restack.whole import Answer, Ask
from solver.run import solve_restack

if TYPE_CHECKING:
    from collections.abc import Iterator

    from solver.restack.branch import Branch

PIECES = 400


@pytest.fixture(scope="module")
def engines() -> Iterator[Engines]:
    shared = Engines()
    yield shared
    shared.close()


@pytest.mark.parametrize("kind", [ByPackings, BySeats])
@pytest.mark.parametrize("workers", [1, 2])
@thorough
@given(instance=instances())
def test_node_by_node_the_least_cost_is_proved(
    engines: Engines, workers: int, kind: type[Branch], instance: Instance
) -> None:
    state = begun(instance, engines, workers)
    assume(not any(best.problem.smallest.any() for best in state.parts))
    for number in range(len(state.parts)):
        task = kind(number, state, 1.0)
        for _ in range(PIECES):
            if not task.ready():
                break
            task.piece(1.0)
    least = best_by_force(instance)
    if least is None:
        assert state.cost is None
        return
    assert state.bound is None or state.bound <= least
    if all(len(team.loads) == 1 for team in instance.teams):
        assert state.cost == least
        assert state.bound == least


@given(cost=st.integers(-(10**12), 10**12))
@example(cost=-2)
@example(cost=-(10**11))
def test_what_a_node_says_of_costs_is_what_was_proved_and_no_more(cost: int) -> None:
    instance = generate(Recipe(2, 4, 1))
    state = State(instance, Params(seconds=1), None, None)
    problem = compile_instance(instance)
    state.begin([problem], 0, lambda plans: plans[0])
    task = BySeats(0, state, 1.0, relaxation=Relaxation(problem))
    assert task._units(task._as_bound(cost)) == cost


@given(cost=st.integers(-(10**9), 10**9), gap=st.integers(1, 10**9))
def test_an_aim_lies_above_the_bound_and_not_above_the_plan(cost: int, gap: int) -> None:
    aim = aim_of(cost, cost - gap)
    assert aim is not None
    assert cost - gap < aim <= cost


def test_what_is_said_below_an_aim_is_no_bound_on_plans_above_it(monkeypatch) -> None:
    state = State(generate(Recipe(4, 20, 1)), Params(seconds=60, workers=2), None, None)
    problem = compile_instance(generate(Recipe(4, 20, 1)))
    state.begin([problem], 0, lambda plans: plans[0])
    today = do_nothing(problem)
    assert today is not None
    state.offer(0, today)
    task = BySeats(0, state, 1.0)
    far = Answer(None, 1e9, infeasible=False, proved=False, iterations=0, cut_short=True)
    asked: list[int] = []

    def answer(run: Run, relaxation: Relaxation, ask: Ask) -> Answer:
        asked.append(ask.below or 0)
        return far

    monkeypatch.setattr(Run, "whole", answer)
    for _ in range(200):
        if not asked and task.ready():
            task.piece(1.0)
    assert state.bound is not None
    assert state.cost is not None
    assert state.bound <= asked[0] < state.cost


def test_a_node_that_was_taken_and_not_looked_at_still_counts(monkeypatch) -> None:
    spaces = (Space("a", 10, "x", 0, 100), Space("c", 10, "x", 1, 10))
    instance = Instance(spaces, (Team("t", (Load((5,)),)),), place_cost_default=0)
    problem = compile_instance(instance)
    state = State(instance, Params(seconds=60, workers=2), None, None)
    state.begin([problem], 0, lambda plans: plans[0])
    state.offer(0, Plan((((0, 5),),), (0,), frozenset({0})))
    task = BySeats(0, state, 1.0)
    monkeypatch.setattr(BySeats, "_program", lambda *_: None)
    for _ in range(20):
        if task.ready():
            task.piece(1.0)
    assert state.cost == 100
    assert state.bound is not None
    assert state.bound <= 10


def test_without_a_plan_any_is_searched_and_without_a_bound_a_better_one() -> None:
    assert aim_of(None, 3) is None
    assert aim_of(10, None) == 10


def test_packings_say_more_than_rows_of_seats_and_no_more_than_is_so() -> None:
    problem = compile_instance(generate(Recipe(6, 14, 1)))
    relaxation = Relaxation(problem)
    while (relaxed := relaxation.solve(60.0)) is not None and relaxation.tighten(relaxed):
        pass
    assert relaxed is not None
    master = Master(relaxation)
    found = master.solve(root(relaxation), np.inf, 60.0, lambda: False)
    assert found is not None
    outcome = solve_restack(generate(Recipe(6, 14, 1)), Params(seconds=60, workers=1))
    assert outcome.cost is not None
    assert relaxed.value < found.bound * relaxation.scale <= outcome.cost + 1e-3
    assert np.bincount(relaxation.team_of, found.shares) == pytest.approx(1.0)


def test_rows_and_packings_that_were_dropped_come_back_where_they_matter() -> None:
    relaxation = Relaxation(compile_instance(generate(Recipe(6, 14, 2))))
    master = Master(relaxation)
    bounds = []
    for _ in range(2):
        while True:
            found = master.solve(root(relaxation), np.inf, 60.0, lambda: False)
            assert found is not None
            if not master.tighten(found):
                break
        bounds.append(found.bound)
        master.forget(found, found.bound)
    assert bounds[0] == pytest.approx(bounds[1])


@pytest.mark.parametrize("nodes", [None, 50])
def test_a_plan_is_composed_of_packings_only_below_the_cutoff(
    engines: Engines, nodes: int | None
) -> None:
    instance = generate(Recipe(6, 14, 1))
    problem, run = compile_instance(instance), Run(begun(instance, engines), 1)
    relaxation = Relaxation(problem)
    master = Master(relaxation)
    while (found := master.solve(root(relaxation), np.inf, 60.0, lambda: False)) is not None:
        if not master.tighten(found):
            break
    assert found is not None
    values = compose(master, np.inf, run, 20.0, nodes).values
    assert values is not None
    mixture = master.mixture(values, 0.0)
    whole = mixture.shares.round()
    assert np.abs(mixture.shares - whole).max() < 1e-6
    assert np.bincount(relaxation.team_of, weights=whole).tolist() == [1.0] * problem.n_teams
    assert compose(master, found.bound - 1.0, run, 20.0, nodes).values is None


def test_a_node_that_nobody_can_seat_is_closed() -> None:
    problem = compile_instance(generate(Recipe(4, 8, 1)))
    relaxation = Relaxation(problem)
    nobody = np.ones(len(relaxation.columns), dtype=bool)
    today = do_nothing(problem)
    assert today is not None
    node = Node(problem.must_keep, ~problem.must_free, nobody)
    found = Master(relaxation).solve(node, np.inf, 60.0, lambda: False)
    assert found is not None
    assert found.shares.sum() < problem.n_teams - 1
    assert found.bound * relaxation.scale > problem.keep.sum()


def root(relaxation: Relaxation) -> Node:
    problem = relaxation.problem
    barred = np.zeros(len(relaxation.columns), dtype=bool)
    return Node(problem.must_keep, ~problem.must_free, barred)


def test_the_least_bound_counts_nodes_that_somebody_looks_at() -> None:
    nothing = np.zeros(1, dtype=bool)
    node = Node(nothing, nothing, nothing)
    nodes = Nodes(node)
    with nodes.next() as here:
        assert here is not None
        assert not nodes.waiting
        nodes.part(3.0, node)
        nodes.part(2.0, node, node)
        assert nodes.bound == -np.inf
    assert nodes.bound == 2.0
    for bound in (2.0, 2.0, 3.0):
        with nodes.next() as here:
            assert here is not None
            assert here.bound == nodes.bound == bound
    assert nodes.finished
    assert nodes.bound == np.inf
    nodes.leave(1.5)
    assert nodes.bound == 1.5


@settings(deadline=None, derandomize=True)
@given(data=st.data())
def test_the_best_packing_of_each_space_is_that_of_trying_all(data: st.DataObject) -> None:
    problem = compile_instance(generate(Recipe(3, 6, data.draw(st.integers(1, 20)))))
    relaxation = Relaxation(problem)
    packer = Packer(relaxation)
    size = len(relaxation.columns)
    gain = np.array(data.draw(st.lists(st.integers(-9, 9), min_size=size, max_size=size)), float)
    table = packer.table(gain)
    filled = table.value.argmax(axis=1)
    packed = packer.unpack(table, filled)
    for space, seats in enumerate(packer.seats.tolist()):
        here = [i for i in packer.items if i.column[space] >= 0]
        sets = itertools.chain.from_iterable(
            itertools.combinations(here, n) for n in range(len(here) + 1)
        )
        best = max(
            sum(gain[i.column[space]] for i in chosen)
            for chosen in sets
            if sum(i.weight for i in chosen) <= seats
        )
        assert table.value[space, filled[space]] == best
        mine = [
            int(columns[np.flatnonzero(np.flatnonzero(inside) == space)[0]])
            for inside, columns in packed
            if inside[space]
        ]
        assert gain[mine].sum() == best
        weight = {int(item.column[space]): item.weight for item in here}
        assert sum(weight[column] for column in mine) == filled[space]


@settings(deadline=None, derandomize=True)
@given(data=st.data())
def test_a_sparse_matrix_charges_columns_as_a_full_one_does(data: st.DataObject) -> None:
    columns = data.draw(st.integers(1, 6))
    row = st.lists(st.integers(-3, 3), min_size=columns, max_size=columns)
    blocks = data.draw(st.lists(st.lists(row, max_size=4), min_size=1, max_size=3))
    entries, full = Entries(columns), np.array([r for block in blocks for r in block], float)
    full = full.reshape(-1, columns)
    for block in blocks:
        entries.add([(at, float(n)) for at, n in enumerate(r) if n] for r in block)
    keep = np.array(
        data.draw(st.lists(st.booleans(), min_size=len(full), max_size=len(full))), bool
    )
    for _ in range(2):
        prices = np.arange(1.0, len(full) + 1)
        assert entries.rows == len(full)
        assert entries.priced(prices).tolist() == (prices @ full).tolist()
        some = np.arange(0, columns, 2)
        rows, sums = entries.of(some)
        together = np.zeros(len(full))
        together[rows] = sums
        assert together.tolist() == full[:, some].sum(axis=1).tolist()
        entries.take(keep[: len(full)])
        full, keep = full[keep[: len(full)]], np.ones(len(full), dtype=bool)
