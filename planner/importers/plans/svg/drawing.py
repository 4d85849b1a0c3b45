"""Rooms of an SVG drawing: closed shapes that have a text inside or a name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import shapely

from planner.errors import ImportRefused
from planner.importers.plans.cad.rooms import Finder
from planner.importers.plans.categories import category_of
from planner.importers.plans.checks import warnings_of
from planner.importers.plans.labels import Label, label_from
from planner.importers.plans.levels import level_of
from planner.importers.plans.markup import read_xml
from planner.importers.plans.picture import lines_picture
from planner.importers.plans.report import PlanFloor, PlanReport, PlanSpace, PlanWarning, Scale
from planner.importers.plans.shapes import area_of, polygon_of, rings_of, scaled
from planner.importers.plans.svg.shapes import Canvas, drawn, length, numbers
from planner.importers.plans.units import metres_in
from planner.sentences import N_, ngettext, told

if TYPE_CHECKING:
    from pathlib import Path
    from xml.etree.ElementTree import Element

    from shapely.geometry import Polygon

    from planner.importers.plans.choices import Choices
    from planner.importers.plans.report import Point

_PAPER_M: Final = 3.0
"""A drawing that says it is wider than this is no sheet of paper but drawn at full size."""
_HOLDS: Final = 0.6
"""A shape that holds this share of all others is the floor's outline."""
_PX_M: Final = 0.0254 / 96
_SAME: Final = 0.98


def read(path: Path, choices: Choices) -> PlanReport:
    """Return the labelled shapes of an SVG; areas only where a scale is said or written.

    Raises:
        ImportRefused: a document type or entities in it, no sound XML, no shapes.
    """
    root = read_xml(path)
    canvas = drawn(root, path.name)
    shapes = _shapes(canvas)
    if not canvas.outlines:
        raise ImportRefused(
            told(N_("{file} draws no shapes or lines; a picture goes in as PNG."), file=path.name)
        )
    rooms, gross, others = _rooms(canvas, shapes)
    scale = _scale(root, choices)
    floor = _floor(path.stem, canvas, rooms, gross, others, scale)
    notes = _notes(floor, others, scale)
    return PlanReport((floor,), (*notes, *warnings_of([floor])), kind="svg", scale=scale)


def _shapes(canvas: Canvas) -> list[tuple[Polygon, str, str]]:
    """Return closed shapes with id and name, y up, each place once."""
    found: list[tuple[Polygon, str, str]] = []
    for one in canvas.outlines:
        if one.closed:
            shape, _ = polygon_of([(x, -y) for x, y in one.points])
            if shape is not None:
                found.append((shape, one.ref, one.label))
    tree = shapely.STRtree([shape for shape, _, _ in found])
    kept = []
    for at, (shape, ref, label) in enumerate(found):
        twins = [int(k) for k in tree.query(shape) if k < at and _same(shape, found[int(k)][0])]
        if not twins:
            kept.append((shape, ref, label))
    return kept


def _same(one: Polygon, other: Polygon) -> bool:
    small, large = sorted((one.area, other.area))
    return small >= _SAME * large and one.intersection(other).area >= _SAME * large


def _rooms(
    canvas: Canvas, shapes: list[tuple[Polygon, str, str]]
) -> tuple[list[tuple[Polygon, str, Label]], Polygon | None, list[Polygon]]:
    """Return labelled shapes, the floor's outline, and shapes that nothing names."""
    gross = _outline([shape for shape, _, _ in shapes])
    inner = [one for one in shapes if one[0] is not gross]
    finder = Finder([shape for shape, _, _ in inner])
    texts: dict[int, list[tuple[Point, str]]] = {}
    for caption in canvas.captions:
        at = finder.room_at((caption.at[0], -caption.at[1]))
        if at is not None:
            texts.setdefault(at, []).append(((caption.at[1], caption.at[0]), caption.text))
    rooms, others = [], []
    for at, (shape, ref, named) in enumerate(inner):
        lines = [line for _, text in sorted(texts.get(at, [])) for line in text.split("\n")]
        label = label_from([*([named] if named else []), *lines])
        if label.empty:
            others.append(shape)
        else:
            rooms.append((shape, ref, label))
    return rooms, gross, others


