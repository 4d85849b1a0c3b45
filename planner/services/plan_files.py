"""Plan files from their upload to a decision: read apart, looked at, confirmed or rejected.

A worker reads a file, in a limited process. What is read is kept with the file until somebody
decides.
"""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select, update
from sqlmodel import col

from planner.db.audit import note
from planner.db.tables import PlanImportRow, UserRow
from planner.db.tables.base import new_id
from planner.errors import Conflict, ImportRefused, InvalidInput, Problem
from planner.importers.plans import Choices, read_plan
from planner.importers.sandbox import LIMITS
from planner.sentences import N_, fixed, packed, told, unpacked
from planner.services.access import Right, require
from planner.services.loading import estate_in
from planner.services.plan_packing import pack_report, unpack_report
from planner.services.uploads import read_upload

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence

    from planner.db.store import Scope, Store
    from planner.importers.plans import PlanReport
    from planner.services.access import Actor

_MOST_OPEN: Final = 20
OPEN: Final = ("reading", "read", "refused")


@dataclass(frozen=True, slots=True)
class PlanFile:
    """A plan file on its way.

    Args:
        id, estate_id, file_name, size: of the upload; size in bytes.
        building: code of the building it was said to show, "" if nothing was said.
        floor: code of the floor that it was uploaded for, "" if for none.
        choices: what was said about the file.
        state: reading, read, refused, confirmed or rejected.
        problems: why it was refused.
        report: what it yields, once read.
        asked_at, started_at, ended_at: moments of the upload and of the last reading.
        before: when and by whom the same file was confirmed, None if never.
        turn: how often it was read before.
    """

    id: str
    estate_id: str
    file_name: str
    size: int
    building: str
    floor: str
    choices: Choices
    state: str
    problems: tuple[Problem, ...]
    report: PlanReport | None
    asked_at: dt.datetime
    started_at: dt.datetime
    ended_at: dt.datetime | None
    before: tuple[dt.datetime, str] | None = None
    turn: int = 0


def ask(
    store: Store,
    actor: Actor,
    estate_id: str,
    data: bytes,
    filename: str,
    *,
    building: str = "",
    floor: str = "",
) -> str:
    """Take in a plan file and return the id of its way; `taking_in.ask_plan` has it read.

    Raises:
        NotFound: no such estate of this owner.
        ImportRefused: no bytes, or too many.
        Conflict: too many files wait for a decision.
    """
    require(actor, Right.EDIT)
    if not data:
        raise ImportRefused(
            told(N_("{file} is empty; choose a file that holds something."), file=filename)
        )
    if len(data) > LIMITS.file:
        raise ImportRefused(
            told(
                N_("{file} has {size} MB; files up to {most} MB are read."),
                file=filename,
                size=fixed(len(data) / 1000000.0, 0),
                most=fixed(LIMITS.file / 1000000.0, 0),
            )
        )
    with store.writing(actor.owner) as scope:
        estate_in(store, scope, estate_id)
        if len(_waiting(scope, estate_id)) >= _MOST_OPEN:
            raise Conflict(
                told(
                    N_(
                        "{most} plan files of this estate wait for a decision; confirm or "
                        "reject one of them first."
                    ),
                    most=_MOST_OPEN,
                )
            )
        row = PlanImportRow(
            id=new_id(),
            estate_id=estate_id,
            file_name=filename[:200],
            hash=hashlib.sha256(data).hexdigest(),
            size=len(data),
            content=data,
            building=building,
            options={"floor": floor},
            asked_by=actor.id,
            asked_at=store.now(),
            started_at=store.now(),
        )
        scope.add(row)
        note(scope, actor.id, "import", "estate", estate_id, now=store.now(), detail="import")
        return row.id


def read_work(
    store: Store, owner: str, import_id: str, should_stop: Callable[[], bool]
) -> Callable[[Scope], None]:
    """Read a file; what follows keeps what it yields, or why it is refused.

    A newer reading wins, and so does a decision made meanwhile. Called by a worker.
    """
    with store.reading(owner) as scope:
        row = scope.one(PlanImportRow, "plan file", id=import_id)
        turn, data, name = row.turn, row.content, row.file_name
        choices, awaited = _choices(row.options), row.state == "reading"
    values = _read(data, name, choices, should_stop) if awaited else {}

    def put(scope: Scope) -> None:
        mine = (
            col(PlanImportRow.id) == import_id,
            col(PlanImportRow.turn) == turn,
            col(PlanImportRow.state) == "reading",
        )
        done = update(PlanImportRow).where(*mine)
        scope.execute(done.values(ended_at=store.now(), **values))

    return put


def read_again(
    store: Store, actor: Actor, estate_id: str, import_id: str, choices: Choices
) -> None:
    """Forget what was read and have it read once more with other choices, as above.

    Raises:
        NotFound: no such file of this owner.
        Conflict: it is decided already.
    """
    require(actor, Right.EDIT)
    with store.writing(actor.owner) as scope:
        row = _open_row(scope, estate_id, import_id)
        row.options = {**_options(choices), "floor": row.options.get("floor", "")}
        row.state, row.turn = "reading", row.turn + 1
        row.report, row.problems, row.started_at = None, [], store.now()
        scope.add(row)


