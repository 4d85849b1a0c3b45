"""What a closer look at the plan found, as tables of its documents."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from planner.domain.eligibility import with_rules
from planner.reports.facts.bends import edge_words, figure_words
from planner.reports.facts.ends import ends_table
from planner.reports.facts.promise import among_words
from planner.reports.facts.rules import lifted_words, unpriced_words
from planner.reports.facts.tables import Cell, Column, Section, Table
from planner.reports.facts.why import (
    floor_price_words,
    floor_words,
    rule_price_words,
)

MOST_RULES: Final = 16
NEAREST: Final = 8
MOST_UNITS: Final = 12
"""Up to so many units stand in the body; of more, the nearest to being freed."""

if TYPE_CHECKING:
    from planner.domain.estate import Estate
    from planner.domain.study import Study
    from planner.i18n import Speech
    from planner.reports.facts.scope import Scope


def closer_tables(scope: Scope, speech: Speech) -> tuple[Table, ...]:
    """Return the named plans, why floors stay, what rules cost, how far figures may go.

    Nothing if nobody looked. The first says of which plans all of it speaks.
    """
    study = scope.dossier.study
    if study is None:
        return ()
    estate = with_rules(scope.dossier.estate, scope.dossier.plan.rules)
    found = (
        ends_table(study, scope.dossier.plan, estate, speech),
        _floors(study, scope, estate, speech),
        _rules(study, estate, speech),
        _bends(study, speech),
    )
    tables = [table for table in found if table.rows]
    among = among_words(scope.dossier.plan, speech)
    if among and tables:
        tables[0] = replace(tables[0], note=f"{among} {tables[0].note}".strip())
    return tuple(tables)


def kept_section(scope: Scope, speech: Speech) -> tuple[Section, ...]:
    """Return the annex of all kept units where they are too many for the body, () otherwise."""
    study = scope.dossier.study
    if study is None or len(study.floors) <= MOST_UNITS:
        return ()
    _, estate = speech._, with_rules(scope.dossier.estate, scope.dossier.plan.rules)
    table = Table(
        title=_("Every unit that stays, the nearest to being freed first"),
        columns=(
            Column(_("Unit")),
            Column(_("What keeps it"), width=60),
            Column(_("Net value"), width=32),
            Column(_("How sure"), width=44),
        ),
        rows=tuple(
            (
                Cell(one.unit, strong=True),
                floor_words(one, scope.dossier.plan, estate, speech),
                *floor_price_words(one, speech),
            )
            for one in study.floors
        ),
        note=_floors_note(speech),
    )
    title = speech.n(
        "What keeps %(count)s unit in use",
        "What keeps %(count)s units in use",
        len(study.floors),
    )
    return (Section("kept", _("Kept units"), title, tables=(table,)),)


def _floors_note(speech: Speech) -> str:
    return speech._(
        "What becomes of the same estate when that unit must be freed. An amount that is not "
        "proved lies between the two proved figures beside it."
    )


def _floors(study: Study, scope: Scope, estate: Estate, speech: Speech) -> Table:
    """Return why units stay; of many the nearest to being freed, the rest stands in the annex."""
    _ = speech._
    many = len(study.floors) > MOST_UNITS
    left = len(study.floors) - NEAREST
    rest = speech.n(
        "%(count)s more unit stands in the section “%(section)s”.",
        "%(count)s more units stand in the section “%(section)s”.",
        left,
        section=_("Kept units"),
    )
    return Table(
        title=_("Why not more?"),
        columns=(Column(_("Units")), Column(_("What keeps them")), Column(_("Net value"))),
        rows=tuple(
            (
                Cell(one.unit, strong=True),
                floor_words(one, scope.dossier.plan, estate, speech),
                _both(floor_price_words(one, speech)),
            )
            for one in (study.floors[:NEAREST] if many else study.floors)
        ),
        note=f"{_floors_note(speech)} {rest}" if many else _floors_note(speech),
    )


def _rules(study: Study, estate: Estate, speech: Speech) -> Table:
    """Return what the rules cost; of many without any gain found, only how many there are."""
    _ = speech._
    dear = sum(bool(one.gain.estimate) for one in study.rules)
    shown = study.rules[: max(dear, MOST_RULES)]
    left = len(study.rules) - len(shown)
    more = speech.n(
        "For %(count)s more rule no gain was found.",
        "For each of %(count)s more rules no gain was found.",
        left,
    )
    unpriced = unpriced_words(estate, speech)
    return Table(
        title=_("What each rule costs"),
        columns=(Column(_("Rule")), Column(_("Without it"))),
        rows=tuple(
            (lifted_words(one, estate, speech), _both(rule_price_words(one, speech)))
            for one in shown
        ),
        note=" ".join(filter(None, (more if left else "", unpriced))),
    )


def _both(words: tuple[str, str]) -> str:
    """Return a figure with how sure it is in brackets."""
    said, sure = words
    return f"{said} ({sure})" if sure else said


def _bends(study: Study, speech: Speech) -> Table:
    _ = speech._
    return Table(
        title=_("How far may figures change before the plan would?"),
        columns=(Column(_("Figure")), Column(_("Lower")), Column(_("Higher"))),
        rows=tuple(
            (
                Cell(figure_words(one, speech), strong=True),
                edge_words(one, one.down, speech),
                edge_words(one, one.up, speech),
            )
            for one in study.bends
        ),
    )
