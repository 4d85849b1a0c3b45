"""How floors are used: average, peak, weekdays, area a person, and the benchmark of USE IT."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from planner.demand.use import FloorUse, floor_uses
from planner.domain.assumptions import register_of

if TYPE_CHECKING:
    from planner.domain.attendance import Attendance
    from planner.domain.estate import Estate
    from planner.i18n import Speech

SQFT_150_M2: Final = Decimal("13.935456")
"""150 usable square feet, the benchmark area of one person."""
THRESHOLD: Final = Decimal("0.6")
_WEEK: Final = (0, 1, 2, 3, 4)


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
class UsePage:
    """What the page shows."""

    title: str
    weekdays: tuple[str, ...]
    lines: tuple[UseLine, ...]
    lede: str
    note: str
    exportable: bool


def use_page(estate: Estate, floors: Attendance, speech: Speech) -> UsePage:
    """Return the page of utilisation."""
    uses = floor_uses(estate, floors)
    seated: Counter[str] = Counter()
    for one in estate.seating:
        seated[one.floor] += one.people
    standard = register_of(estate).number("m2_per_seat")
    lines = tuple(_line(one, seated[one.floor], standard, speech) for one in uses)
    low, threshold = sum(line.low for line in lines), speech.percent(THRESHOLD, 0)
    return UsePage(
        title=speech.n(
            "%(count)s floor is used below %(share)s of its capacity",
            "%(count)s floors are used below %(share)s of their capacity",
            low,
            share=threshold,
        )
        if low
        else speech._(
            "No floor with a record is used below %(share)s of its capacity", share=threshold
        ),
        weekdays=tuple(map(speech.weekday_short, _WEEK)),
        lines=lines,
        lede=speech._(
            "Capacity is area over 150 square feet (13.9 m²) a person, as the USE IT Act of the "
            "United States counts it; below %(share)s for two years a building is to be shrunk or "
            "shared.",
            share=threshold,
        ),
        note=speech._(
            "* below %(share)s of capacity. † more area for each person seated there than the "
            "standard of the estate, %(standard)s. Workdays on record; lettable area stands in "
            "for usable area.",
            share=threshold,
            standard=speech.area(standard),
        ),
        exportable=bool(len(floors)),
    )


def _line(one: FloorUse, seated: int, standard: Decimal, speech: Speech) -> UseLine:
    def count(value: Decimal | None, decimals: int = 0) -> str:
        return "–" if value is None else speech.number(value, decimals)

    per_person = one.area_m2 / one.mean if one.mean else None
    rate = one.mean * SQFT_150_M2 / one.area_m2 if one.mean is not None and one.area_m2 else None
    low = rate is not None and rate < THRESHOLD
    above = bool(seated) and one.area_m2 / seated > standard
    return UseLine(
        floor=one.floor,
        seats=speech.number(one.seats),
        mean=count(one.mean),
        peak="–" if one.peak is None else speech.number(one.peak),
        week=tuple(count(one.by_weekday.get(day)) for day in _WEEK),
        share="–" if one.mean is None or not one.seats else speech.percent(one.mean / one.seats, 0),
        m2=count(per_person, 1),
        ratio=speech.number(Decimal(seated) / one.seats, 2) if one.seats and seated else "–",
        benchmark="–" if rate is None else speech.percent(rate, 0) + ("*" if low else ""),
        low=low,
        above=above,
        basis={
            "floor": speech._("counted"),
            "teams": speech._("by its teams"),
            "none": speech._("unknown"),
        }[one.basis],
    )
