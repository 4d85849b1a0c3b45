"""Sensor and Wi-Fi counts by time slot: a floor's day is its busiest slot."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from decimal import ROUND_CEILING, Decimal
from typing import TYPE_CHECKING

import numpy as np

from planner.domain.attendance import attendance_from
from planner.errors import ImportRefused, sentence
from planner.importers.attendance.counts import is_gap, parse_count
from planner.importers.attendance.names import Names
from planner.importers.attendance.report import AttendanceReport, RefusedRow
from planner.importers.attendance.stamps import BAD, Stamps, date_of
from planner.importers.counting import Count

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.importers.attendance.options import Options
    from planner.importers.attendance.tables import Table

ALL = "all"
"""Stands for the floor where a file names neither floor nor space."""


def read_slots(table: Table, columns: Mapping[str, int], options: Options) -> AttendanceReport:
    """Return floor-days of counts by time slot.

    Spaces of one floor are added up within a slot, and the day's busiest slot counts.
    Slots nobody counted are gaps.

    Args:
        table: its rows.
        columns: of `time`, `count`, and `floor` or `space` where there are any.
        options: what the user says.

    Raises:
        ImportRefused: times without a zone.
    """
    body = table.body()
    texts = np.array([cells[columns["time"]].encode() for _, cells in body], np.bytes_)
    rows = np.array([row for row, _ in body], np.int64)
    minutes, wrong = Stamps(options, table.name).read(texts, rows)
    refused = [RefusedRow(int(rows[at]), reason) for at, reason in wrong]
    too_wide = table.too_wide()
    refused += [RefusedRow(row, reason) for row, reason in too_wide.items()]
    names = Names("floor")
    spots, told = _spots(body, columns, minutes.tolist(), too_wide, names)
    refused += told.refused
    slots: dict[tuple[str, int], int] = defaultdict(int)
    for (floor, minute, _), (count, _) in spots.items():
        slots[floor, minute] += count
    per = options.devices_per_person
    people = {key: _people(count, per) for key, count in slots.items()}
    warnings = names.warnings()
    if told.gaps:
        warnings.append(
            sentence("{gaps} slots without a count are gaps, not zeros.", gaps=told.gaps)
        )
    if told.repeats:
        warnings.append(
            sentence("{repeats} rows repeat another and were dropped.", repeats=told.repeats)
        )
    partial = _broken_off(people)
    if partial:
        floor, day = min(partial, key=lambda key: (key[1], key[0]))
        warnings.append(
            sentence(
                "{partial} floor-days have less than half of the slots that are usual there "
                "(first: {floor} on {date_of}); they are gaps, as the peak may be missing.",
                partial=len(partial),
                floor=floor,
                date_of=date_of(day),
            )
        )
    people = {
        key: count for key, count in people.items() if (key[0], key[1] // 1440) not in partial
    }
    peaks = _peaks(people)
    silent = sorted(key for key, peak in peaks.items() if not peak)
    if silent:
        warnings.append(
            sentence(
                "{silent} floor-days count 0 all day (first {floor} on {day}): an empty"
                " floor or a dead sensor; check before you rely on them.",
                silent=len(silent),
                floor=silent[0][1],
                day=silent[0][0],
            )
        )
    return AttendanceReport(
        kind="counts",
        sha256=table.sha256,
        mapping={field: table.headings[at] for field, at in columns.items()},
        rows_in=len(body),
        floors=attendance_from((date_of(day), floor, peak) for (floor, day), peak in peaks.items()),
        hours=_hours(people),
        refused=tuple(sorted(refused)),
        warnings=tuple(warnings),
    )


@dataclass(slots=True)
class _Told:
    """What was not read: refused rows, slots nobody counted, rows said twice."""

    refused: list[RefusedRow] = field(default_factory=list)
    gaps: int = 0
    repeats: int = 0


def _spots(
    body: list[tuple[int, tuple[str, ...]]],
    columns: Mapping[str, int],
    minutes: list[int],
    too_wide: Mapping[int, str],
    names: Names,
) -> tuple[dict[tuple[str, int, str], tuple[int, int]], _Told]:
    """Return count and row by floor, minute and space."""
    spots: dict[tuple[str, int, str], tuple[int, int]] = {}
    told = _Told()
    counted = Count(lambda: len(body)).over(body)
    for (row, cells), minute in zip(counted, minutes, strict=True):
        if minute == BAD or row in too_wide:
            continue
        text = cells[columns["count"]]
        if is_gap(text):
            told.gaps += 1
            continue
        try:
            count = parse_count(text, "count")
            floor, space = _place(cells, columns, names)
        except ImportRefused as refusal:
            told.refused.append(RefusedRow(row, refusal.lines[0]))
            continue
        before = spots.get((floor, minute, space))
        if before is not None and before[0] != count:
            reason = sentence(
                "counts {count} where row {earlier} counts {people}; keep the right one",
                count=count,
                earlier=before[1],
                people=before[0],
            )
            told.refused.append(RefusedRow(row, reason))
            continue
        told.repeats += before is not None
        spots[floor, minute, space] = (count, row)
    return spots, told


def _place(cells: tuple[str, ...], columns: Mapping[str, int], names: Names) -> tuple[str, str]:
    """Return floor and space of a row; a space without a floor stands for itself."""
    space = cells[columns["space"]] if "space" in columns else ""
    floor = cells[columns["floor"]] if "floor" in columns else space or ALL
    return names.parse(floor), space


def _people(count: int, per: Decimal) -> int:
    return int((count / per).to_integral_value(ROUND_CEILING))


def _peaks(people: Mapping[tuple[str, int], int]) -> dict[tuple[str, int], int]:
    peaks: dict[tuple[str, int], int] = {}
    for (floor, minute), count in people.items():
        day = minute // 1440
        peaks[floor, day] = max(count, peaks.get((floor, day), 0))
    return peaks


def _broken_off(people: Mapping[tuple[str, int], int]) -> frozenset[tuple[str, int]]:
    """Return floor and day where less than half of the usual number of slots was counted."""
    slots: Counter[tuple[str, int]] = Counter((floor, at // 1440) for floor, at in people)
    per_floor: dict[str, list[int]] = defaultdict(list)
    for (floor, _), count in slots.items():
        per_floor[floor].append(count)
    usual = {floor: sorted(counts)[len(counts) // 2] for floor, counts in per_floor.items()}
    return frozenset(key for key, count in slots.items() if 2 * count < usual[key[0]])


def _hours(people: Mapping[tuple[str, int], int]) -> dict[tuple[str, int, int], float]:
    """Return the mean over days of the busiest slot in each hour, by floor and weekday."""
    busiest: dict[tuple[str, int, int], int] = {}
    for (floor, minute), count in people.items():
        key = (floor, minute // 1440, minute % 1440 // 60)
        busiest[key] = max(count, busiest.get(key, 0))
    gathered: dict[tuple[str, int, int], list[int]] = defaultdict(list)
    for (floor, day, hour), count in busiest.items():
        gathered[floor, date_of(day).weekday(), hour].append(count)
    return {key: sum(counts) / len(counts) for key, counts in sorted(gathered.items())}
