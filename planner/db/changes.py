"""Changing an estate: the version goes on, the audit gets a line, undo keeps what was there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, select
from sqlmodel import col

from planner.db.audit import note
from planner.db.estates import changed_sheets, next_version, replace_estate
from planner.db.packing import pack_estate, packed_sheets, unpack_onto
from planner.db.tables import ChangeRow
from planner.errors import Conflict, sentence

if TYPE_CHECKING:
    import datetime as dt

    from planner.db.scope import Scope
    from planner.domain.estate import Estate

KEPT_CHANGES = 20
"""How many changes of an estate can be taken back."""


def change_estate(
    scope: Scope,
    estate_id: str,
    before: Estate,
    after: Estate,
    *,
    version: int,
    actor_id: str,
    what: str,
    now: dt.datetime,
) -> int:
    """Store an estate in place of `before`, which has `version`; return the new version.

    Raises:
        Conflict: somebody changed it meanwhile; nothing is stored.
    """
    changed = changed_sheets(before, after)
    new = next_version(scope, estate_id, version, now)
    replace_estate(scope, estate_id, before, after)
    scope.add(
        ChangeRow(estate_id=estate_id, version=new, before=pack_estate(before, changed), at=now)
    )
    old = col(ChangeRow.version) <= new - KEPT_CHANGES
    scope.execute(delete(ChangeRow).where(col(ChangeRow.estate_id) == estate_id, old))
    note(scope, actor_id, "change", "estate", estate_id, now=now, detail=what)
    for key in changed_figures(before, after):
        note(scope, actor_id, "set", "figure", estate_id, now=now, detail=key)
    return new


def changed_between(scope: Scope, estate_id: str, old: int, new: int) -> frozenset[str] | None:
    """Return the sheets that changed from one version to another; None where that is not known.

    It is not where a change was taken back, or lies further back than changes are kept.
    """
    rows = scope.execute(
        select(col(ChangeRow.version), col(ChangeRow.before)).where(
            col(ChangeRow.estate_id) == estate_id,
            col(ChangeRow.version) > old,
            col(ChangeRow.version) <= new,
        )
    ).all()
    if {version for version, _ in rows} != set(range(old + 1, new + 1)):
        return None
    return frozenset().union(*(packed_sheets(before) for _, before in rows))


def changed_figures(before: Estate, after: Estate) -> list[str]:
    """Return the keys of assumptions that were stated, changed or taken back, in order."""
    old, new = before.assumed, after.assumed
    return sorted(key for key in old.keys() | new.keys() if old.get(key) != new.get(key))


def before_last_change(scope: Scope, estate_id: str, now: Estate) -> Estate:
    """Return the estate `now` as it was before its last change, and forget that change.

    Raises:
        Conflict: no change is left to take back.
    """
    last = (
        scope.execute(
            select(ChangeRow)
            .where(col(ChangeRow.estate_id) == estate_id)
            .order_by(col(ChangeRow.version).desc())
        )
        .scalars()
        .first()
    )
    if last is None:
        raise Conflict(sentence("There is no change of this estate left to take back."))
    estate = unpack_onto(last.before, now)
    scope.delete(last)
    scope.flush()
    return estate
