"""One IfcSpace as a room: number, name, use and areas, wherever exporters put them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import ifcopenshell.util.element as elements
from ifcopenshell.util import classification

from planner.importers.plans.categories import category_of
from planner.importers.plans.ifc.areas import declared_area
from planner.importers.plans.labels import is_number
from planner.importers.plans.report import PlanSpace
from planner.importers.plans.shapes import area_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.domain.records.kinds import Category
    from planner.importers.plans.ifc.shapes import Shape

_NUMBERS: Final = (
    "number", "room number", "roomnumber", "room no", "raumnummer", "nummer", "reference",
    "roomtag", "numéro", "nomor", "space number", "zonennummer", "zone number",
)  # fmt: skip
_DEPARTMENTS: Final = (
    "department",
    "abteilung",
    "service",
    "occupant",
    "unit kerja",
    "organization",
)
_USES: Final = (
    "occupancytype", "occupancy type", "roomtype", "room type", "raumtyp", "nutzung", "usage",
    "spacetype", "space type", "category", "function", "use",
)  # fmt: skip
_JUNK: Final = ("oldspaceguids_",)


def room_of(space: Any, shape: Shape | None, area_scale: float, seats: int | None) -> PlanSpace:
    """Return a space as a room.

    Args:
        space: the IfcSpace.
        shape: what is drawn of it.
        area_scale: square metres in the model's unit of area.
        seats: desks that stand in it.
    """
    sets = elements.get_psets(space)
    number, name = names_of(space, sets)
    declared = declared_area(sets, area_scale)
    return PlanSpace(
        number=number,
        name=name,
        category=_category(space, sets, name or number),
        drawn_area_m2=None if shape is None else area_of(shape.area),
        declared_area_m2=None if declared is None else area_of(float(declared.area_m2)),
        declared_basis=None if declared is None else declared.basis,
        seats=seats,
        outline=None if shape is None else shape.rings,
        source_ref=space.GlobalId,
        layer="IfcSpace",
        department=_value(sets, _DEPARTMENTS),
    )


def names_of(space: Any, sets: Mapping[str, Mapping[str, Any]]) -> tuple[str, str]:
    """Return number and name: Name and LongName by the standard, else what looks like which."""
    first, long = _plain(space.Name), _plain(space.LongName)
    if first and long and first != long:
        if is_number(long) and not any(sign.isdigit() for sign in first):
            return long, first
        return first, long
    only = first or long
    stated = _value(sets, _NUMBERS)
    if stated and stated != only:
        return stated, only
    return _split(only)


def _split(text: str) -> tuple[str, str]:
    """Return number and name of a text that may be either or both."""
    if is_number(text):
        return text, ""
    head, _, rest = text.partition(" ")
    if rest and is_number(head):
        return head, rest.strip(" -–:")
    before, _, last = text.rpartition(" ")
    if before and is_number(last) and any(sign in last for sign in ".-/"):
        return last, before.strip(" -–:")
    return "", text


def _plain(text: object) -> str:
    words = " ".join(str(text or "").split())
    return "" if words.lower().startswith(_JUNK) else words


def _value(sets: Mapping[str, Mapping[str, Any]], names: tuple[str, ...]) -> str:
    """Return the first property of one of these names, "" without any."""
    for name in names:
        for values in sets.values():
            for key, value in values.items():
                if key.lower() == name and isinstance(value, (str, int, float)) and value != "":
                    return str(value)
    return ""


def _category(space: Any, sets: Mapping[str, Mapping[str, Any]], name: str) -> Category:
    """Return the use of a room by its classification, else its name, else its type."""
    code = next(
        (str(v) for s in sets.values() for k, v in s.items() if "OmniClass" in k and "13" in k), ""
    )
    if not code:
        code = _reference(space)
    found = category_of(name, code)
    for words in (space.ObjectType, _value(sets, _USES), space.Description):
        if found == "unspecified" and words:
            found = category_of(str(words))
    if found == "unspecified" and getattr(space, "PredefinedType", None) == "PARKING":
        return "parking"
    return found


def _reference(space: Any) -> str:
    """Return the classification of a space as `code: title`."""
    for reference in classification.get_references(space):
        code = getattr(reference, "Identification", None) or getattr(
            reference, "ItemReference", None
        )
        if code or reference.Name:
            return f"{code or ''}: {reference.Name or ''}"
    return ""
