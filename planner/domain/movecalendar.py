"""On which days waves of moves may be made, and how much may move in one."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from planner.domain.assumptions import register_of
from planner.domain.holidays import holidays_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.domain.assumptions import Register
    from planner.domain.estate import Estate

_FRIDAY: Final = 4
_LENGTH: Final = dt.timedelta(days=2)
_RAMADAN: Final = 30
_LAST_TEN: Final = 10
_DECEMBER: Final = 12

Closed = Literal["holiday", "ramadan", "year_end", "rule"]


@dataclass(frozen=True, slots=True)
class Slot:
    """A weekend in which a wave could be made.

    Args:
        first, last: Friday and Sunday.
        closed: why nobody moves then, None where they may.
        name: of the holiday, or the reason that the rule gives.
    """

    first: dt.date
    last: dt.date
    closed: Closed | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one wave may hold; None where there is no limit."""

    people: int | None
    moves: int | None
    moves_per_building: int | None
    fit_out_days: int
    swing: bool


def limits_of(estate: Estate) -> Limits:
    """Return the limits of a wave that the estate's figures state."""
    register = register_of(estate)
    return Limits(
        people=register.whole("wave_people") or None,
        moves=register.whole("wave_moves") or None,
        moves_per_building=register.whole("wave_moves_per_building") or None,
        fit_out_days=register.whole("fit_out_days"),
        swing=register.word("swing_allowed") == "yes",
    )


def slots_of(estate: Estate) -> tuple[Slot, ...]:
    """Return the weekends in which a wave could be made, those without moves marked.

    The first is the first Friday of the month after which a floor may be empty: what the
    search for the plan supposes of every floor, no floor can beat.
    """
    register = register_of(estate)
    start = register.day("start")
    first = month_of_case(start, max(1, register.whole("release_month")))
    first += dt.timedelta(days=(_FRIDAY - first.weekday()) % 7)
    step = dt.timedelta(weeks=register.whole("wave_every_weeks"))
    end = first + dt.timedelta(weeks=register.whole("waves_within_weeks"))
    closed = _closed_days(estate, register, first, end + _LENGTH)
    found = []
    while first < end:
        days = [first + dt.timedelta(days=day) for day in range(_LENGTH.days + 1)]
        why = next((closed[day] for day in days if day in closed), None)
        found.append(Slot(days[0], days[-1], *why) if why else Slot(days[0], days[-1]))
        first += step
    return tuple(found)


def month_of_case(start: dt.date, month: int) -> dt.date:
    """Return the first day of a month of the case; 1 is the month of its start."""
    at = start.year * 12 + start.month - 1 + month - 1
    return dt.date(at // 12, at % 12 + 1, 1)


def case_month(start: dt.date, day: dt.date) -> int:
    """Return which month of the case a day falls in; 1 is the month of its start."""
    return (day.year - start.year) * 12 + day.month - start.month + 1


def _closed_days(
    estate: Estate, register: Register, first: dt.date, last: dt.date
) -> dict[dt.date, tuple[Closed, str]]:
    """Return the days without moves; what people decided is named before what recurs."""
    found: dict[dt.date, tuple[Closed, str]] = {}
    if register.word("no_moves_on_holidays") == "yes":
        holidays = holidays_of(estate.header.country, first.year, last.year)
        found |= {day: ("holiday", name) for day, name in holidays.items()}
    for day in _ramadan(register.word("no_moves_in_ramadan"), first, last):
        found[day] = ("ramadan", "")
    weeks = register.whole("fiscal_year_end_weeks")
    for year in range(first.year, last.year + 1):
        end = _month_end(year, register.whole("fiscal_year_end_month"))
        found |= dict.fromkeys(_days(end - dt.timedelta(weeks=weeks), end), ("year_end", ""))
    for rule in estate.rules:
        if rule.rule == "no_moves":
            start, end = dt.date.fromisoformat(rule.subject), dt.date.fromisoformat(rule.object)
            days = _days(start - dt.timedelta(days=1), end)
            found |= dict.fromkeys(days, ("rule", rule.reason))
    return found


def _days(after: dt.date, until: dt.date) -> Iterator[dt.date]:
    """Yield the days after one day, until and with another."""
    for day in range((until - after).days):
        yield after + dt.timedelta(days=day + 1)


def _ramadan(choice: str, first: dt.date, last: dt.date) -> Iterator[dt.date]:
    """Yield the days of Ramadan that are kept free, by the Indonesian calendar of holidays.

    The month is taken as 30 days before Eid al-Fitr: a day too many rather than too few.
    """
    if choice == "no":
        return
    length = _RAMADAN if choice == "month" else _LAST_TEN
    seen: dt.date | None = None
    for day, name in holidays_of("ID", first.year, last.year + 1).items():
        if "Eid al-Fitr" not in name or "Joint" in name or "Second" in name:
            continue
        if seen is None or (day - seen).days > _RAMADAN:
            yield from _days(day - dt.timedelta(days=length + 1), day - dt.timedelta(days=1))
            seen = day


def _month_end(year: int, month: int) -> dt.date:
    after = dt.date(year + month // _DECEMBER, month % _DECEMBER + 1, 1)
    return after - dt.timedelta(days=1)
