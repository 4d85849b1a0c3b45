"""The asking side: a run is a row, added in the transaction of whoever asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import and_, delete, func, or_, select, update
from sqlmodel import col

from planner.db.tables import RunRow, UploadRow
from planner.errors import Conflict, sentence
from planner.jobs.claims import ERRANDS

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from planner.db.scope import Scope


MOST_WAITING: Final = 20
"""Runs of one owner that may wait or be at work at once."""

OPEN: Final = ("queued", "running", "parted")
"""States of runs that have not ended; a parted one waits for the runs of its parts."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a run is to do; all of it, so that it repeats exactly.

    Args:
        kind: which work.
        name: for people.
        estate_id, estate_version, estate_hash: the estate as it was when asked; its records
            are kept under the hash. None where there is no estate yet.
        params: settings of the work, as JSON can hold them.
        by: id of the user who asks.
        once: a second asking with the same word gives the first run.
    """

    kind: str
    name: str
    estate_id: str | None
    estate_version: int
    estate_hash: str
    params: Mapping[str, object]
    by: str
    once: str | None = None


def enqueue(scope: Scope, asked: Asked, now: dt.datetime) -> str:
    """Add a run to the queue and return its id; it exists once the transaction has ended."""
    if asked.once is not None:
        found = asked_before(scope, asked.once)
        if found is not None:
            return found
    row = RunRow(
        estate_id=asked.estate_id,
        kind=asked.kind,
        name=asked.name,
        params=dict(asked.params),
        estate_version=asked.estate_version,
        estate_hash=asked.estate_hash,
        once=asked.once,
        asked_by=asked.by,
        queued_at=now,
    )
    scope.add(row)
    scope.flush()
    return row.id


def asked_before(scope: Scope, once: str) -> str | None:
    """Return the id of the run that was asked for with a word, None if none was."""
    return scope.execute(select(col(RunRow.id)).where(col(RunRow.once) == once)).scalar()


def turn_of(scope: Scope, key: str) -> str:
    """Return the word of a run that may be asked for anew only once the one before has ended."""
    ended = (
        select(func.count())
        .select_from(RunRow)
        .where(
            col(RunRow.once).startswith(f"{key}/", autoescape=True),
            col(RunRow.state).not_in(OPEN),
        )
    )
    return f"{key}/{scope.execute(ended).scalar()}"


def waiting(scope: Scope) -> int:
    """Return how many plans and studies of the scope's owner have not ended."""
    open_runs = col(RunRow.state).in_(OPEN), col(RunRow.kind).not_in(("part", *ERRANDS))
    found = scope.execute(select(func.count()).select_from(RunRow).where(*open_runs)).scalar()
    return found or 0


def refuse_too_many(scope: Scope) -> None:
    """Let no more runs of an owner wait than is good for the others.

    Raises:
        Conflict: too many wait or are at work.
    """
    if waiting(scope) > MOST_WAITING:
        raise Conflict(
            sentence(
                "{most_waiting} runs are waiting or at work already; stop one, or wait for it.",
                most_waiting=MOST_WAITING,
            )
        )


def ask_to_stop(scope: Scope, run_id: str, now: dt.datetime) -> None:
    """Ask a run to stop: a queued one ends at once, a running one keeps its best plan.

    Raises:
        NotFound: no such run of the scope's owner.
    """
    scope.one(RunRow, "run", id=run_id)
    mine = col(RunRow.id) == run_id
    queued = col(RunRow.state) == "queued"
    ended = scope.touch(
        update(RunRow)
        .where(mine, queued)
        .values(state="stopped", stop_requested=True, ended_at=now)
    )
    if ended:
        scope.execute(delete(UploadRow).where(col(UploadRow.run_id) == run_id))
    running = col(RunRow.state).in_(["running", "parted"])
    scope.execute(update(RunRow).where(mine, running).values(stop_requested=True))


def before(scope: Scope, row: RunRow) -> int:
    """Return how many files and documents of this owner wait longer than one that waits."""
    if row.state != "queued":
        return 0
    earlier = or_(
        col(RunRow.queued_at) < row.queued_at,
        and_(col(RunRow.queued_at) == row.queued_at, col(RunRow.id) < row.id),
    )
    counted = (
        select(func.count())
        .select_from(RunRow)
        .where(col(RunRow.kind).in_(ERRANDS), col(RunRow.state).in_(OPEN), earlier)
    )
    return scope.execute(counted).scalar() or 0
