"""The calendar of one team, one floor or all: how full each day was, and which are not known."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from planner.domain.holidays import holidays_of
from planner.domain.privacy import FEWEST, Shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from planner.demand.model import Demand
    from planner.demand.notes import Note
    from planner.domain.attendance import Attendance
    from planner.domain.estate import Estate
    from planner.i18n import Speech

Kind = Literal["count", "gap", "holiday", "rest", "partial", "impossible"]

_KINDS: Final[tuple[Kind, ...]] = ("count", "gap", "holiday", "rest", "partial", "impossible")
_WEEKS: Final = 53
_CELL: Final = 16
_LEFT, _TOP = 40, 22
_LEVELS: Final = 5
_TOO_MANY: Final = 110
_LISTED: Final = 40


@dataclass(frozen=True, slots=True)
class Day:
    """One square: its place, what is known, how full from 0 to 4, and its words."""

    x: int
    y: int
    kind: Kind
    level: int
    words: str


@dataclass(frozen=True, slots=True)
class Mark:
    """Words beside the squares."""

    x: int
    y: int
    words: str


@dataclass(frozen=True, slots=True)
class CalendarPage:
    """What the page shows.

    Args:
        title: the conclusion.
        options: what may be chosen: key and words.
        chosen: key of the series shown.
        days: the squares; `months` and `weekdays` are the words around them.
        width, height: of the drawing in pixels.
        counts: how many days of each kind.
        odd: days to look at: date, what is odd.
        grade: of the demand, "" while there is none.
        notes: what it rests on, one sentence each.
    """

    title: str
    options: tuple[tuple[str, str], ...]
    chosen: str
    days: tuple[Day, ...]
    months: tuple[Mark, ...]
    weekdays: tuple[Mark, ...]
    width: int
    height: int
    counts: Mapping[Kind, int]
    odd: tuple[tuple[str, str], ...]
    grade: str
    notes: tuple[str, ...]


def calendar_page(
    estate: Estate, floors: Attendance, demand: Demand | None, chosen: str, speech: Speech
) -> CalendarPage:
    """Return the calendar of a series: `all`, `team:CODE`, `dept:NAME` or `floor:CODE`.

    Teams of fewer than five people stand together under the code of their group.
    """
    series = _series(estate, floors, speech)
    chosen = chosen if chosen in series else "all"
    _, counts, people = series[chosen]
    left_out = _left_out(demand, chosen)
    record = sorted({*estate.attendance.days, *floors.days})
    if not record:
        return CalendarPage(
            speech._("Nobody has counted yet who comes on which day"),
            (), "all", (), (), (), 0, 0, {}, (), "", (),
        )  # fmt: skip
    last = record[-1]
    first = max(record[0], last - dt.timedelta(weeks=_WEEKS - 1))
    start = first - dt.timedelta(days=first.weekday())
    shut = holidays_of(estate.header.country, start.year, last.year)
    days, totals, odd = [], dict.fromkeys(_KINDS, 0), []
    for offset in range((last - start).days + 1):
        day = start + dt.timedelta(days=offset)
        if day < first:
            continue
        count = counts.get(day)
        kind = _kind(day, count, people, left_out, shut)
        words = _words(day, kind, count, people, shut.get(day, ""), speech)
        totals[kind] += 1
        if kind in {"gap", "partial", "impossible"} and day.weekday() < 5:  # noqa: PLR2004  Saturday is 5
            odd.append((speech.long_date(day), words))
        level = 0 if not count or not people else min(_LEVELS - 1, count * _LEVELS // people)
        x = _LEFT + _CELL * (offset // 7)
        days.append(Day(x, _TOP + _CELL * day.weekday(), kind, level, words))
    weeks = (last - start).days // 7 + 1
    return CalendarPage(
        title=_title(totals, speech),
        options=tuple((key, words) for key, (words, _, _) in series.items()),
        chosen=chosen,
        days=tuple(days),
        months=tuple(_months(first, last, start, speech)),
        weekdays=tuple(
            Mark(0, _TOP + _CELL * at + 12, speech.weekday_short(at)) for at in (0, 2, 4)
        ),
        width=_LEFT + _CELL * weeks + 24,
        height=_TOP + _CELL * 7 + 4,
        counts=totals,
        odd=tuple(odd[-_LISTED:][::-1]),
        grade=demand.confidence if demand else "",
        notes=said(demand.notes if demand else (), speech),
    )


def said(notes: Iterable[Note], speech: Speech) -> tuple[str, ...]:
    """Return notes in the reader's language."""
    messages = speech.messages
    return tuple(messages.gettext(one.template).format(**dict(one.values)) for one in notes)


