"""Page one: the decision, its key figures, why, what could go wrong, what is asked."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from planner.domain.assumptions import register_of
from planner.domain.eligibility import units_to_let
from planner.reports.facts.tables import Fact
from planner.reports.facts.to_let import to_let_words
from planner.reports.facts.words import chance, count_word, named

if TYPE_CHECKING:
    from planner.i18n import Speech
    from planner.reports.facts.scope import Scope


@dataclass(frozen=True, slots=True)
class Headline:
    """What page one says.

    Args:
        over: number, version, who decides, who prepared it.
        title: the decision, a sentence.
        lede: what is asked, in two or three sentences.
        figures: four key figures.
        picture: conclusion of the first figure.
        why: why this plan.
        risk: what could go wrong.
        ask: the decision asked.
        signatures: who signs.
    """

    over: str
    title: str
    lede: str
    figures: tuple[Fact, ...]
    picture: str
    why: tuple[str, ...]
    risk: tuple[str, ...]
    ask: str
    signatures: tuple[str, ...]


def headline_of(scope: Scope, speech: Speech) -> Headline:
    """Return page one in the reader's language."""
    return Headline(
        over=_over(scope, speech),
        title=title_of(scope, speech),
        lede=_lede(scope, speech),
        figures=figures_of(scope, speech),
        picture=to_let_words(scope, speech),
        why=_why(scope, speech),
        risk=_risk(scope, speech),
        ask=_ask(scope, speech),
        signatures=(
            speech._("Head of the asset bureau"),
            speech._("Head of finance"),
            named(scope.dossier.approver) or speech._("Approving authority"),
        ),
    )


def horizon(scope: Scope, speech: Speech) -> str:
    """Return the horizon: `five years`, or months where it is no whole number of years."""
    years, months = divmod(scope.months, 12)
    if months:
        return speech.n("%(count)s month", "%(count)s months", scope.months)
    return speech.n("%(words)s year", "%(words)s years", years, words=count_word(years, speech))


def freed_words(scope: Scope, speech: Speech) -> str:
    """Return `nine floors`, or units where part of a floor is freed."""
    if scope.whole_floors:
        words = count_word(scope.floors_freed, speech)
        return speech.n("%(words)s floor", "%(words)s floors", scope.floors_freed, words=words)
    words = count_word(len(scope.freed), speech)
    return speech.n("%(words)s unit", "%(words)s units", len(scope.freed), words=words)


def title_of(scope: Scope, speech: Speech) -> str:
    """Return the decision in one sentence."""
    plan, case = scope.dossier.plan, scope.dossier.case
    values = {
        "floors": freed_words(scope, speech),
        "money": speech.money_short(abs(plan.npv)),
        "years": horizon(scope, speech),
    }
    if not scope.freed:
        if plan.status == "optimal":
            return speech._("Keep every floor: freeing none is proved best")
        return speech._("Keep every floor: no plan found earns more")
    if plan.npv <= 0:
        return speech._("Free %(floors)s at a net cost of %(money)s over %(years)s", **values)
    if any(case.by_line.get("rent", ())):
        return speech._("Let %(floors)s and earn %(money)s net over %(years)s", **values)
    return speech._("Free %(floors)s and save %(money)s net over %(years)s", **values)


def _over(scope: Scope, speech: Speech) -> str:
    dossier = scope.dossier
    parts = [number_of(scope, speech)]
    if dossier.approver:
        parts.append(speech._("for decision by %(name)s", name=named(dossier.approver)))
    if dossier.author:
        parts.append(speech._("prepared by %(name)s", name=named(dossier.author)))
    parts.append(speech.long_date(dossier.date))
    return " · ".join(parts)


def number_of(scope: Scope, speech: Speech) -> str:
    """Return what the document calls itself, with its version."""
    dossier = scope.dossier
    if dossier.number:
        return speech._(
            "Proposal %(number)s, version %(version)s",
            number=dossier.number,
            version=speech.number(dossier.version),
        )
    return speech._("Proposal, version %(version)s", version=speech.number(dossier.version))


