"""What was read of an attendance file, as bytes for a row: JSON, and the counts behind it."""

from __future__ import annotations

import datetime as dt
import json
import zlib
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from planner.domain.attendance import NOBODY_COUNTED, Attendance
from planner.errors import PlannerError, Problem, sentence
from planner.importers.attendance.look import Look
from planner.importers.attendance.reader import Preview
from planner.importers.attendance.report import AttendanceReport, RefusedRow
from planner.sentences import packed, unpacked

if TYPE_CHECKING:
    from collections.abc import Mapping

_PLAIN = ("kind", "sha256", "mapping", "rows_in", "headcounts", "usable_m2")


def pack_look(look: Look) -> bytes:
    """Return what was read of a file as bytes."""
    report, tables = look.report, (NOBODY_COUNTED, NOBODY_COUNTED)
    if report is not None:
        tables = (report.attendance, report.floors)
    head = {
        "preview": None if look.preview is None else asdict(look.preview),
        "problems": [[packed(one.where), packed(one.message)] for one in look.problems],
        "report": None if report is None else _plain(report),
        "tables": [[[day.isoformat() for day in one.days], one.teams] for one in tables],
    }
    counts = (np.where(one.known, one.present, -1).astype("<i4").tobytes() for one in tables)
    return zlib.compress(b"\n".join((json.dumps(head).encode(), b"".join(counts))), 1)


def unpack_look(stored: bytes) -> Look:
    """Return what bytes hold.

    Raises:
        PlannerError: not such bytes; the file has to be read again.
    """
    try:
        text, _, counts = zlib.decompress(stored).partition(b"\n")
        head: dict[str, Any] = json.loads(text)
        (team_days, teams), (floor_days, floors) = head["tables"]
        by_team, rest = _table(team_days, teams, counts)
        by_floor, _ = _table(floor_days, floors, rest)
        report = None if head["report"] is None else _report(head["report"])
        preview = None if head["preview"] is None else _preview(head["preview"])
        problems = tuple(Problem(*map(unpacked, one)) for one in head["problems"])
    except (zlib.error, ValueError, KeyError, TypeError) as failure:
        raise PlannerError(
            sentence(
                "What was read of an attendance file cannot be used; say something of it again."
            )
        ) from failure
    if report is not None:
        report = replace(report, attendance=by_team, floors=by_floor)
    return Look(preview, report, problems)


def _plain(report: AttendanceReport) -> dict[str, Any]:
    return {
        **{name: getattr(report, name) for name in _PLAIN},
        "mapping": dict(report.mapping),
        "headcounts": dict(report.headcounts),
        "usable_m2": dict(report.usable_m2),
        "hours": [[*place, people] for place, people in report.hours.items()],
        "refused": [[one.row, packed(one.reason)] for one in report.refused],
        "warnings": [packed(one) for one in report.warnings],
    }


def _report(values: Mapping[str, Any]) -> AttendanceReport:
    return AttendanceReport(
        **{name: values[name] for name in _PLAIN},
        hours={(floor, day, hour): people for floor, day, hour, people in values["hours"]},
        refused=tuple(RefusedRow(row, unpacked(reason)) for row, reason in values["refused"]),
        warnings=tuple(map(unpacked, values["warnings"])),
    )


def _preview(values: Mapping[str, Any]) -> Preview:
    return Preview(
        kind=values["kind"],
        headings=tuple(values["headings"]),
        mapping=values["mapping"],
        missing=tuple(values["missing"]),
        rows=tuple((number, tuple(cells)) for number, cells in values["rows"]),
    )


def _table(days: list[str], names: list[str], counts: bytes) -> tuple[Attendance, bytes]:
    """Return the first table of the counts, and what comes behind it."""
    size = 4 * len(days) * len(names)
    if not size:
        return NOBODY_COUNTED, counts
    table = np.frombuffer(counts[:size], "<i4").reshape(len(days), len(names))
    dates = tuple(map(dt.date.fromisoformat, days))
    present = np.maximum(table, 0).astype(np.int32)
    return Attendance(dates, tuple(names), present, table >= 0), counts[size:]
