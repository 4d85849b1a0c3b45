"""Events of people (badges, bookings, places) to team-days: one loop for all of them."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from decimal import ROUND_CEILING, Decimal
from typing import TYPE_CHECKING, Final

import numpy as np

from planner.domain.attendance import Attendance
from planner.errors import ImportRefused, sentence
from planner.importers.attendance.coding import coded
from planner.importers.attendance.names import Names
from planner.importers.attendance.person_days import NO_PLACE, PersonDays, Persons
from planner.importers.attendance.report import AttendanceReport, Kind, RefusedRow
from planner.importers.attendance.stamps import BAD, Stamps
from planner.importers.counting import Count

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    from planner.importers.attendance.chunks import Block, Source
    from planner.importers.attendance.options import Options

_CLOCK: Final = re.compile(rb"^\d{1,2}[:.]\d\d")
MOST_REFUSED: Final = 10_000
"""Refused rows that are listed; the rest is counted in a warning."""


@dataclass(slots=True, eq=False)
class Reading:
    """State of one event file while it is read block by block."""

    source: Source
    options: Options
    persons: Persons = field(init=False)
    stamps: Stamps = field(init=False)
    days: PersonDays = field(default_factory=PersonDays)
    teams: Names = field(default_factory=lambda: Names("team"))
    refused: list[RefusedRow] = field(default_factory=list)
    unlisted: int = 0
    rows: int = 0
    left_out: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        """Open what depends on the options."""
        self.persons = Persons(self.options.key)
        self.stamps = Stamps(self.options, self.source.name)

    def refuse(self, row: int, reason: str) -> None:
        """Refuse a row, by name as long as the list is short enough to read."""
        if len(self.refused) < MOST_REFUSED:
            self.refused.append(RefusedRow(row, reason))
        else:
            self.unlisted += 1

    def refuse_where(
        self, bad: NDArray[np.bool_], block: Block, reason: Callable[[int], str]
    ) -> None:
        """Refuse the rows of a block that are marked."""
        for at in np.flatnonzero(bad).tolist():
            self.refuse(int(block.rows[at]), reason(at))


def read_events(
    source: Source,
    columns: Mapping[str, int],
    options: Options,
    *,
    kind: Kind,
    stamp: str,
    pick: Callable[[Reading, Block], NDArray[np.bool_]],
) -> AttendanceReport:
    """Return the team-days of a file of events.

    Args:
        source: the file.
        columns: of `person`, the stamp and what else it has.
        options: what the user says.
        kind: for the report.
        stamp: field that holds the time.
        pick: which rows of a block count as somebody being there; it counts in
            `left_out` what does not.

    Raises:
        ImportRefused: no team can be known, or the times have no time zone.
    """
    if "team" not in columns and not options.roster:
        raise ImportRefused(
            sentence(
                "{name} names no teams: say which heading holds them, or give a roster of "
                "badge, person and team",
                name=source.name,
            )
        )
    reading = Reading(source, options)
    count = Count(source.rows)
    for block in source.blocks(columns):
        _read_block(reading, block, stamp, pick)
        count.add(len(block.rows) + len(block.broken))
    return _report(reading, columns, kind)


def _read_block(
    reading: Reading,
    block: Block,
    stamp: str,
    pick: Callable[[Reading, Block], NDArray[np.bool_]],
) -> None:
    width = len(reading.source.headings)
    for row, found in block.broken:
        reading.refuse(
            row,
            sentence(
                "has {found} cells, the heading {width}; check the separators",
                found=found,
                width=width,
            ),
        )
    reading.rows += len(block.rows) + len(block.broken)
    if not len(block.rows):
        return
    wanted = pick(reading, block)
    minutes, wrong = reading.stamps.read(_stamps(block, stamp), block.rows)
    for at, reason in wrong:
        if wanted[at]:
            reading.refuse(int(block.rows[at]), reason)
    person, team = _who(reading, block, wanted & (minutes != BAD))
    keep = wanted & (minutes != BAD) & (team != NO_PLACE)
    floor = _where(reading, block)
    reading.days.add(person[keep], minutes[keep], team[keep], floor[keep])


def _stamps(block: Block, stamp: str) -> NDArray[np.bytes_]:
    """Return the time stamps; a date and a clock time in two columns are put together."""
    texts = block.cells[stamp]
    if "date" not in block.cells:
        return texts
    first = next((text for text in texts if text), b"")
    if not _CLOCK.match(first):
        return texts
    return np.char.add(np.char.add(block.cells["date"], b" "), texts)


def _who(
    reading: Reading, block: Block, wanted: NDArray[np.bool_]
) -> tuple[NDArray[np.uint64], NDArray[np.int32]]:
    """Return hashed people and their teams; refuse rows of nobody and of no team."""
    roster = reading.options.roster
    numbers, ids = coded(block.cells["person"])
    nobody = np.array([not one for one in ids], np.bool_)[numbers]
    reading.refuse_where(
        wanted & nobody, block, lambda _: sentence("names nobody; enter the person")
    )
    owners = [roster[one].person if one in roster else one for one in ids]
    person = reading.persons.hashes_of(owners)[numbers]
    if roster:
        listed = [_code(reading, roster[one].team) if one in roster else "" for one in ids]
        team = reading.days.team_numbers(listed)[numbers]
    else:
        team = np.full(len(numbers), NO_PLACE, np.int32)
    if "team" in block.cells:
        named, texts = coded(block.cells["team"])
        # A booking may list several departments; the first is the assignee's own.
        codes = [_code(reading, text.split(",")[0]) for text in texts]
        of_row = reading.days.team_numbers(codes)[named]
        team = np.where(team == NO_PLACE, of_row, team)
    stray = wanted & ~nobody & (team == NO_PLACE)
    reading.refuse_where(
        stray, block, lambda _: sentence("belongs to no known team; add the person to the roster")
    )
    return person, np.where(nobody, NO_PLACE, team).astype(np.int32)


def _where(reading: Reading, block: Block) -> NDArray[np.int32]:
    for name, known in (("floor", None), ("door", reading.options.doors)):
        if name in block.cells and (known is None or known):
            numbers, texts = coded(block.cells[name])
            floors = texts if known is None else [known.get(text, "") for text in texts]
            return reading.days.floor_numbers([text.replace("/", "-") for text in floors])[numbers]
    return np.full(len(block.rows), NO_PLACE, np.int32)


def _code(reading: Reading, text: str) -> str:
    """Return a team's code, "" for a blank one."""
    return reading.teams.parse(text) if text.strip() else ""


