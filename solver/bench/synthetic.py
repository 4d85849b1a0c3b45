"""Synthetic estates: campuses of ten-floor buildings, teams in departments, some tied to floors."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass

from solver.restack.instance import Instance, Load, Near, Space, Team

FLOORS_PER_BUILDING = 10
FLOORS_PER_CAMPUS = 50
FILL = 0.8
PUBLIC_LEVELS = (1, 2)
SECURE_LEVELS = (5, 8, 9)
MOVE_INSIDE = 8
PUBLIC_SHARE, SECURE_SHARE = 0.1, 0.1


@dataclass(frozen=True, slots=True)
class Recipe:
    """What to generate. Costs are in hundreds of dollars.

    Args:
        floors, teams: how many.
        seed: of everything random.
        move_inside, move_outside: cost of moving one person within the building, elsewhere.
        pair_share: chance that two teams of a department want to be near.
        penalty: least and most paid where they are not.
    """

    floors: int
    teams: int
    seed: int
    move_inside: int = MOVE_INSIDE
    move_outside: int = 11
    pair_share: float = 0.4
    penalty: tuple[int, int] = (20, 120)

    @property
    def name(self) -> str:
        """Return a short name."""
        dear = "-dear" if self.move_inside > MOVE_INSIDE else ""
        return f"{self.floors}x{self.teams}{dear}-{self.seed}"


def generate(recipe: Recipe) -> Instance:
    """Return the estate of a recipe; doing nothing is always a sound plan of it."""
    rng = random.Random(f"restack {recipe}")
    spaces: list[Space] = []
    teams: list[Team] = []
    costs: dict[str, dict[str, int]] = {}
    near: list[Near] = []
    campuses = max(1, math.ceil(recipe.floors / FLOORS_PER_CAMPUS))
    for campus in range(campuses):
        floors = _share(recipe.floors, campuses, campus)
        heads = _share(recipe.teams, campuses, campus)
        _campus(recipe, rng, f"c{campus}", floors, heads, spaces, teams, costs, near)
    return Instance(tuple(spaces), tuple(teams), place_cost=costs, near=tuple(near))


def _share(total: int, parts: int, part: int) -> int:
    return total * (part + 1) // parts - total * part // parts


def _campus(
    recipe: Recipe,
    rng: random.Random,
    name: str,
    floors: int,
    heads: int,
    spaces: list[Space],
    teams: list[Team],
    costs: dict[str, dict[str, int]],
    near: list[Near],
) -> None:
    here = _floors(rng, name, floors)
    sizes = _sizes(rng, heads, sum(space.seats for space in here))
    free = {space.id: space.seats for space in here}
    campus_teams: list[tuple[str, int, str, frozenset[str]]] = []
    department: list[str] = []
    home = rng.choice(here).building
    for number, size in enumerate(sizes):
        if len(department) >= rng.randint(5, 9):
            department, home = [], rng.choice(here).building
        team = f"{name}t{number}"
        tie = rng.random()
        needs = _tie(tie)
        floor = _seat(rng, here, free, size, home, frozenset(needs))
        if floor is None:
            needs = set()
            floor = _seat(rng, here, free, size, home, frozenset())
        if floor is None:
            continue
        free[floor.id] -= size
        campus_teams.append((team, size, floor.id, frozenset(needs)))
        near.extend(
            Near(other, team, "adjacent", rng.randint(*recipe.penalty))
            for other in department
            if rng.random() < recipe.pair_share
        )
        department.append(team)
    building = {space.id: space.building for space in here}
    for team, size, floor_id, needs_set in campus_teams:
        teams.append(Team(team, (Load((size,)),), needs_set, {floor_id: size}))
        costs[team] = {
            space.id: 0
            if space.id == floor_id
            else size
            * (recipe.move_inside if space.building == building[floor_id] else recipe.move_outside)
            for space in here
            if needs_set <= space.has
        }
    spaces.extend(here)


def _tie(draw: float) -> set[str]:
    """Return what a team is tied to."""
    if draw < PUBLIC_SHARE:
        return {"public"}
    return {"secure"} if draw < PUBLIC_SHARE + SECURE_SHARE else set()


def _floors(rng: random.Random, name: str, floors: int) -> list[Space]:
    here = []
    rent = 0
    for number in range(floors):
        level = number % FLOORS_PER_BUILDING + 1
        if level == 1:
            rent = rng.randint(30, 90)
        seats = rng.randint(60, 150)
        has = {"public"} if level in PUBLIC_LEVELS else set()
        has |= {"secure"} if level in SECURE_LEVELS else set()
        building = f"{name}b{number // FLOORS_PER_BUILDING}"
        here.append(
            Space(f"{building}f{level}", seats, building, level, rent * seats, frozenset(has))
        )
    return here


def _sizes(rng: random.Random, teams: int, seats: int) -> list[int]:
    """Return team sizes, lognormal and clipped, that fill their share of the seats."""
    raw = [rng.lognormvariate(0.0, 0.7) for _ in range(teams)]
    scale = FILL * seats / sum(raw)
    for _ in range(20):
        sizes = [min(80, max(4, round(scale * size))) for size in raw]
        scale *= FILL * seats / sum(sizes)
    return sizes


def _seat(
    rng: random.Random,
    here: list[Space],
    free: dict[str, int],
    size: int,
    home: str,
    needs: frozenset[str],
) -> Space | None:
    """Return a floor with room, in the department's building where there is one."""
    open_ = [space for space in here if free[space.id] >= size and needs <= space.has]
    inside = [space for space in open_ if space.building == home]
    if inside and rng.random() < 0.85:  # noqa: PLR2004
        open_ = inside
    if not open_:
        return None
    return max(rng.sample(open_, min(3, len(open_))), key=lambda space: free[space.id])
