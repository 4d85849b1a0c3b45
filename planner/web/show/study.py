"""What was found out about a plan after it was made, laid out for its page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from planner.domain.eligibility import with_rules
from planner.reports.facts.bends import edge_words, figure_words
from planner.reports.facts.ends import end_words, point_name
from planner.reports.facts.promise import among_words
from planner.reports.facts.rules import lifted_words, unpriced_words
from planner.reports.facts.why import (
    floor_price_words,
    floor_words,
    rule_price_words,
    signed,
)
from planner.web.show.frontier import Shown, frontier_of
from planner.web.show.kept import Kept, kept_units, named
from planner.web.show.questions import ended_words, going_words, note_words, offer_of
from planner.web.show.words import capital, share_of, units_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from planner.domain.estate import Estate
    from planner.domain.plan import Plan
    from planner.domain.study import FloorReason, Point, RulePrice, Study
    from planner.i18n import Speech
    from planner.reports.facts.scope import Scope
    from planner.services.studying import PlanStudy
    from planner.web.show.frontier import Frontier
    from planner.web.show.questions import Offer

WIDE, NARROW, HIGH = 640, 340, 320
_FULL: Final = 100


@dataclass(frozen=True, slots=True)
class PointRow:
    """One plan of the frontier as a row: the slider's stop, and the table's line.

    Args:
        number: of the point in this drawing.
        seating: what it is kept by.
        name: what it stands for, "" between.
        people, units, money, proof: in words.
        against: what it gains and gives up against the plan of this page.
        here: it is the plan of this page.
        suggested: a name for it in the list of plans.
    """

    number: int
    seating: str
    name: str
    people: str
    units: str
    money: str
    proof: str
    against: str
    here: bool
    suggested: str


@dataclass(frozen=True, slots=True)
class PriceRow:
    """One rule and what it costs; `ask` names it where a search could say more."""

    said: str
    price: str
    sure: str
    ask: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class WhyRow:
    """Units kept for one reason, and what freeing them would do to the value.

    `ask` names the unit where a search could say more.
    """

    units: str
    why: str
    kind: str
    price: str
    sure: str
    ask: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class BendRow:
    """One figure and how far it may go both ways."""

    name: str
    down: str
    up: str


@dataclass(frozen=True, slots=True)
class StudyPage:
    """What the page shows of a study; a part that has not come is empty.

    Args:
        title: the conclusion of the frontier.
        frontier: wide and narrow, None before there are points.
        among: of which plans all of this speaks, "" where it is of all.
        points: the plans on it, the fewest people moved first; the named ones among them.
        at: number of this page's plan among the points, None if it is none.
        rules: what each costs, the dearest first.
        unpriced: how many other rules there are and why they have no price, "" if none.
        why: what keeps the other units.
        bends: how far figures may change.
        better: a better plan that was found, or a nearer limit, in words, "" if neither.
        nearer: whether it is the same plan with a nearer limit.
        seating: what the better plan is kept by.
        going: what is being done, "" when nothing is.
        offer: what could still be looked into.
        ended: what came of the last run, "" if it has nothing to say.
        percent: how much of it is done, None before it began.
        note: what was not looked into, "" if nothing.
    """

    title: str
    frontier: tuple[Frontier, Frontier] | None
    among: str
    points: tuple[PointRow, ...]
    at: int | None
    rules: tuple[PriceRow, ...]
    unpriced: str
    why: tuple[WhyRow, ...]
    bends: tuple[BendRow, ...]
    better: str
    nearer: bool
    seating: str
    going: str
    offer: Offer
    ended: str
    percent: int | None
    note: str


def study_page(found: PlanStudy | None, scope: Scope, speech: Speech) -> StudyPage:
    """Lay out a study; without one, what is known of the plan by itself."""
    plan = scope.dossier.plan
    estate = with_rules(scope.dossier.estate, plan.rules)
    study = None if found is None else found.study
    points = () if study is None else study.points
    better = None if study is None else study.better_than(plan)
    here = next((at for at, one in enumerate(points) if _same(one.plan, plan)), None)
    return StudyPage(
        title=_title(points, plan, speech),
        frontier=_frontier(points, here, speech),
        among=among_words(plan, speech),
        points=()
        if study is None
        else tuple(
            _row(
                at, one, plan, end_words(one, study, plan, estate, speech), speech, here=here == at
            )
            for at, one in enumerate(points)
        ),
        at=here,
        rules=_prices(study, estate, speech),
        unpriced=unpriced_words(estate, speech),
        why=_why(study, scope, estate, speech),
        bends=()
        if study is None
        else tuple(
            BendRow(
                figure_words(one, speech),
                edge_words(one, one.down, speech),
                edge_words(one, one.up, speech),
            )
            for one in study.bends
        ),
        better="" if better is None else _better(better, plan, speech),
        nearer=better is not None and better.value == plan.value,
        seating="" if better is None else better.seating,
        going=going_words(found, speech, estate),
        offer=offer_of(found),
        ended=ended_words(found, speech, estate),
        percent=None
        if found is None or not found.of or found.done is None or not found.running
        else _FULL * found.done // found.of,
        note=note_words(study, speech),
    )


def _same(one: Plan, other: Plan) -> bool:
    return one.placed == other.placed and one.freed_units == other.freed_units


def _frontier(
    points: Sequence[Point], here: int | None, speech: Speech
) -> tuple[Frontier, Frontier] | None:
    shown = [
        Shown(
            id=str(at),
            name=point_name(one, speech),
            value=one.plan.value,
            people_moved=one.plan.people_moved,
            freed=tuple(one.plan.freed_units),
            aside=any(_beats(other.plan, one.plan) for other in points),
        )
        for at, one in enumerate(points)
    ]
    chosen = "" if here is None else str(here)
    wide = frontier_of(shown, chosen, speech, width=WIDE, height=HIGH)
    narrow = frontier_of(shown, chosen, speech, width=NARROW, height=HIGH)
    return None if wide is None or narrow is None else (wide, narrow)


def _beats(one: Plan, other: Plan) -> bool:
    """Say whether a plan is worth as much and moves as few, and is better in one of the two."""
    mine, theirs = (one.value, -one.people_moved), (other.value, -other.people_moved)
    return mine != theirs and mine[0] >= theirs[0] and mine[1] >= theirs[1]


def _row(
    number: int, point: Point, base: Plan, end: str, speech: Speech, *, here: bool
) -> PointRow:
    plan, name = point.plan, point_name(point, speech)
    units = capital(units_words(len(plan.freed), speech))
    return PointRow(
        number=number,
        seating=plan.seating,
        name=name,
        people=speech.number(plan.people_moved),
        units=speech.number(len(plan.freed)),
        money=speech.money_short(plan.value, 2),
        proof="; ".join(filter(None, (_proof(point, speech), end))),
        against="" if here else _against(plan, base, speech),
        here=here,
        suggested=speech._(
            "%(units)s, %(people)s people move",
            units=units,
            people=speech.number(plan.people_moved),
        ),
    )


def _proof(point: Point, speech: Speech) -> str:
    _, value, limit = speech._, point.plan.value, point.limit
    if limit is None:
        return _("no limit proved")
    if value >= limit:
        return _("proved best with as few moves")
    return _("%(share)s of the limit with as few moves", share=share_of(value, limit, speech))


def _against(plan: Plan, base: Plan, speech: Speech) -> str:
    """Return what a plan gives and takes against the one of the page."""
    _ = speech._
    people, value = plan.people_moved - base.people_moved, plan.value - base.value
    moved = (
        _("moves %(count)s fewer people", count=speech.number(-people))
        if people < 0
        else _("moves %(count)s more people", count=speech.number(people))
    )
    worth = (
        _("is worth %(money)s less", money=speech.money_short(-value, 2))
        if value < 0
        else _("is worth %(money)s more", money=speech.money_short(value, 2))
    )
    return _("It %(moved)s and %(worth)s.", moved=moved, worth=worth)


def _title(points: Sequence[Point], plan: Plan, speech: Speech) -> str:
    """Return the conclusion: what half the moves would still be worth."""
    _ = speech._
    half = [one.plan for one in points if 2 * one.plan.people_moved <= plan.people_moved]
    best = max(half, key=lambda one: one.value, default=None)
    if best is None or plan.value <= 0 or best.value <= 0:
        return _("What if fewer people moved?")
    return _(
        "Half the moves would still be worth %(share)s of it",
        share=share_of(best.value, plan.value, speech),
    )


def _prices(study: Study | None, estate: Estate, speech: Speech) -> tuple[PriceRow, ...]:
    if study is None:
        return ()
    return tuple(
        PriceRow(
            lifted_words(one, estate, speech),
            *rule_price_words(one, speech),
            None
            if one.gain.proved
            else {"rule": one.rule, "subject": one.subject, "object": one.object},
        )
        for one in study.rules
    )


def _why(study: Study | None, scope: Scope, estate: Estate, speech: Speech) -> tuple[WhyRow, ...]:
    """Return the units looked into, then the others with what is known without looking."""
    asked = {} if study is None else {one.unit: one for one in study.floors}
    plan = scope.dossier.plan
    groups: dict[tuple[str, ...], list[str]] = {}
    for one in asked.values():
        alone = one.unit if _open(one) else ""
        why = floor_words(one, plan, estate, speech)
        groups.setdefault((why, *floor_price_words(one, speech), alone), []).append(one.unit)
    rows = [
        WhyRow(", ".join(units), why, "", price, sure, {"unit": alone} if alone else None)
        for (why, price, sure, alone), units in groups.items()
    ]
    priced = {} if study is None else {p.subject: p for p in study.rules if p.rule == "keep_floor"}
    for group in kept_units(scope, speech, frozenset(asked)):
        for price in dict.fromkeys(priced.get(unit) for unit in group.ids):
            units = [unit for unit in group.ids if priced.get(unit) is price]
            rows.append(_plain(group, units, price, speech))
    return tuple(rows)


def _open(one: FloorReason) -> bool:
    """Say whether a search could say more about a unit."""
    return not one.clashes if one.gain is None else not one.gain.proved


def _plain(group: Kept, units: list[str], price: RulePrice | None, speech: Speech) -> WhyRow:
    said, sure = ("", "") if price is None else rule_price_words(price, speech)
    return WhyRow(named(units), group.why, group.kind, said, sure)


def _better(better: Plan, plan: Plan, speech: Speech) -> str:
    bound, captured = better.bound, better.captured
    if better.value == plan.value and bound is not None and captured is not None:
        return speech._(
            "While looking into this plan it was proved that none is worth more than %(limit)s: "
            "it reaches %(share)s of that.",
            limit=speech.money_short(bound, 2),
            share=speech.percent(captured),
        )
    return speech._(
        "While looking into this plan a better one was found, worth %(money)s more.",
        money=signed(better.value - plan.value, speech).lstrip("+"),
    )
