"""People on floors and in buildings: mean, peak, weekdays, two years, from whatever was counted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final, Literal

import numpy as np

from planner.domain.privacy import FEWEST, merged

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from planner.domain.attendance import Attendance
    from planner.domain.estate import Estate, Unit
    from planner.domain.records import Floor

Basis = Literal["floor", "teams", "none"]
Verdict = Literal["below", "above", "too_short"]

SQFT_150_M2: Final = Decimal("13.935456")
"""150 usable square feet, the benchmark area of one person; 1 foot is 0.3048 m."""
THRESHOLD: Final = Decimal("0.6")
"""Share of capacity below which, two years running, space is to be given up or shared."""
FEWEST_DAYS: Final = 10
"""Counted workdays that a year is judged by: the days that agencies report."""


@dataclass(frozen=True, slots=True)
class Use:
    """How a floor, or floors that few people share, is used on the workdays on record.

    Args:
        codes: of the floors (or buildings); several where fewer than five people sit on one.
        seats: on them.
        seated: people who have their place there today.
        area_m2: usable area.
        assumed: whether lettable area stands in for usable area.
        mean: people on a mean counted workday, None where nobody counted.
        peak: most people on one.
        by_weekday: the mean by weekday, 0 is Monday; weekdays nobody counted are missing.
        days: counted workdays.
        basis: counts of the floor, of the teams seated there in proportion, or none.
        year, year_before: the mean of the latest twelve months on record and of the twelve
            before; None where fewer than ten workdays were counted.
    """

    codes: tuple[str, ...]
    seats: int
    seated: int
    area_m2: Decimal
    assumed: bool
    mean: Decimal | None
    peak: int | None
    by_weekday: Mapping[int, Decimal]
    days: int
    basis: Basis
    year: Decimal | None
    year_before: Decimal | None

    @property
    def rate(self) -> Decimal | None:
        """Return the mean over the people that the area holds at 150 usable square feet."""
        return self._of_capacity(self.mean)

    @property
    def year_rate(self) -> Decimal | None:
        """Return the same for the latest twelve months."""
        return self._of_capacity(self.year)

    @property
    def year_before_rate(self) -> Decimal | None:
        """Return the same for the twelve months before."""
        return self._of_capacity(self.year_before)

    @property
    def verdict(self) -> Verdict:
        """Say whether it lay below 60% of capacity in two years running.

        Source:
            USE IT Act, Public Law 118-272, division B, section 2302 (4 January 2025).
        """
        rates = (self.year_rate, self.year_before_rate)
        if any(rate is not None and rate >= THRESHOLD for rate in rates):
            return "above"
        return "too_short" if None in rates else "below"

    def _of_capacity(self, people: Decimal | None) -> Decimal | None:
        return people * SQFT_150_M2 / self.area_m2 if people is not None and self.area_m2 else None


@dataclass(frozen=True, slots=True)
class _Record:
    """People by workday on one floor, and what they rest on."""

    people: Mapping[dt.date, float]
    basis: Basis


def floor_uses(estate: Estate, floors: Attendance) -> tuple[Use, ...]:
    """Return the use of every floor, in the estate's order.

    A workday on which a team seated there was not counted is left out: a gap is never a zero.
    Floors on which fewer than five people sit are put together with others of their building.

    Args:
        estate: floors, seating and attendance of teams.
        floors: people by day and floor; believed before the attendance of teams.
    """
    home = {floor.code: floor.building for floor in estate.floors}
    return _uses(estate, floors, merged(_seated(estate), home, FEWEST))


def building_uses(estate: Estate, floors: Attendance) -> tuple[Use, ...]:
    """Return the use of every building; floors on which nobody sits count as empty.

    Args:
        estate: as for `floor_uses`.
        floors: as for `floor_uses`.
    """
    seated = _seated(estate)
    here: dict[str, list[str]] = {one.code: [] for one in estate.buildings}
    for floor in estate.floors:
        here[floor.building].append(floor.code)
    people = {code: sum(seated[floor] for floor in here[code]) for code in here}
    parts = merged(people, {one.code: one.site for one in estate.buildings}, FEWEST)
    groups = [tuple(floor for code in part for floor in here[code]) for part in parts]
    found = zip(parts, _uses(estate, floors, groups, empty=True), strict=True)
    return tuple(replace(use, codes=part) for part, use in found if use.seats or use.area_m2)


def usable_area(floor: Floor) -> tuple[Decimal, bool]:
    """Return a floor's usable area, and whether its lettable area stands in for it."""
    if floor.usable_area_m2 is not None:
        return floor.usable_area_m2, False
    return floor.lettable_area_m2, floor.area_basis != "usable"


