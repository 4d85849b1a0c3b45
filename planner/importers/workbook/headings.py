"""What may stand above a column: the label in either language, or the field's own name."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from planner.domain.fields import columns
from planner.domain.records import SHEETS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.domain.fields import Column

REQUIRED_SHEETS: Final = ("estate", "buildings", "floors", "teams")
"""Sheets without which there is nothing to plan; the others may be missing or empty."""

GUIDES: Final = ("guide", "panduan")
"""The explaining sheet, by language; it is never read."""

YES_NO: Final = (("yes", "ya"), ("no", "tidak"))


def normal(text: str) -> str:
    """Return a heading or a choice as it is compared: case, underscores, stars do not count.

    >>> normal(" Lettable_Area (m²) * ")
    'lettable area'
    """
    bare = re.sub(r"\([^)]{0,400}\)[\s*]*$", "", text)
    return " ".join(bare.replace("_", " ").replace("*", " ").casefold().split())


@cache
def columns_of(sheet: str) -> tuple[Column, ...]:
    """Return the declared columns of a sheet."""
    return columns(SHEETS[sheet])


@cache
def known_headings(sheet: str) -> Mapping[str, Column]:
    """Return the column that each accepted heading of a sheet stands for."""
    return {
        normal(heading): column
        for column in reversed(columns_of(sheet))
        for heading in (*column.about.label, column.name)
    }


@cache
def known_choices(sheet: str, name: str) -> Mapping[str, str]:
    """Return the value that each accepted word of a closed set stands for."""
    column = next(column for column in columns_of(sheet) if column.name == name)
    return {
        normal(word): value
        for value, words in column.about.choices.items()
        for word in (*words, value)
    }
