"""Small attendance files, and how they are read."""

import datetime as dt

from planner.importers.attendance import AttendanceReport, Options, read_attendance

TODAY = dt.date(2026, 6, 30)
MONDAY = dt.date(2026, 3, 2)


def read(folder, text: str | bytes, name: str = "days.csv", **options) -> AttendanceReport:
    """Return what a file with this content yields."""
    file = folder / name
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_attendance(file, Options(today=TODAY, key=b"k" * 32, **options))


def counts(report: AttendanceReport) -> dict[tuple[str, str], int]:
    """Return people by date and team."""
    return {(f"{one.date}", one.team): one.present for one in report.attendance.records()}


def on_floors(report: AttendanceReport) -> dict[tuple[str, str], int]:
    """Return people by date and floor."""
    return {(f"{one.date}", one.team): one.present for one in report.floors.records()}


def refused(report: AttendanceReport) -> list[int]:
    """Return the numbers of the refused rows."""
    return [one.row for one in report.refused]


def said(report: AttendanceReport, words: str) -> bool:
    """Say whether a warning holds these words."""
    return any(words in warning for warning in report.warnings)
