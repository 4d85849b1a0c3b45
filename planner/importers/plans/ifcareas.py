"""The area that a model states for a space, and by which measure it does."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

# in this order: quantities of the standard, then what common exporters write
_PLACES: Final = (
    (("Qto_SpaceBaseQuantities", "BaseQuantities"), "NetFloorArea", "net floor area"),
    (("Qto_SpaceBaseQuantities", "BaseQuantities"), "GrossFloorArea", "gross floor area"),
    (("GSA Space Areas",), "GSA BIM Area", "GSA BIM Area"),
    (("Dimensions", "PSet_Revit_Dimensions"), "Area", "Revit room area"),
)
_NOT_AREAS: Final = ("per person", "wall", "ceiling", "window", "perimeter")


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
            if "area" in words and "floor" in words and not any(w in words for w in _NOT_AREAS):
                area = _positive(value)
                if area is not None:
                    return Declared(area * Decimal(str(scale)), key)
    return None


def _positive(value: object) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not value > 0:
        return None
    return Decimal(str(value))
