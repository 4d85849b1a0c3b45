"""Who last set each figure of an estate's register."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlmodel import col

from planner.db.tables import AuditRow, UserRow
from planner.services.access import Right, require

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from planner.db.store import Scope, Store
    from planner.services.access import Actor


def figures_set_by(
    scope: Scope, estate_id: str, until: dt.datetime
) -> tuple[tuple[str, str, dt.date], ...]:
    """Return key, person and day of the last change of each figure up to a moment."""
    rows = scope.execute(
        select(AuditRow)
        .where(
            col(AuditRow.subject) == "figure",
            col(AuditRow.subject_id) == estate_id,
            col(AuditRow.at) <= until,
        )
        .order_by(col(AuditRow.id))
    ).scalars()
    last = {row.detail: row for row in rows}
    users = scope.execute(
        select(UserRow).where(col(UserRow.id).in_({row.actor_id for row in last.values()}))
    ).scalars()
    names = {user.id: user.name or user.email for user in users}
    return tuple(
        (key, names.get(row.actor_id, row.actor_id), row.at.date())
        for key, row in sorted(last.items())
    )


def who_set(store: Store, actor: Actor, estate_id: str) -> Mapping[str, tuple[str, dt.date]]:
    """Return person and day of the last change of each figure, by its key."""
    require(actor, Right.SEE)
    with store.reading(actor.owner) as scope:
        found = figures_set_by(scope, estate_id, store.now())
    return {key: (name, day) for key, name, day in found}
