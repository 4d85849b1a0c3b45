"""One parser for all commands; a refusal becomes a sentence and an exit status."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

COMMANDS = (
    "restack",
    "waves",
    "planning",
    "stages",
    "by_hand",
    "demonstration",
    "attendance",
    "estate",
    "floorplans",
    "serve",
    "admin",
    "bench",
)

DONE, NO, UNUSABLE = 0, 1, 2
_INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status; Ctrl-C ends it while it still starts, too."""
    try:
        return _run(argv)
    except KeyboardInterrupt:
        return _refuse("stopped", _INTERRUPTED)


def _run(argv: Sequence[str] | None) -> int:
    from planner.errors import Infeasible, InvalidInput, NoPlan, PlannerError
    from planner.logs import set_up_logs

    arguments = parser().parse_args(argv)
    set_up_logs("warning")  # to the error stream: the output may be read by a program
    try:
        return int(arguments.func(arguments))
    except InvalidInput as refusal:
        return _refuse(refusal, UNUSABLE)
    except (Infeasible, NoPlan) as refusal:
        return _refuse(refusal, NO)
    except PlannerError as refusal:
        return _refuse(refusal, UNUSABLE)
    except OSError as refusal:
        where = refusal.filename or "a file"
        return _refuse(f"{where}: {refusal.strerror or refusal}", UNUSABLE)


def parser() -> argparse.ArgumentParser:
    """Return the parser with every command."""
    import argparse
    from importlib import import_module
    from importlib.metadata import version

    top = argparse.ArgumentParser(
        prog="planner",
        description="Which office floors can be freed, what they earn, in what order to move.",
    )
    top.add_argument("--version", action="version", version=version("office-space-planner"))
    commands = top.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for name in COMMANDS:
        import_module(f"planner.cli.{name}").add_commands(commands)
    return top


def _refuse(refusal: object, status: int) -> int:
    sys.stderr.write(f"planner: {refusal}\n")
    return status
