"""IFC 2x3 and 4, plain or zipped: opened only whole, read by storey."""

from __future__ import annotations

import re
import zipfile
from typing import TYPE_CHECKING, Any, Final

import ifcopenshell
from ifcopenshell.util.unit import calculate_unit_scale

from planner.errors import ImportRefused
from planner.importers.archive import open_zip, read_entry
from planner.importers.plans.checks import listed, warnings_of
from planner.importers.plans.ifc.areas import area_unit_factor
from planner.importers.plans.ifc.desks import desks_in
from planner.importers.plans.ifc.rooms import room_of
from planner.importers.plans.ifc.shapes import drawn_shapes
from planner.importers.plans.ifc.storeys import Storey, storeys_of
from planner.importers.plans.report import PlanFloor, PlanReport, PlanSpace, PlanWarning, Scale
from planner.importers.plans.shapes import area_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from planner.importers.plans.choices import Choices
    from planner.importers.plans.ifc.shapes import Shape

_END: Final = b"END-ISO-10303-21;"
_BARE: Final = re.compile(r"[^\x00-\x7f]+")
_SCHEMAS: Final = ("IFC2X3", "IFC4")
MOST_SPACES: Final = 20_000


def read(path: Path, _choices: Choices) -> PlanReport:
    """Return what an IFC or ifczip file holds.

    Raises:
        ImportRefused: not IFC, cut short, of a schema that is not read, or without spaces.
    """
    text = _content(path)
    if not text.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"ISO-10303-21"):
        raise ImportRefused(f"{path.name} is not an IFC file: it does not begin ISO-10303-21.")
    if _END not in text[-4096:]:
        raise ImportRefused(
            f"{path.name} is cut short: its last line {_END.decode()} is missing. Export it again."
        )
    model = _open(path, text)
    del text
    spaces = [space for space in model.by_type("IfcSpace") if not _is_group(space)]
    if not spaces:
        raise ImportRefused(
            f"{path.name} holds no IfcSpace, so no rooms. Export it with rooms, or trace them."
        )
    if len(spaces) > MOST_SPACES:
        raise ImportRefused(f"{path.name} has {len(spaces):,} spaces; up to {MOST_SPACES:,}.")
    try:
        return _report(model, spaces)
    except (RuntimeError, AttributeError, TypeError, IndexError, KeyError) as refusal:
        raise ImportRefused(
            f"{path.name} is damaged: a part of it refers to what is not there ({refusal}). "
            "Export it again."
        ) from None


def _content(path: Path) -> bytes:
    """Return the text of an .ifc or of the one .ifc inside an ifczip, within limits."""
    if not zipfile.is_zipfile(path):
        return path.read_bytes()
    with open_zip(path, "an ifczip file") as archive:
        inside = [name for name in archive.namelist() if name.lower().endswith(".ifc")]
        if len(inside) != 1:
            raise ImportRefused(
                f"{path.name} holds {len(inside)} .ifc files; one is wanted (ifcXML is not read)."
            )
        return read_entry(archive, inside[0])


def _open(path: Path, text: bytes) -> Any:
    try:
        model = ifcopenshell.file.from_string(_decoded(text))
        schema = str(model.schema)
    except Exception as refusal:  # noqa: BLE001  the reader raises bare errors of its own
        raise ImportRefused(
            f"{path.name} cannot be read as IFC2X3 or IFC4 ({refusal}). Export it again as one."
        ) from None
    if not schema.startswith(_SCHEMAS):
        raise ImportRefused(f"{path.name} is of schema {schema}; IFC2X3 and IFC4 are read.")
    return model


def _decoded(text: bytes) -> str:
    """Return the text of a model with bare letters beyond ASCII in the escapes it should have.

    Some programs write UTF-8 or Western letters as they are; the reader would drop them.
    """
    if text.isascii():
        return text.decode("ascii")
    try:
        plain = text.decode("utf-8-sig")
    except UnicodeDecodeError:
        plain = text.decode("cp1252", "replace")
    return _BARE.sub(_escaped, plain)


