"""The working side: taking up a run, losing it, ending it; each once only in effect.

A worker holds a run by its `attempt`. Whoever takes a run up counts it on by one, in one
statement that succeeds for one worker only; all that a worker writes is bound to its own
count. A worker that was thought dead and comes back therefore writes nothing.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import and_, case, delete, func, inspect, or_, select, text, update
from sqlmodel import col

from planner.db.store import EVERY_OWNER
from planner.db.tables import PartRow, RunRow, UploadRow
from planner.errors import PlannerError, sentence
from planner.sentences import packed

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from planner.db.store import Scope, Store

SEARCHING: Final = frozenset({"plan", "part", "stages"})
DRAWING: Final = frozenset({"document"})
ERRANDS: Final = DRAWING | {"import"}
"""Runs that take seconds, and that somebody waits for at the page."""
KINDS: Final = SEARCHING | ERRANDS | {"study"}
"""Of runs: searches and their parts, studies of plans, documents, files to take in."""
_NOBODY_IS_DEAD: Final = dt.timedelta(days=1)
"""Silence that counts as death where the database has only just come back: nobody could speak."""
MOST_DEATHS: Final = 3
"""A run over which so many workers died is not taken up again: it would kill the next."""

_DEADLY: Final = packed(
    sentence(
        "The work stopped {deaths} times without an answer, most likely for lack of memory. "
        "Use a machine with more, or plan fewer buildings at once.",
        deaths=MOST_DEATHS,
    )
)


class Lost(PlannerError):
    """Another worker holds this run now; what this one found does not count."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A run in this worker's hands.

    Args:
        run_id, owner, kind, name: the run.
        estate_id, estate_version, estate_hash, params, asked_by: what was asked; the id is ""
            where a file is to become an estate.
        attempt: this worker's count; it fences off all others.
    """

    run_id: str
    owner: str
    kind: str
    name: str
    estate_id: str
    estate_version: int
    estate_hash: str
    params: Mapping[str, Any]
    asked_by: str
    attempt: int


def claim_next(
    store: Store, worker: str, stale: dt.timedelta, kinds: Collection[str] = KINDS
) -> Claim | None:
    """Take up the next run: one that waits, or one whose worker has been silent for `stale`.

    Whoever waits for a plan comes before studies of plans that are there. Owners take turns:
    the one with the fewest runs at work comes first, then who waits longest.

    Args:
        store: the open database.
        worker: name of this worker, unlike any other's.
        stale: silence after which another worker is taken for dead.
        kinds: of runs that this worker takes up.
    """
    if store.unbroken() < stale.total_seconds():
        stale = _NOBODY_IS_DEAD
    with store.writing(EVERY_OWNER) as scope:
        now = moment(store, scope)
        _wake(scope)
        silent = and_(col(RunRow.state) == "running", col(RunRow.heartbeat) < now - stale)
        _give_up(scope, silent, now)
        at_work = (
            select(func.count())
            .select_from(_busy)
            .where(_busy.c.owner_id == col(RunRow.owner_id), _busy.c.state == "running")
            .correlate(RunRow)
            .scalar_subquery()
        )
        row = scope.execute(
            select(RunRow)
            .where(or_(col(RunRow.state) == "queued", silent), col(RunRow.kind).in_(kinds))
            .order_by(_later, at_work, col(RunRow.queued_at), col(RunRow.id))
            .limit(1)
            .with_for_update(skip_locked=True, of=RunRow)
        ).scalar()
        if row is None:
            return None
        row.deaths += row.state == "running"
        row.attempt += 1
        row.state, row.worker, row.heartbeat, row.step = "running", worker, now, ""
        row.started_at = row.started_at or now
        row.rows_read = row.rows_in = None
        return Claim(
            run_id=row.id,
            owner=row.owner_id,
            kind=row.kind,
            name=row.name,
            estate_id=row.estate_id or "",
            estate_version=row.estate_version,
            estate_hash=row.estate_hash,
            params=row.params,
            asked_by=row.asked_by,
            attempt=row.attempt,
        )


def hold(scope: Scope, claim: Claim) -> None:
    """Let a run wait for its parts, in the transaction that queues them; see `claim_next`.

    Raises:
        Lost: another worker holds it; the transaction must not be kept.
    """
    mine = update(RunRow).where(*held(claim))
    if not scope.touch(mine.values(state="parted", worker="", step="solve")):
        raise Lost(f"Run {claim.run_id} was taken over while attempt {claim.attempt} worked on it.")


def _wake(scope: Scope) -> None:
    """Put runs whose parts have all ended, however they ended, back into the queue."""
    open_part = (
        select(col(PartRow.id))
        .join(_busy, _busy.c.id == col(PartRow.part_id))
        .where(col(PartRow.whole_id) == col(RunRow.id), _busy.c.state.in_(["queued", "running"]))
        .correlate(RunRow)
        .exists()
    )
    scope.execute(
        update(RunRow)
        .where(col(RunRow.state) == "parted", ~open_part)
        .values(state="queued")
        .execution_options(synchronize_session=False)
    )


def finish(
    scope: Scope,
    claim: Claim,
    state: str,
    now: dt.datetime,
    *,
    plan_id: str | None = None,
    problem: str | None = None,
) -> None:
    """End a run, in the transaction that stores what it made; a file it was to take in goes.

    Raises:
        Lost: another worker holds it; the transaction must not be kept.
    """
    mine = update(RunRow).where(*held(claim))
    ending = {"state": state, "ended_at": now, "plan_id": plan_id, "problem": problem, "step": ""}
    if not scope.touch(mine.values(**ending)):
        raise Lost(f"Run {claim.run_id} was taken over while attempt {claim.attempt} worked on it.")
    scope.execute(delete(UploadRow).where(col(UploadRow.run_id) == claim.run_id))


def hand_back(store: Store, claim: Claim) -> None:
    """Put a run back into the queue because this worker is asked to end."""
    with store.writing(EVERY_OWNER) as scope:
        scope.execute(update(RunRow).where(*held(claim)).values(state="queued", worker="", step=""))


def give_back(store: Store, worker: str) -> int:
    """Put the runs of a worker that is known to be dead back at once; return how many."""
    with store.writing(EVERY_OWNER) as scope:
        now = moment(store, scope)
        mine = and_(col(RunRow.state) == "running", col(RunRow.worker) == worker)
        given_up = _give_up(scope, mine, now)
        back = scope.touch(
            update(RunRow)
            .where(mine)
            .values(state="queued", worker="", step="", deaths=col(RunRow.deaths) + 1)
        )
        return given_up + back


def still_held(scope: Scope, claim: Claim) -> bool:
    """Say whether this worker still holds a run."""
    return scope.execute(select(col(RunRow.id)).where(*held(claim))).first() is not None


def held(claim: Claim) -> tuple[Any, ...]:
    """Return the condition under which a claim still holds."""
    return (
        col(RunRow.id) == claim.run_id,
        col(RunRow.attempt) == claim.attempt,
        col(RunRow.state) == "running",
    )


def moment(store: Store, scope: Scope) -> dt.datetime:
    """Return the database's own time where several hosts share it, so that no clock misleads."""
    if scope.get_bind().dialect.name != "postgresql":
        return store.now()
    found: dt.datetime = scope.execute(text("SELECT clock_timestamp()")).scalar_one()
    return found.astimezone(dt.UTC)


def _give_up(scope: Scope, condition: Any, now: dt.datetime) -> int:
    """End the runs that have cost too many workers."""
    return scope.touch(
        update(RunRow)
        .where(condition, col(RunRow.deaths) >= MOST_DEATHS - 1)
        .values(state="failed", problem=_DEADLY, ended_at=now, deaths=MOST_DEATHS, step="")
        .execution_options(synchronize_session=False)
    )


_later = case((col(RunRow.kind) == "study", 1), else_=0)
_busy = inspect(RunRow).local_table.alias("busy")
