"""What was found out about a plan, in lines for a terminal."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from planner.domain.eligibility import with_rules
from planner.reports.facts.bends import edge_words, figure_words
from planner.reports.facts.ends import end_words, point_name
from planner.reports.facts.no_plan import minimal_words, more_words
from planner.reports.facts.promise import among_words
from planner.reports.facts.rules import lifted_words, unpriced_words
from planner.reports.facts.why import (
    clash_words,
    floor_price_words,
    floor_words,
    rule_price_words,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.domain.estate import Estate
    from planner.domain.plan import Plan
    from planner.domain.study import NoPlanStudy, Point, Study
    from planner.i18n import Speech


def say_study(study: Study, plan: Plan, estate: Estate, speech: Speech) -> None:
    """Print other plans, what rules cost, why floors stay, and how far figures may change."""
    among = among_words(plan, speech)
    sys.stdout.write(f"\n{among}\n" if among else "")
    for title, lines in _parts(study, plan, with_rules(estate, plan.rules), speech):
        if lines:
            sys.stdout.write(f"\n{title}\n")
            sys.stdout.write("".join(f"  {line}\n" for line in lines))


def _parts(
    study: Study, plan: Plan, estate: Estate, speech: Speech
) -> Iterator[tuple[str, list[str]]]:
    _ = speech._
    yield (
        _("What if fewer people moved?"),
        [
            _(
                "%(people)s people move, %(units)s units freed, %(money)s",
                people=speech.number(one.plan.people_moved),
                units=speech.number(len(one.plan.freed)),
                money=speech.money_short(one.plan.value, 2),
            )
            + ("" if one.limit is None else f" ({_limit(one.limit, speech)})")
            + _named(one, end_words(one, study, plan, estate, speech), speech)
            for one in study.points
        ],
    )
    yield (
        _("What each rule costs"),
        [
            f"{lifted_words(one, estate, speech)}: {_both(rule_price_words(one, speech))}"
            for one in study.rules
        ]
        + [line for line in [unpriced_words(estate, speech)] if line],
    )
    yield (
        _("Why not more?"),
        [
            f"{one.unit}: {floor_words(one, plan, estate, speech)} "
            f"{_begun(_both(floor_price_words(one, speech)))}"
            for one in study.floors
        ],
    )
    yield (
        _("How far may figures change before the plan would?"),
        [
            f"{figure_words(one, speech)}: {edge_words(one, one.down, speech)} "
            f"{edge_words(one, one.up, speech)}"
            for one in study.bends
        ],
    )


def _named(point: Point, proved: str, speech: Speech) -> str:
    """Return what a point stands for, and what is proved of that."""
    said = ", ".join(filter(None, (point_name(point, speech), proved)))
    return f". {said}" if said else ""


def _both(words: tuple[str, str]) -> str:
    said, sure = words
    return f"{said} ({sure})" if sure else said


def _begun(text: str) -> str:
    """Return a text as a sentence begins."""
    return text[:1].upper() + text[1:]


def _limit(limit: int, speech: Speech) -> str:
    money = speech.money_short(limit, 2)
    return speech._("no plan that moves as few people is worth more than %(limit)s", limit=money)


def say_no_plan(study: NoPlanStudy, estate: Estate, speech: Speech) -> None:
    """Print on the error stream which rules conflict and what would make a plan possible."""
    lines = [
        minimal_words(study, speech),
        *(f"  {text}" for text in clash_words(study.clashes, estate, speech)),
    ]
    if study.ways:
        lines.append(speech._("What would make a plan possible"))
    lines += [
        f"  {lifted_words(way, estate, speech)}: {speech.money_short(way.value, 2)}"
        for way in study.ways
    ]
    lines += more_words(study, estate, speech)
    sys.stderr.write("".join(f"{line}\n" for line in lines))
