"""Floors that nobody enters: what is on record, for how long, what they cost and would earn."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final, Literal

import numpy as np

from planner.domain.privacy import FEWEST

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from planner.domain.attendance import Attendance
    from planner.domain.estate import Estate, Unit

Basis = Literal["floor", "teams", "nobody"]

WINDOW_DAYS: Final = 90
"""Calendar days that a floor must stand empty to be called unvisited."""
ALMOST: Final = Decimal("0.05")
"""Share of its seats that a floor's busiest day may reach to be called almost unvisited."""
_ENOUGH: Final = 10
"""Counted days below which nothing is said of a floor."""


@dataclass(frozen=True, slots=True)
class Quiet:
    """How much a unit is used, as far as the record tells.

    Args:
        unit: its id.
        building: code of its building.
        seats: in it.
        area_m2: lettable area.
        most: people on its busiest day in the window, rounded up.
        counted: days of the window on which somebody counted; the others are unknown.
        empty_days: calendar days from the last visit on record, or from the first day on
            record, to the last day on record.
        last_visit: last day on which anybody came, None if nobody ever did.
        basis: counts of the floor itself, of the teams seated there in proportion, or that no
            team is seated there.
        cost_per_month: running cost, None where it is not known.
        rent_per_month: rent asked for it, None where it is not known.
    """

    unit: str
    building: str
    seats: int
    area_m2: Decimal
    most: int
    counted: int
    empty_days: int
    last_visit: dt.date | None
    basis: Basis
    cost_per_month: Decimal | None
    rent_per_month: Decimal | None

    @property
    def unvisited(self) -> bool:
        """Say whether nobody came in the whole window."""
        return self.most == 0

    @property
    def almost(self) -> bool:
        """Say whether somebody came, and next to nobody."""
        return 0 < self.most <= max(1, int(ALMOST * self.seats))


def quiet_units(
    estate: Estate, floors: Attendance, *, days: int = WINDOW_DAYS
) -> tuple[Quiet, ...]:
    """Return how much each unit is used, the emptiest first; units nobody counted are missing.

    A day without a count is unknown, never empty: it is left out, and told by `counted`.
    Where fewer than five people are seated, their own attendance tells nothing of the unit;
    only counts of the floor do.

    Args:
        estate: its units, seating and attendance of teams.
        floors: people by day and floor (or unit) from badges, bookings or sensors; it is
            believed before the attendance of teams.
        days: length of the window, up to the last day on record.
    """
    record = (*estate.attendance.days, *floors.days)
    if not record:
        return ()
    first, last = min(record), max(record)
    start = max(first, last - dt.timedelta(days=days - 1))
    record_of = _Record.of(estate, floors)
    found = []
    for unit in estate.units:
        counts, basis = record_of.counts(unit)
        inside = [people for day, people in counts.items() if start <= day <= last]
        if not unit.seats or len(inside) < min(_ENOUGH, _workdays(start, last)):
            continue
        visits = [day for day, people in counts.items() if people > 0]
        since = max(visits, default=None)
        found.append(
            Quiet(
                unit=unit.id,
                building=unit.building.code,
                seats=unit.seats,
                area_m2=unit.area_m2,
                most=max(inside, default=0),
                counted=len(inside),
                empty_days=(last - (since or first - dt.timedelta(days=1))).days,
                last_visit=since,
                basis=basis,
                cost_per_month=_times(unit.building.running_cost_per_m2_month, unit.area_m2),
                rent_per_month=_times(unit.rent_per_m2_month, unit.area_m2),
            )
        )
    return tuple(sorted(found, key=lambda one: (Decimal(one.most) / one.seats, one.unit)))


def _times(rate: Decimal | None, area: Decimal) -> Decimal | None:
    return None if rate is None else rate * area


def _workdays(start: dt.date, last: dt.date) -> int:
    return max(1, (last - start).days * 5 // 7)


@dataclass(frozen=True, slots=True, eq=False)
class _Record:
    """Everything that is counted, laid out for one look-up a unit."""

    floors: Attendance
    teams: Attendance
    column: Mapping[str, int]
    floor_column: Mapping[str, int]
    here: Mapping[str, Mapping[str, float]]
    seated: Mapping[str, int]
    parts: Mapping[str, int]

    @classmethod
    def of(cls, estate: Estate, floors: Attendance) -> _Record:
        here: dict[str, dict[str, float]] = {}
        seated: Counter[str] = Counter()
        for team, homes in estate.now.items():
            everybody = sum(homes.values())
            for unit, people in homes.items():
                seated[unit] += people
                here.setdefault(unit, {})[team] = people / everybody
        return cls(
            floors,
            estate.attendance,
            {team: at for at, team in enumerate(estate.attendance.teams)},
            {floor: at for at, floor in enumerate(floors.teams)},
            here,
            seated,
            Counter(unit.floor.code for unit in estate.units),
        )

    def counts(self, unit: Unit) -> tuple[Mapping[dt.date, int], Basis]:
        """Return people by day in a unit, days nobody counted left out."""
        whole = self.parts[unit.floor.code] == 1
        at = self.floor_column.get(unit.id)
        at = self.floor_column.get(unit.floor.code) if at is None and whole else at
        if at is not None:
            people = self.floors.present[:, at].astype(np.float64)
            return _by_day(self.floors.days, self.floors.known[:, at], people), "floor"
        here = self.here.get(unit.id, {})
        if not here:
            return dict.fromkeys(self.teams.days, 0), "nobody"
        if self.seated[unit.id] < FEWEST or not here.keys() <= self.column.keys():
            return {}, "teams"
        columns = [self.column[team] for team in here]
        people = self.teams.present[:, columns] @ np.array(list(here.values()))
        known = np.asarray(self.teams.known[:, columns].all(axis=1), np.bool_)
        return _by_day(self.teams.days, known, people), "teams"


def _by_day(
    days: tuple[dt.date, ...], known: NDArray[np.bool_], people: NDArray[np.float64]
) -> dict[dt.date, int]:
    rounded = np.ceil(people - 1e-9).astype(int)
    return {days[at]: int(rounded[at]) for at in np.flatnonzero(known)}
