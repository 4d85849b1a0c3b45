"""The cost of a plan and whether it keeps the rules, on arrays: quick, for the searches."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from solver.restack.problem import Flags, Ints, Pair, Plan, Problem


def share(amount: int, part: int, whole: int) -> int:
    """Return what falls on a part of the people, rounded up."""
    return amount if part == whole else -((-amount * part) // whole)


def cost_of(problem: Problem, plan: Plan) -> int:
    """Return the cost of a plan that sits teams at their options only."""
    cost = problem.offset + sum(int(problem.keep[space]) for space in plan.kept)
    cost -= sum(unit.bonus for unit in problem.units if plan.kept.isdisjoint(unit.spaces))
    for team, parts in enumerate(plan.parts):
        cost += int(problem.load_costs[team][plan.load[team]])
        options, costs = problem.options[team], problem.costs[team]
        whole = int(problem.people[team])
        for space, people in parts:
            price = int(costs[np.searchsorted(options, space)])
            cost += share(price, people, whole)
    cost += sum(pair.penalty for pair in problem.pairs if not satisfied(problem, plan, pair))
    return cost + sum(
        anchor.penalty
        for anchor in problem.anchors
        if anchor.spaces.isdisjoint(space for space, _ in plan.parts[anchor.team])
    )


def satisfied(problem: Problem, plan: Plan, pair: Pair) -> bool:
    """Return whether the two teams of a pair are near each other."""
    close = problem.close[pair.reach]
    return any(
        close[one, other]
        for one, _ in plan.parts[pair.first]
        for other, _ in plan.parts[pair.second]
    )


def seats_of(
    problem: Problem, team: int, parts: tuple[tuple[int, int], ...], load: int
) -> Iterator[tuple[int, Ints]]:
    """Yield each space of a team with the seats that it takes there, by day."""
    by_day = problem.loads[team][load]
    whole = int(problem.people[team])
    for space, people in parts:
        yield space, by_day if people == whole else -((-by_day * people) // whole)


def used_seats(problem: Problem, plan: Plan) -> Ints:
    """Return the seats taken, shape (spaces, days)."""
    used = np.zeros_like(problem.seats)
    for team, parts in enumerate(plan.parts):
        for space, seats in seats_of(problem, team, parts, plan.load[team]):
            used[space] += seats
    return used


def moved_by(problem: Problem, team: int, parts: tuple[tuple[int, int], ...]) -> int:
    """Return the people of a team who sit where they do not sit today."""
    options, now = problem.options[team], problem.now[team]
    return sum(
        max(0, people - int(now[np.searchsorted(options, space)])) for space, people in parts
    )


def moved_people(problem: Problem, plan: Plan) -> int:
    """Return the people who sit where they do not sit today."""
    return sum(moved_by(problem, team, parts) for team, parts in enumerate(plan.parts))


def keeps_rules(problem: Problem, plan: Plan) -> bool:
    """Return whether a plan keeps every rule of the problem."""
    kept = np.zeros(problem.n_spaces, dtype=bool)
    kept[list(plan.kept)] = True
    if (problem.must_keep & ~kept).any() or (problem.must_free & kept).any():
        return False
    if not all(_seated_well(problem, team, parts, kept) for team, parts in enumerate(plan.parts)):
        return False
    for first, second in problem.apart:
        if {s for s, _ in plan.parts[first]} & {s for s, _ in plan.parts[second]}:
            return False
    if any(dict(plan.parts[one.team]).get(one.space, 0) < one.people for one in problem.held):
        return False
    if problem.cap is not None and moved_people(problem, plan) > problem.cap:
        return False
    return bool((used_seats(problem, plan) <= problem.seats).all())


def _seated_well(
    problem: Problem, team: int, parts: tuple[tuple[int, int], ...], kept: Flags
) -> bool:
    options = problem.options[team]
    least = int(problem.smallest[team])
    if not parts or (len(parts) > 1 and not least):
        return False
    if sum(people for _, people in parts) != int(problem.people[team]):
        return False
    for space, people in parts:
        at = int(np.searchsorted(options, space))
        if at >= len(options) or options[at] != space or not kept[space] or people < least:
            return False
    return True
