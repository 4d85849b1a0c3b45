"""The lettable area of a floor, or of any set of its spaces, by each rule."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final, Literal

from planner.domain.areas.rules import RULES, class_of, rule_of
from planner.domain.assumptions import register_of
from planner.domain.estate import area_of
from planner.domain.geometry import Shape, area_m2, shape_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from planner.domain.areas.rules import AreaRule
    from planner.domain.estate import Estate
    from planner.domain.records import Floor, Space
    from planner.domain.records.kinds import AreaClass, AreaMethod

Missing = Literal["", "gross", "rooms", "above_gross"]

_TENTH: Final = Decimal("0.1")
_FACTOR: Final = Decimal("0.0001")
_SLACK: Final = Decimal("1.005")
"""Rooms may be larger than what is left for them by as much as corners are rounded."""


@dataclass(frozen=True, slots=True)
class AreaEstimate:
    """An area by one rule, never certified; None where something is missing.

    Args:
        rule: that made it.
        area_m2: the lettable area, one decimal.
        missing: what stands in the way: no gross area, no rooms with an area, or rooms that
            are larger together than the gross area leaves.
        gross_m2: of the floor, None where unknown.
        rooms_m2: tenant rooms counted.
        left_out_m2: what the rule takes away from the gross area.
        factor: what each square metre of tenant room became, None where it stayed as it is.
        assumed: spaces without a use, counted as the tenant's.
        mixed: declared and drawn areas, or several declared bases, were added.
    """

    rule: AreaRule
    area_m2: Decimal | None
    missing: Missing = ""
    gross_m2: Decimal | None = None
    rooms_m2: Decimal = Decimal(0)
    left_out_m2: Decimal = Decimal(0)
    factor: Decimal | None = None
    assumed: int = 0
    mixed: bool = False


@dataclass(frozen=True, slots=True)
class _Plate:
    """A floor with its areas by class; rooms inside its core are the core's."""

    gross: Decimal | None
    by_class: dict[AreaClass, Decimal]
    tenant: tuple[Space, ...]


def estimates(
    estate: Estate, floor: str, spaces: Collection[str] | None = None
) -> tuple[AreaEstimate, ...]:
    """Return the lettable area of a floor by every rule; see `estimate`."""
    return tuple(estimate(estate, floor, rule.key, spaces) for rule in RULES)


def estimate(
    estate: Estate, floor: str, method: AreaMethod, spaces: Collection[str] | None = None
) -> AreaEstimate:
    """Return the lettable area of a floor, or of some of its spaces, by a rule.

    Args:
        estate: the buildings.
        floor: code of the floor.
        method: name of the rule.
        spaces: numbers of the spaces that are let together; None is the whole floor.
    """
    rule, record = rule_of(method), estate.floor_of[floor]
    plate = _plate(estate, record)
    chosen = tuple(one for one in plate.tenant if spaces is None or one.number in spaces)
    rooms = _total(plate.tenant)
    own = _total(chosen)
    out = sum((plate.by_class.get(kind, Decimal(0)) for kind in rule.left_out), Decimal(0))
    area, missing = _area(estate, rule, plate, out, rooms, own, whole=spaces is None)
    factor = None
    if area is not None and own and rule.measure != "rooms":
        factor = (area / own).quantize(_FACTOR)
    return AreaEstimate(
        rule=rule,
        area_m2=None if area is None else area.quantize(_TENTH),
        missing=missing,
        gross_m2=plate.gross,
        rooms_m2=own,
        left_out_m2=out,
        factor=factor,
        assumed=sum(one.category == "unspecified" and one.area_class is None for one in chosen),
        mixed=len({_basis(one) for one in chosen}) > 1,
    )


def gross_of(floor: Floor) -> Decimal | None:
    """Return the gross area of a floor: as declared, else as drawn, None where unknown."""
    if floor.gross_area_m2 is not None:
        return floor.gross_area_m2
    drawn = shape_of(floor.outline)
    return None if drawn is None else area_m2(drawn)


def _area(
    estate: Estate,
    rule: AreaRule,
    plate: _Plate,
    out: Decimal,
    rooms: Decimal,
    own: Decimal,
    *,
    whole: bool,
) -> tuple[Decimal | None, Missing]:
    if rule.measure == "rooms" and (rooms or not whole):
        return (own, "") if own else (None, "rooms")
    if plate.gross is None:
        return None, "gross"
    ratio = rule.measure == "ratio"
    left = plate.gross * register_of(estate).number("net_to_gross") if ratio else plate.gross - out
    if not ratio and (left * _SLACK < rooms or left <= 0):
        return None, "above_gross"
    left = left if ratio else max(left, rooms)
    if whole and (ratio or rooms or plate.by_class):
        return left, ""
    return (left * own / rooms, "") if own else (None, "rooms")


def _plate(estate: Estate, floor: Floor) -> _Plate:
    core = shape_of(floor.core)
    by_class: dict[AreaClass, Decimal] = {}
    if core is not None:
        by_class["major_vertical_penetration"] = area_m2(core)
    tenant = []
    for space in estate.spaces:
        if space.floor != floor.code or not area_of(space) or _inside(space, core):
            continue
        kind = class_of(space)
        by_class[kind] = by_class.get(kind, Decimal(0)) + area_of(space)
        if kind == "tenant":
            tenant.append(space)
    return _Plate(gross_of(floor), by_class, tuple(tenant))


def _inside(space: Space, core: Shape | None) -> bool:
    room = None if core is None else shape_of(space.outline)
    return core is not None and room is not None and core.contains(room.representative_point())


def _total(spaces: tuple[Space, ...]) -> Decimal:
    return sum((area_of(space) for space in spaces), Decimal(0))


def _basis(space: Space) -> str:
    area = area_of(space)
    if space.area_counts != "drawn" and space.declared_area_m2 == area:
        return space.declared_basis or "declared"
    return "drawn"
