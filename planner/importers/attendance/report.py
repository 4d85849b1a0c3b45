"""What reading an attendance file yields: what was kept, what was refused and why."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from planner.domain.attendance import NOBODY_COUNTED, Attendance

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

Kind = Literal[
    "team_days", "floor_days", "badges", "bookings", "counts", "wide", "locations", "use_it"
]
"""team_days: date, team, present; floor_days: date, floor, peak; badges: one row an event;
bookings: one row a reservation; counts: sensors and Wi-Fi; wide: a row a person, a column a
date; locations: person, time, latitude, longitude; use_it: occupancy and usable area a space."""


@dataclass(frozen=True, slots=True, order=True)
class RefusedRow:
    """A row that was not read.

    Args:
        row: its number in the file as a spreadsheet shows it, the heading counted.
        reason: a sentence with the value found and what to enter.
    """

    row: int
    reason: str


@dataclass(frozen=True, slots=True, eq=False)
class AttendanceReport:
    """One attendance file, read.

    Args:
        kind: layout that was found.
        sha256: of the file's bytes; the same file is never stored twice.
        mapping: field to heading, as it was used; save it with the source.
        rows_in: rows below the heading that held anything.
        attendance: people per day and team; empty for files that know no teams.
        headcounts: people on the books by team, the latest that the file states.
        floors: people per day and floor, the day's peak or different people; may be empty.
        usable_m2: usable area by floor or space, for the USE IT layout.
        hours: people per floor, weekday (0 is Monday) and hour, the mean, where known.
        refused: rows not read, by number.
        warnings: what a reader should look at.
    """

    kind: Kind
    sha256: str
    mapping: Mapping[str, str]
    rows_in: int
    attendance: Attendance = NOBODY_COUNTED
    headcounts: Mapping[str, int] = field(default_factory=dict)
    floors: Attendance = NOBODY_COUNTED
    usable_m2: Mapping[str, str] = field(default_factory=dict)
    hours: Mapping[tuple[str, int, int], float] = field(default_factory=dict)
    refused: tuple[RefusedRow, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def team_days(self) -> int:
        """Return how many team-days were kept."""
        return len(self.attendance)

    @property
    def days(self) -> tuple[dt.date, ...]:
        """Return the days with any record."""
        return tuple(sorted({*self.attendance.days, *self.floors.days}))
