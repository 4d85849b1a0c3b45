"""A part of a problem: some teams and spaces to decide again, the rest as it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from solver.restack.evaluate import moved_by, seats_of
from solver.restack.problem import Anchor, Group, Held, Pair, Plan, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from solver.restack.problem import Flags, Ints


@dataclass(frozen=True, slots=True)
class Part:
    """A smaller problem with the numbers that its teams and spaces have in the larger one."""

    problem: Problem
    teams: tuple[int, ...]
    spaces: tuple[int, ...]

    def restrict(self, plan: Plan) -> Plan:
        """Return what a plan of the larger problem says of this part."""
        number = {space: position for position, space in enumerate(self.spaces)}
        return Plan(
            tuple(
                tuple((number[space], people) for space, people in plan.parts[team])
                for team in self.teams
            ),
            tuple(plan.load[team] for team in self.teams),
            frozenset(number[space] for space in plan.kept if space in number),
        )

    def extend(self, plan: Plan, inner: Plan) -> Plan:
        """Return a plan of the larger problem with this part decided as `inner` says."""
        parts, load = list(plan.parts), list(plan.load)
        for team, seated, choice in zip(self.teams, inner.parts, inner.load, strict=True):
            parts[team] = tuple((self.spaces[space], people) for space, people in seated)
            load[team] = choice
        kept = plan.kept.difference(self.spaces) | {self.spaces[space] for space in inner.kept}
        return Plan(tuple(parts), tuple(load), kept)


def part_of(
    problem: Problem,
    plan: Plan,
    teams: Sequence[int],
    spaces: Iterable[int],
    taken: Ints,
) -> Part:
    """Return the part in which `teams` may be seated anew in `spaces`; all else stays.

    Costs count only what these choices change, so a better plan of the part is a better plan of
    the whole.

    Args:
        problem: the whole.
        plan: a sound plan of it.
        teams: to seat anew; they sit in `spaces` now.
        spaces: where they may sit.
        taken: seats taken in `plan`, shape (spaces, days).
    """
    chosen = sorted(spaces)
    number = np.full(problem.n_spaces, -1, dtype=np.int64)
    number[chosen] = np.arange(len(chosen))
    place = {team: position for position, team in enumerate(teams)}
    free_seats = problem.seats[chosen] - taken[chosen]
    occupied = np.zeros(problem.n_spaces, dtype=np.int64)
    for parts in plan.parts:
        for space, _ in parts:
            occupied[space] += 1
    for team in teams:
        for space, seats in seats_of(problem, team, plan.parts[team], plan.load[team]):
            occupied[space] -= 1
            if number[space] >= 0:
                free_seats[number[space]] += seats
    rows = [_options(problem, plan, team, place, number) for team in teams]
    pairs, anchors = _pairs(problem, plan, teams, place, number)
    cap = problem.cap
    if cap is not None:
        cap -= sum(
            moved_by(problem, team, parts)
            for team, parts in enumerate(plan.parts)
            if team not in place
        )
    inner = Problem(
        seats=free_seats,
        keep=problem.keep[chosen],
        must_keep=problem.must_keep[chosen] | (occupied[chosen] > 0),
        must_free=problem.must_free[chosen],
        building=problem.building[chosen],
        level=problem.level[chosen],
        units=_units(problem, plan, number),
        people=problem.people[list(teams)],
        smallest=problem.smallest[list(teams)],
        loads=tuple(problem.loads[team] for team in teams),
        load_costs=tuple(problem.load_costs[team] for team in teams),
        options=tuple(row[0] for row in rows),
        costs=tuple(row[1] for row in rows),
        now=tuple(row[2] for row in rows),
        pairs=pairs,
        anchors=anchors,
        apart=tuple(
            (place[one], place[two]) for one, two in problem.apart if one in place and two in place
        ),
        held=tuple(
            Held(place[one.team], int(number[one.space]), one.people)
            for one in problem.held
            if one.team in place
        ),
        cap=cap,
    )
    return Part(inner, tuple(teams), tuple(chosen))


def _options(
    problem: Problem, plan: Plan, team: int, place: dict[int, int], number: Ints
) -> tuple[Ints, Ints, Ints]:
    """Return where a team may sit within the part, with the distance to seated teams priced in."""
    options = problem.options[team]
    inside: Flags = number[options] >= 0
    for other in problem.apart_of[team]:
        if other not in place:
            inside &= ~np.isin(options, [space for space, _ in plan.parts[other]])
    options = options[inside]
    costs = problem.costs[team][inside].copy()
    if not problem.smallest[team]:
        for position in problem.pairs_of[team]:
            pair = problem.pairs[position]
            other = pair.second if pair.first == team else pair.first
            if other not in place:
                there = np.array([space for space, _ in plan.parts[other]], dtype=np.int64)
                near = problem.close[pair.reach][np.ix_(options, there)].any(axis=1)
                costs[~near] += pair.penalty
        for anchor in problem.anchors:
            if anchor.team == team:
                costs[~np.isin(options, list(anchor.spaces))] += anchor.penalty
    return number[options], costs, problem.now[team][inside]


def _pairs(
    problem: Problem, plan: Plan, teams: Sequence[int], place: dict[int, int], number: Ints
) -> tuple[tuple[Pair, ...], tuple[Anchor, ...]]:
    """Return the pairs inside the part, and those of divisible teams with teams outside it."""
    pairs = []
    anchors = [
        Anchor(
            place[anchor.team],
            frozenset(int(number[s]) for s in anchor.spaces if number[s] >= 0),
            anchor.penalty,
        )
        for anchor in problem.anchors
        if anchor.team in place and problem.smallest[anchor.team]
    ]
    for team in teams:
        for position in problem.pairs_of[team]:
            pair = problem.pairs[position]
            other = pair.second if pair.first == team else pair.first
            if other in place:
                if team == pair.first:
                    pairs.append(Pair(place[team], place[other], pair.reach, pair.penalty))
            elif problem.smallest[team]:
                there = [space for space, _ in plan.parts[other]]
                near = problem.close[pair.reach][:, there].any(axis=1) & (number >= 0)
                spaces = frozenset(number[near].tolist())
                anchors.append(Anchor(place[team], spaces, pair.penalty))
    return tuple(pairs), tuple(anchors)


def _units(problem: Problem, plan: Plan, number: Ints) -> tuple[Group, ...]:
    """Return the units that the part can still earn."""
    units = []
    for unit in problem.units:
        inside = tuple(int(number[space]) for space in unit.spaces if number[space] >= 0)
        outside = [space for space in unit.spaces if number[space] < 0]
        if inside and plan.kept.isdisjoint(outside):
            units.append(Group(inside, unit.bonus))
    return tuple(units)
