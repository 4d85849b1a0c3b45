"""Classes of features, and IMDF's categories of units as ours."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.domain.records.kinds import Category

NO_ROOM: Final = re.compile(
    (
        r"^(wall|door|window|column|pillar|furniture|fixture|opening|glass|brick|concrete|drywall|"
        r"vegetation|road|structure|poi|label|desk|entrance|amenity|detail|facade|grid|site|"
        r"kiosk|anchor|occupant|footpath|tree)s?$"
    ),
    re.IGNORECASE,
)
"""Classes that are drawn as areas but are no rooms."""

OUTLINE: Final = re.compile(
    r"^(building[_ -]?outline|outline|building|footprint|floor[_ -]?plate|level|storey|floor|"
    r"facility|venue|exterior)s?$",
    re.IGNORECASE,
)
"""Classes that are the outer line of a floor."""

FROM_IMDF: Final[dict[str, Category]] = {
    "auditorium": "meeting",
    "classroom": "meeting",
    "conferenceroom": "meeting",
    "elevator": "elevator",
    "escalator": "stairs",
    "firstaid": "unspecified",
    "foodservice": "kitchen",
    "huddleroom": "focus",
    "kitchen": "kitchen",
    "laboratory": "lab",
    "library": "unspecified",
    "lobby": "corridor",
    "lounge": "unspecified",
    "mailroom": "storage",
    "movingwalkway": "corridor",
    "office": "office",
    "opentobelow": "shaft",
    "parking": "parking",
    "phoneroom": "phone",
    "ramp": "corridor",
    "restroom": "restroom",
    "serverroom": "server",
    "shower": "restroom",
    "stairs": "stairs",
    "steps": "stairs",
    "storage": "storage",
    "terrace": "terrace",
    "waitingroom": "reception",
    "walkway": "corridor",
}
"""Source: Apple, Indoor Mapping Data Format 1.0.0, Unit Categories."""

TO_IMDF: Final[dict[Category, str]] = {
    "office": "office",
    "open_office": "office",
    "meeting": "conferenceroom",
    "focus": "huddleroom",
    "phone": "phoneroom",
    "reception": "waitingroom",
    "kitchen": "kitchen",
    "storage": "storage",
    "server": "serverroom",
    "lab": "laboratory",
    "restroom": "restroom",
    "corridor": "walkway",
    "stairs": "stairs",
    "elevator": "elevator",
    "shaft": "opentobelow",
    "mechanical": "nonpublic",
    "parking": "parking",
    "terrace": "terrace",
    "unspecified": "unspecified",
}

WALLS: Final = frozenset({"brick", "column", "concrete", "drywall", "glass", "vegetation", "road"})
"""Categories of IMDF units that are solid or outdoors."""


def said_in(labels: Any, language: str = "") -> str:
    """Return a name that may be a text or texts by language: English, the file's own, any.

    >>> said_in({"ja-JP": "会議室", "en": "Meeting"}), said_in({"ja-JP": "会議室"}), said_in(None)
    ('Meeting', '会議室', '')
    """
    if isinstance(labels, str):
        return labels.strip()
    if not isinstance(labels, dict):
        return ""
    texts: Mapping[str, str] = {
        str(key).lower(): value.strip() for key, value in labels.items() if isinstance(value, str)
    }
    wanted = ("en", "en-us", "en-gb", "id", "id-id", language.lower())
    return next((texts[key] for key in wanted if texts.get(key)), next(iter(texts.values()), ""))
