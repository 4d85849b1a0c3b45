"""Figures and tables as localised text: what pages, PDFs and workbooks all print."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

Tone = Literal["", "tight", "bad", "good", "mute"]


@dataclass(frozen=True, slots=True)
class Fact:
    """One key figure with its trace.

    Args:
        id: `K1`, `K2`, ... as printed beside it.
        label: what it is.
        value: the number with its unit.
        note: its basis, or how sure it is.
        formula: how it follows from its inputs.
        inputs: ids of figures and places of data it is worked out from.
        page: id of the section that shows it.
    """

    id: str
    label: str
    value: str
    note: str = ""
    formula: str = ""
    inputs: tuple[str, ...] = ()
    page: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head, whether it holds numbers, and a width in per cent if it must."""

    head: str
    numeric: bool = False
    width: int | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that is more than its text; `page` is the id of a section whose page it names."""

    text: str
    tone: Tone = ""
    strong: bool = False
    page: str = ""


Row = tuple["str | Cell", ...]


@dataclass(frozen=True)
class Table:
    """A table whose title states its conclusion.

    Args:
        title: the conclusion.
        columns: left to right.
        rows: cells in the order of the columns.
        total: a last row under a rule, None for none.
        note: source, period, what was left out.
        left_out: rows not printed because there are too many; they stand in the workbook.
    """

    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    total: Row | None = None
    note: str = ""
    left_out: int = 0

    @cached_property
    def cells(self) -> tuple[tuple[Cell, ...], ...]:
        """Return every row as cells."""
        return tuple(tuple(map(as_cell, row)) for row in self.rows)

    @property
    def total_cells(self) -> tuple[Cell, ...]:
        """Return the total row as cells, empty where there is none."""
        return tuple(map(as_cell, self.total or ()))


@dataclass(frozen=True, slots=True)
class Section:
    """One section of a document: a finding, what it means, its figures and tables.

    Args:
        id: unique in the document; drawings and charts are looked up by it.
        running: the short name in the running head and the contents.
        title: the finding, a sentence.
        lede: one or two sentences on what it means.
        tables: in order.
        notes: further paragraphs.
    """

    id: str
    running: str
    title: str
    lede: str = ""
    tables: tuple[Table, ...] = ()
    notes: tuple[str, ...] = field(default=())


def as_cell(cell: str | Cell) -> Cell:
    """Return a cell, a bare text as a plain one."""
    return Cell(cell) if isinstance(cell, str) else cell
