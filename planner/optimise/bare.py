"""The solver by itself, for the commands that speak its own format."""

from __future__ import annotations

from solver.errors import InvalidInstance, InvalidParams, SolverError
from solver.outcome import Outcome, Reason, Status
from solver.params import Params
from solver.progress import Progress
from solver.restack.check import Violation, check_file, check_solution
from solver.restack.instance import Instance
from solver.restack.parse import parse_instance, schema
from solver.restack.solution import (
    Solution,
    SolutionFile,
    parse_solution,
    solution_to_json,
)
from solver.run import solve_restack

__all__ = [
    "Instance",
    "InvalidInstance",
    "InvalidParams",
    "Outcome",
    "Params",
    "Progress",
    "Reason",
    "Solution",
    "SolutionFile",
    "SolverError",
    "Status",
    "Violation",
    "check_file",
    "check_solution",
    "parse_instance",
    "parse_solution",
    "schema",
    "solution_to_json",
    "solve_restack",
]
