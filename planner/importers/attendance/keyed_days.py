"""One row a day and team (or floor), with a count: the plainest layout, and the safest."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from planner.domain.attendance import Attendance, attendance_from
from planner.domain.holidays import holidays_of
from planner.errors import ImportRefused, sentence
from planner.importers.attendance.counts import is_gap, parse_count
from planner.importers.attendance.days import DayFormat, format_of
from planner.importers.attendance.names import WHAT, Names
from planner.importers.attendance.report import RefusedRow
from planner.importers.counting import Count

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping

    from planner.importers.attendance.options import Options
    from planner.importers.attendance.tables import Table

_TOO_MANY_PERCENT: Final = 110
_WEEKEND: Final = 5
_NAMED_DAYS: Final = 3
_MANY: Final = 5
_TOTALS: Final = frozenset(
    {"total", "totals", "grand total", "subtotal", "sub total", "jumlah", "jumlah total", "sum",
     "all teams", "semua", "semua tim", "total keseluruhan"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cell:
    """One accepted row: people of a team (or floor) on a day."""

    row: int
    day: dt.date
    name: str
    people: int
    headcount: int | None
    floor: str = ""


@dataclass(slots=True)
class Sieve:
    """Collects what is kept and refused while rows are read."""

    cells: list[Cell] = field(default_factory=list)
    refused: list[RefusedRow] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def refuse(self, rows: Iterable[int], reason: str) -> None:
        """Refuse rows for one reason."""
        self.refused += [RefusedRow(row, reason) for row in rows]


@dataclass(frozen=True, slots=True, eq=False)
class KeyedDays:
    """The rows of a table as a joint table, what was refused, and what to look at."""

    attendance: Attendance
    headcounts: Mapping[str, int]
    refused: tuple[RefusedRow, ...]
    warnings: tuple[str, ...]


def read_keyed_days(
    table: Table, columns: Mapping[str, int], options: Options, *, key: str, count: str
) -> KeyedDays:
    """Return the team-days (or floor-days) of a table.

    Args:
        table: its rows.
        columns: of the fields `date`, key, count and, if there is one, `headcount`.
        options: what the user says.
        key: field that names the team or floor.
        count: field that holds the people.

    Raises:
        ImportRefused: the dates can be read two ways.
    """
    body = table.body()
    date_at = columns["date"]
    days = format_of(
        ((row, cells[date_at]) for row, cells in body),
        order=options.date_order,
        first_day=options.first_day,
        today=options.today,
        where=table.name,
    )
    sieve = Sieve()
    too_wide = table.too_wide()
    for row, reason in too_wide.items():
        sieve.refuse([row], reason)
    body = [pair for pair in body if pair[0] not in too_wide]
    if days.first_day is not None:
        sieve.warnings.append(
            sentence(
                "Days are numbered, not dated: day 0 is taken as {first_day}; say the first "
                "day if it was another.",
                first_day=days.first_day,
            )
        )
    _read_rows(sieve, body, columns, days, key=key, count=count)
    return sifted(sieve, key, options)


def sifted(sieve: Sieve, key: str, options: Options) -> KeyedDays:
    """Return what is left of rows once repeats, totals and days without anybody are gone."""
    _drop_totals(sieve)
    _drop_repeats(sieve, key)
    _add_up_floors(sieve, key)
    _drop_empty_days(sieve, key, options)
    _note_zeros(sieve, key)
    return KeyedDays(
        attendance=attendance_from((cell.day, cell.name, cell.people) for cell in sieve.cells),
        headcounts=_headcounts(sieve),
        refused=tuple(sorted(sieve.refused)),
        warnings=tuple(sieve.warnings),
    )


def _read_rows(
    sieve: Sieve,
    body: list[tuple[int, tuple[str, ...]]],
    columns: Mapping[str, int],
    days: DayFormat,
    *,
    key: str,
    count: str,
) -> None:
    names = Names(key)
    headcount_at = columns.get("headcount")
    floor_at = columns.get("floor") if key == "team" else None
    parsed: dict[str, dt.date] = {}
    gaps = 0
    for row, cells in Count(lambda: len(body)).over(body):
        day_text, people = cells[columns["date"]], cells[columns[count]]
        if is_gap(people):
            gaps += 1
            continue
        try:
            name = names.parse(cells[columns[key]])
            if day_text not in parsed:
                parsed[day_text] = days.parse(day_text)
            head_text = "" if headcount_at is None else cells[headcount_at]
            headcount = None if is_gap(head_text) else parse_count(head_text, "headcount")
            present = parse_count(people, count)
            floor = "" if floor_at is None else cells[floor_at].casefold()
            sieve.cells.append(Cell(row, parsed[day_text], name, present, headcount, floor))
            check_share(present, headcount)
        except ImportRefused as refusal:
            if sieve.cells and sieve.cells[-1].row == row:
                sieve.cells.pop()
            sieve.refuse([row], refusal.lines[0])
    if gaps:
        sieve.warnings.append(
            sentence("{gaps} rows without a count are gaps, not zeros.", gaps=gaps)
        )
    sieve.warnings += names.warnings()
    over = [cell for cell in sieve.cells if cell.headcount and cell.people > cell.headcount]
    if over:
        sieve.warnings.append(
            sentence(
                "{over} rows have more present than on the books, up to a tenth more (first "
                "in row {row}); they are kept: visitors, or an old headcount.",
                over=len(over),
                row=over[0].row,
            )
        )


def check_share(present: int, headcount: int | None) -> None:
    """Refuse a count far above the people on the books.

    Raises:
        ImportRefused: more than a tenth more.
    """
    if headcount is not None and present * 100 > headcount * _TOO_MANY_PERCENT:
        raise ImportRefused(
            sentence(
                "{present} present of {headcount} on the books is above {too_many_percent}%; "
                "correct one of them",
                present=present,
                headcount=headcount,
                too_many_percent=_TOO_MANY_PERCENT,
            )
        )


def _drop_repeats(sieve: Sieve, key: str) -> None:
    """Keep one of equal rows; refuse all rows of a day that contradict each other."""
    seen: dict[tuple[dt.date, str, str], list[Cell]] = defaultdict(list)
    for cell in sieve.cells:
        seen[cell.day, cell.name, cell.floor].append(cell)
    sieve.cells.clear()
    repeats = []
    for (day, name, _), cells in seen.items():
        if len({cell.people for cell in cells}) == 1:
            sieve.cells.append(cells[0])
            repeats += [cell.row for cell in cells[1:]]
            continue
        rows = ", ".join(str(cell.row) for cell in cells)
        counts = ", ".join(str(cell.people) for cell in cells)
        reason = sentence(
            "{key} {name} has {counts} people on {day} (rows {rows}); keep the right one",
            key=WHAT[key],
            name=name,
            counts=counts,
            day=day,
            rows=rows,
        )
        sieve.refuse((cell.row for cell in cells), reason)
    if repeats:
        sieve.warnings.append(
            sentence(
                "{repeats} rows repeat another and were dropped (first: row {row}).",
                repeats=len(repeats),
                row=repeats[0],
            )
        )


def _drop_totals(sieve: Sieve) -> None:
    """Leave out rows that add up the others; say where they do not."""
    sums = [cell for cell in sieve.cells if cell.name.casefold() in _TOTALS]
    if not sums or len(sums) == len(sieve.cells):
        return
    sieve.cells[:] = [cell for cell in sieve.cells if cell.name.casefold() not in _TOTALS]
    sieve.warnings.append(
        sentence(
            "{sums} rows named {name} add up the others and were left out (first: row {row}).",
            sums=len(sums),
            name=repr(sums[0].name),
            row=sums[0].row,
        )
    )
    by_day: dict[dt.date, int] = defaultdict(int)
    for cell in sieve.cells:
        by_day[cell.day] += cell.people
    wrong = [cell for cell in sums if by_day[cell.day] != cell.people]
    if wrong:
        sieve.warnings.append(
            sentence(
                "On {wrong} days the total is not the sum of the others: row {row} has "
                "{people}, the rows {by_day}; a row may be missing.",
                wrong=len(wrong),
                row=wrong[0].row,
                people=wrong[0].people,
                by_day=by_day[wrong[0].day],
            )
        )


def _add_up_floors(sieve: Sieve, key: str) -> None:
    """Make one count of a team that is counted floor by floor."""
    seen: dict[tuple[dt.date, str], list[Cell]] = defaultdict(list)
    for cell in sieve.cells:
        seen[cell.day, cell.name].append(cell)
    several = sum(len(cells) > 1 for cells in seen.values())
    if not several:
        return
    sieve.cells[:] = [
        replace(cells[0], people=sum(cell.people for cell in cells)) for cells in seen.values()
    ]
    sieve.warnings.append(
        sentence(
            "{several} times a {key} is counted on several floors on one day; the counts are "
            "added up, so whoever was on two floors counts twice.",
            several=several,
            key=WHAT[key],
        )
    )


def _drop_empty_days(sieve: Sieve, key: str, options: Options) -> None:
    """Drop days on which everybody counts zero: on days off quietly, else as refused rows."""
    by_day: dict[dt.date, list[Cell]] = defaultdict(list)
    for cell in sieve.cells:
        by_day[cell.day].append(cell)
    totals = sorted(sum(cell.people for cell in cells) for cells in by_day.values())
    many = bool(totals) and totals[len(totals) // 2] >= _MANY
    empty = {
        day: cells
        for day, cells in by_day.items()
        if (many or len(cells) > 1) and not any(cell.people for cell in cells)
    }
    if not empty or len(empty) == len(by_day):
        return
    years = [day.year for day in by_day]
    shut = holidays_of(options.country, min(years), max(years))
    quiet = [day for day in empty if day.weekday() >= _WEEKEND or day in shut]
    for day, cells in empty.items():
        if day not in quiet:
            reason = sentence(
                "every {key} has 0 on {day}, a working day: a gap is never a zero; leave the "
                "day out, or enter the counts",
                key=WHAT[key],
                day=day,
            )
            sieve.refuse((cell.row for cell in cells), reason)
    if quiet:
        sieve.warnings.append(
            sentence(
                "{quiet} days at weekends or on holidays with 0 everywhere were left out.",
                quiet=len(quiet),
            )
        )
    sieve.cells[:] = [cell for cell in sieve.cells if cell.day not in empty]


def _note_zeros(sieve: Sieve, key: str) -> None:
    """Point at zeros of those who are many on other days."""
    by_name: dict[str, list[Cell]] = defaultdict(list)
    for cell in sieve.cells:
        by_name[cell.name].append(cell)
    zeros = []
    for cells in by_name.values():
        counts = sorted(cell.people for cell in cells)
        if counts[(len(counts) - 1) // 2] >= _MANY:
            zeros += [cell for cell in cells if not cell.people]
    if zeros:
        first = min(zeros, key=lambda cell: cell.row)
        sieve.warnings.append(
            sentence(
                "{zeros} counts are 0 where the {key} usually has {many} or more (first: "
                "{name} on {day}, row {row}); seats do not rest on them: probably gaps.",
                zeros=len(zeros),
                key=WHAT[key],
                many=_MANY,
                name=first.name,
                day=first.day,
                row=first.row,
            )
        )


def _headcounts(sieve: Sieve) -> dict[str, int]:
    """Return the latest headcount of each team; say where it changed."""
    latest: dict[str, Cell] = {}
    changed = set()
    for cell in sorted(sieve.cells, key=lambda cell: (cell.day, cell.row)):
        if cell.headcount is not None:
            before = latest.get(cell.name)
            if before is not None and before.headcount != cell.headcount:
                changed.add(cell.name)
            latest[cell.name] = cell
    if changed:
        sieve.warnings.append(
            sentence(
                "The headcount changes within the file for {listed}{more}; the latest one counts.",
                listed=", ".join(sorted(changed)[:_NAMED_DAYS]),
                more=sentence(", and others") if len(changed) > _NAMED_DAYS else "",
            )
        )
    return dict(_known(latest))


def _known(latest: Mapping[str, Cell]) -> Iterator[tuple[str, int]]:
    for name, cell in sorted(latest.items()):
        if cell.headcount is not None:
            yield name, cell.headcount
