"""The moves as a calendar file (RFC 5545): one all-day event a team and wave."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import TYPE_CHECKING, Final

from planner.reports.facts.scope import Scope

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.domain.schedule import Leg, Wave
    from planner.i18n import Speech
    from planner.reports.dossier import Dossier

_OCTETS: Final = 75


def moves_ics(dossier: Dossier, speech: Speech, only: str | None = None) -> str:
    """Return the dated moves as a calendar; an empty calendar where none is dated.

    An event keeps its identity over plans as long as the same people of a team go the same
    way, so importing a new file moves the old event. No clock is in it: the stamp is the day
    on which the case starts.

    Args:
        dossier: the plan.
        speech: the reader's language.
        only: code of the one team wanted.
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//office-space-planner//moves//{speech.language.upper()}",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_escaped(dossier.plan.name)}",
    ]
    schedule = dossier.plan.schedule
    seen: dict[str, int] = {}
    for leg in () if schedule is None else schedule.legs:
        if schedule is not None and only in {None, leg.team}:
            lines += _event(leg, schedule.wave(leg.wave), dossier, speech, seen)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _event(
    leg: Leg, wave: Wave, dossier: Dossier, speech: Speech, seen: dict[str, int]
) -> Iterator[str]:
    estate = dossier.estate
    team, target = estate.team_of[leg.team], estate.unit_of[leg.target]
    way = "\n".join((estate.header.name, leg.team, leg.origin or "", leg.target))
    seen[way] = seen.get(way, 0) + 1
    ident = hashlib.sha256(f"{way}\n{seen[way]}".encode()).hexdigest()[:32]
    start = Scope(dossier).dossier.case.months[0]
    origin = leg.origin or speech._("nowhere yet")
    summary = speech._(
        "%(team)s moves: %(origin)s to %(target)s",
        team=team.name,
        origin=origin,
        target=leg.target,
    )
    people = speech.n("%(count)s person", "%(count)s people", leg.people)
    seats = speech.n("%(count)s seat", "%(count)s seats", max(leg.seats, default=0))
    number = speech._("Wave %(number)s", number=speech.number(wave.number))
    said = [number, f"{people}, {seats}"]
    if team.contact:
        said.append(speech._("Contact: %(contact)s", contact=team.contact))
    yield "BEGIN:VEVENT"
    yield f"UID:{ident}@office-space-planner"
    yield f"DTSTAMP:{start:%Y%m%d}T000000Z"
    yield f"DTSTART;VALUE=DATE:{wave.first:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{wave.last + dt.timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_escaped(summary)}"
    yield f"LOCATION:{_escaped(f'{target.building.name}, {target.id}')}"
    yield f"DESCRIPTION:{_escaped(chr(10).join(said))}"
    if team.contact:
        yield f"CONTACT:{_escaped(team.contact)}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _escaped(text: str) -> str:
    """Return a text as a value of the format holds it: marks and line ends escaped."""
    for mark in ("\\", ";", ","):
        text = text.replace(mark, f"\\{mark}")
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """Yield a line in pieces of at most 75 octets, never through the middle of a character."""
    piece, size = "", 0
    for sign in line:
        wide = len(sign.encode())
        if size + wide > _OCTETS:
            yield piece
            piece, size = " ", 1
        piece += sign
        size += wide
    yield piece
