"""The best plan and the best bound of a run, shared by everything that searches."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

from solver.progress import Progress
from solver.restack.problem import to_solution

if TYPE_CHECKING:
    from collections.abc import Callable

    from solver.params import Params
    from solver.restack.instance import Instance
    from solver.restack.problem import Plan


class Incumbent:
    """Holds the best plan and bound, keeps the log, and tells whoever watches.

    The clock is read here and nowhere else: to date the log, and to end a run that takes longer
    than it may.
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
        self._lock = threading.RLock()
        self._start = time.monotonic()
        self._log: list[tuple[float, int | None, int | None]] = []
        self.plan: Plan | None = None
        self.cost: int | None = None
        self.bound: int | None = None
        self.stopped = False

    @property
    def seconds(self) -> float:
        """Return the seconds since the start."""
        return time.monotonic() - self._start

    @property
    def left(self) -> float:
        """Return the seconds that are left."""
        return self._params.seconds - self.seconds

    @property
    def log(self) -> tuple[tuple[float, int | None, int | None], ...]:
        """Return what was found when."""
        return tuple(self._log)

    def stop(self) -> bool:
        """Return whether the run should end at once: told so, or out of time."""
        if not self.stopped:
            told = self._should_stop is not None and self._should_stop()
            self.stopped = told or self.left <= 0
        return self.stopped

    def good_enough(self) -> bool:
        """Return whether the gap is small enough to end the run."""
        if self.cost is None or self.bound is None:
            return False
        return self.cost - self.bound <= self._params.gap * abs(self.cost)

    def offer(self, plan: Plan, cost: int) -> bool:
        """Take a plan if it is better than the one at hand."""
        with self._lock:
            if self.cost is not None and cost >= self.cost:
                return False
            self.plan, self.cost = plan, cost
            self._tell(new_plan=True)
            return True

    def raise_bound(self, bound: int | None) -> None:
        """Take a bound if it is better than the one at hand."""
        with self._lock:
            if bound is None or (self.bound is not None and bound <= self.bound):
                return
            self.bound = bound
            self._tell(new_plan=False)

    def _tell(self, *, new_plan: bool) -> None:
        seconds = self.seconds
        self._log.append((seconds, self.cost, self.bound))
        if self._on_progress is None:
            return
        place = kept = None
        if new_plan and self.plan is not None and self.cost is not None:
            solution = to_solution(self._instance, self.plan, self.cost)
            place, kept = solution.place, solution.kept
        self._on_progress(Progress(seconds, self.cost, self.bound, place, kept))
