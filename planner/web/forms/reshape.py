"""Rooms of a traced floor cut and joined: done to the form, stored only with the floor."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import shapely
from shapely.geometry import MultiPolygon, Polygon

from planner.errors import InvalidInput
from planner.web.forms.points import points_text, read_points

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.domain.geometry import Shape
    from planner.i18n import Speech
    from planner.web.forms.trace import Block, TraceForm

_SLIVER_M2: Final = 0.01
"""Left-overs of a cut that are smaller are dropped."""
_SNAP_M: Final = 0.001


def cut_out(form: TraceForm, at: str, speech: Speech) -> TraceForm:
    """Take a room's shape out of every other room that it lies on.

    A room within another leaves a hole in it; one that crosses another parts it.

    Raises:
        InvalidInput: it has no shape, lies on no room, or would leave nothing of one.
    """
    knife = next((one for one in form.blocks if one.at == at and one.kind == "room"), None)
    shape = None if knife is None else read_points(knife.points, speech)
    if knife is None or shape is None:
        raise InvalidInput(speech._("Draw this room before it is cut out of others."))
    blocks, cuts = [], 0
    for one in form.blocks:
        own = None if one is knife or one.kind != "room" else read_points(one.points, speech)
        if own is None or own.intersection(shape).area <= _SLIVER_M2:
            blocks.append(one)
            continue
        left = _areas(own.difference(shape))
        if left is None:
            raise InvalidInput(
                speech._("Nothing would be left of room %(number)s.", number=one.number)
            )
        cuts += 1
        blocks.append(replace(one, points=points_text(left)))
    if not cuts:
        raise InvalidInput(
            speech._("Room %(number)s lies on no other room.", number=knife.number or "—")
        )
    return replace(form, blocks=tuple(blocks))


def join_same(form: TraceForm, speech: Speech) -> TraceForm:
    """Make one room of all that have one number; the first keeps its name and use.

    Raises:
        InvalidInput: no two rooms have one number.
    """
    groups: dict[str, list[Block]] = {}
    for one in form.blocks:
        if one.kind == "room" and one.number:
            groups.setdefault(one.number, []).append(one)
    several = {number: some for number, some in groups.items() if len(some) > 1}
    if not several:
        raise InvalidInput(
            speech._("Give the rooms that become one the same number, then join them.")
        )
    first = {some[0].at: _joined(some, speech) for some in several.values()}
    gone = {one.at for some in several.values() for one in some[1:]}
    blocks = tuple(first.get(one.at, one) for one in form.blocks if one.at not in gone)
    return replace(form, blocks=blocks)


def _joined(rooms: Sequence[Block], speech: Speech) -> Block:
    shapes = [shape for one in rooms if (shape := read_points(one.points, speech)) is not None]
    whole = _areas(shapely.union_all(shapes, grid_size=_SNAP_M)) if shapes else None
    counts = [one.seats for one in rooms if one.seats]
    sound = all(count.isdigit() for count in counts)
    seats = str(sum(map(int, counts))) if counts and sound else rooms[0].seats
    return replace(rooms[0], points=points_text(whole), seats=seats)


def _areas(shape: shapely.Geometry) -> Shape | None:
    """Return the areas of a shape that are more than slivers, None if there are none."""
    parts = [
        part
        for part in shapely.get_parts(shapely.simplify(shape, 0))
        if isinstance(part, Polygon) and part.area > _SLIVER_M2
    ]
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else MultiPolygon(parts)
