"""The picture beneath a floor: kept as PNG that we made ourselves, with its scale."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from shapely.geometry import Polygon
from sqlalchemy import delete, select, update
from sqlmodel import col

from planner.db.audit import note
from planner.db.tables import BackdropRow
from planner.domain.calibration import Calibration, calibration_from
from planner.errors import NotFound, sentence
from planner.services.access import Right, require
from planner.services.loading import estate_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from planner.db.store import Scope, Store
    from planner.domain.geometry import Shape
    from planner.importers.plans import Backdrop, PlanSpace
    from planner.importers.plans.report import Rings
    from planner.services.access import Actor


@dataclass(frozen=True, slots=True)
class Sketch:
    """A room as a file without a scale has it: rings in pixels of the picture, y down."""

    number: str
    name: str
    category: str
    seats: int | None
    rings: Rings

    @classmethod
    def of(cls, space: PlanSpace) -> Sketch | None:
        """Return the sketch of a room, None where it has none."""
        if space.sketch is None:
            return None
        return cls(space.number, space.name, space.category, space.seats, space.sketch)

    def outline(self, scale: Calibration) -> Shape | None:
        """Return its shape in metres, None where the file's line encloses none."""
        rings = [[scale.to_metres(point) for point in ring] for ring in self.rings]
        try:
            shape = Polygon(rings[0], rings[1:])
        except (ValueError, IndexError):
            return None
        return shape if shape.is_valid and shape.area else None


@dataclass(frozen=True, slots=True)
class Picture:
    """What is known of a floor's picture; its bytes are read by `picture_png`.

    Args:
        file_name: of the upload it was made from.
        width_px, height_px: its size.
        hash: of its bytes.
        calibration: None until it has a scale.
        sketch: rooms of the file in pixels.
    """

    file_name: str
    width_px: int
    height_px: int
    hash: str
    calibration: Calibration | None
    sketch: tuple[Sketch, ...] = ()


def put_picture(
    store: Store,
    actor: Actor,
    estate_id: str,
    floor: str,
    backdrop: Backdrop,
    file_name: str,
    rooms: Iterable[PlanSpace] = (),
) -> None:
    """Lay a picture beneath a floor, in place of the one it had.

    Raises:
        NotFound: no such estate or floor of this owner.
    """
    require(actor, Right.EDIT)
    with store.writing(actor.owner) as scope:
        _floor(store, scope, estate_id, floor)
        lay(scope, actor, estate_id, floor, backdrop, file_name, store, rooms)


def lay(
    scope: Scope,
    actor: Actor,
    estate_id: str,
    floor: str,
    backdrop: Backdrop,
    file_name: str,
    store: Store,
    rooms: Iterable[PlanSpace] = (),
) -> None:
    """Lay a picture beneath a floor within a transaction."""
    _drop(scope, estate_id, floor)
    scale: dict[str, object] = {}
    if backdrop.metres_per_px is not None:
        known = Calibration(backdrop.metres_per_px, backdrop.height_px, backdrop.origin)
        scale = known.to_json()
    sketch: list[object] = [
        [one.number, one.name, one.category, one.seats, one.rings]
        for one in map(Sketch.of, rooms)
        if one is not None
    ]
    scope.add(
        BackdropRow(
            estate_id=estate_id,
            floor=floor,
            file_name=file_name,
            width_px=backdrop.width_px,
            height_px=backdrop.height_px,
            hash=hashlib.sha256(backdrop.png).hexdigest(),
            content=backdrop.png,
            calibration=scale,
            sketch=sketch,
            made_by=actor.id,
            made_at=store.now(),
        )
    )
    what = f"picture of floor {floor}: {file_name}"
    note(scope, actor.id, "picture", "estate", estate_id, now=store.now(), detail=what)


def lay_if_none(
    scope: Scope,
    actor: Actor,
    estate_id: str,
    floor: str,
    backdrop: Backdrop,
    file_name: str,
    store: Store,
) -> None:
    """Lay a picture beneath a floor that has none, within a transaction."""
    there = select(col(BackdropRow.id)).where(*_of(estate_id, floor))
    if scope.execute(there).first() is None:
        lay(scope, actor, estate_id, floor, backdrop, file_name, store)


def picture_of(store: Store, actor: Actor, estate_id: str, floor: str) -> Picture | None:
    """Return what lies beneath a floor, None where nothing does.

    Raises:
        NotFound: no such estate or floor of this owner.
    """
    require(actor, Right.SEE)
    with store.reading(actor.owner) as scope:
        _floor(store, scope, estate_id, floor)
        row = scope.execute(
            select(
                col(BackdropRow.file_name),
                col(BackdropRow.width_px),
                col(BackdropRow.height_px),
                col(BackdropRow.hash),
                col(BackdropRow.calibration),
                col(BackdropRow.sketch),
            ).where(*_of(estate_id, floor))
        ).first()
    if row is None:
        return None
    name, width, height, digest, stored, sketch = row
    scale = calibration_from(stored, height)
    return Picture(name, width, height, digest, scale, _sketches(sketch))


def picture_png(store: Store, actor: Actor, estate_id: str, floor: str) -> bytes:
    """Return the bytes of a floor's picture.

    Raises:
        NotFound: no such estate, floor or picture of this owner.
    """
    require(actor, Right.SEE)
    with store.reading(actor.owner) as scope:
        _floor(store, scope, estate_id, floor)
        return scope.one(BackdropRow, "picture", estate_id=estate_id, floor=floor).content


def calibrate(
    store: Store, actor: Actor, estate_id: str, floor: str, calibration: Calibration
) -> None:
    """Give a floor's picture its scale.

    Raises:
        NotFound: no such estate, floor or picture of this owner.
    """
    require(actor, Right.EDIT)
    with store.writing(actor.owner) as scope:
        row = scope.one(BackdropRow, "picture", estate_id=estate_id, floor=floor)
        row.calibration = replace(calibration, height_px=row.height_px).to_json()
        scope.add(row)
        what = f"scale of floor {floor}: {calibration.metres_per_px:.5f} m a pixel"
        note(scope, actor.id, "scale", "estate", estate_id, now=store.now(), detail=what)


def remove_picture(store: Store, actor: Actor, estate_id: str, floor: str) -> None:
    """Take the picture away; what was traced over it stays."""
    require(actor, Right.EDIT)
    with store.writing(actor.owner) as scope:
        scope.one(BackdropRow, "picture", estate_id=estate_id, floor=floor)
        _drop(scope, estate_id, floor)


def follow_floor(scope: Scope, estate_id: str, old: str, new: str | None) -> None:
    """Let a picture follow its floor to another code, or go with it where that is None."""
    if new is None:
        _drop(scope, estate_id, old)
        return
    scope.execute(update(BackdropRow).where(*_of(estate_id, old)).values(floor=new))


def _sketches(stored: Sequence[Any]) -> tuple[Sketch, ...]:
    return tuple(Sketch(*one) for one in stored)


def _floor(store: Store, scope: Scope, estate_id: str, floor: str) -> None:
    estate, _ = estate_in(store, scope, estate_id)
    if floor not in estate.floor_of:
        raise NotFound(sentence("There is no floor {floor!r} in this estate.", floor=floor))


def _drop(scope: Scope, estate_id: str, floor: str) -> None:
    scope.execute(delete(BackdropRow).where(*_of(estate_id, floor)))


def _of(estate_id: str, floor: str) -> tuple[Any, ...]:
    return col(BackdropRow.estate_id) == estate_id, col(BackdropRow.floor) == floor
