"""Charts of money: cash flow a year, what single inputs change, value against moves."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from planner.reports.charts.base import BOLD, CONDENSED, layered, rule, ticks, value_axis
from planner.reports.drawings.measure import text_width
from planner.reports.drawings.palette import LIGHT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.i18n import Speech
    from planner.reports.charts.base import Size, Spec

_MANY_YEARS = 6  # more, and the labels are set smaller
_BAR, _NARROW_BAR = 0.5, 0.3  # of a year's width; narrow where labels are long


@dataclass(frozen=True, slots=True)
class Series:
    """One part of a stack: its name, the token of its colour, one number a year."""

    label: str
    colour: str
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Swing:
    """What the result becomes at either end of one input's range."""

    label: str
    low: float
    high: float
    low_label: str
    high_label: str


@dataclass(frozen=True, slots=True)
class Dot:
    """One real plan: people moved, value, words beside it, whether it is the chosen one."""

    people: int
    value: float
    label: str
    chosen: bool = False


def cash_flow(
    years: Sequence[str],
    series: Sequence[Series],
    net: Sequence[float],
    net_labels: Sequence[str],
    speech: Speech,
    *,
    size: Size = (658, 225),
) -> Spec:
    """Return stacked bars a year, money in above zero and out below, with the net as a line."""
    above = [sum(max(one.values[at], 0) for one in series) for at in range(len(years))]
    below = [sum(min(one.values[at], 0) for one in series) for at in range(len(years))]
    scale = ticks(min(0, *below), max(0, *above, 1e-9))
    rows = [
        {"year": year, "part": one.label, "value": one.values[at], "order": order}
        for order, one in enumerate(series)
        for at, year in enumerate(years)
        if one.values[at]
    ]
    nets = [
        {"year": year, "net": value, "label": label}
        for year, value, label in zip(years, net, net_labels, strict=True)
    ]
    label_size = 12 if len(years) > _MANY_YEARS else 13
    band = (size[0] - 62) / max(len(years), 1)
    long = [text_width(label, label_size, "sans-bold") for label in net_labels] or [0.0]
    bar = _BAR if max(long) < band * (_BAR - 0.08) else _NARROW_BAR
    beside = bar / 2 + 0.06
    right = max(12, round(long[-1] + 6 - band * (0.5 - beside)))
    left = max(
        50, round(10 + max(text_width(speech.number(Decimal(str(one))), 12) for one in scale))
    )
    x = {
        "field": "year",
        "type": "ordinal",
        "scale": {"domain": list(years), "paddingInner": 1 - bar, "paddingOuter": (1 - bar) / 2},
        "axis": {"title": None, "labelAngle": 0, "labelFontSize": 12},
    }
    y = {
        "type": "quantitative",
        "scale": {"domain": [scale[0], scale[-1]]},
        "axis": value_axis(scale),
    }
    layers: list[Spec] = [
        {
            "data": {"values": rows},
            "mark": {"type": "bar", "stroke": LIGHT["surface"], "strokeWidth": 0.8},
            "encoding": {
                "x": x,
                "y": {**y, "field": "value", "stack": "zero"},
                "color": {
                    "field": "part",
                    "type": "nominal",
                    "scale": {
                        "domain": [one.label for one in series],
                        "range": [LIGHT[one.colour] for one in series],
                    },
                },
                "order": {"field": "order", "type": "quantitative"},
            },
        },
        rule(y, 0, "ink"),
        {
            "data": {"values": nets},
            "mark": {
                "type": "tick",
                "orient": "horizontal",
                "color": LIGHT["ink"],
                "thickness": 3,
                "opacity": 1,
                "size": band * (bar + 0.08),
            },
            "encoding": {"x": x, "y": {**y, "field": "net"}},
        },
        {
            "data": {"values": nets},
            "mark": {
                "type": "text",
                "align": "left",
                "dx": band * beside,
                "fontWeight": BOLD,
                "fontSize": label_size,
            },
            "encoding": {"x": x, "y": {**y, "field": "net"}, "text": {"field": "label"}},
        },
    ]
    about = "; ".join(f"{year} {label}" for year, label in zip(years, net_labels, strict=True))
    return layered(
        speech, size, {"left": left, "right": right, "top": 12, "bottom": 26}, layers, about
    )


