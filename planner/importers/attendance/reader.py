"""One door for attendance files: tell the layout, read it, report."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from planner.domain.attendance import NOBODY_COUNTED
from planner.errors import ImportRefused, Problem, sentence
from planner.importers.attendance.badges import read_badges
from planner.importers.attendance.bookings import read_bookings
from planner.importers.attendance.chunks import Source, source_of_csv, source_of_table
from planner.importers.attendance.dated_columns import (
    FEWEST_DATES,
    date_columns,
    day_numbers,
    joined,
)
from planner.importers.attendance.days import is_dated
from planner.importers.attendance.headings import (
    LAYOUTS,
    Layout,
    check_named_once,
    field_columns,
    layout_named,
    layout_of,
)
from planner.importers.attendance.keyed_days import read_keyed_days
from planner.importers.attendance.locations import read_locations
from planner.importers.attendance.options import Options
from planner.importers.attendance.report import AttendanceReport
from planner.importers.attendance.slots import read_slots
from planner.importers.attendance.tables import Table, read_table
from planner.importers.attendance.use_it import read_use_it
from planner.importers.attendance.wide import read_wide
from planner.importers.attendance.wide_counts import holds_counts, read_wide_counts

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from planner.importers.attendance.report import Kind

_EVENTS: Final = {"badges": read_badges, "bookings": read_bookings, "locations": read_locations}
_SHOWN_ROWS: Final = 8


@dataclass(frozen=True, slots=True)
class Preview:
    """A file at first sight, to confirm or correct before it is read.

    Args:
        kind: layout that fits, None if none does.
        headings: its heading cells.
        mapping: field to heading as guessed; what is missing stays to be said.
        missing: fields that the layout still needs.
        rows: the first rows, numbered.
    """

    kind: Kind | None
    headings: tuple[str, ...]
    mapping: Mapping[str, str]
    missing: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def read_attendance(path: Path, options: Options | None = None) -> AttendanceReport:
    """Return what an attendance file yields; nothing is stored.

    Rows that cannot be read are refused one by one with their numbers; the rest is kept.

    Args:
        path: CSV or XLSX, plain or gzipped.
        options: what the user says about it.

    Raises:
        ImportRefused: no table, no heading that is known, dates with two readings, times
            without a zone, or nothing that names teams.
    """
    options = options or Options()
    stream = source_of_csv(path)
    if stream is not None:
        columns = field_columns(stream.headings, _applicable(options.mapping, stream.headings))
        layout = layout_of(columns) if options.kind is None else None
        kind = layout.kind if layout else options.kind
        if kind in _EVENTS and len(columns) > 1:
            return _events(stream, columns, options, kind)
    table = joined(read_table(path, _Scorer(options)))
    return _told_of_sheets(_read_table(table, options), table)


def _read_table(table: Table, options: Options) -> AttendanceReport:
    dates = date_columns(table, options)
    if dates and options.kind in {None, "wide"}:
        if holds_counts(table, dates):
            return read_wide_counts(table, dates, options)
        return read_wide(table, dates, options)
    columns = field_columns(table.headings, options.mapping)
    layout = layout_of(columns) if options.kind is None else None
    kind = layout.kind if layout else options.kind
    if kind is None or kind == "wide":
        raise ImportRefused(
            [Problem(table.name, sentence("no layout is known with these headings"))]
        )
    if kind in _EVENTS:
        return _events(source_of_table(table), columns, options, kind)
    return _table(table, columns, options, kind)


def _told_of_sheets(report: AttendanceReport, table: Table) -> AttendanceReport:
    """Return a report that names the sheets which were not read."""
    if not table.others:
        return report
    warning = sentence(
        "Only one sheet was read ({name}); {listed} look like tables too: upload each as a "
        "file of its own.",
        name=table.name,
        listed=", ".join(map(repr, table.others)),
    )
    return replace(report, warnings=(*report.warnings, warning))


def preview_of(path: Path, options: Options | None = None, rows: int = _SHOWN_ROWS) -> Preview:
    """Return a file at first sight: its headings, what they are taken for, its first rows.

    Args:
        path: as for `read_attendance`.
        options: what the user has said so far.
        rows: how many rows to show.

    Raises:
        ImportRefused: no table at all.
    """
    options = options or Options()
    table = joined(read_table(path, lambda row: _Scorer(options)(row) or int(any(row))))
    dates = _dates(table, options)
    columns = field_columns(table.headings, options.mapping)
    layout = layout_of(columns)
    kind: Kind | None = options.kind or ("wide" if dates else layout.kind if layout else None)
    named = next((one for one in LAYOUTS if one.kind == kind), None)
    fields = (*named.required, *named.optional) if named else tuple(columns)
    return Preview(
        kind=kind,
        headings=table.headings,
        mapping={name: table.headings[columns[name]] for name in fields if name in columns},
        missing=tuple(name for name in named.required if name not in columns) if named else (),
        rows=tuple(table.body()[:rows]),
    )


def _dates(table: Table, options: Options) -> Mapping[int, object]:
    """Return the columns headed by dates, also where something is still to be said of them."""
    try:
        return date_columns(table, options)
    except ImportRefused:
        return dict.fromkeys(range(FEWEST_DATES))


@dataclass(frozen=True, slots=True)
class _Scorer:
    """Tells how much a row looks like a heading."""

    options: Options

    def __call__(self, row: tuple[str, ...]) -> int:
        """Return the number of fields and dates named, 0 if the row cannot be a heading."""
        said = sum(cell in self.options.mapping.values() for cell in row)
        columns = field_columns(row)
        dated = sum(map(is_dated, row))
        dated = dated if dated >= FEWEST_DATES else len(day_numbers(row))
        fits = said or layout_of(columns) or self.options.kind or dated
        return said * 100 + len(columns) + dated if fits else 0


def _applicable(mapping: Mapping[str, str], headings: tuple[str, ...]) -> Mapping[str, str]:
    return {field: heading for field, heading in mapping.items() if heading in headings}


def _used(layout: Layout, columns: Mapping[str, int]) -> dict[str, int]:
    return {
        field: columns[field] for field in (*layout.required, *layout.optional) if field in columns
    }


def _events(
    source: Source, columns: Mapping[str, int], options: Options, kind: Kind
) -> AttendanceReport:
    used = _used(layout_named(kind, columns, source.name), columns)
    check_named_once(source.headings, used, source.name)
    return _EVENTS[kind](source, used, options)


def _table(
    table: Table, columns: Mapping[str, int], options: Options, kind: Kind
) -> AttendanceReport:
    used = _used(layout_named(kind, columns, table.name), columns)
    check_named_once(table.headings, used, table.name)
    if kind == "use_it":
        return read_use_it(table, used, options)
    if kind == "counts":
        return read_slots(table, used, options)
    by_floor = kind == "floor_days"
    key, count = ("floor", "peak") if by_floor else ("team", "present")
    found = read_keyed_days(table, used, options, key=key, count=count)
    return AttendanceReport(
        kind=kind,
        sha256=table.sha256,
        mapping={field: table.headings[at] for field, at in used.items()},
        rows_in=len(table.body()),
        attendance=NOBODY_COUNTED if by_floor else found.attendance,
        floors=found.attendance if by_floor else NOBODY_COUNTED,
        headcounts=found.headcounts,
        refused=found.refused,
        warnings=found.warnings,
    )
