"""People on each floor on a mean day, at the peak and by weekday, from whatever was counted."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

import numpy as np

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from planner.domain.attendance import Attendance
    from planner.domain.estate import Estate


@dataclass(frozen=True, slots=True)
class FloorUse:
    """How one floor is used on the workdays on record; None where nobody counted.

    Args:
        floor: its code.
        seats: on it.
        area_m2: lettable area, which stands in for usable area.
        mean: people on a mean counted workday.
        peak: most people on one.
        by_weekday: the mean by weekday, 0 is Monday; weekdays nobody counted are missing.
        days: counted workdays.
        basis: counts of the floor, of the teams seated there in proportion, or none.
    """

    floor: str
    seats: int
    area_m2: Decimal
    mean: Decimal | None
    peak: int | None
    by_weekday: Mapping[int, Decimal]
    days: int
    basis: Literal["floor", "teams", "none"]


def floor_uses(estate: Estate, floors: Attendance) -> tuple[FloorUse, ...]:
    """Return the use of every floor, in the estate's order.

    A workday on which a team seated there was not counted is left out: a gap is never a zero.

    Args:
        estate: floors, seating and attendance of teams.
        floors: people by day and floor; believed before the attendance of teams.
    """
    seating: dict[str, dict[str, int]] = {}
    everybody: dict[str, int] = {}
    for one in estate.seating:
        here = seating.setdefault(one.floor, {})
        here[one.team] = here.get(one.team, 0) + one.people
        everybody[one.team] = everybody.get(one.team, 0) + one.people
    column = {team: at for at, team in enumerate(estate.attendance.teams)}
    found = []
    for floor in estate.floors:
        if floor.code in floors.teams:
            at = floors.teams.index(floor.code)
            rows = np.flatnonzero(floors.known[:, at]).tolist()
            counts = [(floors.days[row], float(floors.present[row, at])) for row in rows]
            found.append(_use(floor.code, floor.seats, floor.lettable_area_m2, counts, "floor"))
            continue
        here = seating.get(floor.code, {})
        counts = []
        if here and here.keys() <= column.keys():
            columns = [column[team] for team in here]
            shares = np.array([people / everybody[team] for team, people in here.items()])
            known = estate.attendance.known[:, columns].all(axis=1)
            people = estate.attendance.present[:, columns] @ shares
            counts = [
                (estate.attendance.days[row], float(people[row]))
                for row in np.flatnonzero(known).tolist()
            ]
        found.append(_use(floor.code, floor.seats, floor.lettable_area_m2, counts, "teams"))
    return tuple(found)


def _use(
    code: str,
    seats: int,
    area: Decimal,
    counts: Sequence[tuple[dt.date, float]],
    basis: Literal["floor", "teams"],
) -> FloorUse:
    worked = [(day, people) for day, people in counts if day.weekday() < 5]  # noqa: PLR2004
    if not worked:
        return FloorUse(code, seats, area, None, None, {}, 0, "none")
    by_weekday: dict[int, list[float]] = {}
    for day, people in worked:
        by_weekday.setdefault(day.weekday(), []).append(people)
    return FloorUse(
        floor=code,
        seats=seats,
        area_m2=area,
        mean=_mean([people for _, people in worked]),
        peak=int(np.ceil(max(people for _, people in worked) - 1e-9)),
        by_weekday={day: _mean(found) for day, found in sorted(by_weekday.items())},
        days=len(worked),
        basis=basis,
    )


def _mean(values: Sequence[float]) -> Decimal:
    return Decimal(repr(round(sum(values) / len(values), 4)))
