"""What no waves can beat: freed spaces against the people who may move until each wave.

Seats, order and everything about single moves is dropped; what is left is small, so the
engine proves its optimum quickly, and it is close: people per wave decide how early the
spaces are empty.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ortools.sat.python import cp_model

    from solver.waves.instance import Instance, Wave
    from solver.waves.variables import Step


class Cuttable(Protocol):
    """As much of `Variables` as the cuts ask for."""

    model: cp_model.CpModel
    instance: Instance
    count: int
    used: list[cp_model.IntVar]


def add_cuts(v: Cuttable, empty: Mapping[str, Sequence[Step]], percent: int = 100) -> None:
    r"""Add $\sum_s n_s e_{sw} \le \sum_{u \le w} N_u z_u$ for people and for moves.

    Whoever is out of an empty space has moved by then, and no more can have moved than the
    waves so far allow. It follows from the limits, but not from their relaxation.
    """
    people: dict[str, int] = {}
    moves: dict[str, int] = {}
    for move in v.instance.moves:
        if move.origin is not None:
            people[move.origin] = people.get(move.origin, 0) + move.people
            moves[move.origin] = moves.get(move.origin, 0) + 1
    for load, limit in ((people, _people), (moves, _moves)):
        limits = [limit(v.instance, wave) for wave in v.instance.waves]
        for at in range(v.count - 1):
            gone = [
                load.get(space, 0) * steps[at]
                for space, steps in empty.items()
                if steps and steps[at] is not None
            ]
            if gone:
                room = sum(
                    most * used
                    for most, used in zip(limits[: at + 1], v.used[: at + 1], strict=True)
                )
                v.model.add(100 * sum(gone) <= percent * room)


def _people(instance: Instance, wave: Wave) -> int:
    if wave.closed:
        return 0
    if wave.people_at_most is None:
        return sum(move.people for move in instance.moves)
    return wave.people_at_most


def _moves(instance: Instance, wave: Wave) -> int:
    if wave.closed:
        return 0
    return len(instance.moves) if wave.moves_at_most is None else wave.moves_at_most
