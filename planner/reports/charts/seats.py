"""Charts of seats: what each weekday needs against what there is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from planner.reports.charts.base import BOLD, layered, rule, ticks, value_axis
from planner.reports.drawings.palette import LIGHT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.i18n import Speech
    from planner.reports.charts.base import Size, Spec


_LABEL_PX: Final = 36.0
"""Height of the two lines that name a level."""
_LOW: Final = 0.12
"""Of the axis: a lower bar has its number above, a higher one inside, where no level crosses it."""


@dataclass(frozen=True, slots=True)
class Level:
    """A line across a chart: where, its name, a second line of text, its token, dashed."""

    value: float
    label: str
    note: str
    colour: str
    dashed: bool = False


def weekday_bars(
    days: Sequence[str],
    values: Sequence[int],
    levels: Sequence[Level],
    speech: Speech,
    *,
    size: Size = (658, 225),
) -> Spec:
    """Return seats needed per weekday against the seats there are."""
    top = max(*values, *(level.value for level in levels), 1)
    scale = ticks(0, top)
    rows = [
        {"day": day, "value": value, "label": speech.number(value)}
        for day, value in zip(days, values, strict=True)
    ]
    x = {
        "field": "day",
        "type": "ordinal",
        "sort": None,
        "scale": {"paddingInner": 0.32, "paddingOuter": 0.16},
        "axis": {
            "title": None,
            "labelAngle": 0,
            "labelFontSize": 13,
            "domain": True,
            "domainColor": LIGHT["ink"],
        },
    }
    y = {"type": "quantitative", "scale": {"domain": [0, scale[-1]]}, "axis": value_axis(scale)}
    layers: list[Spec] = [
        {
            "data": {"values": rows},
            "mark": {"type": "bar"},
            "encoding": {"x": x, "y": {**y, "field": "value"}},
        },
        *_labels(rows, scale[-1] * _LOW, x, y),
    ]
    width = size[0] - 46 - 118
    for level, down in zip(levels, _apart(levels, (size[1] - 40) / scale[-1]), strict=True):
        layers.append(rule(y, level.value, level.colour, width=2, dash=level.dashed))
        for words, dy, weight, colour in (
            (level.label, down, BOLD, level.colour),
            (level.note, down + 16, 400, "ink2"),
        ):
            layers.append(
                {
                    "data": {"values": [{"v": level.value, "t": words}]},
                    "mark": {
                        "type": "text",
                        "align": "left",
                        "dy": dy,
                        "fontWeight": weight,
                        "color": LIGHT[colour],
                        "fontSize": 13 if weight == BOLD else 12,
                        "x": width + 8,
                    },
                    "encoding": {"y": {**y, "field": "v"}, "text": {"field": "t"}},
                }
            )
    about = "; ".join(f"{row['day']} {row['label']}" for row in rows)
    return layered(speech, size, {"left": 46, "right": 118, "top": 12, "bottom": 28}, layers, about)


def _apart(levels: Sequence[Level], pitch: float) -> list[float]:
    """Return how far down each label goes so that none covers another; highest level first."""
    down = [0.0] * len(levels)
    free = float("-inf")
    for at in sorted(range(len(levels)), key=lambda at: -levels[at].value):
        place = -levels[at].value * pitch
        down[at] = max(0.0, free - place)
        free = place + down[at] + _LABEL_PX
    return down


def _labels(rows: Sequence[dict[str, Any]], low: float, x: Spec, y: Spec) -> list[Spec]:
    """Return the numbers of the bars: white inside high ones, ink above low ones."""
    kinds = (
        ([row for row in rows if row["value"] >= low], 13, LIGHT["surface"]),
        ([row for row in rows if row["value"] < low], -9, LIGHT["ink"]),
    )
    return [
        {
            "data": {"values": own},
            "mark": {"type": "text", "dy": dy, "fontWeight": BOLD, "color": colour},
            "encoding": {"x": x, "y": {**y, "field": "value"}, "text": {"field": "label"}},
        }
        for own, dy, colour in kinds
        if own
    ]
