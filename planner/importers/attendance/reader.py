"""One door for attendance files: tell the layout, read it, report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.errors import ImportRefused, Problem
from planner.importers.attendance.headings import (
    field_columns,
    heading_score,
    layout_named,
    layout_of,
)
from planner.importers.attendance.keyed_days import read_keyed_days
from planner.importers.attendance.options import Options
from planner.importers.attendance.report import AttendanceReport
from planner.importers.attendance.tables import read_table

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from planner.importers.attendance.tables import Table


def read_attendance(path: Path, options: Options | None = None) -> AttendanceReport:
    """Return what an attendance file yields; nothing is stored.

    Rows that cannot be read are refused one by one with their numbers; the rest is kept.

    Args:
        path: CSV or XLSX, plain or gzipped.
        options: what the user says about it.

    Raises:
        ImportRefused: no table, no heading that is known, or dates with two readings.
    """
    options = options or Options()
    table = read_table(path, heading_score(options.mapping, options.kind))
    columns = field_columns(table.headings, options.mapping)
    layout = layout_of(columns) if options.kind is None else None
    kind = layout.kind if layout else options.kind
    if kind is None:
        raise ImportRefused([Problem(table.name, "no layout is known with these headings")])
    layout = layout_named(kind, columns, table.name)
    used = {
        field: columns[field] for field in (*layout.required, *layout.optional) if field in columns
    }
    return _keyed(table, used, options)


def _keyed(table: Table, columns: Mapping[str, int], options: Options) -> AttendanceReport:
    by_floor = "floor" in columns
    key, count = ("floor", "peak") if by_floor else ("team", "present")
    found = read_keyed_days(table, columns, options, key=key, count=count)
    nothing = AttendanceReport("team_days", "", {}, 0).attendance
    return AttendanceReport(
        kind="floor_days" if by_floor else "team_days",
        sha256=table.sha256,
        mapping={field: table.headings[at] for field, at in columns.items()},
        rows_in=len(table.body()),
        attendance=nothing if by_floor else found.attendance,
        floors=found.attendance if by_floor else nothing,
        headcounts=found.headcounts,
        refused=found.refused,
        warnings=found.warnings,
    )
