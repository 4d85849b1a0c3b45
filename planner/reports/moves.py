"""The list of moves as CSV, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING, Final

from planner.domain.money import digits, to_major
from planner.reports.facts.moves import ordered_moves
from planner.reports.facts.scope import Scope

if TYPE_CHECKING:
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
            speech._("cost, %(currency)s", currency=speech.currency),
            speech._("contact"),
        ]
    )
    places = digits(speech.currency)
    for move in ordered_moves(Scope(dossier)):
        team = estate.team_of[move.team]
        writer.writerow(
            [
                plain(team.code),
                plain(team.name),
                plain(team.department),
                plain(move.origin),
                plain(move.target),
                move.people,
                f"{to_major(move.cost, speech.currency):.{places}f}",
                plain(team.contact),
            ]
        )
    return sheet.getvalue()


def plain(text: str) -> str:
    """Return a text that no spreadsheet will run.

    >>> plain("=HYPERLINK(1)")
    "'=HYPERLINK(1)"
    """
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
