"""Why there is no plan: a minimal set of rules that conflict.

Which teams there are is no rule; everything that a user can change about them and about the
spaces is. A set is tested by dropping all rules outside it and asking for any plan at all.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from solver.outcome import Reason
from solver.restack.exact import Limits, solve_exactly
from solver.restack.problem import compile_instance

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from solver.restack.instance import Instance, Space, Team


@dataclass(frozen=True, slots=True)
class Conflict:
    """Rules that no plan keeps together; `minimal` where each was shown to be needed."""

    reasons: tuple[Reason, ...]
    minimal: bool


def all_rules(instance: Instance) -> list[Reason]:
    """Return every rule of an instance that can be dropped, the least telling ones first."""
    rules = [Reason("must_keep", (), (s.id,)) for s in instance.spaces if s.must_keep]
    for team in instance.teams:
        costs = instance.place_cost.get(team.id, {})
        if instance.place_cost_default is None and len(costs) < len(instance.spaces):
            rules.append(Reason("place", (team.id,)))
    rules += [Reason("whole", (team.id,)) for team in instance.teams if team.people > 1]
    rules += [Reason("needs", (team.id,)) for team in instance.teams if team.needs]
    rules += [Reason("apart", pair) for pair in instance.apart]
    rules += [Reason("seats", (), (space.id,)) for space in instance.spaces]
    rules += [Reason("fixed", (team,), (space,)) for team, space in instance.fixed.items()]
    rules += [Reason("must_free", (), (s.id,)) for s in instance.spaces if s.must_free]
    if instance.people_moved_at_most is not None:
        rules.append(Reason("churn"))
    return rules


def with_rules(instance: Instance, active: Sequence[Reason]) -> Instance:
    """Return the instance without all droppable rules but the active ones, and without costs."""
    names = set(active)
    everyone = sum(
        max(team.people, *map(max, (x.by_day for x in team.loads))) + 1 for team in instance.teams
    ) * max(1, len(instance.teams))
    return replace(
        instance,
        spaces=tuple(_space(space, names, everyone) for space in instance.spaces),
        teams=tuple(_team(team, names) for team in instance.teams),
        units=(),
        near=(),
        place_cost={
            team.id: dict.fromkeys(instance.place_cost.get(team.id, {}), 0)
            if Reason("place", (team.id,)) in names
            else {space.id: 0 for space in instance.spaces}
            for team in instance.teams
        },
        place_cost_default=None if instance.place_cost_default is None else 0,
        apart=tuple(pair for pair in instance.apart if Reason("apart", pair) in names),
        fixed={
            team: space
            for team, space in instance.fixed.items()
            if Reason("fixed", (team,), (space,)) in names
        },
        people_moved_at_most=(instance.people_moved_at_most if Reason("churn") in names else None),
    )


def _space(space: Space, names: set[Reason], everyone: int) -> Space:
    return replace(
        space,
        seats=space.seats if Reason("seats", (), (space.id,)) in names else everyone,
        keep_cost=0,
        must_keep=space.must_keep and Reason("must_keep", (), (space.id,)) in names,
        must_free=space.must_free and Reason("must_free", (), (space.id,)) in names,
    )


def _team(team: Team, names: set[Reason]) -> Team:
    return replace(
        team,
        needs=team.needs if Reason("needs", (team.id,)) in names else frozenset(),
        split=team.split if Reason("whole", (team.id,)) in names else 1,
    )


def find_conflict(
    instance: Instance,
    seconds: float,
    seed: int,
    should_stop: Callable[[], bool] | None = None,
) -> Conflict:
    """Return a minimal set of conflicting rules of an instance that has no plan.

    Args:
        instance: proved to have no plan.
        seconds: when it runs out, the set found so far is returned as not minimal.
        seed: for the engine.
        should_stop: ends the search early as well.

    Source:
        Junker (2004), "QuickXplain: preferred explanations and relaxations for
        over-constrained problems", AAAI-04.
    """
    search = _Search(instance, time.monotonic() + seconds, seed, should_stop)
    rules = all_rules(instance)
    if search.conflicts([]):
        return Conflict((), minimal=not search.unsure)
    return Conflict(tuple(sorted(search.explain([], [], rules))), minimal=not search.unsure)


class _Search:
    def __init__(
        self,
        instance: Instance,
        deadline: float,
        seed: int,
        should_stop: Callable[[], bool] | None,
    ) -> None:
        self._instance = instance
        self._deadline = deadline
        self._seed = seed
        self._should_stop = should_stop
        self.unsure = False

    def conflicts(self, active: Sequence[Reason]) -> bool:
        """Return whether the active rules are known to conflict."""
        left = self._deadline - time.monotonic()
        if left <= 0 or (self._should_stop is not None and self._should_stop()):
            self.unsure = True
            return False
        result = solve_exactly(
            compile_instance(with_rules(self._instance, active)),
            Limits(left, None, 1, self._seed),
            feasibility_only=True,
            should_stop=self._should_stop,
        )
        if not result.infeasible and result.plan is None:
            self.unsure = True
        return result.infeasible

    def explain(self, base: list[Reason], added: list[Reason], rules: list[Reason]) -> list[Reason]:
        """Return the fewest of `rules` that still conflict beside `base`; later ones preferred."""
        if added and self.conflicts(base):
            return []
        if len(rules) == 1:
            return rules
        half = len(rules) // 2
        early, late = rules[:half], rules[half:]
        from_early = self.explain([*base, *late], late, early)
        from_late = self.explain([*base, *from_early], from_early, late)
        return [*from_early, *from_late]
