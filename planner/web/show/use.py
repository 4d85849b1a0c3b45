"""How floors are used: average, peak, weekdays, hours, area a person, and two years of USE IT."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from planner.demand.use import SQFT_150_M2, THRESHOLD, building_uses, floor_uses
from planner.domain.standards import ceiling_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from planner.demand.use import Use
    from planner.domain.attendance import Attendance
    from planner.domain.estate import Estate
    from planner.domain.standards import Ceiling
    from planner.i18n import Speech

_WEEK: Final = (0, 1, 2, 3, 4)
_LEVELS: Final = 5


@dataclass(frozen=True, slots=True)
class UseLine:
    """One floor: figures as text, in the order of the columns; `low` below the threshold."""

    floor: str
    seats: str
    mean: str
    peak: str
    week: tuple[str, ...]
    share: str
    m2: str
    ratio: str
    benchmark: str
    low: bool
    above: bool
    basis: str


@dataclass(frozen=True, slots=True)
class YearLine:
    """One building in two years: usable area, what it holds, rates, and what they come to."""

    building: str
    area: str
    holds: str
    year: str
    year_before: str
    low: bool
    verdict: str


@dataclass(frozen=True, slots=True)
class HourLine:
    """One floor by hour: people as text and how full from 0 to 4, None where nobody counted."""

    floor: str
    hours: tuple[tuple[str, int | None], ...]


@dataclass(frozen=True, slots=True)
class UsePage:
    """What the page shows."""

    title: str
    weekdays: tuple[str, ...]
    lines: tuple[UseLine, ...]
    lede: str
    note: str
    years: tuple[YearLine, ...]
    years_title: str
    years_note: str
    hours: tuple[str, ...]
    by_hour: tuple[HourLine, ...]
    exportable: bool


def use_page(
    estate: Estate,
    floors: Attendance,
    hours: Mapping[tuple[str, int, int], float],
    speech: Speech,
) -> UsePage:
    """Return the page of utilisation.

    Args:
        estate: floors, seating, attendance of teams.
        floors: people by day and floor.
        hours: people by floor, weekday and hour.
        speech: the reader's language.
    """
    uses, buildings = floor_uses(estate, floors), building_uses(estate, floors)
    ceiling = ceiling_of(estate)
    lines = tuple(_line(one, ceiling, speech) for one in uses)
    shown = {code for one in uses if len(one.codes) == 1 for code in one.codes}
    kept = {key: people for key, people in hours.items() if key[0] in shown}
    clock = range(min((hour for *_, hour in kept), default=0),
                  max((hour for *_, hour in kept), default=-1) + 1)  # fmt: skip
    return UsePage(
        title=_title(lines, speech),
        weekdays=tuple(map(speech.weekday_short, _WEEK)),
        lines=lines,
        lede=speech._(
            "Capacity is usable area over 150 square feet (13.9 m²) a person, as the USE IT Act of "
            "the United States counts it; below %(share)s for two years a building is to be "
            "shrunk or shared.",
            share=speech.percent(THRESHOLD, 0),
        ),
        note=_note(uses, ceiling, speech),
        years=tuple(_year(one, estate, speech) for one in buildings),
        years_title=_years_title(buildings, speech),
        years_note=speech._(
            "Mean of counted workdays of twelve months up to the last day on record, and of the "
            "twelve before; at least ten workdays each. Floors where nobody sits count as empty."
        ),
        hours=tuple(f"{hour:02}" for hour in clock),
        by_hour=tuple(_by_hour(estate, kept, clock, speech)),
        exportable=bool(len(floors)),
    )


def _title(lines: tuple[UseLine, ...], speech: Speech) -> str:
    low, threshold = sum(line.low for line in lines), speech.percent(THRESHOLD, 0)
    if not low:
        return speech._(
            "No floor with a record is used below %(share)s of its capacity", share=threshold
        )
    return speech.n(
        "%(count)s floor is used below %(share)s of its capacity",
        "%(count)s floors are used below %(share)s of their capacity",
        low,
        share=threshold,
    )


def _note(uses: Iterable[Use], ceiling: Ceiling, speech: Speech) -> str:
    said = [
        speech._(
            "* below %(share)s of capacity. † more area for each person seated there than "
            "%(ceiling)s, the ceiling of the area standard: %(standard)s.",
            share=speech.percent(THRESHOLD, 0),
            ceiling=speech.area(ceiling.m2),
            standard=speech.words(ceiling.words),
        )
    ]
    if any(one.assumed for one in uses):
        said.append(
            speech._("Where no usable area is stated for a floor, lettable area stands in for it.")
        )
    if any(len(one.codes) > 1 for one in uses):
        said.append(
            speech._("Floors on which fewer than five people sit are shown together with another.")
        )
    return " ".join(said)


def _line(one: Use, ceiling: Ceiling, speech: Speech) -> UseLine:
    def count(value: Decimal | None, decimals: int = 0) -> str:
        return "–" if value is None else speech.number(value, decimals)

    low = one.rate is not None and one.rate < THRESHOLD
    return UseLine(
        floor=", ".join(one.codes),
        seats=speech.number(one.seats),
        mean=count(one.mean),
        peak="–" if one.peak is None else speech.number(one.peak),
        week=tuple(count(one.by_weekday.get(day)) for day in _WEEK),
        share="–" if one.mean is None or not one.seats else speech.percent(one.mean / one.seats, 0),
        m2=count(one.area_m2 / one.mean if one.mean else None, 1),
        ratio=speech.number(Decimal(one.seated) / one.seats, 2)
        if one.seats and one.seated
        else "–",
        benchmark=_rate(one.rate, speech) + ("*" if low else ""),
        low=low,
        above=bool(one.seated) and one.area_m2 / one.seated > ceiling.m2,
        basis={
            "floor": speech._("counted"),
            "teams": speech._("by its teams"),
            "none": speech._("unknown"),
        }[one.basis],
    )


def _rate(rate: Decimal | None, speech: Speech) -> str:
    return "–" if rate is None else speech.percent(rate, 0)


def _years_title(buildings: Iterable[Use], speech: Speech) -> str:
    found = list(buildings)
    below = sum(one.verdict == "below" for one in found)
    if below:
        return speech.n(
            "%(count)s building lay below %(share)s two years running",
            "%(count)s buildings lay below %(share)s two years running",
            below,
            share=speech.percent(THRESHOLD, 0),
        )
    if any(one.verdict == "too_short" for one in found):
        return speech._("Two years are not on record yet")
    return speech._("No building lay below the threshold two years running")


def _year(one: Use, estate: Estate, speech: Speech) -> YearLine:
    names = [estate.building_of[code].name for code in one.codes]
    return YearLine(
        building=", ".join(names),
        area=speech.area(one.area_m2),
        holds=speech.number(one.area_m2 / SQFT_150_M2, 0),
        year=_rate(one.year_rate, speech),
        year_before=_rate(one.year_before_rate, speech),
        low=one.verdict == "below",
        verdict={
            "below": speech._("below for two years: shrink or share"),
            "above": speech._("above in one of two years"),
            "too_short": speech._("too short a record"),
        }[one.verdict],
    )


def _by_hour(
    estate: Estate, hours: Mapping[tuple[str, int, int], float], clock: range, speech: Speech
) -> Iterable[HourLine]:
    """Yield the mean of the five workdays at each hour, floor by floor."""
    for floor in estate.floors:
        cells: list[tuple[str, int | None]] = []
        for hour in clock:
            days = [
                hours[floor.code, day, hour] for day in _WEEK if (floor.code, day, hour) in hours
            ]
            if not days:
                cells.append(("–", None))
                continue
            mean = Decimal(repr(round(sum(days) / len(days), 4)))
            full = int(mean * _LEVELS / floor.seats) if floor.seats else 0
            cells.append((speech.number(mean, 0), min(_LEVELS - 1, full)))
        if any(level is not None for _, level in cells):
            yield HourLine(floor.code, tuple(cells))
