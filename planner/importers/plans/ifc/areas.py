"""The area that a model states for a space, and by which measure it does."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from statistics import median
from typing import TYPE_CHECKING, Any, Final

import ifcopenshell.util.element as elements
from ifcopenshell.util.unit import calculate_unit_scale

from planner.sentences import N_, told

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from planner.importers.plans.ifc.shapes import Shape

# in this order: quantities of the standard, then what common exporters write
_PLACES: Final = (
    (("Qto_SpaceBaseQuantities", "BaseQuantities"), "NetFloorArea", N_("net floor area")),
    (("Qto_SpaceBaseQuantities", "BaseQuantities"), "GrossFloorArea", N_("gross floor area")),
    (("GSA Space Areas",), "GSA BIM Area", "GSA BIM Area"),
    (("Dimensions", "PSet_Revit_Dimensions"), "Area", N_("Revit room area")),
    (("Pset_SpaceCommon",), "NetPlannedArea", N_("planned net area")),
    (("Pset_SpaceCommon",), "GrossPlannedArea", N_("planned gross area")),
)
_FEW: Final = 2
_UNITS: Final = {"m²": 1.0, "ft²": 0.09290304, "mm²": 1e-6, "cm²": 1e-4, "in²": 0.00064516}
_NOT_AREAS: Final = ("per person", "wall", "ceiling", "window", "perimeter", "door", "ratio")
_FLOOR_AREA: Final = re.compile(
    r"floor.?area|area.?floor|netto?fl(ä|ae)che|grundfl(ä|ae)che|bodenfl(ä|ae)che|raumfl(ä|ae)che|"
    r"luas.?(lantai|ruang)|surface (au sol|utile|habitable)|net area|gross area|usable area|"
    r"^area$|horizontal area|^fl(ä|ae)che$|^luas$|^surface$"
)


@dataclass(frozen=True, slots=True)
class Declared:
    """A stated area in square metres and the measure that it names."""

    area_m2: Decimal
    basis: str


def declared_area(sets: Mapping[str, Mapping[str, Any]], scale: float) -> Declared | None:
    """Return the area stated for a space, None where nothing is.

    Args:
        sets: property and quantity sets by name.
        scale: square metres in the model's unit of area.
    """
    for names, key, basis in _PLACES:
        for name in names:
            area = _positive(sets.get(name, {}).get(key))
            if area is not None:
                return Declared(area * Decimal(str(scale)), basis)
    for values in sets.values():
        for key, value in values.items():
            words = key.lower()
            floor = _FLOOR_AREA.search(words) is not None
            if floor and not any(word in words for word in _NOT_AREAS):
                area = _positive(value)
                if area is not None:
                    return Declared(area * Decimal(str(scale)), key)
    return None


def area_unit_factor(
    model: Any, spaces: Sequence[Any], shapes: Mapping[str, Shape]
) -> tuple[float, str]:
    """Return the square metres in the unit of stated areas, and a sentence if it was set right.

    Some exporters state areas in another unit than the model names; where all of them are
    off from what is drawn by just such a factor, that unit is taken.
    """
    named = float(calculate_unit_scale(model, "AREAUNIT"))
    ratios = []
    for space in spaces:
        shape = shapes.get(space.GlobalId)
        declared = declared_area(elements.get_psets(space), named)
        if shape is not None and declared is not None and shape.area > 0:
            ratios.append(float(declared.area_m2) / shape.area)
    if len(ratios) < _FEW or _near(middle := median(ratios)):
        return named, ""
    for unit, square in _UNITS.items():
        if _near(middle / named * square):
            return square, told(
                N_(
                    "Stated areas are {times} times those drawn; they were read as {unit}, which "
                    "fits."
                ),
                times=f"{middle:.3g}",
                unit=unit,
            )
    return named, ""


def _near(ratio: float) -> bool:
    low, high = 0.67, 1.5
    return low < ratio < high


def _positive(value: object) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not value > 0:
        return None
    return Decimal(str(value))