def _lede(scope: Scope, speech: Speech) -> str:
    plan = scope.dossier.plan
    if not scope.freed:
        return speech._(
            "Under the rules, seats and prices entered, emptying any floor would cost more than "
            "it earns, or would leave a weekday short of seats. Nothing is asked but to keep "
            "this finding on file."
        )
    said = [
        speech._(
            "We ask to empty %(freed)s, %(area)s, by %(date)s and to offer the space for rent.",
            freed=_of_all(scope, speech),
            area=speech.area(scope.area_freed),
            date=speech.long_date(scope.release),
        )
    ]
    if scope.teams_moved:
        said.append(
            speech.n(
                "%(people)s people in %(count)s team move.",
                "%(people)s people in %(count)s teams move.",
                scope.teams_moved,
                people=speech.number(plan.people_moved),
            )
        )
    else:
        said.append(speech._("Nobody has to move."))
    said.append(
        speech._(
            "Every weekday keeps enough seats on %(level)s of days.",
            level=speech.percent(plan.level, 0),
        )
    )
    return " ".join(said)


def _of_all(scope: Scope, speech: Speech) -> str:
    """Return `nine of thirty floors`, or the units where part of a floor is freed."""
    if not scope.whole_floors:
        return freed_words(scope, speech)
    return speech.n(
        "%(freed)s of %(count)s floor",
        "%(freed)s of %(count)s floors",
        scope.floors,
        freed=count_word(scope.floors_freed, speech),
    )


def figures_of(scope: Scope, speech: Speech) -> tuple[Fact, ...]:
    """Return the four key figures with their traces."""
    return (
        _freed_figure(scope, speech),
        _value_figure(scope, speech),
        _funding_figure(scope, speech),
        _chance_figure(scope, speech) if scope.freed else _proof_figure(scope, speech),
    )


def _freed_figure(scope: Scope, speech: Speech) -> Fact:
    share = scope.area_freed / scope.area if scope.area else Decimal(0)
    note = speech._(
        "%(share)s of the area, %(freed)s of %(floors)s floors",
        share=speech.percent(share, 0),
        freed=speech.number(scope.floors_freed),
        floors=speech.number(scope.floors),
    )
    if len(scope.bases) > 1:
        note += speech._("; measured on %(count)s bases", count=speech.number(len(scope.bases)))
    return Fact(
        "K1",
        speech._("Freed"),
        speech.area(scope.area_freed),
        note,
        speech._("sum of the lettable areas of the freed units"),
        ("estate floors.lettable_area_m2", "plan freed"),
        "money",
    )


def _value_figure(scope: Scope, speech: Speech) -> Fact:
    plan, terms = scope.dossier.plan, scope.dossier.case.values.terms
    return Fact(
        "K2",
        speech._("Net value, %(years)s", years=horizon(scope, speech)),
        speech.money_short(plan.npv),
        speech._("real, discounted at %(rate)s", rate=speech.percent(terms.rate))
        if terms.clock.inflation
        else speech._("nominal, discounted at %(rate)s", rate=speech.percent(terms.rate)),
        speech._("sum of the present values of freed units and whole buildings, less the moves"),
        ("plan freed.npv", "plan blocks.npv", "plan moves.cost", "discount_rate"),
        "money",
    )


def _funding_figure(scope: Scope, speech: Speech) -> Fact:
    case = scope.dossier.case
    if case.payback_months is None:
        note = speech._("not paid back within %(years)s", years=horizon(scope, speech))
    elif not case.payback_months:
        note = speech._("nothing is spent before money comes in")
    else:
        note = speech.n(
            "paid back in %(count)s month", "paid back in %(count)s months", case.payback_months
        )
    return Fact(
        "K3",
        speech._("Spent first"),
        speech.money_short(case.peak_funding),
        note,
        speech._("most money out at the end of any month"),
        ("case net by month",),
        "money",
    )


def _chance_figure(scope: Scope, speech: Speech) -> Fact:
    simulated = scope.outlook.simulated
    return Fact(
        "K4",
        speech._("Chance of a loss"),
        chance(simulated.loss, speech),
        speech._("9 futures in 10 earn %(money)s or more", money=speech.money_short(simulated.p10)),
        speech._(
            "share of %(draws)s simulated futures whose value is below nothing",
            draws=speech.number(len(simulated.npvs)),
        ),
        ("rent_volatility", "void_volatility", "cost_volatility", "shared_risk", "plan seed"),
        "sensitivity",
    )


