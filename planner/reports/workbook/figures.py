"""The sheet of inputs: every figure in force, coloured, named, with its source."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from planner.domain.assumptions import register_of
from planner.domain.money import digits
from planner.reports.facts.words import confidence_word
from planner.reports.workbook.book import cell, heads, plain_number

if TYPE_CHECKING:
    from planner.i18n import Speech
    from planner.reports.dossier import Dossier
    from planner.reports.workbook.book import Book

SHEET: Final = "figures"


@dataclass(frozen=True, slots=True)
class Figures:
    """The numbers that have a name, and which of them a formula uses.

    Args:
        named: by key; each is a defined name of the workbook.
        used: keys that some formula follows; filled while the other sheets are written.
        rows: where each stands.
    """

    named: dict[str, Decimal]
    used: set[str]
    rows: dict[str, int]


def colour_inputs(book: Book, figures: Figures) -> None:
    """Colour the figures that amounts follow; a colour elsewhere would promise too much."""
    sheet = book.made.get_worksheet_by_name(SHEET)
    for key in sorted(figures.used & figures.rows.keys()):
        value = plain_number(figures.named[key])
        sheet.write_number(figures.rows[key], 1, value, book.formats["input"])


def write_figures(book: Book, dossier: Dossier, speech: Speech) -> Figures:
    """Write the register; each number gets a defined name, its key, which formulas use."""
    sheet = book.sheet(SHEET)
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 14)
    sheet.set_column(2, 2, 18)
    sheet.set_column(3, 3, 30)
    sheet.set_column(4, 4, 60)
    sheet.set_column(5, 6, 13)
    sheet.set_column(7, 7, 28)
    sheet.write_string(0, 0, speech._("Figures"), book.formats["title"])
    sheet.write_string(
        1,
        0,
        speech._(
            "Change a coloured cell; every amount follows. The others shape the model itself: "
            "change them in the planner."
        ),
        book.formats["plain"],
    )
    heads(
        book,
        sheet,
        3,
        [speech._("Figure"), speech._("Value"), speech._("Unit"), speech._("Name in formulas"),
         speech._("Source"), speech._("Date"), speech._("How sure"), speech._("Set by")],
    )  # fmt: skip
    named: dict[str, Decimal] = {}
    rows: dict[str, int] = {}
    row = 4
    for figure, entry in register_of(dossier.estate).entries():
        if entry is None:
            continue
        value = figure.parse(entry.value)
        sheet.write_string(row, 0, speech.words(figure.label), book.formats["plain"])
        if isinstance(value, Decimal):
            named[figure.key], rows[figure.key] = value, row
            sheet.write_number(row, 1, plain_number(value), book.formats["given"])
            book.made.define_name(figure.key, "=" + cell(row, 1, sheet=SHEET))
            sheet.write_string(row, 3, figure.key, book.formats["mute"])
        elif isinstance(value, dt.date):
            sheet.write_datetime(
                row, 1, dt.datetime.combine(value, dt.time()), book.formats["date"]
            )
        else:
            sheet.write_string(row, 1, value, book.formats["given"])
        sheet.write_string(row, 2, figure.unit, book.formats["mute"])
        sheet.write_string(row, 4, entry.source, book.formats["wrap"])
        if entry.date:
            sheet.write_string(row, 5, speech.date(entry.date), book.formats["plain"])
        sheet.write_string(row, 6, confidence_word(entry.confidence, speech), book.formats["plain"])
        if figure.key in dossier.set_by:
            name, day = dossier.set_by[figure.key]
            said = f"{name}, {speech.date(day)}"
            sheet.write_string(row, 7, said, book.formats["plain"])
        row += 1
    scale = Decimal(10) ** digits(dossier.estate.header.currency)
    sheet.write_string(row, 0, speech._("Smallest units of the currency in one"))
    sheet.write_number(row, 1, int(scale), book.formats["number"])
    sheet.write_string(row, 3, "minor_units", book.formats["mute"])
    book.made.define_name("minor_units", "=" + cell(row, 1, sheet=SHEET))
    named["minor_units"] = scale
    return Figures(named, set(), rows)
