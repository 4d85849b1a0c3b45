"""The rows of a list of records, each cell as it is read and as it is changed in its place."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlmodel import SQLModel

    from planner.domain.fields import Column
    from planner.web.forms import RecordForm
    from planner.web.show.sheets import Sheet


@dataclass(frozen=True, slots=True)
class Head:
    """A column: its heading with the unit, its bare label, and whether it holds numbers."""

    name: str
    head: str
    label: str
    numeric: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """One value.

    Args:
        head: its column.
        text: as the list shows it.
        value: as it would be typed; None where it is not changed here.
        choices: pairs of value and words as JSON, "" where it is typed.
        act: what pressing it does, in words.
    """

    head: Head
    text: str
    value: str | None = None
    choices: str = ""
    act: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One record: what names it, and its cells; the first opens the record."""

    key: tuple[str, ...]
    cells: tuple[Cell, ...]


def heads_of(sheet: Sheet, fields: RecordForm) -> tuple[Head, ...]:
    """Return the columns that the list of a sheet shows."""
    words = fields.speech.words
    return tuple(
        Head(one.name, fields.head(one), words(one.about.label), fields.is_number(one))
        for one in _listed(sheet, fields)
    )


def rows_of(
    records: Iterable[SQLModel],
    sheet: Sheet,
    fields: RecordForm,
    closed: Iterable[str] | None,
) -> tuple[Row, ...]:
    """Return the rows of some records of a sheet.

    Args:
        records: of one page of the list.
        sheet: what they are.
        fields: of the sheet.
        closed: fields that are not changed in the list; None where nothing is.
    """
    columns, heads = _listed(sheet, fields), heads_of(sheet, fields)
    known = set() if closed is None else set(closed)
    open_ones = [
        closed is not None and at > 0 and one.name not in known and one.type is not bool
        for at, one in enumerate(columns)
    ]

    def cell(at: int, record: SQLModel, whose: str) -> Cell:
        column, head = columns[at], heads[at]
        stored = getattr(record, column.name)
        text = fields.cell(column, stored)
        if not open_ones[at]:
            return Cell(head, text)
        options = [(one.value, one.label) for one in fields.options(column, stored)]
        act = fields.speech._("Change %(what)s of %(whose)s", what=head.label, whose=whose)
        choices = json.dumps(options, ensure_ascii=False) if options else ""
        return Cell(head, text, fields.typed(column, stored), choices, act)

    def row(record: SQLModel) -> Row:
        key = sheet.key(record)
        whose = " ".join(filter(None, key))
        return Row(key, tuple(cell(at, record, whose) for at in range(len(columns))))

    return tuple(map(row, records))


def _listed(sheet: Sheet, fields: RecordForm) -> list[Column]:
    known = {column.name: column for column in fields.columns}
    return [known[name] for name in sheet.listed]
