"""An estate as a restack instance: integers only, in minor units of its currency.

People of a team who sit together today are one solver team; a team seated in three units
is three of them. So moving costs fall on exactly the people who move.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Protocol

from planner.domain.check import share_of
from planner.domain.eligibility import (
    eligible_units,
    freed_by_rule,
    held_by_rule,
    is_about,
    kept_by_rule,
    move_limit,
)
from planner.domain.fields import tags
from planner.domain.money import to_minor
from planner.domain.nearness import unmet
from planner.errors import InvalidInput, Problem, sentence
from solver.restack.instance import Instance, Load, Near, Space, Team, Unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from planner.domain import estate as estates
    from planner.domain import records


class Worth(Protocol):
    """What the money side knows: values in minor units, additive over a plan."""

    def unit_npv(self, unit: str) -> int:
        """Return what freeing a unit is worth."""

    def block_npv(self, block: str) -> int:
        """Return what freeing all units of a block adds."""

    def move_npv_per_person(self, origin: str, target: str) -> int:
        """Return what moving one person costs, 0 or more."""


@dataclass(frozen=True, slots=True)
class Group:
    """People of one team who sit together today (`origin` None: they sit nowhere yet)."""

    id: str
    team: records.Team
    origin: str | None
    people: int
    seats: tuple[int, ...]


def groups_of(estate: estates.Estate, allotments: Mapping[str, tuple[int, ...]]) -> list[Group]:
    """Return the groups that the solver seats, each with its share of the team's seats."""
    return [group for team in estate.teams for group in _groups(estate, team, allotments)]


def _groups(
    estate: estates.Estate, team: records.Team, allotments: Mapping[str, tuple[int, ...]]
) -> Iterator[Group]:
    seats = allotments[team.code]
    now = {unit: people for unit, people in estate.now[team.code].items() if people}
    if not now:
        if max(seats, default=0):
            yield Group(team.code, team, None, max(seats), seats)
        return
    whole = sum(now.values())
    for unit, people in sorted(now.items()):
        name = team.code if len(now) == 1 else f"{team.code}/{unit}"
        share = tuple(share_of(need, people, whole) for need in seats)
        yield Group(name, team, unit, people, share)


def instance_of(
    estate: estates.Estate, allotments: Mapping[str, tuple[int, ...]], worth: Worth
) -> Instance:
    """Return the restack instance of an estate.

    Args:
        estate: what is given.
        allotments: seats per team code and weekday, the same weekdays for all.
        worth: values of units and blocks, and costs of moves.
    """
    groups = groups_of(estate, allotments)
    allowed = {group.id: eligible_units(estate, group.team, group.origin) for group in groups}
    return Instance(
        spaces=tuple(_spaces(estate, worth)),
        teams=tuple(_team(group) for group in groups),
        units=tuple(
            Unit(block.id, block.units, worth.block_npv(block.id)) for block in estate.blocks
        ),
        place_cost={
            group.id: {unit: _cost(group, unit, worth) for unit in allowed[group.id]}
            for group in groups
        },
        near=tuple(_near(estate, groups)),
        apart=tuple(_apart(estate, groups)),
        held=_held(estate, groups),
        people_moved_at_most=_moved_at_most(estate, groups),
    )


def with_spare(instance: Instance, spare: Mapping[str, int]) -> Instance:
    """Return the instance in which some spaces leave so many seats free."""
    if not spare:
        return instance
    return replace(
        instance,
        spaces=tuple(
            replace(space, seats=max(0, space.seats - spare.get(space.id, 0)))
            for space in instance.spaces
        ),
    )


def with_days(
    instance: Instance, groups: Sequence[Group], wanted: Mapping[str, tuple[int, ...]]
) -> Instance:
    """Return the instance in which the seats must suffice on some real days as well.

    Args:
        instance: of an estate.
        groups: its teams, in the same order.
        wanted: seats per team code on each of these days.
    """
    whole: dict[str, int] = {}
    for group in groups:
        whole[group.team.code] = whole.get(group.team.code, 0) + group.people
    return replace(
        instance,
        teams=tuple(
            replace(team, loads=(Load((*group.seats, *_that_day(group, wanted, whole))),))
            for team, group in zip(instance.teams, groups, strict=True)
        ),
    )


