"""Counting words, ranges of floors and names of money lines in both languages."""

from __future__ import annotations

from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING, Final
from unicodedata import bidirectional

from planner.finance.leases import LINES
from planner.reports.drawings.measure import fit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from planner.domain.estate import Estate, Unit
    from planner.domain.fields import Words
    from planner.finance.terms import Terms
    from planner.i18n import Speech

_LEAST_SHARE: Final = Decimal("0.001")
_COUNTS: Final[tuple[Words, ...]] = (
    ("no", "tidak ada"),
    ("one", "satu"),
    ("two", "dua"),
    ("three", "tiga"),
    ("four", "empat"),
    ("five", "lima"),
    ("six", "enam"),
    ("seven", "tujuh"),
    ("eight", "delapan"),
    ("nine", "sembilan"),
    ("ten", "sepuluh"),
    ("eleven", "sebelas"),
    ("twelve", "dua belas"),
)


def count_word(count: int, speech: Speech) -> str:
    """Return a count in words up to twelve, in figures above.

    >>> from planner.i18n import speech_of
    >>> count_word(9, speech_of("id")), count_word(30, speech_of("en"))
    ('sembilan', '30')
    """
    return speech.words(_COUNTS[count]) if 0 <= count < len(_COUNTS) else speech.number(count)


def rise_words(terms: Terms, speech: Speech) -> str:
    """Return how a rent rises: its rate, its steps or its index with floor and cap."""
    if terms.lease.escalates == "term":
        return speech._("with each new term")
    escalation = terms.escalation
    rates = [_yearly(step, speech) for step in escalation.steps]
    if escalation.kind == "steps" and len(rates) > 1:
        return speech._("%(rates)s a year; the last repeats", rates=", ".join(rates))
    if escalation.kind != "index":
        return speech._("%(rate)s each year", rate=rates[0])
    limits = []
    if escalation.floor is not None:
        limits.append(speech._("no less than %(rate)s", rate=_yearly(escalation.floor, speech)))
    if escalation.cap is not None:
        limits.append(speech._("no more than %(rate)s", rate=_yearly(escalation.cap, speech)))
    said = speech._("with inflation, counted at %(rate)s a year", rate=rates[0])
    return f"{said} ({speech.listing(limits)})" if limits else said


def _yearly(rate: Decimal, speech: Speech) -> str:
    """Return a rate with the digits it was entered with, one at least."""
    return speech.percent(rate, max(1, -int((rate * 100).normalize().as_tuple().exponent)))


def chance(share: float, speech: Speech) -> str:
    """Return a share of simulated futures; so few that none shows is `under 0.1%`.

    >>> from planner.i18n import speech_of
    >>> chance(0.0, speech_of("en")), chance(0.027, speech_of("en"))
    ('under 0.1%', '2.7%')
    """
    exact = Decimal(str(share))
    if exact < _LEAST_SHARE:
        return speech._("under %(share)s", share=speech.percent(_LEAST_SHARE))
    return speech.percent(exact)


def line_name(key: str, speech: Speech) -> str:
    """Return what a line of the case is called; an unknown one by its key."""
    words = LINES.get(key)
    return speech.words(words) if words else key.replace("_", " ").capitalize()


def feature_name(key: str, speech: Speech) -> str:
    """Return what a feature of floors is called; one that only its owner knows by its key.

    >>> from planner.i18n import speech_of
    >>> feature_name("server_room", speech_of("id")), feature_name("bird_bath", speech_of("id"))
    ('ruang server', 'bird bath')
    """
    words = _FEATURES.get(key)
    return speech.words(words) if words else key.replace("_", " ")


_FEATURES: Final[Mapping[str, Words]] = {
    "council_hall": ("council hall", "ruang sidang"),
    "laboratory": ("laboratory", "laboratorium"),
    "public_access": ("public access", "akses publik"),
    "secure": ("secure", "akses terbatas"),
    "server_room": ("server room", "ruang server"),
    "vault": ("vault", "ruang brankas"),
}


def ordered_lines(keys: Iterable[str]) -> list[str]:
    """Return keys of lines in the order they are printed."""
    order = {key: at for at, key in enumerate(LINES)}
    return sorted(keys, key=lambda key: (order.get(key, len(order)), key))


def named(name: str) -> str:
    """Return a name as it stands in a line of other words: cut if very long, its script apart.

    A name that is written from right to left would draw the figures after it into itself.
    """
    cut = fit(name, 10, _LONGEST_NAME_PX)
    if any(bidirectional(letter) in {"R", "AL"} for letter in cut):
        return f"{cut}\u200e"  # of the marks that end it, the one that our fonts have
    return cut


_LONGEST_NAME_PX: Final = 360.0  # in letters of 10 pixels: some sixty
_MOST_NAMED: Final = 12
"""Names in one sentence; more are counted."""


def freed_phrase(estate: Estate, freed: frozenset[str], speech: Speech) -> str:
    """Return which floors are freed, by building: `A9 to A10, B5 to B7 and all of E`."""
    phrases = []
    for building in estate.buildings:
        units = [unit for unit in estate.units if unit.building is building]
        chosen = [unit for unit in units if unit.id in freed]
        if not chosen:
            continue
        if len(chosen) == len(units) and len(units) > 1:
            phrases.append(speech._("all of %(building)s", building=building.name))
        else:
            phrases += _runs(units, freed, speech)
    if len(phrases) > _MOST_NAMED:
        buildings = {estate.unit_of[unit].building.code for unit in freed}
        return speech.n(
            "%(units)s units in %(count)s building",
            "%(units)s units in %(count)s buildings",
            len(buildings),
            units=speech.number(len(freed)),
        )
    return speech.listing(phrases)


def _runs(units: Sequence[Unit], freed: frozenset[str], speech: Speech) -> list[str]:
    """Return freed units of one building, neighbours drawn together."""
    runs = []
    for is_freed, members in groupby(units, key=lambda unit: unit.id in freed):
        run = list(members)
        if is_freed and len(run) > 2:  # noqa: PLR2004  two are named one by one
            runs.append(speech._("%(first)s to %(last)s", first=run[0].id, last=run[-1].id))
        elif is_freed:
            runs += [unit.id for unit in run]
    return runs


def confidence_word(key: str, speech: Speech) -> str:
    """Return how sure a figure is, in one word."""
    return speech.words(_CONFIDENCE[key])


_CONFIDENCE: Final[Mapping[str, Words]] = {
    "law": ("law", "hukum"),
    "measured": ("measured", "diukur"),
    "quoted": ("quoted", "penawaran"),
    "assumed": ("assumed", "asumsi"),
}
