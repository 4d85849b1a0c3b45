"""Estates as plans saw them, kept once for each hash."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, exists, func, or_, select
from sqlmodel import col

from planner.db.packing import pack_estate, unpack_estate
from planner.db.tables import DocumentRow, PlanRow, RunRow, SnapshotRow, StagingRow

if TYPE_CHECKING:
    from planner.db.store import Scope, Store
    from planner.domain.estate import Estate

_NO_VERSION = 0
_OWNER, _HASH = col(SnapshotRow.owner_id), col(SnapshotRow.hash)
_DIGITS = 64
"""Of the hash of a plan, with which the key of each of its documents begins."""


def keep_snapshot(scope: Scope, estate: Estate) -> None:
    """Keep an estate as it is, unless it is kept already."""
    kept = select(_HASH).where(_HASH.in_([estate.hash])).with_for_update()
    if scope.execute(kept).first() is None:
        scope.add(SnapshotRow(hash=estate.hash, content=pack_estate(estate)))
        scope.flush()


def forget_unused(scope: Scope) -> int:
    """Delete estates of which no plan or run is left, and documents of no plan; return how many.

    One that a run is being added for in the same moment is locked or not there any more: it is
    left alone, or kept anew.
    """
    used = or_(
        *(
            exists().where(col(kind.owner_id) == _OWNER, col(kind.estate_hash) == _HASH)
            for kind in (PlanRow, RunRow, StagingRow)
        )
    )
    found = select(_OWNER, _HASH).where(~used)
    gone = 0
    for owner, estate_hash in scope.execute(found.with_for_update(skip_locked=True)).all():
        mine = _OWNER.in_([owner]), _HASH.in_([estate_hash])
        gone += scope.touch(delete(SnapshotRow).where(*mine, ~used))
    of_a_plan = exists().where(
        col(PlanRow.owner_id) == DocumentRow.owner_id,
        col(PlanRow.hash) == func.substr(col(DocumentRow.key), 1, _DIGITS),
    )
    return gone + scope.touch(delete(DocumentRow).where(~of_a_plan))


def snapshot(store: Store, scope: Scope, estate_hash: str) -> Estate:
    """Return the estate with this hash as the scope's owner kept it.

    Raises:
        NotFound: this owner kept none.
    """
    return store.kept(
        f"{scope.owner}/{estate_hash}",
        _NO_VERSION,
        lambda: unpack_estate(scope.one(SnapshotRow, "estate", hash=estate_hash).content),
    )
