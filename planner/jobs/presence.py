"""Which workers there are: each says so every few seconds, idle or not."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from sqlalchemy import delete, update
from sqlmodel import col

from planner.db.store import EVERY_OWNER
from planner.db.tables import WorkerRow
from planner.errors import Unavailable
from planner.jobs.claims import moment

if TYPE_CHECKING:
    from planner.db.store import Store

EVERY: Final = dt.timedelta(seconds=10)
_FORGOTTEN: Final = dt.timedelta(days=1)


def appear(store: Store, worker: str) -> None:
    """Say that a worker is there; the first time it is added, and those long gone forgotten."""
    with store.writing(EVERY_OWNER) as scope:
        now = moment(store, scope)
        mine = update(WorkerRow).where(col(WorkerRow.name) == worker)
        if not scope.touch(mine.values(seen_at=now)):
            scope.execute(delete(WorkerRow).where(col(WorkerRow.seen_at) < now - _FORGOTTEN))
            scope.add(WorkerRow(name=worker, started_at=now, seen_at=now))


def vanish(store: Store, worker: str) -> None:
    """Say that a worker has ended; where the database is gone, its silence says so."""
    with suppress(Unavailable), store.writing(EVERY_OWNER) as scope:
        scope.execute(delete(WorkerRow).where(col(WorkerRow.name) == worker))
