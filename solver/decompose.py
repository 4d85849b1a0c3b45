"""Cutting a restack into components that do not touch: each may be solved by itself, exactly.

Campuses that no team can cross come apart; so does any other estate whose rules allow it. A cap
on people moved holds everything together.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from solver.restack.part import Part
from solver.restack.problem import Group, Held, Pair, Plan, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class _Sets:
    """Disjoint sets of numbers."""

    def __init__(self, count: int) -> None:
        self._parent = list(range(count))

    def find(self, one: int) -> int:
        while self._parent[one] != one:
            self._parent[one] = self._parent[self._parent[one]]
            one = self._parent[one]
        return one

    def join(self, members: Iterable[int]) -> None:
        roots = [self.find(member) for member in members]
        for root in roots[1:]:
            self._parent[self.find(root)] = self.find(roots[0])


def components_of(problem: Problem) -> tuple[list[Part], int]:
    """Return the components of a problem and the cost that lies between them.

    The least cost of the whole is the sum of the least costs of the components plus that cost.
    """
    if problem.cap is not None:
        everything = Part(
            replace(problem, offset=0),
            tuple(range(problem.n_teams)),
            tuple(range(problem.n_spaces)),
        )
        return [everything], problem.offset
    sets = _Sets(problem.n_spaces + problem.n_teams)
    first_team = problem.n_spaces
    for team, options in enumerate(problem.options):
        sets.join([first_team + team, *options.tolist()])
    for unit in problem.units:
        sets.join(unit.spaces)
    between = problem.offset
    for pair in problem.pairs:
        if _can_be_near(problem, pair):
            sets.join([first_team + pair.first, first_team + pair.second])
        else:
            between += pair.penalty
    for one, other in problem.apart:
        if np.intersect1d(problem.options[one], problem.options[other]).size:
            sets.join([first_team + one, first_team + other])
    return [
        _component(problem, teams, spaces) for teams, spaces in _members(problem, sets)
    ], between


def _members(problem: Problem, sets: _Sets) -> list[tuple[list[int], list[int]]]:
    """Return the teams and spaces of each component; spaces without teams, or nothing, are one."""
    members: dict[int, tuple[list[int], list[int]]] = {}
    for space in range(problem.n_spaces):
        members.setdefault(sets.find(space), ([], []))[1].append(space)
    for team in range(problem.n_teams):
        members.setdefault(sets.find(problem.n_spaces + team), ([], []))[0].append(team)
    lonely = [spaces for teams, spaces in members.values() if not teams]
    groups = [group for group in members.values() if group[0]]
    if lonely or not groups:
        groups.append(([], sorted(space for spaces in lonely for space in spaces)))
    return groups


def joined(problem: Problem, components: Sequence[Part], plans: Sequence[Plan]) -> Plan:
    """Return the plan of the whole that plans of all components make up."""
    parts: list[tuple[tuple[int, int], ...]] = [()] * problem.n_teams
    load = [0] * problem.n_teams
    kept: set[int] = set()
    for component, plan in zip(components, plans, strict=True):
        spaces = component.spaces
        for team, seated, choice in zip(component.teams, plan.parts, plan.load, strict=True):
            parts[team] = tuple((spaces[space], people) for space, people in seated)
            load[team] = choice
        kept.update(spaces[space] for space in plan.kept)
    return Plan(tuple(parts), tuple(load), frozenset(kept))


def _can_be_near(problem: Problem, pair: Pair) -> bool:
    one, other = problem.options[pair.first], problem.options[pair.second]
    return bool(problem.close[pair.reach][np.ix_(one, other)].any())


def _component(problem: Problem, teams: list[int], spaces: list[int]) -> Part:
    number = np.full(problem.n_spaces, -1, dtype=np.int64)
    number[spaces] = np.arange(len(spaces))
    place = {team: position for position, team in enumerate(teams)}
    inside = set(spaces)
    inner = Problem(
        seats=problem.seats[spaces],
        keep=problem.keep[spaces],
        must_keep=problem.must_keep[spaces],
        must_free=problem.must_free[spaces],
        building=problem.building[spaces],
        level=problem.level[spaces],
        units=tuple(
            Group(tuple(int(number[space]) for space in unit.spaces), unit.bonus)
            for unit in problem.units
            if unit.spaces[0] in inside
        ),
        people=problem.people[teams],
        smallest=problem.smallest[teams],
        loads=tuple(problem.loads[team] for team in teams),
        load_costs=tuple(problem.load_costs[team] for team in teams),
        options=tuple(number[problem.options[team]] for team in teams),
        costs=tuple(problem.costs[team] for team in teams),
        now=tuple(problem.now[team] for team in teams),
        pairs=tuple(
            Pair(place[pair.first], place[pair.second], pair.reach, pair.penalty)
            for pair in problem.pairs
            if pair.first in place and pair.second in place and _can_be_near(problem, pair)
        ),
        apart=tuple(
            (place[one], place[other])
            for one, other in problem.apart
            if one in place and other in place
        ),
        held=tuple(
            Held(place[one.team], int(number[one.space]), one.people)
            for one in problem.held
            if one.team in place
        ),
        cap=problem.cap,
    )
    return Part(inner, tuple(teams), tuple(spaces))
