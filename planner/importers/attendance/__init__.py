"""Attendance files of many makers, read into team-days and floor-days."""

from planner.importers.attendance.options import Options, Person, Site
from planner.importers.attendance.reader import Preview, preview_of, read_attendance
from planner.importers.attendance.report import AttendanceReport, RefusedRow
from planner.importers.attendance.use_it import write_use_it

__all__ = [
    "AttendanceReport",
    "Options",
    "Person",
    "Preview",
    "RefusedRow",
    "Site",
    "preview_of",
    "read_attendance",
    "write_use_it",
]
