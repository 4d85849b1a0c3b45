"""Which limits cannot be kept together: dropped one by one, what is left is the conflict."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ortools.sat.python import cp_model

from solver.outcome import Reason
from solver.waves.rules import rules_of
from solver.waves.variables import Variables

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from solver.waves.instance import Instance

PIECES = 60
"""More limits than this are first dropped kind by kind."""


def find_conflict(
    instance: Instance, double: frozenset[str], seconds: float, seed: int
) -> tuple[tuple[Reason, ...], bool]:
    """Return limits that cannot be kept together, and whether each of them is needed.

    Args:
        instance: one that was proved to have no waves.
        double: moves that may go by another space.
        seconds: for the whole search; what is not settled in time stays in the answer.
        seed: of the engine.
    """
    plain = tuple(_obvious(instance))
    if plain:
        return plain, len(plain) == 1
    kept = [reason for reason, _ in rules_of(instance)]
    each = seconds / (len(kept) + 12)
    certain = True
    if len(kept) > PIECES:
        for rule in dict.fromkeys(reason.rule for reason in kept):
            rest = [reason for reason in kept if reason.rule != rule]
            if _impossible(instance, double, rest, each, seed):
                kept = rest
    for reason in list(kept):
        rest = [other for other in kept if other != reason]
        answer = _impossible(instance, double, rest, each, seed)
        if answer:
            kept = rest
        certain = certain and answer is not None
    return tuple(kept), certain


def _impossible(
    instance: Instance, double: frozenset[str], kept: Sequence[Reason], seconds: float, seed: int
) -> bool | None:
    """Say whether some limits alone are impossible; None if time ran out."""
    model = cp_model.CpModel()
    v = Variables(model, instance, double)
    wanted = set(kept)
    for reason, add in rules_of(instance):
        if reason in wanted:
            add(v)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = seed
    solver.parameters.max_time_in_seconds = max(0.2, seconds)
    status = solver.solve(model)
    if status == cp_model.UNKNOWN:
        return None
    return status == cp_model.INFEASIBLE


def _obvious(instance: Instance) -> Iterator[Reason]:
    """Yield the first kind of limit that is impossible by itself, named exactly."""
    if not instance.moves:
        return
    is_open = [wave for wave in instance.waves if not wave.closed]
    if not is_open:
        yield Reason("closed" if instance.waves else "waves")
        return
    if all(wave.people_at_most is not None for wave in is_open):
        most = max(wave.people_at_most or 0 for wave in is_open)
        large = tuple(move.id for move in instance.moves if move.people > most)
        if large:
            yield Reason("people", large)
            return
        if sum(wave.people_at_most or 0 for wave in is_open) < sum(
            move.people for move in instance.moves
        ):
            yield Reason("people")
            return
    if all(wave.moves_at_most is not None for wave in is_open) and sum(
        wave.moves_at_most or 0 for wave in is_open
    ) < len(instance.moves):
        yield Reason("moves")
