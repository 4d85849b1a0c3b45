"""A plan over several periods as its page tells it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from planner.domain.assumptions import register_of
from planner.domain.movecalendar import month_of_case
from planner.domain.plan import FreedUnit
from planner.reports.facts.tables import Column, Table
from planner.reports.facts.words import count_word
from planner.web.show.pictures import Picture, campus
from planner.web.show.today import Figure
from planner.web.show.words import capital, share_of, units_words

if TYPE_CHECKING:
    import datetime as dt
    from decimal import Decimal

    from planner.i18n import Speech
    from planner.services.staging import StagedPlan, StagingState


@dataclass(frozen=True, slots=True)
class Period:
    """One period on the page.

    Args:
        plan: id of its plan.
        title: when, and what it frees.
        lines: people, buildings given up, worth, how good.
        dated: whether its moves have dates.
        picture: the campus once it is over; what earlier periods freed stays hatched.
    """

    plan: str
    title: str
    lines: tuple[str, ...]
    dated: bool
    picture: Picture | None


@dataclass(frozen=True, slots=True)
class StagingPage:
    """What the page shows."""

    title: str
    lede: str
    figures: tuple[Figure, ...]
    table: Table
    periods: tuple[Period, ...]


def staging_page(state: StagingState, speech: Speech) -> StagingPage:
    """Return the page of a plan over several periods."""
    _ = speech._
    freed = sum(len(one.plan.freed) for one in state.stages)
    moved = sum(one.plan.people_moved for one in state.stages)
    unknown = "\u2013"
    limit = None if state.bound is None else speech.money_short(state.bound, 2)
    captured = (
        share_of(state.npv, state.bound, speech)
        if state.bound is not None and state.bound > 0 and state.npv >= 0
        else unknown
    )
    return StagingPage(
        title=speech.n(
            "%(periods)s period frees %(units)s and is worth %(money)s",
            "%(periods)s periods free %(units)s and are worth %(money)s",
            len(state.stages),
            periods=capital(count_word(len(state.stages), speech)),
            units=units_words(freed, speech),
            money=speech.money_short(state.npv, 1),
        ),
        lede=_(
            "A floor that is freed is let and does not come back, so no period frees what a later "
            "one needs. Each starts from where the one before it left off."
        ),
        figures=(
            Figure(
                _("Net value of all periods"),
                speech.money_short(state.npv, 2),
                "",
                _("valued at the start of the case, against doing nothing"),
            ),
            Figure(
                _("No plan over these periods exceeds"),
                limit or unknown,
                "",
                _("proved: all floors of the last period freed in the first") if limit else
                _("none proved in the time given"),
            ),
            Figure(_("Captured"), captured, "",
                   _("the limit is seldom within reach: it frees late floors early") if limit
                   else _("no limit proved")),
            Figure(
                _("People who move"),
                speech.number(moved),
                "",
                _("each counted once a period"),
            ),
        ),
        table=_table(state, speech),
        periods=tuple(_periods(state, speech)),
    )  # fmt: skip


def _table(state: StagingState, speech: Speech) -> Table:
    _ = speech._
    power, unit = speech.money_scale([one.plan.npv for one in state.stages])
    rows = tuple(
        (
            one.stage.name,
            speech.date(_from(state, one)),
            _people(one, speech),
            ", ".join(sorted(one.plan.freed_units)) or _("nothing"),
            speech.number(one.plan.people_moved),
            speech.money_in(one.plan.npv, power),
        )
        for one in state.stages
    )
    return Table(
        title=_("What each period adds"),
        columns=(
            Column(_("Period")),
            Column(_("Empty from"), numeric=True),
            Column(_("People"), numeric=True),
            Column(_("Freed")),
            Column(_("People move"), numeric=True),
            Column(_("Net value, %(unit)s", unit=unit), numeric=True),
        ),
        rows=rows,
        total=(
            _("Together"), "", "", "",
            speech.number(sum(one.plan.people_moved for one in state.stages)),
            speech.money_in(state.npv, power),
        ),
    )  # fmt: skip


def _from(state: StagingState, one: StagedPlan) -> dt.date:
    start = register_of(state.estate).day("start")
    return month_of_case(start, one.stage.month + 1)


def _people(one: StagedPlan, speech: Speech) -> str:
    people = speech.number(sum(team.headcount for team in one.estate.teams))
    if one.stage.growth == 1:
        return people
    return f"{people} ({_growth(one.stage.growth, speech)})"


def _growth(growth: Decimal, speech: Speech) -> str:
    change = growth - 1
    sign = "+" if change > 0 else ""
    return sign + speech.percent(change) if change else speech._("as today")


def _periods(state: StagingState, speech: Speech) -> list[Period]:
    _ = speech._
    found: list[Period] = []
    freed: dict[str, int] = {}
    for at, one in enumerate(state.stages, start=1):
        own = sorted(one.plan.freed_units)
        freed |= {unit.unit: unit.npv for unit in one.plan.freed}
        said = {"number": at, "name": one.stage.name, "date": speech.date(_from(state, one))}
        title = (
            _(
                "%(number)s. %(name)s, from %(date)s: frees %(units)s",
                units=speech.listing(own),
                **said,
            )
            if own
            else _("%(number)s. %(name)s, from %(date)s: nothing more is freed", **said)
        )
        found.append(
            Period(
                plan=one.plan_id,
                title=title,
                lines=tuple(_lines(state, one, speech)),
                dated=one.plan.schedule is not None and bool(one.plan.schedule.waves),
                picture=_picture(state, one, freed, speech, at),
            )
        )
    return found


def _lines(state: StagingState, one: StagedPlan, speech: Speech) -> list[str]:
    _ = speech._
    people = sum(team.headcount for team in one.estate.teams)
    lines = [
        _(
            "%(people)s people (%(growth)s), %(moved)s of them move.",
            people=speech.number(people),
            growth=_growth(one.stage.growth, speech),
            moved=speech.number(one.plan.people_moved),
        )
    ]
    if one.stage.leaves:
        names = [state.estate.building_of[code].name for code in one.stage.leaves]
        lines.append(_("Given up by then: %(names)s.", names=speech.listing(names)))
    money = speech.money_short(one.plan.npv, 2)
    if one.plan.status == "optimal":
        lines.append(_("Worth %(money)s; proved best for this period.", money=money))
    elif one.plan.bound is None:
        lines.append(_("Worth %(money)s; no limit proved.", money=money))
    else:
        lines.append(
            _(
                "Worth %(money)s; no plan of this period alone is worth more than %(limit)s.",
                money=money,
                limit=speech.money_short(one.plan.bound, 2),
            )
        )
    return lines


def _picture(
    state: StagingState, one: StagedPlan, freed: dict[str, int], speech: Speech, at: int
) -> Picture | None:
    """Return the campus without what was given up: what was let before stands beside the rest."""
    gone = {code for other in state.stages[:at] for code in other.stage.leaves}
    estate = replace(
        state.estate,
        teams=one.estate.teams,
        buildings=tuple(b for b in state.estate.buildings if b.code not in gone),
        floors=tuple(floor for floor in state.estate.floors if floor.building not in gone),
        spaces=(),
        seating=(),
        rules=(),
    )
    freed = {unit: npv for unit, npv in freed.items() if unit in estate.unit_of}
    plan = one.plan.model_copy(
        update={
            "freed": tuple(FreedUnit(unit=unit, npv=npv) for unit, npv in freed.items()),
            "blocks": (),
        }
    )
    return campus(estate, plan, plan, speech, name=f"stage-{at}")