def _that_day(
    group: Group, wanted: Mapping[str, tuple[int, ...]], whole: Mapping[str, int]
) -> tuple[int, ...]:
    seats = wanted[group.team.code]
    if group.origin is None:
        # Its largest load is how many people it has.
        return tuple(min(need, group.people) for need in seats)
    return tuple(share_of(need, group.people, whole[group.team.code]) for need in seats)


def _held(estate: estates.Estate, groups: list[Group]) -> dict[str, dict[str, int]]:
    """Return how many people of a group stay in which units, whoever else goes anywhere.

    Who sits nowhere yet counts by the seats it shares, and a rule counts heads: more heads than
    there are seats are all of them.

    Raises:
        InvalidInput: in several units together it holds more than there are seats.
    """
    held: dict[str, dict[str, int]] = {}
    for rule in held_by_rule(estate):
        for group in groups:
            if rule.value and is_about(rule, group.team.code, group.origin):
                own = held.setdefault(group.id, {})
                people = rule.value if group.origin else min(rule.value, group.people)
                own[rule.object] = max(people, own.get(rule.object, 0))
    too_many = tuple(_too_many(held, groups))
    if too_many:
        raise InvalidInput(too_many)
    return held


def _too_many(held: Mapping[str, Mapping[str, int]], groups: list[Group]) -> Iterator[Problem]:
    """Yield teams that sit nowhere yet and of which rules hold more than share its seats.

    Who sits somewhere is counted where the rules are given; seats are known only here.
    """
    for group in groups:
        own = held.get(group.id, {})
        if group.origin is None and sum(own.values()) > group.people:
            yield Problem(
                sentence("team {team}", team=group.team.code),
                sentence(
                    "rules hold more of its people in {units} than the {people} seats that it "
                    "shares at the service level; lower a number or drop one of these rules",
                    units=", ".join(sorted(own)),
                    people=group.people,
                ),
            )


def _moved_at_most(estate: estates.Estate, groups: list[Group]) -> int | None:
    """Return the cap on people moved; who sits nowhere yet counts there, but moves for nobody."""
    limit = move_limit(estate)
    new = sum(group.people for group in groups if group.origin is None)
    return None if limit is None else limit + new


def _spaces(estate: estates.Estate, worth: Worth) -> Iterator[Space]:
    kept, freed = kept_by_rule(estate), freed_by_rule(estate)
    for unit in estate.units:
        yield Space(
            id=unit.id,
            seats=unit.places,
            building=unit.building.code,
            level=unit.floor.level,
            keep_cost=worth.unit_npv(unit.id),
            has=unit.features,
            must_keep=unit.id in kept,
            must_free=unit.id in freed,
        )


def _team(group: Group) -> Team:
    return Team(
        id=group.id,
        loads=(Load(group.seats),),
        needs=tags(group.team.needs),
        now={} if group.origin is None else {group.origin: group.people},
        split=group.team.split_at_least,
    )


def _cost(group: Group, unit: str, worth: Worth) -> int:
    if group.origin is None or unit == group.origin:
        return 0
    return group.people * worth.move_npv_per_person(group.origin, unit)


def _near(estate: estates.Estate, groups: list[Group]) -> Iterator[Near]:
    """Yield the wishes that the format can weigh.

    A wish of a team that sits in several units today is left out: that only loosens the
    problem, so the bound stays valid, and the plan is still charged for missing it.
    """
    whole = {group.id for group in groups}
    for wish in estate.near:
        if wish.kind == "near" and {wish.team, wish.other} <= whole:
            yield Near(wish.team, wish.other, wish.within, penalty_of(estate, wish))


def _apart(estate: estates.Estate, groups: list[Group]) -> Iterator[tuple[str, str]]:
    for wish in estate.near:
        if wish.kind == "apart":
            ours = [group.id for group in groups if group.team.code == wish.team]
            theirs = [group.id for group in groups if group.team.code == wish.other]
            yield from ((one, other) for one in ours for other in theirs)


def penalty_of(estate: estates.Estate, wish: records.Near) -> int:
    """Return the weight of a wish in minor units."""
    return to_minor(wish.penalty or Decimal(0), estate.header.currency)


def cost_of_today(estate: estates.Estate, worth: Worth) -> int:
    """Return the cost of doing nothing: every unit kept, nobody moved, today's nearness."""
    missed = unmet(estate, estate.now)
    return sum(worth.unit_npv(unit.id) for unit in estate.units) + sum(
        penalty_of(estate, wish) for wish in missed
    )
