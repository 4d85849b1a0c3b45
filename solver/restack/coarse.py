"""A coarse model: which spaces are kept, who stays, and which building the others go to.

Each building pools the seats of its kept spaces, and a team that moves pays the least that any
space of that building asks. What is left out (packing the teams that move, and rules between
teams, whose penalties are never negative) only raises the cost, so the least cost of the coarse
model is a bound on every plan. Teams stay whole here, which the linear relaxation cannot say:
where moves are dear, that is most of what it misses.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from ortools.sat.python import cp_model

from solver.restack.exact import FOUND, as_whole, bound_of, engine
from solver.restack.interrupt import Asking

if TYPE_CHECKING:
    from collections.abc import Callable

    from solver.restack.exact import Limits
    from solver.restack.problem import Problem

# Without its linear relaxation the engine's bound stays far off.
LINEARIZATION = 2


@dataclass(frozen=True, slots=True)
class Coarse:
    """What the coarse model says.

    Args:
        kept: the spaces of its best solution, None where none was found.
        goes: the spaces between which it leaves the choice, one tuple a team; empty without one.
        bound: no plan costs less; None where nothing was proved, or costs are too large to add up.
        work: in the engine's deterministic units.
        cut_short: the clock ended the solve.
    """

    kept: frozenset[int] | None
    goes: tuple[tuple[int, ...], ...]
    bound: int | None
    work: float
    cut_short: bool


class _Model:
    """The coarse model of a problem whose teams stay whole and have one load."""

    def __init__(self, problem: Problem) -> None:
        self.model = cp_model.CpModel()
        self.problem = problem
        self.kept = [self.model.new_bool_var("") for _ in range(problem.n_spaces)]
        self._terms: list[cp_model.LinearExprT] = [problem.offset]
        self._in_space: dict[int, list[tuple[int, cp_model.IntVar]]] = defaultdict(list)
        self._in_building: dict[int, list[tuple[int, cp_model.IntVar]]] = defaultdict(list)
        self._moved: list[cp_model.LinearExprT] = []
        self._choices: list[list[tuple[cp_model.IntVar, tuple[int, ...]]]] = []
        self._keeping()
        for team in range(problem.n_teams):
            self._placing(team)
        self._seats()
        if problem.cap is not None:
            self.model.add(cp_model.LinearExpr.sum(self._moved) <= problem.cap)
        self.model.minimize(cp_model.LinearExpr.sum(self._terms))

    def _keeping(self) -> None:
        problem, model = self.problem, self.model
        for space, kept in enumerate(self.kept):
            if problem.must_keep[space]:
                model.add(kept == 1)
            if problem.must_free[space]:
                model.add(kept == 0)
            self._terms.append(int(problem.keep[space]) * kept)
        for unit in problem.units:
            freed = model.new_bool_var("")
            for space in unit.spaces:
                model.add_implication(freed, ~self.kept[space])
            self._terms.append(-unit.bonus * freed)

    def _placing(self, team: int) -> None:
        """Give a team a choice of the spaces it is in today, and of buildings."""
        problem, model = self.problem, self.model
        options, costs, now = problem.options[team], problem.costs[team], problem.now[team]
        choices: list[tuple[cp_model.IntVar, tuple[int, ...]]] = []
        buildings = problem.building[options]
        for building in np.unique(buildings).tolist():
            inside = buildings == building
            groups = [np.array([at]) for at in np.flatnonzero(inside & (now > 0))]
            groups.append(np.flatnonzero(inside & (now == 0)))
            for group in groups:
                if not group.size:
                    continue
                sits = model.new_bool_var("")
                spaces = options[group].tolist()
                choices.append((sits, tuple(spaces)))
                model.add_bool_or(~sits, *(self.kept[space] for space in spaces))
                self._terms.append(int(costs[group].min()) * sits)
                leaving = max(0, int(problem.people[team]) - int(now[group].max()))
                self._moved.append(leaving * sits)
                self._in_building[building].append((team, sits))
                if len(spaces) == 1:
                    self._in_space[spaces[0]].append((team, sits))
        model.add_exactly_one(sits for sits, _ in choices)
        self._choices.append(choices)
        self._terms.append(int(problem.load_costs[team][0]))

    def _seats(self) -> None:
        problem = self.problem
        for day in problem.days_that_bind:
            room = [
                int(seats) * kept
                for seats, kept in zip(problem.seats[:, day], self.kept, strict=True)
            ]
            for space, inside in self._in_space.items():
                self.model.add(self._load(inside, day) <= room[space])
            for building, inside in self._in_building.items():
                spaces = np.flatnonzero(problem.building == building).tolist()
                pooled = cp_model.LinearExpr.sum([room[space] for space in spaces])
                self.model.add(self._load(inside, day) <= pooled)

    def _load(self, inside: list[tuple[int, cp_model.IntVar]], day: int) -> cp_model.LinearExprT:
        return cp_model.LinearExpr.sum(
            [int(self.problem.loads[team][0, day]) * sits for team, sits in inside]
        )

    def read(self, solver: cp_model.CpSolver) -> tuple[frozenset[int], tuple[tuple[int, ...], ...]]:
        """Return the spaces kept, and those kept between which each team still chooses."""
        kept = frozenset(s for s, var in enumerate(self.kept) if solver.boolean_value(var))
        goes = tuple(
            tuple(
                space
                for sits, spaces in choices
                if solver.boolean_value(sits)
                for space in spaces
                if space in kept
            )
            for choices in self._choices
        )
        return kept, goes


def solve_coarsely(
    problem: Problem,
    limits: Limits,
    *,
    on_bound: Callable[[int | None], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> Coarse:
    """Return the best choice of spaces by the coarse model, and the bound it proves.

    Args:
        problem: its teams stay whole and have one load (`problem.plain`).
        limits: what may be used.
        on_bound: told of each better bound.
        should_stop: asked ten times a second.
    """
    coarse = _Model(problem)
    solver = engine(limits)
    solver.parameters.linearization_level = LINEARIZATION
    if on_bound is not None:
        tell_bound = on_bound
        solver.best_bound_callback = lambda bound: tell_bound(as_whole(bound))
    with Asking(should_stop, solver.stop_search) as asking:
        status = solver.solve(coarse.model)
    found = status in FOUND
    proved = status in (cp_model.OPTIMAL, cp_model.INFEASIBLE)
    silent = status in (cp_model.INFEASIBLE, cp_model.MODEL_INVALID)
    kept, goes = coarse.read(solver) if found else (None, ())
    return Coarse(
        kept=kept,
        goes=goes,
        bound=None if silent else bound_of(solver, status),
        work=float(solver.response_proto.deterministic_time),
        cut_short=asking.fired or (not proved and solver.wall_time >= limits.seconds),
    )
