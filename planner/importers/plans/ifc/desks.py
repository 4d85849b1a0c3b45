"""Desks of a model: contained in a room, or standing inside its outline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ifcopenshell.util.element as elements
import ifcopenshell.util.placement as placements

from planner.importers.plans.cad.rooms import Finder
from planner.importers.plans.report import PlanDesk
from planner.importers.plans.shapes import polygon_from
from planner.importers.plans.words import DESKS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planner.importers.plans.ifc.shapes import Shape
    from planner.importers.plans.ifc.storeys import Storey
    from planner.importers.plans.report import Point

_KINDS = ("IfcFurnishingElement", "IfcBuildingElementProxy", "IfcFlowTerminal")


def desks_in(
    storey: Storey, outlines: Sequence[Shape | None], metre: float
) -> tuple[list[PlanDesk], list[str]]:
    """Return the desks of a storey and the ids of those that stand in no room.

    Args:
        storey: with its spaces.
        outlines: of these spaces, in the same order.
        metre: metres in the model's unit of length.
    """
    desks: list[PlanDesk] = []
    for at, space in enumerate(storey.spaces):
        desks += [PlanDesk(_at(one, metre), at, "", one.GlobalId) for one in _desks_of(space)]
    loose = list(_desks_of(storey.element)) if storey.element is not None else []
    if not loose:
        return desks, []
    finder = Finder([None if shape is None else polygon_from(shape.rings) for shape in outlines])
    outside = []
    for one in loose:
        place = _at(one, metre)
        room = finder.room_at(place)
        desks.append(PlanDesk(place, room, "", one.GlobalId))
        if room is None:
            outside.append(str(one.GlobalId))
    return desks, outside


def _desks_of(container: Any) -> Iterator[Any]:
    for rel in getattr(container, "ContainsElements", ()):
        for item in sorted(rel.RelatedElements, key=lambda one: int(one.id())):
            if item.is_a() in _KINDS or any(item.is_a(kind) for kind in _KINDS):
                kind = elements.get_type(item)
                words = (item.Name, item.ObjectType, item.Description, kind and kind.Name)
                if DESKS.search(" ".join(str(word or "") for word in words)):
                    yield item


def _at(item: Any, metre: float) -> Point:
    if item.ObjectPlacement is None:
        return (0.0, 0.0)
    matrix = placements.get_local_placement(item.ObjectPlacement)
    return (round(float(matrix[0][3]) * metre, 3), round(float(matrix[1][3]) * metre, 3))
