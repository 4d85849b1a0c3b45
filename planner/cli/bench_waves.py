"""`planner bench waves`: how near the limit many moves are dated in a minute."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse
    from typing import Any

ENOUGH = 0.01


def add_commands(subparsers: argparse._SubParsersAction[Any]) -> None:
    """Add the suite to `planner bench`."""
    suite = subparsers.add_parser("waves", help="moves in waves against their proved bound")
    suite.add_argument("--moves", type=int, default=600)
    suite.add_argument("--waves", type=int, default=30)
    suite.add_argument("--seconds", type=float, default=60.0)
    suite.add_argument("--workers", type=int, default=2)
    suite.add_argument("--seeds", type=int, nargs="*", default=[1, 2, 3])
    suite.add_argument("--json", action="store_true")
    suite.set_defaults(func=run)


def run(args: argparse.Namespace) -> int:
    """Date one move plan a seed; exit 1 if any is farther than 1% from its bound.

    The share is of five years' rents less what waves cost. What is lost while floors wait,
    against the least that must be lost, is a harsher measure and stands beside it.
    """
    from planner.optimise.bare import Params
    from planner.optimise.bare_waves import (
        MoveRecipe,
        check_solution,
        generate_moves,
        solve_waves,
    )

    rows = []
    for seed in args.seeds:
        recipe = MoveRecipe(args.moves, args.waves, seed)
        instance = generate_moves(recipe)
        at_once = sum(max(space.value) for space in instance.spaces if space.value)
        outcome, _ = solve_waves(instance, Params(args.seconds, args.workers, seed))
        row: dict[str, object] = {
            "recipe": recipe.name,
            "status": str(outcome.status),
            "cost": outcome.cost,
            "bound": outcome.bound,
            "gap": None,
            "waiting_gap": None,
            "violations": None,
            "seconds": round(outcome.seconds, 1),
        }
        if outcome.best is not None and outcome.cost is not None and outcome.bound is not None:
            far = outcome.cost - outcome.bound
            row["gap"] = round(far / abs(outcome.bound), 5)
            row["waiting_gap"] = round(far / (outcome.bound + at_once), 5)
            row["violations"] = len(check_solution(instance, outcome.best))
        rows.append(row)
        if not args.json:
            sys.stdout.write("  ".join(f"{key} {value}" for key, value in row.items()) + "\n")
            sys.stdout.flush()
    if args.json:
        sys.stdout.write(json.dumps(rows, indent=1) + "\n")
    good = [row["gap"] is not None and float(str(row["gap"])) <= ENOUGH for row in rows]
    return 0 if all(good) else 1
