"""The waves and what follows them on one line of time, and people in motion week by week."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from planner.reports.drawings.canvas import Canvas, render
from planner.reports.drawings.measure import fit, text_width
from planner.reports.facts.waves import people_by_week

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markupsafe import Markup

    from planner.i18n import Speech
    from planner.reports.facts.scope import Scope

_ROW: Final = 30.0
_HEAD: Final = 26.0
_LABELS: Final = 0.24
_MOST_ROWS: Final = 60
_LEAST_MONTH: Final = 56.0
_WEEK: Final = dt.timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class _Bar:
    """One bar: `work`, `fit` (what stands ready) or `void`; with its words beside it."""

    x: float
    width: float
    kind: str


@dataclass(frozen=True, slots=True)
class _Line:
    """One row: its name, bars, a diamond where a lease starts, and words at the end."""

    y: float
    name: str
    bars: tuple[_Bar, ...]
    mark: float | None
    words: str
    words_x: float
    anchor: str
    spoken: str


class _Scale:
    """Days as places on the canvas, from the month of the first wave on."""

    def __init__(self, first: dt.date, last: dt.date, left: float, width: float) -> None:
        self.first = first.replace(day=1)
        self.last = last
        self.left = left
        self.px = (width - left) / max(1, (last - self.first).days)

    def at(self, day: dt.date) -> float:
        """Return where a day begins."""
        return self.left + (min(day, self.last) - self.first).days * self.px

    def months(self) -> Iterator[dt.date]:
        """Yield the first day of each month, or of each quarter where months are too narrow."""
        step = 1 if self.px * 30 >= _LEAST_MONTH else 3
        if self.px * 90 < _LEAST_MONTH:
            step = 12
        day = self.first
        while day < self.last:
            if (day.month - 1) % step == 0:
                yield day
            day = (day + dt.timedelta(days=32)).replace(day=1)


def gantt(scope: Scope, speech: Speech, *, canvas: Canvas) -> Markup | None:
    """Return waves and freed units in time; None without dates."""
    schedule = scope.dossier.plan.schedule
    if schedule is None or not schedule.waves:
        return None
    ends = [start for unit in scope.freed if (start := scope.rent_from(unit.id)) is not None]
    last = max([schedule.waves[-1].last, *ends]) + dt.timedelta(days=45)
    scale = _Scale(schedule.waves[0].first, last, canvas.width * _LABELS, canvas.width)
    lines = list(_lines(scope, speech, scale, canvas.width))[:_MOST_ROWS]
    height = _HEAD + _ROW * len(lines) + 6
    return render(
        "gantt",
        speech,
        canvas,
        height=height,
        title=speech._("Waves of moves, void and start of leases"),
        about=". ".join(line.spoken for line in lines[:20]),
        lines=lines,
        months=[(scale.at(day), _month(day, scale, speech)) for day in scale.months()],
        head=_HEAD,
        row=_ROW,
    )


def _month(day: dt.date, scale: _Scale, speech: Speech) -> str:
    return str(day.year) if scale.px * 90 < _LEAST_MONTH else speech.month(day)


def _lines(scope: Scope, speech: Speech, scale: _Scale, width: float) -> Iterator[_Line]:
    schedule = scope.dossier.plan.schedule
    if schedule is None:
        return
    row = 0
    for wave in schedule.waves:
        people = sum(leg.people for leg in schedule.legs if leg.wave == wave.number)
        name = speech._("Wave %(number)s", number=speech.number(wave.number))
        words = speech.n("%(count)s person moves", "%(count)s people move", people)
        words = f"{speech.date(wave.first)}: {words}"
        x = scale.at(wave.first)
        bar = _Bar(x, max(5.0, scale.at(wave.last + dt.timedelta(days=1)) - x), "work")
        yield _line(row, name, (bar,), None, words, x + bar.width, width)
        row += 1
    for unit in scope.freed:
        yield _unit(row, unit.id, scope, speech, scale, width)
        row += 1


def _unit(row: int, unit: str, scope: Scope, speech: Speech, scale: _Scale, width: float) -> _Line:
    schedule = scope.dossier.plan.schedule
    bars: list[_Bar] = []
    left = scope.left_on(unit)
    if left is not None and schedule is not None:
        first = min(schedule.wave(leg.wave).first for leg in schedule.legs if leg.origin == unit)
        x = scale.at(first)
        bars.append(_Bar(x, max(5.0, scale.at(left) - x), "work"))
    empty, start = scope.released(unit), scope.rent_from(unit)
    end = scale.last if start is None else start
    bars.append(_Bar(scale.at(empty), scale.at(end) - scale.at(empty), "void"))
    words = (
        speech._("never let")
        if start is None
        else speech._("lease from %(month)s", month=speech.month(start))
    )
    mark = None if start is None else scale.at(start)
    return _line(row, unit, tuple(bars), mark, words, scale.at(end) + 8, width)


def _line(
    row: int,
    name: str,
    bars: tuple[_Bar, ...],
    mark: float | None,
    words: str,
    x: float,
    width: float,
) -> _Line:
    room = width - x - 10
    short = fit(words, 12, room) if room > 60 else ""  # noqa: PLR2004  too little for words
    if short == words:
        place, anchor = x + 6, "start"
    else:
        place, anchor = min(bar.x for bar in bars) - 6, "end"
        beside = text_width(words, 12, "cond") + text_width(name, 12, "cond-bold") + 12
        short = words if place > beside else ""
    return _Line(_HEAD + row * _ROW, name, bars, mark, short, place, anchor, f"{name}: {words}")


@dataclass(frozen=True, slots=True)
class _Week:
    x: float
    width: float
    height: float
    people: str
    label: str


def motion(scope: Scope, speech: Speech, *, canvas: Canvas) -> Markup | None:
    """Return the people in motion in each week, as bars; None without dates."""
    schedule = scope.dossier.plan.schedule
    if schedule is None or not schedule.legs:
        return None
    people = Counter(people_by_week(scope))
    first, last = min(people), max(people)
    weeks = [first + _WEEK * at for at in range((last - first) // _WEEK + 1)]
    high, most = 120.0, max(people.values())
    pitch = min(64.0, canvas.width / len(weeks))
    every = max(1, round(64 / pitch))
    bars = [
        _Week(
            x=at * pitch + pitch * 0.15,
            width=pitch * 0.7,
            height=high * people[week] / most,
            people=speech.number(people[week]) if people[week] and pitch > 20 else "",  # noqa: PLR2004
            label=speech.date(week).rsplit(" ", 1)[0] if at % every == 0 else "",
        )
        for at, week in enumerate(weeks)
    ]
    return render(
        "motion",
        speech,
        canvas,
        height=high + 46,
        title=speech._("People in motion, week by week"),
        about=", ".join(
            f"{speech.date(week)}: {speech.number(people[week])}" for week in weeks[:40]
        ),
        bars=bars,
        high=high,
        end=len(weeks) * pitch,
    )
