"""What a change of the rules costs, and what would have to give where no plan exists.

A price is the difference of two least costs. Each of the two lies between a proved bound and
the cost of a plan, so the price lies between two figures too; it is exact where they meet.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal

from ortools.sat.python import cp_model

from solver.contradiction import Oracle, only
from solver.outcome import Status
from solver.restack.conflict import all_rules, with_rules
from solver.restack.exact import FOUND, Limits, engine
from solver.restack.interrupt import Asking
from solver.restack.problem import compile_instance
from solver.restack.rules import (
    fixed_spaces,
    moves_capped,
    people_held,
    people_moved,
    seated_is_kept,
    seats_suffice,
    seats_taken,
    teams_apart,
    teams_seated,
)
from solver.restack.variables import Variables

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from solver.outcome import Outcome, Reason
    from solver.restack.conflict import Conflict
    from solver.restack.instance import Instance, Space, SpaceId, Team, TeamId
    from solver.restack.solution import Solution

Way = Literal["tighter", "looser"]
SECONDS_ALONE = 10.0
KEPT: Final = frozenset({"seats", "whole"})
"""Rules that nobody laid down and nobody can take back."""


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
    found = Oracle(time.monotonic() + SECONDS_ALONE, seed).named(only(instance, {team}))
    return Oracle(time.monotonic() + SECONDS_ALONE, seed).minimal(instance, found)


@dataclass(frozen=True, slots=True)
class Relaxation:
    """Rules that must give so that a plan exists.

    Args:
        drop: the rules; without them there is a plan.
        fewest: whether it was proved that no fewer rules would do.
    """

    drop: tuple[Reason, ...]
    fewest: bool


def fewest_to_drop(
    instance: Instance,
    seconds: float,
    seed: int,
    should_stop: Callable[[], bool] | None = None,
    last: Collection[TeamId] = (),
) -> Relaxation | None:
    """Return the fewest rules that people laid down and that must give so that a plan exists.

    Every such rule may be broken at a price, in one model; seats suffice, and no team is divided
    that may not be. Of equally few rules, as few as can be are about the teams named `last`.

    Args:
        instance: proved to have no plan, so that one rule at least must give.
        seconds: limit.
        seed: of the engine.
        should_stop: ends the search early.
        last: teams whose rules give last.

    Returns:
        None where dropping all of them would not do, or no answer was found in time.
    """
    rules = [one for one in all_rules(instance) if one.rule not in KEPT]
    firm = [one for one in all_rules(instance) if one.rule in KEPT]
    problem = compile_instance(with_rules(instance, firm))
    if any(len(options) == 0 for options in problem.options):
        return None
    model = cp_model.CpModel()
    x = Variables(model, problem)
    for rule in (teams_seated, seated_is_kept, seats_suffice):
        rule(model, problem, x)
    broken = {rule: model.new_bool_var("") for rule in rules}
    for one, literal in broken.items():
        _unless_broken(model, instance, x, one, literal)
    model.add_bool_or(broken.values())
    model.minimize(
        sum((len(rules) + 1 + any(t in last for t in one.teams)) * broken[one] for one in rules)
    )
    solver = engine(Limits(seconds, None, 1, seed))
    with Asking(should_stop, solver.stop_search):
        status = solver.solve(model)
    if status not in FOUND:
        return None
    drop = tuple(sorted(rule for rule in rules if solver.boolean_value(broken[rule])))
    least = math.ceil((solver.best_objective_bound - 1e-6) / (len(rules) + 2))
    return Relaxation(drop, fewest=status == cp_model.OPTIMAL or least >= len(drop))


def _unless_broken(
    model: cp_model.CpModel,
    instance: Instance,
    x: Variables,
    rule: Reason,
    broken: cp_model.IntVar,
) -> None:
    """State one rule that holds unless it is broken."""
    spaces = {space.id: at for at, space in enumerate(instance.spaces)}
    teams = {team.id: at for at, team in enumerate(instance.teams)}
    if rule.rule == "must_free":
        model.add_implication(x.kept[spaces[rule.spaces[0]]], broken)
    elif rule.rule == "must_keep":
        model.add_bool_or(x.kept[spaces[rule.spaces[0]]], broken)
    elif rule.rule == "apart":
        one, other = (x.sits[teams[team]] for team in rule.teams)
        for space in one.keys() & other.keys():
            model.add_bool_or(~one[space], ~other[space], broken)
    elif rule.rule == "churn":
        moved = people_moved(model, x.problem, x)
        cap = instance.people_moved_at_most or 0
        model.add(moved <= cap).only_enforce_if(~broken)
    elif rule.rule == "fixed" and instance.fixed.get(rule.teams[0]) != rule.spaces[0]:
        at, space = teams[rule.teams[0]], spaces[rule.spaces[0]]
        least = instance.held[rule.teams[0]][rule.spaces[0]]
        if at in x.people:
            model.add(x.people[at].get(space, 0) >= least).only_enforce_if(~broken)
        else:
            model.add_bool_or(x.sits[at].get(space, 0), broken)
    else:
        team = instance.teams[teams[rule.teams[0]]]
        for space, literal in x.sits[teams[team.id]].items():
            if not _may_sit(instance, team, instance.spaces[space], rule):
                model.add_implication(literal, broken)


def _may_sit(instance: Instance, team: Team, space: Space, rule: Reason) -> bool:
    """Return whether one rule about the place of a team lets it sit in a space."""
    if rule.rule == "needs":
        return team.needs <= space.has
    if rule.rule == "fixed":
        return space.id in rule.spaces
    return instance.cost_of_place(team.id, space.id) is not None


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
    for rule in (
        *(fixed_spaces, teams_seated, people_held),
        *(seated_is_kept, teams_apart, moves_capped),
    ):
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
    with Asking(should_stop, solver.stop_search):
        status = solver.solve(model)
    if status not in FOUND:
        return None
    added = {
        space.id: int(solver.value(seats))
        for space, seats in zip(instance.spaces, more, strict=True)
        if solver.value(seats)
    }
    return Seats(added, fewest=status == cp_model.OPTIMAL)
