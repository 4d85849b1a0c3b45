"""A stop ends the work of stating a relaxation, wherever one is stated."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from solver.bench.synthetic import Recipe, generate
from solver.decompose import components_of
from solver.freeing import rough_prices
from solver.lifting import bounds_without
from solver.params import Params
from solver.restack.choose import NOWHERE, Run, seat_some
from solver.restack.construct import do_nothing
from solver.restack.evaluate import cost_of
from solver.restack.problem import compile_instance, to_solution
from solver.restack.relax import Relaxation
from solver.restack.state import State

if TYPE_CHECKING:
    from collections.abc import Callable

INSTANCE = generate(Recipe(10, 60, 1))


@pytest.fixture
def never_stated(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail where a relaxation goes on to its seats: the columns come first, and ask."""

    def fail(_: Relaxation) -> None:
        msg = "stated though a stop was asked"
        raise AssertionError(msg)

    monkeypatch.setattr(Relaxation, "_seats", fail)


def soon() -> Callable[[], bool]:
    """Return a stop that is asked for after a few questions."""
    asked = iter(range(8))
    return lambda: next(asked, None) is None


@pytest.mark.usefixtures("never_stated")
def test_bounds_of_lifted_rules_are_given_up_while_their_relaxation_is_stated() -> None:
    assert bounds_without(INSTANCE, INSTANCE, [INSTANCE], 60, soon()) == [None]


@pytest.mark.usefixtures("never_stated")
def test_prices_of_spaces_are_given_up_while_their_relaxation_is_stated() -> None:
    problem = compile_instance(INSTANCE)
    plan = do_nothing(problem)
    assert plan is not None
    today = to_solution(INSTANCE, plan, cost_of(problem, plan))
    kept = [space for space in today.kept if not INSTANCE.space_by_id[space].must_keep]
    found = list(rough_prices(INSTANCE, today, kept[:2], 60, soon()))
    assert [one.space for one in found] == kept[:2]
    assert all(one.least == 0 and one.most is None for one in found)


def test_seating_some_teams_again_is_given_up_while_their_relaxation_is_stated(
    request: pytest.FixtureRequest,
) -> None:
    problem = components_of(compile_instance(INSTANCE))[0][0].problem
    relaxation = Relaxation(problem)
    request.getfixturevalue("never_stated")
    run = Run(State(INSTANCE, Params(seconds=60), None, soon()), 1)
    stays = np.full(problem.n_teams, NOWHERE)
    price = np.zeros(len(relaxation.columns))
    spaces = frozenset(range(problem.n_spaces))
    assert seat_some(relaxation, price, stays, spaces, None, 5.0, run) is None
    assert run.cut_short
