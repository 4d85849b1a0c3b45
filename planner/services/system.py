"""How the installation stands: database, queue, workers; for whoever looks after it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select, text
from sqlmodel import col

from planner.db.store import EVERY_OWNER
from planner.db.tables import RunRow, WorkerRow
from planner.jobs import OPEN

if TYPE_CHECKING:
    from planner.db.store import Scope, Store

ALIVE: Final = dt.timedelta(minutes=1)
"""A worker that has not been seen for longer is not counted."""

STATES: Final = (*OPEN, "done", "failed", "stopped")


@dataclass(frozen=True, slots=True)
class Worker:
    """A worker that was seen lately."""

    name: str
    started_at: dt.datetime
    seen_at: dt.datetime
    run_id: str
    """What it works on, "" for nothing."""


@dataclass(frozen=True, slots=True)
class Status:
    """How the installation stands at one moment.

    Args:
        at: the moment.
        program: version of the program.
        database: `sqlite` or `postgresql`.
        revision: of its tables.
        bytes: its size; None where the database does not tell.
        runs: how many of each state, of all owners.
        oldest_wait: how long the run at the head of the queue has waited; None if none waits.
        workers: seen within `ALIVE`, by name.
    """

    at: dt.datetime
    program: str
    database: str
    revision: str
    bytes: int | None
    runs: dict[str, int]
    oldest_wait: dt.timedelta | None
    workers: tuple[Worker, ...]

    def since(self, moment: dt.datetime) -> int:
        """Return how many seconds ago something was."""
        return max(0, int((self.at - moment).total_seconds()))


def status_of(store: Store) -> Status:
    """Return how the installation stands; the figures of all owners together."""
    now = store.now()
    with store.reading(EVERY_OWNER) as scope:
        counted = select(col(RunRow.state), func.count()).group_by(col(RunRow.state))
        runs = dict.fromkeys(STATES, 0) | {row[0]: row[1] for row in scope.execute(counted)}
        first = select(func.min(RunRow.queued_at)).where(col(RunRow.state) == "queued")
        waits = scope.execute(first).scalar()
        revision = scope.execute(text("SELECT version_num FROM alembic_version")).scalar()
        return Status(
            at=now,
            program=version("office-space-planner"),
            database=scope.get_bind().dialect.name,
            revision=str(revision),
            bytes=_bytes(store, scope),
            runs=runs,
            oldest_wait=None if waits is None else now - waits,
            workers=_workers(scope, now),
        )


def _workers(scope: Scope, now: dt.datetime) -> tuple[Worker, ...]:
    at_work = {
        run.worker: run
        for run in scope.execute(select(RunRow).where(col(RunRow.state) == "running")).scalars()
    }
    found = []
    for row in scope.execute(select(WorkerRow).order_by(col(WorkerRow.name))).scalars():
        run = at_work.get(row.name)
        beat = run.heartbeat if run is not None else None
        seen = max(row.seen_at, beat or row.seen_at)
        if seen > now - ALIVE:
            found.append(Worker(row.name, row.started_at, seen, "" if run is None else run.id))
    return tuple(found)


def _bytes(store: Store, scope: Scope) -> int | None:
    if scope.get_bind().dialect.name == "postgresql":
        found = scope.execute(text("SELECT pg_database_size(current_database())")).scalar()
        return None if found is None else int(found)
    file = Path(store.engine.url.database or "")
    if not file.is_file():
        return None
    parts = (file, file.with_name(file.name + "-wal"))
    return sum(part.stat().st_size for part in parts if part.is_file())
