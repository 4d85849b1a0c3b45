"""What a run knows so far: the best plan and bound of each component, and of the whole."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from solver.errors import InvalidModel
from solver.progress import Progress
from solver.restack.evaluate import cost_of, keeps_rules
from solver.restack.highs import Engines
from solver.restack.problem import to_solution

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from solver.params import Params
    from solver.restack.instance import Instance
    from solver.restack.problem import Plan, Problem

SHOW_SECONDS = 0.25


@dataclass
class Best:
    """The best plan and bound of one component."""

    problem: Problem
    plan: Plan | None = None
    cost: int | None = None
    bound: int | None = None

    @property
    def proved(self) -> bool:
        """Return whether the plan is known to be the best there is."""
        return self.cost is not None and self.bound is not None and self.cost <= self.bound

    @property
    def gap(self) -> float | None:
        """Return what is open between bound and cost, as a share of the cost; None if unknown."""
        if self.cost is None or self.bound is None:
            return None
        return (self.cost - self.bound) / max(1, abs(self.cost))


class State:
    """Keeps the log, and tells whoever watches; `impossible` where it is proved that no plan is.

    The clock is read here to date the log and to end a run that takes longer than it may; with
    one worker it plays no other part.
    """

    def __init__(
        self,
        instance: Instance,
        params: Params,
        on_progress: Callable[[Progress], None] | None,
        should_stop: Callable[[], bool] | None,
    ) -> None:
        """Start the clock."""
        self._instance = instance
        self._params = params
        self._on_progress = on_progress
        self._should_stop = should_stop
        self._start = time.monotonic()
        self._log: list[tuple[float, int | None, int | None]] = []
        self._join: Callable[[Sequence[Plan]], Plan] = lambda plans: plans[0]
        self._between = 0
        self._shown = -1.0
        self.lock = threading.RLock()
        self.parts: list[Best] = []
        self.stopped = self.impossible = False
        self.engines = Engines()

    def begin(
        self,
        problems: Sequence[Problem],
        between: int,
        join: Callable[[Sequence[Plan]], Plan],
    ) -> None:
        """Take the components whose plans `join` makes into one."""
        self.parts = [Best(problem) for problem in problems]
        self._between = between
        self._join = join

    @property
    def parallel(self) -> bool:
        """Return whether several workers search, so that the clock may decide."""
        return self._params.workers > 1

    @property
    def seconds(self) -> float:
        """Return the seconds since the start."""
        return time.monotonic() - self._start

    @property
    def left(self) -> float:
        """Return the seconds that are left."""
        return self._params.seconds - self.seconds

    def limit(self, seconds: float) -> float:
        """Return seconds for one call; a worker alone goes by work, so that runs repeat."""
        return min(seconds, self.left) if self.parallel else self.left

    @property
    def log(self) -> tuple[tuple[float, int | None, int | None], ...]:
        """Return what was found when."""
        return tuple(self._log)

    @property
    def cost(self) -> int | None:
        """Return the cost of the best plan of the whole."""
        costs = [part.cost for part in self.parts]
        known = [cost for cost in costs if cost is not None]
        return self._between + sum(known) if len(known) == len(costs) and costs else None

    @property
    def bound(self) -> int | None:
        """Return the bound on every plan of the whole."""
        bounds = [part.bound for part in self.parts]
        known = [bound for bound in bounds if bound is not None]
        return self._between + sum(known) if len(known) == len(bounds) and bounds else None

    @property
    def plan(self) -> Plan | None:
        """Return the best plan of the whole."""
        plans = [part.plan for part in self.parts if part.plan is not None]
        return self._join(plans) if len(plans) == len(self.parts) and plans else None

    def stop(self) -> bool:
        """Return whether the run should end at once: told so, out of time, or without any plan."""
        if not self.stopped:
            told = self._should_stop is not None and self._should_stop()
            self.stopped = told or self.left <= 0
        return self.stopped or self.impossible

    def good_enough(self) -> bool:
        """Return whether the gap is small enough to end the run."""
        cost, bound = self.cost, self.bound
        if cost is None or bound is None:
            return False
        return cost - bound <= self._params.gap * abs(cost)

    def offer(self, number: int, plan: Plan) -> bool:
        """Take a plan of a component if it is sound and better than the one at hand."""
        best = self.parts[number]
        cost = cost_of(best.problem, plan)
        with self.lock:
            if best.cost is not None and cost >= best.cost:
                return False
            if not keeps_rules(best.problem, plan):
                return False
            best.plan, best.cost = plan, cost
            if best.bound is not None and best.bound > cost:
                msg = f"the bound {best.bound} of a component is above the cost {cost} of a plan"
                raise InvalidModel(msg)
            self._tell(new_plan=True)
            return True

    def deny(self, number: int) -> None:
        """Take it as proved that a component has no plan, so that the whole has none."""
        with self.lock:
            if self.parts[number].plan is not None:
                msg = "a component is said to have no plan, and one is known"
                raise InvalidModel(msg)
            self.impossible = True

    def raise_bound(self, number: int, bound: int | None) -> None:
        """Take a bound of a component if it is better than the one at hand."""
        with self.lock:
            best = self.parts[number]
            if bound is None or (best.bound is not None and bound <= best.bound):
                return
            if best.cost is not None and bound > best.cost:
                msg = f"the bound {bound} of a component is above the cost {best.cost} of a plan"
                raise InvalidModel(msg)
            best.bound = bound
            self._tell(new_plan=False)

    def _tell(self, *, new_plan: bool) -> None:
        cost, bound = self.cost, self.bound
        if cost is None and bound is None:
            return
        seconds = self.seconds
        self._log.append((seconds, cost, bound))
        if self._on_progress is None:
            return
        place = kept = None
        if new_plan and cost is not None and seconds - self._shown > SHOW_SECONDS:
            plan = self.plan
            if plan is not None:
                solution = to_solution(self._instance, plan, cost)
                place, kept = solution.place, solution.kept
                self._shown = self.seconds
        self._on_progress(Progress(seconds, cost, bound, place, kept))