def _series(
    estate: Estate, floors: Attendance, speech: Speech
) -> dict[str, tuple[str, dict[dt.date, int], int]]:
    """Return words, counts and capacity by key, of five people or more each."""
    teams = [team for team in estate.teams if team.code in estate.attendance.teams]
    everybody = sum(team.headcount for team in teams)
    counts = _added(estate.attendance, [team.code for team in teams])
    told = counts if everybody >= FEWEST else {}
    found = {"all": (speech._("All teams"), told, everybody)}
    may_be_shown = Shown(estate)
    for name in sorted({team.department for team in teams if team.department}):
        inside = [team for team in teams if team.department == name]
        codes = [team.code for team in inside]
        if len(inside) > 1 and may_be_shown.whole(codes):
            people = sum(team.headcount for team in inside)
            found[f"dept:{name}"] = (name, _added(estate.attendance, codes), people)
    for group in may_be_shown.groups:
        if group.people and set(group.teams) <= set(estate.attendance.teams):
            words = f"{group.code} {group.label}"
            counts = _added(estate.attendance, list(group.teams))
            found[f"team:{group.code}"] = (words, counts, group.people)
    for at, code in enumerate(floors.teams):
        floor = estate.floor_of.get(code)
        known = floors.known[:, at].tolist()
        counts = {
            day: int(floors.present[row, at]) for row, day in enumerate(floors.days) if known[row]
        }
        words = speech._("floor %(code)s", code=code)
        found[f"floor:{code}"] = (words, counts, floor.seats if floor else 0)
    return found


def _added(table: Attendance, codes: list[str]) -> dict[dt.date, int]:
    """Return people by day of teams together, on days on which most of them were counted."""
    columns = [table.teams.index(code) for code in codes]
    known = table.known[:, columns]
    enough = known.sum(axis=1) * 5 >= len(columns) * 4
    sums = (table.present[:, columns] * known).sum(axis=1)
    return {day: int(sums[row]) for row, day in enumerate(table.days) if columns and enough[row]}


def _left_out(demand: Demand | None, chosen: str) -> dict[dt.date, str]:
    if demand is None:
        return {}
    team = chosen.removeprefix("team:") if chosen.startswith("team:") else None
    return {one.day: one.reason for one in demand.left_out if one.team in {None, team}}


def _kind(
    day: dt.date,
    count: int | None,
    people: int,
    left_out: Mapping[dt.date, str],
    shut: Mapping[dt.date, str],
) -> Kind:
    if count is not None and people and count * 100 > people * _TOO_MANY:
        return "impossible"
    reason = left_out.get(day, "")
    if reason in {"partial", "team_low"}:
        return "partial"
    if reason == "holiday" or (count is None and day in shut):
        return "holiday"
    if reason == "rest_day" or (count is None and day.weekday() > 4):  # noqa: PLR2004  weekend
        return "rest"
    return "gap" if count is None else "count"


def _words(
    day: dt.date, kind: Kind, count: int | None, people: int, holiday: str, speech: Speech
) -> str:
    date = speech.long_date(day)
    if kind == "count":
        return speech._(
            "%(date)s: %(count)s of %(people)s",
            date=date, count=speech.number(count or 0), people=speech.number(people),
        )  # fmt: skip
    what = {
        "gap": speech._("not counted; a gap is never a zero"),
        "holiday": speech._("holiday") + (f" ({holiday})" if holiday else ""),
        "rest": speech._("no working day"),
        "partial": speech._("next to nobody; taken for a broken record"),
        "impossible": speech._("more people than are on the books"),
    }[kind]
    return f"{date}: {what}"


def _months(first: dt.date, last: dt.date, start: dt.date, speech: Speech) -> Iterable[Mark]:
    day = first.replace(day=1)
    while day <= last:
        if day >= first:
            yield Mark(_LEFT + _CELL * ((day - start).days // 7), 12, speech.month(day))
        day = (day + dt.timedelta(days=64)).replace(day=1)


def _title(totals: Mapping[Kind, int], speech: Speech) -> str:
    odd = totals["gap"] + totals["partial"] + totals["impossible"]
    if not odd:
        return speech._("Every working day is counted")
    return speech.n(
        "%(count)s working day is missing or odd; none counts as zero",
        "%(count)s working days are missing or odd; none counts as zero",
        odd,
    )
