"""One estate with a plan made by hand: the demo campus, nine floors freed, no solver needed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from planner.demand.backtest import backtest_of
from planner.demand.model import demand_of
from planner.demo import demo_estate
from planner.domain.money import to_minor
from planner.domain.nearness import unmet
from planner.domain.plan import Apart, FreedBlock, FreedUnit, Move, Placement, Plan
from planner.finance import case_of, values_of
from planner.reports.dossier import Dossier

if TYPE_CHECKING:
    from planner.demand.model import Demand
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
def needs(seed: int = 1) -> Demand:
    return demand_of(campus(seed), level=Decimal("0.95"), seed=7)


def plan_of(estate: Estate, demand: Demand, freed: tuple[str, ...] = FREED) -> Plan:
    """Return a plan that moves everybody out of some floors, each to the emptiest floor."""
    load = {unit.id: np.zeros(len(demand.weekdays), int) for unit in estate.units}
    at = {team.code: next(iter(estate.now[team.code])) for team in estate.teams}
    origins = dict(at)
    for code, unit in at.items():
        if unit not in freed:
            load[unit] += demand.allotments[code]
    values = values_of(estate)
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
                          cost=people * values.move_npv_per_person(at[code], target)))  # fmt: skip
        at[code] = target
    placements = tuple(
        Placement(team=code, origin=origins[code], unit=unit, people=sum(estate.now[code].values()),
                  seats=demand.allotments[code])
        for code, unit in at.items()
    )  # fmt: skip
    units = tuple(FreedUnit(unit=unit, npv=values.unit_npv(unit)) for unit in freed)
    blocks = tuple(
        FreedBlock(block=block.id, npv=values.block_npv(block.id))
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
        allotments=dict(demand.allotments),
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


@cache
def nine_floors() -> Plan:
    return plan_of(campus(), needs())


@cache
def keep_everything() -> Plan:
    return plan_of(campus(), needs(), ())


def dossier_of(estate: Estate, plan: Plan, demand: Demand) -> Dossier:
    return Dossier(
        estate=estate,
        plan=plan,
        demand=demand,
        case=case_of(
            estate,
            plan.freed_units,
            [(move.team, move.origin, move.target, move.people) for move in plan.moves],
        ),
        backtest=backtest_of(estate, plan.placed, level=plan.level),
        today=dt.date(2026, 11, 24),
        number="2026-07",
        version=3,
        author="Rina Wulandari",
        approver="Regional Secretary",
    )


@cache
def nine_floors_dossier() -> Dossier:
    return dossier_of(campus(), nine_floors(), needs())


@cache
def keep_everything_dossier() -> Dossier:
    return dossier_of(campus(), keep_everything(), needs())
