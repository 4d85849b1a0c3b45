"""Single-source facility location of the classical kind, as restack instances.

Points in the unit square, demands of 5 to 35, capacities of 10 to 160 scaled to a ratio of total
capacity over total demand, opening costs that grow with the root of the capacity, and allocation
costs of ten times the distance times the demand.

Source:
    The recipe of Cornuejols, Sridharan and Thizy (1991), "A comparison of heuristics and
    relaxations for the capacitated plant location problem", EJOR 50(3), which the single-source
    literature kept.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass

from solver.restack.instance import Instance, Load, Space, Team

# Costs are integers; so many of them make one unit of the recipe.
UNIT = 10


@dataclass(frozen=True, slots=True)
class FacilityRecipe:
    """What to generate.

    Args:
        facilities, customers: how many.
        seed: of everything random.
        ratio: total capacity over total demand; the lower, the harder to pack.
    """

    facilities: int
    customers: int
    seed: int
    ratio: float = 5.0

    @property
    def name(self) -> str:
        """Return a short name."""
        return f"facility-{self.facilities}x{self.customers}-{self.ratio:g}-{self.seed}"


def generate_facility(recipe: FacilityRecipe) -> Instance:
    """Return the instance of a recipe: a facility is a space, a customer a team that is nowhere."""
    rng = random.Random(f"facility {recipe}")
    demand = [rng.randint(5, 35) for _ in range(recipe.customers)]
    raw = [rng.randint(10, 160) for _ in range(recipe.facilities)]
    scale = recipe.ratio * sum(demand) / sum(raw)
    capacity = [max(*demand, round(scale * size)) for size in raw]
    opening = [
        round(UNIT * (rng.randint(0, 90) + rng.randint(100, 110) * math.sqrt(size)))
        for size in capacity
    ]
    here = [(rng.random(), rng.random()) for _ in range(recipe.facilities)]
    there = [(rng.random(), rng.random()) for _ in range(recipe.customers)]
    spaces = tuple(
        Space(f"f{number}", size, f"f{number}", 0, cost)
        for number, (size, cost) in enumerate(zip(capacity, opening, strict=True))
    )
    teams = tuple(Team(f"c{number}", (Load((need,)),)) for number, need in enumerate(demand))
    costs = {
        team.id: {
            space.id: round(UNIT * 10 * need * math.dist(one, two))
            for space, one in zip(spaces, here, strict=True)
        }
        for team, need, two in zip(teams, demand, there, strict=True)
    }
    return Instance(spaces, teams, place_cost=costs)
