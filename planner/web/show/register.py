"""The register of figures as a page reads it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.domain.assumptions import register_of
from planner.domain.figures_leases import LEASE, LEASED
from planner.domain.figures_risk import COSTS, PRICES, RISK
from planner.domain.figures_rules import RULE
from planner.reports.facts.sources import source_words
from planner.web.forms.figures import FigureForm

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

    from planner.domain.assumptions import Figure
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
        own: the estate states it itself.
        set_by: who set it last and when, "" where nobody did.
    """

    key: str
    label: str
    help: str
    value: str
    source: str
    date: str
    sure: str
    tone: str
    own: bool
    set_by: str = ""


@dataclass(frozen=True, slots=True)
class RegisterPage:
    """The page of the register: its conclusion, and its figures by what they decide."""

    title: str
    groups: tuple[tuple[str, tuple[FigureLine, ...]], ...]


def register_page(
    estate: Estate, speech: Speech, set_by: Mapping[str, tuple[str, dt.date]]
) -> RegisterPage:
    """Return every declared figure with what is in force, and who set it when."""
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
                source="" if entry is None else source_words(entry.source, speech),
                date="" if entry is None or entry.date is None else speech.date(entry.date),
                sure="" if entry is None else _sure(entry.confidence, speech),
                tone="" if entry is None or entry.confidence == "assumed" else "good",
                own=own,
                set_by=_who(set_by.get(figure.key), speech),
            )
        )
    assumed = sum(1 for line in lines if line.value and not line.tone)
    if assumed:
        title = speech._(
            "%(assumed)s of %(all)s figures are assumed",
            assumed=speech.number(assumed),
            all=speech.number(sum(bool(line.value) for line in lines)),
        )
    else:
        title = speech._("Every figure has a source")
    return RegisterPage(title, _grouped(lines, speech))


def _who(known: tuple[str, dt.date] | None, speech: Speech) -> str:
    if known is None:
        return ""
    return speech._("set by %(name)s, %(date)s", name=known[0], date=speech.date(known[1]))


def _grouped(
    lines: list[FigureLine], speech: Speech
) -> tuple[tuple[str, tuple[FigureLine, ...]], ...]:
    """Return the figures by what they decide; those the estate states come first."""
    _ = speech._
    keys = {
        _("Rent rule"): _keys(RULE),
        _("Terms of the lease"): _keys(LEASE),
        _("Buildings leased from others"): _keys(LEASED),
        _("Prices"): _keys(PRICES),
        _("One-off and running costs"): _keys(COSTS),
        _("Spread of the risk"): _keys(RISK),
    }
    special = frozenset().union(*keys.values())
    groups = [(_("Stated for this estate"), tuple(line for line in lines if line.own))]
    groups.append(
        (
            _("Seats, time and letting"),
            tuple(line for line in lines if not line.own and line.key not in special),
        )
    )
    groups += [
        (title, tuple(line for line in lines if not line.own and line.key in chosen))
        for title, chosen in keys.items()
    ]
    return tuple(group for group in groups if group[1])


def _keys(figures: Iterable[Figure]) -> frozenset[str]:
    return frozenset(figure.key for figure in figures)


def _sure(confidence: str, speech: Speech) -> str:
    _ = speech._
    return {
        "law": _("set by law"),
        "measured": _("measured"),
        "quoted": _("quoted or appraised"),
        "assumed": _("assumed"),
    }.get(confidence, confidence)
