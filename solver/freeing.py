"""What freeing one space more would cost, for many spaces at once: cheap figures that hold.

The relaxation of the part of an instance that a space belongs to is solved once, then again with
each space fixed as freed; that bounds the price from below. A plan near the one at hand that frees
the space bounds it from above. Measured on 40 spaces and 300 teams: 0.3 s a space.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from ortools.math_opt.python import mathopt

from solver.decompose import components_of
from solver.restack.evaluate import cost_of, keeps_rules
from solver.restack.greedy import close_spaces, emptied
from solver.restack.interrupt import Stopped
from solver.restack.problem import Plan, compile_instance, from_solution, to_solution
from solver.restack.relax import Relaxation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from solver.restack.instance import Instance, SpaceId
    from solver.restack.part import Part
    from solver.restack.problem import Problem
    from solver.restack.solution import Solution

ROUNDS = 6
# Of the time for a part, what the relaxation may take before the first space is looked at.
ROUNDS_SHARE = 0.4
REOPENED = 8


@dataclass(frozen=True, slots=True)
class Rough:
    """What is known of freeing one space before any search of its own.

    Args:
        space: its id.
        least: proved: the least cost rises by at least so much.
        most: proved: it rises by at most so much; None where no plan was found.
        plan: a plan that frees the space, None where none was found at once.
    """

    space: SpaceId
    least: int
    most: int | None
    plan: Solution | None


def rough_prices(
    instance: Instance,
    plan: Solution,
    spaces: Sequence[SpaceId],
    seconds: float,
    should_stop: Callable[[], bool] | None = None,
) -> Iterator[Rough]:
    """Yield what is known of freeing each space, in the order given within a part.

    Args:
        instance: what was solved.
        plan: a plan of it that keeps all rules.
        spaces: which ones, kept in the plan and bound by no rule.
        seconds: for all of them; when they run out the rest is yielded with what needs no time.
        should_stop: ends the work in the same way.
    """
    problem = compile_instance(instance)
    whole = from_solution(instance, plan)
    number = {space.id: at for at, space in enumerate(instance.spaces)}
    wanted = {number[space]: space for space in spaces}
    end = time.monotonic() + seconds
    left = len(wanted)
    for part in components_of(problem)[0]:
        asked = [at for at in wanted if at in set(part.spaces)]
        if not asked:
            continue
        share = max(0.0, end - time.monotonic()) * len(asked) / left
        left -= len(asked)
        own = _Prices(part, part.restrict(whole), share, should_stop)
        for at in asked:
            least, most, inner = own.price(part.spaces.index(at))
            found = None
            if inner is not None:
                outer = part.extend(whole, inner)
                found = to_solution(instance, outer, cost_of(problem, outer))
            yield Rough(wanted[at], least, most, found)


class _Prices:
    """One part: its relaxation, its plan, and the time it has."""

    def __init__(
        self, part: Part, plan: Plan, seconds: float, should_stop: Callable[[], bool] | None
    ) -> None:
        self._problem, self._plan = part.problem, plan
        self._cost = cost_of(part.problem, plan)
        self._end = time.monotonic() + seconds
        self._told = should_stop
        self._bound: int | None = None
        self._relaxation = self._relaxed(time.monotonic() + ROUNDS_SHARE * seconds)

    def _stop(self) -> bool:
        return time.monotonic() >= self._end or (self._told is not None and self._told())

    def _relaxed(self, end: float) -> Relaxation | None:
        """Return the relaxation after a few rounds of rows, None where there was no time."""
        if self._stop():
            return None
        try:
            relaxation = Relaxation(self._problem, self._stop)
        except Stopped:
            return None
        for _ in range(ROUNDS):
            relaxed = relaxation.solve(self._end - time.monotonic(), self._stop)
            if relaxed is None:
                break
            bound = relaxation.bound(relaxed.value)
            self._bound = bound if self._bound is None else max(bound, self._bound)
            if time.monotonic() > end or not relaxation.tighten(relaxed):
                break
        relaxation.algorithm = mathopt.LPAlgorithm.DUAL_SIMPLEX
        return None if self._bound is None else relaxation

    def price(self, space: int) -> tuple[int, int | None, Plan | None]:
        """Return what freeing a space costs at least and at most, and a plan that does."""
        least = 0
        if self._relaxation is not None and not self._stop():
            self._relaxation.fix({space: False})
            relaxed = self._relaxation.solve(self._end - time.monotonic(), self._stop)
            if relaxed is not None:
                least = max(0, self._relaxation.bound(relaxed.value) - self._cost)
        plan = without(self._problem, self._plan, space, self._stop)
        if plan is None or self._bound is None:
            return least, None, plan
        return least, cost_of(self._problem, plan) - self._bound, plan


def without(
    problem: Problem, plan: Plan, space: int, should_stop: Callable[[], bool]
) -> Plan | None:
    """Return a plan near one at hand that frees a space, None if none is found at once.

    Its teams go where there is room, or into one space that was freed until now; those who sat
    there before may come back to it, so that fewer people move where moves are capped.
    """
    best: tuple[int, Plan] | None = None
    for start in _starts(problem, plan, space):
        found = emptied(problem, start, space)
        if found is not None and keeps_rules(problem, found):
            cost = cost_of(problem, found)
            if best is None or cost < best[0]:
                best = cost, found
        if should_stop():
            break
    if best is None:
        return None
    closed, _ = close_spaces(problem, best[1], best[0], should_stop)
    return closed


def _starts(problem: Problem, plan: Plan, space: int) -> Iterator[Plan]:
    """Yield the plan, and the plan with one more space kept: the cheapest ones and the nearest."""
    freed = [
        at
        for at in range(problem.n_spaces)
        if at not in plan.kept and not problem.must_free[at] and problem.seats[at].max() > 0
    ]
    freed.sort(key=lambda at: (int(problem.keep[at]), at))
    near = [at for at in freed if problem.building[at] == problem.building[space]]
    yield plan
    for opened in dict.fromkeys((*freed[:REOPENED], *near[:REOPENED])):
        yield Plan(plan.parts, plan.load, plan.kept | {opened})
        yield _back_home(problem, plan, opened)


def _back_home(problem: Problem, plan: Plan, space: int) -> Plan:
    """Return the plan with a freed space kept again and those seated there who are there today."""
    room, parts = problem.seats[space].copy(), list(plan.parts)
    for team, options in enumerate(problem.options):
        at = int(np.searchsorted(options, space))
        whole = int(problem.people[team])
        if at == len(options) or options[at] != space or problem.now[team][at] < max(1, whole):
            continue
        need = problem.loads[team][plan.load[team]]
        if (need <= room).all():
            room -= need
            parts[team] = ((space, whole),)
    return Plan(tuple(parts), plan.load, plan.kept | {space})