def _outline(shapes: list[Polygon]) -> Polygon | None:
    few = 3
    if len(shapes) < few:
        return None
    largest = max(shapes, key=lambda shape: shape.area)
    others = [shape for shape in shapes if shape is not largest]
    inside = sum(largest.contains(shape.representative_point()) for shape in others)
    return largest if inside >= _HOLDS * len(others) else None


def _scale(root: Element, choices: Choices) -> Scale:
    if choices.unit:
        name, metres = metres_in(choices.unit)
        return Scale(name, metres, "stated")
    box = numbers(root.get("viewBox"))
    width = root.get("width") or ""
    four = 4
    real = width.strip().lower().endswith(("mm", "cm", "in", "m")) and "%" not in width
    metres_wide = length(width) * _PX_M
    if real and metres_wide > _PAPER_M and len(box) == four and box[2] > 0:
        return Scale(f"{metres_wide / box[2]:g} m", metres_wide / box[2], "header", sure=False)
    return Scale("pixel", None, "unknown", sure=False)


def _floor(
    name: str,
    canvas: Canvas,
    rooms: list[tuple[Polygon, str, Label]],
    gross: Polygon | None,
    others: list[Polygon],
    scale: Scale,
) -> PlanFloor:
    metres = scale.metres
    lines = [
        [(x, -y) for x, y in (*one.points, *(one.points[:1] if one.closed else ()))]
        for one in canvas.outlines
    ]
    labels = [(caption.text, (caption.at[0], -caption.at[1])) for caption in canvas.captions]
    shapes = [*(shape for shape, _, _ in rooms), *others]
    backdrop = lines_picture(lines, labels, metres_per_unit=metres, shapes=shapes)
    sketches = backdrop.shapes[: len(rooms)] if backdrop is not None else ()
    spaces = []
    for at, (shape, ref, label) in enumerate(rooms):
        real = None if metres is None else scaled(shape, metres)
        spaces.append(
            PlanSpace(
                label.number,
                label.name,
                category_of(label.name),
                None if real is None else area_of(real.area),
                None if label.area is None else area_of(float(label.area)),
                None if label.area is None else "written in the drawing",
                outline=None if real is None else rings_of(real),
                source_ref=ref,
                sketch=sketches[at] if metres is None and at < len(sketches) else None,
            )
        )
    whole = None if gross is None or metres is None else scaled(gross, metres)
    return PlanFloor(
        name,
        level_of(name),
        None if whole is None else area_of(whole.area),
        tuple(spaces),
        gross_outline=None if whole is None else rings_of(whole),
        backdrop=backdrop,
    )


def _notes(floor: PlanFloor, others: list[Polygon], scale: Scale) -> tuple[PlanWarning, ...]:
    notes = []
    if scale.metres is None:
        notes.append(
            PlanWarning(
                "no_scale",
                told(
                    N_(
                        "An SVG has no scale, so areas are unknown: calibrate over the picture,"
                        " or say how many metres one unit is."
                    )
                ),
                "svg",
            )
        )
    if not floor.spaces:
        notes.append(
            PlanWarning(
                "no_rooms",
                told(
                    N_(
                        "No closed shape has a text inside or a name, so none is taken for a "
                        "room. Trace the rooms over the picture."
                    )
                ),
                "svg",
            )
        )
    if others:
        notes.append(
            PlanWarning(
                "unlabelled_shapes",
                told(
                    ngettext(
                        "{count} closed shape has no text inside; it is offered for tracing, "
                        "not taken for a room.",
                        "{count} closed shapes have no text inside; they are offered for tracing, "
                        "not taken for rooms.",
                    ),
                    count=len(others),
                ),
                "svg",
            )
        )
    return tuple(notes)
