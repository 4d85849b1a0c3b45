"""Seats that a plan takes from each unit: real days, added up over the teams placed there."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from planner.demand.allot import strata_of
from planner.demand.drift import extra_seats
from planner.demand.quantile import rank_of
from planner.demand.rates import Guess, seats_by_rate
from planner.domain.assumptions import register_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from planner.demand.joint import Joint
    from planner.demand.model import Demand
    from planner.domain.estate import Estate, UnitId


def part_of(seats: int, people: int, of: int) -> int:
    """Return the seats of part of a team: in proportion to its people, rounded up.

    >>> part_of(14, 8, 24)
    5
    """
    return -(-seats * people // of) if of else 0


def parts_by_unit(
    placement: Mapping[str, Mapping[UnitId, int]],
) -> Mapping[UnitId, list[tuple[str, int, int]]]:
    """Return for each unit its teams, their people there and their people in all."""
    found: dict[UnitId, list[tuple[str, int, int]]] = defaultdict(list)
    for team, places in placement.items():
        everybody = sum(places.values())
        for unit, people in places.items():
            if people:
                found[unit].append((team, people, everybody))
    return found


def allotted_to(
    parts: list[tuple[str, int, int]], allotments: Mapping[str, tuple[int, ...]], at: int
) -> int:
    """Return the seats that the teams of one unit keep for themselves on one weekday."""
    return sum(part_of(allotments[team][at], people, of) for team, people, of in parts)


def loads(
    joint: Joint,
    parts: list[tuple[str, int, int]],
    instead: Mapping[str, NDArray[np.int64]],
) -> NDArray[np.int64]:
    """Return seats wanted in one unit on each day.

    Args:
        joint: the days.
        parts: teams, their people here, their people in all.
        instead: per team, seats on each of these days where it was not counted that day.
    """
    column_of = joint.column_of
    load = np.zeros(len(joint.days), np.int64)
    for team, people, of in parts:
        seats = instead[team]
        if team in column_of:
            at = column_of[team]
            seats = np.where(joint.known[:, at], joint.seats[:, at].astype(np.int64), seats)
        load += -(-seats * people // of)
    return load


def need_of(
    estate: Estate, demand: Demand, placement: Mapping[str, Mapping[UnitId, int]]
) -> Mapping[UnitId, tuple[int, ...]]:
    """Return the seats that each unit needs on each weekday under a plan.

    Teams of one unit share its seats, so it needs what its busiest joint days took, which
    is at most the sum of its teams' allotments.

    Args:
        estate: the estate the demand was taken from.
        demand: seats at a service level.
        placement: people by team code and unit id, as `Plan.placed` has it.

    Returns:
        Seats per unit and weekday, in the order of `demand.weekdays`; empty units are missing.
    """
    measured = [team.team for team in demand.teams if team.rate is None and team.days]
    column_of = {team: at for at, team in enumerate(demand.joint.teams)}
    joint = demand.joint.of_teams([column_of[team] for team in measured])
    return {
        unit: tuple(_needs(estate, demand, joint, parts))
        for unit, parts in sorted(parts_by_unit(placement).items())
    }


def _needs(
    estate: Estate, demand: Demand, joint: Joint, parts: list[tuple[str, int, int]]
) -> Iterator[int]:
    counted = [part for part in parts if part[0] in joint.teams]
    others = [part for part in parts if part[0] not in joint.teams]
    strata = strata_of(joint, demand.weekdays)
    for at in range(len(demand.weekdays)):
        most = allotted_to(parts, demand.allotments, at)
        yield min(
            most,
            _counted_need(demand, joint, counted, strata[at], at)
            + _other_need(estate, demand, others, at),
        )


def _counted_need(
    demand: Demand,
    joint: Joint,
    parts: list[tuple[str, int, int]],
    rows: NDArray[np.intp],
    at: int,
) -> int:
    if not parts:
        return 0
    instead = {
        team: np.full(len(joint.days), demand.allotments[team][at], np.int64)
        for team, _, _ in parts
    }
    load = np.sort(loads(joint, parts, instead)[rows])
    planned = {team.team: team.planned for team in demand.teams}
    people = np.array([sum(part_of(planned[team], here, of) for team, here, of in parts)])
    margin = int(extra_seats(demand.margin.pool, people)[0])
    return int(load[rank_of(demand.level, len(load)) - 1]) + margin


def _other_need(estate: Estate, demand: Demand, parts: list[tuple[str, int, int]], at: int) -> int:
    """Return seats of the teams that nobody counted: typed rates pool a little, heads do not."""
    team_of = {team.team: team for team in demand.teams}
    guesses, need = [], 0
    for code, people, of in parts:
        team = team_of[code]
        if team.rate is None:
            need += part_of(team.seats[at], people, of)
        else:
            guesses.append(Guess(part_of(team.planned, people, of), team.rate))
    if guesses:
        correlation = register_of(estate).number("correlation")
        need += seats_by_rate(guesses, demand.level, correlation)
    return need
