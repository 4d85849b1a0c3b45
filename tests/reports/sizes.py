"""Estates of any size with a plan made by hand: every second floor moves to the one below it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from planner.demand.model import demand_of
from planner.domain.plan import FreedUnit, Move, Placement, Plan
from planner.domain.records import Building
from planner.finance import values_of
from tests.estates import estate, floor, seat, team
from tests.reports.campus import dossier_of

if TYPE_CHECKING:
    from planner.demand.model import Demand
    from planner.domain.estate import Estate
    from planner.reports.dossier import Dossier

LEVEL = Decimal("0.95")


def campus_of(buildings: int, floors: int, teams: int, people: int = 1) -> Estate:
    """Return equal buildings, each floor with 20 seats and so many teams of so many people."""
    codes = [f"B{at:03}" for at in range(buildings)]
    levels = tuple(
        floor("N1").model_copy(
            update={"code": f"{code}.{level:02}", "building": code, "level": level}
        )
        for code in codes
        for level in range(1, floors + 1)
    )
    own = [(f"{one.code}.T{at}", one) for one in levels for at in range(teams)]
    return estate(
        buildings=tuple(
            Building(
                code=code, name=f"Office {code}", site="Town",
                rent_per_m2_month=Decimal(100_000 + at * 100),
                running_cost_per_m2_month=Decimal(30_000),
            )
            for at, code in enumerate(codes)
        ),
        floors=levels,
        teams=tuple(
            team(code, people, name=f"Team {code}", department=f"Department of {one.building}")
            for code, one in own
        ),
        seating=tuple(seat(code, one.code, people) for code, one in own),
    )  # fmt: skip


def freeing(found: Estate, count: int) -> Dossier:
    """Return a plan that frees the second of each pair of floors, so many of them."""
    demand = demand_of(found, level=LEVEL, seed=7)
    return dossier_of(found, _plan(found, demand, count), demand)


def renamed(dossier: Dossier, names: list[str]) -> Dossier:
    """Return the dossier with every name in it taken from a list, in turn."""
    found = dossier.estate

    def of(at: int) -> str:
        return names[at % len(names)]

    return replace(
        dossier,
        author=of(0),
        approver=of(1),
        estate=replace(
            found,
            header=found.header.model_copy(update={"name": of(0), "owner": of(1)}),
            buildings=tuple(
                one.model_copy(update={"name": of(at)}) for at, one in enumerate(found.buildings)
            ),
            teams=tuple(
                one.model_copy(
                    update={"name": of(at), "department": of(at + 1), "contact": of(at + 2)}
                )
                for at, one in enumerate(found.teams)
            ),
        ),
    )


def _plan(found: Estate, demand: Demand, count: int) -> Plan:
    codes = [one.code for one in found.floors]
    target = dict(list(zip(codes[1::2], codes[0::2], strict=False))[:count])
    unit = {one.floor.code: one.id for one in found.units}
    values = values_of(found)
    ways = [(one, unit[one.floor], unit[target.get(one.floor, one.floor)]) for one in found.seating]
    moves = tuple(
        Move(
            team=one.team, origin=origin, target=goal, people=one.people,
            cost=one.people * values.move_npv_per_person(origin, goal),
        )
        for one, origin, goal in ways
        if origin != goal
    )  # fmt: skip
    freed = tuple(FreedUnit(unit=unit[code], npv=values.unit_npv(unit[code])) for code in target)
    npv = sum(one.npv for one in freed) - sum(one.cost for one in moves)
    return Plan(
        name="By hand",
        estate_hash=found.hash,
        program="office-space-planner 0.1.0",
        solver="OR-Tools 9.15",
        seed=7,
        seconds=20,
        level=LEVEL,
        weekdays=demand.weekdays,
        allotments=dict(demand.allotments),
        placements=tuple(
            Placement(team=one.team, origin=origin, unit=goal, people=one.people,
                      seats=demand.allotments[one.team])
            for one, origin, goal in ways
        ),
        freed=freed,
        blocks=(),
        moves=moves,
        apart=(),
        npv=npv,
        value=npv,
        bound=npv if not freed else npv + abs(npv) // 50,
        status="feasible" if freed else "optimal",
    )  # fmt: skip
