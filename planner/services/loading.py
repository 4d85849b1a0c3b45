"""The estate as a session sees it, read from memory where its version is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.db.changes import changed_between
from planner.db.estates import load_estate, version_of

if TYPE_CHECKING:
    from planner.db.store import Scope, Store
    from planner.domain.estate import Estate


def estate_in(store: Store, scope: Scope, estate_id: str) -> tuple[Estate, int]:
    """Return the frozen estate and its version; in a writing session, locked until its end.

    Raises:
        NotFound: no such estate of the scope's owner.
    """
    version = version_of(scope, estate_id)

    def load() -> Estate:
        old, known = store.newest(estate_id)
        if known is None or old > version:
            return load_estate(scope, estate_id)
        changed = changed_between(scope, estate_id, old, version)
        if changed is None:
            return load_estate(scope, estate_id)
        return load_estate(scope, estate_id, known, changed)

    return store.kept(estate_id, version, load), version
