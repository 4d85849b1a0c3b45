"""What is only ever added: the audit, estates as plans saw them, rendered documents."""
# No `from __future__ import annotations`: SQLModel reads annotations at class creation.

import datetime as dt

from sqlmodel import Field

from planner.db.tables.base import (
    Owned,
    counted,
    identity,
    listed,
    moment,
    moment_or_none,
    part_of,
)


class AuditRow(Owned, table=True):
    """Who did what to what; rows can be neither changed nor, as long as the owner is, deleted.

    Its ids refer to no table, so that a row outlives what it tells of.
    """

    __tablename__ = "audit"
    id: int | None = counted()
    owner_id: str = Field(index=True)
    at: dt.datetime = moment()
    actor_id: str
    action: str
    subject: str
    subject_id: str = Field(index=True)
    detail: str = ""


class SnapshotRow(Owned, table=True):
    """An estate as it was, by its hash; plans and proposals read it."""

    __tablename__ = "estate_snapshot"
    owner_id: str = part_of("owner.id", key=True)
    hash: str = Field(primary_key=True)
    content: bytes


class ShareRow(Owned, table=True):
    """A link that shows plans to read only; its secret is kept as a hash."""

    __tablename__ = "share"
    id: str = identity()
    secret_hash: str = Field(unique=True)
    plans: list[str] = listed()
    made_by: str
    made_at: dt.datetime = moment()
    expires_at: dt.datetime = moment()
    ended_at: dt.datetime | None = moment_or_none()


class DocumentRow(Owned, table=True):
    """A rendered document, by what it shows and who rendered it."""

    __tablename__ = "document"
    owner_id: str = part_of("owner.id", key=True)
    key: str = Field(primary_key=True)
    name: str
    media_type: str
    hash: str
    content: bytes
    made_at: dt.datetime = moment()
