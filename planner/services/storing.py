"""Plans that have passed their checks, put in the database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.db.audit import note
from planner.db.tables import PlanRow

if TYPE_CHECKING:
    import datetime as dt

    from planner.db.store import Scope
    from planner.domain.plan import Plan


def store_plan(
    scope: Scope,
    plan: Plan,
    *,
    plan_id: str,
    estate_id: str,
    estate_version: int,
    by: str,
    now: dt.datetime,
    run_id: str | None = None,
) -> None:
    """Add a plan that has passed its checks."""
    row = PlanRow(
        id=plan_id,
        estate_id=estate_id,
        run_id=run_id,
        estate_version=estate_version,
        estate_hash=plan.estate_hash,
        hash=plan.hash,
        name=plan.name,
        made_by=by,
        made_at=now,
        npv=plan.npv,
        value=plan.value,
        bound=plan.bound,
        status=plan.status,
        freed=sorted(plan.freed_units),
        people_moved=plan.people_moved,
        content=plan.to_json(),
    )
    scope.add(row)
    scope.flush()
    note(scope, by, "make", "plan", plan_id, now=now)
