"""Numbers as people write them: decimal commas, thousands, units behind them."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_NUMBER: Final = re.compile(r"[+-]?\d[\d.,'’ \u00a0\u202f]*(?:[eE][+-]?\d+)?")
_AREA: Final = re.compile(
    r"(\d[\d.,'’\u00a0\u202f]*(?: \d{3})*(?:[.,]\d+)?)\s*"
    r"(m²|m2|㎡|m\^2|sqm|qm|sq\.?\s?m\b|平方米|s\.?f\.?\b|sq\.?\s?ft|ft²|ft2)",
    re.IGNORECASE,
)
_AREA_WORD: Final = re.compile(
    r"^(area|luas|fl(ä|ae)che|surface|ngf|nf|a|f|l|s)\s*[:=]?$", re.IGNORECASE
)
_SQUARE_FEET: Final = Decimal("0.09290304")
_THREE: Final = re.compile(r"\d{1,3}([.,])\d{3}")


def number_in(text: str, decimal: str = "") -> Decimal | None:
    """Return the number that a text begins with, None if it is none.

    Args:
        text: as typed.
        decimal: `,` or `.` where the rest of the column shows which one it is.

    >>> number_in("1.234,5 m²"), number_in("12,5"), number_in("1,234"), number_in("1.234", ",")
    (Decimal('1234.5'), Decimal('12.5'), Decimal('1234'), Decimal('1234'))
    """
    found = _NUMBER.match(text.strip())
    if found is None:
        return None
    digits = re.sub(r"['’ \u00a0\u202f]", "", found.group()).rstrip(".,")
    mark = decimal if decimal in digits else ""
    if not decimal:
        mark = _mark(digits)
    other = {",": ".", ".": ",", "": ""}[decimal or mark]
    if other:
        digits = digits.replace(other, "")
    if mark:
        if digits.count(mark) > 1:
            return None
        digits = digits.replace(mark, ".")
    else:
        digits = re.sub(r"[.,]", "", digits)
    try:
        return Decimal(digits)
    except InvalidOperation:
        return None


def decimal_mark(texts: Iterable[str]) -> str:
    """Return the decimal mark that a column's texts show beyond doubt, "" if none does.

    >>> decimal_mark(["1.234", "12,5"]), decimal_mark(["1,234.50"]), decimal_mark(["1.234"])
    (',', '.', '')
    """
    votes = {",": 0, ".": 0}
    for text in texts:
        found = _NUMBER.match(text.strip())
        digits = found.group() if found else ""
        if _THREE.fullmatch(digits.strip()):
            continue
        mark = _mark(digits)
        if mark:
            votes[mark] += 1
    best = max(votes, key=lambda mark: votes[mark])
    return best if votes[best] else ""


def area_in(text: str) -> tuple[Decimal, str] | None:
    """Return the square metres that a text states with a unit, and the text without it.

    >>> area_in("Büro 23,45 m²"), area_in("250 SF"), area_in("B 2.04")
    ((Decimal('23.45'), 'Büro'), (Decimal('23.22576000'), ''), None)
    """
    found = _AREA.search(text)
    value = number_in(found.group(1)) if found else None
    if found is None or value is None or value <= 0:
        return None
    feet = re.search(r"f", found.group(2), re.IGNORECASE) is not None
    rest = (text[: found.start()] + " " + text[found.end() :]).strip(" :=-–,;\n")
    rest = _AREA_WORD.sub("", rest).strip()
    return (value * _SQUARE_FEET if feet else value), rest


def _mark(digits: str) -> str:
    """Return the decimal mark of one number by itself."""
    comma, point = digits.rfind(","), digits.rfind(".")
    if comma >= 0 and point >= 0:
        return "," if comma > point else "."
    mark = "," if comma >= 0 else "." if point >= 0 else ""
    if not mark or digits.count(mark) > 1:
        return ""
    if mark == "," and _THREE.fullmatch(digits):
        return ""
    return mark
