"""The workbook of a plan: inputs, live cash flows that recompute its value, checks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.reports.facts.scope import Scope
from planner.reports.workbook.book import new_book
from planner.reports.workbook.calendars import Calendars
from planner.reports.workbook.cash import write_cash
from planner.reports.workbook.figures import colour_inputs, write_figures
from planner.reports.workbook.moves import write_waves
from planner.reports.workbook.parts import Parts
from planner.reports.workbook.sheets import (
    write_checks,
    write_moves,
    write_seats,
    write_summary,
    write_total,
    write_trace,
)
from planner.reports.workbook.units import Bases
from planner.reports.workbook.years import write_years

if TYPE_CHECKING:
    from planner.i18n import Speech
    from planner.reports.dossier import Dossier

__all__ = ["model_xlsx"]


def model_xlsx(dossier: Dossier, speech: Speech) -> bytes:
    """Return the workbook of a plan; the same dossier and language give the same bytes.

    Every amount is a formula of named inputs and carries the value it should come to, so
    that a program that does not calculate shows the right numbers too.
    """
    scope = Scope(dossier)
    book = new_book(dossier)
    summary = write_summary(book, scope, speech)
    figures = write_figures(book, dossier, speech)
    bases = Bases(book, dossier, figures, speech)
    calendars = Calendars(book, dossier, figures, speech)
    parts = Parts(scope)
    cash = write_cash(book, dossier, calendars, bases, parts.numbers, speech)
    write_waves(book, scope, speech)
    costs, people, last = write_moves(book, scope, cash, speech)
    total = write_total(book, summary, cash, costs, speech)
    further = write_years(book, summary, scope, cash, speech)
    others = parts.write(book, cash, last, speech)
    short = write_seats(book, scope, speech)
    write_trace(book, scope, speech)
    write_checks(book, scope, (total, people, short, others), further, speech)
    colour_inputs(book, figures)
    return book.close()
