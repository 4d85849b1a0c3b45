"""The HR sheet: a row a person, a column a date, a code in each cell."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from planner.domain.attendance import attendance_from
from planner.errors import ImportRefused, Problem, sentence
from planner.importers.attendance.codes import WEEKDAY_NAMES, standing_of
from planner.importers.attendance.counts import is_gap
from planner.importers.attendance.headings import field_columns
from planner.importers.attendance.names import Names
from planner.importers.attendance.report import AttendanceReport, RefusedRow
from planner.importers.counting import Count

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from planner.importers.attendance.options import Options
    from planner.importers.attendance.tables import Table

_COMPLETE_PERCENT: Final = 80
_USUAL_SHARE: Final = 5


@dataclass(slots=True)
class _Tally:
    """Counts of one team: people, and by day who is present, away, unknown or off."""

    people: int = 0
    present: Counter[int] = field(default_factory=Counter)
    away: Counter[int] = field(default_factory=Counter)
    closed: Counter[int] = field(default_factory=Counter)


def read_wide(table: Table, dates: Mapping[int, dt.date], options: Options) -> AttendanceReport:
    """Return team-days of an HR sheet.

    Half a day in the office needs a desk too. A day of a team counts if codes of four in
    five of its people are known; a day with next to nobody, as an unfilled tail that holds
    absences only, is a gap.

    Args:
        table: its rows.
        dates: columns headed by dates.
        options: what the user says; `codes` adds codes of the house.

    Raises:
        ImportRefused: no column names the team.
    """
    columns = field_columns(table.headings, options.mapping)
    team_at = columns.get("team")
    if team_at is None and not options.roster:
        raise ImportRefused(
            [
                Problem(
                    table.name,
                    sentence("no heading names the team; say which one does, or give a roster"),
                )
            ]
        )
    tallies: dict[str, _Tally] = defaultdict(_Tally)
    names, unknown, refused = Names("team"), Counter[str](), []
    seen: dict[str, int] = {}
    body = table.body()
    for row, cells in Count(lambda: len(body)).over(body):
        codes = {at: cells[at] for at in dates if at < len(cells)}
        if _is_second_heading(codes):
            continue
        person = cells[columns["person"]] if "person" in columns else ""
        try:
            team = names.parse(_team_of(person, cells, team_at, options))
            _only_once(seen, person, row)
        except ImportRefused as refusal:
            refused.append(RefusedRow(row, refusal.lines[0]))
            continue
        _tally(tallies[team], codes, options, unknown)
    kept, warnings = _team_days(tallies, dates, options)
    if unknown:
        listed = ", ".join(f"{code!r} ({count})" for code, count in unknown.most_common(8))
        warnings.append(
            sentence(
                "Codes that are not known count as gaps: {listed}; say what they mean.",
                listed=listed,
            )
        )
    return AttendanceReport(
        kind="wide",
        sha256=table.sha256,
        mapping={name: table.headings[at] for name, at in columns.items()},
        rows_in=len(body),
        attendance=attendance_from(kept),
        headcounts={team: tally.people for team, tally in sorted(tallies.items())},
        refused=tuple(refused),
        warnings=(*names.warnings(), *warnings),
    )


def _is_second_heading(codes: Mapping[int, str]) -> bool:
    filled = [code.lower() for code in codes.values() if code]
    return bool(filled) and all(code in WEEKDAY_NAMES for code in filled)


def _team_of(person: str, cells: tuple[str, ...], team_at: int | None, options: Options) -> str:
    if person in options.roster:
        return options.roster[person].team
    return "" if team_at is None else cells[team_at]


def _tally(
    tally: _Tally, codes: Mapping[int, str], options: Options, unknown: Counter[str]
) -> None:
    if not any(codes.values()):
        return
    tally.people += 1
    own = {code.lower(): desk for code, desk in options.codes.items()}
    counted = {"present": tally.present, "away": tally.away, "closed": tally.closed}
    for at, text in codes.items():
        code = text.lower()
        if code in own:
            (tally.present if own[code] else tally.away)[at] += 1
        elif (standing := standing_of(code)) is not None:
            counted[standing][at] += 1
        elif not is_gap(code):
            unknown[text] += 1


def _team_days(
    tallies: Mapping[str, _Tally], dates: Mapping[int, dt.date], options: Options
) -> tuple[list[tuple[dt.date, str, int]], list[str]]:
    kept, partial, off = [], 0, 0
    empty = _columns_with_nobody(tallies, dates)
    for team, tally in sorted(tallies.items()):
        for at, day in dates.items():
            if tally.closed[at] and not tally.present[at]:
                off += 1
                continue
            told = tally.present[at] + tally.away[at] + tally.closed[at]
            later = options.today is not None and day > options.today
            if told * 100 < tally.people * _COMPLETE_PERCENT or at in empty or later or not told:
                partial += 1
                continue
            kept.append((day, team, tally.present[at]))
    warnings: list[str] = []
    if partial:
        warnings.append(
            sentence(
                "{partial} team-days are unfilled or hold absences only; they are gaps.",
                partial=partial,
            )
        )
    if off:
        warnings.append(sentence("{off} team-days are marked as days off and left out.", off=off))
    return kept, warnings


def _columns_with_nobody(
    tallies: Mapping[str, _Tally], dates: Mapping[int, dt.date]
) -> frozenset[int]:
    """Return the dates on which next to nobody of all teams is marked present."""
    totals = {at: sum(tally.present[at] for tally in tallies.values()) for at in dates}
    worked = sorted(total for total in totals.values() if total)
    usual = worked[len(worked) // 2] if worked else 0
    return frozenset(at for at, total in totals.items() if total * _USUAL_SHARE < usual)


def _only_once(seen: dict[str, int], person: str, row: int) -> None:
    """Refuse a second row of one person."""
    if person and seen.setdefault(person, row) != row:
        raise ImportRefused(
            sentence("the person of row {seen} again; keep one row each", seen=seen[person])
        )
