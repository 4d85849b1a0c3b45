"""Runs, what they tell, the plans they make, and proposals of plans."""
# No `from __future__ import annotations`: SQLModel reads annotations at class creation.

import datetime as dt

from sqlalchemy import BigInteger, UniqueConstraint
from sqlmodel import Field, SQLModel

from planner.db.tables.base import (
    Owned,
    counted,
    identity,
    listed,
    moment,
    moment_or_none,
    part_of,
    part_of_or_none,
)


class RunRow(Owned, table=True):
    """A job: what was asked, how it stands, and who works on it.

    `attempt` counts how often it was taken up and fences off a worker that was thought dead:
    whatever a worker writes, it writes only where `attempt` is still its own. `deaths` counts
    the workers that died over it. A file that is to become an estate has no estate before.
    """

    __tablename__ = "run"
    __table_args__ = (UniqueConstraint("owner_id", "once"),)
    id: str = identity()
    estate_id: str | None = part_of_or_none("estate.id")
    kind: str
    name: str
    params: dict[str, object] = listed()
    estate_version: int
    estate_hash: str
    once: str | None = None
    state: str = Field(default="queued", index=True)
    step: str = ""
    rows_read: int | None = None
    rows_in: int | None = None
    asked_by: str
    queued_at: dt.datetime = moment()
    started_at: dt.datetime | None = moment_or_none()
    ended_at: dt.datetime | None = moment_or_none()
    attempt: int = 0
    deaths: int = 0
    worker: str = ""
    heartbeat: dt.datetime | None = moment_or_none()
    stop_requested: bool = False
    freed: list[str] = listed()
    plan_id: str | None = None
    problem: str | None = None


class UploadRow(Owned, table=True):
    """A file that a run is to take in; it goes when the run has ended."""

    __tablename__ = "upload"
    run_id: str = part_of("run.id", key=True)
    content: bytes


class RunLogRow(SQLModel, table=True):
    """One thing a run told: a better value or bound in minor units, or a step."""

    __tablename__ = "run_log"
    id: int | None = counted()
    run_id: str = part_of("run.id")
    attempt: int
    seconds: float
    value: int | None = Field(default=None, sa_type=BigInteger)
    bound: int | None = Field(default=None, sa_type=BigInteger)
    step: str | None = None


class WorkerRow(SQLModel, table=True):
    """A worker that is there, and when it was last seen."""

    __tablename__ = "worker"
    name: str = Field(primary_key=True)
    started_at: dt.datetime = moment()
    seen_at: dt.datetime = moment()


class PlanRow(Owned, table=True):
    """A plan as it was made, never changed; figures of lists beside it."""

    __tablename__ = "plan"
    id: str = identity()
    estate_id: str = part_of("estate.id")
    run_id: str | None = Field(default=None, unique=True)
    estate_version: int
    estate_hash: str
    hash: str = Field(index=True)
    name: str
    made_by: str
    made_at: dt.datetime = moment()
    npv: int = Field(sa_type=BigInteger)
    value: int = Field(sa_type=BigInteger)
    bound: int | None = Field(default=None, sa_type=BigInteger)
    status: str
    freed: list[str] = listed()
    people_moved: int
    content: str


class StudyRow(Owned, table=True):
    """What was found out about a plan, or about why there is none; replaced while it grows."""

    __tablename__ = "study"
    id: str = identity()
    run_id: str = Field(foreign_key="run.id", ondelete="CASCADE", unique=True)
    plan_id: str | None = Field(
        default=None, foreign_key="plan.id", ondelete="CASCADE", index=True, nullable=True
    )
    made_at: dt.datetime = moment()
    content: str


class PartRow(Owned, table=True):
    """A part of a large estate, solved by a run of its own for the run of the whole.

    `content` is the part's solution as JSON, "" until there is one.
    """

    __tablename__ = "run_part"
    __table_args__ = (UniqueConstraint("whole_id", "number"),)
    id: int | None = counted()
    whole_id: str = part_of("run.id")
    number: int
    part_id: str = Field(foreign_key="run.id", ondelete="CASCADE", unique=True)
    content: str = ""


class ProposalRow(Owned, table=True):
    """A proposal: a title over its versions; `newest` is the number of the last."""

    __tablename__ = "proposal"
    id: str = identity()
    estate_id: str = part_of("estate.id")
    title: str
    newest: int = 1
    changed_at: dt.datetime = moment()


class ProposalVersionRow(Owned, table=True):
    """One version: a plan, and what became of it."""

    __tablename__ = "proposal_version"
    __table_args__ = (UniqueConstraint("proposal_id", "number"),)
    id: int | None = counted()
    proposal_id: str = part_of("proposal.id")
    number: int
    plan_id: str = Field(foreign_key="plan.id", index=True)
    state: str = "draft"
    note: str = ""
    comment: str = ""
    made_by: str
    made_at: dt.datetime = moment()
    submitted_by: str | None = None
    submitted_at: dt.datetime | None = moment_or_none()
    decided_by: str | None = None
    decided_at: dt.datetime | None = moment_or_none()
