"""What a change of the rules costs, and what would have to give where no plan exists.

A price is the difference of two least costs. Each of the two lies between a proved bound and
the cost of a plan, so the price lies between two figures too; it is exact where they meet.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from ortools.sat.python import cp_model

from solver.outcome import Status
from solver.restack.conflict import all_rules, find_conflict, with_rules
from solver.restack.exact import FOUND, Limits, Stopper, engine, solve_exactly
from solver.restack.problem import compile_instance
from solver.restack.rules import (
    fixed_spaces,
    moves_capped,
    seated_is_kept,
    seats_taken,
    teams_apart,
    teams_seated,
)
from solver.restack.variables import Variables

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from solver.outcome import Outcome, Reason
    from solver.restack.conflict import Conflict
    from solver.restack.instance import Instance, SpaceId, TeamId
    from solver.restack.solution import Solution

Way = Literal["tighter", "looser"]
SECONDS_PER_PART = 1.0
SECONDS_ALONE = 10.0


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the least cost of an instance: a plan's cost above, a bound below.

    A missing thing is None. `impossible`: proved that there is no plan.
    """

    cost: int | None
    bound: int | None
    impossible: bool = False


def known_of(outcome: Outcome[Solution]) -> Known:
    """Return what a run found out."""
    return Known(outcome.cost, outcome.bound, outcome.status is Status.INFEASIBLE)


@dataclass(frozen=True, slots=True)
class Price:
    """What a change adds to the least cost; below 0 it saves.

    Args:
        estimate: the difference of the best plans known, None where one of them is missing.
        least, most: the true difference lies between them; None where nothing is proved.
    """

    estimate: int | None
    least: int | None
    most: int | None

    @property
    def exact(self) -> bool:
        """Return whether the estimate is the true difference, proved."""
        return self.estimate is not None and self.least == self.most


def price_of(before: Known, after: Known, way: Way) -> Price | None:
    """Return what a change that only tightens, or only loosens, the rules costs.

    What is known of the one side helps the other: a plan under tighter rules is a plan under
    looser ones, and a bound under looser rules holds under tighter ones.

    Args:
        before: of the instance as it is.
        after: of the instance as it would be; all costs are the same in both.
        way: which way the change goes.

    Returns:
        None where the tighter side is proved to have no plan.
    """
    loose, tight = (before, after) if way == "tighter" else (after, before)
    if tight.impossible:
        return None
    top = _least(loose.cost, tight.cost)
    floor = _most(loose.bound, tight.bound)
    more = Price(
        estimate=_less(tight.cost, top),
        least=max(0, _less(floor, top) or 0) if top is not None else None,
        most=_less(tight.cost, loose.bound),
    )
    if way == "tighter":
        return more
    return Price(_minus(more.estimate), _minus(more.most), _minus(more.least))


def _least(*values: int | None) -> int | None:
    return min((value for value in values if value is not None), default=None)


def _most(*values: int | None) -> int | None:
    return max((value for value in values if value is not None), default=None)


