"""A file at first sight and, where it can be read, what it yields: one trip to a child process."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.errors import InvalidInput
from planner.importers.attendance.reader import Preview, preview_of, read_attendance

if TYPE_CHECKING:
    from pathlib import Path

    from planner.errors import Problem
    from planner.importers.attendance.options import Options
    from planner.importers.attendance.report import AttendanceReport


@dataclass(frozen=True, slots=True)
class Look:
    """What can be told of a file so far.

    Args:
        preview: its headings and first rows, None where it is no table at all.
        report: what it yields, None while something must be said first.
        problems: what must be said or mended.
    """

    preview: Preview | None
    report: AttendanceReport | None
    problems: tuple[Problem, ...] = ()


def look_at(path: Path, options: Options) -> Look:
    """Return a preview and a reading of a file; what stands in the way is told, not raised."""
    preview = None
    try:
        preview = preview_of(path, options)
        return Look(preview, read_attendance(path, options))
    except InvalidInput as refusal:
        return Look(preview, None, tuple(refusal.problems))
