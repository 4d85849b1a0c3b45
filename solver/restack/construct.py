"""Plans made without a search."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from solver.restack.evaluate import keeps_rules, seats_of
from solver.restack.problem import Plan

if TYPE_CHECKING:
    from solver.restack.problem import Flags, Floats, Ints, Problem


MOSTLY = 0.3


def do_nothing(problem: Problem) -> Plan | None:
    """Return today's seating with each team's cheapest load, None if it breaks a rule.

    Spaces that nobody uses are freed where freeing them costs nothing.
    """
    parts = []
    for team, options in enumerate(problem.options):
        now = problem.now[team]
        there = np.flatnonzero(now)
        parts.append(tuple((int(options[at]), int(now[at])) for at in there))
    used = {space for team in parts for space, _ in team}
    plan = Plan(
        tuple(parts),
        tuple(int(np.argmin(costs)) for costs in problem.load_costs),
        frozenset(used) | idle_kept(problem),
    )
    return plan if keeps_rules(problem, plan) else None


def idle_kept(problem: Problem) -> frozenset[int]:
    """Return the spaces that a plan keeps even if nobody sits there."""
    kept = problem.must_keep | ((problem.keep < 0) & ~problem.must_free)
    return frozenset(np.flatnonzero(kept).tolist())


def from_shares(problem: Problem, sits: Floats, kept: Floats) -> Plan | None:
    """Return a plan near a fractional one, None if some team does not fit.

    Large teams choose first: the space where most of them sits, then the cheapest with room,
    those that the fractional plan mostly keeps before the others.

    Args:
        problem: what is solved.
        sits: share of each team in each space, shape (teams, spaces).
        kept: share of each space that is kept, shape (spaces,).
    """
    room = problem.seats.copy()
    parts: list[tuple[tuple[int, int], ...]] = [()] * problem.n_teams
    load = [int(np.argmin(costs)) for costs in problem.load_costs]
    opened = kept > MOSTLY
    order = sorted(range(problem.n_teams), key=lambda team: (-_heft(problem, team, load), team))
    for team in order:
        target = _best_share(problem, team, parts, room, sits[team], opened, load)
        if target is None:
            return None
        parts[team] = ((target, int(problem.people[team])),)
        room[target] -= problem.loads[team][load[team]]
        opened[target] = True
    used = frozenset(space for seated in parts for space, _ in seated)
    plan = Plan(tuple(parts), tuple(load), used | idle_kept(problem))
    return plan if keeps_rules(problem, plan) else None


def _heft(problem: Problem, team: int, load: list[int]) -> int:
    return int(problem.loads[team][load[team]].max())


def _best_share(
    problem: Problem,
    team: int,
    parts: list[tuple[tuple[int, int], ...]],
    room: Ints,
    share: Floats,
    opened: Flags,
    load: list[int],
) -> int | None:
    options = problem.options[team]
    fits = (room[options] >= problem.loads[team][load[team]]).all(axis=1)
    for other in problem.apart_of[team]:
        fits &= ~np.isin(options, [space for space, _ in parts[other]])
    if not fits.any():
        return None
    opening = np.where(opened[options], 0, problem.keep[options])
    price = problem.costs[team] + opening
    most = np.round(share[options], 2)
    order = np.lexsort((price, -most * opened[options], ~fits))
    return int(options[order[0]])


def by_insertion(problem: Problem) -> Plan | None:
    """Return a plan made from nothing, None if some team does not fit."""
    nothing = np.zeros((problem.n_teams, problem.n_spaces))
    return from_shares(problem, nothing, np.zeros(problem.n_spaces))


def by_pouring(problem: Problem) -> Plan | None:
    """Return any plan, costs aside, None if some team does not fit.

    Teams that stay whole go first, the largest before the others, each where least room is left;
    those that may be divided fill what remains. Under a cap on moves, who can stay does.
    """
    room = problem.seats.copy()
    parts: list[tuple[tuple[int, int], ...]] = [()] * problem.n_teams
    load = [int(np.argmin(loads.max(axis=1))) for loads in problem.loads]
    order = sorted(
        range(problem.n_teams),
        key=lambda team: (bool(problem.smallest[team]), -_heft(problem, team, load), team),
    )
    for team in order:
        barred = [space for other in problem.apart_of[team] for space, _ in parts[other]]
        may = ~np.isin(problem.options[team], barred)
        parts[team] = _poured(problem, team, room, may, problem.loads[team][load[team]])
        if not parts[team]:
            return None
        for space, seats in seats_of(problem, team, parts[team], load[team]):
            room[space] -= seats
    used = frozenset(space for seated in parts for space, _ in seated)
    plan = Plan(tuple(parts), tuple(load), used | idle_kept(problem))
    return plan if keeps_rules(problem, plan) else None


def _poured(
    problem: Problem, team: int, room: Ints, may: Flags, need: Ints
) -> tuple[tuple[int, int], ...]:
    """Return where one team goes, nothing if it does not fit."""
    options, people = problem.options[team], int(problem.people[team])
    least = int(problem.smallest[team])
    left = room[options]
    whole = may & (left >= need).all(axis=1)
    home = problem.now[team] if problem.cap is not None else np.zeros_like(problem.now[team])
    if whole.any():
        first = np.lexsort((left.sum(axis=1), -home, ~whole))[0]
        return ((int(options[first]), people),)
    if not least:
        return ()
    share = np.minimum(left, need) * people // np.maximum(need, 1)
    most = np.where(need > 0, share, people).min(axis=1) * may
    found, still = [], people
    for at in np.lexsort((-most, -home)).tolist():
        part = min(int(most[at]), still)
        if 0 < still - part < least:
            part = still - least
        if part >= least:
            found.append((int(options[at]), part))
            still -= part
        if not still:
            return tuple(sorted(found))
    return ()
