"""The settings of one run."""

from __future__ import annotations

import math
from dataclasses import dataclass

from solver.errors import InvalidParams

MOST_WORKERS = 256
LARGEST_SEED = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Params:
    """How long, how wide and how exactly to search.

    Args:
        seconds: wall-clock limit, above 0.
        workers: threads that search at the same time, 1 to 256.
        seed: start of every random choice, 0 to 2**31 - 1.
        gap: relative gap between cost and bound at which to stop, 0 or more.
        deterministic: work limit for one worker, in units that take very roughly a second each;
            the run then does the same on any machine unless `seconds` cuts it short. None with
            one worker derives it from `seconds`; with several workers it must be None.

    Raises:
        InvalidParams: a value out of range.
    """

    seconds: float = 60.0
    workers: int = 2
    seed: int = 1
    gap: float = 0.0
    deterministic: float | None = None

    def __post_init__(self) -> None:
        """Refuse what makes no sense."""
        if not (math.isfinite(self.seconds) and self.seconds > 0):
            msg = f"seconds {self.seconds}: want a number above 0"
            raise InvalidParams(msg)
        if not 1 <= self.workers <= MOST_WORKERS:
            msg = f"workers {self.workers}: want 1 to {MOST_WORKERS}"
            raise InvalidParams(msg)
        if not 0 <= self.seed <= LARGEST_SEED:
            msg = f"seed {self.seed}: want 0 to {LARGEST_SEED}"
            raise InvalidParams(msg)
        if not (math.isfinite(self.gap) and self.gap >= 0):
            msg = f"gap {self.gap}: want 0 or more, 0.01 being one per cent"
            raise InvalidParams(msg)
        self._check_deterministic()

    def _check_deterministic(self) -> None:
        work = self.deterministic
        if work is None:
            return
        if not (math.isfinite(work) and work > 0):
            msg = f"deterministic {work}: want a number above 0"
            raise InvalidParams(msg)
        if self.workers != 1:
            msg = f"deterministic with {self.workers} workers: only one worker can repeat a run"
            raise InvalidParams(msg)
