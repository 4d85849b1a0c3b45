"""Sentences that several pages say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.reports.facts.words import count_word

if TYPE_CHECKING:
    from planner.i18n import Speech
    from planner.services.plans import PlanSummary, RunState


def capital(text: str) -> str:
    """Return a sentence with its first letter large.

    >>> capital("nine floors")
    'Nine floors'
    """
    return text[:1].upper() + text[1:]


def floors_words(count: int, speech: Speech) -> str:
    """Return `nine floors`."""
    return speech.n(
        "%(floors)s floor", "%(floors)s floors", count, floors=count_word(count, speech)
    )


def units_words(count: int, speech: Speech) -> str:
    """Return `nine units`: floors, or parts of floors."""
    return speech.n("%(units)s unit", "%(units)s units", count, units=count_word(count, speech))


def goodness(plan: PlanSummary, speech: Speech) -> str:
    """Return how good a plan is proved to be."""
    if plan.status == "optimal":
        return speech._("proved best")
    if plan.bound is None or plan.bound <= 0:
        return speech._("no limit proved")
    return speech._("%(share)s of the limit", share=share_of(plan.value, plan.bound, speech))


def share_of(value: int, bound: int, speech: Speech) -> str:
    """Return value over bound, never rounded up to all of it."""
    from decimal import ROUND_FLOOR, Decimal  # noqa: PLC0415

    share = (Decimal(value) / Decimal(bound)).quantize(Decimal("0.001"), ROUND_FLOOR)
    return speech.percent(share)


def run_words(run: RunState, speech: Speech) -> str:
    """Return how a run stands, in a few words."""
    _ = speech._
    if run.state == "queued":
        return _("waiting for its turn")
    if run.state == "running":
        return _("being solved")
    if run.state == "failed":
        return _("no plan: see why")
    return (
        _("stopped, plan kept")
        if run.state == "stopped" and run.plan_id
        else (_("done") if run.plan_id else _("stopped without a plan"))
    )