def usable_area_of(unit: Unit) -> Decimal:
    """Return the usable area of a unit: its floor's in proportion to its lettable area."""
    usable, _ = usable_area(unit.floor)
    whole = unit.floor.lettable_area_m2
    return usable * unit.area_m2 / whole if whole and usable != whole else unit.area_m2


def _uses(
    estate: Estate,
    floors: Attendance,
    parts: Iterable[tuple[str, ...]],
    *,
    empty: bool = False,
) -> tuple[Use, ...]:
    seated = _seated(estate)
    records = _records(estate, floors)
    last = max((*estate.attendance.days, *floors.days), default=None)
    found = []
    for part in parts:
        counted = [code for code in part if not empty or seated[code] or records[code].people]
        own = [estate.floor_of[code] for code in part]
        areas = [usable_area(floor) for floor in own]
        people = _together([records[code].people for code in counted])
        bases = {records[code].basis for code in counted}
        basis: Basis = "none" if not people else "teams" if "teams" in bases else "floor"
        found.append(
            Use(
                codes=part,
                seats=sum(floor.seats for floor in own),
                seated=sum(seated[code] for code in part),
                area_m2=sum((area for area, _ in areas), start=Decimal(0)),
                assumed=any(assumed for _, assumed in areas),
                mean=_mean(list(people.values())),
                peak=int(np.ceil(max(people.values()) - 1e-9)) if people else None,
                by_weekday=_by_weekday(people),
                days=len(people),
                basis=basis,
                year=_year(people, last, 0),
                year_before=_year(people, last, 1),
            )
        )
    return tuple(found)


def _seated(estate: Estate) -> dict[str, int]:
    seated = {floor.code: 0 for floor in estate.floors}
    for one in estate.seating:
        seated[one.floor] += one.people
    return seated


def _records(estate: Estate, floors: Attendance) -> Mapping[str, _Record]:
    """Return what is known of each floor, workdays only."""
    here: dict[str, dict[str, int]] = {}
    everybody: dict[str, int] = {}
    for one in estate.seating:
        teams = here.setdefault(one.floor, {})
        teams[one.team] = teams.get(one.team, 0) + one.people
        everybody[one.team] = everybody.get(one.team, 0) + one.people
    column = {team: at for at, team in enumerate(estate.attendance.teams)}
    table = estate.attendance
    found = {}
    for floor in estate.floors:
        if floor.code in floors.teams:
            at = floors.teams.index(floor.code)
            people = _by_day(
                floors.days, floors.known[:, at], floors.present[:, at].astype(np.float64)
            )
            found[floor.code] = _Record(people, "floor")
            continue
        teams = here.get(floor.code, {})
        if not teams or not teams.keys() <= column.keys():
            found[floor.code] = _Record({}, "none")
            continue
        columns = [column[team] for team in teams]
        shares = np.array([people / everybody[team] for team, people in teams.items()])
        known = np.asarray(table.known[:, columns].all(axis=1), np.bool_)
        people = _by_day(table.days, known, table.present[:, columns] @ shares)
        found[floor.code] = _Record(people, "teams")
    return found


def _by_day(
    days: tuple[dt.date, ...], known: NDArray[np.bool_], people: NDArray[np.float64]
) -> dict[dt.date, float]:
    return {
        days[row]: float(people[row])
        for row in np.flatnonzero(known).tolist()
        if days[row].weekday() < 5  # noqa: PLR2004  workdays
    }


def _together(records: Sequence[Mapping[dt.date, float]]) -> dict[dt.date, float]:
    """Return the sums of days that are counted everywhere."""
    if not records:
        return {}
    days = set(records[0]).intersection(*records[1:])
    return {day: sum(record[day] for record in records) for day in sorted(days)}


def _by_weekday(people: Mapping[dt.date, float]) -> dict[int, Decimal]:
    found: dict[int, list[float]] = {}
    for day, count in people.items():
        found.setdefault(day.weekday(), []).append(count)
    means = {weekday: _mean(counts) for weekday, counts in sorted(found.items())}
    return {weekday: mean for weekday, mean in means.items() if mean is not None}


def _year(people: Mapping[dt.date, float], last: dt.date | None, back: int) -> Decimal | None:
    """Return the mean of twelve months, `back` years before the latest."""
    if last is None:
        return None
    end, start = (_years_before(last, years) for years in (back, back + 1))
    counts = [count for day, count in people.items() if start < day <= end]
    return _mean(counts) if len(counts) >= FEWEST_DAYS else None


def _years_before(day: dt.date, years: int) -> dt.date:
    leap = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - years, day=28 if leap and years else day.day)


def _mean(values: Sequence[float]) -> Decimal | None:
    return Decimal(repr(round(sum(values) / len(values), 4))) if values else None
