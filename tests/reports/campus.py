"""One estate with a plan made by hand: the demo campus, nine floors freed, no solver needed."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from planner.demo import demo_estate
from planner.domain.money import to_minor
from planner.domain.nearness import unmet
from planner.domain.plan import Apart, FreedBlock, FreedUnit, Move, Placement, Plan

if TYPE_CHECKING:
    from planner.domain.estate import Estate

WEEKDAYS = (0, 1, 2, 3, 4)
FREED = ("A9", "A10", "B5", "B6", "B7", "E1", "E2", "E3", "E4")


@dataclass(frozen=True)
class Needs:
    weekdays: tuple[int, ...]
    allotments: dict[str, tuple[int, ...]]


@cache
def campus(seed: int = 1) -> Estate:
    return demo_estate(seed)


@cache
def needs(seed: int = 1) -> Needs:
    estate = campus(seed)
    attendance = estate.attendance
    days = np.array([day.weekday() for day in attendance.days])
    found = {}
    for column, team in enumerate(attendance.teams):
        present = attendance.present[:, column]
        known = attendance.known[:, column]
        found[team] = tuple(
            int(np.quantile(present[known & (days == day)], 0.95, method="inverted_cdf"))
            for day in WEEKDAYS
        )
    for team in estate.teams:
        found.setdefault(team.code, (team.headcount,) * len(WEEKDAYS))
    return Needs(WEEKDAYS, found)


def plan_of(estate: Estate, demand: Needs, freed: tuple[str, ...] = FREED) -> Plan:
    """Return a plan that moves everybody out of some floors, each to the emptiest floor."""
    load = {unit.id: np.zeros(len(demand.weekdays), int) for unit in estate.units}
    at = {team.code: next(iter(estate.now[team.code])) for team in estate.teams}
    origins = dict(at)
    for code, unit in at.items():
        if unit not in freed:
            load[unit] += demand.allotments[code]
    moves = []
    leaving = [code for code, unit in at.items() if unit in freed]
    for code in sorted(leaving, key=lambda code: -max(demand.allotments[code])):
        room = {
            unit: estate.unit_of[unit].places - int((load[unit] + demand.allotments[code]).max())
            for unit in load
            if unit not in freed
        }
        target = max(room, key=lambda unit: (room[unit], unit))
        assert room[target] >= 0
        load[target] += demand.allotments[code]
        people = sum(estate.now[code].values())
        moves.append(Move(team=code, origin=at[code], target=target, people=people,
                          cost=people * 6_200_000_00))  # fmt: skip
        at[code] = target
    placements = tuple(
        Placement(team=code, origin=origins[code], unit=unit, people=sum(estate.now[code].values()),
                  seats=demand.allotments[code])
        for code, unit in at.items()
    )  # fmt: skip
    units = tuple(FreedUnit(unit=unit, npv=npv_of(estate, unit)) for unit in freed)
    blocks = tuple(
        FreedBlock(block=block.id, npv=100_000_000_00)
        for block in estate.blocks
        if set(block.units) <= set(freed)
    )
    npv = sum(one.npv for one in (*units, *blocks)) - sum(move.cost for move in moves)
    placed = {placement.team: {placement.unit: placement.people} for placement in placements}
    apart = tuple(
        Apart(team=wish.team, other=wish.other,
              penalty=to_minor(wish.penalty or Decimal(0), estate.header.currency))
        for wish in unmet(estate, placed)
    )  # fmt: skip
    now = {team: dict(units) for team, units in estate.now.items()}
    before = sum(to_minor(wish.penalty or Decimal(0), "IDR") for wish in unmet(estate, now))
    value = npv - sum(one.penalty for one in apart) + before
    return Plan(
        name="Nine floors" if freed else "Keep everything",
        estate_hash=estate.hash,
        program="office-space-planner 0.1.0",
        solver="OR-Tools 9.15",
        seed=7,
        seconds=20,
        level=Decimal("0.95"),
        weekdays=demand.weekdays,
        allotments=demand.allotments,
        placements=placements,
        freed=units,
        blocks=blocks,
        moves=tuple(moves),
        apart=apart,
        npv=npv,
        value=value,
        bound=value + abs(value) // 80 if freed else value,
        status="feasible" if freed else "optimal",
    )


def npv_of(estate: Estate, unit: str) -> int:
    return int(estate.unit_of[unit].area_m2 * 3_700_000) * 100


@cache
def nine_floors() -> Plan:
    return plan_of(campus(), needs())


@cache
def keep_everything() -> Plan:
    return plan_of(campus(), needs(), ())
