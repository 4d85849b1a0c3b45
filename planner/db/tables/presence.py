"""Attendance files under review, what was said of each source, people per floor and day."""
# No `from __future__ import annotations`: SQLModel reads annotations at class creation.

import datetime as dt

from sqlalchemy import PrimaryKeyConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from planner.db.tables.base import Owned, identity, listed, moment, moment_or_none, part_of


class DaySourceRow(Owned, table=True):
    """What was said of one source's files: layout, columns, order of dates, time zone, names."""

    __tablename__ = "day_source"
    __table_args__ = (UniqueConstraint("estate_id", "name"),)
    id: str = identity()
    estate_id: str = part_of("estate.id")
    name: str
    said: dict[str, object] = listed()
    changed_at: dt.datetime = moment()


class DayFileRow(Owned, table=True):
    """An attendance file from its upload until somebody stored or dropped what it yields.

    `state` is waiting, stored or dropped. It names people, so its content is dropped as soon
    as that is decided; its hash stays, and the same file is never stored twice. `look` is what
    a worker read of a long one, packed, as things are said now.
    """

    __tablename__ = "day_file"
    id: str = identity()
    estate_id: str = part_of("estate.id")
    source: str
    file_name: str
    hash: str = Field(index=True)
    content: bytes
    said: dict[str, object] = listed()
    look: bytes | None = None
    state: str = "waiting"
    kind: str = ""
    rows_in: int = 0
    kept: int = 0
    first_day: dt.date | None = None
    last_day: dt.date | None = None
    asked_by: str
    asked_at: dt.datetime = moment()
    decided_by: str | None = None
    decided_at: dt.datetime | None = moment_or_none()


class FloorDayRow(SQLModel, table=True):
    """People on a floor on a day: its peak, or different people. Its owner is its estate's."""

    __tablename__ = "floor_day"
    __table_args__ = (
        PrimaryKeyConstraint("estate_id", "date", "floor"),
        {"sqlite_with_rowid": False},
    )
    estate_id: str = Field(foreign_key="estate.id", ondelete="CASCADE", primary_key=True)
    date: dt.date = Field(primary_key=True)
    floor: str = Field(primary_key=True)
    people: int


class FloorHourRow(SQLModel, table=True):
    """People on a floor at an hour of a weekday: the mean of the days counted."""

    __tablename__ = "floor_hour"
    __table_args__ = (
        PrimaryKeyConstraint("estate_id", "floor", "weekday", "hour"),
        {"sqlite_with_rowid": False},
    )
    estate_id: str = Field(foreign_key="estate.id", ondelete="CASCADE", primary_key=True)
    floor: str = Field(primary_key=True)
    weekday: int = Field(primary_key=True)
    hour: int = Field(primary_key=True)
    people: float
