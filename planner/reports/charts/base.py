"""What all charts share: fonts, colours, locale, round ticks, the layered frame."""

from __future__ import annotations

from math import ceil, floor, log10
from typing import TYPE_CHECKING, Any, Final

from planner.reports.drawings.palette import LIGHT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from planner.i18n import Speech

Spec = dict[str, Any]
"""A Vega-Lite specification, JSON that a browser can draw as it stands."""

Size = tuple[float, float]
"""Width and height of the whole chart in pixels."""

CONDENSED: Final = "IBM Plex Sans Condensed"
BOLD: Final = 600
_FONT: Final = "IBM Plex Sans"
_SCHEMA: Final = "https://vega.github.io/schema/vega-lite/v6.json"
_MINUS: Final = "\u2212"
_NEAR: Final = 1e-6


def config(speech: Speech, colours: Mapping[str, str] = LIGHT) -> Spec:
    """Return what all charts share, in the reader's numbers and a theme's colours."""
    comma, point = (",", ".") if speech.language == "id" else (".", ",")
    return {
        "background": None,
        "font": _FONT,
        "view": {"stroke": None},
        "locale": {
            "number": {
                "decimal": comma,
                "thousands": point,
                "grouping": [3],
                "currency": ["", ""],
                "minus": _MINUS,
            }
        },
        "axis": {
            "labelFontSize": 12,
            "titleFontSize": 12,
            "titleFontWeight": 400,
            "titleColor": colours["ink2"],
            "domain": False,
            "ticks": False,
            "gridColor": colours["line"],
            "labelColor": colours["ink2"],
            "labelOverlap": False,
            "labelPadding": 8,
        },
        "axisX": {"grid": False},
        "bar": {"color": colours["bar"]},
        "line": {"strokeWidth": 2.5, "color": colours["ink"]},
        "text": {"font": _FONT, "color": colours["ink"], "fontSize": 13},
        "legend": {"disable": True},
    }


def layered(speech: Speech, size: Size, margins: Spec, layers: list[Spec], about: str) -> Spec:
    """Return layers in the frame all charts share; `about` is read aloud."""
    width, height = size
    return {
        "$schema": _SCHEMA,
        "description": about,
        "width": width - margins["left"] - margins["right"],
        "height": height - margins["top"] - margins["bottom"],
        "padding": margins,
        "autosize": {"type": "none"},
        "layer": layers,
        "config": config(speech),
    }


def ticks(low: float, high: float, about: int = 6) -> list[float]:
    """Return round numbers that cover a range.

    >>> ticks(-13, 12)
    [-15.0, -10.0, -5.0, 0.0, 5.0, 10.0, 15.0]
    """
    span = max(high - low, _NEAR)
    rough = span / about
    power = 10.0 ** floor(log10(rough))
    step = next(one * power for one in (1, 2, 2.5, 5, 10) if one * power >= rough * 0.999)
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    return [round(at * step, 9) + 0.0 for at in range(first, last + 1)]


def _format(values: Sequence[float]) -> str:
    whole = all(abs(value - round(value)) < _NEAR for value in values)
    tenths = all(abs(value * 10 - round(value * 10)) < _NEAR for value in values)
    return ",.0f" if whole else ",.1f" if tenths else ",.2f"


def value_axis(values: Sequence[float], title: str | None = None) -> Spec:
    """Return an axis with these ticks and no others."""
    return {"values": list(values), "format": _format(values), "title": title}


def rule(y: Spec, value: float, colour: str, *, width: float = 1.5, dash: bool = False) -> Spec:
    """Return a layer with one level line across the chart."""
    mark: Spec = {"type": "rule", "color": LIGHT[colour], "strokeWidth": width}
    if dash:
        mark["strokeDash"] = [6, 4]
    return {"data": {"values": [{"v": value}]}, "mark": mark,
            "encoding": {"y": {**y, "field": "v"}}}  # fmt: skip
