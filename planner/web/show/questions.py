"""What is being found out about a plan, and what came of the question asked last, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from planner.domain.study import RulePrice
from planner.reports.facts.rules import lifted_words
from planner.reports.facts.why import floor_price_words, rule_price_words

if TYPE_CHECKING:
    from planner.domain.estate import Estate
    from planner.domain.study import FloorReason, Study
    from planner.i18n import Speech
    from planner.services.studying import PlanStudy

Offer = Literal["", "all", "rest"]


def going_words(found: PlanStudy | None, speech: Speech, estate: Estate) -> str:
    """Return what is being done, "" when nothing is."""
    _ = speech._
    if found is None:
        return ""
    if found.asked is not None and (found.waiting or found.running):
        return _question_words(found, speech, estate)
    if found.waiting:
        return _("Reasons, prices and other plans will be worked out when it is their turn.")
    if found.running and found.of:
        return _(
            "Working out reasons, prices and other plans: %(done)s of %(of)s questions answered.",
            done=speech.number(found.done or 0), of=speech.number(found.of),
        )  # fmt: skip
    if found.running:
        return _("Working out reasons, prices and other plans.")
    return ""


def _question_words(found: PlanStudy, speech: Speech, estate: Estate) -> str:
    _, what = speech._, _named(found, speech, estate)
    if found.waiting:
        return _("“%(what)s” will be looked into when its turn comes.", what=what)
    return _("Looking into “%(what)s”: half a minute at most. You can leave this page.", what=what)


def ended_words(found: PlanStudy | None, speech: Speech, estate: Estate) -> str:
    """Return what came of the last run: of one question, with the figure as it stands now."""
    _ = speech._
    if found is None or found.waiting or found.running:
        return ""
    if found.problem is not None or found.asked is None:
        known = found.stopped and found.study is not None
        said = _("Stopped. What was known by then stands below.") if known else ""
        return said if found.problem is None else speech.say(found.problem)
    what, price, sure = _named(found, speech, estate), *_answer(found, speech)
    answer = f"{price}; {sure}" if sure else price
    if found.stopped:
        return _("“%(what)s” was stopped. Known so far: %(answer)s.", what=what, answer=answer)
    if _settled(found):
        return _("“%(what)s” is settled: %(answer)s.", what=what, answer=answer)
    if found.settled:  # a proposal rests on the plan: nobody may ask again
        return _(
            "“%(what)s” is not settled after half a minute. Known: %(answer)s.",
            what=what, answer=answer,
        )  # fmt: skip
    return _(
        "“%(what)s” is not settled after half a minute. Known so far: %(answer)s. Asking again "
        "may narrow it.",
        what=what, answer=answer,
    )  # fmt: skip


def offer_of(found: PlanStudy | None) -> Offer:
    """Return what of a plan could still be looked into: all there is, the rest, or nothing."""
    if found is None or found.study is None:
        return "" if found is not None and (found.waiting or found.running) else "all"
    if found.waiting or found.running or found.settled:
        return ""
    if not found.study.whole:
        return "rest"
    return "all" if found.problem is not None and found.asked is None else ""


def note_words(study: Study | None, speech: Speech) -> str:
    """Return what was not looked into, "" if nothing."""
    if study is None or not study.floors_left:
        return ""
    return speech.n(
        "%(count)s unit had no search of its own yet: its figures hold, but may lie far apart.",
        "%(count)s units had no search of their own yet: their figures hold, but may lie far "
        "apart.",
        study.floors_left,
    )


def _asked(found: PlanStudy) -> FloorReason | RulePrice | None:
    """Return what is known of the unit or rule that was asked about."""
    asked, study = found.asked or {}, found.study
    if study is None:
        return None
    if unit := asked.get("unit"):
        return next((one for one in study.floors if one.unit == unit), None)
    name = (asked.get("rule", ""), asked.get("subject", ""), asked.get("object", ""))
    return next((one for one in study.rules if one.name == name), None)


def _named(found: PlanStudy, speech: Speech, estate: Estate) -> str:
    asked, known = found.asked or {}, _asked(found)
    if unit := asked.get("unit"):
        return unit
    if isinstance(known, RulePrice):
        return lifted_words(known, estate, speech)
    return asked.get("rule", "")


def _answer(found: PlanStudy, speech: Speech) -> tuple[str, str]:
    known = _asked(found)
    if known is None:
        return speech._("not known"), ""
    if isinstance(known, RulePrice):
        return rule_price_words(known, speech)
    return floor_price_words(known, speech)


def _settled(found: PlanStudy) -> bool:
    known = _asked(found)
    return known is not None and (known.gain is None or known.gain.proved)
