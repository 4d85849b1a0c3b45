"""A plan made by hand, judged, as its page tells it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from planner.reports.facts.promise import PROMISES
from planner.reports.facts.rules import rule_words
from planner.web.show.today import Figure
from planner.web.show.words import share_of

if TYPE_CHECKING:
    from planner.domain.estate import Estate
    from planner.i18n import Speech
    from planner.services.by_hand import ByHand

_MOST: Final = 40
_NAMED: Final = 8


@dataclass(frozen=True, slots=True)
class Judged:
    """What the page shows.

    Args:
        title: the verdict.
        figures: money, gap, people, units.
        problems: what does not hold, as many as are read.
        left_out: how many more there are.
        sound: both checks passed.
        promise: what the service level holds for.
        rules: that hold for this plan alone, each in a sentence.
    """

    title: str
    figures: tuple[Figure, ...]
    problems: tuple[tuple[str, str], ...]
    left_out: int
    sound: bool
    promise: str
    rules: tuple[str, ...]


def judged_page(found: ByHand, estate: Estate, speech: Speech) -> Judged:
    """Lay out a judgement."""
    _, plan = speech._, found.plan
    count = len(found.problems)
    title = (
        speech.n(
            "This plan does not hold: %(count)s thing is wrong",
            "This plan does not hold: %(count)s things are wrong",
            count,
        )
        if count
        else _("This plan holds; it is worth %(money)s", money=speech.money_short(plan.value, 2))
    )
    freed = ", ".join(sorted(plan.freed_units)[:_NAMED])
    return Judged(
        title=title,
        figures=(
            Figure(_("Net value"), speech.money_short(plan.npv, 2), "", _("against doing nothing")),
            _gap(found, speech),
            Figure(_("People who move"), speech.number(plan.people_moved), "", ""),
            Figure(_("Units freed"), speech.number(len(plan.freed)), "", freed or _("none")),
        ),
        problems=tuple(
            (speech.say(one.where), speech.say(one.message)) for one in found.problems[:_MOST]
        ),
        left_out=max(0, count - _MOST),
        sound=not count,
        promise=_(
            "The service level holds for %(what)s.", what=speech.words(PROMISES[plan.promise])
        ),
        rules=tuple(dict.fromkeys(rule_words(one, estate, speech) for one in plan.rules)),
    )


def _gap(found: ByHand, speech: Speech) -> Figure:
    """Return how far the plan is from the best there can be."""
    _, plan = speech._, found.plan
    label = _("Below the proved limit by")
    if plan.bound is None:
        return Figure(label, "\u2013", "", _("no limit is known; solve a plan first"))
    if found.problems:
        return Figure(label, "\u2013", "", _("counts only for a plan that holds"))
    captured = plan.bound > 0 and plan.value >= 0
    share = share_of(plan.value, plan.bound, speech) if captured else "0%"
    limit = speech.money_short(plan.bound, 2)
    return Figure(
        label,
        speech.money_short(plan.bound - plan.value, 2),
        "",
        _("it captures %(share)s of %(limit)s", share=share, limit=limit),
    )
