"""`planner stages`: one plan a planning period, each from where the last one left off."""

from __future__ import annotations

import argparse
import json
import sys
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING

from planner.cli.documents import documents_of, write_all
from planner.i18n import speech_of

if TYPE_CHECKING:
    from planner.domain.stages import Stage
    from planner.services.stages import Staging

STEP_WORDS = {"solve": "searching", "dates": "dating the moves", "check": "checking"}


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `stages`."""
    stages = commands.add_parser(
        "stages",
        help="plans for several periods: now, next year, after a lease ends",
        description="A floor freed in one stage is let and does not come back, so no stage frees "
        "what a later one needs. Each stage gets a folder with the files of `planner plan` and "
        "the estate it starts from, for `planner check`.",
    )
    stages.add_argument("estate", metavar="ESTATE.xlsx", type=Path)
    stages.add_argument("--out", metavar="DIR", type=Path, required=True)
    stages.add_argument(
        "--stage",
        metavar="NAME:MONTH[:GROWTH[:BUILDING+BUILDING]]",
        action="append",
        type=_stage,
        required=True,
        help="for example next:12:1.05 or moved:30:1.1:D (month of the case, people against "
        "today, buildings whose lease has ended); give one for each stage, in order",
    )
    stages.add_argument("--seconds", type=int, default=60, help="of each search (60)")
    stages.add_argument("--seed", type=int, default=1, help="of every random choice (1)")
    stages.add_argument("--workers", type=int, default=1, help="threads; 1 repeats exactly (1)")
    stages.add_argument("--name", default="Plan")
    stages.add_argument("--lang", choices=("en", "id"), help="of the documents")
    stages.add_argument("--json", action="store_true", help="print the summary as JSON")
    stages.set_defaults(func=run_stages)


def _stage(text: str) -> Stage:
    from planner.domain.stages import Stage

    name, *rest = text.split(":")
    try:
        month = int(rest[0])
        growth = Decimal(rest[1]) if len(rest) > 1 and rest[1] else Decimal(1)
    except (IndexError, ValueError, InvalidOperation):
        msg = f"{text!r}: want NAME:MONTH[:GROWTH[:BUILDING+BUILDING]], for example next:12:1.05"
        raise argparse.ArgumentTypeError(msg) from None
    leaves = tuple(filter(None, rest[2].split("+"))) if len(rest) > 2 else ()  # noqa: PLR2004  they come third
    return Stage(name, month, growth, leaves)


def run_stages(arguments: argparse.Namespace) -> int:
    """Plan every stage and write a folder for each."""
    from planner.importers.workbook import estate_bytes
    from planner.optimise.options import Options
    from planner.services.chain import dossier_of
    from planner.services.gather import gather
    from planner.services.stages import plan_stages
    from planner.services.telling import Telling

    options = Options(
        name=arguments.name,
        seconds=arguments.seconds,
        seed=arguments.seed,
        workers=arguments.workers,
    )
    telling = Telling(step=lambda step: _say(STEP_WORDS.get(step, "")))
    staging = plan_stages(gather(arguments.estate), arguments.stage, options, telling)
    files: dict[str, dict[str, bytes]] = {}
    for at, one in enumerate(staging.stages, start=1):
        language = arguments.lang or one.estate.header.language
        documents = documents_of(dossier_of(one.estate, one.plan), language)
        name = "".join(sign if sign.isalnum() else "-" for sign in one.stage.name)
        files[f"{at}-{name}"] = {**documents, "estate.xlsx": estate_bytes(one.estate)}
    for folder, content in files.items():
        write_all(content, arguments.out / folder)
    _summarise(staging, as_json=arguments.json)
    return 0


def _summarise(staging: Staging, *, as_json: bool) -> None:
    rows = [
        {
            "stage": one.stage.name,
            "month": one.stage.month,
            "growth": str(one.stage.growth),
            "freed": sorted(one.plan.freed_units),
            "npv": one.plan.npv,
            "people_moved": one.plan.people_moved,
            "status": one.plan.status,
        }
        for one in staging.stages
    ]
    if as_json:
        whole = {"stages": rows, "npv": staging.npv, "limit": staging.limit}
        sys.stdout.write(json.dumps(whole, ensure_ascii=False, indent=1) + "\n")
        return
    first = staging.stages[0]
    header = first.estate.header
    speech = speech_of("en", header.currency, header.area_unit)
    for row, one in zip(rows, staging.stages, strict=True):
        freed = ", ".join(sorted(one.plan.freed_units)) or "nothing"
        money = speech.money_short(one.plan.npv, 2)
        sys.stdout.write(f"{row['stage']} (month {row['month']}): frees {freed}; {money}\n")
    limit = "none proved" if staging.limit is None else speech.money_short(staging.limit, 2)
    total = speech.money_short(staging.npv, 2)
    sys.stdout.write(f"All stages: {total}; no plan in these stages exceeds {limit}\n")
    sys.stdout.write(f"Valued at the start of the case of {first.estate.header.name}\n")


def _say(line: str) -> None:
    if line:
        sys.stderr.write(f"{line} ...\n")
