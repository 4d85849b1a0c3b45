"""Counts of people as cells hold them: a number, a gap, or something to refuse."""

from __future__ import annotations

import re
from typing import Final

from planner.errors import ImportRefused

MOST_PEOPLE: Final = 100_000
_WHOLE: Final = re.compile(r"^\d{1,9}(?:[.,]0+)?$")
_NUMBER: Final = re.compile(r"^[-+−]?\d+(?:[.,]\d+)?$")
_GAPS: Final = frozenset(
    {"", "-", "–", "—", ".", "n/a", "na", "nan", "null", "none", "#n/a", "kosong", "?", "x"}
)


def is_gap(text: str) -> bool:
    """Say whether a cell means that nobody counted."""
    return text.lower() in _GAPS


def parse_count(text: str, what: str) -> int:
    """Return a whole number of people.

    Args:
        text: the cell, not a gap.
        what: the field, for the refusal.

    Raises:
        ImportRefused: negative, broken, too many, or no number.
    """
    if _WHOLE.match(text):
        count = int(re.split("[.,]", text)[0])
        if count > MOST_PEOPLE:
            raise ImportRefused(f"{what} {text} is beyond {MOST_PEOPLE}; check the figure")
        return count
    if text.endswith("%"):
        raise ImportRefused(f"{what} {text} is a share; enter how many people came")
    if not _NUMBER.match(text):
        raise ImportRefused(f"{what} {text!r} is not a number; enter a count like 17, or nothing")
    if text.startswith(("-", "−")):
        raise ImportRefused(f"{what} {text} is below 0; enter a count, or nothing if unknown")
    raise ImportRefused(
        f"{what} {text} is not a whole number of people; write thousands without a separator"
    )
