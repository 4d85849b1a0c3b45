"""The rules as data: which class each use belongs to, and what each standard counts.

They follow the standards in outline only. A figure made by them is an estimate; a lease needs
the standard itself, measured on site.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.domain.fields import Words
    from planner.domain.records import Space
    from planner.domain.records.kinds import AreaBasis, AreaClass, AreaMethod, Category

Measure = Literal["rooms", "plate", "load", "ratio"]

CLASSES: Final[Mapping[Category, AreaClass]] = {
    "office": "tenant",
    "open_office": "tenant",
    "meeting": "tenant",
    "focus": "tenant",
    "phone": "tenant",
    "reception": "tenant",
    "kitchen": "tenant",
    "storage": "tenant",
    "server": "tenant",
    "lab": "tenant",
    "unspecified": "tenant",
    "restroom": "floor_service",
    "corridor": "base_building_circulation",
    "stairs": "major_vertical_penetration",
    "elevator": "major_vertical_penetration",
    "shaft": "major_vertical_penetration",
    "mechanical": "building_service",
    "parking": "parking",
    "terrace": "exterior",
}
"""The class of each use, where a space does not state its own."""


@dataclass(frozen=True, slots=True)
class AreaRule:
    """What one standard counts.

    Args:
        key: its name in the data.
        basis: the basis of an area that it gives.
        measure: `rooms` adds the tenant's rooms as they are; `plate` gives them the walls
            between them too; `load` gives them the floor's common parts too; `ratio` takes a
            share of the gross area.
        left_out: classes that the measure takes away from the gross area.
        says: what it does, for readers.
        source: where it stands.
    """

    key: AreaMethod
    basis: AreaBasis
    measure: Measure
    left_out: frozenset[AreaClass]
    says: Words
    source: str


_NEVER_LET: Final[frozenset[AreaClass]] = frozenset(
    {"major_vertical_penetration", "building_service", "building_amenity", "parking", "exterior"}
)

RULES: Final[tuple[AreaRule, ...]] = (
    AreaRule(
        "nia",
        "NIA",
        "rooms",
        _NEVER_LET | {"floor_service", "base_building_circulation"},
        (
            "The tenant's rooms within their walls; no stairs, lifts, toilets, plant or shared "
            "corridors.",
            "Ruang penyewa di dalam dindingnya; tanpa tangga, lift, toilet, ruang mesin, atau "
            "koridor bersama.",
        ),
        "RICS Code of measuring practice, 6th edition (2015), net internal area",
    ),
    AreaRule(
        "ipms3",
        "IPMS3",
        "plate",
        _NEVER_LET | {"floor_service", "base_building_circulation"},
        (
            "Floor area in exclusive use, inner walls and columns included; shared facilities "
            "are left out.",
            "Luas lantai yang dipakai sendiri, termasuk dinding dalam dan kolom; fasilitas "
            "bersama tidak dihitung.",
        ),
        "International Property Measurement Standards: Office Buildings (2014), IPMS 3",
    ),
    AreaRule(
        "rentable",
        "rentable",
        "load",
        _NEVER_LET,
        (
            "The tenant's rooms times the floor's load factor, which shares toilets, corridors "
            "and walls by area.",
            "Ruang penyewa dikali faktor beban lantai, yang membagi toilet, koridor, dan dinding "
            "menurut luas.",
        ),
        "after ANSI/BOMA Z65.1-2017, load factor of a single floor; building-wide parts left out",
    ),
    AreaRule(
        "gross_to_net",
        "NIA",
        "ratio",
        frozenset(),
        (
            "A share of the gross area; only until rooms or a core are drawn.",
            "Bagian dari luas kotor; hanya sampai ruang atau inti digambar.",
        ),
        "the figure net_to_gross of this estate",
    ),
)


def rule_of(key: AreaMethod) -> AreaRule:
    """Return the rule of a name."""
    return next(rule for rule in RULES if rule.key == key)


def class_of(space: Space) -> AreaClass:
    """Return the class that a space states or, failing that, the one its use belongs to."""
    return space.area_class or CLASSES[space.category]
