"""Teams that no plan can seat, shown by counting: no search, and milliseconds on a usual estate.

Seats are counted, and heads: of teams that stay whole and need more than half of any space, no two
share one; of teams that must all be apart, each takes a space of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from solver.restack.problem import Flags, Ints, Problem

MOST_SETS: Final = 400
"""Sets of places that are counted, the smallest first, and the largest."""
STARTS: Final = 20
"""Teams from which a set of teams that must all be apart is grown."""
LARGE: Final = 2**40
"""Seats of one space beyond which sums over spaces could pass 64 bits."""


@dataclass(frozen=True, slots=True)
class Shortage:
    """Teams that fit into all the places they may use on no plan, shown by counting.

    `teams` are few that show it; empty for a cap on people moved that too many must break.
    """

    teams: tuple[int, ...]


def shortage_of(problem: Problem) -> Shortage | None:
    """Return teams that can be shown by counting to have no places, None if there are none.

    A team without a place; else teams that together need more seats on a day than all spaces
    that any of them may use, or are more than these spaces can hold of their size, or must all be
    apart and are more than the spaces; else more people who must leave where they are than may
    move.
    """
    for team, options in enumerate(problem.options):
        if not len(options):
            return Shortage((team,))
    least = np.array([loads.min(axis=0) for loads in problem.loads]).reshape(-1, problem.n_days)
    may = np.zeros((problem.n_teams, problem.n_spaces), bool)
    for team, options in enumerate(problem.options):
        may[team, options] = True
    large = bool((problem.seats > LARGE).any())
    for spaces in _sets_of(may):
        inside = np.flatnonzero(~may[:, ~spaces].any(axis=1))
        seats = problem.seats[spaces].astype(object if large else np.int64)
        short = (
            _of_seats(least[inside], seats)
            or _of_heads(np.where(problem.smallest[inside, None], 0, least[inside]), seats)
            or _of_spaces(problem, inside, len(seats))
        )
        if short:
            return Shortage(tuple(sorted(inside[list(short)].tolist())))
    if problem.cap is not None:
        stay = sum(int(now.sum()) for now in problem.now)
        if int(problem.people.sum()) - stay > problem.cap:
            return Shortage(())
    return None


def _sets_of(may: Flags) -> list[Flags]:
    """Return the sets of spaces that some team may use, and all that any may, smallest first."""
    if not len(may):
        return []
    sets = np.unique(may, axis=0)
    sets = sets[np.argsort(sets.sum(axis=1), kind="stable")]
    return [*sets[:MOST_SETS], may.any(axis=0)]


def _of_seats(least: Ints, seats: Ints) -> tuple[int, ...]:
    """Return teams, by position, that need more seats on a day than there are."""
    room = seats.sum(axis=0)
    over = np.flatnonzero(least.sum(axis=0) > room)
    if not len(over):
        return ()
    day = int(over[0])
    by_need = np.argsort(-least[:, day], kind="stable")
    enough = np.searchsorted(np.cumsum(least[by_need, day]), room[day], side="right")
    return tuple(by_need[: int(enough) + 1].tolist())


def _of_heads(whole: Ints, seats: Ints) -> tuple[int, ...]:
    r"""Return teams that are more than spaces hold of their size on a day, the fewest that show it.

    A space holds at most $\lfloor c_s / w \rfloor$ teams that need at least $w$ seats each.

    Args:
        whole: seats that each team needs, 0 if it may be divided, shape (teams, days).
        seats: of each space, shape (spaces, days).
    """
    few: tuple[int, ...] = ()
    for day in range(whole.shape[1]):
        by_need = np.argsort(-whole[:, day], kind="stable")
        need = whole[by_need, day]
        sizes = np.unique(need[need > 0])
        held = (seats[None, :, day] // sizes[:, None]).sum(axis=1)
        over = held < np.searchsorted(-need, -sizes, side="right")
        if over.any():
            teams = by_need[: int(held[over].min()) + 1]
            few = tuple(teams.tolist()) if not few or len(teams) < len(few) else few
    return few


def _of_spaces(problem: Problem, inside: Ints, spaces: int) -> tuple[int, ...]:
    """Return teams that must all be apart and are more than the spaces."""
    at = {team: position for position, team in enumerate(inside.tolist())}
    others: dict[int, set[int]] = {}
    for one, other in problem.apart:
        if one in at and other in at:
            others.setdefault(at[one], set()).add(at[other])
            others.setdefault(at[other], set()).add(at[one])
    while few := [team for team, apart in others.items() if len(apart) < spaces]:
        for team in few:
            for other in others.pop(team):
                others.get(other, set()).discard(team)
    return next((c[: spaces + 1] for c in _cliques(others) if len(c) > spaces), ())


def _cliques(others: dict[int, set[int]]) -> Iterator[tuple[int, ...]]:
    """Yield sets of teams that must all be apart, grown from those that most must be apart from."""
    for first in sorted(others, key=lambda team: (-len(others[team]), team))[:STARTS]:
        clique, left = [first], set(others[first])
        while left:
            best = max(sorted(left), key=lambda team: len(others[team] & left))
            clique.append(best)
            left &= others[best]
        yield tuple(clique)
