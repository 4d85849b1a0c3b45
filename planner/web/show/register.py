"""The register of figures as a page reads it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.domain.assumptions import register_of
from planner.web.forms.figures import FigureForm

if TYPE_CHECKING:
    from planner.domain.estate import Estate
    from planner.i18n import Speech


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One figure in force.

    Args:
        key: its name in the register.
        label, help: its words.
        value: with its unit, "" where nobody knows it.
        source, date: where it comes from and as of when.
        sure: how sure it is.
        tone: of the badge that says so.
        origin: the estate's own, the country's preset, or the planner's default.
    """

    key: str
    label: str
    help: str
    value: str
    source: str
    date: str
    sure: str
    tone: str
    origin: str


@dataclass(frozen=True, slots=True)
class RegisterPage:
    """The page of the register."""

    title: str
    lines: tuple[FigureLine, ...]


def register_page(estate: Estate, speech: Speech) -> RegisterPage:
    """Return every declared figure with what is in force."""
    register = register_of(estate)
    lines = []
    for figure, entry in register.entries():
        own = register.is_own(figure.key)
        lines.append(
            FigureLine(
                key=figure.key,
                label=speech.words(figure.label),
                help=speech.words(figure.help),
                value="" if entry is None else FigureForm(figure, speech).said(entry.value),
                source="" if entry is None else entry.source,
                date="" if entry is None or entry.date is None else speech.date(entry.date),
                sure="" if entry is None else _sure(entry.confidence, speech),
                tone="" if entry is None or entry.confidence == "assumed" else "good",
                origin=speech._("yours") if own else speech._("preset"),
            )
        )
    missing = sum(not line.value for line in lines)
    assumed = sum(1 for line in lines if line.value and not line.tone)
    if missing:
        title = speech.n("%(count)s figure is missing", "%(count)s figures are missing", missing)
    elif assumed:
        title = speech._(
            "%(assumed)s of %(all)s figures are assumed",
            assumed=speech.number(assumed),
            all=speech.number(len(lines)),
        )
    else:
        title = speech._("Every figure has a source")
    return RegisterPage(title, tuple(lines))


def _sure(confidence: str, speech: Speech) -> str:
    _ = speech._
    return {
        "law": _("set by law"),
        "measured": _("measured"),
        "quoted": _("quoted or appraised"),
        "assumed": _("assumed"),
    }.get(confidence, confidence)
