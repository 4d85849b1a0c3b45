"""How wide the columns of a printed table are, measured from its words.

Fixed widths make long tables quick to set and keep one long name from pushing a table off
the page; a word longer than its column is broken.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from planner.reports.drawings.measure import text_width

if TYPE_CHECKING:
    from planner.reports.facts.tables import Cell, Table

_SIZE: Final = 11.4  # pixels of the table's type, 8.5 pt
_DENSE: Final = 10.7  # 8 pt
_GAP: Final = 9.5
_AFTER_NUMBER: Final = 7.6  # text that follows a number stands 2 mm off
_NARROW: Final = 400.0  # a table in half the page has smaller gaps
_TWO_LINES: Final = 0.6  # of a head's width: it is broken once, rarely in the middle
_LEAST: Final = 18.0
_WORD: Final = 78.0  # words in a column of numbers


def widths(table: Table, width: float = 658.0, *, dense: bool = False) -> tuple[float, ...]:
    """Return the share of the table's width that each column gets, in per cent.

    Numbers and short words get what they need; long text shares what is left, in
    proportion to the square root of its length, so that it wraps evenly.

    Args:
        table: what is printed.
        width: of the table in pixels.
        dense: its type is smaller.
    """
    size = _DENSE if dense else _SIZE
    gap = _GAP if width > _NARROW else _GAP / 2
    natural = [_natural(table, at, size) + gap for at in range(len(table.columns))]
    for at, (before, column) in enumerate(pairwise(table.columns), start=1):
        natural[at] += _AFTER_NUMBER if before.numeric and not column.numeric else 0
    if _alike(table):
        first = min(max(natural[0], width * 0.24 if width > _NARROW else 0), width * 0.4)
        rest = (width - first) / (len(natural) - 1)
        return (100 * first / width, *(100 * rest / width,) * (len(natural) - 1))
    firm = [
        min(wide, width / 3) if column.numeric else min(wide, 84.0)
        for wide, column in zip(natural, table.columns, strict=True)
    ]
    spare = width - sum(firm)
    if spare < 0:
        return tuple(100 * wide / sum(firm) for wide in firm)
    firm = _shared(firm, natural, spare)
    rest = width - sum(firm)
    texts = [at for at, column in enumerate(table.columns) if not column.numeric]
    takers = texts or list(range(len(firm)))
    whole = sum(firm[at] for at in takers)
    for at in takers:
        firm[at] += rest * firm[at] / whole
    return tuple(100 * wide / width for wide in firm)


def _shared(firm: list[float], natural: list[float], spare: float) -> list[float]:
    """Return widths after columns that want more have shared the spare width."""
    shared = list(firm)
    for _ in range(6):
        wants = [max(0.0, wide - have) ** 0.7 for wide, have in zip(natural, shared, strict=True)]
        if spare < 1 or not sum(wants):
            break
        extra = [
            min(natural[at] - shared[at], spare * want / sum(wants)) if want else 0.0
            for at, want in enumerate(wants)
        ]
        shared = [have + more for have, more in zip(shared, extra, strict=True)]
        spare -= sum(extra)
    return shared


def _alike(table: Table) -> bool:
    """Say whether all columns but the first hold numbers, and so are drawn equally wide."""
    numeric = [column.numeric for column in table.columns[1:]]
    return len(numeric) > 1 and all(numeric)


def _natural(table: Table, at: int, size: float) -> float:
    """Return the width of a column's words, none wrapped; a head may wrap at blanks."""
    head = table.columns[at].head
    longest = max(text_width(word, size, "sans-bold") for word in head.split(" "))
    words = max(longest, text_width(head, size, "sans-bold") * _TWO_LINES)
    rows = [*table.cells, *([table.total_cells] if table.total else [])]
    cells = max(
        (_cell(row[at], size, numeric=table.columns[at].numeric) for row in rows if at < len(row)),
        default=0.0,
    )
    return max(words, cells, _LEAST)


def _cell(cell: Cell, size: float, *, numeric: bool) -> float:
    """Return the width of a cell; among numbers, words without a digit may wrap."""
    wide = text_width(cell.text, size, "sans-bold" if cell.strong else "sans")
    wraps = numeric and not any(letter.isdigit() for letter in cell.text)
    return min(wide, _WORD) if wraps else wide
