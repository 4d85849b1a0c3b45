"""What any floor-plan file yields: floors, spaces and what to look at before it counts.

Coordinates are metres, x to the right and y up, from one origin for all floors of a file, so
that floors lie above each other. A ring ends with its first point. A thing that the file
does not have is None, or "" where it is a text.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from decimal import Decimal  # noqa: TC003  part of the public shape
from typing import Any, Literal

from planner.domain.records.kinds import Category  # noqa: TC001  part of the public shape

Point = tuple[float, float]
Rings = tuple[tuple[Point, ...], ...]
"""A polygon: the outer ring first, then its holes."""

Evidence = Literal["format", "header", "stated", "guessed", "unknown"]
"""Why a scale is believed: the format fixes it, a header says it, the user, or room sizes."""


@dataclass(frozen=True, slots=True)
class PlanWarning:
    """Something to look at: a short code, a sentence, and where it stands in the file."""

    code: str
    message: str
    where: str = ""


@dataclass(frozen=True, slots=True)
class PlanSpace:
    """A room or zone as the file has it.

    Args:
        number, name: as written.
        category: what it serves for, `unspecified` where unknown.
        drawn_area_m2: measured on the geometry, holes left out.
        declared_area_m2: as the file states it, with its basis in `declared_basis`.
        seats: workplaces found in it.
        outline: its polygon; None without geometry or without a scale.
        source_ref: id of the object in the file: GlobalId, handle, sheet and row, element id.
        layer: layer, sheet or class of the file that it came from.
        department: who uses it, as written.
        sketch: its polygon in pixels of the floor's backdrop where the scale is unknown.
    """

    number: str
    name: str
    category: Category = "unspecified"
    drawn_area_m2: Decimal | None = None
    declared_area_m2: Decimal | None = None
    declared_basis: str | None = None
    seats: int | None = None
    outline: Rings | None = None
    source_ref: str = ""
    layer: str = ""
    department: str = ""
    sketch: Rings | None = None


@dataclass(frozen=True, slots=True)
class PlanDesk:
    """A workplace where it stands; `space` is the position of its room in the floor's spaces."""

    at: Point
    space: int | None = None
    label: str = ""
    source_ref: str = ""


@dataclass(frozen=True, slots=True)
class Backdrop:
    """A picture to trace over, our own drawing of the page: never the file's own bytes.

    Args:
        png: the picture.
        width_px, height_px: its size; pixels count from the upper left corner, y down.
        metres_per_px: its scale; None has to be calibrated.
        origin: the metres of its lower left corner, where the scale is known.
        shapes: closed shapes on it, in pixels: offered to whoever traces, never rooms.
        labels: texts on it with the pixel they stand at.
    """

    png: bytes
    width_px: int
    height_px: int
    metres_per_px: float | None = None
    origin: Point = (0.0, 0.0)
    shapes: tuple[Rings, ...] = ()
    labels: tuple[tuple[str, Point], ...] = ()


@dataclass(frozen=True, slots=True)
class PlanFloor:
    """A storey with its spaces; `level` 0 is the storey nearest to the ground.

    Args:
        name: as written; of a page or drawing, its name.
        gross_area_m2: of `gross_outline` or, without one, as declared.
        gross_outline: the outer line of the floor.
        building: which of several buildings of the file it belongs to.
        elevation_m: height of its floor over the file's zero.
        desks: workplaces with their place, where the file draws them.
        backdrop: a picture of it to trace over, for drawings without rooms.
    """

    name: str
    level: int | None
    gross_area_m2: Decimal | None = None
    spaces: tuple[PlanSpace, ...] = ()
    gross_outline: Rings | None = None
    building: str = ""
    elevation_m: float | None = None
    desks: tuple[PlanDesk, ...] = ()
    backdrop: Backdrop | None = None


@dataclass(frozen=True, slots=True)
class LayerYield:
    """What one layer of a drawing would yield, whatever it is used for.

    Args:
        entities: all drawn things on it.
        closed: closed shapes, which could be rooms, zones or workplaces.
        area_m2, median_area_m2: of these, at the scale of the report.
        texts: labels, and block attributes; `samples` are the first few.
        blocks: inserted blocks, which could be workplaces or room stamps.
        role: what it was read as (see `Choices.layers`), "" if not at all.
    """

    name: str
    entities: int
    closed: int = 0
    area_m2: float | None = None
    median_area_m2: float | None = None
    texts: int = 0
    blocks: int = 0
    samples: tuple[str, ...] = ()
    role: str = ""


@dataclass(frozen=True, slots=True)
class ColumnYield:
    """A column of a room schedule, its first values, and the field it was read as."""

    heading: str
    samples: tuple[str, ...] = ()
    field: str = ""


@dataclass(frozen=True, slots=True)
class Scale:
    """How long one unit of the file is and why that is believed; unsure ones are asked about."""

    unit: str
    metres: float | None
    evidence: Evidence
    sure: bool = True


@dataclass(frozen=True, slots=True)
class PlanReport:
    """All that was read from one file, and what to look at.

    Args:
        building: its name, where there is one building.
        kind: the format: ifc, dxf, dwg, schedule, cobie, geojson, imdf, svg, gbxml, pdf, picture.
        scale: the length unit that was read with; None where the format has no geometry.
        preset: the layer profile that was used; `presets` are those that yield rooms with
            how many, best first.
        layers: of a drawing, for the form that maps layers to roles.
        columns: of a schedule, for the form that maps headings to fields.
        sha256: of the file.
    """

    floors: tuple[PlanFloor, ...]
    warnings: tuple[PlanWarning, ...] = ()
    building: str = ""
    kind: str = ""
    scale: Scale | None = None
    preset: str = ""
    presets: tuple[tuple[str, int], ...] = ()
    layers: tuple[LayerYield, ...] = ()
    columns: tuple[ColumnYield, ...] = ()
    sha256: str = ""

    @property
    def to_trace(self) -> bool:
        """Return whether the file yields no rooms but a picture to trace them over."""
        return not any(floor.spaces for floor in self.floors) and any(
            floor.backdrop for floor in self.floors
        )

    def to_json(self) -> dict[str, Any]:
        """Return the public JSON shape of `planner read-plan --json`; unknown is null."""
        return {
            "floors": [_floor(floor) for floor in self.floors],
            "warnings": [asdict(warning) for warning in self.warnings],
        }


def _floor(floor: PlanFloor) -> dict[str, Any]:
    return {
        "name": floor.name,
        "level": floor.level,
        "gross_area_m2": _number(floor.gross_area_m2),
        "spaces": [_space(space) for space in floor.spaces],
    }


def _space(space: PlanSpace) -> dict[str, Any]:
    return {
        "number": space.number or None,
        "name": space.name or None,
        "category": None if space.category == "unspecified" else space.category,
        "drawn_area_m2": _number(space.drawn_area_m2),
        "declared_area_m2": _number(space.declared_area_m2),
        "declared_basis": space.declared_basis or None,
        "seats": space.seats,
    }


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
