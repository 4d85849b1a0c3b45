"""Closed sets and number kinds that the records share, with their words."""

from decimal import Decimal
from typing import Annotated, Final, Literal, get_args

from pydantic import StringConstraints
from sqlmodel import Field
from sqlmodel._compat import SQLModelConfig

from planner.domain.fields import Words

FROZEN: Final = SQLModelConfig(frozen=True, extra="forbid")

AreaBasis = Literal["NIA", "IPMS3", "GIA", "GEA", "rentable", "usable", "drawn", "unknown"]
AreaClass = Literal[
    "tenant",
    "floor_service",
    "building_service",
    "building_amenity",
    "base_building_circulation",
    "major_vertical_penetration",
    "parking",
    "exterior",
]
AreaMethod = Literal["nia", "ipms3", "rentable", "gross_to_net"]
OnSiteClass = Literal["public_service", "on_site", "hybrid", "remote"]
Tenure = Literal["owned", "leased"]
OwnerKind = Literal["state", "regional", "corporate"]
Within = Literal["space", "adjacent", "building"]
StayWithin = Literal["anywhere", "site", "building"]
SeatRule = Literal[
    "keep_floor", "free_floor", "fix_team", "only_in", "never_in", "people_moved_at_most"
]
"""Rules that say where people sit; the others only say when teams move."""
DateRule = Literal["no_moves", "move_together", "move_before", "move_not_before"]
RuleKind = Literal[SeatRule, DateRule]
SEAT_RULES: Final[frozenset[str]] = frozenset(get_args(SeatRule))
DATE_RULES: Final[frozenset[str]] = frozenset(get_args(DateRule))
Confidence = Literal["law", "measured", "quoted", "assumed"]
Category = Literal[
    "office",
    "open_office",
    "meeting",
    "focus",
    "phone",
    "reception",
    "kitchen",
    "storage",
    "server",
    "lab",
    "restroom",
    "corridor",
    "stairs",
    "elevator",
    "shaft",
    "mechanical",
    "parking",
    "terrace",
    "unspecified",
]

Country = Annotated[str, StringConstraints(pattern="^[A-Z]{2}$")]
Currency = Annotated[str, StringConstraints(pattern="^[A-Z]{3}$")]
Part = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=60, pattern=r"^[^\x00-\x1f\x7f/]*$")
]
"""The name of a lettable unit within its floor, blank where the floor is undivided."""
Area = Annotated[Decimal, Field(ge=0, le=10_000_000, decimal_places=3)]
Share = Annotated[Decimal, Field(ge=0, le=1, decimal_places=6)]
Money = Annotated[Decimal, Field(ge=0, le=10**15, decimal_places=3)]
Count = Annotated[int, Field(ge=0, le=100_000)]

AREA_BASES: Final[dict[str, Words]] = {
    "NIA": ("net internal area", "luas neto"),
    "IPMS3": ("IPMS 3 office", "IPMS 3 kantor"),
    "GIA": ("gross internal area", "luas kotor dalam"),
    "GEA": ("gross external area", "luas kotor luar"),
    "rentable": ("rentable area", "luas sewa (semi-gross)"),
    "usable": ("usable area", "luas guna"),
    "drawn": ("drawn, not declared", "dari gambar, tidak dinyatakan"),
    "unknown": ("basis unknown", "dasar tidak diketahui"),
}

AREA_CLASSES: Final[dict[str, Words]] = {
    "tenant": ("tenant area", "ruang penyewa"),
    "floor_service": ("service of the floor", "layanan lantai"),
    "building_service": ("service of the building", "layanan gedung"),
    "building_amenity": ("amenity of the building", "fasilitas gedung"),
    "base_building_circulation": ("shared circulation", "sirkulasi bersama"),
    "major_vertical_penetration": ("stairs, lifts and shafts", "tangga, lift, dan shaft"),
    "parking": ("parking", "parkir"),
    "exterior": ("outdoor area", "area luar"),
}
AREA_METHODS: Final[dict[str, Words]] = {
    "nia": ("net internal area", "luas neto"),
    "ipms3": ("IPMS 3 office", "IPMS 3 kantor"),
    "rentable": ("rentable area with load factor", "luas sewa dengan faktor beban"),
    "gross_to_net": ("share of the gross area", "bagian dari luas kotor"),
}


def _words(values: object, words: dict[str, Words]) -> dict[str, Words]:
    """Return words for each value of a closed set, in its order."""
    return {value: words.get(value, (value.replace("_", " "),) * 2) for value in get_args(values)}


CATEGORIES: Final = _words(
    Category,
    {
        "office": ("office", "ruang kerja"),
        "open_office": ("open office", "ruang kerja terbuka"),
        "meeting": ("meeting room", "ruang rapat"),
        "focus": ("focus room", "ruang fokus"),
        "phone": ("phone booth", "bilik telepon"),
        "reception": ("reception or counter", "penerimaan atau loket"),
        "kitchen": ("kitchen or pantry", "dapur atau pantri"),
        "storage": ("storage or archive", "gudang atau arsip"),
        "server": ("server room", "ruang server"),
        "lab": ("laboratory", "laboratorium"),
        "restroom": ("restroom", "toilet"),
        "corridor": ("corridor or lobby", "koridor atau lobi"),
        "stairs": ("stairs", "tangga"),
        "elevator": ("lift", "lift"),
        "shaft": ("shaft", "shaft"),
        "mechanical": ("plant room", "ruang mesin"),
        "parking": ("parking", "parkir"),
        "terrace": ("terrace", "teras"),
        "unspecified": ("not specified", "belum ditentukan"),
    },
)
