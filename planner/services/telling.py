"""How long work reports while it is done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, get_args

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner.optimise.solve import Glimpse

Step = Literal["read", "demand", "solve", "tighten", "dates", "check"]
STEPS: Final = get_args(Step)


@dataclass(frozen=True, slots=True)
class Telling:
    """Who is told while a plan is made; each part may be left out.

    Args:
        step: told when a step begins.
        glimpse: told of each better plan and limit.
        should_stop: asked often; True ends the search with the best plan so far.
    """

    step: Callable[[Step], None] | None = None
    glimpse: Callable[[Glimpse], None] | None = None
    should_stop: Callable[[], bool] | None = None


SILENT: Final = Telling()
