"""How it was worked out, how to check it, and what the words mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.reports.facts.headline import figures_of
from planner.reports.facts.promise import PROMISES
from planner.reports.facts.tables import Cell, Column, Section, Table

if TYPE_CHECKING:
    from planner.i18n import Speech
    from planner.reports.facts.scope import Scope


def proof_section(scope: Scope, speech: Speech) -> Section:
    """Return how good the plan is proved to be."""
    plan = scope.dossier.plan
    notes = []
    if plan.status == "optimal":
        title = speech._("Proved best: no plan under the same rules is worth more")
        notes.append(
            speech._("The search ended with its limit equal to the plan: nothing is missed.")
        )
    elif plan.bound is not None and plan.captured is not None:
        title = speech._(
            "How good is it? %(share)s of what any plan could be worth",
            share=speech.percent(plan.captured),
        )
        notes.append(
            speech._(
                "We proved that no plan under your rules is worth more than %(limit)s. This one is "
                "worth %(value)s. The most that can be missing is %(gap)s.",
                limit=speech.money_short(plan.bound, 2),
                value=speech.money_short(plan.value, 2),
                gap=speech.money_short(plan.bound - plan.value, 2),
            )
        )
    else:
        title = speech._("The best plan found; how much better one could be is not known")
    if plan.value != plan.npv:
        notes.append(
            speech._(
                "Worth counts the net money, %(npv)s, and what nearness between teams is said to "
                "be worth, against today.",
                npv=speech.money_short(plan.npv, 2),
            )
        )
    return Section("proof", speech._("Proof"), title, "", (), tuple(notes))


def method_section(scope: Scope, speech: Speech) -> Section:
    """Return the method in steps, each one a paragraph."""
    plan, estate = scope.dossier.plan, scope.dossier.estate
    days = len(estate.attendance.days)
    if days:
        counted = speech._(
            "Seats. For each weekday and team we take the seats that suffice on %(level)s of the "
            "%(days)s days on record. A day that was not recorded is left out, never counted as "
            "empty.",
            level=speech.percent(plan.level, 0),
            days=speech.number(days),
        )
    else:
        counted = speech._(
            "Seats. No attendance was recorded. Each team's typed rate of presence was turned "
            "into seats that suffice on %(level)s of days; this is assumed, not measured.",
            level=speech.percent(plan.level, 0),
        )
    return Section(
        "method",
        speech._("Method"),
        speech._("How this was worked out"),
        "",
        (),
        (
            counted,
            *_confidence(scope, speech),
            speech._(
                "Rules. Every team sits where its needs, its range and the rules of the owner "
                "allow; teams that serve the public stay; every floor holds its teams on each "
                "weekday; a floor counts as freed only if nobody sits on it."
            ),
            speech._(
                "Search. A solver looked for the plan of greatest net value and proved a limit "
                "that no plan can pass. The plan was then checked again by a program that knows "
                "nothing of the solver."
            ),
            speech._(
                "Money. Each freed unit has a dated monthly cash flow: rent after void and "
                "rent-free months, running cost saved, cost of standing empty, works, commission, "
                "default."
            )
            + " "
            + _prices(scope, speech),
            speech._(
                "Limits. Rents are estimates until appraised. Anything after the horizon is left "
                "out. A freed floor can be let only if it can be reached and metered on its own."
            ),
        ),
    )


def _prices(scope: Scope, speech: Speech) -> str:
    """Say whose prices amounts are in, how they are discounted, and what of tax is in them."""
    terms = scope.dossier.case.values.terms
    prices = (
        speech._("Amounts are in prices of the start and discounted to it by month.")
        if terms.clock.inflation
        else speech._("Amounts are nominal and discounted to the start of the case by month.")
    )
    tax = (
        speech._("Tax on rent is counted.")
        if terms["rent_tax_rate"]
        else speech._("Tax is left out.")
    )
    return f"{prices} {tax}"


def _confidence(scope: Scope, speech: Speech) -> tuple[str, ...]:
    """Return the grade of the demand with its reasons, and what held on days not seen."""
    demand, test = scope.dossier.demand, scope.dossier.backtest
    reasons = [
        speech.messages.gettext(one.template).format(**dict(one.values)) for one in demand.notes
    ]
    said = [
        speech._(
            "Confidence %(grade)s, on a scale from A to D. %(reasons)s",
            grade=demand.confidence,
            reasons=" ".join(reasons),
        ).strip()
    ]
    if test is not None and test.claims:
        promise = scope.dossier.plan.promise
        over = next(one.over for one in test.claims if one.promise == promise)
        said.append(
            speech._(
                "Held out. On the latest %(days)s days, from which no seat was taken, seats "
                "sufficed on %(kept)s of days (95%% interval %(low)s to %(high)s), for "
                "%(promise)s. That is what may be claimed, and never more than was asked.",
                days=speech.number(len(test.held_out)),
                kept=speech.percent(1 - over.share),
                low=speech.percent(1 - over.high),
                high=speech.percent(1 - over.low),
                promise=speech.words(PROMISES[promise]),
            )
        )
    return tuple(said)


def trace_section(scope: Scope, speech: Speech) -> Section:
    """Return where each key figure comes from, and the identity of everything used."""
    dossier = scope.dossier
    plan = dossier.plan
    figures = Table(
        title=speech._("Where the key figures come from"),
        columns=(
            Column(speech._("Id")),
            Column(speech._("Figure"), width=20),
            Column(speech._("Value"), width=18),
            Column(speech._("Formula"), width=34),
            Column(speech._("Inputs"), width=24),
            Column(speech._("Page"), numeric=True),
        ),
        rows=tuple(
            (
                Cell(fact.id, strong=True),
                fact.label,
                fact.value,
                fact.formula,
                ", ".join(fact.inputs),
                Cell("", page=fact.page),
            )
            for fact in figures_of(scope, speech)
        ),
        note=speech._("Each figure can be followed in the workbook, sheet trace."),
    )
    identity = Table(
        title=speech._("What this document was made from"),
        columns=(Column(speech._("Thing"), width=30), Column(speech._("Identity"))),
        rows=(
            (speech._("Estate, SHA-256"), groups(dossier.estate.hash)),
            (speech._("Plan, SHA-256"), groups(plan.hash)),
            (speech._("Program"), plan.program),
            (speech._("Solver"), plan.solver),
            (speech._("Seed and seconds asked"), f"{plan.seed}, {plan.seconds}"),
            (speech._("Date on the document"), speech.long_date(dossier.date)),
        ),
    )
    return Section(
        "trace",
        speech._("Trace"),
        speech._("Every figure can be followed to its source"),
        speech._(
            "The same estate, plan and language give this document again, byte for byte. "
            "The plan can be checked without the solver: planner check plan.json estate.xlsx."
        ),
        (figures, identity),
    )


def groups(digest: str, size: int = 8) -> str:
    """Return a hash in groups that can be read aloud.

    >>> groups("0123456789abcdef")
    '01234567 89abcdef'
    """
    return " ".join(digest[at : at + size] for at in range(0, len(digest), size))


def glossary_section(speech: Speech) -> Section:
    """Return the field's words, each in one sentence."""
    words = (
        (speech._("Lettable unit"),
         speech._("The smallest part of a building that can be let on its own.")),
        (speech._("Service level"),
         speech._("Share of days on which the seats must suffice.")),
        (speech._("Seat allotment"),
         speech._("Seats a team needs on its busiest weekday at the service level.")),
        (speech._("Restack"),
         speech._("A new assignment of teams to floors; its picture is the stack plan.")),
        (speech._("Void"),
         speech._("Months a freed floor stands empty before a tenant starts.")),
        (speech._("Rent-free"),
         speech._("Months at the start of a lease for which no rent is paid.")),
        (speech._("Net present value"),
         speech._("Later money counted at what it is worth at the start, less what is spent.")),
        (speech._("Internal rate of return"),
         speech._("The discount rate at which the net present value would be nothing.")),
        (speech._("Proved limit"),
         speech._("A value that no plan under the same rules can exceed.")),
        (speech._("Fair value"),
         speech._("What an appraiser sets; nothing in this document is one.")),
    )  # fmt: skip
    table = Table(
        title=speech._("Words used here"),
        columns=(Column(speech._("Word"), width=24), Column(speech._("Meaning"))),
        rows=tuple((Cell(word, strong=True), meaning) for word, meaning in words),
    )
    return Section("glossary", speech._("Glossary"), speech._("What the words mean"), "", (table,))
