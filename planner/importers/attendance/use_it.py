"""The layout of the US USE IT Act: daily occupancy and usable area of each space."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final

from planner.errors import sentence
from planner.importers.attendance.keyed_days import read_keyed_days
from planner.importers.attendance.names import Names
from planner.importers.attendance.report import AttendanceReport, RefusedRow
from planner.importers.counting import Count

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.domain.attendance import Attendance
    from planner.importers.attendance.options import Options
    from planner.importers.attendance.tables import Table

M2_PER_SQFT: Final = Decimal("0.09290304")
"""Exact, by the international foot of 1959."""
HEADINGS: Final = ("space_id", "date", "occupancy", "usable_area_sqft")


def read_use_it(table: Table, columns: Mapping[str, int], options: Options) -> AttendanceReport:
    """Return floor-days and usable areas of a USE IT table.

    Areas are square feet unless the heading says m2.

    Args:
        table: its rows.
        columns: of `space`, `date`, `count` and `usable_area`.
        options: what the user says.

    Raises:
        ImportRefused: the dates can be read two ways.
    """
    found = read_keyed_days(table, columns, options, key="space", count="count")
    metric = "m2" in table.headings[columns["usable_area"]].lower()
    areas: dict[str, Decimal] = {}
    refused = []
    names = Names("space")
    body = table.body()
    for row, cells in Count(lambda: len(body)).over(body):
        text, space = cells[columns["usable_area"]], cells[columns["space"]]
        if not text or not space:
            continue
        try:
            area = Decimal(text.replace(",", ""))
        except InvalidOperation:
            area = Decimal(-1)
        if not area.is_finite() or area < 0:
            refused.append(
                RefusedRow(
                    row,
                    sentence("usable area {text} is no area; enter it like 12500", text=repr(text)),
                )
            )
            continue
        code, area = names.parse(space), area if metric else area * M2_PER_SQFT
        if areas.setdefault(code, area) != area:
            reason = sentence(
                "usable area {text} of {code}, which has another one above; keep the right one",
                text=text,
                code=code,
            )
            refused.append(RefusedRow(row, reason))
    report = AttendanceReport(
        kind="use_it",
        sha256=table.sha256,
        mapping={field: table.headings[at] for field, at in columns.items()},
        rows_in=len(table.body()),
        floors=found.attendance,
        usable_m2={space: f"{area.quantize(Decimal('0.001'))}" for space, area in areas.items()},
        refused=tuple(sorted((*found.refused, *refused))),
        warnings=found.warnings,
    )
    if metric:
        return report
    note = sentence(
        "Usable areas are taken as square feet; name the heading usable_area_m2 if not."
    )
    return replace(report, warnings=(*report.warnings, note))


def write_use_it(floors: Attendance, usable_m2: Mapping[str, Decimal]) -> str:
    """Return a USE IT table as CSV: a row a space and day, areas in square feet.

    Days nobody counted have no row.

    Args:
        floors: people by day and floor or space.
        usable_m2: usable area of each; blank where it is missing.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADINGS)
    for record in floors.records():
        area = usable_m2.get(record.team)
        shown = "" if area is None else f"{(area / M2_PER_SQFT).quantize(Decimal('0.1'))}"
        writer.writerow((record.team, record.date.isoformat(), record.present, shown))
    return text.getvalue()
