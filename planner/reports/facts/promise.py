"""What the service level was asked for, and what may be claimed of it on days not seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planner.reports.facts.tables import Cell, Column, Row, Table

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from planner.domain.fields import Words
    from planner.domain.plan import Plan, Promise, Tried
    from planner.i18n import Speech
    from planner.reports.facts.scope import Scope

_SHOWN: Final = 8
PROMISES: Final[Mapping[Promise, Words]] = {
    "each_floor": ("each floor by itself", "setiap lantai masing-masing"),
    "any_floor": ("all floors at once: none is short", "semua lantai sekaligus: tidak ada kurang"),
    "building": (
        "each building: a full floor uses free seats of another",
        "setiap gedung: lantai penuh memakai kursi kosong lantai lain",
    ),
}


def promise_table(scope: Scope, speech: Speech) -> Table | None:
    """Return what was kept on the days held out, read in each way; None if none was held out."""
    plan, test = scope.dossier.plan, scope.dossier.backtest
    if test is None or not test.claims:
        return None
    days = len(test.held_out)
    rows: list[Row] = []
    for one in test.claims:
        asked = one.promise == plan.promise
        mark = "" if one.holds else "*"
        rows.append(
            (
                Cell(speech.words(PROMISES[one.promise]), strong=asked),
                speech.number(one.over.hits),
                speech.percent(1 - one.over.share),
                speech._(
                    "%(low)s to %(high)s",
                    low=speech.percent(1 - one.over.high),
                    high=speech.percent(1 - one.over.low),
                ),
                Cell(speech.percent(one.level) + mark, "" if one.holds else "tight", strong=asked),
            )
        )
    return Table(
        title=_title(scope, speech),
        columns=(
            Column(speech._("Service level of"), width=52),
            Column(speech._("Days short"), numeric=True),
            Column(speech._("Kept"), numeric=True),
            Column(speech._("Interval"), numeric=True),
            Column(speech._("May be claimed"), numeric=True),
        ),
        rows=tuple(rows),
        note=_fitted_note(plan, speech)
        + speech._(
            "The latest %(days)s days, from which no seat was taken; of floors and buildings the "
            "one that did worst. In bold what this plan promises, at %(level)s; * less than that. "
            "Interval: Wilson, 95%%. No more is claimed than was asked.",
            days=speech.number(days),
            level=speech.percent(plan.level, 0),
        ),
    )


def tried_words(plan: Plan, speech: Speech) -> tuple[str, ...]:
    """Return what came of trying the plan first found on days held out, where it fell short.

    Which floors were short on how many days, for which days the plan was made again, whether
    that could be done, and what value it took.
    """
    tried = plan.tried
    if tried is None:
        return ()
    _ = speech._
    units = [
        speech.n("%(unit)s (%(count)s day)", "%(unit)s (%(count)s days)", count, unit=unit)
        for unit, count in list(tried.short.items())[:_SHOWN]
    ]
    left = len(tried.short) - _SHOWN
    if left > 0:
        units.append(speech.n("%(count)s more", "%(count)s more", left))
    days = _dates(tried.days, speech)
    first = _(
        "The plan first found was short of seats on too many of these days: %(units)s.",
        units=speech.listing(units),
    )
    if tried.end == "held" and not plan.fits:
        then = _(
            "It was made again so that each building has seats enough on all days but those that "
            "the level allows; %(days)s are no longer unseen.",
            days=days,
        )
        return first, then, _given_up(plan, tried, speech)
    if tried.end == "held":
        then = _(
            "It was made again so that no floor is short on %(days)s either; for the floors, "
            "these days are no longer unseen.",
            days=days,
        )
        return first, then, _given_up(plan, tried, speech)
    if plan.overflow:
        then = _(
            "In the time given, no plan was found that keeps the promise; seats on %(days)s were "
            "sought floor by floor. That there is none is not proved.",
            days=days,
        )
    elif tried.end == "impossible":
        then = _(
            "Proved: under your rules no plan has seats enough on every floor on %(days)s as well.",
            days=days,
        )
    else:
        then = _(
            "In the time given, no plan was found that keeps the promise; it was tried to have "
            "seats enough on every floor on %(days)s as well.",
            days=days,
        )
    again = _given_up(plan, tried, speech) if plan.fits else ""
    kept = _(
        "What is shown here is the best there was. Drop a rule, let fewer people come on the "
        "busiest days, add seats, or promise less."
    )
    return tuple(filter(None, (first, then, again, kept)))


def among_words(plan: Plan, speech: Speech) -> str:
    """Return of which plans a study of this one speaks, "" where it is of all."""
    if not plan.fits:
        return ""
    return speech._(
        "This plan was made to fit some of the days held out. So were the plans found here, and "
        "what is proved here is proved of such plans alone."
    )


def _given_up(plan: Plan, tried: Tried, speech: Speech) -> str:
    """Return what it took to make the plan again."""
    _ = speech._
    lost = tried.value - plan.value
    if lost <= 0:
        return _("It cost no value.")
    said = _("That took %(money)s of value.", money=speech.money_short(lost, 2))
    if plan.overflow:
        return said + " " + _("Whether less would have done is not proved.")
    if tried.limit is None:
        return said
    if tried.limit == plan.value and tried.end == "held":
        return said + " " + _("Proved: no plan that fits these days is worth more than this one.")
    if tried.end != "held":
        return said
    return f"{said} " + _(
        "Proved: no plan that fits these days is worth more than %(limit)s.",
        limit=speech.money_short(tried.limit, 2),
    )


def _dates(days: Sequence[dt.date], speech: Speech) -> str:
    shown = [speech.date(day) for day in days[:_SHOWN]]
    if len(days) > _SHOWN:
        shown.append(speech.n("%(count)s more", "%(count)s more", len(days) - _SHOWN))
    return speech.listing(shown)


def _fitted_note(plan: Plan, speech: Speech) -> str:
    """Return that some of the days tried are no longer unseen, "" where all are."""
    if not plan.seen:
        return ""
    said = speech.n(
        "The plan was made to fit %(count)s of these days: of that one the table says nothing new.",
        "The plan was made to fit %(count)s of these days: of those the table says nothing new.",
        len(plan.seen),
    )
    return said + " "


def _title(scope: Scope, speech: Speech) -> str:
    plan, test = scope.dossier.plan, scope.dossier.backtest
    claimed = None if test is None else test.claimed
    if claimed is None:
        return speech._("Nothing can be claimed: no day was held out")
    if claimed >= plan.level and plan.seen:
        return speech.n(
            "%(level)s held on the days tried; the plan was made to fit %(count)s of them",
            "%(level)s held on the days tried; the plan was made to fit %(count)s of them",
            len(plan.seen),
            level=speech.percent(plan.level, 0),
        )
    if claimed >= plan.level:
        return speech._(
            "%(level)s held on days not seen, for what was promised",
            level=speech.percent(plan.level, 0),
        )
    return speech._(
        "%(claimed)s may be claimed, less than the %(level)s asked",
        claimed=speech.percent(claimed),
        level=speech.percent(plan.level, 0),
    )
