"""Files that take long: a worker takes them in, so that nobody waits in a request.

That is a run in the queue like a document. It outlives the page, the tab and the worker, and the
bell tells when it has ended. What is wrong with a file is told all at once and nothing of it is
stored; what it adds is stored together with the end of the run, so once only.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final, Literal, cast

from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import col

from planner.db.tables import EstateRow, RunRow, UploadRow
from planner.errors import (
    Conflict,
    InvalidInput,
    NotFound,
    PlannerError,
    Problem,
    sentence,
)
from planner.importers.sandbox import LIMITS, Watch, read_apart
from planner.jobs import OPEN, Asked, ask_to_stop, before, enqueue, turn_of
from planner.sentences import unpacked
from planner.services import accounts, estates, plan_files, presence
from planner.services.access import Right, require
from planner.services.day_storing import days_of, refuse_rows
from planner.services.refused import problems_told
from planner.services.uploads import read_upload

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from planner.db.store import Scope, Store
    from planner.jobs import Claim, Pulse
    from planner.services.access import Actor

    Put = Callable[[Scope], str | None]
    Stopped = Callable[[], bool]

What = Literal["workbook", "look", "days", "plan"]
MOST_OPEN: Final = 6
"""Files of one owner that may wait for a worker or be read at once."""


@dataclass(frozen=True, slots=True)
class Intake:
    """How the taking in of a file stands.

    Args:
        id: of the run.
        what: a `workbook`; a `look` at an attendance file, or its `days` to be stored; a floor
            `plan`.
        file_name, size: of the upload; size in bytes.
        estate_id: None as long as the file is to become an estate.
        about: the attendance or plan file that waits, "" for a workbook.
        state: as of any run.
        step: `read` or `store`; "" before it has begun.
        rows_read, rows_in: how many rows of how many are read; None where nobody counts them.
        before: how many files and documents of the owner come first while it waits.
        problems: everything that is wrong with it.
        stored: how many records were stored, None where none were.
        asked_at, started_at, ended_at: None where it has not come to that.
    """

    id: str
    what: What
    file_name: str
    size: int
    estate_id: str | None
    about: str
    state: Literal["queued", "running", "done", "failed", "stopped"]
    step: str
    rows_read: int | None
    rows_in: int | None
    before: int
    problems: tuple[Problem, ...]
    stored: int | None
    asked_at: dt.datetime
    started_at: dt.datetime | None
    ended_at: dt.datetime | None

    @property
    def ended(self) -> bool:
        """Say whether nothing more will happen."""
        return self.state in {"done", "failed", "stopped"}


def ask_workbook(
    store: Store,
    actor: Actor,
    data: bytes,
    filename: str,
    estate_id: str | None = None,
    version: int | None = None,
) -> str:
    """Queue a workbook that is to become an estate, or to replace one at `version`.

    Returns:
        The id of the run; the same for the same file as long as it has not ended.

    Raises:
        NotFound: no such estate of this owner.
        Conflict: too many files wait.
    """
    digest = hashlib.sha256(data).hexdigest()
    key = f"import/workbook/{estate_id or 'new'}/{version}/{digest}"
    params = {"what": "workbook", "file": "", "size": len(data), "version": version}
    return _ask(store, actor, key, filename, estate_id, params, data)


def ask_days(
    store: Store,
    actor: Actor,
    estate_id: str,
    file_id: str,
    version: int | None = None,
    *,
    whole: bool = False,
) -> str:
    """Queue an attendance file that waits: to be looked at, or to be stored at `version`.

    With `whole`, for a program, it is stored only if no row of it is refused, and a file that
    cannot be read is dropped.
    """
    file = presence.waiting_file(store, actor, estate_id, file_id)
    what = "look" if version is None else "days"
    key = f"import/{what}/{file_id}/{version or file.said}"
    params = {"what": what, "file": file_id, "size": file.size, "version": version, "whole": whole}
    return _ask(store, actor, key, file.file_name, estate_id, params)


def ask_plan(store: Store, actor: Actor, estate_id: str, file_id: str) -> str:
    """Queue a plan file that is to be read; see `plan_files`."""
    file = plan_files.get(store, actor, estate_id, file_id)
    key = f"import/plan/{file_id}/{file.turn}"
    params = {"what": "plan", "file": file_id, "size": file.size}
    return _ask(store, actor, key, file.file_name, estate_id, params)


def plan_is_read(store: Store, actor: Actor, estate_id: str, file_id: str) -> bool:
    """Say whether a plan file is waiting for a worker or with one.

    One whose reading broke off for a reason that is not the file's is refused with that reason.
    """
    require(actor, Right.EDIT)
    with store.reading(actor.owner) as scope:
        last = scope.execute(
            select(RunRow)
            .where(col(RunRow.once).startswith(f"import/plan/{file_id}/"))
            .order_by(col(RunRow.queued_at).desc(), col(RunRow.once).desc())
            .limit(1)
        ).scalar()
    if last is None:
        return False
    if last.state == "failed" and last.problem is not None:
        with store.writing(actor.owner) as scope:
            plan_files.refuse(scope, estate_id, file_id, unpacked(last.problem))
    return last.state in OPEN


def intake_state(store: Store, actor: Actor, run_id: str) -> Intake:
    """Return how the taking in of a file stands.

    Raises:
        NotFound: no such run of this owner.
    """
    require(actor, Right.EDIT)
    with store.reading(actor.owner) as scope:
        row = scope.one(RunRow, "import", id=run_id)
        if row.kind != "import":
            raise NotFound(sentence("There is no such import."))
        params: Any = row.params
        return Intake(
            id=row.id,
            what=params["what"],
            file_name=row.name,
            size=params["size"],
            estate_id=row.estate_id,
            about=params["file"],
            state=row.state,  # type: ignore[arg-type]
            step=row.step,
            rows_read=row.rows_read,
            rows_in=row.rows_in,
            before=before(scope, row),
            problems=problems_told(row.problem),
            stored=params.get("stored"),
            asked_at=row.queued_at,
            started_at=row.started_at,
            ended_at=row.ended_at,
        )


def stop(store: Store, actor: Actor, run_id: str) -> None:
    """Stop taking a file in; nothing of it is stored, and what a program sent is dropped."""
    require(actor, Right.EDIT)
    with store.writing(actor.owner) as scope:
        ask_to_stop(scope, run_id, store.now())
        row = scope.one(RunRow, "import", id=run_id)
        if row.state != "done" and row.params.get("whole"):
            presence.drop_in(store, scope, actor, str(row.params["file"]))


def put_aside(store: Store, actor: Actor, estate_id: str, file_id: str) -> None:
    """Decide against a plan file; its bytes are dropped, and its reading ends.

    Raises:
        NotFound: no such file of this owner.
        Conflict: it is decided already.
    """
    require(actor, Right.EDIT)
    with store.writing(actor.owner) as scope:
        plan_files.decide(store, scope, actor, estate_id, file_id, "rejected")
        reading = select(col(RunRow.id)).where(
            col(RunRow.once).startswith(f"import/plan/{file_id}/"), col(RunRow.state).in_(OPEN)
        )
        for run_id in scope.execute(reading).scalars().all():
            ask_to_stop(scope, run_id, store.now())


def import_work(store: Store, claim: Claim, pulse: Pulse, should_stop: Stopped) -> Put:
    """Read a file; what follows stores it. Called by a worker.

    Raises:
        InvalidInput: with everything that is wrong with it.
        PlannerError: it was stopped, or whoever asked may not change the estate any more.
    """
    actor = accounts.actor_of(store, claim.asked_by)
    if actor is None or actor.owner != claim.owner:
        raise PlannerError(sentence("Whoever uploaded the file is no user any more."))
    require(actor, Right.EDIT)
    pulse.at("read")
    put = _WORK[claim.params["what"]](store, claim, actor, Watch(should_stop, pulse.rows))
    pulse.at("store")

    def put_if_wanted(scope: Scope) -> None:
        scope.one_locked(RunRow, "run", id=claim.run_id)  # nobody takes it over while it is stored
        if should_stop():
            raise PlannerError(sentence("It was stopped; nothing of the file was stored."))
        put(scope)

    return put_if_wanted


def _ask(
    store: Store,
    actor: Actor,
    key: str,
    name: str,
    estate_id: str | None,
    params: dict[str, object],
    data: bytes | None = None,
) -> str:
    require(actor, Right.EDIT)
    for last in (False, True):
        try:
            with store.writing(actor.owner) as scope:
                return _enqueued(store, scope, actor, key, name, estate_id, params, data)
        except IntegrityError:  # somebody asked for the same in the same moment
            if last:
                raise
    raise AssertionError


def _enqueued(
    store: Store,
    scope: Scope,
    actor: Actor,
    key: str,
    name: str,
    estate_id: str | None,
    params: dict[str, object],
    data: bytes | None,
) -> str:
    if estate_id is not None:
        scope.one(EstateRow, "estate", id=estate_id)
    asked = Asked(
        kind="import",
        name=name[:200],
        estate_id=estate_id,
        estate_version=cast("int", params.get("version") or 0),
        estate_hash="",
        params={"seconds": int(LIMITS.seconds), **params},
        by=actor.id,
        once=turn_of(scope, key),
    )
    run_id = enqueue(scope, asked, store.now())
    known = select(col(UploadRow.run_id)).where(col(UploadRow.run_id) == run_id)
    if data is not None and scope.execute(known).first() is None:
        scope.add(UploadRow(run_id=run_id, content=data))
    if _open(scope) > MOST_OPEN:
        raise Conflict(
            sentence(
                "{most} files are waiting or being read already; wait for one of them.",
                most=MOST_OPEN,
            )
        )
    return run_id


def _open(scope: Scope) -> int:
    """Return how many files of the scope's owner have not been taken in, floor plans apart."""
    counted = (
        select(func.count())
        .select_from(RunRow)
        .where(
            col(RunRow.kind) == "import",
            col(RunRow.state).in_(OPEN),
            col(RunRow.once).not_like("import/plan/%"),
        )
    )
    return scope.execute(counted).scalar() or 0


