"""Which layer profile fits a drawing best, and layers that look like rooms without one."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from statistics import median
from typing import TYPE_CHECKING, Final

import shapely

from planner.importers.plans.cad.outlines import outlines_of
from planner.importers.plans.cad.rooms import Finder, layers_of
from planner.importers.plans.labels import is_number
from planner.importers.plans.profiles import BY_NAME, PROFILES, Profile
from planner.importers.plans.words import (
    GROSS_LAYERS,
    OTHER_LAYERS,
    ROOM_LAYERS,
    STAIR_LAYERS,
    SURELY_ROOMS,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from planner.importers.plans.cad.drawing import Drawing, Path, Text
    from planner.importers.plans.cad.outlines import Outline
    from planner.importers.plans.choices import Role

_LABELLED: Final = 0.5
_FRAME: Final = 80
"""A frame around a text has less than this many squares of the text's height as its area."""
_FEW: Final = 3
_ON: Final = 0.1
"""Shapes that share more than this with rooms lie on them: furniture, zones, hatching."""
_RARE: Final = 0.3
"""A layer whose texts stand in fewer rooms than this share of the best one's is no label."""


@dataclass(slots=True)
class Guess:
    """The profile to read with, and how many rooms each known profile would give."""

    profile: Profile | None
    yields: tuple[tuple[str, int], ...] = ()
    guessed: tuple[str, ...] = ()


@dataclass(slots=True)
class _Layer:
    """What speaks for a layer's being rooms."""

    name: str
    shapes: list[Outline] = field(default_factory=list)
    labelled: float = 0.0
    named: bool = False
    framing: bool = False

    @property
    def good(self) -> bool:
        if not self.shapes or self.framing:
            return False
        if self.named:
            return self.labelled >= _LABELLED or len(self.shapes) >= _FEW
        return self.labelled > _LABELLED and len(self.shapes) >= _FEW


def best_profile(drawing: Drawing) -> Guess:
    """Return the profile that yields most rooms, or layers that look like room outlines.

    Layers are never taken for rooms because walls on them happen to enclose something: it
    needs closed shapes, most of them with a text inside, or a name that says so.
    """
    by_layer = _by_layer(drawing)
    yields = []
    for at, profile in enumerate(PROFILES):
        rooms = _count(profile, by_layer)
        if rooms:
            fitting = {role for layer in layers_of(drawing) for role in profile.roles(layer)}
            yields.append((rooms, len(fitting), -at, profile))
    yields.sort(key=lambda one: one[:3], reverse=True)
    known = tuple((profile.name, rooms) for rooms, _, _, profile in yields)
    if yields:
        return Guess(with_labels(drawing, yields[0][3]), known)
    named = _likely(drawing, by_layer)
    if not named:
        return Guess(None)
    gross = tuple(
        layer
        for layer in by_layer
        if GROSS_LAYERS.search(layer) and layer not in named and not OTHER_LAYERS.search(layer)
    )
    layers: dict[Role, tuple[str, ...]] = {"room": named, "gross": gross}
    return Guess(with_labels(drawing, replace(BY_NAME["custom"], layers=layers)), known, named)


def with_labels(drawing: Drawing, profile: Profile) -> Profile:
    """Return a profile with text layers for its rooms, where it finds none of its own."""
    layers = layers_of(drawing)
    texts = defaultdict(list)
    for text in drawing.texts:
        if text.tag == "" or text.also is None:
            texts[text.layer].append(text)
    for role in ("number", "name"):
        if any(role in profile.roles(layer) for layer in layers if layer in texts):
            return profile
    rooms = [path for path in drawing.paths if "room" in profile.roles(path.layer)]
    finder = Finder([one.shape for one in outlines_of(rooms, loops=True).found])
    numbers, names = _text_layers(texts, finder)
    if not numbers and not names:
        return profile
    more: dict[Role, tuple[str, ...]] = {"number": numbers, "name": names}
    return replace(profile, layers={**profile.layers, **more})


