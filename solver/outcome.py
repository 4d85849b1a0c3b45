"""What a run proved."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

S = TypeVar("S")


class Status(StrEnum):
    """How a run ended."""

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"
    OUT_OF_TIME = "out_of_time"


@dataclass(frozen=True, slots=True, order=True)
class Reason:
    """One rule of a conflict, structured so that a caller words it in any language.

    Args:
        rule: `seats`, `place`, `needs`, `fixed`, `must_keep`, `must_free`, `apart`, `whole`
            (not divided, or not into parts as small as would fit) or `churn`.
        teams: ids of the teams that the rule speaks of.
        spaces: ids of the spaces that the rule speaks of.
    """

    rule: str
    teams: tuple[str, ...] = ()
    spaces: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome(Generic[S]):
    """What a run proved. A missing thing is None: never 0, infinity or an empty plan.

    Args:
        status: `optimal` only where `cost` equals `bound`.
        best: the best plan found, checked.
        cost: its cost.
        bound: no plan costs less than this.
        seconds: wall-clock time taken.
        reasons: for `infeasible`, rules that conflict.
        reasons_minimal: whether dropping any one of `reasons` was shown to end the conflict.
        log: (seconds, cost, bound) at each improvement.
        repeatable: whether the wall clock played no part, so that the same input, seed and one
            worker give the same plan again on any machine.
    """

    status: Status
    best: S | None
    cost: int | None
    bound: int | None
    seconds: float
    reasons: tuple[Reason, ...] = ()
    reasons_minimal: bool = False
    log: tuple[tuple[float, int | None, int | None], ...] = ()
    repeatable: bool = False