def _escaped(found: re.Match[str]) -> str:
    return "\\X4\\" + found.group().encode("utf-32-be").hex().upper() + "\\X0\\"


def _is_group(space: Any) -> bool:
    """Return whether a space only groups others, which would count their area twice."""
    parts = [part for rel in space.IsDecomposedBy for part in rel.RelatedObjects]
    return any(part.is_a("IfcSpace") for part in parts)


def _report(model: Any, spaces: Sequence[Any]) -> PlanReport:
    shapes = drawn_shapes(model, spaces)
    storeys = storeys_of(model, spaces)
    metre = calculate_unit_scale(model)
    scale, corrected = area_unit_factor(model, spaces, shapes)
    floors = []
    lost: list[str] = []
    for storey in storeys:
        outlines = [shapes.get(space.GlobalId) for space in storey.spaces]
        desks, outside = desks_in(storey, outlines, metre)
        seats = [desk.space for desk in desks]
        rooms = [
            room_of(space, shape, scale, seats.count(at) or None)
            for at, (space, shape) in enumerate(zip(storey.spaces, outlines, strict=True))
        ]
        lost += outside
        floors.append(_floor(storey, rooms, desks, scale))
    every = tuple(floors)
    buildings = model.by_type("IfcBuilding")
    names = [name for b in buildings if (name := b.LongName or b.Name) and len(buildings) == 1]
    return PlanReport(
        every,
        (*_notes(every, storeys, shapes, corrected, lost), *warnings_of(every)),
        names[0] if names else "",
        "ifc",
        Scale(_unit_name(metre), metre, "header"),
    )


def _floor(storey: Storey, rooms: list[PlanSpace], desks: Any, scale: float) -> PlanFloor:
    """Return a floor with its rooms in order of their numbers; desks follow their rooms."""
    from dataclasses import replace  # noqa: PLC0415

    order = sorted(range(len(rooms)), key=lambda at: (rooms[at].number, rooms[at].name))
    place = {old: new for new, old in enumerate(order)}
    return PlanFloor(
        storey.name,
        storey.level,
        None if storey.gross is None else area_of(storey.gross * scale),
        tuple(rooms[at] for at in order),
        building=storey.building,
        elevation_m=storey.elevation,
        desks=tuple(
            desk if desk.space is None else replace(desk, space=place[desk.space]) for desk in desks
        ),
    )


def _notes(
    floors: Sequence[PlanFloor],
    storeys: Sequence[Storey],
    shapes: Mapping[str, Shape],
    corrected: str,
    lost: Sequence[str],
) -> list[PlanWarning]:
    notes = []
    if corrected:
        notes.append(PlanWarning("area_unit", corrected, "IfcUnitAssignment"))
    for floor in floors:
        bare = [space for space in floor.spaces if space.outline is None]
        if bare:
            names = listed(f"{space.number} {space.name}".strip() for space in bare)
            notes.append(
                PlanWarning(
                    "no_geometry",
                    f"{len(bare)} rooms have no shape that can be read: {names}.",
                    f"storey {floor.name}",
                )
            )
    if any(storey.lost and storey.spaces for storey in storeys):
        notes.append(
            PlanWarning("no_storey", "These rooms belong to no storey.", "floor without a storey")
        )
    several = [shape for shape in shapes.values() if shape.parts > 1]
    if several:
        notes.append(
            PlanWarning(
                "several_parts",
                f"{len(several)} rooms have several separate parts; the area counts all, the "
                "outline shows the largest.",
                "IfcSpace",
            )
        )
    if lost:
        notes.append(
            PlanWarning(
                "desk_outside", f"{len(lost)} desks stand in no room.", f"desk {listed(lost)}"
            )
        )
    return notes


def _unit_name(metre: float) -> str:
    names = {1.0: "m", 0.001: "mm", 0.01: "cm", 0.3048: "ft", 0.0254: "in"}
    return names.get(round(metre, 9), f"{metre:g} m")
