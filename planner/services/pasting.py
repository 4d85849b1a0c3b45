"""Rows pasted from a spreadsheet: a heading line, then cells parted by tabs."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

from planner.domain.fields import columns
from planner.errors import InvalidInput, Problem, sentence
from planner.services.reading import kind_of, record_from

if TYPE_CHECKING:
    from sqlmodel import SQLModel

MOST_ROWS: Final = 50_000
_MOST_TOLD: Final = 200
_MOST_HEADINGS: Final = 100
_SHOWN: Final = 60


def pasted_records(sheet: str, text: str) -> list[SQLModel]:
    """Return the records of pasted rows; headings are column names or labels, en or id.

    Raises:
        InvalidInput: every error with its row, the heading being row 1, and its column.
    """
    try:
        rows = list(csv.reader(io.StringIO(text.strip("\r\n"), newline=""), delimiter="\t"))
    except csv.Error as refusal:
        raise InvalidInput(
            sentence("The pasted text cannot be read ({refusal}); paste it anew", refusal=refusal)
        ) from None
    if len(rows) < 2:  # noqa: PLR2004  a heading and a row
        raise InvalidInput(sentence("Paste a heading line and at least one row below it"))
    if len(rows) > MOST_ROWS:
        raise InvalidInput(
            sentence(
                "{count} rows are too many; paste at most {most_rows}",
                count=len(rows),
                most_rows=MOST_ROWS,
            )
        )
    if len(rows[0]) > _MOST_HEADINGS:
        raise InvalidInput(
            sentence(
                "{count} headings are too many; paste at most {most} columns",
                count=len(rows[0]),
                most=_MOST_HEADINGS,
            )
        )
    names = _names(sheet, rows[0])
    found, problems = [], []
    for number, row in enumerate(rows[1:], start=2):
        if not any(cell.strip() for cell in row):
            continue
        if len(row) > len(names):
            many = f"has {len(row)} cells under {len(names)} headings; remove the rest"
            problems.append(Problem(sentence("row {number}", number=number), many))
            continue
        try:
            found.append(record_from(sheet, dict(zip(names, row, strict=False))))
        except InvalidInput as refusal:
            problems += [
                Problem(
                    sentence("row {number}, {where}", number=number, where=one.where), one.message
                )
                for one in refusal.problems
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
            sentence("row 1"),
            sentence(
                "{one!r} is no column of sheet {sheet}; its columns are {column}",
                one=one[:_SHOWN],
                sheet=sheet,
                column=", ".join(column.name for column in columns(kind_of(sheet))),
            ),
        )
        for one in wrong
    ] + [
        Problem(sentence("row 1"), sentence("column {name} is there twice; keep one", name=name))
        for name in twice
    ]
    if problems:
        raise InvalidInput(problems)
    return names
