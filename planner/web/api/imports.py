"""Long files that a worker takes in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.services import day_import, taking_in
from planner.services.access import Right
from planner.web.access import store
from planner.web.api import schemas
from planner.web.api.asking import me
from planner.web.api.operations import operation

if TYPE_CHECKING:
    from planner.services.day_import import DayImport


@operation("GET", "/imports/<run>", "How the taking in of a file stands", right=Right.EDIT,
           answer=schemas.Import)  # fmt: skip
def get_import(run: str) -> schemas.Import:
    """Return what a worker has done with a file, and everything that is wrong with it."""
    return standing(run)


@operation("POST", "/imports/<run>/stop", "Stop taking a file in; nothing of it is stored",
           right=Right.EDIT, answer=schemas.Import)  # fmt: skip
def stop_import(run: str) -> schemas.Import:
    """Ask a worker to stop."""
    taking_in.intake_state(store(), me(), run)
    taking_in.stop(store(), me(), run)
    return standing(run)


def standing(run: str) -> schemas.Import:
    """Return how the taking in of a file stands, for a program."""
    found = taking_in.intake_state(store(), me(), run)
    given = {name: getattr(found, name) for name in schemas.Import.model_fields
             if name not in {"address", "problems", "look"}}  # fmt: skip
    look = day_import.looked(store(), me(), found)
    return schemas.Import(
        **given,
        address=f"/api/v1/imports/{run}",
        problems=[str(one) for one in found.problems],
        look=None if look is None else yielded(look),
    )


def yielded(found: DayImport) -> schemas.DayImport:
    """Return what an attendance file yields, for a program."""
    report, days = found.report, found.report.days
    return schemas.DayImport(
        kind=report.kind,
        team_days=report.team_days,
        floor_days=len(report.floors),
        teams=list(report.attendance.teams),
        floors=list(report.floors.teams),
        first_day=days[0] if days else None,
        last_day=days[-1] if days else None,
        rows=report.rows_in,
        refused=[schemas.RefusedRow(row=one.row, reason=str(one.reason)) for one in report.refused],
        warnings=list(map(str, report.warnings)),
        unknown=list(found.unknown),
        stored=found.stored.records if found.stored else 0,
        version=found.stored.version if found.stored else None,
    )
