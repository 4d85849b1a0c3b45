"""The level of a floor from what it is called, in the languages that plans come in."""

from __future__ import annotations

import re
from typing import Final

_BELOW: Final = (
    r"\b(?:basement|base|sous[- ]?sol|keller(?:geschoss)?|untergeschoss|ug|b(?:asemen)?t?|kg|"
    r"semi[- ]?basement|rubanah|lantai dasar bawah|地下)"
)
_PATTERNS: Final[tuple[tuple[str, int], ...]] = (
    # number first: 2. UG, 1.OG, 3rd floor, 4F, 2e étage, 地下1階, 3层
    (r"(\d+)\s*\.?\s*(?:ug|untergeschoss|untergeschoß)\b", -1),
    (r"(\d+)\s*\.?\s*(?:og|obergeschoss|obergeschoß|stock|etage|étage|e étage|ème étage)\b", 1),
    (r"(?:地下|\bb|\bug\s*|\bbasement\s*|\bsous-sol\s*|\brubanah\s*|\bug|\bss\s*)(\d+)(?!\d)", -1),
    (r"(\d+)\s*(?:st|nd|rd|th|er|e|ème|º|ª)?\s*(?:floor|fl\b|étage|piso|planta|andar)", 1),
    (r"(\d+)\s*(?:f\b|階|层|樓|楼)", 1),
    (r"\br\s*\+\s*(\d+)", 1),
    (
        (
            r"\b(?:level|lvl|floor|flr|fl|lantai|lt|lnt|l|og|etage|étage|niveau|niv|geschoss|piso|"
            r"planta|storey|story|tingkat|ebene|stock)[ ._:#-]*(-?\d+)(?!\d)"
        ),
        1,
    ),
)
_GROUND: Final = re.compile(
    (
        r"\bground|\beg\b|erdgescho|rez[- ]de|\brdc\b|\bdasar\b|planta baja|\bgf\b|\bg/f\b|"
        r"\blantai g\b|^g$|parterre|首层|底层"
    ),
    re.IGNORECASE,
)
_WORDS: Final = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
    "eighth": 8, "ninth": 9, "tenth": 10, "satu": 1, "dua": 2, "tiga": 3, "empat": 4,
    "lima": 5, "enam": 6, "tujuh": 7, "delapan": 8, "sembilan": 9, "sepuluh": 10,
}  # fmt: skip
_CHINESE: Final = {sign: at for at, sign in enumerate("一二三四五六七八九十", start=1)}
_HIGHEST: Final = 250


def level_of(name: str) -> int | None:
    """Return the level that a floor's name states, None if it states none.

    >>> [level_of(name) for name in ("Level 2", "1. OG", "2.UG", "EG", "Lantai 3", "B1", "Roof")]
    [2, 1, -2, 0, 3, -1, None]
    """
    text = name.strip().lower().replace("_", " ")
    if re.fullmatch(r"[+-]?\d{1,3}[ºª°.]?", text):
        return int(text.rstrip("ºª°."))
    for pattern, sign in _PATTERNS:
        found = re.search(pattern, text)
        if found and abs(int(found.group(1))) <= _HIGHEST:
            return sign * int(found.group(1))
    if _GROUND.search(text):
        return 0
    spelled = _spelled(text)
    if spelled is not None:
        return spelled
    return -1 if re.search(_BELOW + r"\b", text) else None


def _spelled(text: str) -> int | None:
    """Return a level that is written as a word: `first floor`, `lantai dua`, `三层`."""
    for word, level in _WORDS.items():
        before = rf"\b{word}\b.*\b(floor|level|storey|story)"
        after = rf"\b(lantai|lt)\b.*\b{word}\b"
        if re.search(f"{before}|{after}", text):
            return level
    chinese = re.search(r"([一二三四五六七八九十])[层楼階樓]", text)
    return _CHINESE[chinese.group(1)] if chinese else None
