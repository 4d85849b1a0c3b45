"""Large-neighbourhood search: decide a few spaces and their teams again, exactly."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from solver.restack.evaluate import cost_of, satisfied, used_seats
from solver.restack.exact import Limits, solve_exactly
from solver.restack.part import part_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from solver.restack.problem import Plan, Problem

FEWEST_SPACES, MOST_SPACES = 2, 24
STEP_WORK = 1.0
RATE, GROWTH = 0.1, 0.25
REOPEN = 0.5


@dataclass
class Kind:
    """One way to pick a neighbourhood: how well it has paid, and how large it may be."""

    name: str
    pick: Callable[[Problem, Plan, random.Random, int], list[int]]
    size: float = 5.0
    worth: float = 1.0


@dataclass
class Search:
    """Picks neighbourhoods of one problem, learns which kind pays, and solves them.

    The state is this object's own; plans go in and come out, so that several searches can work
    on one problem.
    """

    problem: Problem
    seed: int
    kinds: list[Kind] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Start with every kind equally likely."""
        self.random = random.Random(self.seed)  # noqa: S311
        self.kinds = [
            Kind("closed", near_a_closed_space),
            Kind("building", in_one_building),
            Kind("room", with_most_room),
            Kind("far", around_a_far_pair),
            Kind("alike", that_suit_the_same_teams),
            Kind("unit", to_free_a_unit),
            Kind("any", any_spaces),
        ]

    @property
    def hope(self) -> float:
        """Return how often a neighbourhood has paid lately, from 0 to 1."""
        total = sum(kind.worth for kind in self.kinds)
        return sum(kind.worth**2 for kind in self.kinds) / total if total else 0.0

    def step(
        self,
        plan: Plan,
        seconds: float,
        work: float,
        should_stop: Callable[[], bool] | None,
        avoid: frozenset[int] = frozenset(),
        on_pick: Callable[[list[int]], None] | None = None,
    ) -> tuple[Plan | None, float, bool]:
        """Return a better plan or None, the work it took, and whether the clock cut it short.

        Args:
            plan: a sound plan.
            seconds: safety limit.
            work: limit in the engine's deterministic units.
            should_stop: ends the step.
            avoid: spaces that another search is at.
            on_pick: told which spaces are decided again.
        """
        kind = self._choose()
        spaces = [
            s
            for s in kind.pick(self.problem, plan, self.random, round(kind.size))
            if s not in avoid
        ]
        chosen = set(spaces)
        teams = [
            team
            for team, parts in enumerate(plan.parts)
            if all(space in chosen for space, _ in parts)
        ]
        if len(spaces) < FEWEST_SPACES or not teams:
            kind.worth *= 1 - RATE
            kind.size = min(MOST_SPACES, kind.size + GROWTH)
            return None, 0.001, False
        if on_pick is not None:
            on_pick(spaces)
        part = part_of(self.problem, plan, teams, spaces, used_seats(self.problem, plan))
        before = part.restrict(plan)
        result = solve_exactly(
            part.problem,
            Limits(seconds, min(work, STEP_WORK), 1, self.random.randrange(2**31)),
            hint=before,
            should_stop=should_stop,
        )
        gain = 0
        better = None
        if result.plan is not None and result.cost is not None:
            gain = cost_of(part.problem, before) - result.cost
            if gain > 0:
                better = part.extend(plan, result.plan)
        self._learn(kind, gain, result.work, proved=result.proved)
        return better, result.work + 0.02, result.cut_short

    def _choose(self) -> Kind:
        total = sum(max(kind.worth, 0.05) for kind in self.kinds)
        draw = self.random.random() * total
        for kind in self.kinds:
            draw -= max(kind.worth, 0.05)
            if draw <= 0:
                return kind
        return self.kinds[-1]

    def _learn(self, kind: Kind, gain: int, work: float, *, proved: bool) -> None:
        kind.worth = (1 - RATE) * kind.worth + RATE * (1.0 if gain > 0 else 0.0)
        if proved and work < STEP_WORK / 2:
            kind.size = min(MOST_SPACES, kind.size + GROWTH)
        elif not proved:
            kind.size = max(FEWEST_SPACES + 1, kind.size - 0.5)


