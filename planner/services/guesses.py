"""How often a password may be tried: counted in the database, for all processes together."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import TYPE_CHECKING, Final

from sqlalchemy import delete, func, select
from sqlmodel import col

from planner.db.store import EVERY_OWNER
from planner.db.tables import AttemptRow
from planner.errors import TooOften, sentence

if TYPE_CHECKING:
    from planner.db.store import Scope, Store

MOST_FAILURES: Final = 8
FAILURES_KEPT: Final = dt.timedelta(minutes=15)


def count_try(store: Store, email: str, now: dt.datetime) -> None:
    """Count a try at somebody's password, before the password is looked at.

    A try is stored first and counted then, so that of tries in the same moment, in one process
    or in several, none is left out. One that is refused does not count.

    Raises:
        TooOften: too many failures for this email within a quarter of an hour.
    """
    key = _key(email)
    row = AttemptRow(email_hash=key, at=now)
    with store.writing(EVERY_OWNER) as scope:
        scope.add(row)
    lately = select(func.count()).where(
        col(AttemptRow.email_hash) == key, col(AttemptRow.at) > now - FAILURES_KEPT
    )
    with store.reading(EVERY_OWNER) as scope:
        tries = scope.execute(lately).scalar() or 0
    if tries > MOST_FAILURES:
        with store.writing(EVERY_OWNER) as scope:
            scope.execute(delete(AttemptRow).where(col(AttemptRow.id) == row.id))
        raise TooOften(
            sentence("Too many failed sign-ins for this email; try again in 15 minutes.")
        )


def forget_tries(scope: Scope, email: str, now: dt.datetime) -> None:
    """Forget the failures of somebody who knew the password, and what is too old to count."""
    old = col(AttemptRow.at) < now - FAILURES_KEPT
    scope.execute(delete(AttemptRow).where(old | (col(AttemptRow.email_hash) == _key(email))))


def _key(email: str) -> str:
    return hashlib.sha256(email.strip().lower().encode()).hexdigest()
