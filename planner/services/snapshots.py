"""Estates as plans saw them, kept once for each hash."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlmodel import col

from planner.db.packing import pack_estate, unpack_estate
from planner.db.tables import SnapshotRow

if TYPE_CHECKING:
    from planner.db.store import Scope, Store
    from planner.domain.estate import Estate

_NO_VERSION = 0


def keep_snapshot(scope: Scope, estate: Estate) -> None:
    """Keep an estate as it is, unless it is kept already."""
    kept = select(col(SnapshotRow.hash)).where(col(SnapshotRow.hash) == estate.hash)
    if scope.execute(kept).first() is None:
        scope.add(SnapshotRow(hash=estate.hash, content=pack_estate(estate)))
        scope.flush()


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
