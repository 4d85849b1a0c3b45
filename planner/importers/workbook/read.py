"""Reading an estate workbook: whole and sound, or refused with everything that is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

import python_calamine

from planner.domain.attendance import attendance_from
from planner.domain.consistency import Numbering, broken_references, problems_of
from planner.domain.estate import Estate
from planner.domain.records import SHEETS, Header
from planner.errors import ImportRefused, InvalidInput, Problem, sentence
from planner.importers.counting import Count
from planner.importers.workbook.days import read_days
from planner.importers.workbook.headings import GUIDES, REQUIRED_SHEETS
from planner.importers.workbook.scan import WHAT, scan
from planner.importers.workbook.table import Table, read_records

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from planner.importers.workbook.days import TeamDays
    from planner.importers.workbook.scan import Blemishes

_MOST_NAMED: Final = 500
"""Problems listed before the rest is only counted."""
_NOBODY: Final = Header(name="?", owner="?", country="ID", currency="IDR")


def read_estate(path: Path, *, whole: bool = True) -> Estate:
    """Return the estate that a workbook describes.

    Args:
        path: an .xlsx file, as `write_template` and `write_estate` make it; headings may be
            in English or Indonesian, or be the names of the fields.
        whole: whether it must stand on its own; False lets floors, seating and attendance
            refer to what other files add, and leaves contradictions to the caller.

    Raises:
        ImportRefused: the file is no workbook that can be read.
        InvalidInput: its content cannot be used; carries every problem with its place.
    """
    blemishes = scan(path)
    needed = REQUIRED_SHEETS if whole else tuple(s for s in REQUIRED_SHEETS if s != "floors")
    tables, days = _tables(_sheets(path), blemishes, needed)
    estate = _estate(tables, days)
    numbering = Numbering(
        rows={name: table.rows for name, table in tables.items()},
        team_day=lambda day, team: days.get((day, team), (0, None))[1],
    )
    problems = [problem for table in tables.values() for problem in table.problems]
    if whole:
        problems += (broken_references if problems else problems_of)(estate, numbering)
    if problems:
        raise InvalidInput(_limited(problems))
    return estate


def _limited(problems: list[Problem]) -> list[Problem]:
    more = len(problems) - _MOST_NAMED
    if more <= 0:
        return problems
    return [*problems[:_MOST_NAMED], Problem("", sentence("and {more} problems more", more=more))]


def _sheets(path: Path) -> Mapping[str, list[list[Any]]]:
    """Return the cells of each sheet that counts, by the sheet's name as written."""
    try:
        with python_calamine.CalamineWorkbook.from_path(path) as book:
            return {
                name: book.get_sheet_by_name(name).to_python(skip_empty_area=False)
                for name in book.sheet_names
                if not name.startswith("_") and name.strip().casefold() not in GUIDES
            }
    except (python_calamine.CalamineError, OSError, ValueError):
        raise ImportRefused(
            sentence(
                "The file {path} is damaged; save it again as {what}.", path=path.name, what=WHAT
            )
        ) from None


def _tables(
    sheets: Mapping[str, list[list[Any]]],
    blemishes: Mapping[str, Blemishes],
    needed: tuple[str, ...],
) -> tuple[dict[str, Table], TeamDays]:
    """Return every known sheet read; a missing or unknown sheet is a problem of its own."""
    written = {name.strip().casefold(): name for name in sheets}
    tables = {name: Table(name) for name in SHEETS}
    days: TeamDays = {}
    count = Count(lambda: sum(len(sheets[one]) for key, one in written.items() if key in SHEETS))
    for name, table in tables.items():
        if name not in written:
            if name in needed:
                table.refuse(
                    sentence("this sheet is missing; add it, `planner template` shows how")
                )
            continue
        rows, spoiled = sheets[written[name]], blemishes.get(written[name], {})
        if not rows and name not in needed:
            continue
        if name == "attendance":
            days = read_days(table, rows, spoiled, count)
        else:
            read_records(table, rows, spoiled, count)
        if name in needed and not table.rows and not table.problems:
            table.refuse(sentence("nothing is entered; fill at least one row"))
    for row in tables["estate"].rows[1:]:
        tables["estate"].refuse(sentence("a workbook holds one estate; remove this row"), row)
    unknown = [name for key, name in written.items() if key not in SHEETS]
    for name in unknown:
        tables["estate"].problems.append(
            Problem(
                sentence("sheet {name}", name=name),
                sentence(
                    "no such sheet is known; rename it to one of {sheets}, or let its name "
                    "begin with _ to keep notes",
                    sheets=", ".join(SHEETS),
                ),
            )
        )
    return tables, days


def _estate(tables: Mapping[str, Table], days: TeamDays) -> Estate:
    """Return all records as an estate, sound or not."""
    records: dict[str, Any] = {
        name: tuple(table.records)
        for name, table in tables.items()
        if name not in {"estate", "attendance"}
    }
    header = cast("Header", next(iter(tables["estate"].records), _NOBODY))
    attendance = attendance_from((day, team, one[0]) for (day, team), one in days.items())
    return Estate(header=header, attendance=attendance, **records)