def get(store: Store, actor: Actor, estate_id: str, import_id: str) -> PlanFile:
    """Return a plan file with what is known of it.

    Raises:
        NotFound: no such file of this owner.
    """
    require(actor, Right.EDIT)
    with store.reading(actor.owner) as scope:
        row = scope.one(PlanImportRow, "plan file", id=import_id, estate_id=estate_id)
        return _file(row, _earlier(scope, row))


def waiting(store: Store, actor: Actor, estate_id: str) -> tuple[PlanFile, ...]:
    """Return the files of an estate that nobody has decided on, newest first."""
    require(actor, Right.SEE)
    with store.reading(actor.owner) as scope:
        return tuple(_file(row, None, report=False) for row in _waiting(scope, estate_id))


@dataclass(frozen=True, slots=True)
class Told:
    """One file for the bell: `state` is reading, read or refused."""

    id: str
    estate_id: str
    file_name: str
    state: str
    ended_at: dt.datetime | None


def open_ones(store: Store, actor: Actor, most: int) -> tuple[Told, ...]:
    """Return the newest files of the owner that nobody has decided on, without their bytes."""
    if not actor.may(Right.EDIT):
        return ()
    row = PlanImportRow
    wanted = (
        select(
            col(row.id), col(row.estate_id), col(row.file_name), col(row.state), col(row.ended_at)
        )
        .where(col(row.state).in_(OPEN))
        .order_by(col(row.asked_at).desc())
        .limit(most)
    )
    with store.glancing(actor.owner) as scope:
        return tuple(Told(*found) for found in scope.execute(wanted))


def refuse(scope: Scope, estate_id: str, import_id: str, reason: str) -> None:
    """Refuse a file that is still being read, within a transaction."""
    row = scope.one(PlanImportRow, "plan file", id=import_id, estate_id=estate_id)
    if row.state == "reading":
        row.state, row.problems = "refused", [["", packed(reason)]]
        scope.add(row)


def decide(
    store: Store, scope: Scope, actor: Actor, estate_id: str, import_id: str, state: str
) -> None:
    """Write down a decision within a transaction."""
    row = _open_row(scope, estate_id, import_id)
    row.state, row.content, row.report = state, b"", None
    row.decided_by, row.decided_at = actor.id, store.now()
    scope.add(row)


def _read(
    data: bytes, name: str, choices: Choices, should_stop: Callable[[], bool]
) -> dict[str, Any]:
    try:
        reader = partial(read_plan, choices=choices, should_stop=should_stop)
        report = read_upload(data, name, reader)
    except InvalidInput as refusal:
        told = [[packed(one.where), packed(one.message)] for one in refusal.problems]
        return {"state": "refused", "problems": told, "report": None}
    return {"state": "read", "problems": [], "report": pack_report(report)}


def _open_row(scope: Scope, estate_id: str, import_id: str) -> PlanImportRow:
    row = scope.one_locked(PlanImportRow, "plan file", id=import_id, estate_id=estate_id)
    if row.state not in OPEN:
        raise Conflict(
            told(
                N_("{file} is {state} already; upload it again to change that."),
                file=row.file_name,
                state=row.state,
            )
        )
    return row


def _waiting(scope: Scope, estate_id: str) -> Sequence[PlanImportRow]:
    return (
        scope.execute(
            select(PlanImportRow)
            .where(col(PlanImportRow.estate_id) == estate_id, col(PlanImportRow.state).in_(OPEN))
            .order_by(col(PlanImportRow.asked_at).desc())
        )
        .scalars()
        .all()
    )


def _earlier(scope: Scope, row: PlanImportRow) -> tuple[dt.datetime, str] | None:
    found = scope.execute(
        select(col(PlanImportRow.decided_at), col(UserRow.name))
        .join(UserRow, col(UserRow.id) == col(PlanImportRow.decided_by), isouter=True)
        .where(
            col(PlanImportRow.estate_id) == row.estate_id,
            col(PlanImportRow.hash) == row.hash,
            col(PlanImportRow.state) == "confirmed",
        )
        .order_by(col(PlanImportRow.decided_at).desc())
    ).first()
    return None if found is None or found[0] is None else (found[0], found[1] or "")


def _file(
    row: PlanImportRow, before: tuple[dt.datetime, str] | None, *, report: bool = True
) -> PlanFile:
    return PlanFile(
        id=row.id,
        estate_id=row.estate_id,
        file_name=row.file_name,
        size=row.size,
        building=row.building,
        floor=str(row.options.get("floor", "")),
        choices=_choices(row.options),
        state=row.state,
        problems=tuple(Problem(*map(unpacked, one)) for one in row.problems),  # type: ignore[call-overload]
        report=unpack_report(row.report) if report and row.report else None,
        asked_at=row.asked_at,
        started_at=row.started_at,
        ended_at=row.ended_at,
        before=before,
        turn=row.turn,
    )


def _options(choices: Choices) -> dict[str, object]:
    return {name: value for name, value in asdict(choices).items() if value}


def _choices(options: dict[str, Any]) -> Choices:
    layers = {role: tuple(names) for role, names in options.get("layers", {}).items()}
    return Choices(
        preset=options.get("preset"),
        unit=options.get("unit"),
        layers=layers,
        columns=options.get("columns", {}),
        seats=tuple(options.get("seats", ())),
    )