def near_a_closed_space(problem: Problem, plan: Plan, rng: random.Random, size: int) -> list[int]:
    """Return a freed space and kept ones, half of them of its building."""
    freed = [s for s in range(problem.n_spaces) if s not in plan.kept and not problem.must_free[s]]
    if not freed:
        return any_spaces(problem, plan, rng, size)
    first = rng.choice(freed)
    kept = sorted(plan.kept)
    same = [s for s in kept if problem.building[s] == problem.building[first]]
    chosen = rng.sample(same, min(len(same), size // 2))
    rest = [s for s in kept if s not in chosen]
    return [first, *chosen, *rng.sample(rest, min(len(rest), max(0, size - 1 - len(chosen))))]


def in_one_building(problem: Problem, plan: Plan, rng: random.Random, size: int) -> list[int]:
    """Return neighbouring levels of one building, and sometimes of a second one."""
    first = rng.choice(sorted(plan.kept) or [0])
    same = np.flatnonzero(problem.building == problem.building[first])
    distance = np.abs(problem.level[same] - problem.level[first])
    chosen = [int(same[at]) for at in np.argsort(distance, kind="stable")[:size]]
    if len(chosen) < size:
        rest = [s for s in sorted(plan.kept) if s not in chosen]
        chosen += rng.sample(rest, min(len(rest), size - len(chosen)))
    return chosen


def with_most_room(problem: Problem, plan: Plan, rng: random.Random, size: int) -> list[int]:
    """Return kept spaces, those with free seats more likely."""
    room = (problem.seats - used_seats(problem, plan)).min(axis=1)
    kept = sorted(plan.kept)
    weighted = sorted(kept, key=lambda s: -float(room[s] + 1) * rng.random())
    return weighted[:size]


def around_a_far_pair(problem: Problem, plan: Plan, rng: random.Random, size: int) -> list[int]:
    """Return the spaces of teams that should be near and are not, and the levels around them."""
    far = [pair for pair in problem.pairs if not satisfied(problem, plan, pair)]
    if not far:
        return any_spaces(problem, plan, rng, size)
    pair = rng.choice(far)
    chosen: list[int] = []
    queue = [pair.first, pair.second]
    seen = set(queue)
    while queue and len(chosen) < size:
        team = queue.pop(0)
        for space, _ in plan.parts[team]:
            if space not in chosen:
                chosen.append(space)
            level = np.flatnonzero(problem.close[1][space])
            near = [int(s) for s in level if int(s) not in chosen and int(s) in plan.kept]
            if near and len(chosen) < size:
                chosen.append(rng.choice(near))
        around = [problem.pairs[at] for at in problem.pairs_of[team]]
        rng.shuffle(around)
        for link in around:
            other = link.second if link.first == team else link.first
            if other not in seen:
                seen.add(other)
                queue.append(other)
    return chosen[:size]


def any_spaces(problem: Problem, plan: Plan, rng: random.Random, size: int) -> list[int]:
    """Return any kept spaces, and now and then a freed one."""
    kept = sorted(plan.kept)
    chosen = rng.sample(kept, min(len(kept), size))
    freed = [s for s in range(problem.n_spaces) if s not in plan.kept and not problem.must_free[s]]
    if freed and rng.random() < REOPEN:
        chosen[-1:] = [rng.choice(freed)]
    return chosen


def that_suit_the_same_teams(
    problem: Problem, plan: Plan, rng: random.Random, size: int
) -> list[int]:
    """Return a space, kept ones whose teams would cost little more there, and freed ones for them.

    Where places differ by what they cost, kept spaces trade teams with those that suit the same
    ones, and several may be exchanged for others at once.
    """
    usable = np.flatnonzero(~problem.must_free).tolist()
    first = rng.choice(usable or [0])
    more, people = np.zeros(problem.n_spaces), np.full(problem.n_spaces, 1e-9)
    for team, seated in enumerate(plan.parts):
        here, there = _costs_at(problem, team, seated[0][0]), _costs_at(problem, team, first)
        more[seated[0][0]] += there - here
        people[seated[0][0]] += problem.people[team]
    freed = [s for s in usable if s not in plan.kept and s != first]
    beside = [] if first in plan.kept else [first]
    count = max(0, min(len(freed), size // 2 - len(beside)))
    kept = sorted(plan.kept, key=lambda s: (more[s] / people[s], rng.random()))
    chosen = kept[: size - count - len(beside)]
    saved = np.zeros(problem.n_spaces)
    for team, seated in enumerate(plan.parts):
        if seated[0][0] in chosen:
            here = _costs_at(problem, team, seated[0][0])
            saved[problem.options[team]] += np.maximum(here - problem.costs[team], 0.0)
    freed.sort(key=lambda s: (problem.keep[s] - saved[s], rng.random()))
    return chosen + beside + freed[:count]


def to_free_a_unit(problem: Problem, plan: Plan, rng: random.Random, size: int) -> list[int]:
    """Return what is kept of a unit that would pay if all of it were free, and freed spaces.

    A unit pays only once its last space is free: most ways there are worse at each single step.
    """
    missing = [(plan.kept.intersection(unit.spaces), unit) for unit in problem.units]
    near = [(kept, unit) for kept, unit in missing if 0 < len(kept) <= size]
    if not near:
        return any_spaces(problem, plan, rng, size)
    kept, unit = rng.choice(near)
    freed = [
        s
        for s in range(problem.n_spaces)
        if s not in plan.kept and s not in unit.spaces and not problem.must_free[s]
    ]
    chosen = sorted(kept) + rng.sample(freed, min(len(freed), len(kept)))
    rest = [s for s in sorted(plan.kept) if s not in kept]
    return chosen + rng.sample(rest, min(len(rest), max(0, size - len(chosen))))


def _costs_at(problem: Problem, team: int, space: int) -> float:
    """Return what a place costs a team, infinite where it may not sit there."""
    options = problem.options[team]
    at = int(np.searchsorted(options, space))
    here = at < len(options) and options[at] == space
    return float(problem.costs[team][at]) if here else np.inf
