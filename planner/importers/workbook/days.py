"""The sheet of team-days, which may have half a million rows: read without a record each."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final

from pydantic import TypeAdapter, ValidationError

from planner.domain.fields import Code
from planner.errors import InvalidInput, sentence
from planner.importers.workbook.cells import value_of
from planner.importers.workbook.sentences import shown, wanted
from planner.importers.workbook.table import find_headings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from planner.domain.fields import Column
    from planner.importers.counting import Count
    from planner.importers.workbook.scan import Blemishes
    from planner.importers.workbook.table import Table

_CODE: Final[TypeAdapter[str]] = TypeAdapter(Code)
TeamDays = dict[tuple[dt.date, str], tuple[int, int]]
"""People present and the row they stand in, by day and team."""


def read_days(
    table: Table, rows: Sequence[Sequence[Any]], blemishes: Blemishes, count: Count
) -> TeamDays:
    """Return the team-days of the sheet; problems are noted in the table."""
    headings = find_headings(table, rows)
    found: TeamDays = {}
    if headings is None:
        return found
    at, columns = headings
    place = {column.name: where for where, column in columns.items()}
    day_at, team_at, present_at = place["date"], place["team"], place["present"]
    teams: set[str] = set()
    for number, cells in enumerate(count.over(rows[at:]), at + 1):
        day, team, present = cells[day_at], cells[team_at], cells[present_at]
        if (
            type(day) is dt.date
            and team in teams
            and type(present) is float
            and present.is_integer()
            and 0 <= present <= 100_000  # noqa: PLR2004  the fast lane; the slow one asks the field
        ):
            one: tuple[dt.date, str, int] | None = (day, team, int(present))
        else:
            one = _slow(table, number, cells, columns, blemishes)
            if one is not None:
                teams.add(one[1])
        if one is not None:
            first = found.setdefault((one[0], one[1]), (one[2], number))
            if first[1] != number:
                table.refuse(
                    sentence(
                        "team {team} on {day} stands in row {first} already; remove one",
                        team=one[1],
                        day=one[0],
                        first=first[1],
                    ),
                    number,
                    "team",
                )
    return found


def _slow(
    table: Table,
    number: int,
    cells: Sequence[Any],
    columns: Mapping[int, Column],
    blemishes: Blemishes,
) -> tuple[dt.date, str, int] | None:
    """Return the team-day of an unusual row; None where it is blank or refused."""
    filled = any(cells[place] not in {None, ""} for place in columns)
    if not filled and not any((number, place) in blemishes for place in columns):
        return None
    values: dict[str, Any] = {}
    for place, column in columns.items():
        try:
            if (number, place) in blemishes:
                raise InvalidInput(blemishes[number, place])  # noqa: TRY301  one way out
            values[column.name] = _checked(column, value_of(table.name, column, cells[place]))
        except InvalidInput as refusal:
            table.refuse(refusal.lines[0], number, column.name)
    if len(values) < len(columns):
        return None
    return values["date"], values["team"], values["present"]


def _checked(column: Column, value: Any) -> Any:
    """Return the value if the field takes it.

    Raises:
        InvalidInput: blank, out of bounds, or no code.
    """
    if value is None:
        raise InvalidInput(sentence("nothing is entered; enter {wanted}", wanted=wanted(column)))
    if column.least is not None and value < column.least:
        raise InvalidInput(
            sentence(
                "{shown} is below {least}; enter {wanted}",
                shown=shown(value),
                least=column.least,
                wanted=wanted(column),
            )
        )
    if column.most is not None and value > column.most:
        raise InvalidInput(
            sentence(
                "{shown} is above {most}; enter {wanted}",
                shown=shown(value),
                most=column.most,
                wanted=wanted(column),
            )
        )
    if column.type is str:
        try:
            return _CODE.validate_python(value)
        except ValidationError:
            raise InvalidInput(
                sentence(
                    "{shown} is no code; enter {wanted}", shown=shown(value), wanted=wanted(column)
                )
            ) from None
    return value
