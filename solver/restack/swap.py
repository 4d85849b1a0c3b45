"""Seating whole teams in chosen spaces by moves and swaps: quick where seats are scarce.

Where a choice of spaces leaves one seat in a hundred free, exact engines find no packing at all in
ten seconds. A tabu search that may overfill spaces, at a price that rises while it does, passes
through such plans to sound ones within one or two; people moved beyond a limit are priced alike.

A team chooses a space and a load. The arrays have a row for each team and load, called an entry.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from solver.restack.problem import Plan
from solver.restack.walk import ROWS, Walk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from solver.restack.problem import Floats, Ints, Problem


ASK_EVERY = 50
# Work of one step, by its fixed part and by the numbers it handles: 0.3 ms on 143 entries, 17
# spaces and 5 days, 0.2 ms on 300 entries, 32 spaces and one day; half a unit of work is a second.
STEP_WORK, NUMBER_WORK = 6e-5, 5e-9


@dataclass(frozen=True, slots=True)
class Places:
    """Where each team sits, overfull perhaps.

    Args:
        space: by position among those that may be used.
        entry: the team and its load.
    """

    space: Ints
    entry: Ints

    def copy(self) -> Places:
        """Return the same places, to be changed."""
        return Places(self.space.copy(), self.entry.copy())


@dataclass(frozen=True, slots=True)
class Seating:
    """What a search ended with.

    Args:
        plan: the best sound plan it saw, None if it saw none.
        steps: how many it took.
    """

    plan: Plan | None
    steps: int


class Swaps:
    """A search over the seatings of a problem, every team in one space.

    Args:
        problem: of divisible teams only plans that leave them whole are searched.
        spaces: those that may be used, ascending.
        team_of: the team of each entry; `entries` is where those of each team begin.
        load: seats that an entry takes, shape (entries, days that bind).
        cost: of an entry in a space, infinite where it may not sit, shape (entries, spaces).
        moved: people of the team of an entry who would move there, of the same shape; None if no
            seating breaks the limit on them.
    """

    def __init__(self, problem: Problem, spaces: Iterable[int], seed: int) -> None:
        """Take the spaces that may be used."""
        self.problem = problem
        self.spaces = np.array(sorted(spaces), dtype=np.int64)
        self.rng = np.random.default_rng(seed)
        days = list(problem.days_that_bind)
        loads = [len(costs) for costs in problem.load_costs]
        self.entries = np.concatenate([[0], np.cumsum(loads, dtype=np.int64)])
        self.team_of = np.repeat(np.arange(problem.n_teams), loads)
        load = np.array([row[days] for rows in problem.loads for row in rows], dtype=np.float64)
        self.load = load.reshape(len(self.team_of), len(days))
        self.seats = problem.seats[self.spaces][:, days].astype(np.float64)
        self.number = np.full(problem.n_spaces, -1, dtype=np.int64)
        self.number[self.spaces] = np.arange(len(self.spaces))
        self.cost, self.moved = self._tables()
        finite = self.cost[np.isfinite(self.cost)]
        self.dear = float(finite.max(initial=1.0)) + float(sum(p.penalty for p in problem.pairs))
        self.near = [close[np.ix_(self.spaces, self.spaces)] for close in problem.close]

    def _tables(self) -> tuple[Floats, Floats | None]:
        problem = self.problem
        cost = np.full((problem.n_teams, len(self.spaces)), np.inf)
        moved = np.zeros_like(cost)
        for team, (options, costs) in enumerate(zip(problem.options, problem.costs, strict=True)):
            inside = self.number[options] >= 0
            at = self.number[options[inside]]
            cost[team, at] = costs[inside]
            moved[team, at] = np.maximum(problem.people[team] - problem.now[team][inside], 0)
        for team, space, _ in problem.held:
            cost[team, self.spaces != space] = np.inf
        for anchor in problem.anchors:
            cost[anchor.team, ~np.isin(self.spaces, list(anchor.spaces))] += anchor.penalty
        once = np.concatenate([*problem.load_costs, np.zeros(0, dtype=np.int64)])
        free = problem.cap is None or moved.max(axis=1, initial=0.0).sum() <= problem.cap
        return cost[self.team_of] + once[:, None], None if free else moved[self.team_of]

    @property
    def work_of_step(self) -> float:
        """Return the work of one step, in units of which half a one is a second."""
        return STEP_WORK + NUMBER_WORK * float(self.load.size * (len(self.spaces) + ROWS))

    def possible(self) -> bool:
        """Return whether every team may sit in one of the spaces."""
        sits = np.isfinite(self.cost[self.entries[:-1]]).any(axis=1)
        return bool(sits.all())

    def first(self, goes: Iterable[Iterable[int]], load: Iterable[int] | None = None) -> Places:
        """Return places, overfull perhaps: each team, large ones first, where most room is.

        Args:
            goes: spaces for each team; where none of them may be used, any.
            load: of each team; None for the cheapest.
        """
        problem = self.problem
        chosen = [int(np.argmin(c)) for c in problem.load_costs] if load is None else list(load)
        entry = self.entries[:-1] + np.array(chosen, dtype=np.int64)
        space = np.zeros(problem.n_teams, dtype=np.int64)
        wanted = [self.number[np.array(list(spaces), dtype=np.int64)] for spaces in goes]
        room = self.seats.copy()
        need = self.load[entry]
        order = sorted(range(len(wanted)), key=lambda t: (len(wanted[t]) > 1, -need[t].max()))
        for team in order:
            may = np.isfinite(self.cost[entry[team]])
            at = [s for s in wanted[team].tolist() if s >= 0 and may[s]]
            options = np.array(at or np.flatnonzero(may), dtype=np.int64)
            left = (room[options] - need[team]).min(axis=1)
            space[team] = options[int(np.argmax(left))]
            room[space[team]] -= need[team]
        return Places(space, entry)

    def at(self, plan: Plan) -> Places:
        """Return the places of a plan that uses these spaces only, every team in one."""
        space = self.number[[parts[0][0] for parts in plan.parts]]
        return Places(space, self.entries[:-1] + np.array(plan.load, dtype=np.int64))

    def begin(self, places: Places) -> Walk:
        """Return a walk that begins at some places."""
        return Walk(self, places.copy())

    def go(
        self, walk: Walk, steps: int, should_stop: Callable[[], bool] | None = None
    ) -> Plan | None:
        """Go on with a walk for so many steps; return the best sound plan met since it began."""
        for done in range(steps):
            if done % ASK_EVERY == 0 and should_stop is not None and should_stop():
                break
            walk.step()
        return None if walk.best is None else self.plan(walk.best)

    def search(
        self, places: Places, steps: int, should_stop: Callable[[], bool] | None = None
    ) -> Seating:
        """Return the best sound plan met on the way from some places."""
        walk = self.begin(places)
        plan = self.go(walk, steps, should_stop)
        return Seating(plan, walk.done)

    def plan(self, places: Places) -> Plan:
        """Return the plan of some places."""
        problem = self.problem
        at = self.spaces[places.space].tolist()
        parts = tuple(((s, int(n)),) for s, n in zip(at, problem.people, strict=True))
        load = tuple((places.entry - self.entries[:-1]).tolist())
        idle = np.zeros(problem.n_spaces, dtype=bool)
        idle[self.spaces] = (problem.keep < 0)[self.spaces]
        idle = (idle & ~problem.must_free) | problem.must_keep
        return Plan(parts, load, frozenset(at) | frozenset(np.flatnonzero(idle).tolist()))
