"""Seats wanted on each weekday against the seats there are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from planner.web.show.gap import Tick
from planner.web.show.scale import axis_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.i18n import Speech

_LEFT: Final = 46.0
_TOP: Final = 14.0
_BOTTOM: Final = 26.0
_BAR_SHARE: Final = 0.68
_LABEL: Final = 18.0
"""Pixels that a number above a bar takes."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One weekday: left edge, top, width, height, with its words.

    Its number stands at `label_y`: above the bar, or in it where a line would cross it.
    """

    x: float
    y: float
    width: float
    height: float
    value: str
    day: str
    label_y: float
    inside: bool


@dataclass(frozen=True, slots=True)
class Level:
    """A line across all days with what it stands for."""

    y: float
    value: str
    words: str
    kind: str


@dataclass(frozen=True, slots=True)
class WeekChart:
    """The chart laid out in pixels."""

    width: float
    height: float
    left: float
    right: float
    base: float
    rows: tuple[Tick, ...]
    bars: tuple[Bar, ...]
    levels: tuple[Level, ...]


def week_chart(
    needed: Sequence[int],
    weekdays: Sequence[int],
    levels: Sequence[tuple[int, str, str]],
    speech: Speech,
    *,
    width: float,
    height: float,
) -> WeekChart:
    """Lay out seats needed per weekday.

    Args:
        needed: seats, one number a weekday.
        weekdays: which days, 0 is Monday.
        levels: lines across: seats, words, and `level` or `kept` for how it is drawn.
        speech: the reader's language.
        width: of the chart in pixels.
        height: of the chart in pixels.
    """
    scale = axis_of(0, max([*needed, *(seats for seats, _, _ in levels), 1]))
    right, base = width - 108, height - _BOTTOM
    slot = (right - _LEFT) / max(len(needed), 1)
    tall = base - _TOP

    def y(seats: int) -> float:
        return round(base - scale.at(seats, tall), 1)

    def bar(at: int, seats: int, day: int) -> Bar:
        top = y(seats)
        inside = (
            slot * _BAR_SHARE > _LABEL * 2
            and base - top > _LABEL + 8
            and any(top - _LABEL < line.y <= top + 2 for line in lines)
        )
        return Bar(
            x=round(_LEFT + slot * (at + (1 - _BAR_SHARE) / 2), 1),
            y=top,
            width=round(slot * _BAR_SHARE, 1),
            height=round(base - top, 1),
            value=speech.number(seats),
            day=speech.weekday_short(day),
            label_y=round(top + _LABEL if inside else top - 6, 1),
            inside=inside,
        )

    lines = [Level(y(seats), speech.number(seats), words, kind) for seats, words, kind in levels]
    return WeekChart(
        width=width,
        height=height,
        left=_LEFT,
        right=round(right, 1),
        base=base,
        rows=tuple(
            Tick(round(base - scale.at(tick, tall), 1), speech.number(tick)) for tick in scale.ticks
        ),
        bars=tuple(
            bar(at, seats, day)
            for at, (seats, day) in enumerate(zip(needed, weekdays, strict=True))
        ),
        levels=tuple(lines),
    )
