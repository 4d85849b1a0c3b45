"""What people say of an attendance file, as it is kept with its source and given to the reader."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass, field, fields, replace
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, Final, cast

from planner.errors import InvalidInput, Problem, sentence
from planner.importers.attendance import Options, Person, Site

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

LEFT_OUT: Final = "-"
"""Stands for a team or floor of the file that is not to be stored."""


@dataclass(frozen=True, slots=True)
class Said:
    """Answers about the files of one source, each a plain text or mapping of texts.

    Args:
        kind, date_order, first_day, month, timezone, clock: as for the reader, "" where not said.
        mapping: field to heading.
        codes: attendance code to `desk` or `away`.
        doors: door or reader to floor.
        roster: badge to `person, team`; it names people, so it is never kept.
        sites: building to `latitude, longitude, metres`.
        tailgating: share added to badge counts.
        devices: Wi-Fi devices that make a person.
        teams, floors: name in the file to code in the estate, `-` to leave it out.
    """

    kind: str = ""
    date_order: str = ""
    first_day: str = ""
    month: str = ""
    timezone: str = ""
    clock: str = ""
    mapping: Mapping[str, str] = field(default_factory=dict)
    codes: Mapping[str, str] = field(default_factory=dict)
    doors: Mapping[str, str] = field(default_factory=dict)
    roster: Mapping[str, str] = field(default_factory=dict)
    sites: Mapping[str, str] = field(default_factory=dict)
    tailgating: str = ""
    devices: str = ""
    teams: Mapping[str, str] = field(default_factory=dict)
    floors: Mapping[str, str] = field(default_factory=dict)

    def without_people(self) -> Said:
        """Return the same without the roster."""
        return replace(self, roster={})


def said_from(values: object) -> Said:
    """Return answers from plain values; what is not known any more is left out."""
    known = values if isinstance(values, dict) else {}
    return Said(**{one.name: known[one.name] for one in fields(Said) if one.name in known})


def plain_said(said: Said) -> dict[str, Any]:
    """Return answers as plain values, blanks left out."""
    return {name: value for name, value in asdict(said).items() if value}


def options_from(said: Said, *, country: str, today: dt.date) -> Options:
    """Return what the reader is told.

    Raises:
        InvalidInput: every answer that makes no sense.
    """
    problems: list[Problem] = []

    def read(what: str, text: str, parse: Callable[[str], Any], example: str) -> Any:
        try:
            return parse(text)
        except (ValueError, InvalidOperation):
            problems.append(
                Problem(
                    what, sentence("{text!r}: write it like {example}", text=text, example=example)
                )
            )
            return None

    first_day = said.first_day and read(
        "first day", said.first_day, dt.date.fromisoformat, "2026-11-02"
    )
    month = said.month and read("month", said.month, _month, "2026-03")
    tailgating = said.tailgating and read("tailgating", said.tailgating, _share, "0.05")
    devices = said.devices and read("devices per person", said.devices, _above_zero, "1.4")
    roster = {
        badge: read("roster", text, _person, "B123, ani, PUP-01")
        for badge, text in said.roster.items()
    }
    sites = {
        name: read("buildings", text, _site, "hall, -6.2383, 106.9756, 120")
        for name, text in said.sites.items()
    }
    codes = {code: word for code, word in said.codes.items() if word in {"desk", "away"}}
    if problems:
        raise InvalidInput(problems)
    options = Options(
        kind=cast("Any", said.kind or None),
        mapping=dict(said.mapping),
        date_order=cast("Any", said.date_order or None),
        today=today,
        country=country,
        timezone=said.timezone or None,
        clock=cast("Any", said.clock or None),
        roster=roster,
        doors=dict(said.doors),
        sites=sites,
        codes={code: word == "desk" for code, word in codes.items()},
    )
    if month:
        options = replace(options, month=month)
    if first_day:
        options = replace(options, first_day=first_day)
    if tailgating:
        options = replace(options, tailgating=tailgating)
    return replace(options, devices_per_person=devices) if devices else options


def _month(text: str) -> tuple[int, int]:
    day = dt.date.fromisoformat(f"{text}-01")
    return day.year, day.month


def _share(text: str) -> Decimal:
    share = Decimal(text.replace(",", "."))
    if not 0 <= share <= 1:
        raise ValueError(text)
    return share


def _above_zero(text: str) -> Decimal:
    number = Decimal(text.replace(",", "."))
    if not number.is_finite() or number <= 0:
        raise ValueError(text)
    return number


def _person(text: str) -> Person:
    person, team = (part.strip() for part in text.split(",", 1))
    if not person or not team:
        raise ValueError(text)
    return Person(person, team)


def _site(text: str) -> Site:
    latitude, longitude, metres = map(float, text.split(","))
    return Site(latitude, longitude, metres)
