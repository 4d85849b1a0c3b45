"""Rows pasted from a spreadsheet: a heading line, then cells parted by tabs."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

from planner.domain.fields import columns
from planner.errors import InvalidInput, Problem
from planner.services.reading import kind_of, record_from

if TYPE_CHECKING:
    from sqlmodel import SQLModel

MOST_ROWS: Final = 50_000
_MOST_TOLD: Final = 200


def pasted_records(sheet: str, text: str) -> list[SQLModel]:
    """Return the records of pasted rows; headings are column names or labels, en or id.

    Raises:
        InvalidInput: every error with its row, the heading being row 1, and its column.
    """
    try:
        rows = list(csv.reader(io.StringIO(text.strip("\r\n"), newline=""), delimiter="\t"))
    except csv.Error as refusal:
        raise InvalidInput(f"The pasted text cannot be read ({refusal}); paste it anew") from None
    if len(rows) < 2:  # noqa: PLR2004  a heading and a row
        raise InvalidInput("Paste a heading line and at least one row below it")
    if len(rows) > MOST_ROWS:
        raise InvalidInput(f"{len(rows)} rows are too many; paste at most {MOST_ROWS}")
    names = _names(sheet, rows[0])
    found, problems = [], []
    for number, row in enumerate(rows[1:], start=2):
        if not any(cell.strip() for cell in row):
            continue
        if len(row) > len(names):
            many = f"has {len(row)} cells under {len(names)} headings; remove the rest"
            problems.append(Problem(f"row {number}", many))
            continue
        try:
            found.append(record_from(sheet, dict(zip(names, row, strict=False))))
        except InvalidInput as refusal:
            problems += [
                Problem(f"row {number}, {one.where}", one.message) for one in refusal.problems
            ]
    if problems:
        raise InvalidInput(problems[:_MOST_TOLD])
    return found


def _names(sheet: str, headings: list[str]) -> list[str]:
    known = {}
    for column in columns(kind_of(sheet)):
        for word in (column.name, *column.about.label):
            known[word.casefold()] = column.name
    wrong = [one for one in headings if one.strip().casefold() not in known]
    names = [known.get(one.strip().casefold(), "") for one in headings]
    twice = sorted({name for name in names if name and names.count(name) > 1})
    problems = [
        Problem(
            "row 1",
            f"{one!r} is no column of sheet {sheet}; its columns are "
            f"{', '.join(column.name for column in columns(kind_of(sheet)))}",
        )
        for one in wrong
    ] + [Problem("row 1", f"column {name} is there twice; keep one") for name in twice]
    if problems:
        raise InvalidInput(problems)
    return names
