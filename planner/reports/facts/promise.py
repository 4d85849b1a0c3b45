"""What the service level was asked for, and what may be claimed of it on days not seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planner.reports.facts.tables import Cell, Column, Row, Table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.domain.fields import Words
    from planner.domain.plan import Promise
    from planner.i18n import Speech
    from planner.reports.facts.scope import Scope

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
        note=speech._(
            "The latest %(days)s days, from which no seat was taken; of floors and buildings the "
            "one that did worst. In bold what this plan promises, at %(level)s; * less than that. "
            "Interval: Wilson, 95%%. No more is claimed than was asked.",
            days=speech.number(days),
            level=speech.percent(plan.level, 0),
        ),
    )


def _title(scope: Scope, speech: Speech) -> str:
    plan, test = scope.dossier.plan, scope.dossier.backtest
    claimed = None if test is None else test.claimed
    if claimed is None:
        return speech._("Nothing can be claimed: no day was held out")
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
