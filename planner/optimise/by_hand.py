"""A seating made by hand as a plan: what it frees, what it is worth, against a known limit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.domain.eligibility import freed_by_rule, kept_by_rule, with_rules
from planner.errors import InvalidInput, Problem, sentence
from planner.optimise.answer import plan_of
from planner.optimise.instance import cost_of_today, groups_of
from solver.restack.solution import Solution

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from planner.demand.model import Demand
    from planner.domain.estate import Estate, UnitId
    from planner.domain.plan import Plan
    from planner.optimise.instance import Worth
    from planner.optimise.options import Options


def plan_by_hand(
    estate: Estate,
    demand: Demand,
    worth: Worth,
    options: Options,
    seated: Mapping[tuple[str, str | None], Mapping[str, int]],
    limit: int | None,
    freed: Collection[UnitId] | None = None,
) -> Plan:
    """Return the plan that a seating stands for; it may break rules, which a check will tell.

    Where nobody says what is freed, a unit that nobody uses is if that earns something and no
    rule keeps it, or if a rule says so; rules for this plan alone count.

    Args:
        estate: whose people they are.
        demand: their seats.
        worth: prices.
        options: name and settings to write down, rules for this plan alone among them.
        seated: by team and unit of today, people by unit.
        limit: no plan is worth more, None if that is not known.
        freed: units to be freed, None to free whatever is worth it.

    Raises:
        InvalidInput: people who are not in the estate, or some who are and sit nowhere.
    """
    place: dict[str, dict[str, int]] = {}
    groups = groups_of(estate, demand.allotments)
    known = {(group.team.code, group.origin): group for group in groups}
    problems = [
        Problem(
            sentence("team {team}", team=team),
            sentence("nobody of it sits in {origin} today", origin=origin),
        )
        for team, origin in sorted(set(seated) - set(known), key=str)
    ]
    for group in groups:
        places = seated.get((group.team.code, group.origin), {})
        if sum(places.values()) != group.people and group.origin is not None:
            told = sentence(
                "{values} of its {people} people in {origin} sit",
                values=sum(places.values()),
                people=group.people,
                origin=group.origin,
            )
            problems.append(Problem(sentence("team {team}", team=group.team.code), told))
        if not places:
            problems.append(
                Problem(
                    sentence("team {team}", team=group.team.code),
                    sentence("sits nowhere; give it a unit"),
                )
            )
        place[group.id] = _as_many(places, group.people)
    if problems:
        raise InvalidInput(dict.fromkeys(problems))
    if freed is None:
        used = {unit for places in place.values() for unit in places}
        freed = _worth_freeing(with_rules(estate, options.rules), worth, used)
    stay = tuple(unit.id for unit in estate.units if unit.id not in freed)
    return plan_of(
        estate,
        demand,
        worth,
        options,
        solution=Solution(place, dict.fromkeys(place, 0), stay, 0),
        bound=None if limit is None else cost_of_today(estate, worth) - limit,
    )


def _worth_freeing(ruled: Estate, worth: Worth, used: Collection[UnitId]) -> frozenset[UnitId]:
    """Return the unused units that no rule keeps and that earn something or must be freed."""
    kept, asked = kept_by_rule(ruled), freed_by_rule(ruled)
    return frozenset(
        unit.id
        for unit in ruled.units
        if unit.id not in used
        and unit.id not in kept
        and (unit.id in asked or worth.unit_npv(unit.id) > 0)
    )


def _as_many(places: Mapping[str, int], people: int) -> dict[str, int]:
    """Return the same places for so many people: who sits nowhere today counts by seats."""
    whole = sum(places.values())
    if whole == people or not whole:
        return dict(places)
    found = {unit: count * people // whole for unit, count in places.items()}
    first = next(iter(found))
    found[first] += people - sum(found.values())
    return {unit: count for unit, count in found.items() if count}
