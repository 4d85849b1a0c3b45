"""Charts as Vega-Lite specifications: drawn by the browser on a page, by vl-convert in a PDF.

Layout never depends on the fonts of the machine: sizes, margins and ticks are given. A
figure's title and source stand outside the chart, in the text.
"""

from planner.reports.charts.base import Spec, config, ticks
from planner.reports.charts.draw import svg
from planner.reports.charts.money import (
    Dot,
    Series,
    Swing,
    cash_flow,
    frontier,
    histogram,
    tornado,
)
from planner.reports.charts.run import progress
from planner.reports.charts.seats import Level, weekday_bars

__all__ = [
    "Dot",
    "Level",
    "Series",
    "Spec",
    "Swing",
    "cash_flow",
    "config",
    "frontier",
    "histogram",
    "progress",
    "svg",
    "ticks",
    "tornado",
    "weekday_bars",
]
