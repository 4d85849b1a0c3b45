"""Estates and their records, each table drawn from the declaration of its fields."""
# No `from __future__ import annotations`: SQLModel reads annotations at class creation.

import datetime as dt
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import PrimaryKeyConstraint, UniqueConstraint
from sqlmodel import Field

from planner.db.storable import storable
from planner.db.tables.base import Owned, counted, identity, moment, part_of
from planner.domain.records.floors import FloorFields, SpaceFields
from planner.domain.records.people import AttendanceFields, SeatingFields, TeamFields
from planner.domain.records.place import BuildingFields, EstateFields
from planner.domain.records.wishes import AssumptionFields, NearFields, RuleFields

if TYPE_CHECKING:
    EstateBase = EstateFields
    BuildingBase = BuildingFields
    FloorBase = FloorFields
    SpaceBase = SpaceFields
    TeamBase = TeamFields
    SeatingBase = SeatingFields
    TeamDayBase = AttendanceFields
    NearBase = NearFields
    RuleBase = RuleFields
    AssumptionBase = AssumptionFields
else:
    EstateBase = storable(EstateFields)
    BuildingBase = storable(BuildingFields)
    FloorBase = storable(FloorFields)
    SpaceBase = storable(SpaceFields)
    TeamBase = storable(TeamFields)
    SeatingBase = storable(SeatingFields)
    TeamDayBase = storable(AttendanceFields)
    NearBase = storable(NearFields)
    RuleBase = storable(RuleFields)
    AssumptionBase = storable(AssumptionFields)


class EstateRow(Owned, EstateBase, table=True):
    """An estate's header; `version` counts its changes."""

    __tablename__ = "estate"
    id: str = identity()
    version: int = 1
    created_at: dt.datetime = moment()
    changed_at: dt.datetime = moment()


class _Part(Owned):
    """A row of an estate; `id` keeps the order in which records came."""

    id: int | None = counted()
    owner_id: str = part_of("owner.id", index=False)
    estate_id: str = part_of("estate.id")


class BuildingRow(_Part, BuildingBase, table=True):
    """A building."""

    __tablename__ = "building"
    __table_args__ = (UniqueConstraint("estate_id", "code"),)


class FloorRow(_Part, FloorBase, table=True):
    """A floor."""

    __tablename__ = "floor"
    __table_args__ = (UniqueConstraint("estate_id", "code"),)


class SpaceRow(_Part, SpaceBase, table=True):
    """A space."""

    __tablename__ = "space"
    __table_args__ = (UniqueConstraint("estate_id", "floor", "number"),)


class TeamRow(_Part, TeamBase, table=True):
    """A team."""

    __tablename__ = "team"
    __table_args__ = (UniqueConstraint("estate_id", "code"),)


class SeatingRow(_Part, SeatingBase, table=True):
    """Where people of a team sit."""

    __tablename__ = "seating"


class NearRow(_Part, NearBase, table=True):
    """A wish for nearness."""

    __tablename__ = "near"


class RuleRow(_Part, RuleBase, table=True):
    """A rule."""

    __tablename__ = "rule"


class AssumptionRow(_Part, AssumptionBase, table=True):
    """A figure."""

    __tablename__ = "assumption"
    __table_args__ = (UniqueConstraint("estate_id", "key"),)


class TeamDayRow(TeamDayBase, table=True):
    """A team-day. Its owner is its estate's: half a million rows need not repeat it."""

    __tablename__ = "team_day"
    __table_args__ = (
        PrimaryKeyConstraint("estate_id", "date", "team"),
        {"sqlite_with_rowid": False},
    )
    estate_id: str = Field(foreign_key="estate.id", ondelete="CASCADE", primary_key=True)
    date: dt.date = Field(primary_key=True)
    team: str = Field(primary_key=True)


class ChangeRow(Owned, table=True):
    """One change of an estate as it can be taken back: records before and after."""

    __tablename__ = "estate_change"
    id: int | None = counted()
    estate_id: str = part_of("estate.id")
    version: int
    before: bytes
    at: dt.datetime = moment()


SHEET_ROWS: Final[dict[str, type[Any]]] = {
    "buildings": BuildingRow,
    "floors": FloorRow,
    "spaces": SpaceRow,
    "teams": TeamRow,
    "seating": SeatingRow,
    "near": NearRow,
    "rules": RuleRow,
    "assumptions": AssumptionRow,
}
"""The table of each sheet that has many records and keeps their order."""
