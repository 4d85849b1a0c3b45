"""`planner restack` and `planner restack-check`: the bare solver and the bare checker."""

from __future__ import annotations

import json
import os
import signal
import sys
import tempfile
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from planner.optimise.bare import Instance, Outcome, Params, Progress, Reason, Solution

SIGNAL_SECONDS = 0.2
MOST_DIGITS = 1000
MOST_LINES, LONGEST_LINE = 200, 300
DONE, ANSWER_IS_NO, UNUSABLE = 0, 1, 2


def add_commands(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the two commands to the planner's command line."""
    solve = subparsers.add_parser(
        "restack",
        help="solve a restack instance with the bare solver",
        description="Read a restack instance and write the best solution found. Ctrl-C ends the "
        "search and writes the best plan so far.",
    )
    solve.add_argument("instance", metavar="INSTANCE.json", help="the instance to solve")
    solve.add_argument("--seconds", type=float, default=60.0, help="time limit (default 60)")
    solve.add_argument(
        "--workers", type=int, default=2, help="threads; 1 repeats exactly (default 2)"
    )
    solve.add_argument("--seed", type=int, default=1, help="start of all randomness (default 1)")
    solve.add_argument("--gap", type=float, default=0.0, help="stop at this relative gap")
    solve.add_argument(
        "--work", type=float, default=None, help="work limit for one worker, instead of the clock"
    )
    solve.add_argument("--start", metavar="SOLUTION.json", help="a solution to start from")
    solve.add_argument("-o", "--output", metavar="SOLUTION.json", help="where to write")
    solve.add_argument("--json", action="store_true", help="print the solution to standard output")
    solve.set_defaults(func=restack)
    check = subparsers.add_parser(
        "restack-check",
        help="re-verify a solution against its instance",
        description="Recompute everything in a solution and print one line for each violation.",
    )
    check.add_argument("instance", metavar="INSTANCE.json", help="the instance")
    check.add_argument("solution", metavar="SOLUTION.json", help="the solution to verify")
    check.add_argument("--json", action="store_true", help="print the violations as JSON")
    check.set_defaults(func=restack_check)


def restack(args: argparse.Namespace) -> int:
    """Solve the instance; return the exit status."""
    from planner.optimise import bare

    try:
        if args.output is not None:
            refuse_unwritable(Path(args.output))
        instance = bare.parse_instance(read_json(args.instance))
        start = None if args.start is None else bare.parse_solution(read_json(args.start)).plan
        params = bare.Params(args.seconds, args.workers, args.seed, args.gap, args.work)
        outcome = _solve(instance, params, start)
        document = bare.solution_to_json(outcome, params)
        if args.output is not None:
            write_json(Path(args.output), document)
    except (bare.InvalidInstance, bare.InvalidParams, Unreadable) as error:
        _complain(str(error))
        return UNUSABLE
    if args.json or args.output is None:
        sys.stdout.write(json.dumps(document) + "\n")
    _summarise(outcome)
    return DONE if outcome.best is not None else ANSWER_IS_NO


def restack_check(args: argparse.Namespace) -> int:
    """Check the solution; return the exit status."""
    from planner.optimise import bare

    try:
        instance = bare.parse_instance(read_json(args.instance))
        file = bare.parse_solution(read_json(args.solution))
    except (bare.InvalidInstance, Unreadable) as error:
        _complain(str(error))
        return UNUSABLE
    violations = bare.check_file(instance, file)
    lines = [str(violation) for violation in violations]
    if file.plan is None and not lines:
        lines = [f"plan: there is none to check; the status is {file.status}"]
    if args.json:
        listed = [
            {
                "rule": violation.rule,
                "message": violation.message,
                "teams": list(violation.teams),
                "spaces": list(violation.spaces),
            }
            for violation in violations
        ]
        sys.stdout.write(json.dumps({"ok": not lines, "violations": listed}) + "\n")
    else:
        sys.stdout.writelines(f"{line}\n" for line in lines or ["no violations"])
    return ANSWER_IS_NO if lines else DONE


def _solve(instance: Instance, params: Params, start: Solution | None) -> Outcome[Solution]:
    """Solve beside the main thread, which alone hears signals, and only between bytecodes."""
    from planner.optimise.bare import solve_restack

    with _interrupt() as interrupted, ThreadPoolExecutor(max_workers=1) as pool:
        run = pool.submit(
            solve_restack,
            instance,
            params,
            on_progress=_tell,
            should_stop=interrupted.is_set,
            start=start,
        )
        while not run.done():
            wait([run], timeout=SIGNAL_SECONDS)
        return run.result()


class Unreadable(Exception):
    """A file that cannot be read or written, or is no JSON."""


def read_json(name: str) -> Any:
    """Return what a JSON file holds; `-` is standard input.

    Raises:
        Unreadable: no such file, not JSON, or an object with the same key twice.
    """
    try:
        text = sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8-sig")
        return json.loads(
            text,
            object_pairs_hook=_no_key_twice,
            parse_constant=_no_constant,
            parse_int=_whole_number,
        )
    except OSError as error:
        msg = f"{name}: {error.strerror or error}"
        raise Unreadable(msg) from error
    except json.JSONDecodeError as error:
        msg = f"{name}: line {error.lineno}, column {error.colno}: {error.msg}"
        raise Unreadable(msg) from error
    except RecursionError as error:
        msg = f"{name}: nested too deeply"
        raise Unreadable(msg) from error
    except UnicodeDecodeError as error:
        msg = f"{name}: byte {error.start} is not UTF-8 text; save the file as UTF-8"
        raise Unreadable(msg) from error
    except ValueError as error:
        msg = f"{name}: {error}"
        raise Unreadable(msg) from error


def _whole_number(digits: str) -> int:
    if len(digits) > MOST_DIGITS:
        msg = f"a number of {len(digits)} digits, {digits[:12]}…, is too large"
        raise ValueError(msg)
    return int(digits)


def _no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        counts = Counter(key for key, _ in pairs)
        twice = next(key for key in counts if counts[key] > 1)
        msg = f"the key {twice!r} stands twice in one object"
        raise ValueError(msg)
    return found


def _no_constant(name: str) -> None:
    msg = f"{name} is not a number that JSON knows"
    raise ValueError(msg)


def refuse_unwritable(path: Path) -> None:
    """Refuse a place where nothing can be written, before a long search and not after it.

    Raises:
        Unreadable: the folder is missing or closed to us, or the path is a folder itself.
    """
    folder = path.parent
    if path.is_dir():
        msg = f"{path}: is a folder; name a file"
    elif not folder.is_dir():
        msg = f"{path}: there is no folder {folder}"
    elif not os.access(folder, os.W_OK):
        msg = f"{path}: nothing may be written in {folder}"
    else:
        return
    raise Unreadable(msg)


def write_json(path: Path, document: object) -> None:
    """Write a JSON file whole or not at all.

    Raises:
        Unreadable: the file cannot be written.
    """
    temporary = None
    try:
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", dir=path.parent, prefix=f".{path.name}.", delete=False
        ) as file:
            temporary = Path(file.name)
            json.dump(document, file)
            file.write("\n")
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(path)
    except OSError as error:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        msg = f"{path}: {error.strerror or error}"
        raise Unreadable(msg) from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