def _proof_figure(scope: Scope, speech: Speech) -> Fact:
    plan = scope.dossier.plan
    label, inputs = speech._("How good"), ("plan value", "plan bound")
    formula = speech._("value of the plan over the proved limit")
    if plan.status == "optimal":
        return Fact("K4", label, speech._("Proved best"),
                    speech._("no plan under the same rules is worth more"),
                    formula, inputs, "proof")  # fmt: skip
    if plan.captured is None:
        return Fact("K4", label, speech._("Not proved"), speech._("no limit was proved"),
                    formula, inputs, "proof")  # fmt: skip
    return Fact(
        "K4",
        label,
        speech.percent(plan.captured),
        speech._("of the proved limit, %(limit)s", limit=speech.money_short(plan.bound or 0)),
        formula,
        inputs,
        "proof",
    )


def _why(scope: Scope, speech: Speech) -> tuple[str, ...]:
    plan = scope.dossier.plan
    said = []
    if plan.status == "optimal":
        said.append(
            speech._("We proved that no plan under the same rules and prices is worth more.")
        )
    elif plan.bound is not None and plan.captured is not None:
        said.append(
            speech._(
                "It captures %(share)s of what any plan could be worth: we proved that no plan "
                "under the same rules is worth more than %(limit)s.",
                share=speech.percent(plan.captured),
                limit=speech.money_short(plan.bound, 2),
            )
        )
    else:
        said.append(speech._("It is the best plan found; no limit was proved."))
    if plan.apart:
        said.append(
            speech.n(
                "%(count)s wish to sit near another team is not met; its worth is counted.",
                "%(count)s wishes to sit near another team are not met; their worth is counted.",
                len(plan.apart),
            )
        )
    if plan.blocks:
        names = [
            block.building.name
            for block in scope.dossier.estate.blocks
            if any(freed.block == block.id for freed in plan.blocks)
        ]
        said.append(speech._("%(buildings)s can be let whole.", buildings=speech.listing(names)))
    return tuple(said)


def _risk(scope: Scope, speech: Speech) -> tuple[str, ...]:
    said = []
    if units_to_let(scope.dossier.estate, scope.dossier.plan):
        said += _void_risk(scope, speech)
    assumed = assumed_count(scope)
    if assumed:
        said.append(
            speech.n(
                "%(count)s figure behind it is assumed, not measured or quoted; the register "
                "names it.",
                "%(count)s figures behind it are assumed, not measured or quoted; the register "
                "names them.",
                assumed,
            )
        )
    if scope.tight:
        spare = [free for _, free in scope.tight]
        said.append(
            speech.n(
                "On %(count)s floor the busiest weekday leaves no free seat.",
                "On %(count)s floors the busiest weekday leaves no free seat.",
                len(scope.tight),
            )
            if not any(spare)
            else speech.n(
                "On %(count)s floor the busiest weekday leaves %(least)s to %(most)s free seats.",
                "On %(count)s floors the busiest weekday leaves %(least)s to %(most)s free seats.",
                len(scope.tight),
                least=speech.number(min(spare)),
                most=speech.number(max(spare)),
            )
        )
    return tuple(said)


def _void_risk(scope: Scope, speech: Speech) -> list[str]:
    """Return what the void assumed is, and how long it may become."""
    outlook = scope.outlook
    months = int(register_of(scope.dossier.estate).number("void_months"))
    said = [
        speech.n(
            "The case assumes that a tenant starts %(count)s month after a floor is empty.",
            "The case assumes that a tenant starts %(count)s months after a floor is empty.",
            months,
        )
    ]
    if outlook.longest_void is not None and outlook.longest_void > months:
        said.append(
            speech.n(
                "The value stays positive up to a void of %(count)s month.",
                "The value stays positive up to a void of %(count)s months.",
                outlook.longest_void,
            )
        )
    return [" ".join(said)]


def assumed_count(scope: Scope) -> int:
    """Return how many figures in force are assumed."""
    entries = register_of(scope.dossier.estate).entries()
    return sum(entry is not None and entry.confidence == "assumed" for _, entry in entries)


def _ask(scope: Scope, speech: Speech) -> str:
    if not scope.freed:
        return speech._("None. Ask again when rents, attendance or rules change.")
    funding = scope.dossier.case.peak_funding
    release = (
        speech._(
            "Approve the plan, release %(money)s for moves and works, and start the appraisal "
            "of the rent.",
            money=speech.money_short(funding),
        )
        if funding
        else speech._("Approve the plan and start the appraisal of the rent.")
    )
    return release + " " + speech._("Rents here are estimates, not offers and not a fair value.")
