"""A solver's solution as a plan in people's terms."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING

from planner.domain.check import share_of
from planner.domain.nearness import unmet
from planner.domain.plan import Apart, FreedBlock, FreedUnit, Move, Placement, Plan
from planner.optimise.instance import cost_of_today, groups_of, penalty_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping

    from planner.demand.model import Demand
    from planner.domain.estate import Estate
    from planner.optimise.instance import Worth
    from planner.optimise.options import Options
    from solver.restack.solution import Solution


def plan_of(
    estate: Estate,
    demand: Demand,
    worth: Worth,
    options: Options,
    *,
    solution: Solution,
    bound: int | None,
    spare: Mapping[str, int] | None = None,
    fits: tuple[dt.date, ...] = (),
) -> Plan:
    """Return the plan that a solution stands for, its limit taken from a bound on the cost."""
    allotments = dict(demand.allotments)
    placements = tuple(_placements(estate, allotments, solution.place))
    kept = set(solution.kept)
    freed = tuple(
        FreedUnit(unit=unit.id, npv=worth.unit_npv(unit.id))
        for unit in estate.units
        if unit.id not in kept
    )
    names = {one.unit for one in freed}
    blocks = tuple(
        FreedBlock(block=block.id, npv=worth.block_npv(block.id))
        for block in estate.blocks
        if names.issuperset(block.units)
    )
    moves = tuple(_moves(placements, worth))
    npv = sum(one.npv for one in freed) + sum(one.npv for one in blocks)
    npv -= sum(move.cost for move in moves)
    apart = _apart(estate, placements)
    today = cost_of_today(estate, worth)
    missed_today = sum(penalty_of(estate, wish) for wish in unmet(estate, estate.now))
    value = npv + missed_today - sum(one.penalty for one in apart)
    limit = None if bound is None else today - bound
    return Plan(
        name=options.name,
        estate_hash=estate.hash,
        program=version("office-space-planner"),
        solver=f"OR-Tools {version('ortools')}",
        seed=options.seed,
        seconds=options.seconds,
        level=demand.level,
        weekdays=tuple(demand.weekdays),
        allotments=allotments,
        placements=placements,
        freed=freed,
        blocks=blocks,
        moves=moves,
        apart=apart,
        npv=npv,
        value=value,
        bound=limit,
        status="optimal" if value == limit else "feasible",
        rules=options.rules,
        spare=dict(spare or {}),
        fits=fits,
        overflow=options.promise == "building",
        any_floor=options.promise == "any_floor",
    )


def _placements(
    estate: Estate,
    allotments: Mapping[str, tuple[int, ...]],
    place: Mapping[str, Mapping[str, int]],
) -> Iterator[Placement]:
    for group in groups_of(estate, allotments):
        for unit, people in sorted(place[group.id].items()):
            seats = tuple(share_of(need, people, group.people) for need in group.seats)
            yield Placement(
                team=group.team.code, origin=group.origin, unit=unit, people=people, seats=seats
            )


def _moves(placements: tuple[Placement, ...], worth: Worth) -> Iterator[Move]:
    for placement in placements:
        origin = placement.origin
        if origin is not None and origin != placement.unit:
            yield Move(
                team=placement.team,
                origin=origin,
                target=placement.unit,
                people=placement.people,
                cost=placement.people * worth.move_npv_per_person(origin, placement.unit),
            )


def _apart(estate: Estate, placements: tuple[Placement, ...]) -> tuple[Apart, ...]:
    placed: dict[str, dict[str, int]] = {}
    for placement in placements:
        units = placed.setdefault(placement.team, {})
        units[placement.unit] = units.get(placement.unit, 0) + placement.people
    return tuple(
        Apart(team=wish.team, other=wish.other, penalty=penalty_of(estate, wish))
        for wish in unmet(estate, placed)
    )
