"""`planner read-plan`: what a floor-plan file yields, and what to say about it."""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from planner.importers.plans import Choices, PlanReport

_ROLES = "room, number, name, area, gross, void, seat, department or stamp"
_PRESETS = "contoso, archibus, azure, eptura, bbl, vertigis, aia, maximo or custom"
_FIELDS = "building, floor, level, number, name, use, area, net, gross, department or seats"


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `read-plan`."""
    reading = commands.add_parser(
        "read-plan",
        help="what a floor-plan file yields",
        description=(
            "Reads IFC, ifczip, DXF, DWG, XLSX, CSV, COBie, GeoJSON, IMDF, SVG, gbXML, PDF, PNG "
            "or JPEG in a limited process and prints floors, spaces and warnings. Nothing is "
            "stored."
        ),
    )
    reading.add_argument("file", metavar="FILE", type=Path)
    reading.add_argument("--json", action="store_true", help="print all of it as JSON")
    reading.add_argument("--layers", action="store_true", help="print what each layer would yield")
    add_choices(reading)
    reading.set_defaults(func=run_read_plan)


def add_choices(parser: argparse.ArgumentParser) -> None:
    """Add what a user may say about a drawing or a schedule."""
    parser.add_argument("--preset", help=f"layer profile of a drawing: {_PRESETS}")
    parser.add_argument("--unit", help="mm, cm, m, in, ft, or metres in one unit of the file")
    parser.add_argument(
        "--layer",
        action="append",
        default=[],
        type=_pair,
        metavar="ROLE=LAYER",
        help=f"which layer holds {_ROLES}; may be repeated",
    )
    parser.add_argument(
        "--column",
        action="append",
        default=[],
        type=_pair,
        metavar="FIELD=HEADING",
        help=f"which heading of a schedule holds {_FIELDS}; may be repeated",
    )
    parser.add_argument(
        "--seat-block",
        action="append",
        default=[],
        metavar="BLOCK",
        help="a block that is one workplace; may be repeated, * stands for anything",
    )


def choices_of(arguments: argparse.Namespace) -> Choices:
    """Return what the user said.

    Raises:
        InvalidInput: a role that no layer can have.
    """
    from planner.errors import InvalidInput  # noqa: PLC0415
    from planner.importers.plans import ROLES, Choices  # noqa: PLC0415

    layers: dict[Any, tuple[str, ...]] = defaultdict(tuple)
    for role, layer in arguments.layer:
        if role not in ROLES:
            raise InvalidInput(f"--layer {role}={layer}: a layer holds {_ROLES}.")
        layers[role] += (layer,)
    return Choices(
        preset=arguments.preset,
        unit=arguments.unit,
        layers=dict(layers),
        columns=dict(arguments.column),
        seats=tuple(arguments.seat_block),
    )


def run_read_plan(arguments: argparse.Namespace) -> int:
    """Print the floors, spaces and warnings of a floor-plan file."""
    from planner.importers.plans import read_plan  # noqa: PLC0415  slow to import

    report = read_plan(arguments.file, choices_of(arguments))
    if arguments.json:
        sys.stdout.write(json.dumps(report.to_json(), ensure_ascii=False, indent=1) + "\n")
        return 0
    lines = _layer_lines(report) if arguments.layers else _lines(report)
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


def _lines(report: PlanReport) -> list[str]:
    lines = []
    for floor in report.floors:
        drawn = [space.drawn_area_m2 for space in floor.spaces if space.drawn_area_m2 is not None]
        declared = [s.declared_area_m2 for s in floor.spaces if s.declared_area_m2 is not None]
        seats = sum(space.seats or 0 for space in floor.spaces)
        parts = [f"{len(floor.spaces)} spaces"]
        parts += [f"{sum(drawn):.1f} m² drawn"] if drawn else []
        parts += [f"{sum(declared):.1f} m² declared"] if declared else []
        parts += [f"{seats} seats"] if seats else []
        parts += [f"gross {floor.gross_area_m2:.1f} m²"] if floor.gross_area_m2 else []
        parts += ["a picture to trace"] if floor.backdrop and not floor.spaces else []
        lines.append(f"{floor.name or 'floor'}: {', '.join(parts)}")
    if report.scale is not None:
        lines.append(f"unit: {report.scale.unit} ({report.scale.evidence})")
    if report.preset:
        lines.append(f"layer profile: {report.preset}")
    lines += [f"{w.where}: {w.message}" if w.where else w.message for w in report.warnings]
    return lines


def _layer_lines(report: PlanReport) -> list[str]:
    if report.columns:
        return [
            f"{column.heading!r} -> {column.field or '-'}: {', '.join(column.samples)}"
            for column in report.columns
        ]
    lines = [f"{'layer':<32} {'closed':>6} {'median m²':>10} {'texts':>6} {'blocks':>6}  read as"]
    for layer in report.layers:
        middle = "" if layer.median_area_m2 is None else f"{layer.median_area_m2:.2f}"
        samples = f"  ({', '.join(layer.samples[:3])})" if layer.samples else ""
        lines.append(
            f"{layer.name:<32} {layer.closed:>6} {middle:>10} {layer.texts:>6} "
            f"{layer.blocks:>6}  {layer.role or '-'}{samples}"
        )
    return lines


def _pair(text: str) -> tuple[str, str]:
    name, mark, value = text.partition("=")
    if not mark or not value:
        raise argparse.ArgumentTypeError(f"{text!r}: write NAME=VALUE")
    return name.strip(), value
