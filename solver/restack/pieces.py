"""Divided teams as pieces that move one by one: then every team of the problem stays whole.

What a rule between teams asks of any part of a team is asked of one piece here, and pieces of one
team may not share a space. So a plan of the pieces is a plan of the teams that costs no more.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations, product
from typing import TYPE_CHECKING

import numpy as np

from solver.restack.problem import Anchor, Held, Pair, Plan

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from solver.restack.problem import Ints, Problem

# How likely a divisible team is put together or divided before its spaces are searched.
CUT_ANEW = 0.05


@dataclass(frozen=True, slots=True)
class Pieces:
    """A problem of pieces, each a team that stays whole.

    Args:
        problem: with a team for each piece.
        plan: what was cut, as a plan of the pieces.
        team_of: the team of each piece, ascending.
        load_of: for each piece, what its loads are called in its team.
        n_teams: teams that were cut.
    """

    problem: Problem
    plan: Plan
    team_of: tuple[int, ...]
    load_of: tuple[tuple[int, ...], ...]
    n_teams: int

    def joined(self, plan: Plan) -> Plan:
        """Return a plan of the pieces as a plan of the teams."""
        parts: list[dict[int, int]] = [{} for _ in range(self.n_teams)]
        load = [0] * self.n_teams
        for piece, team in enumerate(self.team_of):
            load[team] = self.load_of[piece][plan.load[piece]]
            for space, people in plan.parts[piece]:
                parts[team][space] = parts[team].get(space, 0) + people
        seated = tuple(tuple(sorted(there.items())) for there in parts)
        return Plan(seated, tuple(load), plan.kept)


def cut(problem: Problem, plan: Plan) -> Pieces:
    """Return the pieces of a plan: one for each space of each team.

    Args:
        problem: what is solved.
        plan: that tells how teams are divided, if not where they sit: it may be overfull, and
            two parts of a team may name the same space.
    """
    team_of = tuple(team for team, parts in enumerate(plan.parts) for _ in parts)
    flat = [part for parts in plan.parts for part in parts]
    seated = Plan(
        tuple((part,) for part in flat),
        tuple(0 if len(plan.parts[t]) > 1 else plan.load[t] for t in team_of),
        plan.kept,
    )
    if not problem.smallest.any():
        every = tuple(tuple(range(len(loads))) for loads in problem.loads)
        return Pieces(problem, seated, team_of, every, problem.n_teams)
    of = _pieces_of(plan)
    rows = [_piece(problem, plan, team, at) for team, at in _each(plan)]
    inner = replace(
        problem,
        people=np.array([people for _, people in flat], dtype=np.int64),
        smallest=np.zeros(len(flat), dtype=np.int64),
        loads=tuple(row[0] for row in rows),
        load_costs=tuple(row[1] for row in rows),
        options=tuple(problem.options[team] for team in team_of),
        costs=tuple(row[2] for row in rows),
        now=tuple(problem.now[team] for team in team_of),
        pairs=tuple(_nearest(problem, plan, of, pair) for pair in problem.pairs),
        anchors=tuple(_anchored(plan, of, anchor) for anchor in problem.anchors),
        apart=(
            *(two for one, other in problem.apart for two in product(of[one], of[other])),
            *(two for pieces in of for two in combinations(pieces, 2)),
        ),
        held=tuple(
            Held(of[one.team][at], one.space, one.people)
            for one in problem.held
            for at in _there(plan, one)
        ),
    )
    load_of = tuple(
        (plan.load[team],) if len(of[team]) > 1 else tuple(range(len(problem.loads[team])))
        for team in team_of
    )
    return Pieces(inner, seated, team_of, load_of, problem.n_teams)


def cut_anew(
    problem: Problem, plan: Plan, rng: np.random.Generator, often: float = CUT_ANEW
) -> Plan:
    """Return a plan, overfull perhaps, with a few teams put together or divided otherwise."""
    if not problem.smallest.any():
        return plan
    parts = list(plan.parts)
    held = {one.team for one in problem.held}
    for team in np.flatnonzero(problem.smallest).tolist():
        least, people = int(problem.smallest[team]), int(problem.people[team])
        if team in held or rng.random() >= often:
            continue
        space = max(parts[team], key=lambda part: part[1])[0]
        if len(parts[team]) > 1:
            parts[team] = ((space, people),)
        elif 2 * least <= people:
            some = int(rng.integers(least, people - least + 1))
            parts[team] = ((space, some), (space, people - some))
    return Plan(tuple(parts), plan.load, plan.kept)


def _there(plan: Plan, held: Held) -> list[int]:
    """Return which pieces of a team stay where people of it are held: if none sits there, any."""
    parts = plan.parts[held.team]
    return [at for at, (space, _) in enumerate(parts) if space == held.space] or [0]


def _each(plan: Plan) -> Iterator[tuple[int, int]]:
    for team, parts in enumerate(plan.parts):
        for at in range(len(parts)):
            yield team, at


def _pieces_of(plan: Plan) -> list[range]:
    ends = np.cumsum([len(parts) for parts in plan.parts]).tolist()
    return [range(end - len(parts), end) for end, parts in zip(ends, plan.parts, strict=True)]


def _piece(problem: Problem, plan: Plan, team: int, at: int) -> tuple[Ints, Ints, Ints]:
    """Return loads, what they cost, and what places cost one piece."""
    loads, load_costs, costs = problem.loads[team], problem.load_costs[team], problem.costs[team]
    parts = plan.parts[team]
    if len(parts) == 1:
        return loads, load_costs, costs
    people, whole, chosen = parts[at][1], int(problem.people[team]), plan.load[team]
    once = load_costs[[chosen]] if at == 0 else np.zeros(1, dtype=np.int64)
    return -((-loads[[chosen]] * people) // whole), once, -((-costs * people) // whole)


def _nearest(problem: Problem, plan: Plan, of: Sequence[range], pair: Pair) -> Pair:
    """Return a pair for two pieces: two that are near each other, if any are."""
    close = problem.close[pair.reach]
    one, other = of[pair.first], of[pair.second]
    couples = [
        (first, second)
        for first, (here, _) in zip(one, plan.parts[pair.first], strict=True)
        for second, (there, _) in zip(other, plan.parts[pair.second], strict=True)
        if close[here, there]
    ]
    first, second = couples[0] if couples else (one[0], other[0])
    return Pair(first, second, pair.reach, pair.penalty)


def _anchored(plan: Plan, of: Sequence[range], anchor: Anchor) -> Anchor:
    """Return an anchor for one piece: one that is there, if any is."""
    seated = zip(of[anchor.team], plan.parts[anchor.team], strict=True)
    there = [piece for piece, (space, _) in seated if space in anchor.spaces]
    return Anchor(there[0] if there else of[anchor.team][0], anchor.spaces, anchor.penalty)
