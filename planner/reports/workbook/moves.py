"""The sheet of dated moves: a row a team and wave, then each floor by its release."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from planner.reports.facts.waves import waves_proof, waves_section
from planner.reports.workbook.book import heads

if TYPE_CHECKING:
    from planner.i18n import Speech
    from planner.reports.facts.scope import Scope
    from planner.reports.workbook.book import Book


def write_waves(book: Book, scope: Scope, speech: Speech) -> None:
    """Write when who moves; why there are no dates where there are none."""
    schedule = scope.dossier.plan.schedule
    if schedule is None:
        return
    sheet = book.sheet("waves")
    sheet.set_column(0, 2, 12)
    sheet.set_column(3, 5, 26)
    sheet.set_column(6, 10, 14)
    section = waves_section(scope, speech)
    sheet.write_string(0, 0, section.title, book.formats["title"])
    if not schedule.dated:
        for row, text in enumerate(section.notes, start=2):
            sheet.write_string(row, 0, text, book.formats["plain"])
        return
    sheet.write_string(1, 0, waves_proof(scope, speech), book.formats["lead"])
    heads(
        book,
        sheet,
        3,
        [speech._("Wave"), speech._("First day"), speech._("Last day"), speech._("Team"),
         speech._("Department"), speech._("Contact"), speech._("From"), speech._("To"),
         speech._("Ends in"), speech._("People"), speech._("Seats")],
        numeric_from=9,
    )  # fmt: skip
    row = 4
    for leg in schedule.legs:
        team, wave = scope.dossier.estate.team_of[leg.team], schedule.wave(leg.wave)
        sheet.write_number(row, 0, leg.wave, book.formats["amount"])
        _day(book, sheet, row, 1, wave.first)
        _day(book, sheet, row, 2, wave.last)
        texts = (team.name, team.department, team.contact, leg.origin or "", leg.target,
                 leg.ends_in)  # fmt: skip
        for at, text in enumerate(texts, start=3):
            sheet.write_string(row, at, text, book.formats["plain"])
        sheet.write_number(row, 9, leg.people, book.formats["amount"])
        sheet.write_number(row, 10, max(leg.seats, default=0), book.formats["amount"])
        row += 1
    row += 1
    heads(
        book,
        sheet,
        row,
        [speech._("Unit"), speech._("Last day in use"), speech._("Counted empty from"),
         speech._("Lease starts")],
    )  # fmt: skip
    for place, unit in enumerate(scope.freed, start=row + 1):
        sheet.write_string(place, 0, unit.id, book.formats["strong"])
        left, start = scope.left_on(unit.id), scope.rent_from(unit.id)
        for at, day in ((1, left), (2, scope.released(unit.id)), (3, start)):
            if day is not None:
                _day(book, sheet, place, at, day)


def _day(book: Book, sheet: Any, row: int, column: int, day: dt.date) -> None:
    moment = dt.datetime.combine(day, dt.time())
    sheet.write_datetime(row, column, moment, book.made.add_format({"num_format": "yyyy-mm-dd"}))
