"""Other plans under the same rules: the frontier, the fewest moves, the most units freed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from planner.domain.study import Point
from solver.frontier import Pool, explore, fewest_kept, fewest_moves, spread
from solver.restack.check import people_moved

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from planner.domain.plan import Plan
    from planner.domain.study import PointRole, Study
    from planner.optimise.again import Again
    from solver.restack.solution import Solution

POINTS: Final = 7
ROUNDS: Final = 4
WORTHWHILE: Final = 2
"""A plan with the fewest moves must be worth a half (one part in two) of the plan at hand."""


@dataclass(frozen=True, slots=True)
class Others:
    """Points of the frontier with what is proved of its ends, as `Study` has them."""

    points: tuple[Point, ...]
    least_moved: int | None
    most_freed: int | None


class Frontier:
    """Gathers plans of one estate and says which no other beats on value and people moved."""

    def __init__(self, again: Again, plan: Plan, start: Solution) -> None:
        """Begin with the plan at hand and with doing nothing."""
        self._again, self._plan = again, plan
        self._instance = again.instance()
        self.pool = Pool(self._instance)
        self._roles: dict[PointRole, Solution] = {"recommended": start}
        self._least_moved: int | None = None
        self._most_freed: int | None = None
        self.pool.take(start)
        self.pool.raise_bound(None, None if plan.bound is None else again.today - plan.bound)

    def take(self, before: Study) -> None:
        """Take what an earlier study of the same plan found: its plans, and what it proved."""
        again = self._again
        for point in before.points:
            own = again.at(point.plan)
            if self.pool.take(own) and point.limit is not None:
                moved = people_moved(self._instance, own)
                self.pool.raise_bound(moved, again.today - point.limit)
        if before.better is not None:
            self.pool.take(again.at(before.better))
            if before.better.bound is not None:
                self.pool.raise_bound(None, again.today - before.better.bound)

    def anew(self, seconds: float) -> None:
        """Search on for the best plan, from the one at hand: what is asked later starts nearer."""
        known = self.pool.best()
        outcome = replace(self._again, seconds=seconds).run(
            self._instance, None if known is None else known[1]
        )
        self.pool.take(outcome.best)
        self.pool.raise_bound(None, outcome.bound)

    def explore(self, on_point: Callable[[int, int], None]) -> None:
        """Solve under caps on people moved, from the plan at hand down to none."""
        again = self._again
        explore(
            self.pool, self._instance, again.params,
            count=POINTS, on_point=on_point, should_stop=again.should_stop,
        )  # fmt: skip

    def fewest_moves(self) -> None:
        """Look for the plan that moves fewest and is still worth half of the one at hand."""
        again = self._again
        if self._plan.value <= 0:
            return
        at_most = again.today - -(-self._plan.value // WORTHWHILE)
        found, least = fewest_moves(
            self.pool, self._instance, again.params,
            at_most=at_most, rounds=ROUNDS, should_stop=again.should_stop,
        )  # fmt: skip
        self._least_moved = least
        if found is not None and again.plan(found.solution).value * WORTHWHILE >= self._plan.value:
            self._roles["fewest_moves"] = found.solution

    def most_floors(self) -> None:
        """Look for the plan that frees the most units that can be let, then for its value."""
        again = self._again
        lettable = [unit.id for unit in again.estate.units if unit.lettable]
        asked = fewest_kept(self._instance, lettable)
        known = self.pool.best()
        outcome = again.run(asked.instance, None if known is None else known[1])
        if outcome.best is None:
            return
        self.pool.take(outcome.best)
        self._roles["most_floors"] = outcome.best
        least = asked.least(outcome.bound)
        self._most_freed = None if least is None else len(lettable) - least

    def found(self) -> Others:
        """Return the frontier as far as it is known, and the named plans."""
        again, limit = self._again, self.limit()
        points = [
            Point(
                plan=again.plan(one.solution, limit),
                limit=None if one.bound is None else again.today - one.bound,
            )
            for one in spread(self.pool.points(), POINTS)
        ]
        named: dict[PointRole, Plan] = {
            role: again.plan(solution, limit) for role, solution in self._roles.items()
        }
        beside = {role: self._limit(solution) for role, solution in self._roles.items()}
        return Others(
            tuple(_with_roles(_best_of(points), named, beside)),
            self._least_moved,
            self._most_freed,
        )

    def limit(self) -> int | None:
        """Return the best bound on the cost of any plan under the rules.

        Where the plan at hand was made to fit some days, what is proved here is proved of plans
        that fit them too; of all plans no more is known than before.
        """
        if not self._plan.fitted:
            return self.pool.limit()
        return None if self._plan.bound is None else self._again.today - self._plan.bound

    def _limit(self, solution: Solution) -> int | None:
        """Return what no plan that moves as few people is worth more than."""
        bound = self.pool.limit(people_moved(self._instance, solution))
        return None if bound is None else self._again.today - bound


def _best_of(points: Sequence[Point]) -> list[Point]:
    """Return the points that no other beats, wishes counted that the solver cannot weigh."""
    kept: list[Point] = []
    for point in sorted(points, key=lambda one: (one.plan.people_moved, -one.plan.value)):
        if not kept or point.plan.value > kept[-1].plan.value:
            kept.append(point)
    return kept


def _with_roles(
    points: list[Point],
    named: Mapping[PointRole, Plan],
    limits: Mapping[PointRole, int | None],
) -> list[Point]:
    """Return the points with their roles; a named plan that is none of them is added."""
    for role, plan in named.items():
        at = next((i for i, one in enumerate(points) if _same(one.plan, plan)), None)
        if at is None:
            points.append(Point(roles=(role,), plan=plan, limit=limits[role]))
        else:
            points[at] = points[at].model_copy(update={"roles": (*points[at].roles, role)})
    return sorted(points, key=lambda one: (one.plan.people_moved, one.plan.value))


def _same(one: Plan, other: Plan) -> bool:
    return one.placed == other.placed and one.freed_units == other.freed_units
