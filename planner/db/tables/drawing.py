"""Pictures to trace over, and plan files that wait to be looked at."""
# No `from __future__ import annotations`: SQLModel reads annotations at class creation.

import datetime as dt

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from planner.db.tables.base import Owned, identity, listed, moment, moment_or_none, part_of


class BackdropRow(Owned, table=True):
    """The picture beneath a floor that is traced, re-made as PNG, and its calibration.

    `calibration` holds points in pixels and lengths in metres, as they were entered; it is
    empty until the picture has a scale. `sketch` holds rooms and shapes of the file in pixels,
    to be taken over once it has one.
    """

    __tablename__ = "backdrop"
    __table_args__ = (UniqueConstraint("estate_id", "floor"),)
    id: str = identity()
    estate_id: str = part_of("estate.id")
    floor: str
    file_name: str
    width_px: int
    height_px: int
    hash: str
    content: bytes
    calibration: dict[str, object] = listed()
    sketch: list[object] = listed()
    made_by: str
    made_at: dt.datetime = moment()


class PlanImportRow(Owned, table=True):
    """A plan file from its upload until somebody confirmed or rejected what it yields.

    `state` is reading, read, refused, confirmed or rejected; the file itself is dropped when
    that is decided, its hash stays. `report` is what the reader returned, packed.
    """

    __tablename__ = "plan_import"
    id: str = identity()
    estate_id: str = part_of("estate.id")
    file_name: str
    hash: str
    size: int
    content: bytes
    building: str = ""
    options: dict[str, object] = listed()
    state: str = Field(default="reading", index=True)
    report: bytes | None = None
    problems: list[object] = listed()
    turn: int = 0
    asked_by: str
    asked_at: dt.datetime = moment()
    started_at: dt.datetime = moment()
    ended_at: dt.datetime | None = moment_or_none()
    decided_by: str | None = None
    decided_at: dt.datetime | None = moment_or_none()
