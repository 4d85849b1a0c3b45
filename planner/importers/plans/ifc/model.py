"""IFC 2x3 and 4, plain or zipped: opened only whole, read by storey."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
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
from planner.importers.plans.ifc.storeys import Storey, storey_of, storeys_of
from planner.importers.plans.report import PlanFloor, PlanReport, PlanSpace, PlanWarning, Scale
from planner.importers.plans.shapes import area_of
from planner.sentences import N_, ngettext, told

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from planner.importers.plans.choices import Choices
    from planner.importers.plans.ifc.shapes import Shape

_END: Final = b"END-ISO-10303-21;"
_BARE: Final = re.compile(r"[^\x00-\x7f]+")
_SCHEMAS: Final = ("IFC2X3", "IFC4")
_SCHEMA: Final = re.compile(rb"FILE_SCHEMA\s*\(\s*\(\s*'([^']{0,40})'")
_DEFINED: Final = re.compile(rb"#(\d+)\s*=")
_REFERRED: Final = re.compile(rb"[,(]\s*#(\d+)")
MOST_SPACES: Final = 20_000


def read(path: Path, _choices: Choices) -> PlanReport:
    """Return what an IFC or ifczip file holds.

    Raises:
        ImportRefused: not IFC, cut short, of a schema that is not read, or without spaces.
    """
    text = _content(path)
    if not text.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"ISO-10303-21"):
        raise ImportRefused(
            told(N_("{file} is not an IFC file: it does not begin ISO-10303-21."), file=path.name)
        )
    if _END not in text[-4096:]:
        raise ImportRefused(
            told(
                N_("{file} is cut short: its last line {line} is missing. Export it again."),
                file=path.name,
                line=_END.decode(),
            )
        )
    model = _open(path, text)
    absent = _absent(text)
    del text
    every = [space for space in model.by_type("IfcSpace") if not _is_group(space)]
    plates = [space for space in every if getattr(space, "PredefinedType", None) == "GFA"]
    spaces = [space for space in every if space not in plates] or every
    if not spaces:
        raise ImportRefused(
            told(
                N_("{file} holds no IfcSpace, so no rooms. Export it with rooms, or trace them."),
                file=path.name,
            )
        )
    if len(spaces) > MOST_SPACES:
        raise ImportRefused(
            told(
                N_("{file} has {count} spaces; up to {most_spaces}."),
                file=path.name,
                count=len(spaces),
                most_spaces=MOST_SPACES,
            )
        )
    try:
        return _report(model, spaces, plates if spaces is not every else [], absent)
    except (RuntimeError, AttributeError, TypeError, IndexError, KeyError) as refusal:
        raise ImportRefused(
            told(
                N_(
                    "{file} is damaged: a part of it refers to what is not there "
                    "({refusal}). Export it again."
                ),
                file=path.name,
                refusal=refusal,
            )
        ) from None


def _content(path: Path) -> bytes:
    """Return the text of an .ifc or of the one .ifc inside an ifczip, within limits."""
    if not zipfile.is_zipfile(path):
        return path.read_bytes()
    with open_zip(path, told(N_("an ifczip file"))) as archive:
        inside = [name for name in archive.namelist() if name.lower().endswith(".ifc")]
        if len(inside) != 1:
            raise ImportRefused(
                told(
                    N_("{file} holds {count} .ifc files; one is wanted (ifcXML is not read)."),
                    file=path.name,
                    count=len(inside),
                )
            )
        return read_entry(archive, inside[0])


def _absent(text: bytes) -> int:
    """Return how many things of a model are referred to but stand nowhere in it."""
    there = set(_DEFINED.findall(text))
    return len(set(_REFERRED.findall(text)) - there)


def _open(path: Path, text: bytes) -> Any:
    named = _SCHEMA.search(text[:65536])
    if named and not named.group(1).decode("ascii", "replace").upper().startswith(_SCHEMAS):
        raise ImportRefused(
            told(
                N_(
                    "{file} is of schema {schema}; IFC2X3 and IFC4 are read. Export it "
                    "again as one of these."
                ),
                file=path.name,
                schema=named.group(1).decode("ascii", "replace"),
            )
        )
    try:
        model = ifcopenshell.file.from_string(_decoded(text))
        schema = str(model.schema)
    except Exception as refusal:  # noqa: BLE001  the reader raises bare errors of its own
        raise ImportRefused(
            told(
                N_("{file} cannot be read as IFC2X3 or IFC4 ({refusal}). Export it again as one."),
                file=path.name,
                refusal=refusal,
            )
        ) from None
    if not schema.startswith(_SCHEMAS):
        raise ImportRefused(
            told(
                N_("{file} is of schema {schema}; IFC2X3 and IFC4 are read."),
                file=path.name,
                schema=schema,
            )
        )
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


def _report(model: Any, spaces: Sequence[Any], plates: Sequence[Any], absent: int) -> PlanReport:
    shapes = drawn_shapes(model, [*spaces, *plates])
    storeys = storeys_of(model, spaces)
    gross = _gross_shapes(plates, shapes)
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
        plate = None if storey.element is None else gross.get(storey.element.id())
        floors.append(_floor(storey, rooms, desks, scale, plate))
    every = tuple(floors)
    buildings = model.by_type("IfcBuilding")
    names = [name for b in buildings if (name := b.LongName or b.Name) and len(buildings) == 1]
    return PlanReport(
        every,
        (*_broken(absent), *_notes(every, storeys, shapes, corrected, lost), *warnings_of(every)),
        names[0] if names else "",
        "ifc",
        Scale(_unit_name(metre), metre, "header"),
    )


def _gross_shapes(plates: Sequence[Any], shapes: Mapping[str, Shape]) -> dict[int, Shape]:
    """Return the largest space of type GFA (gross floor area) of each storey, by its id."""
    found: dict[int, Shape] = {}
    for plate in plates:
        home, shape = storey_of(plate), shapes.get(plate.GlobalId)
        if home is not None and shape is not None:
            before = found.get(home.id())
            found[home.id()] = shape if before is None else max(before, shape, key=_area)
    return found


def _area(shape: Shape) -> float:
    return shape.area


def _broken(absent: int) -> Iterator[PlanWarning]:
    if absent:
        yield PlanWarning(
            "broken",
            told(
                N_(
                    "{count} parts of the model are referred to but are not in the file, "
                    "so rooms or shapes may be missing. Export it again and compare the "
                    "number of rooms."
                ),
                count=absent,
            ),
            told(N_("references")),
        )


def _floor(
    storey: Storey, rooms: list[PlanSpace], desks: Any, scale: float, plate: Shape | None
) -> PlanFloor:
    """Return a floor with its rooms in order of their numbers; desks follow their rooms."""
    order = sorted(range(len(rooms)), key=lambda at: (rooms[at].number, rooms[at].name))
    place = {old: new for new, old in enumerate(order)}
    return PlanFloor(
        storey.name,
        storey.level,
        area_of(plate.area)
        if plate is not None
        else None
        if storey.gross is None
        else area_of(storey.gross * scale),
        tuple(rooms[at] for at in order),
        gross_outline=None if plate is None else plate.rings,
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
                    told(
                        ngettext(
                            "{count} room has no shape that can be read: {names}.",
                            "{count} rooms have no shape that can be read: {names}.",
                        ),
                        count=len(bare),
                        names=names,
                    ),
                    told(N_("storey {name}"), name=floor.name),
                )
            )
    if any(storey.lost and storey.spaces for storey in storeys):
        notes.append(
            PlanWarning(
                "no_storey",
                told(N_("These rooms belong to no storey.")),
                told(N_("floor without a storey")),
            )
        )
    several = [shape for shape in shapes.values() if shape.parts > 1]
    if several:
        notes.append(
            PlanWarning(
                "several_parts",
                told(
                    N_(
                        "{count} rooms have several separate parts; the area counts all, the "
                        "outline shows the largest."
                    ),
                    count=len(several),
                ),
                "IfcSpace",
            )
        )
    if lost:
        notes.append(
            PlanWarning(
                "desk_outside",
                told(
                    ngettext("{count} desk stands in no room.", "{count} desks stand in no room."),
                    count=len(lost),
                ),
                told(N_("desk {names}"), names=listed(lost)),
            )
        )
    return notes


def _unit_name(metre: float) -> str:
    names = {1.0: "m", 0.001: "mm", 0.01: "cm", 0.3048: "ft", 0.0254: "in"}
    return names.get(round(metre, 9), f"{metre:g} m")
