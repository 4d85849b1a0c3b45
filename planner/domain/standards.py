"""How much area a person may take: the ceiling of the standard that an owner chose."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from planner.domain.assumptions import register_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.domain.estate import Estate
    from planner.domain.fields import Words

OWN: Final = "own"
STANDARDS: Final[Mapping[str, Words]] = {
    "bco": ("British Council for Offices", "British Council for Offices"),
    "id_state": ("Indonesia, state buildings", "Indonesia, gedung negara"),
    "use_it": ("United States, USE IT Act", "Amerika Serikat, USE IT Act"),
    OWN: ("own ceiling", "batas sendiri"),
}
"""Names of the standards by key."""
_TOLD: Final[Mapping[str, Words]] = {
    "bco": (
        "British Council for Offices: 10 m2 net internal area for each workplace",
        "British Council for Offices: 10 m2 luas neto tiap tempat kerja",
    ),
    "id_state": (
        "Indonesia, state buildings: 10 m2 a person on average (Permen PU 45/2007, PUPR 22/2018; "
        "recalled, check); a ceiling for shared workspace too: PMK 138/2024, article 4(3)",
        "Indonesia, gedung negara: rata-rata 10 m2 per orang (Permen PU 45/2007, PUPR 22/2018; "
        "perlu diperiksa); batas tertinggi juga untuk ruang kerja bersama: PMK 138/2024 ps. 4(3)",
    ),
    "use_it": (
        "United States: 150 usable square feet a person (USE IT Act)",
        "Amerika Serikat: 150 kaki persegi luas guna per orang (USE IT Act)",
    ),
    OWN: ("own ceiling, as stated below", "batas sendiri, seperti diisi di bawah"),
}
"""What each asks and where it is from; what was recalled rather than read says so."""
_M2: Final = {
    "bco": Decimal(10),
    "id_state": Decimal(10),
    "use_it": Decimal("13.935456"),
}


@dataclass(frozen=True, slots=True)
class Ceiling:
    """The most area that a person may take.

    Args:
        key: of the standard.
        words: what it is and where it comes from, in both languages.
        m2: square metres for each person who has a place.
    """

    key: str
    words: Words
    m2: Decimal


def ceiling_of(estate: Estate) -> Ceiling:
    """Return the ceiling of the standard in force.

    Raises:
        InvalidInput: a standard that is not known.
    """
    register = register_of(estate)
    key = register.word("area_standard")
    own = register.number("area_ceiling_m2") if key == OWN else Decimal(0)
    return Ceiling(key, _TOLD[key], _M2.get(key, own))
