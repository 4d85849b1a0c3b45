"""The pivot table: a row a team, a column a date, people in each cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planner.errors import ImportRefused, sentence
from planner.importers.attendance.counts import is_gap, parse_count
from planner.importers.attendance.headings import field_columns
from planner.importers.attendance.keyed_days import Cell, Sieve, check_share, sifted
from planner.importers.attendance.names import Names
from planner.importers.attendance.report import AttendanceReport
from planner.importers.counting import Count

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from planner.importers.attendance.options import Options
    from planner.importers.attendance.tables import Table

_FLAGS: Final = frozenset({"0", "1"})


def holds_counts(table: Table, dates: Mapping[int, dt.date]) -> bool:
    """Say whether the cells under dates are people, not codes: mostly numbers, some above 1."""
    cells = [cells[at] for _, cells in table.body() for at in dates if not is_gap(cells[at])]
    numbers = [cell for cell in cells if cell.isdecimal()]
    return 2 * len(numbers) > len(cells) and any(cell not in _FLAGS for cell in numbers)


def read_wide_counts(
    table: Table, dates: Mapping[int, dt.date], options: Options
) -> AttendanceReport:
    """Return team-days of a table with a row a team and a column a date.

    Args:
        table: its rows.
        dates: columns headed by dates.
        options: what the user says.

    Raises:
        ImportRefused: no column names the team.
    """
    columns = field_columns(table.headings, options.mapping)
    if "team" not in columns:
        raise ImportRefused(
            sentence("{name}: no heading names the team; say which one does", name=table.name)
        )
    sieve, names, gaps, body = Sieve(), Names("team"), 0, table.body()
    for row, cells in Count(lambda: len(body)).over(body):
        try:
            team = names.parse(cells[columns["team"]])
            headcount = _headcount(cells, columns)
        except ImportRefused as refusal:
            sieve.refuse([row], refusal.lines[0])
            continue
        for at, day in dates.items():
            if is_gap(cells[at]):
                gaps += 1
                continue
            try:
                people = parse_count(cells[at], f"{day}:")
                check_share(people, headcount)
            except ImportRefused as refusal:
                sieve.refuse([row], refusal.lines[0])
                continue
            if options.today is not None and day > options.today:
                sieve.refuse(
                    [row], sentence("{day} is after today, {today}", day=day, today=options.today)
                )
                continue
            sieve.cells.append(Cell(row, day, team, people, headcount))
    if gaps:
        sieve.warnings.append(
            sentence("{gaps} cells without a count are gaps, not zeros.", gaps=gaps)
        )
    sieve.warnings += names.warnings()
    found = sifted(sieve, "team", options)
    return AttendanceReport(
        kind="wide",
        sha256=table.sha256,
        mapping={name: table.headings[at] for name, at in columns.items()},
        rows_in=len(body),
        attendance=found.attendance,
        headcounts=found.headcounts,
        refused=found.refused,
        warnings=found.warnings,
    )


def _headcount(cells: tuple[str, ...], columns: Mapping[str, int]) -> int | None:
    at = columns.get("headcount")
    text = "" if at is None else cells[at]
    return None if is_gap(text) else parse_count(text, "headcount")