def tornado(
    base: float,
    swings: Sequence[Swing],
    speech: Speech,
    *,
    size: Size = (658, 235),
) -> Spec:
    """Return one bar an input, the longest first, both ends named with what was changed."""
    ordered = sorted(swings, key=lambda one: -abs(one.high - one.low))
    ends = [value for one in ordered for value in (one.low, one.high)]
    scale = ticks(min(base, *ends), max(base, *ends), 6)
    pad = (max(ends) - min(ends)) * 0.2
    domain = [min(scale[0], min(ends) - pad), max(scale[-1], max(ends) + pad)]
    rows = []
    for one in ordered:
        for value, label in ((one.low, one.low_label), (one.high, one.high_label)):
            rows.append(
                {
                    "input": one.label,
                    "from": base,
                    "to": value,
                    "label": label,
                    "worse": value < base,
                }
            )
    y = {
        "field": "input",
        "type": "nominal",
        "sort": None,
        "scale": {"padding": 0.34},
        "axis": {
            "title": None,
            "labelLimit": 300,  # measured in another font, which is wider
            "labelFontSize": 13,
            "labelFontWeight": 500,
            "labelColor": LIGHT["ink"],
        },
    }
    x = {
        "type": "quantitative",
        "scale": {"domain": domain, "nice": False},
        "axis": {**value_axis(scale), "grid": True},
    }
    colour = {"condition": {"test": "datum.worse", "value": LIGHT["tight"]}, "value": LIGHT["bar"]}

    def words(test: str, align: str, dx: int) -> Spec:
        return {
            "data": {"values": [row for row in rows if row["worse"] == (test == "worse")]},
            "mark": {
                "type": "text",
                "align": align,
                "dx": dx,
                "font": CONDENSED,
                "fontSize": 12,
                "color": LIGHT["ink2"],
            },
            "encoding": {"y": y, "x": {**x, "field": "to"}, "text": {"field": "label"}},
        }

    layers: list[Spec] = [
        {
            "data": {"values": rows},
            "mark": {"type": "bar"},
            "encoding": {
                "y": y,
                "x": {**x, "field": "from"},
                "x2": {"field": "to"},
                "color": colour,
            },
        },
        {
            "data": {"values": [{"v": base}]},
            "mark": {"type": "rule", "color": LIGHT["ink"], "strokeWidth": 2},
            "encoding": {"x": {**x, "field": "v"}},
        },
        words("worse", "right", -6),
        words("better", "left", 6),
    ]
    about = "; ".join(f"{one.label}: {one.low_label}, {one.high_label}" for one in ordered)
    return layered(speech, size, {"left": 235, "right": 20, "top": 6, "bottom": 28}, layers, about)


def _met(dots: Sequence[Dot]) -> list[Dot]:
    """Return the dots, those at one place as one."""
    found: dict[tuple[int, float], Dot] = {}
    for dot in dots:
        place = dot.people, dot.value
        first = found.get(place, dot)
        names = ", ".join(dict.fromkeys(filter(None, (first.label, dot.label))))
        found[place] = Dot(*place, names, chosen=first.chosen or dot.chosen)
    return list(found.values())


