"""Counts of people as cells hold them: a number, a gap, or something to refuse."""

from __future__ import annotations

import re
from typing import Final

from planner.errors import ImportRefused, sentence

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
            raise ImportRefused(
                sentence(
                    "{what} {text} is beyond {most_people}; check the figure",
                    what=what,
                    text=text,
                    most_people=MOST_PEOPLE,
                )
            )
        return count
    if text.endswith("%"):
        raise ImportRefused(
            sentence("{what} {text} is a share; enter how many people came", what=what, text=text)
        )
    if not _NUMBER.match(text):
        raise ImportRefused(
            sentence(
                "{what} {text} is not a number; enter a count like 17, or nothing",
                what=what,
                text=repr(text),
            )
        )
    if text.startswith(("-", "−")):
        raise ImportRefused(
            sentence(
                "{what} {text} is below 0; enter a count, or nothing if unknown",
                what=what,
                text=text,
            )
        )
    raise ImportRefused(
        sentence(
            "{what} {text} is not a whole number of people; write thousands without a separator",
            what=what,
            text=text,
        )
    )
