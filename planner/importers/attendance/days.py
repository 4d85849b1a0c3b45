"""Dates as people write them: one order of day and month per file, never guessed row by row."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from planner.errors import ImportRefused, Problem, sentence

if TYPE_CHECKING:
    from collections.abc import Iterable

DateOrder = Literal["dmy", "mdy"]

EARLIEST_YEAR: Final = 1990
_EXCEL_EPOCH: Final = dt.date(1899, 12, 30)
_SERIALS: Final = range(32_874, 73_051)  # 1990-01-01 to 2100-01-01
_RELATIVE: Final = range(10_000)
_ISO: Final = re.compile(r"^(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})(?:[T ].*)?$")
_THREE: Final = re.compile(r"^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{2}|\d{4})(?:[T ].*)?$")
_WORDED: Final = re.compile(
    r"^(?:[a-z]+,? )?(\d{1,2})[-/. ]([a-z]{3})[a-z]*\.?,?[-/. ](\d{2}|\d{4})$"
)
_WORDED_US: Final = re.compile(r"^([a-z]{3})[a-z]*\.? (\d{1,2}),? (\d{4})$")
MONTHS: Final = {
    **{name: at for at, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )},
    "mei": 5, "agu": 8, "agt": 8, "ags": 8, "okt": 10, "des": 12, "nop": 11, "peb": 2,
}  # fmt: skip
"""Months by the first three letters of their English and Indonesian names."""


@dataclass(frozen=True, slots=True)
class DayFormat:
    """How one file writes its dates.

    Args:
        order: of day and month where both are numbers, None where no date needs it.
        first_day: what day 0 stands for, None unless days are counted from 0.
        today: later dates are refused; None lets them pass.
    """

    order: DateOrder | None
    first_day: dt.date | None
    today: dt.date | None

    def parse(self, text: str) -> dt.date:
        """Return a date.

        Raises:
            ImportRefused: it is none, or one that cannot be.
        """
        day = self._day(text)
        if day is None:
            raise ImportRefused(
                sentence("{text} is not a date; enter it like 2026-11-03", text=repr(text))
            )
        if day.year < EARLIEST_YEAR and self.first_day is None:
            serial = (day - _EXCEL_EPOCH).days
            raise ImportRefused(
                sentence(
                    "{text} lies before {earliest_year}: probably the number {serial} shown "
                    "as a date; enter the date itself",
                    text=repr(text),
                    earliest_year=EARLIEST_YEAR,
                    serial=serial,
                )
            )
        if self.today is not None and day > self.today:
            raise ImportRefused(
                sentence(
                    "{text} is after today, {today}; nobody can have come yet",
                    text=repr(text),
                    today=self.today,
                )
            )
        return day

    def _day(self, text: str) -> dt.date | None:
        if text.isdecimal() and len(text) <= 5:  # noqa: PLR2004  serials have five digits
            return self._counted(int(text))
        parts = _parts(text)
        if parts is None:
            return None
        year, first, second, ordered = parts
        if not ordered and self.order == "mdy":
            first, second = second, first
        try:
            return dt.date(year, second, first)
        except ValueError:
            return None

    def _counted(self, number: int) -> dt.date | None:
        if self.first_day is not None:
            return self.first_day + dt.timedelta(days=number)
        if number in _SERIALS:
            return _EXCEL_EPOCH + dt.timedelta(days=number)
        return None


def format_of(
    texts: Iterable[tuple[int, str]],
    *,
    order: DateOrder | None,
    first_day: dt.date,
    today: dt.date | None,
    where: str,
) -> DayFormat:
    """Return how a file writes its dates.

    Args:
        texts: the date column, with row numbers.
        order: what the user says; asked for only where the file cannot tell.
        first_day: the date that day 0 gets in files that count days.
        today: later dates will be refused.
        where: the file, for refusals.

    Raises:
        ImportRefused: 03/04 can be read both ways, or the file has both orders.
    """
    cells = [(row, text) for row, text in texts if text]
    if cells and all(text.isdecimal() and int(text) in _RELATIVE for _, text in cells):
        return DayFormat(None, first_day, today)
    if order is not None:
        return DayFormat(order, None, today)
    numeric = {text: row for row, text in cells if _needs_order(text)}
    day_first = next((row for text, row in numeric.items() if _leading(text)[0] > _DOZEN), None)
    month_first = next((row for text, row in numeric.items() if _leading(text)[1] > _DOZEN), None)
    if day_first is not None and month_first is not None:
        raise ImportRefused([Problem(where, _both(day_first, month_first))])
    if numeric and day_first is None and month_first is None:
        text, row = next(iter(numeric.items()))
        message = sentence(
            "row {row}: {text} can be day/month or month/day and no date in the file tells; "
            "say which (date order dmy or mdy)",
            row=row,
            text=repr(text),
        )
        raise ImportRefused([Problem(where, message)])
    return DayFormat("mdy" if month_first is not None else "dmy", None, today)


_DOZEN: Final = 12


def _both(day_first: int, month_first: int) -> str:
    return sentence(
        "row {day_first} has the day first and row {month_first} the month: one file, two "
        "orders; write dates like 2026-11-03",
        day_first=day_first,
        month_first=month_first,
    )


def is_dated(text: str) -> bool:
    """Say whether a text is written like a date, in whatever order, possible or not.

    >>> is_dated("17-07-1905"), is_dated("46000"), is_dated("12")
    (True, True, False)
    """
    serial = text.isdecimal() and len(text) == 5 and int(text) in _SERIALS  # noqa: PLR2004
    return serial or _parts(text) is not None


def _parts(text: str) -> tuple[int, int, int, bool] | None:
    """Return year, day, month and whether the order is beyond doubt, None for other texts."""
    if match := _ISO.match(text):
        year, month, day = map(int, match.groups())
        return year, day, month, True
    if match := _THREE.match(text):
        first, second, year = map(int, match.groups())
        return _century(year), first, second, False
    lower = text.lower()
    if match := _WORDED.match(lower):
        month_at = MONTHS.get(match[2])
        return (_century(int(match[3])), int(match[1]), month_at, True) if month_at else None
    if match := _WORDED_US.match(lower):
        month_at = MONTHS.get(match[1])
        return (int(match[3]), int(match[2]), month_at, True) if month_at else None
    return None


def _century(year: int) -> int:
    return year + 2000 if year < 100 else year  # noqa: PLR2004  two digits


def _needs_order(text: str) -> bool:
    match = _THREE.match(text)
    return bool(match) and _leading(text)[0] != _leading(text)[1]


def _leading(text: str) -> tuple[int, int]:
    match = _THREE.match(text)
    return (int(match[1]), int(match[2])) if match else (0, 0)
