"""`planner by-hand`: what a plan made by hand is worth, and whether it holds."""

from __future__ import annotations

import json
import sys
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from planner.i18n import speech_of

if TYPE_CHECKING:
    import argparse

    from planner.domain.estate import Estate
    from planner.domain.plan import Plan
    from planner.services.by_hand import ByHand

DONE, NO = 0, 1


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `by-hand`."""
    command = commands.add_parser(
        "by-hand", help="checks, money and gap of a plan made by hand: moves.csv or a workbook"
    )
    command.add_argument("file", metavar="MOVES.csv|SEATING.xlsx", type=Path)
    command.add_argument("estate", metavar="ESTATE.xlsx", type=Path)
    command.add_argument(
        "--against",
        metavar="PLAN.json",
        type=Path,
        help="a plan whose proved limit counts, at its level and for what it promises",
    )
    command.add_argument("--level", type=Decimal, help="service level, for example 0.95")
    command.add_argument(
        "--promise",
        choices=("each_floor", "any_floor", "building"),
        help="what the service level holds for (that of the plan beside it, else each_floor)",
    )
    command.add_argument("-o", "--output", metavar="PLAN.json", type=Path,
                         help="write the plan here if it holds")  # fmt: skip
    command.add_argument("--lang", choices=("en", "id"), help="of what is printed")
    command.add_argument("--json", action="store_true", help="print as JSON")
    command.set_defaults(func=run_by_hand)


def run_by_hand(arguments: argparse.Namespace) -> int:
    """Print the judgement; 1 if the plan does not hold."""
    from planner.services.by_hand import judge_file
    from planner.services.gather import gather

    estate = gather(arguments.estate)
    plan = _against(arguments, estate)
    found = judge_file(
        estate,
        arguments.file,
        level=arguments.level if plan is None else plan.level,
        limit=None if plan is None else plan.limit_under((), plan.level),
        promise=arguments.promise or ("each_floor" if plan is None else plan.promise),
    )
    if arguments.json:
        sys.stdout.write(json.dumps(_as_json(found), ensure_ascii=False, indent=1) + "\n")
    else:
        _say(found, estate, arguments.lang or estate.header.language)
    if found.problems:
        return NO
    if arguments.output is not None:
        arguments.output.write_text(found.plan.to_json(), encoding="utf-8")
    return DONE


def _against(arguments: argparse.Namespace, estate: Estate) -> Plan | None:
    """Return the plan to compare with, whose level and promise count; None if none was named.

    Raises:
        InvalidInput: that plan is of another estate or level, or does not hold.
    """
    from planner.domain.plan import parse_plan
    from planner.errors import InvalidInput
    from planner.services.verify import verify

    if arguments.against is None:
        return None
    plan = parse_plan(arguments.against.read_bytes())
    broken = verify(plan, estate)
    if broken:
        raise InvalidInput(broken)
    if arguments.level is not None and arguments.level != plan.level:
        raise InvalidInput(
            f"--level {arguments.level}: the plan to compare with was made for {plan.level}"
        )
    return plan


def _as_json(found: ByHand) -> dict[str, object]:
    plan = found.plan
    gap = None if plan.bound is None or found.problems else plan.bound - plan.value
    return {
        "holds": not found.problems,
        "violations": [{"where": one.where, "message": one.message} for one in found.problems],
        "npv": plan.npv,
        "value": plan.value,
        "limit": plan.bound,
        "gap": gap,
        "freed": sorted(plan.freed_units),
        "people_moved": plan.people_moved,
    }


def _say(found: ByHand, estate: Estate, language: str) -> None:
    speech = speech_of(language, estate.header.currency, estate.header.area_unit)
    _, plan = speech._, found.plan
    for one in found.problems:
        sys.stdout.write(f"{speech.say(one.line)}\n")
    lines = [
        (_("Net value"), speech.money_short(plan.npv, 2)),
        (_("Units freed"), ", ".join(sorted(plan.freed_units)) or _("none")),
        (_("People who move"), speech.number(plan.people_moved)),
    ]
    if plan.bound is not None and not found.problems:
        gap = speech.money_short(plan.bound - plan.value, 2)
        lines.append((_("Below the proved limit by"), gap))
    width = max(len(label) for label, _value in lines)
    sys.stdout.write("".join(f"{label.ljust(width)}  {value}\n" for label, value in lines))
