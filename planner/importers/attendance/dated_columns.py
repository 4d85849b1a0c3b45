"""Columns headed by dates: written out, or as days 1 to 31 of a month that stands above."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from planner.errors import ImportRefused, Problem, sentence
from planner.importers.attendance.counts import is_gap
from planner.importers.attendance.days import MONTHS, format_of, is_dated
from planner.importers.attendance.headings import field_columns

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from planner.importers.attendance.options import Options
    from planner.importers.attendance.tables import Table

FEWEST_DATES: Final = 3
"""Date columns from which on a heading row is an HR sheet's."""
FEWEST_DAYS: Final = 10
"""Day numbers in a row, each the next, from which on they are a month's."""
_LAST_DAY: Final = 31
_WORDED_MONTH: Final = re.compile(r"\b([a-z]{3,9})[ .,/-]*((?:19|20)\d\d)\b")
_YEAR_FIRST: Final = re.compile(r"\b((?:19|20)\d\d)[-/. ](\d{1,2})\b(?![-/.]\d)")
_MONTH_FIRST: Final = re.compile(r"(?<![\d/.-])(\d{1,2})[-/. ]((?:19|20)\d\d)\b")


def day_numbers(row: Sequence[str]) -> dict[int, int]:
    """Return the columns that a row heads by days of a month, none if they are too few.

    >>> day_numbers(["NIP", *map(str, range(1, 11)), "Total"])[10]
    10
    """
    found: dict[int, int] = {}
    for at, cell in enumerate(row):
        if not cell.isdecimal() or not 0 < int(cell) <= _LAST_DAY or len(cell) > 2:  # noqa: PLR2004
            continue
        if found and int(cell) <= max(found.values()):
            break
        found[at] = int(cell)
    return found if len(found) >= FEWEST_DAYS else {}


def joined(table: Table) -> Table:
    """Return a table whose names stand one row above its dates with both in one heading."""
    at = table.heading
    dated = _dated(table.headings)
    if at == 0 or not dated or {"team", "person"} & field_columns(table.headings).keys():
        return table
    above = table.rows[at - 1]
    if not {"team", "person"} & field_columns(above).keys():
        return table
    width = max(len(above), len(table.headings))
    pairs = zip(_wide(above, width), _wide(table.headings, width), strict=True)
    heading = tuple(
        low if column in dated or not high else high for column, (high, low) in enumerate(pairs)
    )
    rows = (*table.rows[: at - 1], (), heading, *table.rows[at + 1 :])
    return replace(table, rows=rows)


def date_columns(table: Table, options: Options) -> dict[int, dt.date]:
    """Return the columns headed by dates; none if there are too few for an HR sheet.

    Raises:
        ImportRefused: the dates can be read two ways, one stands twice or cannot be, or the
            month of day numbers is not known.
    """
    headings = table.headings
    named = field_columns(headings, options.mapping)
    texts = [
        (at, text)
        for at, text in enumerate(headings)
        if at not in named.values() and is_dated(text)
    ]
    if len(texts) >= FEWEST_DATES:
        return _written_out(table, texts, options)
    numbers = day_numbers(headings)
    if numbers and {"team", "person"} & named.keys():
        return _of_month(table, numbers, options)
    return {}


def _written_out(
    table: Table, texts: list[tuple[int, str]], options: Options
) -> dict[int, dt.date]:
    how = format_of(
        texts,
        order=options.date_order,
        first_day=options.first_day,
        today=None,
        where=f"{table.name}, heading",
    )
    found: dict[int, dt.date] = {}
    problems = []
    for at, text in texts:
        try:
            day = how.parse(text)
        except ImportRefused as refusal:
            problems.append(Problem(_place(table, at), refusal.lines[0]))
            continue
        twin = next((other for other, known in found.items() if known == day), None)
        if twin is not None:
            message = sentence(
                "{text} stands above column {twin} too; a day is one column",
                text=repr(text),
                twin=twin + 1,
            )
            problems.append(Problem(_place(table, at), message))
        found[at] = day
    if problems:
        raise ImportRefused(problems)
    return found


def _of_month(table: Table, numbers: Mapping[int, int], options: Options) -> dict[int, dt.date]:
    year, month = options.month or _month_above(table)
    found, problems = {}, []
    for at, number in numbers.items():
        try:
            found[at] = dt.date(year, month, number)
        except ValueError:
            filled = [
                row for row, cells in table.body() if at < len(cells) and not is_gap(cells[at])
            ]
            if filled:
                message = sentence(
                    "there is no day {number} in {year}-{month}, and {rows} rows have "
                    "something there, first row {filled}; correct the month or the column",
                    number=number,
                    year=year,
                    month=f"{month:02}",
                    filled=filled[0],
                    rows=len(filled),
                )
                problems.append(Problem(_place(table, at), message))
    if problems:
        raise ImportRefused(problems)
    return found


def _month_above(table: Table) -> tuple[int, int]:
    """Return the month that the rows above the heading, or the names of sheet and file, tell.

    Raises:
        ImportRefused: none does, or they tell two.
    """
    above = [cell for row in table.rows[: table.heading] for cell in row]
    found = _months(above) or _months([table.name])
    if len(found) == 1:
        return found.pop()
    told = " and ".join(f"{year}-{month:02}" for year, month in sorted(found)) or sentence(
        "no month"
    )
    message = sentence(
        "the columns are headed by days of a month, and {told} stands above them; say which "
        "month it is, as 2026-03",
        told=told,
    )
    raise ImportRefused([Problem(table.name, message)])


def _months(texts: Iterable[str]) -> set[tuple[int, int]]:
    found = set()
    for text in texts:
        lower = text.lower().replace("_", " ")
        for word, year in _WORDED_MONTH.findall(lower):
            month = MONTHS.get(word[:3])
            if month:
                found.add((int(year), month))
        for year, number in _YEAR_FIRST.findall(lower):
            found.add((int(year), int(number)))
        for number, year in _MONTH_FIRST.findall(lower):
            found.add((int(year), int(number)))
    return {(year, month) for year, month in found if 1 <= month <= 12}  # noqa: PLR2004  of a year


def _dated(row: Sequence[str]) -> set[int]:
    dates = {at for at, cell in enumerate(row) if is_dated(cell)}
    return dates if len(dates) >= FEWEST_DATES else set(day_numbers(row))


def _wide(row: tuple[str, ...], width: int) -> tuple[str, ...]:
    return row + ("",) * (width - len(row))


def _place(table: Table, at: int) -> str:
    return f"{table.name}, row {table.heading + 1}, column {at + 1}"
