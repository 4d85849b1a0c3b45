"""Who did what: one row with each change, in the transaction of the change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.db.tables import AuditRow

if TYPE_CHECKING:
    import datetime as dt

    from planner.db.scope import Scope


def note(
    scope: Scope,
    actor_id: str,
    action: str,
    subject: str,
    subject_id: str,
    *,
    now: dt.datetime,
    detail: str = "",
) -> None:
    """Add to the audit that somebody did something; `detail` names records, never people."""
    scope.add(
        AuditRow(
            owner_id=scope.owner,
            at=now,
            actor_id=actor_id,
            action=action,
            subject=subject,
            subject_id=subject_id,
            detail=detail,
        )
    )
