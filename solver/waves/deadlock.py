"""Moves that wait for each other, and the least room that would let them go."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ortools.sat.python import cp_model

from solver.waves.instance import Instance, Space
from solver.waves.rules import rules_of
from solver.waves.solution import Deadlock
from solver.waves.variables import Variables

if TYPE_CHECKING:
    from collections.abc import Iterable

    from solver.outcome import Reason

ROOM = "one more space"


def explain(
    instance: Instance, reasons: Iterable[Reason], seconds: float, seed: int
) -> Deadlock | None:
    """Return the deadlock behind a conflict without second moves, None if seats play no part.

    Args:
        instance: one that no waves can do without second moves.
        reasons: its conflict.
        seconds: for the search of the smallest room.
        seed: of the engine.
    """
    spaces = [space for reason in reasons if reason.rule == "seats" for space in reason.spaces]
    if not spaces:
        return None
    cycle = _cycle(instance, set(spaces))
    found = _least_room(instance, seconds, seed)
    waits = tuple(dict.fromkeys([instance.move_of[move].target for move in cycle] or spaces))
    return Deadlock(cycle, waits, *found)


def _cycle(instance: Instance, spaces: set[str]) -> tuple[str, ...]:
    """Return moves of which each goes where the next one leaves, back to the first.

    Where there is no such cycle among the spaces, all moves between them are returned.
    """
    onward: dict[str, list[tuple[str, str]]] = {}
    for move in instance.moves:
        if move.origin in spaces and move.target in spaces:
            onward.setdefault(move.origin or "", []).append((move.target, move.id))
    for start in sorted(onward):
        queue: list[tuple[str, tuple[str, ...]]] = [(start, ())]
        seen = {start}
        while queue:
            space, path = queue.pop(0)
            for target, name in onward.get(space, []):
                if target == start:
                    return (*path, name)
                if target not in seen:
                    seen.add(target)
                    queue.append((target, (*path, name)))
    return tuple(
        move.id for move in instance.moves if move.target in spaces or move.origin in spaces
    )


def _least_room(
    instance: Instance, seconds: float, seed: int
) -> tuple[int | None, int, tuple[str, ...]]:
    """Return the fewest seats of one more space that suffice, a bound, and who goes by it."""
    most = sum(max(move.seats, default=0) for move in instance.moves)
    room = Space(ROOM, most, ROOM)
    wide = replace(
        instance,
        spaces=(*instance.spaces, room),
        moves=tuple(
            replace(move, swing={ROOM: 0} if move.origin is not None else {})
            for move in instance.moves
        ),
    )
    model = cp_model.CpModel()
    v = Variables(model, wide, frozenset(wide.move_of))
    for reason, add in rules_of(wide):
        if reason.spaces != (ROOM,):
            add(v)
    size = model.new_int_var(0, most, "size")
    for at in range(v.count):
        for weekday in range(wide.weekdays):
            model.add(
                sum(
                    move.seats[weekday] * v.inside(move.id, ROOM)[at]
                    for move in wide.moves
                    if move.id in v.by
                )
                <= size
            )
    # Of all rooms of the least size, one that the fewest people go by.
    through = sum(move.people * v.by[move.id][ROOM] for move in wide.moves if move.id in v.by)
    weight = sum(move.people for move in wide.moves) + 1
    model.minimize(weight * size + through)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = seed
    solver.parameters.max_time_in_seconds = max(0.5, seconds)
    status = solver.solve(model)
    if status not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        return None, 0, ()
    least = -(-int(solver.best_objective_bound) // weight) if status != cp_model.OPTIMAL else None
    seats = solver.value(size)
    gone = tuple(move for move in v.by if solver.value(v.by[move][ROOM]))
    return seats, seats if least is None else min(seats, max(0, least)), gone
