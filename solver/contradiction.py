"""Rules that conflict, named quickly: what can be counted is counted before anything is searched.

Teams that counting shows to be too many for their places are looked for first, and rules named
among those few teams; so most rules are shown to be needed or not by counting and by seating
people greedily.
"""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from solver.restack.conflict import Conflict, all_rules, with_rules
from solver.restack.construct import by_insertion, by_pouring, do_nothing
from solver.restack.exact import Limits, solve_exactly
from solver.restack.problem import compile_instance
from solver.shortage import shortage_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from solver.outcome import Reason
    from solver.restack.instance import Instance

SECONDS_PER_PART: Final = 1.0


class Oracle:
    """Says whether there is a plan: by counting, by seating greedily, and only then by search."""

    def __init__(
        self, end: float, seed: int, should_stop: Callable[[], bool] | None = None
    ) -> None:
        """Take the moment on the monotonic clock at which to say None, and the engine's seed."""
        self._end, self._seed, self._should_stop = end, seed, should_stop
        self.unsure = False

    @property
    def left(self) -> float:
        """Return the seconds left."""
        return self._end - time.monotonic()

    def has_plan(self, instance: Instance, seconds: float | None = None) -> bool | None:
        """Return whether an instance has a plan, None where there was no time to tell."""
        problem = compile_instance(instance)
        if shortage_of(problem) is not None:
            return False
        if any(make(problem) is not None for make in (do_nothing, by_pouring, by_insertion)):
            return True
        left = self.left if seconds is None else min(seconds, self.left)
        if left <= 0 or (self._should_stop is not None and self._should_stop()):
            return None
        tried = solve_exactly(
            problem, Limits(left, None, 1, self._seed), feasibility_only=True,
            should_stop=self._should_stop,
        )  # fmt: skip
        return False if tried.infeasible else None if tried.plan is None else True

    def conflict(self, instance: Instance, active: Sequence[Reason]) -> bool:
        """Return whether rules are known to conflict; notes where that could not be told."""
        late = self.left <= 0 or (self._should_stop is not None and self._should_stop())
        found = None if late else self.has_plan(with_rules(instance, active))
        self.unsure = self.unsure or found is None
        return found is False

    def explain(
        self, instance: Instance, base: list[Reason], added: list[Reason], rules: list[Reason]
    ) -> list[Reason]:
        """Return the fewest of `rules` that still conflict beside `base`; later ones preferred.

        Source:
            Junker (2004), "QuickXplain: preferred explanations and relaxations for
            over-constrained problems", AAAI-04.
        """
        if added and self.conflict(instance, base):
            return []
        if len(rules) == 1:
            return rules
        half = len(rules) // 2
        early, late = rules[:half], rules[half:]
        from_early = self.explain(instance, [*base, *late], late, early)
        from_late = self.explain(instance, [*base, *from_early], from_early, late)
        return [*from_early, *from_late]

    def named(self, part: Instance, among: Sequence[Reason] = ()) -> Conflict:
        """Return a minimal set of rules of an instance without a plan that conflict.

        Args:
            part: the instance.
            among: rules that are known to conflict, none to look at all.
        """
        self.unsure = False
        rules = list(among) or all_rules(part)
        if not rules or self.conflict(part, []):
            return Conflict((), minimal=not self.unsure)
        found = self.explain(part, [], [], rules)
        return Conflict(tuple(sorted(found)), minimal=not self.unsure)

    def is_minimal(self, instance: Instance, reasons: Sequence[Reason]) -> bool:
        """Return whether rules that conflict are known not to without any one of them."""
        rest = ([one for one in reasons if one is not dropped] for dropped in reasons)
        return all(
            self.left > 0 and self.has_plan(with_rules(instance, fewer)) is True for fewer in rest
        )

    def minimal(self, instance: Instance, found: Conflict) -> Conflict:
        """Return what conflicts among some teams as it does among all: fewer rules may do there."""
        if not found.reasons or leaves_room(instance, found.reasons):
            return found
        if self.is_minimal(instance, found.reasons):
            return found
        return self.named(instance, found.reasons)


def contradiction(
    instance: Instance,
    seconds: float,
    seed: int,
    should_stop: Callable[[], bool] | None = None,
) -> Conflict | None:
    """Return a minimal set of rules whose conflict is shown by counting, None if none is.

    Where teams in question are few, this takes milliseconds; a larger estate that has a plan is
    counted once.
    """
    short = shortage_of(compile_instance(instance))
    if short is None:
        return None
    oracle = Oracle(time.monotonic() + seconds, seed, should_stop)
    own = {instance.teams[team].id for team in short.teams}
    found = oracle.named(only(instance, own) if own else instance)
    return oracle.minimal(instance, found) if own and found.minimal else found


def explain_conflict(
    instance: Instance,
    seconds: float,
    seed: int,
    should_stop: Callable[[], bool] | None = None,
) -> Conflict:
    """Return a minimal set of rules that conflict, of an instance that has no plan.

    A few teams that compete for a few spaces are a conflict that a person can follow, and one
    that is quickly shown to be minimal; the search over all rules comes after.
    """
    end = time.monotonic() + seconds
    counted = contradiction(instance, seconds, seed, should_stop)
    if counted is not None and counted.minimal:
        return counted
    oracle = Oracle(end, seed, should_stop)
    for part in _parts(instance):
        if oracle.left <= 0:
            break
        if oracle.has_plan(part, SECONDS_PER_PART) is not False:
            continue
        found = oracle.named(part)
        counted = oracle.minimal(instance, found) if found.minimal else counted or found
        if counted.minimal:
            return counted
    if counted is not None and counted.reasons:
        return counted
    return Oracle(max(end, time.monotonic() + 0.1), seed, should_stop).named(instance)


def _parts(instance: Instance) -> Iterator[Instance]:
    """Yield the instance with only those teams that must share few spaces, the fewest first."""
    whole = compile_instance(instance)
    options = [frozenset(one.tolist()) for one in whole.options]
    for spaces in sorted(set(options), key=lambda one: (len(one), sorted(one))):
        if len(spaces) == len(instance.spaces):
            return
        inside = {
            team.id for team, own in zip(instance.teams, options, strict=True) if own <= spaces
        }
        yield only(instance, inside if spaces else {min(inside)})


def only(instance: Instance, teams: Collection[str]) -> Instance:
    """Return the instance with some of its teams, and without what earns or costs."""
    return replace(
        instance,
        teams=tuple(team for team in instance.teams if team.id in teams),
        near=(),
        units=(),
        apart=tuple(pair for pair in instance.apart if set(pair) <= set(teams)),
        fixed={team: space for team, space in instance.fixed.items() if team in teams},
        held={team: parts for team, parts in instance.held.items() if team in teams},
        place_cost={team: costs for team, costs in instance.place_cost.items() if team in teams},
    )


def leaves_room(instance: Instance, reasons: Sequence[Reason]) -> bool:
    """Return whether all teams that a few rules do not speak of can sit together somewhere.

    A space that none of the rules speaks of seats everybody once all other rules are dropped,
    so that what conflicts among a few teams, and is minimal there, is so among all.
    """
    spoken = {space for one in reasons for space in one.spaces}
    return any(space.id not in spoken for space in instance.spaces) and all(
        one.rule != "churn" for one in reasons
    )
