"""Whether everything that is stored holds together: what must be true after any accident."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select, text
from sqlmodel import col

from planner.db.packing import unpack_estate
from planner.db.store import EVERY_OWNER
from planner.db.tables import (
    DocumentRow,
    EstateRow,
    PartRow,
    PlanRow,
    ProposalRow,
    ProposalVersionRow,
    RunRow,
    SnapshotRow,
)
from planner.domain.plan import parse_plan
from planner.errors import PlannerError, Problem
from planner.jobs import OPEN
from planner.services.loading import estate_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.db.scope import Scope
    from planner.db.store import Store

_ENDED: Final = frozenset({"done", "failed", "stopped"})
_OPEN: Final = frozenset(OPEN)
_DECIDED: Final = frozenset({"approved", "sent_back"})
_STATES: Final = _DECIDED | {"draft", "submitted", "superseded"}


def unsound(store: Store, *, deep: bool = False) -> Iterator[Problem]:
    """Yield everything that does not hold; nothing where all is well.

    Args:
        store: the open database, of which one moment is looked at.
        deep: also pass every plan through both checkers again, which takes a while.
    """
    with store.reading(EVERY_OWNER) as scope:
        yield from _files(scope)
        yield from _estates(store, scope)
        yield from _snapshots(scope)
        yield from _runs(scope)
        yield from _plans(scope, deep=deep)
        yield from _proposals(scope)
        for row in _all(scope, DocumentRow):
            if hashlib.sha256(row.content).hexdigest() != row.hash:
                yield Problem(f"document {row.key}", "is not what its hash says")


def _files(scope: Scope) -> Iterator[Problem]:
    """Let SQLite read every page and every reference; PostgreSQL enforces them itself."""
    if scope.get_bind().dialect.name != "sqlite":
        return
    for (word,) in scope.execute(text("PRAGMA integrity_check")):
        if word != "ok":
            yield Problem("database file", str(word))
    for row in scope.execute(text("PRAGMA foreign_key_check")):
        yield Problem(f"table {row[0]}, row {row[1]}", f"refers to a row of {row[2]} that is gone")


def _estates(store: Store, scope: Scope) -> Iterator[Problem]:
    for row in _all(scope, EstateRow):
        try:
            _, version = estate_in(store, scope, row.id)
        except PlannerError as failure:
            yield Problem(f"estate {row.id}", str(failure))
        else:
            if version != row.version or version < 1:
                yield Problem(f"estate {row.id}", f"version {version} is not {row.version}")


def _snapshots(scope: Scope) -> Iterator[Problem]:
    for row in _all(scope, SnapshotRow):
        if unpack_estate(row.content).hash != row.hash:
            yield Problem(f"snapshot {row.hash}", "is not what its hash says")


def _runs(scope: Scope) -> Iterator[Problem]:
    made = {row.run_id: row.id for row in _all(scope, PlanRow) if row.run_id}
    parted = {row.whole_id for row in _all(scope, PartRow)}
    for row in _all(scope, RunRow):
        where = f"run {row.id}"
        if row.state not in _ENDED | _OPEN:
            yield Problem(where, f"has the state {row.state!r}")
        if (row.state in _ENDED) != (row.ended_at is not None):
            yield Problem(where, f"is {row.state} and its end is {row.ended_at}")
        if row.state == "running" and (row.heartbeat is None or not row.attempt):
            yield Problem(where, "is running and nobody has taken it up")
        if row.state == "parted" and row.id not in parted:
            yield Problem(where, "waits for its parts and has none")
        if row.state in _OPEN and row.id in made:
            yield Problem(where, f"is {row.state} and has made plan {made[row.id]} already")
        if row.state == "failed" and not row.problem:
            yield Problem(where, "failed and does not say why")
        if row.kind in {"plan", "stages"} and row.state == "done" and row.plan_id is None:
            yield Problem(where, "is done and has no plan")


def _plans(scope: Scope, *, deep: bool) -> Iterator[Problem]:
    kept = {(row.owner_id, row.hash): row.content for row in _all(scope, SnapshotRow)}
    for row in _all(scope, PlanRow):
        where = f"plan {row.id}"
        plan = parse_plan(row.content)
        if plan.hash != row.hash:
            yield Problem(where, "is not what its hash says")
        told = (plan.npv, plan.value, plan.bound, plan.people_moved, plan.estate_hash)
        if told != (row.npv, row.value, row.bound, row.people_moved, row.estate_hash):
            yield Problem(where, "says other figures than the list of plans")
        content = kept.get((row.owner_id, row.estate_hash))
        if content is None:
            yield Problem(where, "was made from an estate that was not kept")
        elif deep:
            from planner.services.verify import verify  # noqa: PLC0415  seconds to import

            for broken in verify(plan, unpack_estate(content)):
                yield Problem(f"{where}, {broken.where}", broken.message)


def _proposals(scope: Scope) -> Iterator[Problem]:
    versions: dict[str, list[ProposalVersionRow]] = {}
    for version in scope.execute(
        select(ProposalVersionRow).order_by(col(ProposalVersionRow.number))
    ).scalars():
        versions.setdefault(version.proposal_id, []).append(version)
    for row in _all(scope, ProposalRow):
        mine = versions.get(row.id, [])
        if [one.number for one in mine] != list(range(1, row.newest + 1)):
            numbers = ", ".join(str(one.number) for one in mine)
            yield Problem(f"proposal {row.id}", f"has versions {numbers}; newest is {row.newest}")
        for one in mine:
            where = f"proposal {row.id}, version {one.number}"
            if one.state not in _STATES:
                yield Problem(where, f"has the state {one.state!r}")
            if one.state in _DECIDED and (one.decided_by in {None, one.submitted_by}):
                yield Problem(where, f"was {one.state} without a second pair of eyes")


def _all(scope: Scope, kind: type[Any]) -> Iterator[Any]:
    return iter(scope.execute(select(kind)).scalars())
