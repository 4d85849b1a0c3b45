"""Storeys of each building of a model, lowest first, with the spaces that belong to them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import ifcopenshell.util.element as elements
from ifcopenshell.util.unit import calculate_unit_scale

from planner.importers.plans.levels import level_of

if TYPE_CHECKING:
    from collections.abc import Sequence

_LOST: Final = "without a storey"


@dataclass(slots=True)
class Storey:
    """A storey: its level counted from the one nearest to the ground, its stated gross area.

    `gross` is in the model's own unit of area; `lost` marks the spaces of no storey.
    """

    name: str
    level: int | None
    building: str = ""
    elevation: float | None = None
    gross: float | None = None
    spaces: list[Any] = field(default_factory=list)
    element: Any = None
    lost: bool = False


def storeys_of(model: Any, spaces: Sequence[Any]) -> list[Storey]:
    """Return all storeys with their spaces; spaces of none stand together at the end."""
    metre = calculate_unit_scale(model)
    buildings = model.by_type("IfcBuilding")
    several = len(buildings) > 1
    by_building: dict[int, list[Any]] = {}
    for storey in model.by_type("IfcBuildingStorey"):
        home = _above(storey, "IfcBuilding")
        by_building.setdefault(0 if home is None else home.id(), []).append(storey)
    found: dict[int, Storey] = {}
    for home, some in by_building.items():
        building = model.by_id(home) if home else None
        own = str(building.LongName or building.Name or "") if building and several else ""
        some.sort(key=lambda one: (_elevation(one), level_of(_name(one)) or 0))
        ground = _ground(some, 2 / metre)
        for at, one in enumerate(some):
            found[one.id()] = Storey(
                f"{own} {_name(one)}".strip(),
                at - ground,
                own,
                _elevation(one) * metre,
                _gross(one),
                element=one,
            )
    lost = Storey(_LOST, None, lost=True)
    for space in spaces:
        home = storey_of(space)
        found.get(0 if home is None else home.id(), lost).spaces.append(space)
    return [*found.values(), *([lost] if lost.spaces else [])]


def _name(storey: Any) -> str:
    return str(storey.Name or storey.LongName or "")


def _ground(storeys: Sequence[Any], datum: float) -> int:
    """Return which storey is at the ground: one called so, else the one nearest to zero.

    Heights that count from the sea, so that all are above `datum`, tell nothing: then it is
    the lowest storey whose name does not say that it is below.
    """
    levels = [level_of(_name(one)) for one in storeys]
    called = [at for at, level in enumerate(levels) if level == 0]
    if len(called) == 1:
        return called[0]
    heights = [_elevation(one) for one in storeys]
    if heights[0] > datum or heights[0] == heights[-1]:
        above = (at for at, level in enumerate(levels) if level is None or level >= 0)
        return next(above, len(storeys) - 1)
    return min(range(len(storeys)), key=lambda at: abs(heights[at]))


def storey_of(space: Any) -> Any | None:
    """Return the storey a space belongs to, through any space that contains it."""
    above = _above(space, "IfcBuildingStorey")
    return above or elements.get_container(space, ifc_class="IfcBuildingStorey")


def _above(element: Any, kind: str) -> Any | None:
    above = elements.get_aggregate(element)
    steps = 0
    while above is not None and not above.is_a(kind):
        above = elements.get_aggregate(above)
        steps += 1
        if steps > 20:  # noqa: PLR2004  a model whose parts hold each other
            return None
    return above


def _elevation(storey: Any) -> float:
    """Return a storey's height in the model's unit: as stated, else where it is placed."""
    if storey.Elevation is not None:
        return float(storey.Elevation)
    try:
        return float(storey.ObjectPlacement.RelativePlacement.Location.Coordinates[2])
    except (AttributeError, IndexError, TypeError):
        return 0.0


def _gross(storey: Any) -> float | None:
    sets = elements.get_psets(storey, qtos_only=True)
    for values in sets.values():
        for key in ("GrossFloorArea", "GrossArea"):
            value = values.get(key)
            if isinstance(value, (int, float)) and value > 0:
                return float(value)
    return None
