"""Planning periods: now, next year, after a lease ends."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from planner.domain.assumptions import register_of
from planner.errors import Problem, sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.domain.estate import Estate

MOST_STAGES: Final = 6
LEAST_GROWTH: Final = Decimal("0.1")
MOST_GROWTH: Final = Decimal(10)


@dataclass(frozen=True, slots=True)
class Stage:
    """One planning period.

    Args:
        name: what it is called.
        month: of the case, after which its first floor may be empty.
        growth: people and presence of every team against today; 1.1 is a tenth more.
        leaves: codes of buildings that are given up by then, because a lease ends.
    """

    name: str
    month: int
    growth: Decimal = Decimal(1)
    leaves: tuple[str, ...] = ()


def problems_of_stages(estate: Estate, stages: Sequence[Stage]) -> list[Problem]:
    """Return everything about periods that makes no sense for an estate, each by its name."""
    found = []
    if not 1 <= len(stages) <= MOST_STAGES:
        found.append(
            Problem(
                sentence("stages"),
                sentence(
                    "{count}: name 1 to {most_stages}", count=len(stages), most_stages=MOST_STAGES
                ),
            )
        )
    for one, other in pairwise(stages):
        if other.month <= one.month:
            found.append(
                Problem(
                    sentence("stage {other}", other=other.name),
                    sentence(
                        "month {month} is not after {before}", month=other.month, before=one.month
                    ),
                )
            )
    horizon = register_of(estate).whole("horizon_months")
    for stage in stages:
        where = sentence("stage {other}", other=stage.name)
        if not 0 <= stage.month <= horizon:
            found.append(
                Problem(
                    where,
                    sentence(
                        "month {month} is outside the horizon; enter 0 to {horizon}",
                        month=stage.month,
                        horizon=horizon,
                    ),
                )
            )
        if not LEAST_GROWTH <= stage.growth <= MOST_GROWTH:
            found.append(
                Problem(where, sentence("growth {growth}: enter 0.1 to 10", growth=stage.growth))
            )
        found += [
            Problem(where, sentence("there is no building {code}", code=code))
            for code in stage.leaves
            if code not in estate.building_of
        ]
    return found
