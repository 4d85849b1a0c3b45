"""Plans over several planning periods."""
# No `from __future__ import annotations`: SQLModel reads annotations at class creation.

import datetime as dt

from sqlalchemy import BigInteger, UniqueConstraint
from sqlmodel import Field

from planner.db.tables.base import Owned, counted, listed, moment, part_of


class StagingRow(Owned, table=True):
    """What a run over several periods made; its id is the run's."""

    __tablename__ = "staging"
    id: str = Field(primary_key=True)
    estate_id: str = part_of("estate.id")
    estate_version: int
    estate_hash: str
    name: str
    made_by: str
    made_at: dt.datetime = moment()
    npv: int = Field(sa_type=BigInteger)
    bound: int | None = Field(default=None, sa_type=BigInteger)


class StageRow(Owned, table=True):
    """One period and its plan; `growth` is a decimal as text."""

    __tablename__ = "stage"
    __table_args__ = (UniqueConstraint("staging_id", "number"),)
    id: int | None = counted()
    staging_id: str = part_of("staging.id")
    number: int
    name: str
    month: int
    growth: str
    leaves: list[str] = listed()
    plan_id: str = Field(foreign_key="plan.id", ondelete="CASCADE", unique=True)
