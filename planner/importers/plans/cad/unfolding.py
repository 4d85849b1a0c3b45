"""A DXF document unfolded: every block put where it is inserted, within limits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ezdxf.lldxf.const import DXFError

from planner.errors import ImportRefused
from planner.importers.plans.cad.drawing import MOST_PRIMITIVES, Drawing, Insert, Path, Text
from planner.importers.plans.cad.entities import Primitive, Reference, known, primitives
from planner.importers.plans.units import INSUNITS
from planner.sentences import N_, told

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ezdxf.math import Matrix44

    from planner.importers.plans.report import Point

_DEEPEST: Final = 6
"""Blocks within blocks: real drawings have three levels, bound references four."""


def unfold(doc: Any, name: str) -> Drawing:
    """Return what the model of a DXF document draws, with the blocks in place.

    Args:
        doc: the document.
        name: of the file, for refusals.

    Raises:
        ImportRefused: a block holds itself, or the blocks unfold to too much.
    """
    drawing = Drawing(unit=_unit(doc), metric=_metric(doc))
    layout = doc.modelspace()
    if not len(layout):
        layout = next((one for one in doc.layouts if len(one)), layout)
    blocks = _Blocks(doc, drawing, name)
    total = blocks.count(layout, ())
    if total > MOST_PRIMITIVES:
        raise ImportRefused(
            told(
                N_(
                    "{name} unfolds to {total} drawn things by blocks within blocks; at "
                    "most {most_primitives} are read. Save the room layers alone and try "
                    "again."
                ),
                name=name,
                total=total,
                most_primitives=MOST_PRIMITIVES,
            )
        )
    blocks.place(blocks.of(layout), None)
    drawing.absent = _absent(doc)
    return drawing


class _Blocks:
    """Block definitions, each read once, and put where they are inserted."""

    def __init__(self, doc: Any, drawing: Drawing, name: str) -> None:
        self._doc = doc
        self._drawing = drawing
        self._name = name
        self._read: dict[str, list[Primitive]] = {}
        self._counts: dict[str, int] = {}

    def count(self, layout: Any, above: tuple[str, ...]) -> int:
        """Return how many things a layout draws with all its blocks unfolded."""
        if len(above) > _DEEPEST:
            raise ImportRefused(
                told(
                    N_(
                        "{name} has blocks within blocks deeper than {deepest} levels ({names} "
                        "…); explode them and save it again."
                    ),
                    name=self._name,
                    deepest=_DEEPEST,
                    names=" > ".join(above[:3]),
                )
            )
        total = 0
        for entity in layout:
            total += 1
            if entity.dxftype() != "INSERT":
                continue
            block = entity.dxf.get("name", "")
            if block in above:
                raise ImportRefused(
                    told(
                        N_(
                            "{name}: block {block} holds itself; purge or repair the drawing "
                            "(AUDIT) and save it again."
                        ),
                        name=self._name,
                        block=block,
                    )
                )
            total += max(1, entity.mcount) * self._count_of(block, (*above, block))
        return total

    def _count_of(self, block: str, above: tuple[str, ...]) -> int:
        if block not in self._counts:
            found = self._doc.blocks.get(block)
            self._counts[block] = 0 if found is None else self.count(found, above)
        return self._counts[block]

    def of(self, layout: Any) -> list[Primitive]:
        """Return what a layout draws in its own coordinates."""
        encoding = self._doc.encoding
        found: list[Primitive] = []
        for entity in layout:
            kind = entity.dxftype()
            if not known(kind):
                skipped = self._drawing.skipped
                skipped[kind] = skipped.get(kind, 0) + 1
                continue
            found += _careful(entity, encoding, self._drawing.skipped)
        return found

    def place(
        self, found: list[Primitive], matrix: Matrix44 | None, layer: str = "", block: str = ""
    ) -> None:
        """Add things to the drawing, moved by a matrix; layer 0 becomes that of the insert."""
        for one in found:
            if isinstance(one, Reference):
                self._insert(one, matrix, layer)
            elif isinstance(one, Path):
                self._drawing.paths.append(_moved_path(one, matrix, layer, block))
            else:
                self._drawing.texts.append(_moved_text(one, matrix, layer))

    def _insert(self, one: Reference, matrix: Matrix44 | None, layer: str) -> None:
        own = _layer(one.insert.layer, layer)
        for text in one.texts:
            self._drawing.texts.append(_moved_text(text, matrix, own))
        block = self._block(one.block)
        for placing in one.matrices:
            (at,) = _moved((one.insert.at,), matrix)
            self._drawing.inserts.append(
                Insert(own, one.insert.name, at, one.insert.ref, one.insert.attributes)
            )
            self.place(block, _times(placing, matrix), own, one.insert.name)

    def _block(self, name: str) -> list[Primitive]:
        if name not in self._read:
            found = self._doc.blocks.get(name)
            self._read[name] = [] if found is None else self.of(found)
        return self._read[name]


def _careful(entity: Any, encoding: str, skipped: dict[str, int]) -> Iterable[Primitive]:
    """Return what an entity draws; one that is broken is counted, not fatal."""
    try:
        return list(primitives(entity, encoding))
    except (DXFError, ValueError, TypeError, ArithmeticError, AttributeError, IndexError):
        kind = f"broken {entity.dxftype()}"
        skipped[kind] = skipped.get(kind, 0) + 1
        return ()


def _times(inner: Matrix44, outer: Matrix44 | None) -> Matrix44:
    return inner if outer is None else inner * outer


def _layer(own: str, above: str) -> str:
    return above if own == "0" and above else own


def _moved(points: tuple[Point, ...], matrix: Matrix44 | None) -> tuple[Point, ...]:
    if matrix is None:
        return points
    return tuple((point.x, point.y) for point in matrix.fast_2d_transform(points))


def _moved_path(path: Path, matrix: Matrix44 | None, layer: str, block: str) -> Path:
    if matrix is None:
        return path
    holes = tuple(_moved(ring, matrix) for ring in path.holes)
    points = _moved(path.points, matrix)
    own = _layer(path.layer, layer)
    return Path(own, points, path.closed, path.ref, path.kind, path.gap, holes, block)


def _moved_text(text: Text, matrix: Matrix44 | None, layer: str) -> Text:
    own = _layer(text.layer, layer)
    if matrix is None:
        return text if own == text.layer else _on_layer(text, own)
    (at,) = _moved((text.at,), matrix)
    also = None if text.also is None else _moved((text.also,), matrix)[0]
    return Text(own, text.text, at, text.ref, text.tag, also, text.height)


def _on_layer(text: Text, layer: str) -> Text:
    return Text(layer, text.text, text.at, text.ref, text.tag, text.also, text.height)


def _absent(doc: Any) -> list[str]:
    """Return the files of external references that were not bound into the drawing."""
    external = 4
    found = []
    for block in doc.blocks:
        head = block.block
        if head is not None and head.dxf.get("flags", 0) & external and not len(block):
            found.append(str(head.dxf.get("xref_path") or block.name))
    return sorted(found)


def _unit(doc: Any) -> str | None:
    return INSUNITS.get(doc.header.get("$INSUNITS", 0))


def _metric(doc: Any) -> bool | None:
    """Return what `$MEASUREMENT` says; most programs write 1 for metric, some leave it out."""
    value = doc.header.get("$MEASUREMENT")
    return None if value is None else value == 1
