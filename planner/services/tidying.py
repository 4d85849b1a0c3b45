"""What is kept for a time only goes when the time is over, whether or not anybody comes by."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from sqlalchemy import delete
from sqlmodel import col

from planner.db.store import EVERY_OWNER
from planner.db.tables import AttemptRow, DayFileRow, RequestRow
from planner.services.accounts import FAILURES_KEPT
from planner.services.presence import KEPT_WAITING
from planner.services.repeats import KEPT

if TYPE_CHECKING:
    from planner.db.store import Store

EVERY: Final = dt.timedelta(minutes=10)
"""How often a worker tidies up."""


def tidy(store: Store) -> int:
    """Delete what was kept long enough, of all owners; return how many rows went.

    That is attendance files that nobody decided on, which may name people, answers to requests
    with an Idempotency-Key, and failed sign-ins.
    """
    now = store.now()
    forgotten = (
        delete(DayFileRow).where(
            col(DayFileRow.state) == "waiting", col(DayFileRow.asked_at) < now - KEPT_WAITING
        ),
        delete(RequestRow).where(col(RequestRow.at) < now - KEPT),
        delete(AttemptRow).where(col(AttemptRow.at) < now - FAILURES_KEPT),
    )
    with store.writing(EVERY_OWNER) as scope:
        return sum(map(scope.touch, forgotten))
