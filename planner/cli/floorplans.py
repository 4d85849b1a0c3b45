"""`planner read-plan`: what a floor-plan file yields, and what to say about it."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
import zipfile
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from planner.importers.plans import Choices, PlanFloor, PlanReport

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
    _add_export(commands)


def _add_export(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    export = commands.add_parser(
        "export-imdf", help="floors with outlines as an IMDF archive, for maps and room booking"
    )
    export.add_argument("source", metavar="SOURCE", type=Path, help="estate workbook or plan file")
    export.add_argument("out", metavar="OUT.zip", type=Path)
    export.add_argument("--building", help="code of the building, of an estate with several")
    export.add_argument("--latitude", type=float, help="of the plan's origin, degrees")
    export.add_argument("--longitude", type=float, help="of the plan's origin, degrees")
    export.add_argument(
        "--bearing", type=float, default=0.0, help="degrees the plan is turned from north (0)"
    )
    export.add_argument("--date", type=dt.date.fromisoformat, help="day of creation (today)")
    add_choices(export)
    export.set_defaults(func=run_export_imdf)


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
    from planner.errors import InvalidInput
    from planner.importers.plans import ROLES, Choices

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
    from planner.importers.plans import read_plan

    report = read_plan(arguments.file, choices_of(arguments))
    if arguments.json:
        sys.stdout.write(json.dumps(report.to_json(), ensure_ascii=False, indent=1) + "\n")
        return 0
    lines = _layer_lines(report) if arguments.layers else _lines(report)
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


def run_export_imdf(arguments: argparse.Namespace) -> int:
    """Write an IMDF archive of a building of an estate, or of a plan file."""
    from planner.importers.plans.geo.imdf_out import Place, imdf_of

    name, floors, latitude, longitude, country, language = _source(arguments)
    if arguments.latitude is not None and arguments.longitude is not None:
        latitude, longitude = arguments.latitude, arguments.longitude
    if latitude is None or longitude is None:
        from planner.errors import InvalidInput

        raise InvalidInput("IMDF needs a place on the globe: say --latitude and --longitude.")
    place = Place(longitude, latitude, arguments.bearing, country)
    today = arguments.date or dt.datetime.now(dt.UTC).date()
    content = imdf_of(floors, name, place, today, language)
    part = arguments.out.with_name(arguments.out.name + ".part")
    part.write_bytes(content)
    part.replace(arguments.out)
    left = sum(1 for floor in floors for space in floor.spaces if space.outline is None)
    if left:
        sys.stderr.write(f"planner: {left} spaces without an outline were left out\n")
    return 0


def _source(
    arguments: argparse.Namespace,
) -> tuple[str, tuple[PlanFloor, ...], float | None, float | None, str, str]:
    """Return name, floors, place, country and language of what is exported."""
    from planner.errors import InvalidInput
    from planner.importers.plans import read_plan
    from planner.importers.plans.stored import stored_floors
    from planner.importers.workbook import read_estate

    if not _is_estate(arguments.source):
        report = read_plan(arguments.source, choices_of(arguments))
        return report.building or arguments.source.stem, report.floors, None, None, "ID", "en"
    estate = read_estate(arguments.source)
    codes = [building.code for building in estate.buildings]
    code = arguments.building or (codes[0] if len(codes) == 1 else "")
    if code not in estate.building_of:
        raise InvalidInput(f"Say which building with --building: {', '.join(codes)}.")
    building = estate.building_of[code]
    floors = stored_floors(estate, code)
    place = [None if one is None else float(one) for one in (building.latitude, building.longitude)]
    header = estate.header
    return building.name, floors, place[0], place[1], header.country, header.language


def _is_estate(path: Path) -> bool:
    """Return whether a file is an estate workbook rather than a plan or a schedule."""
    if not zipfile.is_zipfile(path):
        return False
    with zipfile.ZipFile(path) as archive:
        if "xl/workbook.xml" not in archive.namelist():
            return False
        names = archive.read("xl/workbook.xml").lower()
    return all(f'name="{sheet}"'.encode() in names for sheet in ("estate", "buildings", "floors"))


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
