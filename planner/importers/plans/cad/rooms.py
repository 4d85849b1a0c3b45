"""Rooms of a drawing under one layer profile: outlines, labels and workplaces joined."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Final

import shapely
from shapely.geometry import Point as Spot

from planner.importers.plans.cad.outlines import Outlines, outlines_of
from planner.importers.plans.labels import Label, add_attribute, label_from
from planner.importers.plans.shapes import largest
from planner.importers.plans.words import DESKS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from shapely.geometry import Polygon

    from planner.importers.plans.cad.drawing import Drawing, Insert, Path, Text
    from planner.importers.plans.choices import Role
    from planner.importers.plans.profiles import Profile
    from planner.importers.plans.report import Point

_LABELS: Final[tuple[Role, ...]] = ("number", "name", "area", "department")
_FEW: Final = 4
_HOLE: Final = 0.9
"""A void belongs to the room that holds this share of it."""


@dataclass(slots=True)
class Room:
    """A room in drawing units; `shape` is None where only a stamp tells of it."""

    shape: Polygon | None
    layer: str
    ref: str
    label: Label = field(default_factory=Label)
    seats: int = 0


@dataclass(slots=True)
class Desk:
    """A workplace in drawing units and the position of its room, None outside all."""

    at: Point
    room: int | None
    label: str = ""
    ref: str = ""


@dataclass(slots=True)
class Found:
    """What a profile finds in a drawing."""

    profile: Profile
    rooms: list[Room] = field(default_factory=list)
    outlines: Outlines = field(default_factory=Outlines)
    gross: list[Polygon] = field(default_factory=list)
    orphans: list[Text] = field(default_factory=list)
    desks: list[Desk] = field(default_factory=list)
    desk_names: set[str] = field(default_factory=set)
    roles: dict[str, tuple[Role, ...]] = field(default_factory=dict)


def layers_of(drawing: Drawing) -> list[str]:
    """Return the names of all layers that anything lies on."""
    names = {one.layer for one in drawing.paths}
    names |= {one.layer for one in drawing.texts}
    names |= {one.layer for one in drawing.inserts}
    return sorted(names)


def find_rooms(drawing: Drawing, profile: Profile, seat_blocks: Sequence[str] = ()) -> Found:
    """Return the rooms that a profile finds, with labels, holes and workplaces."""
    roles = {layer: profile.roles(layer) for layer in layers_of(drawing)}
    paths = defaultdict(list)
    for path in drawing.paths:
        for role in roles[path.layer]:
            paths[role].append(path)
    found = Found(profile, roles=roles, outlines=outlines_of(paths["room"], loops=True))
    found.rooms = [Room(one.shape, one.layer, one.ref) for one in found.outlines.found]
    _cut_voids(found, outlines_of(paths["void"], loops=True))
    gross = outlines_of(paths["gross"], loops=True)
    found.gross = _outermost([one.shape for one in gross.found])
    finder = Finder([room.shape for room in found.rooms])
    _stamps(drawing.inserts, found, finder)
    _texts(drawing.texts, found, finder)
    if not found.gross and _take_gross(found):
        finder = Finder([room.shape for room in found.rooms])
    _seats(drawing, paths["seat"], found, finder, seat_blocks)
    return found


class Finder:
    """Which room a point lies in: the smallest of those that hold it."""

    def __init__(self, shapes: Sequence[Polygon | None]) -> None:
        """Index the shapes; None stands for a room without one."""
        self._at = [at for at, shape in enumerate(shapes) if shape is not None]
        self._shapes = [shape for shape in shapes if shape is not None]
        self._tree = shapely.STRtree(self._shapes)

    def room_at(self, point: Point) -> int | None:
        """Return the position of the room at a point, None outside all."""
        hits = self._tree.query(Spot(point), predicate="intersects")
        best = min(hits, key=lambda hit: self._shapes[hit].area, default=None)
        return None if best is None else self._at[best]


def _cut_voids(found: Found, voids: Outlines) -> None:
    for void in voids.found:
        for room in found.rooms:
            if room.shape is None or not room.shape.intersects(void.shape):
                continue
            if room.shape.intersection(void.shape).area >= _HOLE * void.shape.area:
                room.shape = largest(room.shape.difference(void.shape)) or room.shape


def _outermost(shapes: list[Polygon]) -> list[Polygon]:
    """Return the shapes that lie in no other one."""
    kept: list[Polygon] = []
    for shape in sorted(shapes, key=lambda one: -one.area):
        if not any(one.contains(shape.representative_point()) for one in kept):
            kept.append(shape)
    return kept


def _take_gross(found: Found) -> bool:
    """Take a room without a label that holds nearly all others for the floor's outer line."""
    drawn = [room for room in found.rooms if room.shape is not None]
    if len(drawn) < _FEW:
        return False
    whole = max(drawn, key=lambda room: room.shape.area if room.shape else 0.0)
    others = [room.shape for room in drawn if room is not whole]
    if whole.shape is None or not whole.label.empty:
        return False
    inside = sum(whole.shape.contains(one.representative_point()) for one in others if one)
    if inside < _HOLE * len(others):
        return False
    found.gross = [whole.shape]
    found.rooms.remove(whole)
    return True


