"""A proposal at other figures: the plan stays, only the money changes; nothing is saved."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from planner.domain.assumptions import register_of
from planner.domain.figures import FIGURES
from planner.errors import InvalidInput
from planner.finance.reprice import reconsider
from planner.web.forms.controls import Control, Form
from planner.web.forms.figures import FigureForm
from planner.web.show.answers import signed_money

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.finance.reprice import Reconsidered
    from planner.i18n import Speech
    from planner.reports.dossier import Dossier

KEYS: Final = ("void_months", "achieved_rent", "escalation_rate", "discount_rate")
"""Figures that finance tries first; all others are changed in the register."""


@dataclass(frozen=True, slots=True)
class Repriced:
    """What the form shows and, once sent, what it answers.

    Args:
        form: the figures, as submitted or as typed.
        money: the value at the new figures, "" while nothing was typed.
        difference: against the value submitted.
        worse: whether it fell.
        said: what can be said for certain of other plans.
    """

    form: Form
    money: str = ""
    difference: str = ""
    worse: bool = False
    said: str = ""


def repriced(dossier: Dossier, typed: Mapping[str, str], speech: Speech) -> Repriced:
    """Return the plan of a proposal at the figures typed."""
    form = _form(dossier, speech)
    sent = {key: typed[key].strip() for key in KEYS if typed.get(key, "").strip()}
    if not sent:
        return Repriced(form)
    form = form.filled({one.name: sent.get(one.name, one.value) for one in form.controls})
    errors, changes = {}, {}
    for key, text in sent.items():
        try:
            changes[key] = FigureForm(FIGURES[key], speech).stored(text)
        except InvalidInput as refusal:
            errors[key] = " ".join(speech.told(refusal))
    if errors:
        return Repriced(form.told(errors))
    plan = dossier.plan
    try:
        found = reconsider(
            dossier.case, changes, value=plan.value, bound=plan.bound, rules=plan.rules
        )
    except InvalidInput as refusal:
        return Repriced(form.told({}, speech.told(refusal)))
    difference = found.after.npv - found.before.npv
    return Repriced(
        form=form,
        money=speech.money_short(found.after.npv, 2),
        difference=signed_money(difference, speech),
        worse=difference < 0,
        said=_said(found, speech),
    )


def _form(dossier: Dossier, speech: Speech) -> Form:
    register = register_of(dossier.estate)
    controls: list[Control] = []
    for key in KEYS:
        entry = register.entry(key)
        fields = FigureForm(FIGURES[key], speech)
        value = "" if entry is None else fields.text(entry.value)
        stated = "" if entry is None else fields.said(entry.value)
        control = fields.of(entry)["value"]
        note = speech._("Submitted: %(value)s", value=stated) if stated else ""
        controls.append(replace(control, name=key, value=value, help="", note=note, required=True))
    return Form(tuple(controls))


def _said(found: Reconsidered, speech: Speech) -> str:
    positive = (
        speech._("Still positive.")
        if found.after.npv > 0
        else speech._("The plan would no longer pay.")
    )
    if found.verdict == "stays":
        return positive + " " + speech._("The same floors remain proved best.")
    if found.verdict == "changes":
        kept = speech.listing(sorted(found.keep))
        return positive + " " + speech._("Keeping %(units)s would then be better.", units=kept)
    if found.at_most_gained is None:
        return positive + " " + speech._("Another plan may then be better; solve anew to know.")
    return (
        positive
        + " "
        + speech._(
            "Solving anew could gain %(money)s at most.",
            money=speech.money_short(max(found.at_most_gained, 0), 2),
        )
    )