def _less(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one - other


def _minus(value: int | None) -> int | None:
    return None if value is None else -value


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
    for part in _parts(instance):
        left = end - time.monotonic()
        if left <= 0:
            break
        limits = Limits(min(left, SECONDS_PER_PART), None, 1, seed)
        tried = solve_exactly(
            compile_instance(part), limits, feasibility_only=True, should_stop=should_stop
        )
        if not tried.infeasible:
            continue
        found = find_conflict(part, left, seed, should_stop)
        alone = leaves_room(instance, found.reasons)
        if found.minimal and (alone or is_minimal(instance, found.reasons, end, seed)):
            return found
    return find_conflict(instance, max(end - time.monotonic(), 0.1), seed, should_stop)


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
        if not spaces:
            inside = {min(inside)}
        yield replace(
            instance,
            teams=tuple(team for team in instance.teams if team.id in inside),
            near=(),
            units=(),
            apart=tuple(pair for pair in instance.apart if inside.issuperset(pair)),
            fixed={team: space for team, space in instance.fixed.items() if team in inside},
            place_cost={
                team: costs for team, costs in instance.place_cost.items() if team in inside
            },
        )


def only_places(instance: Instance) -> dict[SpaceId, TeamId]:
    """Return the spaces that are the only place of some team, with the first such team."""
    problem = compile_instance(instance)
    found: dict[SpaceId, TeamId] = {}
    for team, options in zip(instance.teams, problem.options, strict=True):
        if len(options) == 1:
            found.setdefault(instance.spaces[int(options[0])].id, team.id)
    return found


def explain_held(instance: Instance, team: TeamId, seed: int) -> Conflict:
    """Return a minimal set of rules that conflict where one team can sit nowhere at all."""
    alone = replace(
        instance,
        teams=tuple(one for one in instance.teams if one.id == team),
        near=(),
        units=(),
        apart=(),
        fixed={one: space for one, space in instance.fixed.items() if one == team},
        place_cost={one: cost for one, cost in instance.place_cost.items() if one == team},
    )
    found = find_conflict(alone, SECONDS_ALONE, seed)
    end = time.monotonic() + SECONDS_ALONE
    if leaves_room(instance, found.reasons) or is_minimal(instance, found.reasons, end, seed):
        return found
    return find_conflict(instance, SECONDS_ALONE, seed)


def leaves_room(instance: Instance, reasons: Sequence[Reason]) -> bool:
    """Return whether all teams that a few rules do not speak of can sit together somewhere.

    A space that none of the rules speaks of seats everybody once all other rules are dropped,
    so that what conflicts among a few teams, and is minimal there, is so among all.
    """
    spoken = {space for one in reasons for space in one.spaces}
    return any(space.id not in spoken for space in instance.spaces) and all(
        one.rule != "churn" for one in reasons
    )


def is_minimal(instance: Instance, reasons: Sequence[Reason], end: float, seed: int) -> bool:
    """Return whether the rules conflict by themselves and no longer do without any one of them.

    Args:
        instance: whose rules they are.
        reasons: the rules.
        end: moment on the monotonic clock by which to give up and return False.
        seed: for the engine.
    """

    def conflicts(active: Sequence[Reason]) -> bool | None:
        left = end - time.monotonic()
        if left <= 0:
            return None
        tried = solve_exactly(
            compile_instance(with_rules(instance, active)),
            Limits(left, None, 1, seed),
            feasibility_only=True,
        )
        return True if tried.infeasible else None if tried.plan is None else False

    rest = ([one for one in reasons if one is not dropped] for dropped in reasons)
    return conflicts(reasons) is True and all(conflicts(fewer) is False for fewer in rest)


@dataclass(frozen=True, slots=True)
class Relaxation:
    """Rules that must give so that a plan exists.

    Args:
        drop: the rules; without them there is a plan.
        fewest: whether it was proved that no fewer rules would do.
    """

    drop: tuple[Reason, ...]
    fewest: bool


def smallest_relaxation(
    instance: Instance,
    seconds: float,
    seed: int,
    should_stop: Callable[[], bool] | None = None,
) -> Relaxation | None:
    """Return the fewest rules of an instance without plan that must give so that it has one.

    Each conflict found must lose a rule; the fewest rules that hit all conflicts known are
    dropped, and where there is still no plan, that shows another conflict.

    Returns:
        None where time ran out before a set was found that suffices.

    Source:
        Ignatiev, Previti, Liffiton and Marques-Silva (2015), "Smallest MUS extraction with
        minimal hitting set dualization", CP 2015 (the dual of it).
    """
    end = time.monotonic() + seconds
    rules = all_rules(instance)
    conflicts: list[frozenset[Reason]] = []
    while (left := end - time.monotonic()) > 0:
        drop = _hitting(conflicts)
        rest = with_rules(instance, [rule for rule in rules if rule not in drop])
        tried = solve_exactly(
            compile_instance(rest),
            Limits(left, None, 1, seed),
            feasibility_only=True,
            should_stop=should_stop,
        )
        if tried.plan is not None:
            return Relaxation(tuple(sorted(drop)), fewest=True)
        if not tried.infeasible:
            return None
        found = find_conflict(rest, max(left, 0.1), seed, should_stop)
        if not found.reasons or not set(found.reasons) <= set(rules) - drop:
            return None
        conflicts.append(frozenset(found.reasons))
    return None


def _hitting(conflicts: Sequence[frozenset[Reason]]) -> frozenset[Reason]:
    """Return the fewest rules of which every conflict holds one; the same for the same input."""
    names = sorted(frozenset().union(*conflicts))
    model = cp_model.CpModel()
    dropped = {rule: model.new_bool_var("") for rule in names}
    for conflict in conflicts:
        model.add_bool_or(dropped[rule] for rule in sorted(conflict))
    model.minimize(sum(dropped.values()))
    solver = engine(Limits(60.0, None, 1, 1))
    solver.solve(model)
    return frozenset(rule for rule in names if solver.boolean_value(dropped[rule]))


@dataclass(frozen=True, slots=True)
class Seats:
    """Seats to add so that a plan exists.

    Args:
        added: by space; spaces that need none are missing.
        fewest: whether it was proved that fewer would not do.
    """

    added: Mapping[SpaceId, int]
    fewest: bool


def fewest_seats(
    instance: Instance,
    seconds: float,
    seed: int,
    should_stop: Callable[[], bool] | None = None,
) -> Seats | None:
    """Return the fewest seats to add, and where, so that a plan keeps all other rules.

    Returns:
        None where no seats would help, or no answer was found in time.
    """
    everyone = sum(max(map(max, (one.by_day for one in team.loads))) for team in instance.teams)
    roomy = replace(
        instance,
        spaces=tuple(replace(one, seats=one.seats + everyone) for one in instance.spaces),
    )
    problem = compile_instance(roomy)
    if any(len(options) == 0 for options in problem.options):
        return None
    model = cp_model.CpModel()
    x = Variables(model, problem)
    for rule in (fixed_spaces, teams_seated, seated_is_kept, teams_apart, moves_capped):
        rule(model, problem, x)
    more = [model.new_int_var(0, everyone, "") for _ in instance.spaces]
    for space, kept in enumerate(x.kept):
        model.add(more[space] <= everyone * kept)
    for day in problem.days_that_bind:
        for space, taken in enumerate(seats_taken(model, problem, x, day)):
            if taken:
                room = instance.spaces[space].seats
                model.add(cp_model.LinearExpr.sum(taken) <= room * x.kept[space] + more[space])
    model.minimize(sum(more))
    solver = engine(Limits(seconds, None, 1, seed))
    with Stopper(solver, should_stop):
        status = solver.solve(model)
    if status not in FOUND:
        return None
    added = {
        space.id: int(solver.value(seats))
        for space, seats in zip(instance.spaces, more, strict=True)
        if solver.value(seats)
    }
    return Seats(added, fewest=status == cp_model.OPTIMAL)
