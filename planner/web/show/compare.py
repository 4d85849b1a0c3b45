"""Plans side by side with doing nothing: differences from the chosen one, best in bold."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from planner.reports.facts.scope import Scope
from planner.web.show.pictures import small_campus

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from markupsafe import Markup

    from planner.i18n import Speech
    from planner.reports.dossier import Dossier

_MOST_APART = 40


@dataclass(frozen=True, slots=True)
class Option:
    """One column: a plan, or doing nothing."""

    id: str
    name: str
    note: str
    picture: Markup | None
    recommended: bool
    picture_narrow: Markup | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One value with its difference from the recommended column."""

    value: str
    difference: str
    best: bool
    same: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One row."""

    label: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class ComparePage:
    """The page: columns, rows, and the conclusion."""

    title: str
    options: tuple[Option, ...]
    lines: tuple[Line, ...]
    apart_title: str = ""
    apart_names: tuple[str, ...] = ()
    apart: tuple[tuple[str, tuple[bool, ...]], ...] = ()
    apart_more: int = 0


def compare_page(plans: Sequence[tuple[str, str, Dossier]], speech: Speech) -> ComparePage:
    """Return plans side by side.

    Args:
        plans: name, id and dossier of each plan.
        speech: the reader's language.
    """
    if not plans:
        return ComparePage(speech._("There is nothing to compare yet"), (), ())
    scopes = [Scope(dossier) for _, _, dossier in plans]
    top = max(range(len(plans)), key=lambda at: plans[at][2].plan.value)
    first = plans[0][2]
    usual = small_campus(first.estate, None, first.plan, speech, name="o-usual")
    usual_narrow = small_campus(first.estate, None, first.plan, speech, name="n-usual")
    nothing = speech._("Business as usual"), speech._("Nothing is freed")
    options = [Option("", *nothing, usual, False, usual_narrow)]
    for at, (name, ident, dossier) in enumerate(plans):
        picture = small_campus(dossier.estate, dossier.plan, dossier.plan, speech, name=f"o-{at}")
        note = speech._("Best net value") if at == top else ""
        narrow = small_campus(dossier.estate, dossier.plan, dossier.plan, speech, name=f"n-{at}")
        options.append(Option(ident, name, note, picture, at == top, narrow))
    return ComparePage(
        title=_title(plans, scopes, top, speech),
        options=tuple(options),
        lines=_lines(scopes, top, speech),
        apart_title=_apart_title(plans, speech),
        apart_names=tuple(name for name, _, _ in plans),
        apart=_apart(plans)[:_MOST_APART],
        apart_more=max(0, len(_apart(plans)) - _MOST_APART),
    )


def _apart(plans: Sequence[tuple[str, str, Dossier]]) -> tuple[tuple[str, tuple[bool, ...]], ...]:
    """Return the units that some plans free and others keep, and which do."""
    freed = [dossier.plan.freed_units for _, _, dossier in plans]
    rows = ((unit, tuple(unit in one for one in freed)) for unit in sorted(set().union(*freed)))
    return tuple((unit, row) for unit, row in rows if not all(row))


def _apart_title(plans: Sequence[tuple[str, str, Dossier]], speech: Speech) -> str:
    count = len(_apart(plans))
    return speech.n(
        "%(count)s unit tells the plans apart",
        "%(count)s units tell the plans apart",
        count,
    )


def _title(
    plans: Sequence[tuple[str, str, Dossier]], scopes: Sequence[Scope], top: int, speech: Speech
) -> str:
    best = plans[top][2].plan
    if len(plans) == 1:
        return speech._(
            "%(name)s against doing nothing: %(money)s net",
            name=plans[top][0],
            money=speech.money_short(best.npv),
        )
    others = [one for at, one in enumerate(scopes) if at != top]
    least = min(others, key=lambda one: one.dossier.plan.value)
    return speech._(
        "%(name)s is worth most: up to %(gap)s more than the others",
        name=plans[top][0],
        gap=speech.money_short(best.value - least.dossier.plan.value),
    )


def _lines(scopes: Sequence[Scope], top: int, speech: Speech) -> tuple[Line, ...]:
    _ = speech._
    power, unit = speech.money_scale([one.dossier.plan.npv for one in scopes])

    def money(value: Decimal) -> str:
        return speech.money_in(int(value), power, 1)

    def share(scope: Scope) -> Decimal:
        return Decimal(max(scope.weekday_totals)) / max(scope.seats_kept, 1)

    usual_share = Decimal(max(scopes[0].weekday_totals)) / max(scopes[0].seats, 1)
    rows: list[tuple[str, Callable[[Scope], Decimal], Decimal, Callable[[Decimal], str], int]] = [
        (_("Units freed"), lambda one: Decimal(len(one.freed)), Decimal(0), speech.number, 1),
        (_("Area to let, m²"), lambda one: one.area_freed, Decimal(0), speech.number, 1),
        (
            _("Net value, %(unit)s", unit=unit),
            lambda one: Decimal(one.dossier.plan.npv),
            Decimal(0),
            money,
            1,
        ),
        (
            _("Spent first, %(unit)s", unit=unit),
            lambda one: Decimal(one.dossier.case.peak_funding),
            Decimal(0),
            money,
            -1,
        ),
        (
            _("People who move"),
            lambda one: Decimal(one.dossier.plan.people_moved),
            Decimal(0),
            speech.number,
            -1,
        ),
        (
            _("Seats taken, busiest day"),
            share,
            usual_share,
            lambda value: speech.percent(value, 0),
            -1,
        ),
    ]
    lines = [
        _line(label, [usual, *map(value, scopes)], top + 1, said, better)
        for label, value, usual, said, better in rows
    ]
    goods = (Cell(_("baseline"), "", best=False), *(_good(one, speech) for one in scopes))
    return (*lines, Line(_("How good"), goods))


def _line(
    label: str,
    values: Sequence[Decimal],
    top: int,
    said: Callable[[Decimal], str],
    better: int,
) -> Line:
    """Return one row; the best of it is bold, the others say how far they are from `top`."""
    best = max(values) if better > 0 else min(values)
    cells = []
    for at, value in enumerate(values):
        difference = value - values[top]
        text = said(difference)
        if difference > 0:
            text = f"+{text}"
        same = not difference
        cells.append(Cell(said(value), "" if at == top else text, value == best, same))
    return Line(label, tuple(cells))


def _good(scope: Scope, speech: Speech) -> Cell:
    plan = scope.dossier.plan
    if plan.status == "optimal":
        return Cell(speech._("proved best"), "", best=True)
    if plan.captured is None:
        return Cell(speech._("no limit"), "", best=False)
    return Cell(speech._("%(share)s of limit", share=speech.percent(plan.captured)), "", best=False)
