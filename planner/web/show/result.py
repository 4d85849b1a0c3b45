"""The result of a plan: the same facts as its proposal, laid out for a page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from planner.reports.drawings.canvas import screen
from planner.reports.drawings.proof import DayTest, day_strip, proof_bar
from planner.reports.facts.headline import headline_of
from planner.reports.facts.measures import measures_table
from planner.reports.facts.money import cash_table, units_table
from planner.reports.facts.moves import moves_table
from planner.reports.facts.promise import PROMISES, promise_table, tried_words
from planner.reports.facts.scope import Scope
from planner.reports.facts.seats import floors_table
from planner.web.show.kept import Kept, kept_units
from planner.web.show.pictures import Picture, campus

if TYPE_CHECKING:
    from markupsafe import Markup

    from planner.domain.plan import Plan
    from planner.i18n import Speech
    from planner.reports.dossier import Dossier
    from planner.reports.facts.headline import Headline
    from planner.reports.facts.tables import Table

_PROOF_WIDE: Final = 640
_NARROW: Final = 326
_MOVES_SHOWN: Final = 12
_MENDED_SHOWN: Final = 8


@dataclass(frozen=True, slots=True)
class Days:
    """How the plan did on days it had not seen: squares, and the sentence that says it."""

    wide: Markup
    narrow: Markup
    said: str


@dataclass(frozen=True, slots=True)
class ResultPage:
    """What the page shows.

    Args:
        head: title, lede, key figures, why and risk, as page one of the proposal has them.
        picture: the campus with what is to let.
        proof, proof_narrow: value between doing nothing and the proved limit.
        good_title: the conclusion of that drawing.
        good_words: what it means, in sentences.
        days: the test on unseen days, None where there were none.
        claims: what the service level may be claimed for, None where no day was held out.
        kept: why the other units are not freed.
        tight: share of seats taken by floor and weekday, the tightest first.
        moves: who moves where.
        cash, units, measures: the money by year, by unit, and what each part is by itself.
    """

    head: Headline
    picture: Picture | None
    proof: Markup
    proof_narrow: Markup
    good_title: str
    good_words: tuple[str, ...]
    days: Days | None
    claims: Table | None
    kept: tuple[Kept, ...]
    tight: Table
    moves: Table
    cash: Table
    measures: Table
    units: Table


def result_page(dossier: Dossier, speech: Speech) -> ResultPage:
    """Return the page of a plan."""
    plan, estate = dossier.plan, dossier.estate
    scope = Scope(dossier)
    return ResultPage(
        head=headline_of(scope, speech),
        picture=campus(estate, plan, plan, speech),
        proof=proof_bar(plan, speech, canvas=screen(_PROOF_WIDE, "proof-w")),
        proof_narrow=proof_bar(plan, speech, canvas=screen(_NARROW, "proof-n")),
        good_title=_good_title(scope, speech),
        good_words=_good_words(scope, speech),
        days=_days(dossier, speech),
        claims=promise_table(scope, speech),
        kept=kept_units(scope, speech),
        tight=_tightest(scope, speech),
        moves=moves_table(scope, speech, _MOVES_SHOWN),
        cash=cash_table(scope, speech),
        units=units_table(scope, speech),
        measures=measures_table(scope, speech),
    )


def _tightest(scope: Scope, speech: Speech) -> Table:
    """Return the seat table with the fullest floors first."""
    table = floors_table(scope, speech)

    def fullness(at: int) -> Decimal:
        unit = scope.kept[at]
        most = max(scope.dossier.plan.taken.get(unit.id, (0,)))
        return Decimal(most) / unit.places if unit.places else Decimal(0)

    order = sorted(range(len(table.rows)), key=fullness, reverse=True)
    return replace(table, rows=tuple(table.rows[at] for at in order))


def _good_title(scope: Scope, speech: Speech) -> str:
    plan = scope.dossier.plan
    if plan.status == "optimal":
        return speech._("How good is it? Proved best")
    if plan.captured is None:
        return speech._("How good is it? No limit was proved")
    return speech._(
        "How good is it? %(share)s of what any plan could be worth",
        share=speech.percent(plan.captured),
    )


def _good_words(scope: Scope, speech: Speech) -> tuple[str, ...]:
    return (_proved(scope.dossier.plan, speech), *_unseen(scope.dossier, speech))


def _unseen(dossier: Dossier, speech: Speech) -> tuple[str, ...]:
    """Return that no day was held out, where that is so."""
    if getattr(dossier.backtest, "held_out", ()):
        return ()
    return (
        speech._(
            "Nothing can be claimed of days not seen: too few days were counted to hold any out."
        ),
    )


def _proved(plan: Plan, speech: Speech) -> str:
    if plan.bound is None:
        return speech._("It is the best plan found in the time given.")
    if plan.status == "optimal":
        return speech._(
            "We proved that no plan under your rules and prices is worth more than "
            "%(limit)s. This one is worth just that.",
            limit=speech.money_short(plan.bound, 2),
        )
    if plan.tried is not None and plan.tried.end == "held":
        return speech._(
            "We proved that no plan under your rules is worth more than %(limit)s, days held out "
            "aside. This one is worth %(value)s; what was given up for those days is told below.",
            limit=speech.money_short(plan.bound, 2),
            value=speech.money_short(plan.value, 2),
        )
    return speech._(
        "We proved that no plan under your rules is worth more than %(limit)s. This one is "
        "worth %(value)s. The most you could be missing is %(gap)s.",
        limit=speech.money_short(plan.bound, 2),
        value=speech.money_short(plan.value, 2),
        gap=speech.money_short(plan.bound - plan.value, 2),
    )


def _mended(plan: Plan, speech: Speech) -> str:
    """Return which floors the plan keeps seats free on because they ran short when tried."""
    spare = [(unit, seats) for unit, seats in plan.spare.items() if seats]
    if not spare:
        return ""
    listed = [f"{unit} ({speech.number(seats)})" for unit, seats in spare[:_MENDED_SHOWN]]
    if len(spare) > _MENDED_SHOWN:
        left = len(spare) - _MENDED_SHOWN
        listed.append(speech.n("%(count)s more", "%(count)s more", left))
    return speech.n(
        "On the first try %(count)s floor ran short on such days; the plan was made again to "
        "leave seats free there: %(units)s.",
        "On the first try %(count)s floors ran short on such days; the plan was made again to "
        "leave seats free there: %(units)s.",
        len(spare),
        units=speech.listing(listed),
    )


def _days(dossier: Dossier, speech: Speech) -> Days | None:
    """Return the test on unseen days."""
    test = dossier.backtest
    held = getattr(test, "held_out", ())
    if not held:
        return None
    days = [DayTest(one.day, max(one.short.values(), default=0)) for one in held]
    fit = sum(one.fits for one in held)
    told = {
        "days": speech.number(len(held)),
        "fit": speech.number(fit),
        "level": speech.percent(dossier.plan.level, 0),
        "promise": speech.words(PROMISES[dossier.plan.promise]),
    }
    seen, whole = bool(dossier.plan.seen), dossier.plan.overflow
    if seen and whole:
        said = speech._(
            "Seats were tested on %(days)s days held out: enough in every building on %(fit)s of "
            "them; you asked for %(level)s of days, for %(promise)s.",
            **told,
        )
    elif seen:
        said = speech._(
            "Seats were tested on %(days)s days held out: enough on every floor on %(fit)s of "
            "them; you asked for %(level)s of days, for %(promise)s.",
            **told,
        )
    elif whole:
        said = speech._(
            "Seats were tested on %(days)s days the plan had not seen: enough in every building "
            "on %(fit)s of them; you asked for %(level)s of days, for %(promise)s.",
            **told,
        )
    else:
        said = speech._(
            "Seats were tested on %(days)s days the plan had not seen: enough on every floor on "
            "%(fit)s of them; you asked for %(level)s of days, for %(promise)s.",
            **told,
        )
    mended = _mended(dossier.plan, speech)
    if mended:
        said = f"{said} {mended}"
    said = " ".join((said, *tried_words(dossier.plan, speech)))
    return Days(
        day_strip(days, speech, canvas=screen(_PROOF_WIDE, "days-w")),
        day_strip(days, speech, canvas=screen(_NARROW, "days-n")),
        said,
    )
