"""`planner plan` and `planner check`: the whole chain without a browser."""

from __future__ import annotations

import json
import signal
import sys
import threading
import time
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from planner.cli.documents import documents_of, say_summary, write_all
from planner.i18n import speech_of

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from planner.domain.estate import Estate
    from planner.optimise.options import Options
    from planner.optimise.solve import Glimpse
    from planner.reports.dossier import Dossier

DONE, NO = 0, 1
STEP_WORDS = {
    "read": "reading the estate",
    "demand": "working out demand",
    "solve": "searching",
    "check": "checking the plan without the solver",
}


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `plan` and `check`."""
    plan = commands.add_parser("plan", help="from an estate workbook to proposal and workbook")
    plan.add_argument("estate", metavar="ESTATE.xlsx", type=Path)
    plan.add_argument("--out", metavar="DIR", type=Path, required=True)
    _take_files(plan)
    plan.add_argument("--seconds", type=int, default=60, help="search at most so long (60)")
    plan.add_argument("--seed", type=int, default=1, help="of every random choice (1)")
    plan.add_argument("--workers", type=int, default=1, help="threads; 1 repeats exactly (1)")
    plan.add_argument("--level", type=Decimal, help="service level, for example 0.95")
    plan.add_argument("--name", default="Plan")
    plan.add_argument("--lang", choices=("en", "id"), help="of the documents")
    plan.add_argument("--json", action="store_true", help="print the summary as JSON")
    plan.set_defaults(func=run_plan)
    check = commands.add_parser("check", help="re-verify a plan without the solver")
    check.add_argument("plan", metavar="PLAN.json", type=Path)
    check.add_argument("estate", metavar="ESTATE.xlsx", type=Path)
    _take_files(check)
    check.add_argument("--json", action="store_true", help="print the violations as JSON")
    check.set_defaults(func=run_check)


def _take_files(parser: argparse.ArgumentParser) -> None:
    """Add the files that a workbook may be completed with."""
    files: dict[str, Any] = {"metavar": "FILE", "type": Path, "nargs": "*", "default": []}
    parser.add_argument("--plans", help="floor plans to add", **files)
    parser.add_argument("--attendance", help="attendance to add", **files)


def run_plan(arguments: argparse.Namespace) -> int:
    """Read, plan, and write plan.json, proposal.pdf, model.xlsx and moves.csv."""
    from planner.optimise.options import Options  # noqa: PLC0415  seconds to import
    from planner.services.gather import gather  # noqa: PLC0415

    options = Options(
        name=arguments.name,
        seconds=arguments.seconds,
        seed=arguments.seed,
        workers=arguments.workers,
        level=arguments.level,
    )
    estate = gather(arguments.estate, plans=arguments.plans, attendance=arguments.attendance)
    dossier = solve(estate, options)
    language = arguments.lang or estate.header.language
    write_all(documents_of(dossier, language), arguments.out)
    say_summary(dossier, language, as_json=arguments.json)
    return DONE


def solve(estate: Estate, options: Options) -> Dossier:
    """Run the chain, saying on the error stream how far it is; Ctrl-C keeps the best plan."""
    from planner.services.chain import dossier_of, make_plan  # noqa: PLC0415
    from planner.services.telling import Telling  # noqa: PLC0415

    with Interrupt() as interrupt:
        telling = Telling(
            step=lambda step: _say(f"{STEP_WORDS[step]} ..."),
            glimpse=glimpse_sayer(estate),
            should_stop=interrupt.asked,
        )
        plan = make_plan(estate, options, telling)
    return dossier_of(estate, plan)


def glimpse_sayer(estate: Estate) -> Callable[[Glimpse], None]:
    """Return a listener that says best plan and limit, once a second at most."""
    speech = speech_of("en", estate.header.currency)
    said = [0.0]

    def listen(glimpse: Glimpse) -> None:
        if glimpse.value is None or time.monotonic() - said[0] < 1:
            return
        said[0] = time.monotonic()
        limit = "none yet" if glimpse.limit is None else speech.money_short(glimpse.limit, 2)
        best = speech.money_short(glimpse.value, 2)
        _say(f"{glimpse.seconds:6.1f} s  best {best}, limit {limit}")

    return listen


def _say(line: str) -> None:
    sys.stderr.write(line + "\n")


class Interrupt:
    """While it is open, the first Ctrl-C asks the search to stop and keep its best plan."""

    def __init__(self) -> None:
        """Start unasked."""
        self._asked = False
        self._before: Any = None

    def __enter__(self) -> Self:
        """Listen for Ctrl-C, where this is the main thread."""
        if threading.current_thread() is threading.main_thread():
            self._before = signal.signal(signal.SIGINT, self._ask)
        return self

    def __exit__(self, *_: object) -> None:
        """Hand Ctrl-C back."""
        if self._before is not None:
            signal.signal(signal.SIGINT, self._before)

    def asked(self) -> bool:
        """Say whether somebody asked to stop."""
        return self._asked

    def _ask(self, *_: object) -> None:
        if self._asked:
            raise KeyboardInterrupt
        self._asked = True
        _say("stopping; the best plan so far is kept")


def run_check(arguments: argparse.Namespace) -> int:
    """Print one line per violation; 1 if there is any."""
    from planner.domain.plan import parse_plan  # noqa: PLC0415
    from planner.services.gather import gather  # noqa: PLC0415
    from planner.services.verify import verify  # noqa: PLC0415

    plan = parse_plan(arguments.plan.read_bytes())
    estate = gather(arguments.estate, plans=arguments.plans, attendance=arguments.attendance)
    found = verify(plan, estate)
    if arguments.json:
        rows = [{"where": one.where, "message": one.message} for one in found]
        sys.stdout.write(json.dumps({"violations": rows}, ensure_ascii=False, indent=1) + "\n")
    else:
        sys.stdout.write("".join(f"{one}\n" for one in found) or "the plan holds\n")
    return NO if found else DONE