def frontier(
    dots: Sequence[Dot],
    speech: Speech,
    *,
    across: str,
    size: Size = (658, 270),
) -> Spec:
    """Return value against people moved; each dot is a real plan, the chosen one saffron.

    Plans at one place are one dot with both their names.
    """
    dots = _met(dots)
    xs = ticks(0, max(dot.people for dot in dots) or 1)
    ys = ticks(min(0, *(dot.value for dot in dots)), max(dot.value for dot in dots) or 1)
    ordered = sorted(dots, key=lambda dot: (dot.people, dot.value))
    rows = [
        {"people": dot.people, "value": dot.value, "label": dot.label, "chosen": dot.chosen}
        for dot in ordered
    ]
    x = {
        "field": "people",
        "type": "quantitative",
        "scale": {"domain": [0, xs[-1]]},
        "axis": {**value_axis(xs, across), "domain": True, "domainColor": LIGHT["ink"]},
    }
    y = {
        "field": "value",
        "type": "quantitative",
        "scale": {"domain": [ys[0], ys[-1]]},
        "axis": value_axis(ys),
    }
    chosen = "datum.chosen"
    layers: list[Spec] = [
        {
            "data": {"values": rows},
            "mark": {"type": "line", "strokeWidth": 1.5, "color": LIGHT["ink3"]},
            "encoding": {"x": x, "y": y},
        },
        {
            "data": {"values": rows},
            "mark": {
                "type": "point",
                "filled": True,
                "stroke": LIGHT["ink"],
                "strokeWidth": 2,
                "opacity": 1,
            },
            "encoding": {
                "x": x,
                "y": y,
                "size": {"condition": {"test": chosen, "value": 230}, "value": 90},
                "fill": {
                    "condition": {"test": chosen, "value": LIGHT["freed"]},
                    "value": LIGHT["surface"],
                },
            },
        },
        {
            "data": {"values": [row for row in rows if not row["people"]]},
            "mark": {"type": "text", "dy": -7, "dx": 24, "align": "left", "fontSize": 12},
            "encoding": {
                "x": x,
                "y": y,
                "text": {"field": "label"},
                "color": {"value": LIGHT["ink2"]},
            },
        },
        {
            "data": {"values": [row for row in rows if row["people"]]},
            "mark": {"type": "text", "dy": -12, "dx": -8, "align": "right", "fontSize": 12},
            "encoding": {
                "x": x,
                "y": y,
                "text": {"field": "label"},
                "color": {
                    "condition": {"test": chosen, "value": LIGHT["ink"]},
                    "value": LIGHT["ink2"],
                },
            },
        },
    ]
    about = "; ".join(f"{dot.label}: {speech.number(dot.people)}" for dot in ordered)
    return layered(speech, size, {"left": 46, "right": 30, "top": 26, "bottom": 46}, layers, about)


def histogram(
    values: Sequence[float], speech: Speech, *, unit: str, size: Size = (658, 190), bins: int = 32
) -> Spec:
    """Return how often each value came up; losses in orange, the middle marked."""
    low, high = min(*values, 0.0), max(values)
    scale = ticks(low, high)
    step = (scale[-1] - scale[0]) / bins
    counts = [0] * bins
    for value in values:
        counts[min(bins - 1, int((value - scale[0]) / step))] += 1
    rows = [
        {
            "from": scale[0] + at * step,
            "to": scale[0] + (at + 1) * step,
            "share": count / len(values),
            "loss": scale[0] + at * step < 0,
        }
        for at, count in enumerate(counts)
        if count
    ]
    x = {
        "type": "quantitative",
        "scale": {"domain": [scale[0], scale[-1]], "nice": False},
        "axis": {
            **value_axis(scale, unit),
            "domain": True,
            "domainColor": LIGHT["ink"],
            "zindex": 1,
        },
    }
    y = {
        "field": "share",
        "type": "quantitative",
        "scale": {"domain": [0, max(row["share"] for row in rows) * 1.15]},
        "axis": None,
    }
    middle = sorted(values)[len(values) // 2]
    layers: list[Spec] = [
        {
            "data": {"values": rows},
            "mark": {"type": "bar", "stroke": LIGHT["surface"], "strokeWidth": 1},
            "encoding": {
                "x": {**x, "field": "from"},
                "x2": {"field": "to"},
                "y": y,
                "y2": {"datum": 0},
                "color": {
                    "condition": {"test": "datum.loss", "value": LIGHT["tight"]},
                    "value": LIGHT["bar"],
                },
            },
        },
        {
            "data": {"values": [{"v": middle}]},
            "mark": {"type": "rule", "color": LIGHT["ink"], "strokeWidth": 2},
            "encoding": {"x": {**x, "field": "v"}},
        },
    ]
    margins = {"left": 12, "right": 20, "top": 6, "bottom": 46}
    return layered(speech, size, margins, layers, unit)
