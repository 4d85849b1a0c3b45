"""Our own picture of line work, to trace rooms over."""

from __future__ import annotations

import io
import math
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely
from PIL import Image, ImageDraw
from shapely.geometry import Polygon

from planner.importers.plans.report import Backdrop
from planner.importers.plans.shapes import rings_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.importers.plans.report import Point

LONGEST_PX: Final = 2400
_MARGIN: Final = 0.02
_INK: Final = 90
_MOST_LABELS: Final = 400


def lines_picture(
    lines: Sequence[Sequence[Point]],
    labels: Sequence[tuple[str, Point]] = (),
    *,
    metres_per_unit: float | None,
    shapes: Sequence[Polygon] = (),
    around: tuple[float, float, float, float] | None = None,
) -> Backdrop | None:
    """Return a picture of lines, None where there are none.

    Args:
        lines: points in drawing units, y up.
        labels: texts with their place, for the list beside the picture.
        metres_per_unit: None where the scale is unknown.
        shapes: areas in drawing units to be offered in pixels, in this order.
        around: left, bottom, right, top of what matters; else where nearly all lines are.
    """
    several = 2
    kept = [line for line in lines if len(line) >= several]
    box = around or _extent(kept)
    if box is None:
        return None
    left, bottom, right, top = box
    size = max(right - left, top - bottom)
    left, bottom = left - size * _MARGIN, bottom - size * _MARGIN
    right, top = right + size * _MARGIN, top + size * _MARGIN
    per_px = max(right - left, top - bottom) / LONGEST_PX
    width, height = math.ceil((right - left) / per_px), math.ceil((top - bottom) / per_px)
    top = bottom + height * per_px
    image = Image.new("L", (width, height), 255)
    draw = ImageDraw.Draw(image)
    for line in kept:
        pixels = [((x - left) / per_px, (top - y) / per_px) for x, y in line]
        if all(-width < x < 2 * width and -height < y < 2 * height for x, y in pixels):
            draw.line(pixels, fill=_INK, width=1)
    seen = [
        (text, (round((x - left) / per_px, 1), round((top - y) / per_px, 1)))
        for text, (x, y) in labels
        if left <= x <= right and bottom <= y <= top
    ]
    scale = metres_per_unit
    return Backdrop(
        png_of(image),
        width,
        height,
        None if scale is None else per_px * scale,
        (0.0, 0.0) if scale is None else (left * scale, bottom * scale),
        shapes=tuple(
            rings_of(_in_pixels(shape, left, top, per_px), decimals=1) for shape in shapes
        ),
        labels=tuple(seen[:_MOST_LABELS]),
    )


def _in_pixels(shape: Polygon, left: float, top: float, per_px: float) -> Polygon:
    moved = shapely.transform(shape, lambda xy: (xy - (left, top)) / (per_px, -per_px))
    return moved if isinstance(moved, Polygon) else shape


def png_of(image: Image.Image) -> bytes:
    """Return a picture as PNG."""
    stream = io.BytesIO()
    image.save(stream, "PNG", optimize=False, compress_level=6)
    return stream.getvalue()


def _extent(lines: Sequence[Sequence[Point]]) -> tuple[float, float, float, float] | None:
    """Return where nearly all points lie: a stray line far away does not shrink the plan."""
    if not lines:
        return None
    points = np.array([point for line in lines for point in line], float)
    points = points[np.isfinite(points).all(axis=1)]
    if not len(points):
        return None
    low, high = np.percentile(points, (1, 99), axis=0)
    reach = (high - low) * 0.15
    near = points[((points >= low - reach) & (points <= high + reach)).all(axis=1)]
    (left, bottom), (right, top) = near.min(axis=0), near.max(axis=0)
    if not max(right - left, top - bottom) > 0:
        return None
    return float(left), float(bottom), float(right), float(top)
