"""Plans made by hand, to be dated: who goes where on a small estate."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from planner.domain.plan import FreedUnit, Move, Placement, Plan
from planner.domain.records import Assumption
from planner.finance.values import values_of
from planner.optimise.waves import Effort, date_moves
from tests.estates import FIGURES, estate

if TYPE_CHECKING:
    from planner.domain.estate import Estate

FEW = {
    "wave_every_weeks": "2",
    "waves_within_weeks": "8",
    "release_month": "3",
    "no_moves_on_holidays": "no",
    "fiscal_year_end_weeks": "0",
    "fit_out_days": "0",
}


def estate_with(figures: dict[str, str] | None = None, **changes: object) -> Estate:
    own = {**FEW, **(figures or {})}
    known = {one.key: one for one in FIGURES}
    known |= {key: Assumption(key=key, value=value, source="test") for key, value in own.items()}
    return estate(assumptions=tuple(known.values()), **changes)


def plan_by_hand(of: Estate, goes: dict[str, str]) -> Plan:
    """Return the plan in which some teams go to other floors; a person takes a seat a day."""
    values = values_of(of)
    placements = []
    for team in of.teams:
        origin = next(iter(of.now[team.code]), None)
        people = sum(of.now[team.code].values()) or team.headcount
        unit = goes.get(team.code, origin)
        assert unit is not None
        placements.append(
            Placement(team=team.code, origin=origin, unit=unit, people=people,
                      seats=(people, people))
        )  # fmt: skip
    used = {one.unit for one in placements}
    freed = tuple(
        FreedUnit(unit=unit.id, npv=values.unit_npv(unit.id))
        for unit in of.units
        if unit.id not in used
    )
    moves = tuple(
        Move(team=one.team, origin=one.origin, target=one.unit, people=one.people,
             cost=one.people * values.move_npv_per_person(one.origin, one.unit))
        for one in placements
        if one.origin is not None and one.origin != one.unit
    )  # fmt: skip
    npv = sum(one.npv for one in freed) - sum(move.cost for move in moves)
    return Plan(
        name="By hand", estate_hash=of.hash, program="t", solver="t", seed=1, seconds=1,
        level=Decimal(1), weekdays=(0, 1),
        allotments={one.team: one.seats for one in placements}, placements=tuple(placements),
        freed=freed, blocks=(), moves=moves, apart=(), npv=npv, value=npv, bound=None,
        status="feasible",
    )  # fmt: skip


def dated(of: Estate, goes: dict[str, str]) -> Plan:
    return date_moves(of, plan_by_hand(of, goes), values_of(of), Effort(seconds=2))


def with_rules(of: Estate, *rules: object) -> Estate:
    return replace(of, rules=tuple(rules))  # type: ignore[arg-type]