@contextmanager
def _interrupt() -> Iterator[threading.Event]:
    """Turn Ctrl-C and a request to terminate into an event that ends the search."""
    event = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield event
        return
    before = {
        number: signal.signal(number, lambda *_: event.set())
        for number in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        yield event
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _tell(progress: Progress) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(
            f"{progress.seconds:8.1f} s  cost {_number(progress.cost)}"
            f"  bound {_number(progress.bound)}\n"
        )


def _summarise(outcome: Outcome[Solution]) -> None:
    from planner.optimise.bare import Status

    figures = f"cost {_number(outcome.cost)}, bound {_number(outcome.bound)}"
    lines = [f"{outcome.status}: {figures}, {outcome.seconds:.1f} s"]
    if outcome.status is Status.INFEASIBLE:
        lines += [f"conflict: {_reason(reason)}" for reason in outcome.reasons]
        if not outcome.reasons_minimal:
            lines.append(
                f"these {len(outcome.reasons)} rules conflict, but are not shown to be minimal: "
                "some may not be needed for it; allow more seconds to find fewer"
            )
    if outcome.status is Status.OUT_OF_TIME:
        lines.append("out of time before any plan was found; allow more seconds")
    sys.stderr.writelines(f"{line}\n" for line in lines)


def _reason(reason: Reason) -> str:
    names = [*(f"team {team}" for team in reason.teams), *(f"space {s}" for s in reason.spaces)]
    return f"{reason.rule} {', '.join(names)}".strip()


def _number(value: int | None) -> str:
    return "none" if value is None else str(value)


def _complain(text: str) -> None:
    lines = text.splitlines()
    shown = [line if len(line) <= LONGEST_LINE else line[:LONGEST_LINE] + "…" for line in lines]
    more = len(lines) - MOST_LINES
    if more > 0:
        shown = [*shown[:MOST_LINES], f"… and {more} problems more"]
    sys.stderr.writelines(f"{line}\n" for line in shown)
