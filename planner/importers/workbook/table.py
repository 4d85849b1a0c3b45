"""One sheet: find its headings, then turn rows into records and problems."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from pydantic import ValidationError

from planner.domain.records import SHEETS
from planner.errors import InvalidInput, Problem, sentence
from planner.importers.workbook.cells import value_of
from planner.importers.workbook.headings import columns_of, known_headings, normal
from planner.importers.workbook.sentences import explain, shown, wanted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sqlmodel import SQLModel

    from planner.domain.fields import Column
    from planner.importers.counting import Count
    from planner.importers.workbook.scan import Blemishes

_SEARCHED: Final = 12
"""Rows among which the headings are looked for; explanations may stand above them."""

Row = tuple[int, "Sequence[Any]"]


@dataclass(slots=True)
class Table:
    """What a sheet yielded.

    Args:
        name: of the sheet.
        records: valid records, or as much of an invalid one as could be read.
        rows: their row numbers.
        problems: everything that is wrong.
    """

    name: str
    records: list[SQLModel] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def refuse(self, message: str, row: int | None = None, column: str = "") -> None:
        """Note a problem of this sheet."""
        place = sentence("sheet {sheet}", sheet=self.name)
        if row is not None:
            place = sentence("{place}, row {row}", place=place, row=row)
        if column:
            place = sentence("{place}, column {column}", place=place, column=column)
        self.problems.append(Problem(place, message))


def find_headings(
    table: Table, rows: Sequence[Sequence[Any]]
) -> tuple[int, Mapping[int, Column]] | None:
    """Return the row number of the headings and the column each stands for.

    The row with the most known headings is taken. None, with problems noted, where a needed
    column is missing, one is there twice, or one is not known.
    """
    known = known_headings(table.name)
    counts = [
        len({known[text].name for text in _texts(row) if text in known}) for row in rows[:_SEARCHED]
    ]
    best = max(counts, default=0)
    if not best:
        names = ", ".join(column.about.label[0] for column in columns_of(table.name))
        table.refuse(sentence("no headings found; one row must hold them: {names}", names=names))
        return None
    at = counts.index(best)
    found: dict[int, Column] = {}
    for place, cell in enumerate(rows[at]):
        text = normal(cell) if isinstance(cell, str) else str(cell)
        if not text or text.startswith(" ") or str(cell).startswith("_"):
            continue
        if text not in known:
            names = ", ".join(column.about.label[0] for column in columns_of(table.name))
            table.refuse(
                sentence(
                    "the heading {shown} is not known; use one of {names}, or let it begin "
                    "with _ to keep a column of notes",
                    shown=shown(cell),
                    names=names,
                ),
                at + 1,
            )
        elif known[text] in found.values():
            table.refuse(
                sentence("the heading {shown} stands twice; remove one", shown=shown(cell)), at + 1
            )
        else:
            found[place] = known[text]
    for column in columns_of(table.name):
        if column.required and column not in found.values():
            table.refuse(
                sentence(
                    "the column {label} ({column}) is missing; add it",
                    label=column.about.label[0],
                    column=column.name,
                ),
                at + 1,
            )
    return None if table.problems else (at + 1, found)


def _texts(row: Sequence[Any]) -> Iterator[str]:
    return (normal(cell) for cell in row if isinstance(cell, str))


def read_records(
    table: Table, rows: Sequence[Sequence[Any]], blemishes: Blemishes, count: Count
) -> None:
    """Read every filled row below the headings into records or problems."""
    headings = find_headings(table, rows)
    if headings is None:
        return
    at, columns = headings
    _refuse_strays(table, rows, at)
    for number, cells in enumerate(count.over(rows[at:]), at + 1):
        spoiled = any((number, place) in blemishes for place in columns) if blemishes else False
        if not spoiled and all(
            _blank(cell) for place, cell in enumerate(cells) if place in columns
        ):
            continue
        record = _record(table, number, _values(table, number, cells, columns, blemishes))
        if record is not None:
            table.records.append(record)
            table.rows.append(number)


def _blank(cell: Any) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _refuse_strays(table: Table, rows: Sequence[Sequence[Any]], at: int) -> None:
    """Refuse cells that stand under no heading: what is not read is said."""
    headless = {place for place, cell in enumerate(rows[at - 1]) if _blank(cell)}
    for number, cells in enumerate(rows[at:], at + 1):
        for place in headless:
            if place < len(cells) and not _blank(cells[place]):
                table.refuse(
                    sentence(
                        "{shown} stands under no heading; add a heading or clear it",
                        shown=shown(cells[place]),
                    ),
                    number,
                )
                return


def _values(
    table: Table,
    number: int,
    cells: Sequence[Any],
    columns: Mapping[int, Column],
    blemishes: Blemishes,
) -> dict[str, Any]:
    """Return what a row says, by field; unusable cells are refused and left out."""
    found = {}
    for place, column in columns.items():
        if (number, place) in blemishes:
            table.refuse(blemishes[number, place], number, column.name)
            continue
        try:
            value = value_of(table.name, column, cells[place] if place < len(cells) else None)
        except InvalidInput as refusal:
            table.refuse(refusal.lines[0], number, column.name)
            continue
        if value is not None:
            found[column.name] = value
        elif column.required:
            table.refuse(
                sentence("nothing is entered; enter {wanted}", wanted=wanted(column)),
                number,
                column.name,
            )
    return found


def _record(table: Table, number: int, values: dict[str, Any]) -> SQLModel | None:
    """Return a valid record, or what is sound of an invalid one, whose problems are noted."""
    model = SHEETS[table.name]
    by_name = {column.name: column for column in columns_of(table.name)}
    refused = {name for name, column in by_name.items() if column.required and name not in values}
    try:
        if not refused:
            return model(**values)
        model.model_validate({**values})
    except ValidationError as refusal:
        for error in refusal.errors():
            name = str(error["loc"][0])
            if name in values:
                table.refuse(explain(error, by_name[name]), number, name)
                refused.add(name)
    sound = {name: value for name, value in values.items() if name not in refused}
    defaults = dict.fromkeys(refused)
    return model.model_construct(**{**defaults, **sound}) if sound else None
