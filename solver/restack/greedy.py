"""Greedy closing: empty the space that costs most per person into the room of the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from solver.restack.evaluate import cost_of, keeps_rules, seats_of, used_seats
from solver.restack.problem import Plan

if TYPE_CHECKING:
    from collections.abc import Callable

    from solver.restack.problem import Ints, Problem


def close_spaces(
    problem: Problem, plan: Plan, cost: int | None, should_stop: Callable[[], bool]
) -> tuple[Plan, int]:
    """Return the plan after closing every space that pays to close, dearest per head first.

    Args:
        problem: what is solved.
        plan: a sound plan.
        cost: what it costs, worked out where None.
        should_stop: asked before each space.
    """
    cost = cost_of(problem, plan) if cost is None else cost
    refused: set[int] = set()
    while not should_stop():
        space = _dearest(problem, plan, refused)
        if space is None:
            break
        closed = emptied(problem, plan, space)
        if closed is not None:
            closed_cost = cost_of(problem, closed)
            if closed_cost < cost and keeps_rules(problem, closed):
                plan, cost = closed, closed_cost
                continue
        refused.add(space)
    return plan, cost


def _dearest(problem: Problem, plan: Plan, refused: set[int]) -> int | None:
    """Return the kept space with the highest cost per person."""
    heads = np.zeros(problem.n_spaces)
    for parts in plan.parts:
        for space, people in parts:
            heads[space] += people
    candidates = [
        space for space in plan.kept if space not in refused and not problem.must_keep[space]
    ]
    worth = problem.keep / np.maximum(heads, 0.5)
    return max(candidates, key=lambda space: (worth[space], -space), default=None)


def emptied(problem: Problem, plan: Plan, closing: int) -> Plan | None:
    """Return the plan with a space closed, its teams best-fitted elsewhere; None if they do not."""
    room = problem.seats - used_seats(problem, plan)
    parts = list(plan.parts)
    load = list(plan.load)
    open_ = np.zeros(problem.n_spaces, dtype=bool)
    open_[list(plan.kept)] = True
    open_[closing] = False
    leaving = [t for t, seated in enumerate(parts) if any(s == closing for s, _ in seated)]
    leaving.sort(key=lambda team: (-int(problem.people[team]), team))
    for team in leaving:
        for space, seats in seats_of(problem, team, parts[team], load[team]):
            room[space] += seats
        parts[team] = tuple(part for part in parts[team] if part[0] != closing)
    for team in leaving:
        target = best_place(problem, parts, team, load[team], room, open_)
        if target is None:
            return None
        parts[team] = ((target, int(problem.people[team])),)
        room[target] -= problem.loads[team][load[team]]
    return Plan(tuple(parts), tuple(load), plan.kept - {closing})


def best_place(
    problem: Problem,
    parts: list[tuple[tuple[int, int], ...]],
    team: int,
    load: int,
    room: Ints,
    open_: np.ndarray[tuple[int], np.dtype[np.bool_]],
) -> int | None:
    """Return the cheapest open space with room for a whole team, distance to others included."""
    options = problem.options[team]
    need = problem.loads[team][load]
    possible = open_[options] & (room[options] >= need).all(axis=1)
    if not possible.any():
        return None
    costs = problem.costs[team].astype(np.float64)
    for position in problem.pairs_of[team]:
        pair = problem.pairs[position]
        other = pair.second if pair.first == team else pair.first
        there = np.array([space for space, _ in parts[other]], dtype=np.int64)
        if there.size:
            near = problem.close[pair.reach][np.ix_(options, there)].any(axis=1)
            costs += np.where(near, 0, pair.penalty)
    for other in problem.apart_of[team]:
        possible &= ~np.isin(options, [space for space, _ in parts[other]])
    if not possible.any():
        return None
    left = (room[options] - need).min(axis=1)
    order = np.lexsort((left, np.where(possible, costs, np.inf)))
    return int(options[order[0]])
