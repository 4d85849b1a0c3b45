"""`planner waves` and `planner waves-check`: the bare solver of waves and its bare checker."""

from __future__ import annotations

import json
import sys
import threading
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path
from typing import TYPE_CHECKING

from planner.cli.planning import Interrupt
from planner.cli.restack import Unreadable, read_json, write_json

if TYPE_CHECKING:
    import argparse

    from planner.optimise.bare import Outcome, Params
    from planner.optimise.bare_waves import Deadlock, Instance, Solution

SIGNAL_SECONDS = 0.2
DONE, ANSWER_IS_NO, UNUSABLE = 0, 1, 2


def add_commands(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the two commands to the planner's command line."""
    solve = subparsers.add_parser(
        "waves",
        help="date moves with the bare solver",
        description="Read a waves instance and write the best waves found. Ctrl-C ends the "
        "search and writes the best so far.",
    )
    solve.add_argument("instance", metavar="INSTANCE.json", nargs="?", help="the instance")
    solve.add_argument("--seconds", type=float, default=60.0, help="time limit (default 60)")
    solve.add_argument(
        "--workers", type=int, default=2, help="threads; 1 repeats exactly (default 2)"
    )
    solve.add_argument("--seed", type=int, default=1, help="start of all randomness (default 1)")
    solve.add_argument("--gap", type=float, default=0.0, help="stop at this relative gap")
    solve.add_argument("-o", "--output", metavar="SOLUTION.json", help="where to write")
    solve.add_argument("--json", action="store_true", help="print the solution to standard output")
    solve.add_argument("--schema", action="store_true", help="print the format's JSON Schema")
    solve.set_defaults(func=waves)
    check = subparsers.add_parser("waves-check", help="re-play waves day by day")
    check.add_argument("instance", metavar="INSTANCE.json", help="the instance")
    check.add_argument("solution", metavar="SOLUTION.json", help="the solution to verify")
    check.add_argument("--json", action="store_true", help="print the violations as JSON")
    check.set_defaults(func=waves_check)


def waves(args: argparse.Namespace) -> int:
    """Solve the instance; return the exit status."""
    from planner.optimise import bare_waves
    from planner.optimise.bare import InvalidInstance, InvalidParams, Params

    if args.schema:
        sys.stdout.write(json.dumps(bare_waves.schema(), indent=1) + "\n")
        return DONE
    if args.instance is None:
        sys.stderr.write("name an instance to solve, or ask for --schema\n")
        return UNUSABLE
    try:
        instance = bare_waves.parse_instance(read_json(args.instance))
        params = Params(args.seconds, args.workers, args.seed, args.gap)
        outcome, deadlock = _solve(instance, params)
        document = bare_waves.solution_to_json(outcome, params, deadlock)
        if args.output is not None:
            write_json(Path(args.output), document)
    except (InvalidInstance, InvalidParams, Unreadable) as error:
        sys.stderr.write(f"{error}\n")
        return UNUSABLE
    if args.json or args.output is None:
        sys.stdout.write(json.dumps(document) + "\n")
    sys.stderr.writelines(f"{line}\n" for line in summary(outcome, deadlock))
    return DONE if outcome.best is not None else ANSWER_IS_NO


def waves_check(args: argparse.Namespace) -> int:
    """Check the solution; return the exit status."""
    from planner.optimise import bare_waves
    from planner.optimise.bare import InvalidInstance

    try:
        instance = bare_waves.parse_instance(read_json(args.instance))
        file = bare_waves.parse_solution(read_json(args.solution))
    except (InvalidInstance, Unreadable) as error:
        sys.stderr.write(f"{error}\n")
        return UNUSABLE
    violations = bare_waves.check_file(instance, file)
    lines = [str(violation) for violation in violations]
    if file.plan is None and not lines:
        lines = [f"waves: there are none to check; the status is {file.status}"]
    if args.json:
        listed = [{"rule": one.rule, "message": one.message} for one in violations]
        sys.stdout.write(json.dumps({"ok": not lines, "violations": listed}) + "\n")
    else:
        sys.stdout.writelines(f"{line}\n" for line in lines or ["no violations"])
    return ANSWER_IS_NO if lines else DONE


def _solve(instance: Instance, params: Params) -> tuple[Outcome[Solution], Deadlock | None]:
    """Solve beside the main thread, which alone hears signals, and only between bytecodes."""
    from planner.optimise.bare_waves import solve_waves

    stop = threading.Event()
    with Interrupt() as interrupt, ThreadPoolExecutor(max_workers=1) as pool:
        run = pool.submit(solve_waves, instance, params, should_stop=stop.is_set)
        while not run.done():
            wait([run], timeout=SIGNAL_SECONDS)
            if interrupt.asked():
                stop.set()
        return run.result()


def summary(outcome: Outcome[Solution], deadlock: Deadlock | None) -> list[str]:
    """Return what a person wants to know of a run, a line each."""
    cost, bound = ("none" if one is None else str(one) for one in (outcome.cost, outcome.bound))
    lines = [f"{outcome.status}: cost {cost}, bound {bound}, {outcome.seconds:.1f} s"]
    for reason in outcome.reasons:
        names = [*(f"move {one}" for one in reason.teams), *reason.spaces]
        lines.append(f"conflict: {reason.rule} {', '.join(names)}".rstrip())
    if deadlock is not None:
        room = (
            "no room of one more space resolves it"
            if deadlock.seats is None
            else f"{deadlock.seats} more seats would resolve it"
        )
        lines.append(
            f"deadlock: {' waits for '.join(deadlock.moves)}, for seats in "
            f"{', '.join(deadlock.spaces)}; {room}"
        )
    return lines
