"""The best restack by trying everything: slow, short, and independent of the models."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain, combinations, product
from typing import TYPE_CHECKING

from solver.restack.check import check_solution, cost_of
from solver.restack.solution import Solution

if TYPE_CHECKING:
    from collections.abc import Iterator

    from solver.restack.instance import Instance, Team


def seatings(instance: Instance, team: Team) -> Iterator[dict[str, int]]:
    """Yield every way to seat a team, whole or in parts."""
    spaces = [space.id for space in instance.spaces]
    if team.split is None or team.people == 0:
        yield from ({space: team.people} for space in spaces)
        return
    counts = range(team.people + 1)
    for split in product(counts, repeat=len(spaces)):
        if sum(split) == team.people:
            yield {space: n for space, n in zip(spaces, split, strict=True) if n}


def best_by_force(instance: Instance) -> int | None:
    """Return the least cost over all plans, None if no plan keeps the rules."""
    ids = [space.id for space in instance.spaces]
    subsets = list(chain.from_iterable(combinations(ids, n) for n in range(len(ids) + 1)))
    choices = []
    for team in instance.teams:
        sound = []
        for parts, load in product(seatings(instance, team), range(len(team.loads))):
            alone = Solution({team.id: parts}, {team.id: load}, tuple(parts), 0)
            if not any(v.rule in PERSONAL for v in check_alone(instance, team, alone)):
                sound.append((parts, load))
        choices.append(sound)
    best: int | None = None
    for combined in product(*choices):
        place = {t.id: parts for t, (parts, _) in zip(instance.teams, combined, strict=True)}
        load = {t.id: n for t, (_, n) in zip(instance.teams, combined, strict=True)}
        used = {space for parts in place.values() for space in parts}
        everything = Solution(place, load, tuple(ids), 0)
        if any(v.rule in {"seats", "apart", "churn"} for v in check_solution(instance, everything)):
            continue
        for kept in subsets:
            if not used <= set(kept):
                continue
            plan = Solution(place, load, kept, 0)
            cost = cost_of(instance, plan)
            if best is not None and cost >= best:
                continue
            if not check_solution(instance, Solution(place, load, kept, cost)):
                best = cost
    return best


PERSONAL = {"place", "needs", "fixed", "whole", "part", "people", "seats", "must_free"}


def check_alone(instance: Instance, team: Team, alone: Solution) -> list:
    """Return what is wrong with one team's seating, whatever the others do."""
    small = replace(instance, teams=(team,), near=(), apart=(), people_moved_at_most=None)
    return check_solution(small, alone)
