"""The first page of an estate in figures and sentences."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from planner.web.show.empty_space import EmptySpace, empty_space
from planner.web.show.pictures import Picture, campus
from planner.web.show.week import WeekChart, week_chart
from planner.web.show.words import goodness, units_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.domain.estate import Estate
    from planner.i18n import Speech
    from planner.services.plans import PlanSummary
    from planner.services.today import EstateToday
    from planner.web.show.needs import Needs


@dataclass(frozen=True, slots=True)
class Figure:
    """A key figure: never alone, always with its unit and what it rests on."""

    label: str
    value: str
    unit: str
    note: str


@dataclass(frozen=True, slots=True)
class TodayPage:
    """What the page says.

    Args:
        title: the conclusion.
        lede: the next sentence.
        picture: the campus, None while there are no floors.
        picture_title: what it shows.
        figures: four at most.
        week, week_narrow: seats needed per weekday, None while nobody can say.
        week_title: the conclusion of that chart.
        source: what it rests on.
        empty: floors nobody enters, None where there are none or nobody can tell.
    """

    title: str
    lede: str
    picture: Picture | None
    picture_title: str
    figures: tuple[Figure, ...]
    week: WeekChart | None
    week_narrow: WeekChart | None
    week_title: str
    source: str
    empty: EmptySpace | None


def today_page(
    estate: Estate,
    mine: EstateToday,
    needs: Needs,
    plans: Sequence[PlanSummary],
    picture: Picture | None,
    speech: Speech,
) -> TodayPage:
    """Return the first page of an estate."""
    days = needs.seats.weekdays
    wanted = tuple(
        sum(seats[at] for seats in needs.seats.allotments.values()) for at in range(len(days))
    )
    top = max(range(len(wanted)), key=lambda at: wanted[at], default=None)
    best = max(plans, key=lambda plan: plan.value, default=None)
    week = week_narrow = None
    if needs.demand is not None and top is not None:
        levels = [(mine.seats, speech._("seats today"), "level")]
        week = week_chart(wanted, days, levels, speech, width=700, height=250)
        week_narrow = week_chart(wanted, days, levels, speech, width=358, height=230)
    return TodayPage(
        title=_title(mine, speech),
        lede=_lede(mine, plans, speech),
        picture=picture,
        picture_title=speech._("The campus on its busiest %(day)s", day=speech.weekday(days[top]))
        if needs.demand is not None and top is not None
        else speech._("The campus with a seat for everybody"),
        figures=_figures(estate, mine, (wanted, days), best, speech),
        week=week,
        week_narrow=week_narrow,
        week_title=_week_title(wanted, days, mine.seats, speech),
        source=_source(estate, mine, speech),
        empty=empty_space((*mine.unvisited, *mine.almost), estate, speech),
    )


def campus_today(estate: Estate, mine: EstateToday, needs: Needs, speech: Speech) -> Picture | None:
    """Return the campus as it is used now, empty floors framed; None while it has no floors."""
    empty = {one.unit: one.empty_days for one in mine.unvisited}
    return campus(estate, None, needs.seats, speech, unvisited=empty)


def _title(mine: EstateToday, speech: Speech) -> str:
    if mine.busiest is None:
        return speech._(
            "%(seats)s seats for %(people)s people, and nobody counted who comes",
            seats=speech.number(mine.seats),
            people=speech.number(mine.people),
        )
    empty = mine.seats - mine.busiest
    if empty < 0:
        return speech._(
            "On the busiest day, %(count)s people have no seat", count=speech.number(-empty)
        )
    return speech._(
        "On the busiest day, %(empty)s of %(seats)s seats stay empty",
        empty=speech.number(empty),
        seats=speech.number(mine.seats),
    )


def _lede(mine: EstateToday, plans: Sequence[PlanSummary], speech: Speech) -> str:
    said = []
    best = max(plans, key=lambda plan: plan.value, default=None)
    if mine.unvisited:
        said.append(
            speech.n(
                "Nobody has entered %(count)s floor for months.",
                "Nobody has entered %(count)s floors for months.",
                len(mine.unvisited),
            )
        )
    elif mine.busiest is None:
        said.append(speech._("Add attendance, and the page shows which floors stand empty."))
    if best is not None:
        said.append(
            speech.n(
                "The best of %(count)s plan frees %(floors)s and is worth %(money)s.",
                "The best of %(count)s plans frees %(floors)s and is worth %(money)s.",
                len(plans),
                floors=units_words(len(best.freed), speech),
                money=speech.money_short(best.npv),
            )
        )
    else:
        said.append(speech._("There is no plan yet: a first one takes about a minute."))
    return " ".join(said)


def _figures(
    estate: Estate,
    mine: EstateToday,
    week: tuple[tuple[int, ...], tuple[int, ...]],
    best: PlanSummary | None,
    speech: Speech,
) -> tuple[Figure, ...]:
    wanted, days = week
    found = []
    if mine.busiest is not None and mine.seats:
        found.append(
            Figure(
                speech._("Seats used, busiest day"),
                speech.percent(Decimal(mine.busiest) / mine.seats, 0),
                speech._(
                    "%(used)s of %(all)s",
                    used=speech.number(mine.busiest),
                    all=speech.number(mine.seats),
                ),
                speech.long_date(mine.busiest_on) if mine.busiest_on else "",
            )
        )
    if mine.busiest is not None and wanted:
        top = max(range(len(wanted)), key=lambda at: wanted[at])
        found.append(
            Figure(
                speech._("Seats to provide"),
                speech.number(wanted[top]),
                speech._("on %(day)s", day=speech.weekday(days[top])),
                speech._("so that every team finds its seats at the service level"),
            )
        )
    area = sum((floor.lettable_area_m2 for floor in estate.floors), start=Decimal(0))
    found.append(
        Figure(
            speech._("Lettable area"),
            speech.area(area),
            "",
            speech.n(
                "%(count)s floor in %(buildings)s",
                "%(count)s floors in %(buildings)s",
                len(estate.floors),
                buildings=speech.n(
                    "%(count)s building", "%(count)s buildings", len(estate.buildings)
                ),
            ),
        )
    )
    if best is not None:
        found.append(
            Figure(
                speech._("Could earn, best plan"),
                speech.money_short(best.npv),
                speech._("net"),
                goodness(best, speech),
            )
        )
    else:
        found.append(
            Figure(
                speech._("People"),
                speech.number(mine.people),
                speech.n("in %(count)s team", "in %(count)s teams", len(estate.teams)),
                "",
            )
        )
    return tuple(found)


def _week_title(wanted: tuple[int, ...], days: tuple[int, ...], seats: int, speech: Speech) -> str:
    short = [speech.weekday(day) for day, want in zip(days, wanted, strict=True) if want > seats]
    if short:
        return speech._("Seats are short on %(days)s", days=speech.listing(short))
    return speech._("Seats are never short on any weekday")


def _source(estate: Estate, mine: EstateToday, speech: Speech) -> str:
    days = estate.attendance.days
    if not days:
        return speech._("Source: typed rates of each team, assumed.")
    return speech._(
        "Source: attendance by team, %(first)s to %(last)s; %(days)s days on record.",
        first=speech.date(days[0]),
        last=speech.date(days[-1]),
        days=speech.number(mine.days),
    )
