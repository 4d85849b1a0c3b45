"""What is asked of the chain, and what it tells while it works."""

from __future__ import annotations

from dataclasses import dataclass

from planner.optimise.options import MOST_SECONDS
from planner.optimise.options import Options as PlanOptions

__all__ = ["MOST_SECONDS", "ChainProgress", "PlanOptions"]


@dataclass(frozen=True, slots=True)
class ChainProgress:
    """One thing the chain tells. A missing thing is None.

    Args:
        seconds: since the start of the run.
        step: `read`, `demand`, `solve`, `check` or `price`.
        value: of the best plan so far against today, minor units.
        bound: proved limit of the value so far, minor units.
        freed: units that the best plan so far frees.
    """

    seconds: float
    step: str
    value: int | None = None
    bound: int | None = None
    freed: tuple[str, ...] | None = None
