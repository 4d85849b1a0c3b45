"""What a run tells while it searches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Progress:
    """One better plan or one better bound. A missing thing is None.

    Args:
        seconds: since the start of the run.
        cost: of the best plan so far.
        bound: the best proved bound so far; no plan costs less.
        place: people by team and space in the best plan, where it is new.
        kept: ids of the spaces that the best plan keeps, where it is new.
    """

    seconds: float
    cost: int | None = None
    bound: int | None = None
    place: Mapping[str, Mapping[str, int]] | None = None
    kept: tuple[str, ...] | None = None
