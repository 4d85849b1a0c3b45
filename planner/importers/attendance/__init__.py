"""Attendance files of many makers, read into team-days and floor-days."""

from planner.importers.attendance.options import Options
from planner.importers.attendance.reader import read_attendance
from planner.importers.attendance.report import AttendanceReport, RefusedRow

__all__ = ["AttendanceReport", "Options", "RefusedRow", "read_attendance"]
