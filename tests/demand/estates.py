"""Estates of teams with made-up or real attendance."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from planner.domain.attendance import Attendance, attendance_from
from planner.domain.estate import Estate
from planner.domain.records import Header, Team

HEADER = Header(name="Test estate", owner="Owner", country="ZZ", currency="IDR")
MONDAY = dt.date(2024, 1, 1)


def workdays(count: int, start: dt.date = MONDAY) -> list[dt.date]:
    """Return that many days from Monday to Friday, the first on or after the start."""
    days = (start + dt.timedelta(days=at) for at in range(2 * count + 7))
    return [day for day in days if day.weekday() < 5][:count]


def counted(counts: Mapping[str, Sequence[int | None]], start: dt.date = MONDAY) -> Attendance:
    """Return attendance on consecutive workdays; None is a gap."""
    days = workdays(max(map(len, counts.values()), default=0), start)
    return attendance_from(
        (day, team, present)
        for team, row in counts.items()
        for day, present in zip(days, row, strict=False)
        if present is not None
    )


def estate_with(
    counts: Mapping[str, Sequence[int | None]],
    heads: int | Mapping[str, int] = 100,
    teams: Mapping[str, Mapping[str, Any]] | None = None,
    **changes: Any,
) -> Estate:
    """Return an estate of hybrid teams; `teams` changes fields by code."""
    fields = teams or {}
    codes = [*counts, *(code for code in fields if code not in counts)]
    return Estate(
        header=changes.pop("header", HEADER),
        teams=tuple(
            Team(
                **{
                    "code": code,
                    "name": code,
                    "headcount": heads if isinstance(heads, int) else heads[code],
                    **fields.get(code, {}),
                }
            )
            for code in codes
        ),
        attendance=changes.pop("attendance", None) or counted(counts),
        **changes,
    )
