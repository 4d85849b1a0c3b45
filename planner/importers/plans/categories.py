"""What a room serves for, from classification codes or from words in several languages."""

from __future__ import annotations

import re
from typing import Final

from planner.domain.records.kinds import Category  # noqa: TC001  part of the public shape

# OmniClass table 13 (2012), spaces by function: the groups that occur in office models
_OMNICLASS: Final[tuple[tuple[str, Category], ...]] = (
    ("13-15 11 34 17", "open_office"),
    ("13-15 11 34", "office"),
    ("13-15 11", "office"),
    ("13-25 31 13", "stairs"),
    ("13-25 11", "stairs"),
    ("13-25 13 11", "elevator"),
    ("13-25", "corridor"),
    ("13-85 11", "corridor"),
    ("13-85", "corridor"),
    ("13-63 13", "kitchen"),
    ("13-71 15", "storage"),
)

# first match wins; whole words or word beginnings, English, Indonesian, German, French, Spanish
_WORDS: Final[tuple[tuple[Category, str], ...]] = (
    ("open_office", r"open[ -]?(plan )?office|open plan|großraum|grossraum|ruang kerja terbuka"),
    (
        "restroom",
        (
            r"toilet|restroom|wc\b|lavator|washroom|men'?s|women'?s|bath|sanit|kamar mandi"
            r"|waschraum|dusche|shower|km/wc|baño|aseo"
        ),
    ),
    ("stairs", r"stair|treppe|tangga|escalier|escalera"),
    ("elevator", r"elevator|\blift|aufzug|ascens"),
    ("shaft", r"shaft|schacht|riser|chase|void|gaine"),
    ("server", r"server|data cent|data ?room|\bit room|telecom|\bidf\b|\bmdf\b|edv|ruang server"),
    (
        "mechanical",
        (
            r"mech|electr|technik|plant|boiler|hvac|\bahu\b|haustechnik|ruang mesin|panel"
            r"|pumpen|utility|heiz"
        ),
    ),
    ("kitchen", r"kitchen|pantr|break ?room|küche|kueche|teek|dapur|cafe|canteen|kantin|cuisine"),
    (
        "storage",
        r"stor(age|e)|archiv|gudang|arsip|lager|closet|janitor|abstell|copy|file|putz|supply",
    ),
    ("meeting", r"meeting|confer|besprech|seminar|sitzung|rapat|training|board ?room|réunion|aula"),
    ("phone", r"phone|telefon"),
    ("focus", r"focus|quiet|huddle|fokus"),
    ("reception", r"recep|lobby counter|waiting|empfang|loket|penerimaan|front ?desk|foyer|warte"),
    (
        "corridor",
        r"corrid|hall|lobby|circul|vestib|flur|gang\b|koridor|selasar|couloir|entr(y|ance)",
    ),
    ("lab", r"\blab|labor"),
    ("parking", r"park|garage"),
    ("terrace", r"terra|balcon|balkon|patio|deck"),
    (
        "office",
        (
            r"office|büro|buero|kantor|ruang kerja|bureau|oficina|kepala|director|manager"
            r"|sekretariat|arbeits|cubicle|work ?(room|area|space)|staff"
        ),
    ),
)
_PATTERNS: Final = tuple((category, re.compile(words, re.IGNORECASE)) for category, words in _WORDS)


def category_of(name: str, code: str = "") -> Category:
    """Return what a room serves for; `unspecified` where neither code nor name tells.

    Source:
        OmniClass Table 13, Spaces by Function (CSI, 2012), for `code`.

    >>> category_of("SCIF", "13-15 11 34 17: Open Office Space")
    'open_office'
    >>> category_of("Treppenhaus")
    'stairs'
    """
    for prefix, category in _OMNICLASS:
        if code.startswith(prefix):
            return category
    for category, pattern in _PATTERNS:
        if pattern.search(name):
            return category
    if ":" in code and (words := code.split(":", 1)[1].strip()) != name:
        return category_of(words)
    return "unspecified"
