"""What each layer of a drawing would yield, for the form that maps layers to roles."""

from __future__ import annotations

from collections import defaultdict
from statistics import median
from typing import TYPE_CHECKING, Final

from planner.importers.plans.report import LayerYield
from planner.importers.plans.shapes import polygon_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.importers.plans.cad.drawing import Drawing
    from planner.importers.plans.choices import Role

_SAMPLES: Final = 5


def layers_yield(
    drawing: Drawing, roles: Mapping[str, tuple[Role, ...]], metres: float | None
) -> tuple[LayerYield, ...]:
    """Return one line for each layer, the ones in use first, then by closed shapes.

    Args:
        drawing: what lies on the layers.
        roles: what they were read as.
        metres: in one drawing unit; None leaves the areas out.
    """
    entities: dict[str, int] = defaultdict(int)
    areas: dict[str, list[float]] = defaultdict(list)
    texts: dict[str, int] = defaultdict(int)
    samples: dict[str, dict[str, None]] = defaultdict(dict)
    blocks: dict[str, int] = defaultdict(int)
    for path in drawing.paths:
        entities[path.layer] += 1
        if path.closed and (shape := polygon_of(path.points, path.holes)[0]) is not None:
            areas[path.layer].append(shape.area)
    for text in drawing.texts:
        entities[text.layer] += 1
        texts[text.layer] += 1
        samples[text.layer].setdefault(text.text.replace("\n", " / ")[:60])
    for insert in drawing.inserts:
        entities[insert.layer] += 1
        blocks[insert.layer] += 1
        samples[insert.layer].setdefault(insert.name[:60])
    square = None if metres is None else metres**2
    found = [
        LayerYield(
            layer,
            entities[layer],
            len(areas[layer]),
            _area(sum(areas[layer]), square) if areas[layer] else None,
            _area(median(areas[layer]), square) if areas[layer] else None,
            texts[layer],
            blocks[layer],
            tuple(samples[layer])[:_SAMPLES],
            ", ".join(roles.get(layer, ())),
        )
        for layer in entities
    ]
    return tuple(sorted(found, key=lambda one: (not one.role, -one.closed, one.name)))


def _area(square_units: float, square: float | None) -> float | None:
    return None if square is None else round(square_units * square, 2)
