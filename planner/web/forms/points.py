"""Corner points as people type them: a point a line, rings parted by a blank line.

The first ring is the outer one and the others are holes; a line `+` begins a second part. The
page's script reads and writes the same text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from shapely.geometry import MultiPolygon, Polygon
from shapely.validation import explain_validity

from planner.domain.geometry import parts_of
from planner.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planner.domain.geometry import Shape
    from planner.i18n import Speech

Ring = list[tuple[float, float]]

_NUMBER: Final = re.compile(r"-?\d+(?:[.,]\d+)?")
_FARTHEST_M: Final = 5_000.0
_LEAST_POINTS: Final = 3
_MOST_POINTS: Final = 5_000
_SHOWN: Final = 30


def points_text(shape: Shape | None) -> str:
    r"""Return the text that stands for a shape.

    >>> points_text(Polygon([(0, 0), (4, 0), (4, 2.5)]))
    '0 0\n4 0\n4 2.5'
    """
    if shape is None:
        return ""
    parts = [
        "\n\n".join(
            "\n".join(f"{_short(x)} {_short(y)}" for x, y, *_ in list(ring.coords)[:-1])
            for ring in (part.exterior, *part.interiors)
        )
        for part in parts_of(shape)
    ]
    return "\n+\n".join(parts)


def read_points(text: str, speech: Speech) -> Shape | None:
    """Return the shape that a text stands for, None for an empty one.

    Raises:
        InvalidInput: not two numbers in a line, fewer than three points, a line that crosses
            itself, or no area.
    """
    parts = [list(_rings(part, speech)) for part in re.split(r"(?m)^\s*\+\s*$", text)]
    parts = [rings for rings in parts if rings]
    if not parts:
        return None
    found = [_polygon(rings, speech) for rings in parts]
    shape = found[0] if len(found) == 1 else MultiPolygon(found)
    if not shape.is_valid:
        raise InvalidInput(
            speech._("Two parts of this shape overlap; draw them as one, or part them.")
        )
    return shape


def _rings(text: str, speech: Speech) -> Iterator[Ring]:
    ring: Ring = []
    for line in text.splitlines():
        if line.strip():
            ring.append(_point(line, speech))
            if len(ring) > _MOST_POINTS:
                raise InvalidInput(
                    speech._(
                        "More than %(most)s points; leave some out.",
                        most=speech.number(_MOST_POINTS),
                    )
                )
        elif ring:
            yield ring
            ring = []
    if ring:
        yield ring


def _point(line: str, speech: Speech) -> tuple[float, float]:
    cells = [cell.rstrip(",;") for cell in re.split(r"[\s;]+", line.strip()) if cell.strip(",;")]
    if len(cells) != 2 or not all(_NUMBER.fullmatch(cell) for cell in cells):  # noqa: PLR2004
        raise InvalidInput(
            speech._(
                "“%(typed)s” is no point. Enter two numbers in metres, like 12.50 3.00.",
                typed=line.strip()[:_SHOWN],
            )
        )
    x, y = (float(cell.replace(",", ".")) for cell in cells)
    if max(abs(x), abs(y)) > _FARTHEST_M:
        raise InvalidInput(
            speech._(
                "“%(typed)s” lies more than %(most)s m away. Enter metres, not millimetres.",
                typed=line.strip()[:_SHOWN],
                most=speech.number(int(_FARTHEST_M)),
            )
        )
    return x, y


def _polygon(rings: Sequence[Ring], speech: Speech) -> Polygon:
    for ring in rings:
        if len(ring) < _LEAST_POINTS:
            raise InvalidInput(
                speech.n(
                    "A shape needs at least three corners; there is %(count)s.",
                    "A shape needs at least three corners; there are %(count)s.",
                    len(ring),
                )
            )
    found = Polygon(rings[0], rings[1:])
    if not found.is_valid:
        place = re.search(r"\[(\S+) (\S+)\]", explain_validity(found))
        at = "" if place is None else f"{float(place[1]):.2f} {float(place[2]):.2f}"
        raise InvalidInput(
            speech._("The line crosses itself at %(place)s; move a corner there.", place=at)
        )
    if found.area <= 0:
        raise InvalidInput(speech._("These corners lie on one line and enclose no area."))
    return found


def _short(value: float) -> str:
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text
