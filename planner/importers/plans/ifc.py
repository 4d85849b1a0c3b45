"""IFC 2x3 and 4: storeys, spaces, drawn and declared areas, desks that stand in a space."""

from __future__ import annotations

import zipfile
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

import ifcopenshell
import ifcopenshell.util.element as elements
from ifcopenshell.util.unit import calculate_unit_scale

from planner.errors import ImportRefused
from planner.importers.plans.categories import category_of
from planner.importers.plans.ifcareas import declared_area
from planner.importers.plans.ifcshapes import drawn_shapes
from planner.importers.plans.report import PlanFloor, PlanReport, PlanSpace, PlanWarning

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from planner.importers.plans.choices import Choices
    from planner.importers.plans.ifcshapes import Shape

_END: Final = b"END-ISO-10303-21;"
_LARGEST: Final = 600 * 1024 * 1024
_LARGEST_RATIO: Final = 100
_SCHEMAS: Final = ("IFC2X3", "IFC4")
_DESKS: Final = ("desk", "schreibtisch", "workstation", "meja kerja", "bureau", "escritorio")
_THOUSANDTH: Final = Decimal("0.001")


def read(path: Path, _choices: Choices) -> PlanReport:
    """Return what an IFC or ifczip file holds.

    Raises:
        ImportRefused: not IFC, cut short, of a schema that is not read, or without spaces.
    """
    text = _content(path)
    if not text.lstrip().startswith(b"ISO-10303-21"):
        raise ImportRefused(f"{path.name} is not an IFC file: it does not begin ISO-10303-21.")
    if _END not in text[-4096:]:
        raise ImportRefused(
            f"{path.name} is cut short: its last line {_END.decode()} is missing. Export it again."
        )
    model = _open(path, text)
    spaces = model.by_type("IfcSpace")
    if not spaces:
        raise ImportRefused(
            f"{path.name} holds no IfcSpace, so no rooms. Export it with rooms, or trace them."
        )
    shapes = drawn_shapes(model, spaces)
    return _report(model, spaces, shapes)


def _content(path: Path) -> bytes:
    """Return the text of an .ifc or of the one .ifc inside an ifczip, within limits."""
    if not zipfile.is_zipfile(path):
        return path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        inside = [one for one in archive.infolist() if one.filename.lower().endswith(".ifc")]
        if len(inside) != 1:
            raise ImportRefused(f"{path.name} holds {len(inside)} .ifc files; one is wanted.")
        (entry,) = inside
        ratio = entry.file_size / max(1, entry.compress_size)
        if entry.file_size > _LARGEST or ratio > _LARGEST_RATIO:
            raise ImportRefused(
                f"{path.name} would unpack to {entry.file_size:,} bytes, {ratio:.0f} times its "
                "size; that is refused. Send the .ifc itself."
            )
        with archive.open(entry) as stream:
            return stream.read(_LARGEST + 1)


def _open(path: Path, text: bytes) -> Any:
    try:
        model = ifcopenshell.file.from_string(text.decode("utf-8", "replace"))
        schema = str(model.schema)
    except Exception as refusal:  # noqa: BLE001  the reader raises bare errors of its own
        raise ImportRefused(
            f"{path.name} cannot be read as IFC2X3 or IFC4 ({refusal}). Export it again as one."
        ) from None
    if not schema.startswith(_SCHEMAS):
        raise ImportRefused(f"{path.name} is of schema {schema}; IFC2X3 and IFC4 are read.")
    return model


def _report(model: Any, spaces: Iterable[Any], shapes: dict[str, Shape]) -> PlanReport:
    area_scale = calculate_unit_scale(model, "AREAUNIT")
    desks = _desks(model)
    by_storey: dict[int | None, list[PlanSpace]] = {}
    storeys: dict[int | None, Any] = {}
    for space in spaces:
        storey = _storey(space)
        key = None if storey is None else storey.id()
        storeys[key] = storey
        by_storey.setdefault(key, []).append(
            _space(space, shapes.get(space.GlobalId), area_scale, desks)
        )
    order = sorted(storeys, key=lambda key: _elevation(storeys[key]))
    ground = min(range(len(order)), key=lambda at: abs(_elevation(storeys[order[at]])))
    floors = tuple(
        PlanFloor(
            name="without a storey" if storeys[key] is None else storeys[key].Name or "",
            level=None if storeys[key] is None else at - ground,
            spaces=tuple(sorted(by_storey[key], key=lambda space: (space.number, space.name))),
        )
        for at, key in enumerate(order)
    )
    buildings = model.by_type("IfcBuilding")
    name = next((b.Name or b.LongName for b in buildings if b.Name or b.LongName), "")
    return PlanReport(floors, tuple(_warnings(floors)), building=name, kind="ifc")


def _space(space: Any, shape: Shape | None, area_scale: float, desks: dict[int, int]) -> PlanSpace:
    sets = elements.get_psets(space)
    declared = declared_area(sets, area_scale)
    number = (space.Name or "").strip()
    name = (space.LongName or "").strip()
    if name.startswith("oldSpaceGuids_"):
        name = ""
    code = next(
        (str(v) for s in sets.values() for k, v in s.items() if "OmniClass" in k and "13" in k), ""
    )
    return PlanSpace(
        number=number,
        name=name,
        category=category_of(name or number, code),
        drawn_area_m2=None if shape is None else Decimal(shape.area).quantize(_THOUSANDTH),
        declared_area_m2=None if declared is None else declared.area_m2.quantize(_THOUSANDTH),
        declared_basis=None if declared is None else declared.basis,
        seats=desks.get(space.id()),
        outline=None if shape is None else shape.rings,
        source_ref=space.GlobalId,
    )


def _storey(space: Any) -> Any | None:
    """Return the storey a space belongs to, through any space that contains it."""
    above = elements.get_aggregate(space)
    while above is not None and not above.is_a("IfcBuildingStorey"):
        above = elements.get_aggregate(above)
    return above or elements.get_container(space, ifc_class="IfcBuildingStorey")


def _elevation(storey: Any | None) -> float:
    return float("inf") if storey is None else float(storey.Elevation or 0)


def _desks(model: Any) -> dict[int, int]:
    """Return how many desks each space contains, by the id of the space."""
    found: dict[int, int] = {}
    for item in model.by_type("IfcFurnishingElement"):
        kind = elements.get_type(item)
        words = " ".join(
            str(word or "")
            for word in (item.Name, item.ObjectType, item.Description, kind and kind.Name)
        ).lower()
        if any(desk in words for desk in _DESKS):
            space = elements.get_container(item)
            if space is not None and space.is_a("IfcSpace"):
                found[space.id()] = found.get(space.id(), 0) + 1
    return found


def _warnings(floors: tuple[PlanFloor, ...]) -> Iterable[PlanWarning]:
    for floor in floors:
        where = f"storey {floor.name}"
        seen: set[str] = set()
        for space in floor.spaces:
            if space.number and space.number in seen:
                yield PlanWarning(
                    "duplicate_number", f"Number {space.number} stands for two rooms.", where
                )
            seen.add(space.number)
            if space.drawn_area_m2 is None:
                yield PlanWarning(
                    "no_geometry", f"Room {space.number} {space.name} has no shape.", where
                )
        if floor.level is None:
            yield PlanWarning("no_storey", "These rooms belong to no storey.", where)
