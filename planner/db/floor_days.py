"""People per floor and day, beside the estate: they show what stands empty, no plan needs them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select
from sqlmodel import col

from planner.db.tables import FloorDayRow, FloorHourRow
from planner.domain.attendance import attendance_from

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.db.scope import Scope
    from planner.domain.attendance import Attendance


def load_floor_days(scope: Scope, estate_id: str) -> Attendance:
    """Return people by day and floor of an estate that the caller has found to be the owner's."""
    rows = scope.execute(
        select(col(FloorDayRow.date), col(FloorDayRow.floor), col(FloorDayRow.people)).where(
            col(FloorDayRow.estate_id) == estate_id
        )
    )
    return attendance_from((day, floor, people) for day, floor, people in rows)


def add_floor_days(scope: Scope, estate_id: str, floors: Attendance) -> None:
    """Store people by day and floor; what is on record for the same floor and day is replaced."""
    records = list(floors.records())
    if not records:
        return
    days = sorted({one.date for one in records})
    mine = col(FloorDayRow.estate_id) == estate_id
    scope.execute(
        delete(FloorDayRow).where(
            mine,
            col(FloorDayRow.floor).in_(sorted({one.team for one in records})),
            col(FloorDayRow.date).in_(days),
        )
    )
    scope.execute(
        insert(FloorDayRow),
        [
            {"estate_id": estate_id, "date": one.date, "floor": one.team, "people": one.present}
            for one in records
        ],
    )


def load_floor_hours(scope: Scope, estate_id: str) -> dict[tuple[str, int, int], float]:
    """Return people by floor, weekday (0 is Monday) and hour of an estate of the owner's."""
    rows = scope.execute(
        select(
            col(FloorHourRow.floor),
            col(FloorHourRow.weekday),
            col(FloorHourRow.hour),
            col(FloorHourRow.people),
        ).where(col(FloorHourRow.estate_id) == estate_id)
    )
    return {(floor, weekday, hour): people for floor, weekday, hour, people in sorted(rows)}


def put_floor_hours(
    scope: Scope, estate_id: str, hours: Mapping[tuple[str, int, int], float]
) -> None:
    """Store people by floor, weekday and hour; what is on record of these floors is replaced."""
    if not hours:
        return
    floors = sorted({floor for floor, _, _ in hours})
    mine = col(FloorHourRow.estate_id) == estate_id
    scope.execute(delete(FloorHourRow).where(mine, col(FloorHourRow.floor).in_(floors)))
    scope.execute(
        insert(FloorHourRow),
        [
            {"estate_id": estate_id, "floor": floor, "weekday": weekday, "hour": hour,
             "people": people}
            for (floor, weekday, hour), people in hours.items()
        ],
    )  # fmt: skip
