"""What is kept for a time only goes when the time is over, whether or not anybody comes by."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from sqlalchemy import delete, select
from sqlmodel import col

from planner.db.store import EVERY_OWNER
from planner.db.tables import AttemptRow, CountRow, DayFileRow, RequestRow, RunRow, UploadRow
from planner.jobs import OPEN
from planner.services.guesses import FAILURES_KEPT
from planner.services.presence import KEPT_WAITING
from planner.services.repeats import KEPT
from planner.services.snapshots import forget_unused

if TYPE_CHECKING:
    from planner.db.store import Store

EVERY: Final = dt.timedelta(minutes=10)
"""How often a worker tidies up."""


def tidy(store: Store) -> int:
    """Delete what was kept long enough, of all owners; return how many rows went.

    That is attendance files that nobody decided on, which may name people, answers to requests
    with an Idempotency-Key, failed sign-ins, counts of requests, files whose runs were given up,
    estates and documents of plans that were deleted.
    """
    now = store.now()
    at_work = select(col(RunRow.id)).where(col(RunRow.state).in_(OPEN))
    forgotten = (
        delete(DayFileRow).where(
            col(DayFileRow.state) == "waiting", col(DayFileRow.asked_at) < now - KEPT_WAITING
        ),
        delete(RequestRow).where(col(RequestRow.at) < now - KEPT),
        delete(AttemptRow).where(col(AttemptRow.at) < now - FAILURES_KEPT),
        delete(CountRow).where(col(CountRow.until) < now),
        delete(UploadRow).where(col(UploadRow.run_id).not_in(at_work)),
    )
    with store.writing(EVERY_OWNER) as scope:
        return sum(map(scope.touch, forgotten)) + forget_unused(scope)
