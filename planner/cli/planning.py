"""`planner plan` and `planner check`: the whole chain without a browser."""

from __future__ import annotations

import json
import signal
import sys
import threading
import time
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, cast

from planner.cli.documents import documents_of, say_summary, write_all
from planner.errors import Infeasible, InvalidInput
from planner.i18n import speech_of

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from planner.domain.estate import Estate
    from planner.domain.plan import Plan
    from planner.domain.records import Rule
    from planner.domain.records.kinds import RuleKind
    from planner.domain.study import NoPlanStudy, Study
    from planner.optimise.options import Options
    from planner.optimise.solve import Glimpse
    from planner.reports.dossier import Dossier

DONE, NO = 0, 1
STEP_WORDS = {
    "read": "reading the estate",
    "demand": "working out demand",
    "solve": "searching",
    "tighten": "leaving seats free where days held out ran short",
    "dates": "dating the moves",
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
    plan.add_argument(
        "--gap",
        type=Decimal,
        default=Decimal(0),
        metavar="SHARE",
        help="stop when no plan can be worth so much more, for example 0.005 (0)",
    )
    plan.add_argument(
        "--rule",
        action="append",
        default=[],
        metavar="'RULE SUBJECT OBJECT NUMBER'",
        help="a rule for this plan alone, such as 'fix_team T1 A1', 'fix_team T1 A1 14' (at "
        "least 14 of its people, the others anywhere), 'keep_floor A1' or "
        "'people_moved_at_most 200'; may be given several times",
    )
    plan.add_argument(
        "--start", metavar="PLAN.json", type=Path, help="a plan of the same estate to start from"
    )
    plan.add_argument(
        "--promise",
        choices=("each_floor", "any_floor", "building"),
        default="each_floor",
        help="what the service level holds for: each floor by itself, all floors at once, or "
        "each building, a full floor sending people to another one of it (each_floor)",
    )
    plan.add_argument(
        "--overflow",
        action="store_const",
        const="building",
        dest="promise",
        help="the same as --promise building",
    )
    plan.add_argument(
        "--explain",
        type=int,
        default=0,
        metavar="SECONDS",
        dest="study",
        help="look into the plan for so long: other plans, prices of rules, why "
        "floors stay; writes study.json (0: not at all)",
    )
    plan.add_argument(
        "--notices", action="store_true", help="a page for each team that moves, in OUT/notices"
    )
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
    """Read, plan, and write plan.json, proposal.pdf, model.xlsx, moves.csv and moves.ics."""
    from planner.domain.eligibility import with_rules
    from planner.optimise.options import Options
    from planner.services.chain import with_study
    from planner.services.gather import gather

    options = Options(
        name=arguments.name,
        seconds=arguments.seconds,
        seed=arguments.seed,
        workers=arguments.workers,
        level=arguments.level,
        gap=arguments.gap,
        rules=tuple(map(rule_of, arguments.rule)),
        promise=arguments.promise,
        study=arguments.study,
    )
    estate = gather(
        arguments.estate, plans=arguments.plans, attendance=arguments.attendance, tell=_say
    )
    language = arguments.lang or estate.header.language
    speech = speech_of(language, estate.header.currency, estate.header.area_unit)
    start = None if arguments.start is None else _start(arguments.start, estate)
    try:
        dossier = solve(estate, options, start)
    except Infeasible as refusal:
        if refusal.study is not None:
            from planner.cli.explaining import say_no_plan

            ruled = with_rules(estate, options.rules)
            say_no_plan(cast("NoPlanStudy", refusal.study), ruled, speech)
        raise
    study = look_into(estate, dossier.plan, options.study) if options.study else None
    whole = dossier if study is None else with_study(dossier, study)
    files = documents_of(whole, language, notices=arguments.notices)
    if study is not None:
        files["study.json"] = study.to_json().encode()
    write_all(files, arguments.out)
    say_summary(dossier, language, as_json=arguments.json)
    if study is not None and not arguments.json:
        from planner.cli.explaining import say_study

        say_study(study, dossier.plan, estate, speech)
    return DONE


_WORDS = {
    "keep_floor": (1,),
    "free_floor": (1,),
    "fix_team": (2, 3),
    "only_in": (2,),
    "never_in": (2,),
    "people_moved_at_most": (1,),
}
"""How many words follow the name of a rule."""


def rule_of(text: str) -> Rule:
    """Return the rule that a text such as `fix_team T1 A1` or `fix_team T1 A1 14` names.

    Raises:
        InvalidInput: no such rule, words missing or too many, or no number where one is due.
    """
    from planner.domain.records import Rule

    kind, *rest = text.split() or [""]
    if len(rest) not in _WORDS.get(kind, ()):
        raise InvalidInput(
            f"--rule {text!r}: enter a rule and what it is about, such as 'fix_team T1 A1', "
            "'fix_team T1 A1 14', 'keep_floor A1' or 'people_moved_at_most 200'"
        )
    numbered = kind == "people_moved_at_most" or len(rest) > 2  # noqa: PLR2004  subject, object
    number = rest.pop() if numbered else None
    if number is not None and not (number.isascii() and number.isdecimal() and len(number) <= 7):  # noqa: PLR2004
        raise InvalidInput(f"--rule {text!r}: {number!r} is not a whole number below 10,000,000")
    subject, target = (*rest, "", "")[:2]
    return Rule(
        rule=cast("RuleKind", kind),
        subject=subject,
        object=target,
        value=None if number is None else int(number),
    )


def _start(path: Path, estate: Estate) -> Plan:
    """Return the plan to start from.

    Raises:
        InvalidInput: it is of another estate.
    """
    from planner.domain.plan import parse_plan

    plan = parse_plan(path.read_bytes())
    if plan.estate_hash != estate.hash:
        raise InvalidInput(f"--start {path.name}: the plan is of another estate")
    return plan


def look_into(estate: Estate, plan: Plan, seconds: int) -> Study:
    """Return the study of a plan, saying on the error stream how far it is; Ctrl-C ends it."""
    from planner.services import chain

    said = [0.0]

    def step(part: str, done: int, of: int) -> None:
        if time.monotonic() - said[0] >= 1:
            said[0] = time.monotonic()
            _say(f"looking into the plan: {part}, {done} of {of} questions answered")

    with Interrupt() as interrupt:
        return chain.look_into(estate, plan, seconds, step=step, should_stop=interrupt.asked)


def solve(estate: Estate, options: Options, start: Plan | None = None) -> Dossier:
    """Run the chain, saying on the error stream how far it is; Ctrl-C keeps the best plan."""
    from planner.services.chain import dossier_of, make_plan
    from planner.services.telling import Telling

    with Interrupt() as interrupt:
        telling = Telling(
            step=lambda step: _say(f"{STEP_WORDS[step]} ..."),
            glimpse=glimpse_sayer(estate),
            should_stop=interrupt.asked,
        )
        plan = make_plan(estate, options, telling, start=start)
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
    from planner.domain.plan import parse_plan
    from planner.services.gather import gather
    from planner.services.verify import verify

    plan = parse_plan(arguments.plan.read_bytes())
    estate = gather(arguments.estate, plans=arguments.plans, attendance=arguments.attendance)
    found = verify(plan, estate)
    if arguments.json:
        rows = [{"where": one.where, "message": one.message} for one in found]
        sys.stdout.write(json.dumps({"violations": rows}, ensure_ascii=False, indent=1) + "\n")
    else:
        sys.stdout.write("".join(f"{one}\n" for one in found) or "the plan holds\n")
    return NO if found else DONE
