"""The days of an attendance file under the estate's own codes, and how they are stored."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from planner.db.floor_days import add_floor_days, put_floor_hours
from planner.domain.attendance import attendance_from
from planner.errors import InvalidInput, Problem, sentence
from planner.services.presence_names import renamed

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from planner.db.store import Scope
    from planner.domain.attendance import Attendance
    from planner.domain.estate import Estate
    from planner.importers.attendance import AttendanceReport
    from planner.importers.attendance.look import Look
    from planner.services.presence_names import Names


@dataclass(frozen=True, slots=True)
class Days:
    """What a file adds to an estate.

    Args:
        kind: its layout.
        rows_in: rows that it holds.
        first, last: its first and last day, None where it has none.
        teams, floors: people by day and team, by day and floor.
        areas: usable areas that it states, m², by floor.
        hours: people by floor, weekday and hour.
    """

    kind: str
    rows_in: int
    first: dt.date | None
    last: dt.date | None
    teams: Attendance
    floors: Attendance
    areas: Mapping[str, Decimal]
    hours: Mapping[tuple[str, int, int], float]

    def __len__(self) -> int:
        """Return how many days of teams and floors there are."""
        return len(self.teams) + len(self.floors)

    def onto(self, estate: Estate) -> Estate:
        """Return an estate with team-days and usable areas added; the file's win."""
        if self.areas:
            floors = tuple(
                floor.model_copy(update={"usable_area_m2": self.areas[floor.code]})
                if floor.code in self.areas
                else floor
                for floor in estate.floors
            )
            estate = replace(estate, floors=floors)
        if not len(self.teams):
            return estate
        days = {
            (one.date, one.team): one.present
            for table in (estate.attendance, self.teams)
            for one in table.records()
        }
        joint = attendance_from((day, team, present) for (day, team), present in days.items())
        return replace(estate, attendance=joint)

    def put_floors(self, scope: Scope, estate_id: str) -> None:
        """Store what is known of floors, beside the estate."""
        add_floor_days(scope, estate_id, self.floors)
        put_floor_hours(scope, estate_id, self.hours)


def days_of(look: Look, names: Names) -> Days:
    """Return what a file adds to the estate, each name as it is matched.

    Raises:
        InvalidInput: it cannot be read, rows are refused, or nothing of it is the estate's.
    """
    report = look.report
    if report is None:
        raise InvalidInput(look.problems)
    if report.refused:
        first = report.refused[0]
        raise InvalidInput(
            sentence(
                "{count} rows are refused, the first is row {row}: {reason}. Mend them or take "
                "them out, and upload the file again.",
                count=len(report.refused),
                row=first.row,
                reason=first.reason,
            )
        )
    days = report.days
    found = Days(
        kind=report.kind,
        rows_in=report.rows_in,
        first=days[0] if days else None,
        last=days[-1] if days else None,
        teams=renamed(report.attendance, names.teams),
        floors=renamed(report.floors, names.floors),
        areas=_areas(report, names.floors),
        hours=_hours(report, names.floors),
    )
    if not len(found):
        raise InvalidInput(
            sentence("No team or floor of the file is one of the estate; say which is which.")
        )
    return found


def _areas(report: AttendanceReport, names: Mapping[str, str | None]) -> Mapping[str, Decimal]:
    """Return the usable areas that a file states, by floor of the estate."""
    found: dict[str, Decimal] = {}
    for name, area in report.usable_m2.items():
        code = names.get(name)
        if code is not None:
            found[code] = found.get(code, Decimal(0)) + Decimal(area)
    return found


def _hours(
    report: AttendanceReport, names: Mapping[str, str | None]
) -> Mapping[tuple[str, int, int], float]:
    """Return people by floor of the estate, weekday and hour; names of one floor are added up."""
    found: dict[tuple[str, int, int], float] = {}
    for (name, weekday, hour), people in report.hours.items():
        code = names.get(name)
        if code is not None:
            key = (code, weekday, hour)
            found[key] = found.get(key, 0.0) + people
    return found


def refuse_rows(report: AttendanceReport, filename: str) -> None:
    """Let only a file pass of which every row can be stored.

    Raises:
        InvalidInput: with every row that cannot, and why.
    """
    if report.refused:
        raise InvalidInput(
            Problem(sentence("{filename}, row {row}", filename=filename, row=one.row), one.reason)
            for one in report.refused
        )
