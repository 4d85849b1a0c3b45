"""What waves cost: waves used and second moves, less what early release is worth."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.waves.bounds import add_cuts
from solver.waves.rules import use_waves

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

    from solver.waves.instance import Instance, Space
    from solver.waves.variables import Linear, Step, Variables


def cost_of(v: Variables, *, cuts: bool = True) -> Linear:
    r"""Add what the cost needs and return it.

    A freed space is empty after the wave in which the last of its people left: $e_{sw} \le
    y_{mw}$ for each of them. Its value is $v_{s,W} + \sum_{w<W} (v_{sw} - v_{s,w+1}) e_{sw}$;
    where value rises with time, $e$ is bound from below as well. A freed space that nobody
    leaves is worth what it is worth after the first wave.
    """
    instance = v.instance
    use_waves(v)
    cost: Linear = sum(wave.cost * used for wave, used in zip(instance.waves, v.used, strict=True))
    for move, ways in v.by.items():
        swing = instance.move_of[move].swing
        cost += sum(swing[space] * goes for space, goes in ways.items())
    empty = {}
    for space in instance.spaces:
        if space.value:
            worth, empty[space.id] = _value(v, space, space.value)
            cost -= worth
    if cuts:
        add_cuts(v, empty)
    return cost


def _value(v: Variables, space: Space, value: tuple[int, ...]) -> tuple[Linear, list[Step]]:
    """Return what a freed space is worth and the steps by which it is empty."""
    leavers = [move.id for move in v.instance.moves if move.origin == space.id]
    guests = [move for move, ways in v.by.items() if space.id in ways]
    if not leavers and not guests:
        return value[0], []
    worth: Linear = value[-1]
    steps: list[Step] = []
    for at in range(v.count - 1):
        gain = value[at] - value[at + 1]
        steps.append(_empty(v, space, at, leavers, guests, rises=gain < 0) if gain else None)
        worth += gain * (0 if steps[-1] is None else steps[-1])
    return worth, steps


def _empty(
    v: Variables, space: Space, at: int, leavers: list[str], guests: list[str], *, rises: bool
) -> cp_model.IntVar:
    """Return whether a space is empty after a wave."""
    empty = v.model.new_bool_var(f"empty {space.id} {at}")
    gone = [v.leaving[move][at] for move in leavers]
    for left in gone:
        v.model.add_implication(empty, left)
    for move in guests:
        v.model.add(empty <= v.coming[move][at] + 1 - v.by[move][space.id])
    if rises:
        still: list[Linear] = [1 - left for left in gone]
        for move in guests:
            rests = v.model.new_bool_var(f"rests {space.id} {at} {move}")
            v.model.add(rests <= v.by[move][space.id])
            v.model.add(rests <= 1 - v.coming[move][at])
            still.append(rests)
        v.model.add(empty >= 1 - sum(still))
    return empty


def freed_spaces(instance: Instance) -> list[Space]:
    """Return the spaces that somebody leaves and that are worth more the sooner they do."""
    left = {move.origin for move in instance.moves}
    return [
        space
        for space in instance.spaces
        if space.value and space.value[0] > space.value[-1] and space.id in left
    ]