def _text_layers(
    texts: Mapping[str, Sequence[Text]], finder: Finder
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return layers of room numbers and of names; a layer that has both stands in both."""
    numbers: list[str] = []
    names: list[str] = []
    by_layer: dict[str, dict[int, list[str]]] = {}
    for layer, some in texts.items():
        by_layer[layer] = defaultdict(list)
        for text in some:
            at = finder.room_at(text.at)
            if at is not None:
                by_layer[layer][at] += text.text.split("\n")
    most = max(map(len, by_layer.values()), default=0)
    for layer, inside in by_layer.items():
        lines = [line for room in inside.values() for line in room]
        if not lines or len(lines) > 8 * len(inside) or len(inside) < _RARE * most:
            continue
        share = sum(map(is_number, lines)) / len(lines)
        pure = 0.9
        if share >= pure:
            numbers.append(layer)
        elif share <= 1 - pure:
            names.append(layer)
        else:
            numbers.append(layer)
            names.append(layer)
    return tuple(numbers), tuple(names)


def _by_layer(drawing: Drawing) -> dict[str, list[Path]]:
    found: dict[str, list[Path]] = defaultdict(list)
    for path in drawing.paths:
        found[path.layer].append(path)
    return found


def _count(profile: Profile, by_layer: Mapping[str, Sequence[Path]]) -> int:
    paths = [
        path for layer, some in by_layer.items() if "room" in profile.roles(layer) for path in some
    ]
    return len(outlines_of(paths, loops=True).found) if paths else 0


def _likely(drawing: Drawing, by_layer: Mapping[str, Sequence[Path]]) -> tuple[str, ...]:
    """Return the layers whose closed shapes look like rooms."""
    found = []
    for layer, paths in by_layer.items():
        named = bool(ROOM_LAYERS.search(layer))
        gross = GROSS_LAYERS.search(layer) and not SURELY_ROOMS.search(layer)
        other = OTHER_LAYERS.search(layer) and not STAIR_LAYERS.search(layer)
        if gross or (other and not named):
            continue
        shapes = outlines_of(paths, loops=named).found
        if shapes:
            found.append(_judged(layer, shapes, drawing, named=named))
    good = [one for one in found if one.good]
    named_ones = _without_zones([one for one in good if one.named])
    best = max(good, key=lambda one: (one.labelled, len(one.shapes)), default=None)
    chosen = named_ones or ([best] if best is not None else [])
    chosen += _beside(chosen, [one for one in found if one not in good or not named_ones])
    few = sum(len(one.shapes) for one in chosen) < _FEW
    return () if few and not named_ones else tuple(one.name for one in chosen)


def _without_zones(layers: list[_Layer]) -> list[_Layer]:
    """Leave out layers most of whose shapes hold several shapes of another one: zones."""
    return [
        one for one in layers if not any(_holds(one, other) for other in layers if other is not one)
    ]


def _holds(outer: _Layer, inner: _Layer) -> bool:
    several = 2
    tree = shapely.STRtree([one.shape.representative_point() for one in inner.shapes])
    held = [len(tree.query(one.shape, predicate="contains")) >= several for one in outer.shapes]
    return 2 * sum(held) > len(held)


def _beside(chosen: list[_Layer], others: list[_Layer]) -> list[_Layer]:
    """Return further labelled layers whose shapes lie beside those chosen, not on them.

    Some drawings give each department or kind of room a layer of its own.
    """
    more: list[_Layer] = []
    order = sorted(others, key=lambda one: -len(one.shapes))
    for layer in order:
        if layer in chosen or layer.framing or layer.labelled < _LABELLED:
            continue
        there = shapely.union_all([one.shape for own in (*chosen, *more) for one in own.shapes])
        mine = shapely.union_all([one.shape for one in layer.shapes])
        middle = median(one.shape.area for one in layer.shapes)
        if there.is_empty or (
            there.intersection(mine).area <= _ON * mine.area and there.distance(mine) <= middle**0.5
        ):
            more.append(layer)
    return more


def _judged(layer: str, shapes: list[Outline], drawing: Drawing, *, named: bool) -> _Layer:
    finder = Finder([one.shape for one in shapes])
    hit: dict[int, Text | None] = {}
    for text in drawing.texts:
        at = finder.room_at(text.at)
        if at is not None:
            hit.setdefault(at, text)
    for insert in drawing.inserts:
        if insert.attributes and (at := finder.room_at(insert.at)) is not None:
            hit.setdefault(at, None)
    ratios = [
        shapes[at].shape.area / text.height**2
        for at, text in hit.items()
        if text is not None and text.height > 0
    ]
    framing = bool(ratios) and median(ratios) < _FRAME
    return _Layer(layer, shapes, len(hit) / len(shapes), named, framing)
