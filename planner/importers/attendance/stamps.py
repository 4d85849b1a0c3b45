"""Time stamps to local days: offsets, UTC and naive clock times, never guessed."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np
import pandas as pd

from planner.errors import ImportRefused, Problem, sentence
from planner.importers.attendance.coding import coded
from planner.importers.attendance.days import EARLIEST_YEAR, format_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from planner.importers.attendance.days import DayFormat
    from planner.importers.attendance.options import Options

Clock = Literal["local", "utc"]

_MINUTES: Final = 1440
_HALF_HOUR: Final = 30
_NOON: Final = 720
_EPOCH: Final = dt.date(1970, 1, 1)
_OFFSET: Final = re.compile(r"^(?:[.,]\d+)? ?(?:(Z|UTC)|([+-])(\d\d):?(\d\d)?)?$")
_PLAIN: Final = re.compile(
    r"^(.{0,40}?)[T ,]{1,20}(\d{1,2})[:.](\d\d)(?:[:.](\d\d)(?:\.\d+)?)?"
    r"(?: ?([AaPp])\.?[Mm]\.?)? ?(Z|UTC|[+-]\d\d:?\d\d)?$"
)
_UNIX: Final = re.compile(r"^\d{10}(?:\d{3})?(?:\.\d+)?$")
_SECONDS_DIGITS: Final = 10
_LATEST_YEAR: Final = 2100
_TO_MINUTES, _TO_SECONDS = 16, 19
_ISO_PUNCTUATION: Final = ((4, b"-"), (7, b"-"), (13, b":"))
_DIGITS: Final = (0, 1, 2, 3, 5, 6, 8, 9, 11, 12, 14, 15)
BAD: Final = np.iinfo(np.int64).min


@dataclass(slots=True, eq=False)
class Stamps:
    """Reads the time stamps of one file.

    Args:
        options: time zone of the building, what naive times mean, the latest day.
        where: the file, for refusals.
    """

    options: Options
    where: str
    zone: ZoneInfo | None = field(init=False)
    _days: DayFormat | None = None
    _reasons: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Find the time zone."""
        try:
            self.zone = ZoneInfo(self.options.timezone) if self.options.timezone else None
        except (ZoneInfoNotFoundError, ValueError):
            raise ImportRefused(
                sentence(
                    "there is no time zone {timezone}; enter one like Asia/Jakarta",
                    timezone=repr(self.options.timezone),
                )
            ) from None

    def read(
        self, texts: NDArray[np.bytes_], rows: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], list[tuple[int, str]]]:
        """Return local minutes since 1970 and what was refused.

        Args:
            texts: the stamps.
            rows: their row numbers.

        Returns:
            Minutes, `BAD` where refused; pairs of position and reason.

        Raises:
            ImportRefused: naive or UTC times and nobody said where or what they mean.
        """
        minutes = np.full(len(texts), BAD, np.int64)
        iso = _looks_iso(texts)
        if iso.any():
            minutes[iso] = self._read_iso(texts[iso], rows[iso])
        refused = [
            (int(at), self._reason(bytes(texts[at]).decode(errors="replace").strip()))
            for at in np.flatnonzero(iso & (minutes == BAD))
        ]
        others = np.flatnonzero(~iso)
        if len(others):
            refused += self._read_others(texts, rows, others, minutes)
        return minutes, refused

    def _read_iso(self, texts: NDArray[np.bytes_], rows: NDArray[np.int64]) -> NDArray[np.int64]:
        width = texts.dtype.itemsize
        raw = np.ascontiguousarray(texts).view(np.uint8).reshape(len(texts), width)
        digit = {at: raw[:, at].astype(np.int64) - 48 for at in _DIGITS}
        date = (
            (digit[0] * 1000 + digit[1] * 100 + digit[2] * 10 + digit[3]) * 10_000
            + (digit[5] * 10 + digit[6]) * 100
            + digit[8] * 10
            + digit[9]
        )
        hour, minute = digit[11] * 10 + digit[12], digit[14] * 10 + digit[15]
        codes, dates = pd.factorize(date)
        day = np.array([self._day_number(int(one)) for one in dates], np.int64)[codes]
        local = day * _MINUTES + hour * 60 + minute
        which, distinct = coded(_tails(texts, raw))
        offsets = [self._offset(tail) for tail in distinct]
        bad = (day == BAD) | (hour > 23) | (minute > 59)  # noqa: PLR2004  a day's hours
        result = np.full(len(texts), BAD, np.int64)
        for at, offset in enumerate(offsets):
            of_it = (which == at) & ~bad
            if offset is not None and of_it.any():
                first = int(rows[np.argmax(of_it)])
                result[of_it] = self._local(local[of_it], offset, first)
        return self._not_after_today(result)

    def _read_others(
        self,
        texts: NDArray[np.bytes_],
        rows: NDArray[np.int64],
        others: NDArray[np.intp],
        minutes: NDArray[np.int64],
    ) -> list[tuple[int, str]]:
        """Read stamps in other shapes, and bare dates, one distinct text at a time."""
        which, distinct = coded(texts[others])
        first = np.full(len(distinct), len(which), np.int64)
        np.minimum.at(first, which, np.arange(len(which)))
        split = [None if _UNIX.match(text) else _PLAIN.match(text) for text in distinct]
        if self._days is None:
            at = rows[others][first].tolist()
            self._days = format_of(
                (
                    (row, match[1] if match else text)
                    for row, match, text in zip(at, split, distinct, strict=True)
                    if match or (text[:1].isdigit() and not _UNIX.match(text))
                ),
                order=self.options.date_order,
                first_day=self.options.first_day,
                today=self.options.today,
                where=self.where,
            )
        found = [
            self._one(text, match, int(rows[others[at]]))
            for text, match, at in zip(distinct, split, first.tolist(), strict=True)
        ]
        minutes[others] = np.array([minute for minute, _ in found], np.int64)[which]
        return [
            (at, found[kind][1])
            for at, kind in zip(others.tolist(), which.tolist(), strict=True)
            if found[kind][0] == BAD
        ]

    def _one(self, text: str, match: re.Match[str] | None, row: int) -> tuple[int, str]:
        """Return local minutes of a text, or `BAD` and why; a bare date counts at noon."""
        if _UNIX.match(text):
            return self._unix(text, row), self._reason(text)
        if self._days is None:
            return int(BAD), self._reason(text)
        try:
            day = self._days.parse(match[1] if match else text)
        except ImportRefused as refusal:
            dated = match is not None or text[:1].isdigit()
            return int(BAD), refusal.lines[0] if dated else self._reason(text)
        start = (day - _EPOCH).days * _MINUTES
        if match is None:
            return start + _NOON, ""
        hour = int(match[2]) % 12 + 12 * (match[5] in "Pp") if match[5] else int(match[2])
        offset = self._offset(match[6] or "")
        if offset is None or hour > 23 or int(match[3]) > 59:  # noqa: PLR2004  a day's hours
            return int(BAD), self._reason(text)
        local = np.array([start + hour * 60 + int(match[3])])
        return int(self._not_after_today(self._local(local, offset, row))[0]), self._reason(text)

    def _unix(self, text: str, row: int) -> int:
        """Return local minutes of seconds or milliseconds since 1970, UTC; `BAD` before 1990."""
        whole = text.partition(".")[0]
        minutes = int(whole) // (60 if len(whole) == _SECONDS_DIGITS else 60_000)
        day = _EPOCH + dt.timedelta(minutes=minutes)
        if not EARLIEST_YEAR <= day.year < _LATEST_YEAR:
            return int(BAD)
        return int(self._not_after_today(self._local(np.array([minutes]), 0, row))[0])

    def _local(self, clock: NDArray[np.int64], offset: int | Clock, row: int) -> NDArray[np.int64]:
        """Return local minutes of clock times with an offset from UTC, or without one."""
        if offset == "local":
            said = self.options.clock
            if said is None:
                message = sentence(
                    "row {row}: the times have no time zone; say whether they are local or "
                    "UTC (clock local or utc)",
                    row=row,
                )
                raise ImportRefused([Problem(self.where, message)])
            if said == "local":
                return clock
            offset = 0
        if self.zone is None:
            if offset == 0:
                message = sentence(
                    "row {row}: the times are in UTC; say the building's time zone, for "
                    "example Asia/Jakarta, or people who come early count for the day before",
                    row=row,
                )
                raise ImportRefused([Problem(self.where, message)])
            return clock
        utc = clock - int(offset)
        slots, halves = pd.factorize(utc // _HALF_HOUR)
        shifts = [self._shift(int(half)) for half in halves]
        return utc + np.array(shifts, np.int64)[slots]

    def _shift(self, half_hour: int) -> int:
        """Return the zone's offset in minutes at a half hour since 1970."""
        at = dt.datetime.fromtimestamp(half_hour * _HALF_HOUR * 60, tz=self.zone)
        shift = at.utcoffset() or dt.timedelta()
        return int(shift.total_seconds() // 60)

    def _day_number(self, date: int) -> int:
        try:
            day = dt.date(date // 10_000, date // 100 % 100, date % 100)
        except ValueError:
            return int(BAD)
        return (day - _EPOCH).days if day.year >= EARLIEST_YEAR else int(BAD)

    def _offset(self, tail: str) -> int | Clock | None:
        """Return minutes from UTC, `local` where none is given, None for nonsense."""
        match = _OFFSET.match(tail)
        if match is None:
            return None
        if match[1]:
            return 0
        if not match[2]:
            return "local"
        sign = -1 if match[2] == "-" else 1
        return sign * (int(match[3]) * 60 + int(match[4] or 0))

    def _not_after_today(self, minutes: NDArray[np.int64]) -> NDArray[np.int64]:
        if self.options.today is None:
            return minutes
        end = ((self.options.today - _EPOCH).days + 1) * _MINUTES
        return np.where(minutes >= end, BAD, minutes)

    def _reason(self, text: str) -> str:
        return sentence(
            "{text} is no time up to today; enter it like 2026-11-03 08:15 or "
            "2026-11-03T08:15:00+07:00",
            text=repr(text),
        )


def _tails(texts: NDArray[np.bytes_], raw: NDArray[np.uint8]) -> NDArray[np.bytes_]:
    """Return what follows hours and minutes, seconds and their fractions taken off."""
    width = texts.dtype.itemsize
    if width == _TO_MINUTES:
        return np.zeros(len(texts), "S1")
    seconds = raw[:, _TO_MINUTES] == ord(":")
    tails = np.ascontiguousarray(raw[:, _TO_MINUTES:])
    if width >= _TO_SECONDS:
        shorter = np.zeros_like(tails)
        shorter[:, : width - _TO_SECONDS] = raw[:, _TO_SECONDS:]
        tails = np.where(seconds[:, None], shorter, tails)
    return np.ascontiguousarray(tails).view(f"S{width - _TO_MINUTES}")[:, 0]


def day_of(minutes: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return days since 1970 of local minutes."""
    return minutes // _MINUTES


def date_of(day: int) -> dt.date:
    """Return the date of a day since 1970."""
    return _EPOCH + dt.timedelta(days=day)


def _looks_iso(texts: NDArray[np.bytes_]) -> NDArray[np.bool_]:
    """Say which texts begin like 2026-11-03 08:15 or 2026-11-03T08:15."""
    width = texts.dtype.itemsize
    if width < 16:  # noqa: PLR2004  shorter than the shortest stamp
        return np.zeros(len(texts), np.bool_)
    raw = np.ascontiguousarray(texts).view(np.uint8).reshape(len(texts), width)
    fine: NDArray[np.bool_] = (raw[:, 10] == ord("T")) | (raw[:, 10] == ord(" "))
    for at, mark in _ISO_PUNCTUATION:
        fine &= raw[:, at] == mark[0]
    for at in _DIGITS:
        fine &= (raw[:, at] >= 48) & (raw[:, at] <= 57)  # noqa: PLR2004  0 and 9
    return fine
