"""A drawing without its file format: paths, texts and inserted blocks in drawing units."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from typing import Final

from planner.importers.plans.report import Point  # noqa: TC001  part of the public shape

MOST_PRIMITIVES: Final = 500_000
"""A drawing that expands to more is refused; the largest real one seen has 60,000."""
_XREF: Final = re.compile(r"^.+?(\$\d+\$|\|)(?=.)")


@dataclass(frozen=True, slots=True)
class Path:
    """A line or shape: its points, and for an area its holes.

    Args:
        layer: as `plain_layer` gives it.
        points: at least two, the first not repeated at the end of a closed one.
        closed: whether it is an area.
        ref: handle.
        kind: DXF type.
        gap: distance between the ends of a shape that was meant to be closed.
        holes: rings inside, of hatches and the like.
        block: the block that it was drawn in, "" where it was drawn right in the model.
    """

    layer: str
    points: tuple[Point, ...]
    closed: bool
    ref: str = ""
    kind: str = ""
    gap: float = 0.0
    holes: tuple[tuple[Point, ...], ...] = ()
    block: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """A text where it stands; `tag` names the attribute, `also` is the place of its block."""

    layer: str
    text: str
    at: Point
    ref: str = ""
    tag: str = ""
    also: Point | None = None
    height: float = 0.0


@dataclass(frozen=True, slots=True)
class Insert:
    """A block where it was put, with the texts of its attributes by tag."""

    layer: str
    name: str
    at: Point
    ref: str = ""
    attributes: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class Drawing:
    """All that was found.

    `unit` and `metric` are what the header says, None if nothing; `skipped` counts entities by
    type that are not read; `absent` are referenced drawings that are not in the file.
    """

    paths: list[Path] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)
    inserts: list[Insert] = field(default_factory=list)
    unit: str | None = None
    metric: bool | None = None
    skipped: dict[str, int] = field(default_factory=dict)
    absent: list[str] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        """Return whether nothing was found."""
        return not (self.paths or self.texts or self.inserts)


def plain_layer(name: str) -> str:
    """Return a layer's name without the file that a bound reference puts before it.

    >>> plain_layer("xref-Tower-08$0$A-WALL"), plain_layer("RM$"), plain_layer("base|RM$")
    ('A-WALL', 'RM$', 'RM$')
    """
    return _XREF.sub("", name)


def is_ring(points: tuple[Point, ...], share: float = 0.02) -> tuple[bool, float]:
    """Return whether a line closes up to a share of its length, and the gap it leaves.

    Source:
        Gaps of room outlines in real drawings stay below 2% of the perimeter.
    """
    if len(points) < 4:  # noqa: PLR2004  three corners and the first again
        return False, 0.0
    gap = math.dist(points[0], points[-1])
    length = sum(map(math.dist, points, points[1:]))
    return gap <= share * length and length > 0, gap


def arc_points(
    centre: Point, radius: float, start: float, end: float, step: float = 0.04
) -> tuple[Point, ...]:
    """Return points on an arc from `start` to `end`, degrees anticlockwise.

    A step of 0.04 radians keeps the area of a circle to 0.03%.
    """
    sweep = math.radians((end - start) % 360 or 360)
    count = max(2, math.ceil(sweep / step))
    first = math.radians(start)
    return tuple(
        (
            centre[0] + radius * math.cos(first + sweep * at / count),
            centre[1] + radius * math.sin(first + sweep * at / count),
        )
        for at in range(count + 1)
    )


def bulged(points: list[tuple[float, float, float]], *, closed: bool) -> tuple[Point, ...]:
    """Return the points of a polyline whose (x, y, bulge) vertices hold arcs.

    Source:
        DXF reference: a bulge is the tangent of a quarter of the arc's angle.
    """
    found: list[Point] = []
    last = len(points) - 1
    for at, (x, y, bulge) in enumerate(points):
        found.append((x, y))
        if not bulge or (at == last and not closed):
            continue
        after = points[(at + 1) % len(points)]
        found.extend(_arc_between((x, y), (after[0], after[1]), bulge))
    return tuple(found)


def _arc_between(start: Point, end: Point, bulge: float, step: float = 0.04) -> list[Point]:
    """Return the points strictly between the ends of a bulged piece."""
    sweep = 4 * math.atan(bulge)
    chord = math.dist(start, end)
    if not chord or abs(sweep) < 1e-9:  # noqa: PLR2004  as good as straight
        return []
    radius = chord / (2 * math.sin(sweep / 2))
    height = radius * math.cos(sweep / 2)
    ux, uy = (end[0] - start[0]) / chord, (end[1] - start[1]) / chord
    cx, cy = (start[0] + end[0]) / 2 - uy * height, (start[1] + end[1]) / 2 + ux * height
    first = math.atan2(start[1] - cy, start[0] - cx)
    count = max(2, math.ceil(abs(sweep) / step))
    return [
        (
            cx + abs(radius) * math.cos(first + sweep * at / count),
            cy + abs(radius) * math.sin(first + sweep * at / count),
        )
        for at in range(1, count)
    ]
