"""Charts as SVG for paper."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import vl_convert
from markupsafe import Markup, escape

if TYPE_CHECKING:
    from planner.reports.charts.base import Spec

_PX_PER_MM: Final = 96 / 25.4


def svg(spec: Spec, *, name: str) -> Markup:
    """Return a chart as SVG for a PDF, sized in millimetres, its ids unique in the document.

    Raises:
        ValueError: not a specification that vl-convert can draw, always our defect.
    """
    drawn = vl_convert.vegalite_to_svg(spec)
    drawn = drawn[drawn.index("<svg") :]
    width, height = (
        spec[side] + sum(spec["padding"][edge] for edge in edges)
        for side, edges in (("width", ("left", "right")), ("height", ("top", "bottom")))
    )
    drawn = re.sub(
        r"^<svg[^>]*>",
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" viewBox="0 0 {width} {height}" '
        f'width="{width / _PX_PER_MM:.2f}mm" height="{height / _PX_PER_MM:.2f}mm" role="img" '
        f'aria-labelledby="{name}-t"><title id="{name}-t">{escape(spec["description"])}</title>',
        drawn,
    )
    drawn = re.sub(r'(id="|url\(#)(clip|gradient)', rf"\1{name}-\2", drawn)
    return Markup(drawn)  # noqa: S704  vl-convert escapes what the specification holds
