"""`planner template`: the workbook that an estate is entered in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `template`."""
    template = commands.add_parser("template", help="an estate workbook to fill in")
    template.add_argument("file", metavar="FILE.xlsx", type=Path)
    template.add_argument("--lang", choices=("en", "id"), default="en", help="of its headings")
    template.set_defaults(func=run_template)


def run_template(arguments: argparse.Namespace) -> int:
    """Write an empty estate workbook with headings, explanations and drop-downs."""
    from planner.importers.workbook import write_template

    write_template(arguments.file, arguments.lang)
    return 0
