"""The waves solver by itself, for the commands that speak its own format."""

from __future__ import annotations

from solver.bench.moves import MoveRecipe, generate_moves
from solver.waves.check import check_file, check_solution
from solver.waves.instance import Instance
from solver.waves.parse import parse_instance, schema
from solver.waves.solution import Deadlock, Solution, parse_solution, solution_to_json
from solver.waves.solve import solve_waves

__all__ = [
    "Deadlock",
    "Instance",
    "MoveRecipe",
    "Solution",
    "check_file",
    "check_solution",
    "generate_moves",
    "parse_instance",
    "parse_solution",
    "schema",
    "solution_to_json",
    "solve_waves",
]
