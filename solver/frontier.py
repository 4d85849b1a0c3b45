"""The frontier of least cost against people moved, and the plans at its named ends.

Every point is a plan of the instance itself. A bound under one cap on people moved holds under
every smaller cap, and a plan under one cap is a plan under every larger one; both are shared.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from solver.outcome import Status
from solver.reader import LARGEST
from solver.restack.check import check_solution, cost_of, people_moved
from solver.restack.interrupt import Stopped
from solver.restack.problem import compile_instance
from solver.restack.relax import Relaxation
from solver.run import solve_restack

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from solver.outcome import Outcome
    from solver.params import Params
    from solver.restack.instance import Instance, SpaceId
    from solver.restack.solution import Solution

FEWEST_POINTS = 3
ROUNDS = 6


@dataclass(frozen=True, slots=True)
class Point:
    """One plan of the frontier.

    Args:
        moved: people who move in it.
        solution: the plan, its cost that of the instance.
        bound: no plan that moves at most `moved` people costs less; None if none was proved.
    """

    moved: int
    solution: Solution
    bound: int | None

    @property
    def proved(self) -> bool:
        """Return whether no plan that moves as few people costs less."""
        return self.bound == self.solution.cost


class Pool:
    """Plans of one instance and bounds under caps, each used wherever it holds."""

    def __init__(self, instance: Instance) -> None:
        """Start empty."""
        self._instance = instance
        self._plans: list[tuple[int, Solution]] = []
        self._bounds: list[tuple[int | None, int]] = []

    def take(self, solution: Solution | None) -> bool:
        """Take a plan, its cost worked out anew; return whether it keeps the instance's rules."""
        if solution is None:
            return False
        own = replace(solution, cost=cost_of(self._instance, solution))
        if check_solution(self._instance, own):
            return False
        self._plans.append((people_moved(self._instance, own), own))
        return True

    def bounds(self) -> tuple[tuple[int | None, int], ...]:
        """Return the bounds taken, each with the cap it holds under."""
        return tuple(self._bounds)

    def raise_bound(self, cap: int | None, bound: int | None) -> None:
        """Take a bound that holds for plans under a cap; None is no cap."""
        if bound is not None:
            self._bounds.append((cap, bound))

    def best(self, cap: int | None = None) -> tuple[int, Solution] | None:
        """Return people moved and the cheapest plan under a cap, the fewest moved among equals."""
        under = [one for one in self._plans if cap is None or one[0] <= cap]
        return min(under, key=lambda one: (one[1].cost, one[0]), default=None)

    def limit(self, cap: int | None = None) -> int | None:
        """Return the best bound for plans under a cap."""
        found = [
            bound for of, bound in self._bounds if of is None or (cap is not None and cap <= of)
        ]
        return max(found, default=None)

    def points(self) -> tuple[Point, ...]:
        """Return the plans that no other beats on both counts, fewest moved first."""
        points: list[Point] = []
        for moved, plan in sorted(self._plans, key=lambda one: (one[0], one[1].cost)):
            if not points or plan.cost < points[-1].solution.cost:
                points.append(Point(moved, plan, self.limit(moved)))
        return tuple(points)