def _report(reading: Reading, columns: Mapping[str, int], kind: Kind) -> AttendanceReport:
    counted = reading.days.count()
    warnings: list[str] = [
        sentence("{count} rows left out: {why}.", count=count, why=why)
        for why, count in reading.left_out.items()
    ]
    if reading.unlisted:
        warnings.append(
            sentence(
                "{unlisted} more rows were refused than are listed.", unlisted=reading.unlisted
            )
        )
    warnings += reading.teams.warnings()
    if counted.two_floors:
        warnings.append(
            sentence(
                "{two_floors} times somebody was on a second floor on one day; the first "
                "floor counts.",
                two_floors=counted.two_floors,
            )
        )
    if counted.two_teams:
        warnings.append(
            sentence(
                "{two_teams} times somebody was of a second team on one day; the first counts.",
                two_teams=counted.two_teams,
            )
        )
    if counted.people:
        warnings.append(
            sentence(
                "Headcounts are the different people seen; enter the true ones where more are"
                " on the books."
            )
        )
    teams, floors = counted.teams, counted.floors
    if kind == "badges" and reading.options.tailgating:
        teams, floors = (uplifted(one, reading.options.tailgating) for one in (teams, floors))
        warnings.append(
            sentence(
                "Tailgating adds {tailgating} to every badge count.",
                tailgating=reading.options.tailgating,
            )
        )
    return AttendanceReport(
        kind=kind,
        sha256=reading.source.sha256,
        mapping={field: reading.source.headings[at] for field, at in columns.items()},
        rows_in=reading.rows,
        attendance=teams,
        floors=floors,
        headcounts=counted.people,
        refused=tuple(sorted(reading.refused)),
        warnings=tuple(warnings),
    )


def uplifted(attendance: Attendance, share: Decimal) -> Attendance:
    """Return counts raised by a share, rounded up."""
    factor = 1 + share
    most = int(attendance.present.max(initial=0))
    raised = np.array(
        [int((count * factor).to_integral_value(ROUND_CEILING)) for count in range(most + 1)],
        np.int32,
    )
    return Attendance(
        attendance.days, attendance.teams, raised[attendance.present], attendance.known.copy()
    )
