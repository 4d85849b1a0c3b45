"""Synthetic move plans: towers that are emptied into their neighbours, wave by wave."""

from __future__ import annotations

import random
from dataclasses import dataclass

from solver.waves.instance import Before, Instance, Move, Space, Wave

DAYS = 5
WAVE_DAYS = 3
BUILDINGS = 8
LEASE_WEEKS = 260


@dataclass(frozen=True, slots=True)
class MoveRecipe:
    """What to generate.

    Args:
        moves, waves: how many.
        seed: of everything random.
        tight: room left in the floors that receive, in per cent of what comes.
    """

    moves: int = 600
    waves: int = 30
    seed: int = 1
    tight: int = 4

    @property
    def name(self) -> str:
        """Return a short name."""
        return f"{self.moves}x{self.waves}-{self.tight}-{self.seed}"


def generate_moves(recipe: MoveRecipe) -> Instance:
    """Return moves out of floors that are let, and a fifth as many chains that make room.

    A floor earns its rent in the weeks of a five-year lease that are left once it is empty.
    About nine tenths of what all waves together can carry is needed.
    """
    rng = random.Random(f"waves {recipe}")
    chains = recipe.moves // 6
    moves: list[Move] = []
    freed = max(1, (recipe.moves - chains) // 12)
    kept = max(2, recipe.moves // 16)
    load = {f"k{at}": [0] * DAYS for at in range(kept)}
    stays: dict[str, list[int]] = {name: [0] * DAYS for name in load}
    for at in range(recipe.moves - chains):
        target = rng.choice(list(load))
        moves.append(_move(rng, f"m{at}", f"f{at % freed}", target))
    for at in range(chains):
        origin, target = rng.sample(sorted(load), 2)
        moves.append(_move(rng, f"c{at}", origin, target))
    for move in moves:
        for day in range(DAYS):
            load[move.target][day] += move.seats[day]
    for name in load:
        stays[name] = [rng.randint(20, 60) for _ in range(DAYS)]
    spaces = [
        _kept(recipe, name, at, moves, load[name], stays[name]) for at, name in enumerate(load)
    ]
    spaces += [_freed(rng, recipe, f"f{at}", at) for at in range(freed)]
    people = sum(move.people for move in moves)
    most = -(-people * 10 // (recipe.waves * 9))
    pairs = [rng.sample(range(recipe.moves - chains), 2) for _ in range(recipe.moves // 30)]
    together = tuple((f"m{one}", f"m{other}") for one, other in pairs[::2])
    before = tuple(Before(f"m{min(pair)}", f"m{max(pair)}") for pair in pairs[1::2])
    return Instance(
        waves=tuple(
            Wave(
                f"w{at}",
                7 * at,
                7 * at + WAVE_DAYS - 1,
                cost=1_500,
                people_at_most=most,
                moves_at_most=-(-recipe.moves * 5 // (recipe.waves * 4)),
                closed=at % 11 == 10,  # noqa: PLR2004  every eleventh week is closed
            )
            for at in range(recipe.waves + recipe.waves // 10)
        ),
        spaces=tuple(spaces),
        moves=tuple(moves),
        together=together,
        before=before,
        building_moves_at_most={f"b{at}": recipe.moves // recipe.waves for at in range(BUILDINGS)},
    )


def _move(rng: random.Random, name: str, origin: str, target: str) -> Move:
    people = rng.randint(6, 40)
    seats = tuple(-(-people * rng.randint(45, 85) // 100) for _ in range(DAYS))
    return Move(name, origin, target, people, seats)


def _kept(
    recipe: MoveRecipe, name: str, at: int, moves: list[Move], comes: list[int], stays: list[int]
) -> Space:
    """Return a floor with room for all who end there and for who is there today."""
    leaves = [sum(move.seats[day] for move in moves if move.origin == name) for day in range(DAYS)]
    end = max(one + other for one, other in zip(comes, stays, strict=True))
    now = max(one + other for one, other in zip(leaves, stays, strict=True))
    seats = max(end * (100 + recipe.tight) // 100, now)
    return Space(name, seats, f"b{at % BUILDINGS}", tuple(stays), fit_out_days=at % 2 * 7)


def _freed(rng: random.Random, recipe: MoveRecipe, name: str, at: int) -> Space:
    weekly = rng.randint(1_000, 6_000)
    count = recipe.waves + recipe.waves // 10
    return Space(
        name,
        400,
        f"b{at % BUILDINGS}",
        value=tuple(weekly * (LEASE_WEEKS - at) for at in range(count)),
    )
