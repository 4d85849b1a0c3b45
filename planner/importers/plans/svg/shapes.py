"""Shapes and texts of an SVG document in the coordinates of its root."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from fontTools.misc.transform import Identity, Transform
from fontTools.pens.recordingPen import RecordingPen
from fontTools.svgLib.path.parser import parse_path

from planner.errors import ImportRefused
from planner.importers.plans.markup import plain_tag
from planner.sentences import N_, told

if TYPE_CHECKING:
    from collections.abc import Iterable
    from xml.etree.ElementTree import Element

    from planner.importers.plans.report import Point

MOST_SHAPES: Final = 100_000
_MOST_LETTERS: Final = 8_000_000
"""Of the lines of a drawing; real ones have some hundred thousand."""
_DEEPEST: Final = 40
_HIDDEN: Final = {
    *("defs", "clipPath", "mask", "pattern", "marker", "symbol", "metadata", "style", "script"),
    *("linearGradient", "radialGradient", "filter", "title", "desc", "foreignObject"),
}
_SHAPES: Final = {"rect", "circle", "ellipse", "polygon", "polyline", "path", "line"}
_FUNCTION: Final = re.compile(r"(matrix|translate|scale|rotate|skewX|skewY)\s*\(([^)]*)\)")
_NUMBER: Final = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_PX: Final = {"": 1.0, "px": 1.0, "pt": 96 / 72, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54,
              "in": 96.0, "m": 96 / 0.0254, "q": 96 / 101.6, "em": 16.0}  # fmt: skip
_STEPS: Final = 40


@dataclass(frozen=True, slots=True)
class Outline:
    """A line or closed shape: its points, y down, and the names that it bears."""

    points: tuple[Point, ...]
    closed: bool
    ref: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Caption:
    """A text, its lines joined by line ends, and about where its middle is."""

    text: str
    at: Point


@dataclass(slots=True)
class Canvas:
    """All that a document draws."""

    outlines: list[Outline] = field(default_factory=list)
    captions: list[Caption] = field(default_factory=list)


def drawn(root: Element, name: str) -> Canvas:
    """Return the shapes and texts of a document, all transforms applied.

    Raises:
        ImportRefused: more shapes than a floor has, or `use` elements within each other.
    """
    canvas = Canvas()
    ids = {ref: one for one in root.iter() if (ref := one.get("id"))}
    _Walker(canvas, ids, name).walk(root, Identity, 0)
    return canvas


def numbers(text: str | None) -> list[float]:
    """Return all numbers in an attribute."""
    return [float(one) for one in _NUMBER.findall(text or "")]


def length(text: str | None, otherwise: float = 0.0) -> float:
    """Return a length in pixels.

    >>> length("25.4mm"), length("10"), length(None)
    (96.0, 10.0, 0.0)
    """
    found = _NUMBER.match((text or "").strip())
    if found is None:
        return otherwise
    unit = (text or "").strip()[found.end() :].strip().lower()
    return float(found.group()) * _PX.get(unit, 1.0)


class _Walker:
    """Goes through the tree once."""

    def __init__(self, canvas: Canvas, ids: dict[str, Element], name: str) -> None:
        self._canvas = canvas
        self._ids = ids
        self._name = name
        self._count = self._letters = 0

    def walk(self, element: Element, above: Transform, depth: int) -> None:
        """Add what an element and its children draw."""
        tag = plain_tag(element)
        if tag in _HIDDEN or _invisible(element):
            return
        if depth > _DEEPEST:
            raise ImportRefused(
                told(
                    N_(
                        "{name} nests groups deeper than {deepest}, or uses a shape within "
                        "itself; flatten it and save it as plain SVG."
                    ),
                    name=self._name,
                    deepest=_DEEPEST,
                )
            )
        here = above.transform(transform_of(element.get("transform")))
        if tag == "svg" and depth:
            here = here.transform(_viewport(element))
        if tag in _SHAPES:
            self._shape(element, tag, here)
        elif tag == "text":
            caption = _caption(element, here)
            if caption is not None:
                self._canvas.captions.append(caption)
        elif tag == "use":
            self._use(element, here, depth)
        else:
            for child in element:
                self.walk(child, here, depth + 1)

    def _use(self, element: Element, here: Transform, depth: int) -> None:
        ref = next((v for k, v in element.attrib.items() if k.endswith("href")), "")
        target = self._ids.get(ref.removeprefix("#")) if ref.startswith("#") else None
        if target is None:
            return
        here = here.translate(length(element.get("x")), length(element.get("y")))
        if plain_tag(target) == "symbol":
            for child in target:
                self.walk(child, here, depth + 2)
        else:
            self.walk(target, here, depth + 2)

    def _shape(self, element: Element, tag: str, here: Transform) -> None:
        self._count += 1
        if self._count > MOST_SHAPES:
            raise ImportRefused(
                told(
                    N_("{name} draws more than {most_shapes} shapes."),
                    name=self._name,
                    most_shapes=MOST_SHAPES,
                )
            )
        self._letters += len(element.get("d") or "") + len(element.get("points") or "")
        if self._letters > _MOST_LETTERS:
            raise ImportRefused(
                told(
                    N_("{name} describes its lines in more than {most} characters; simplify it."),
                    name=self._name,
                    most=_MOST_LETTERS,
                )
            )
        for points, closed in _lines(element, tag):
            moved = tuple(here.transformPoint(point) for point in points)
            if len(moved) > 1 and all(math.isfinite(x) and math.isfinite(y) for x, y in moved):
                ref = element.get("id") or tag
                self._canvas.outlines.append(Outline(moved, closed, ref, _named(element)))


def transform_of(text: str | None) -> Transform:
    """Return the transform that an attribute writes, first function outermost."""
    whole = Identity
    for name, inside in _FUNCTION.findall(text or ""):
        n = numbers(inside)
        try:
            whole = whole.transform(_function(name, n))
        except (IndexError, TypeError, OverflowError):
            continue
    return whole


def _function(name: str, n: list[float]) -> Transform:
    if name == "matrix":
        return Transform(*n[:6])
    if name == "translate":
        return Identity.translate(n[0], n[1] if len(n) > 1 else 0)
    if name == "scale":
        return Identity.scale(n[0], n[1] if len(n) > 1 else n[0])
    if name == "rotate":
        x, y = (n[1], n[2]) if len(n) > 2 else (0.0, 0.0)  # noqa: PLR2004  angle and centre
        return Identity.translate(x, y).rotate(math.radians(n[0])).translate(-x, -y)
    skew = math.radians(n[0])
    return Identity.skew(skew, 0) if name == "skewX" else Identity.skew(0, skew)


def _viewport(element: Element) -> Transform:
    box = numbers(element.get("viewBox"))
    here = Identity.translate(length(element.get("x")), length(element.get("y")))
    four = 4
    if len(box) == four and box[2] > 0 and box[3] > 0:
        wide = length(element.get("width"), box[2]) / box[2]
        high = length(element.get("height"), box[3]) / box[3]
        here = here.scale(min(wide, high)).translate(-box[0], -box[1])
    return here


def _lines(element: Element, tag: str) -> Iterable[tuple[list[Point], bool]]:
    get = element.get
    if tag == "rect":
        x, y, w, h = (length(get(key)) for key in ("x", "y", "width", "height"))
        yield [(x, y), (x + w, y), (x + w, y + h), (x, y + h)], True
    elif tag in {"circle", "ellipse"}:
        rx, ry = length(get("r") or get("rx")), length(get("r") or get("ry"))
        x, y = length(get("cx")), length(get("cy"))
        turns = [2 * math.pi * at / 160 for at in range(160)]
        yield [(x + rx * math.cos(turn), y + ry * math.sin(turn)) for turn in turns], True
    elif tag == "line":
        yield (
            [(length(get("x1")), length(get("y1"))), (length(get("x2")), length(get("y2")))],
            False,
        )
    elif tag in {"polygon", "polyline"}:
        n = numbers(get("points"))
        points = list(zip(n[::2], n[1::2], strict=False))
        yield points, tag == "polygon" or (len(points) > 3 and points[0] == points[-1])  # noqa: PLR2004
    else:
        yield from _path(get("d") or "")


def _path(d: str) -> Iterable[tuple[list[Point], bool]]:
    """Return the pieces of a path, curves cut into short lines."""
    pen = RecordingPen()
    try:
        parse_path(d, pen)
    except (ValueError, IndexError, TypeError, AssertionError, ZeroDivisionError):
        return
    piece: list[Point] = []
    for command, points in pen.value:
        if command in {"moveTo", "closePath"}:
            if len(piece) > 1:
                yield piece, command == "closePath" or _returns(piece)
            piece = [points[0]] if command == "moveTo" else piece[:1]
        elif command == "lineTo":
            piece.append(points[0])
        elif command == "curveTo":
            piece += _bezier(piece[-1], points)
        elif command == "qCurveTo":
            piece += _quadratic(piece[-1], points)
    if len(piece) > 1:
        yield piece, _returns(piece)


def _quadratic(start: Point, points: tuple[Point, ...]) -> list[Point]:
    one, end = points[-2:]
    first = (start[0] + 2 / 3 * (one[0] - start[0]), start[1] + 2 / 3 * (one[1] - start[1]))
    second = (end[0] + 2 / 3 * (one[0] - end[0]), end[1] + 2 / 3 * (one[1] - end[1]))
    return _bezier(start, (first, second, end))


def _returns(piece: list[Point]) -> bool:
    """Return whether a piece ends where it began without saying so."""
    few = 3
    size = max(math.dist(piece[0], point) for point in piece)
    return len(piece) > few and math.dist(piece[0], piece[-1]) <= 0.001 * size


def _bezier(start: Point, points: tuple[Point, ...]) -> list[Point]:
    one, two, end = points[-3:]
    found = []
    for at in range(1, _STEPS + 1):
        t = at / _STEPS
        a, b, c, d = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3
        found.append(
            (
                a * start[0] + b * one[0] + c * two[0] + d * end[0],
                a * start[1] + b * one[1] + c * two[1] + d * end[1],
            )
        )
    return found


def _style(element: Element, name: str) -> str:
    style = element.get("style") or ""
    found = re.search(rf"(?:^|;)\s*{name}\s*:\s*([^;]+)", style)
    return found.group(1).strip() if found else (element.get(name) or "")


def _invisible(element: Element) -> bool:
    return _style(element, "display") == "none" or _style(element, "visibility") == "hidden"


def _named(element: Element) -> str:
    """Return the name that a person gave a shape, "" where only a program numbered it."""
    title = next((one.text for one in element if plain_tag(one) == "title" and one.text), "")
    for key, value in element.attrib.items():
        plain = key.rsplit("}", 1)[-1]
        if plain in {"data-name", "data-room", "data-number", "aria-label", "label"} and value:
            return value.strip()
    if title:
        return title.strip()
    ref = element.get("id") or ""
    known = re.match(r"^(?:room|raum|ruang|unit|space)[-_ ]?(?=\w*\d)(.+)$", ref, re.IGNORECASE)
    return known.group(1) if known else ""


def _caption(element: Element, here: Transform) -> Caption | None:
    lines: list[str] = []
    places: list[Point] = []
    size = _font_size(element)
    for one in element.iter():
        text = " ".join((one.text or "").split())
        if one is not element and plain_tag(one) != "tspan":
            continue
        if text:
            x, y = numbers(one.get("x"))[:1], numbers(one.get("y"))[:1]
            if x or y or not lines:
                lines.append(text)
                base = (
                    (numbers(element.get("x")) or [0.0])[0],
                    (numbers(element.get("y")) or [0.0])[0],
                )
                places.append((x[0] if x else base[0], y[0] if y else base[1]))
            else:
                lines[-1] += f" {text}"
            size = _font_size(one) or size
    if not lines:
        return None
    size = size or 12.0
    anchor = _style(element, "text-anchor")
    shift = {"middle": 0.0, "end": -0.5}.get(anchor, 0.5) * 0.55 * size * len(lines[0])
    middle = sum(place[1] for place in places) / len(places) - 0.35 * size
    placed = here.transformPoint((places[0][0] + shift, middle))
    return Caption("\n".join(lines), placed) if all(map(math.isfinite, placed)) else None


def _font_size(element: Element) -> float:
    return length(_style(element, "font-size"))