def _workbook(store: Store, claim: Claim, actor: Actor, watch: Watch) -> Put:
    from planner.importers.workbook import read_estate  # noqa: PLC0415  seconds to import

    with store.reading(claim.owner) as scope:
        data = scope.one(UploadRow, "file", run_id=claim.run_id).content
    reader = partial(read_apart, read_estate, watch=watch)
    estate = read_upload(data, claim.name, reader)

    def put(scope: Scope) -> None:
        if claim.estate_id:
            version, what = claim.params["version"], f"workbook {claim.name}"
            stored, _ = estates.change_in(
                store, scope, actor, claim.estate_id, version, lambda _: estate, what, strict=True
            )
        else:
            stored = estates.add_in(store, scope, actor, estate)
        _note(scope, claim, stored)

    return put


def _look(store: Store, claim: Claim, actor: Actor, watch: Watch) -> Put:
    found = presence.review(store, actor, claim.estate_id, claim.params["file"], watch)
    if claim.params.get("whole") and found.look.report is None:
        presence.drop(store, actor, claim.estate_id, claim.params["file"])
        raise InvalidInput(found.look.problems)
    return lambda scope: presence.keep_look(scope, claim.estate_id, found)


def _days(store: Store, claim: Claim, actor: Actor, watch: Watch) -> Put:
    found = presence.review(store, actor, claim.estate_id, claim.params["file"], watch)
    whole = claim.params.get("whole")
    try:
        if whole and found.look.report is not None:
            refuse_rows(found.look.report, claim.name)
        days = days_of(found.look, found.names)
    except PlannerError:
        if whole:  # a program sent it, so nobody will look at it
            presence.drop(store, actor, claim.estate_id, claim.params["file"])
        raise

    def put(scope: Scope) -> None:
        stored, _ = presence.confirm_in(
            store, scope, actor, claim.estate_id, claim.params["version"], found, days
        )
        _note(scope, claim, stored)

    return put


def _plan(store: Store, claim: Claim, actor: Actor, watch: Watch) -> Put:
    del actor
    return plan_files.read_work(store, claim.owner, claim.params["file"], watch.should_stop)


def _note(scope: Scope, claim: Claim, stored: estates.Stored) -> None:
    """Write down with the run what it has stored, and where."""
    params = {**claim.params, "stored": stored.records}
    mine = update(RunRow).where(col(RunRow.id) == claim.run_id)
    scope.execute(mine.values(estate_id=stored.estate_id, params=params))


_WORK: Final[dict[What, Callable[[Store, Claim, Actor, Watch], Put]]] = {
    "workbook": _workbook,
    "look": _look,
    "days": _days,
    "plan": _plan,
}