def explore(
    pool: Pool,
    instance: Instance,
    params: Params,
    *,
    count: int = 7,
    on_point: Callable[[int, int], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> tuple[Point, ...]:
    """Return about `count` points of the frontier, from no moves to the cheapest plan known.

    Args:
        pool: holds the cheapest plan known; takes all that is found.
        instance: what is solved.
        params: limits of each solve.
        count: points wanted; a solve each, the two ends being known.
        on_point: told how many solves are done and how many there will be.
        should_stop: ends the work with the points found so far.
    """
    start = pool.best()
    if start is None:
        return ()
    steps = max(count, FEWEST_POINTS) - 1
    caps = sorted({start[0] * step // steps for step in range(steps)}, reverse=True)
    for done, cap in enumerate(caps):
        if should_stop is not None and should_stop():
            break
        _solve_under(pool, instance, cap, params, should_stop)
        if on_point is not None:
            on_point(done + 1, len(caps))
    return spread(pool.points(), count)


def _solve_under(
    pool: Pool,
    instance: Instance,
    cap: int,
    params: Params,
    should_stop: Callable[[], bool] | None,
) -> Outcome[Solution]:
    """Solve under a cap from the best plan that keeps it; the pool takes what is found."""
    known = pool.best(cap)
    outcome = solve_restack(
        _capped(instance, cap),
        params,
        should_stop=should_stop,
        start=None if known is None else known[1],
    )
    pool.take(outcome.best)
    if outcome.status is Status.INFEASIBLE:
        pool.raise_bound(cap, LARGEST)
    else:
        pool.raise_bound(cap, outcome.bound)
    if outcome.status is Status.FEASIBLE and pool.limit(cap) == pool.limit():
        pool.raise_bound(cap, bound_under(instance, cap, params.seconds, should_stop))
    return outcome


def bound_under(
    instance: Instance, cap: int, seconds: float, should_stop: Callable[[], bool] | None = None
) -> int | None:
    """Return a bound for plans under a cap from the relaxation alone, None if time is too short.

    A short search spends its time on plans: on 40 spaces and 300 teams, 4 s under a cap ended
    with the limit that holds without one, 1.9 times the plan; the relaxation comes within 10 % of
    the plan in 2 s.
    """
    end = time.monotonic() + seconds

    def stop() -> bool:
        return time.monotonic() >= end or (should_stop is not None and should_stop())

    best: int | None = None
    try:
        relaxation = Relaxation(compile_instance(_capped(instance, cap)), stop)
    except Stopped:
        return None
    for _ in range(ROUNDS):
        relaxed = None if stop() else relaxation.solve(end - time.monotonic(), stop)
        if relaxed is None:
            break
        bound = relaxation.bound(relaxed.value)
        best = bound if best is None else max(best, bound)
        if not relaxation.tighten(relaxed):
            break
    return best


def _capped(instance: Instance, cap: int) -> Instance:
    own = instance.people_moved_at_most
    return replace(instance, people_moved_at_most=cap if own is None else min(own, cap))


def fewest_moves(
    pool: Pool,
    instance: Instance,
    params: Params,
    *,
    at_most: int,
    rounds: int = 5,
    should_stop: Callable[[], bool] | None = None,
) -> tuple[Point | None, int]:
    """Return the plan that costs at most so much and moves the fewest people, and a proved least.

    The second figure: every plan that costs at most so much moves at least so many people.

    Args:
        pool: of plans and bounds; takes all that is found.
        instance: what is solved.
        params: limits of each solve.
        at_most: the most that the plan may cost.
        rounds: of halving what is open between proved and found; each is one solve.
        should_stop: ends the search with the best so far.
    """
    tried: set[int] = set()
    for _ in range(rounds):
        found, least = _between(pool, at_most)
        most = None if found is None else found.moved
        if most is None or least >= most or (should_stop is not None and should_stop()):
            break
        unknown = max([cap for cap in tried if cap < most], default=least - 1)
        cap = (max(unknown, least - 1) + most) // 2
        if cap in tried or cap >= most:
            break
        tried.add(cap)
        _solve_under(pool, instance, cap, params, should_stop)
    return _between(pool, at_most)


def _between(pool: Pool, at_most: int) -> tuple[Point | None, int]:
    """Return the plan known to move fewest at that cost, and the proved least."""
    cheap = [point for point in pool.points() if point.solution.cost <= at_most]
    least = 0
    for cap, bound in pool.bounds():
        if cap is not None and bound > at_most:
            least = max(least, cap + 1)
    return (cheap[0] if cheap else None), least


@dataclass(frozen=True, slots=True)
class Counting:
    """An instance that is cheapest where the fewest of some spaces are kept.

    Args:
        instance: a plan of it costs `price` times the spaces kept plus at most `rest`; among
            plans that keep as few, the cheaper one is cheaper here too, up to scaling.
        price: more than all other costs can differ by.
        rest: the most that all other costs can come to.
    """

    instance: Instance
    price: int
    rest: int

    def least(self, bound: int | None) -> int | None:
        """Return how many of the spaces every plan keeps, given a bound on the cost here."""
        return None if bound is None else max(0, -(-(bound - self.rest) // self.price))


def fewest_kept(instance: Instance, counted: Iterable[SpaceId]) -> Counting:
    """Return the instance that asks first for the fewest kept of some spaces, then for cost."""
    names = set(counted)
    low, high = _range(instance)
    largest = LARGEST // (2 * (len(names) + 1))
    scale = max(1, -(-(high - low) // largest))
    small = _scaled(instance, scale)
    low, high = _range(small)
    price = high - low + 1
    return Counting(
        replace(
            small,
            spaces=tuple(
                replace(space, keep_cost=space.keep_cost + (price if space.id in names else 0))
                for space in small.spaces
            ),
        ),
        price,
        high,
    )


def _range(instance: Instance) -> tuple[int, int]:
    """Return two figures between which the cost of every plan lies."""
    keeps = [space.keep_cost for space in instance.spaces]
    low = sum(min(0, cost) for cost in keeps) - sum(unit.bonus for unit in instance.units)
    high = sum(max(0, cost) for cost in keeps) + sum(pair.penalty for pair in instance.near)
    default = instance.place_cost_default
    for team in instance.teams:
        places = [*instance.place_cost.get(team.id, {}).values(), default or 0]
        parts = team.people if team.smallest_part is not None else 0  # each rounded up
        loads = [load.cost for load in team.loads]
        low += min(0, *places) + min(loads)
        high += max(0, *places) + max(loads) + parts
    return low, high


def _scaled(instance: Instance, scale: int) -> Instance:
    """Return the instance with all costs divided, rounded down."""
    if scale == 1:
        return instance
    default = instance.place_cost_default
    return replace(
        instance,
        spaces=tuple(replace(one, keep_cost=one.keep_cost // scale) for one in instance.spaces),
        units=tuple(replace(unit, bonus=unit.bonus // scale) for unit in instance.units),
        teams=tuple(
            replace(
                team, loads=tuple(replace(load, cost=load.cost // scale) for load in team.loads)
            )
            for team in instance.teams
        ),
        place_cost={
            team: {space: cost // scale for space, cost in costs.items()}
            for team, costs in instance.place_cost.items()
        },
        place_cost_default=None if default is None else default // scale,
        near=tuple(replace(pair, penalty=pair.penalty // scale) for pair in instance.near),
    )


def spread(points: Sequence[Point], count: int) -> tuple[Point, ...]:
    """Return at most so many points, both ends among them, evenly over people moved."""
    if len(points) <= count:
        return tuple(points)
    last = points[-1].moved
    chosen = {0, len(points) - 1}
    for step in range(1, count - 1):
        aim = last * step / (count - 1)
        left = [at for at in range(len(points)) if at not in chosen]
        chosen.add(min(left, key=lambda at: abs(points[at].moved - aim)))
    return tuple(points[at] for at in sorted(chosen))
