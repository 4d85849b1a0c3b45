"""Synthetic estates with every feature of the format: the usual ones, and rules added to them."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from solver.bench.synthetic import Recipe, generate
from solver.restack.instance import Instance, Load, Space, Team, Unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

DAYS = 5
# Share of a team that comes on its usual days, and on the days that it does not prefer.
BUSY, QUIET = (0.85, 1.0), (0.4, 0.7)
DIVISIBLE, OTHER_DAYS, FIXED, APART = 0.25, 0.2, 0.04, 0.05
SMALLEST_PART = 0.34
COST_PER_PERSON = 2
WHOLE_BONUS, BLOCK_BONUS, BLOCK = 0.3, 0.1, 3
MAY_MOVE = 0.5


@dataclass(frozen=True, slots=True)
class RichRecipe:
    """What to generate: as many floors and teams as of a usual estate, and its seed."""

    floors: int
    teams: int
    seed: int

    @property
    def name(self) -> str:
        """Return a short name."""
        return f"{self.floors}x{self.teams}-rich-{self.seed}"


def generate_rich(recipe: RichRecipe) -> Instance:
    """Return the estate of a recipe; doing nothing is always a sound plan of it.

    Added to the usual estate are weekdays, anchor days to choose from, divisible teams, teams that
    must be apart or stay, a floor that must be kept, bonuses of buildings and of blocks of floors,
    and a limit on the people moved.
    """
    usual = generate(Recipe(recipe.floors, recipe.teams, recipe.seed))
    rng = random.Random(f"rich {recipe}")
    home = {team.id: next(iter(team.now)) for team in usual.teams}
    apart = [
        (one.id, other.id)
        for one, other in zip(usual.teams, usual.teams[1:], strict=False)
        if home[one.id] != home[other.id] and rng.random() < APART
    ]
    kept = rng.randrange(len(usual.spaces))
    return replace(
        usual,
        spaces=tuple(replace(space, must_keep=at == kept) for at, space in enumerate(usual.spaces)),
        teams=tuple(_team(team, rng) for team in usual.teams),
        units=tuple(_units(usual.spaces)),
        apart=tuple(apart),
        fixed={team: space for team, space in home.items() if rng.random() < FIXED},
        people_moved_at_most=int(MAY_MOVE * sum(team.people for team in usual.teams)),
    )


def _team(team: Team, rng: random.Random) -> Team:
    """Return a team that comes more on some weekdays, and may come on others or be divided."""
    choices = 2 if rng.random() < OTHER_DAYS else 1
    loads = tuple(
        Load(_by_day(team.people, rng), number * COST_PER_PERSON * team.people)
        for number in range(choices)
    )
    part = max(2, round(SMALLEST_PART * team.people)) if rng.random() < DIVISIBLE else None
    return replace(team, loads=loads, split=part)


def _by_day(people: int, rng: random.Random) -> tuple[int, ...]:
    busy = set(rng.sample(range(DAYS), 3))
    return tuple(
        round(people * rng.uniform(*(BUSY if day in busy else QUIET))) for day in range(DAYS)
    )


def _units(spaces: Sequence[Space]) -> Iterator[Unit]:
    """Yield each building, and each block of three floors of one."""
    buildings: dict[str, list[Space]] = {}
    for space in spaces:
        buildings.setdefault(space.building, []).append(space)
    for name, floors in buildings.items():
        yield _unit(name, floors, WHOLE_BONUS)
        for at in range(0, len(floors) - BLOCK + 1, BLOCK):
            yield _unit(f"{name}-{at}", floors[at : at + BLOCK], BLOCK_BONUS)


def _unit(name: str, floors: Sequence[Space], share: float) -> Unit:
    worth = sum(space.keep_cost for space in floors)
    return Unit(name, tuple(space.id for space in floors), round(share * worth))
