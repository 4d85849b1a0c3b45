"""What any floor-plan file yields: floors, spaces and what to look at before it counts."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from planner.domain.records.kinds import Category  # noqa: TC001  part of the public shape

if TYPE_CHECKING:
    from decimal import Decimal


@dataclass(frozen=True, slots=True)
class PlanWarning:
    """Something to look at: a short code, a sentence, and where it stands in the file."""

    code: str
    message: str
    where: str = ""


@dataclass(frozen=True, slots=True)
class PlanSpace:
    """A room as the file has it; a missing thing is None.

    Args:
        number, name: as written; "" where the file has none.
        category: what it serves for, `unspecified` where unknown.
        drawn_area_m2: measured on the geometry.
        declared_area_m2: as the file states it, with its basis in `declared_basis`.
        seats: workplaces found in it.
        outline: rings of (x, y) in metres, the outer one first; None without geometry.
        source_ref: id of the object in the file.
    """

    number: str
    name: str
    category: Category = "unspecified"
    drawn_area_m2: Decimal | None = None
    declared_area_m2: Decimal | None = None
    declared_basis: str | None = None
    seats: int | None = None
    outline: tuple[tuple[tuple[float, float], ...], ...] | None = None
    source_ref: str = ""


@dataclass(frozen=True, slots=True)
class PlanFloor:
    """A storey with its spaces; `level` 0 is the storey nearest to the ground."""

    name: str
    level: int | None
    gross_area_m2: Decimal | None = None
    spaces: tuple[PlanSpace, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanReport:
    """All that was read from one file, and what to look at."""

    floors: tuple[PlanFloor, ...]
    warnings: tuple[PlanWarning, ...] = field(default=())
    building: str = ""

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
