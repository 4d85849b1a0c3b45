"""Seating that somebody planned by hand: a list of moves, or the seating of a workbook."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from planner.errors import ImportRefused, InvalidInput, Problem, sentence
from planner.importers.sandbox import read_apart
from planner.importers.workbook import read_estate

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from planner.domain.estate import Estate, UnitId

HEADS: Final[Mapping[str, tuple[str, ...]]] = {
    "team": ("team", "tim"),
    "from": ("from", "dari"),
    "to": ("to", "ke"),
    "people": ("people", "orang"),
}
"""Columns of a list of moves that count, in either language; others are left alone."""
MOST_ROWS: Final = 200_000
MOST_BYTES: Final = 50 * 1024**2

Seated = dict[tuple[str, str | None], dict[str, int]]
"""Where people will sit: by team and unit of today (None: nowhere), people by unit."""


@dataclass(frozen=True, slots=True)
class Row:
    """One move of a list: where it stands, who goes from where to where."""

    number: int
    team: str
    origin: UnitId
    target: UnitId
    people: int


def read_by_hand(path: Path, estate: Estate) -> Seated:
    """Return where everybody of an estate sits after the moves or the seating of a file.

    Args:
        path: `.csv`, the moves of a plan (team, from, to, people; whoever is in no row stays),
            or `.xlsx`, an estate workbook whose sheet seating says where people will sit.
        estate: whose people they are.

    Raises:
        ImportRefused: neither kind of file.
        InvalidInput: every row that does not fit the estate, with its place.
    """
    ending = path.suffix.lower()
    if ending == ".csv":
        return after_moves(_rows(path, estate), estate)
    if ending == ".xlsx":
        return as_seated(read_apart(read_estate, path), estate)
    raise ImportRefused(
        sentence(
            "{path} is neither .csv nor .xlsx; give the moves of a plan, or a workbook",
            path=path.name,
        )
    )


def _rows(path: Path, estate: Estate) -> list[Row]:
    if path.stat().st_size > MOST_BYTES:
        raise ImportRefused(
            sentence(
                "{path} is larger than {most_bytes} MB",
                path=path.name,
                most_bytes=MOST_BYTES // 1024**2,
            )
        )
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise ImportRefused(
            sentence(
                "{path} is not UTF-8 text ({wrong}); save it as CSV UTF-8",
                path=path.name,
                wrong=wrong,
            )
        ) from None
    try:
        return _from_text(text, path.name, estate)
    except csv.Error as wrong:
        raise ImportRefused(
            sentence("{path} is not a table ({wrong}); save it as CSV", path=path.name, wrong=wrong)
        ) from None


def _from_text(text: str, file: str, estate: Estate) -> list[Row]:
    first = text.partition("\n")[0]
    between = ";" if first.count(";") > first.count(",") else ","
    lines = csv.reader(io.StringIO(text), delimiter=between)
    columns = _columns(next(lines, []), file)
    problems: list[Problem] = []
    found = []
    for number, cells in enumerate(lines, start=2):
        if number > MOST_ROWS:
            raise ImportRefused(
                sentence("{file} has more than {most_rows} rows", file=file, most_rows=MOST_ROWS)
            )
        if any(cell.strip() for cell in cells):
            values = {name: _cell(cells, at) for name, at in columns.items()}
            row = _row(number, values)
            problems += _wrong(row, values["people"], file, estate)
            found.append(row)
    if problems:
        raise InvalidInput(problems)
    return found


def _columns(heads: list[str], file: str) -> dict[str, int]:
    """Return where each column that counts stands."""
    said = [cell.strip().lower() for cell in heads]
    columns = {
        name: next((at for at, head in enumerate(said) if head in words), -1)
        for name, words in HEADS.items()
    }
    missing = [name for name, at in columns.items() if at < 0]
    if missing:
        raise ImportRefused(
            sentence(
                "{file}, row 1: no column {missing}; the first row names the columns team, "
                "from, to and people",
                file=file,
                missing=", ".join(missing),
            )
        )
    return columns


def _cell(cells: list[str], at: int) -> str:
    """Return a cell without the apostrophe that keeps a spreadsheet from running it."""
    return "" if at >= len(cells) else cells[at].strip().removeprefix("'")


def _row(number: int, values: Mapping[str, str]) -> Row:
    people = values["people"]
    count = int(people) if people.isdecimal() and len(people) <= 9 else -1  # noqa: PLR2004
    return Row(number, values["team"], values["from"], values["to"], count)


def _wrong(row: Row, people: str, file: str, estate: Estate) -> Iterator[Problem]:
    place = sentence("{file}, row {number}", file=file, number=row.number)
    if row.team not in estate.team_of:
        yield Problem(
            sentence("{place}, column team", place=place),
            sentence("there is no team {team!r} in the estate", team=row.team),
        )
    for name, unit in (("from", row.origin), ("to", row.target)):
        if unit not in estate.unit_of:
            yield Problem(
                sentence("{place}, column {name}", place=place, name=name),
                sentence("there is no unit {unit!r} in the estate", unit=unit),
            )
    if row.people < 0:
        yield Problem(
            sentence("{place}, column people", place=place),
            sentence("{people!r} is not a whole number, 0 or more", people=people),
        )


def after_moves(rows: list[Row], estate: Estate) -> Seated:
    """Return where everybody sits once some moves are made.

    Raises:
        InvalidInput: more people leave a unit than sit there.
    """
    seated: Seated = {
        (team, unit): {unit: people}
        for team, units in estate.now.items()
        for unit, people in units.items()
        if people
    }
    problems = []
    for row in rows:
        places = seated.get((row.team, row.origin), {})
        left = places.get(row.origin, 0)
        if row.people > left:
            problems.append(
                Problem(
                    sentence("row {number}", number=row.number),
                    sentence(
                        "{people} people of {team} leave {origin}, where {left} are left to go",
                        people=row.people,
                        team=row.team,
                        origin=row.origin,
                        left=left,
                    ),
                )
            )
            continue
        places[row.origin] = left - row.people
        places[row.target] = places.get(row.target, 0) + row.people
    if problems:
        raise InvalidInput(problems)
    return {
        who: {unit: people for unit, people in places.items() if people}
        for who, places in seated.items()
    }


def as_seated(planned: Estate, estate: Estate) -> Seated:
    """Return where everybody sits if the seating is that of another estate's records.

    Who goes where is not in a seating: as many as can stay, then as many as can within their
    building, move least.

    Raises:
        InvalidInput: a team has other people there, or sits where there is no such unit.
    """
    problems = []
    seated: Seated = {}
    for team in estate.teams:
        then = {unit: count for unit, count in planned.now.get(team.code, {}).items() if count}
        now = {unit: count for unit, count in estate.now[team.code].items() if count}
        unknown = sorted(set(then) - set(estate.unit_of))
        if unknown:
            problems.append(
                Problem(
                    sentence("sheet seating, team {team}", team=team.code),
                    sentence("there is no unit {unknown!r}", unknown=unknown[0]),
                )
            )
        elif now and sum(then.values()) != sum(now.values()):
            problems.append(
                Problem(
                    sentence("sheet seating, team {team}", team=team.code),
                    sentence(
                        "{people} people, the estate seats {seated}",
                        people=sum(then.values()),
                        seated=sum(now.values()),
                    ),
                )
            )
        elif now:
            seated |= _paired(team.code, now, then, estate)
        elif then:
            seated[team.code, None] = then
    if problems:
        raise InvalidInput(problems)
    return seated


def _paired(team: str, now: dict[str, int], then: dict[str, int], estate: Estate) -> Seated:
    """Return who of a team goes where."""
    found: Seated = {(team, unit): {} for unit in now}
    home = {unit: estate.unit_of[unit].building.code for unit in (*now, *then)}
    tests = (
        lambda one, other: one == other,
        lambda one, other: home[one] == home[other],
        lambda _one, _other: True,
    )
    for may in tests:
        for origin in sorted(now):
            for target in sorted(then):
                count = min(now[origin], then[target])
                if count and may(origin, target):
                    places = found[team, origin]
                    places[target] = places.get(target, 0) + count
                    now[origin] -= count
                    then[target] -= count
    return found
