"""The chart of a run: the best plan and the proved limit over time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.reports.charts.base import BOLD, layered, ticks, value_axis
from planner.reports.drawings.palette import LIGHT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.i18n import Speech
    from planner.reports.charts.base import Size, Spec


def progress(
    best: Sequence[tuple[float, float]],
    bound: Sequence[tuple[float, float]],
    speech: Speech,
    *,
    seconds: float,
    labels: tuple[str, str] = ("", ""),
    size: Size = (760, 300),
) -> Spec:
    """Return the best value and the proved limit over a run's time.

    Args:
        best: (seconds, value) whenever a better plan was found.
        bound: (seconds, value) whenever a lower limit was proved.
        speech: the reader's language.
        seconds: how long the run may take; the end of the axis.
        labels: words at the ends of the limit's and of the best plan's line.
        size: width and height, pixels.
    """
    values = [value for _, value in (*best, *bound)] or [0.0]
    scale = ticks(min(0, *values), max(*values, 1e-9))
    now = max((at for at, _ in (*best, *bound)), default=0.0)

    def rows(steps: Sequence[tuple[float, float]], label: str) -> list[Spec]:
        ends = [*steps, (now, steps[-1][1])] if steps else []
        return [
            {"t": at, "v": value, "label": label if place == len(ends) - 1 else ""}
            for place, (at, value) in enumerate(ends)
        ]

    x = {
        "field": "t",
        "type": "quantitative",
        "scale": {"domain": [0, seconds]},
        "axis": {
            "title": speech._("seconds"),
            "domain": True,
            "domainColor": LIGHT["ink"],
            "values": ticks(0, seconds),
            "format": ",.0f",
        },
    }
    y = {
        "field": "v",
        "type": "quantitative",
        "scale": {"domain": [scale[0], scale[-1]]},
        "axis": value_axis(scale),
    }

    def step(data: list[Spec], colour: str, dash: list[int], dy: int) -> list[Spec]:
        line = {
            "type": "line",
            "interpolate": "step-after",
            "color": LIGHT[colour],
            "strokeWidth": 2.5,
            "strokeDash": dash,
        }
        return [
            {"data": {"values": data}, "mark": line, "encoding": {"x": x, "y": y}},
            {
                "data": {"values": [row for row in data if row["label"]]},
                "mark": {
                    "type": "text",
                    "align": "left",
                    "dx": 8,
                    "dy": dy,
                    "fontWeight": BOLD,
                    "color": LIGHT[colour],
                },
                "encoding": {"x": x, "y": y, "text": {"field": "label"}},
            },
        ]

    layers = [
        *step(rows(bound, labels[0]), "primary", [6, 4], -10),
        *step(rows(best, labels[1]), "ink", [1, 0], 14),
    ]
    return layered(
        speech,
        size,
        {"left": 50, "right": 20, "top": 14, "bottom": 44},
        layers,
        "; ".join(filter(None, labels)),
    )
