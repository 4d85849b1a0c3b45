"""`planner template` and `planner read-plan`: what goes into an estate."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `template` and `read-plan`."""
    template = commands.add_parser("template", help="an estate workbook to fill in")
    template.add_argument("file", metavar="FILE.xlsx", type=Path)
    template.add_argument("--lang", choices=("en", "id"), default="en", help="of its headings")
    template.set_defaults(func=run_template)
    reading = commands.add_parser("read-plan", help="what a floor-plan file yields")
    reading.add_argument("file", metavar="FILE", type=Path)
    reading.add_argument("--json", action="store_true", help="print all of it as JSON")
    reading.set_defaults(func=run_read_plan)


def run_template(arguments: argparse.Namespace) -> int:
    """Write an empty estate workbook with headings, explanations and drop-downs."""
    from planner.importers.workbook import write_template  # noqa: PLC0415  slow to import

    write_template(arguments.file, arguments.lang)
    return 0


def run_read_plan(arguments: argparse.Namespace) -> int:
    """Print the floors, spaces and warnings of a floor-plan file."""
    from planner.importers.plans import read_plan  # noqa: PLC0415  slow to import

    report = read_plan(arguments.file)
    if arguments.json:
        sys.stdout.write(json.dumps(report.to_json(), ensure_ascii=False, indent=1) + "\n")
        return 0
    for floor in report.floors:
        drawn = sum(space.drawn_area_m2 or 0 for space in floor.spaces)
        declared = sum(space.declared_area_m2 or 0 for space in floor.spaces)
        sys.stdout.write(
            f"{floor.name}: {len(floor.spaces)} spaces, {drawn:.1f} m2 drawn, "
            f"{declared:.1f} m2 declared\n"
        )
    for warning in report.warnings:
        sys.stdout.write(f"{warning.where}: {warning.message}\n")
    return 0
