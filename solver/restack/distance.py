"""How far apart two teams are in a fractional seating, and the cut that proves it.

Two teams are near where each unit of the first can be matched with one of the second in a near
space. By duality the mass that cannot be matched is the largest $x_t(A) - x_u(N(A))$ over sets
$A$ of spaces, $N(A)$ being the spaces near $A$. Within a building, levels form a path, so the best
$A$ falls to dynamic programming along it, for all pairs of teams at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from solver.restack.problem import ADJACENT, BUILDING

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from solver.restack.problem import Floats, Problem


@dataclass(frozen=True, slots=True)
class Segment:
    """Groups of spaces in a row: each is near itself and its neighbours in the row only."""

    groups: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Cut:
    """Says that what `first` has in `inside` and `second` lacks in `around` is far.

    Args:
        pair: its position.
        segment: its position among the segments of the pair's reach.
        inside, around: spaces.
        value: the mass that is far.
    """

    pair: int
    segment: int
    inside: tuple[int, ...]
    around: tuple[int, ...]
    value: float


def segments_of(problem: Problem, reach: int) -> list[Segment]:
    """Return the rows of groups in which nearness of one reach can be decided."""
    if reach == BUILDING:
        numbers = np.unique(problem.building)
        return [
            Segment((tuple(np.flatnonzero(problem.building == number).tolist()),))
            for number in numbers
        ]
    if reach != ADJACENT:
        return [Segment(((space,),)) for space in range(problem.n_spaces)]
    found = []
    for number in np.unique(problem.building):
        here = np.flatnonzero(problem.building == number)
        row: list[tuple[int, ...]] = []
        last = 0
        for level in np.unique(problem.level[here]).tolist():
            if row and level != last + 1:
                found.append(Segment(tuple(row)))
                row = []
            row.append(tuple(here[problem.level[here] == level].tolist()))
            last = level
        found.append(Segment(tuple(row)))
    return found


def farthest(segment: Segment, one: Floats, other: Floats) -> tuple[Floats, NDArray[np.bool_]]:
    """Return the unmatched mass of each pair in a segment, and the groups that show it.

    Args:
        segment: the groups.
        one: mass of the first team of each pair, shape (pairs, spaces).
        other: mass of the second team, likewise.

    Returns:
        Values, shape (pairs,), and membership of the groups, shape (pairs, groups).
    """
    length = len(segment.groups)
    gain = np.stack([one[:, list(group)].sum(axis=1) for group in segment.groups])
    loss = np.stack([other[:, list(group)].sum(axis=1) for group in segment.groups])
    count = one.shape[0]
    # best[b, c]: group i-1 in the set or not, group i in the set or not.
    best = np.full((2, 2, count), -np.inf)
    best[0, 0] = 0.0
    best[0, 1] = gain[0]
    came = np.zeros((length, 2, 2, count), dtype=bool)
    for at in range(length):
        ahead = gain[at + 1] if at + 1 < length else np.full(count, -np.inf)
        following = np.full((2, 2, count), -np.inf)
        for now in (0, 1):
            for coming in (0, 1):
                choices = np.stack(
                    [
                        best[before, now] - (loss[at] if before or now or coming else 0.0)
                        for before in (0, 1)
                    ]
                )
                came[at, now, coming] = choices[1] > choices[0]
                following[now, coming] = choices.max(axis=0) + (ahead if coming else 0.0)
        best = following
    last = np.where(best[1, 0] > best[0, 0], 1, 0)
    values = np.maximum(best[0, 0], best[1, 0])
    member = np.zeros((count, length), dtype=bool)
    rows = np.arange(count)
    here, ahead_of = last, np.zeros(count, dtype=np.int64)
    for at in range(length - 1, -1, -1):
        member[:, at] = here == 1
        here, ahead_of = came[at, here, ahead_of, rows].astype(np.int64), here
    return values, member


def around(segment: Segment, member: NDArray[np.bool_]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the spaces of the chosen groups, and those near them."""
    near = member.copy()
    near[1:] |= member[:-1]
    near[:-1] |= member[1:]
    inside = tuple(s for chosen, g in zip(member, segment.groups, strict=True) if chosen for s in g)
    nearby = tuple(s for chosen, g in zip(near, segment.groups, strict=True) if chosen for s in g)
    return inside, nearby
