"""The chart of a search: best plan as a step line, the limit above it, the gap between."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from planner.web.show.scale import axis_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from planner.i18n import Speech

_LEFT: Final = 46.0
_TOP: Final = 26.0
_BOTTOM: Final = 28.0
_LABEL: Final = 19.0
_WORDS: Final = 250.0  # room for the longest words at the end of a line
_MOST_LIMIT: Final = 4  # a limit above four times the best plan is drawn at the edge
_POINTS: Final = 400


@dataclass(frozen=True, slots=True)
class Point:
    """Where a search stood: seconds since it began, best value and limit, minor units."""

    seconds: float
    value: int | None
    limit: int | None


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of an axis with its words."""

    at: float
    words: str


@dataclass(frozen=True, slots=True)
class GapChart:
    """The chart laid out in pixels; paths are SVG path data, "" where nothing is known."""

    width: float
    height: float
    left: float
    right: float
    top: float
    base: float
    rows: tuple[Tick, ...]
    times: tuple[Tick, ...]
    best: str
    limit: str
    between: str
    now_x: float
    best_y: float | None
    limit_y: float | None
    best_label_y: float
    limit_label_y: float
    label_at_end: bool
    unit: str


def gap_chart(
    points: Sequence[Point], now: float, end: float, speech: Speech, *, width: float, height: float
) -> GapChart:
    """Lay out the chart of a search.

    Args:
        points: in the order they happened.
        now: seconds since the search began.
        end: seconds the search may last.
        speech: the reader's language and currency.
        width: of the chart in pixels.
        height: of the chart in pixels.
    """
    points = _thin(points)
    power, unit = speech.money_scale([one.value or one.limit or 0 for one in points])
    values = [one.value for one in points if one.value is not None]
    limits = [one.limit for one in points if one.limit is not None]
    cap = max(max(values, default=0) * _MOST_LIMIT, 1) if max(values, default=0) > 0 else None
    tops = [min(limit, cap) if cap else limit for limit in limits]
    scale = axis_of(
        _major(min(0, *values, 0), speech, power),
        _major(max([*values, *tops, 1]), speech, power),
        5,
    )
    end = max(end, now, 1.0)
    right, base = width - 8, height - _BOTTOM
    line = right - _LEFT

    def x(seconds: float) -> float:
        return round(_LEFT + line * min(max(seconds, 0), end) / end, 1)

    def y(minor: int) -> float:
        value = min(_major(minor, speech, power), scale.most)
        return round(base - scale.at(value, base - _TOP), 1)

    best = [(x(one.seconds), y(one.value)) for one in points if one.value is not None]
    limit = [(x(one.seconds), y(one.limit)) for one in points if one.limit is not None]
    now_x = x(now)
    best_y, limit_y = (best[-1][1] if best else None), (limit[-1][1] if limit else None)
    at_end = right - now_x < _WORDS
    from_x = now_x - _WORDS if at_end else now_x
    best_label, limit_label = _labels(_at(best, from_x), _at(limit, from_x), _TOP, base)
    return GapChart(
        width=width,
        height=height,
        left=_LEFT,
        right=right,
        top=_TOP,
        base=base,
        rows=tuple(
            Tick(round(base - scale.at(tick, base - _TOP), 1), speech.number(tick, _places(tick)))
            for tick in scale.ticks
        ),
        times=tuple(Tick(x(end * part / 4), clock(end * part / 4)) for part in range(5)),
        best=_stairs(best, now_x),
        limit=_stairs(limit, now_x),
        between=_between(best, limit, now_x),
        now_x=now_x,
        best_y=best_y,
        limit_y=limit_y,
        best_label_y=best_label,
        limit_label_y=limit_label,
        label_at_end=at_end,
        unit=unit,
    )


def clock(seconds: float) -> str:
    """Return seconds as a clock shows them.

    >>> clock(74.6), clock(3725)
    ('1:14', '1:02:05')
    """
    whole = int(seconds)
    hours, rest = divmod(whole, 3600)
    return f"{hours}:{rest // 60:02}:{rest % 60:02}" if hours else f"{rest // 60}:{rest % 60:02}"


def _thin(points: Sequence[Point]) -> Sequence[Point]:
    """Return at most so many points, the last of them always."""
    if len(points) <= _POINTS:
        return points
    every = -(-len(points) // _POINTS)
    return [*points[::every], points[-1]]


def _major(minor: int, speech: Speech, power: int) -> Decimal:
    from planner.domain.money import to_major  # noqa: PLC0415  Babel is slow to import

    return to_major(minor, speech.currency).scaleb(-power)


def _places(tick: Decimal) -> int:
    exponent = tick.normalize().as_tuple().exponent
    return min(2, max(0, -exponent)) if isinstance(exponent, int) else 0


def _labels(
    best: float | None, limit: float | None, top: float, base: float
) -> tuple[float, float]:
    """Return the heights of the two words at the end: never over each other or the axis."""
    upper = (limit if limit is not None else top) - 10
    lower = (best if best is not None else base) + _LABEL
    if lower > base - 4:
        lower = (best or base) - 8
        upper = min(upper, lower - _LABEL)
    return round(lower, 1), round(max(upper, 14.0), 1)


def _at(corners: Sequence[tuple[float, float]], x: float) -> float | None:
    """Return how high a step line is at x; where it begins later, at its beginning."""
    if not corners:
        return None
    before = [corner for corner in corners if corner[0] <= x]
    return (before or corners)[-1 if before else 0][1]


def _stairs(corners: Sequence[tuple[float, float]], until: float) -> str:
    if not corners:
        return ""
    path = [f"M{corners[0][0]} {corners[0][1]}"]
    path += [f"H{x}V{y}" for x, y in corners[1:]]
    return "".join([*path, f"H{until}"])


def _between(
    best: Sequence[tuple[float, float]], limit: Sequence[tuple[float, float]], until: float
) -> str:
    """Return the area between the two lines, from where both are known."""
    if not best or not limit:
        return ""
    begin = max(best[0][0], limit[0][0])
    upper, lower = _from(limit, begin), _from(best, begin)
    path = f"M{begin} {upper[0][1]}" + "".join(f"H{x}V{y}" for x, y in upper[1:]) + f"H{until}"
    path += f"V{lower[-1][1]}"
    for at in range(len(lower) - 1, 0, -1):
        path += f"H{lower[at][0]}V{lower[at - 1][1]}"
    return path + f"H{begin}Z"


def _from(corners: Sequence[tuple[float, float]], begin: float) -> list[tuple[float, float]]:
    before = [corner for corner in corners if corner[0] <= begin]
    return [(begin, before[-1][1]), *(corner for corner in corners if corner[0] > begin)]