def _stamps(inserts: Iterable[Insert], found: Found, finder: Finder) -> None:
    """Give rooms the labels of blocks with attributes; a stamp outside all is a room too."""
    bare: list[Room] = []
    for insert in inserts:
        label = Label()
        told = [add_attribute(label, tag, value) for tag, value in insert.attributes]
        if not any(told) or label.empty:
            continue
        at = finder.room_at(insert.at)
        if at is None:
            if label.area is not None:
                bare.append(Room(None, insert.layer, insert.ref, label))
            continue
        _merge(found.rooms[at].label, label)
    if not found.rooms:
        found.rooms = bare


def _merge(into: Label, label: Label) -> None:
    into.number = into.number or label.number
    into.name = into.name or label.name
    into.area = into.area or label.area
    into.department = into.department or label.department


def _texts(texts: Iterable[Text], found: Found, finder: Finder) -> None:
    """Give rooms the texts inside them, by the roles of their layers."""
    wanted = {layer for layer, roles in found.roles.items() if set(roles) & set(_LABELS)}
    inside: dict[int, list[Text]] = defaultdict(list)
    for text in texts:
        if text.layer not in wanted or (text.tag and text.also is not None):
            continue
        at = finder.room_at(text.at)
        if at is None:
            found.orphans.append(text)
        else:
            inside[at].append(text)
    for at, some in inside.items():
        some.sort(key=lambda text: (-text.at[1], text.at[0]))
        _merge(found.rooms[at].label, _label(some, found.roles))


def _label(texts: Sequence[Text], roles: dict[str, tuple[Role, ...]]) -> Label:
    """Return what texts say whose layers have one role each; mixed layers are told apart."""
    by_role: dict[str, list[str]] = defaultdict(list)
    for text in texts:
        own = [role for role in roles[text.layer] if role in _LABELS]
        by_role[own[0] if len(own) == 1 else "mixed"] += text.text.split("\n")
    if not by_role["name"] and by_role["number"]:
        by_role["mixed"] += by_role.pop("number")
    label = label_from(by_role["mixed"])
    own_number = " ".join(dict.fromkeys(by_role.get("number", ())))
    area = label_from([f"{text} m²" for text in by_role["area"]]) if by_role["area"] else Label()
    return Label(
        own_number or label.number,
        " ".join(dict.fromkeys(by_role["name"])) or label.name,
        area.area or label.area,
        " ".join(by_role["department"]),
    )


def _seats(
    drawing: Drawing, paths: Sequence[Path], found: Found, finder: Finder, blocks: Sequence[str]
) -> None:
    """Count workplaces: shapes and blocks on seat layers, named blocks anywhere."""
    counted: set[str] = set()
    patterns = [block.casefold() for block in blocks]
    seat_layers = {layer for layer, roles in found.roles.items() if "seat" in roles}
    for insert in drawing.inserts:
        name = insert.name.casefold()
        named = any(fnmatchcase(name, pattern) for pattern in patterns)
        by_word = not patterns and not seat_layers and DESKS.search(insert.name)
        if named or by_word or insert.layer in seat_layers:
            counted.add(insert.name)
            _add_desk(found, finder, insert.at, insert.ref, dict(insert.attributes))
            if by_word:
                found.desk_names.add(insert.name)
    for one in outlines_of([path for path in paths if path.block not in counted]).found:
        centre = one.shape.centroid
        _add_desk(found, finder, (centre.x, centre.y), one.ref, {})


def _add_desk(
    found: Found, finder: Finder, at: Point, ref: str, attributes: dict[str, str]
) -> None:
    room = finder.room_at(at)
    label = label_from(attributes.values()).number
    found.desks.append(Desk(at, room, label, ref))
    if room is not None:
        found.rooms[room].seats += 1
