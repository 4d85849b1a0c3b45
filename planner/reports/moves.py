"""The list of moves as CSV, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from io import StringIO
from typing import TYPE_CHECKING, Final

from planner.domain.money import digits, to_major
from planner.reports.facts.moves import ordered_moves
from planner.reports.facts.scope import Scope

if TYPE_CHECKING:
    from planner.domain.plan import Move, Plan
    from planner.i18n import Speech
    from planner.reports.dossier import Dossier

_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")


def moves_csv(dossier: Dossier, speech: Speech) -> str:
    """Return every move, one a line, codes and names beside each other.

    Text that a spreadsheet would take for a formula is led by an apostrophe.
    """
    estate = dossier.estate
    sheet = StringIO()
    writer = csv.writer(sheet, lineterminator="\r\n")
    writer.writerow(
        [
            speech._("team"),
            speech._("name"),
            speech._("department"),
            speech._("from"),
            speech._("to"),
            speech._("people"),
            speech._("seats"),
            speech._("wave"),
            speech._("first day"),
            speech._("last day"),
            speech._("ends in"),
            speech._("cost, %(currency)s", currency=speech.currency),
            speech._("contact"),
        ]
    )
    places = digits(speech.currency)
    for move in ordered_moves(Scope(dossier)):
        team = estate.team_of[move.team]
        for leg in _dated(move, dossier.plan):
            cost = to_major(move.cost * leg.people // move.people, speech.currency)
            writer.writerow(
                [
                    plain(team.code),
                    plain(team.name),
                    plain(team.department),
                    plain(move.origin),
                    plain(move.target),
                    leg.people,
                    leg.seats,
                    leg.wave,
                    leg.first,
                    leg.last,
                    plain(leg.ends_in),
                    f"{cost:.{places}f}",
                    plain(team.contact),
                ]
            )
    return sheet.getvalue()


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of movers' work; wave and days are blank where nothing is dated."""

    people: int
    seats: int
    wave: str
    first: str
    last: str
    ends_in: str


def _dated(move: Move, plan: Plan) -> list[_Line]:
    """Return the dated legs of a move, or the move itself without a date."""
    way = (move.team, move.origin, move.target)
    if plan.schedule is not None and plan.schedule.dated:
        legs = [x for x in plan.schedule.legs if (x.team, x.origin, x.target) == way]
        return [
            _Line(
                leg.people,
                max(leg.seats, default=0),
                str(leg.wave),
                plan.schedule.wave(leg.wave).first.isoformat(),
                plan.schedule.wave(leg.wave).last.isoformat(),
                leg.ends_in,
            )
            for leg in legs
        ]
    seats = [
        max(one.seats, default=0)
        for one in plan.placements
        if (one.team, one.origin, one.unit) == way
    ]
    return [_Line(move.people, sum(seats), "", "", "", move.target)]


def plain(text: str) -> str:
    """Return a text that no spreadsheet will run.

    >>> plain("=HYPERLINK(1)")
    "'=HYPERLINK(1)"
    """
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
