"""The sheet of calendars: how many bases each month pays, in live formulas, one block a clock."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from planner.domain.assumptions import register_of
from planner.finance.discount import factors
from planner.finance.parameters import FORMULAS
from planner.reports.workbook.book import cell, column_name, plain_number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.finance.calendar import Clock
    from planner.finance.parameters import Parameters
    from planner.i18n import Speech
    from planner.reports.dossier import Dossier
    from planner.reports.workbook.book import Book
    from planner.reports.workbook.figures import Figures

SHEET: Final = "calendar"
FIRST: Final = 9
"""Column of the first month, on this sheet and on those of the cash flow."""

_LINKS: Final = (
    ("horizon", "horizon_months"),
    ("release", "release_month"),
    ("void", "void_months"),
    ("rent_free", "rent_free_months"),
    ("term", "lease_months"),
    ("growth", "running_cost_growth"),
    ("relet", "relet_months"),
    ("break_at", "break_month"),
    ("break_leaving", "break_leaving"),
    ("discount_rate", "discount_rate"),
)
_ROWS: Final = tuple(FORMULAS)
_WORD: Final = re.compile(r"[a-z_]+")
_BUILT_IN: Final = frozenset({"m", "earned_row", "m_row"})


class Calendars:
    """Where each calendar row of each clock stands."""

    def __init__(self, book: Book, dossier: Dossier, figures: Figures, speech: Speech) -> None:
        """Write the months and the discount factors."""
        self._book = book
        self._named, self._used = figures.named, figures.used
        self._used.add("discount_rate")
        self._terms = dossier.case.values.terms
        register = register_of(dossier.estate)
        self._rises = self._terms.escalation.kind
        self._yearly = self._terms.lease.escalates == "yearly"
        self._real = register.word("price_basis") == "real"
        self._months = dossier.case.months
        self._sheet = book.sheet(SHEET, wide=True)
        self._blocks: dict[Clock, int] = {}
        self._next = 6
        sheet = self._sheet
        sheet.set_column(0, 0, 26)
        sheet.set_column(1, 1, 22)
        sheet.set_column(2, FIRST - 1, 10)
        sheet.write_string(0, 0, speech._("When money moves"), book.formats["title"])
        for at, month in enumerate(self._months):
            moment = dt.datetime.combine(month, dt.time())
            sheet.write_datetime(2, FIRST + at, moment, book.formats["month"])
            sheet.write_number(3, FIRST + at, at + 1, book.formats["plain"])
        sheet.write_string(3, 0, speech._("Month"), book.formats["strong"])
        sheet.write_string(4, 0, speech._("Worth at the start"), book.formats["strong"])
        rate = dossier.case.values.terms.rate
        for at, worth in enumerate(factors(rate, len(self._months))):
            formula = f"=(1+discount_rate)^(-{self._month(at)}/12)"
            sheet.write_formula(4, FIRST + at, formula, book.formats["factor"], float(worth))
        sheet.freeze_panes(4, FIRST)
        sheet.repeat_rows(2, 3)

    @property
    def last(self) -> int:
        """Return the column of the last month."""
        return FIRST + len(self._months) - 1

    @property
    def worth(self) -> str:
        """Return the range of the discount factors."""
        return f"{SHEET}!{self._across(4)}"

    def row(self, parameters: Parameters, name: str) -> int:
        """Return the row of a calendar row, writing its clock's block if need be."""
        if parameters.clock not in self._blocks:
            self._blocks[parameters.clock] = self._write(parameters)
        return self._blocks[parameters.clock] + len(parameters.names) + 1 + _ROWS.index(name)

    def _month(self, at: int) -> str:
        return f"{column_name(FIRST + at)}$4"

    def _across(self, row: int) -> str:
        return f"{cell(row, FIRST)}:{cell(row, self.last)}"

    def _write(self, parameters: Parameters) -> int:
        top = self._next
        sheet, formats = self._sheet, self._book.formats
        names = parameters.names
        places = {}
        sheet.write_string(top, 0, f"clock {len(self._blocks) + 1}", formats["title"])
        for at, (name, value) in enumerate(names.items(), start=1):
            row = top + at
            places[name] = cell(row, 2)
            sheet.write_string(row, 0, name, formats["plain"])
            self._write_name(row, name, value, places)
        first = top + len(names) + 1
        lines = {name: first + at for at, name in enumerate(_ROWS)}
        for name, row in lines.items():
            sheet.write_string(row, 0, name, formats["plain"])
            for at in range(len(self._months)):
                self._write_row((row, at), name, parameters, places, lines)
        self._next = first + len(_ROWS) + 2
        return top

    def _write_name(self, row: int, name: str, value: Decimal, places: Mapping[str, str]) -> None:
        formula = self._link(name, value, places)
        number = plain_number(value)
        if formula is None:
            self._sheet.write_number(row, 2, number, self._book.formats["number"])
        else:
            self._sheet.write_string(row, 1, formula.removeprefix("="), self._book.formats["mute"])
            self._sheet.write_formula(row, 2, formula, self._book.formats["number"], number)

    def _link(self, name: str, value: Decimal, places: Mapping[str, str]) -> str | None:
        """Return a formula that follows a figure, None where a rule fixed the number.

        A unit that is never let keeps its void; a rule may set term and payment itself.
        """
        if name == "escalation" and self._yearly and self._rises == "index":
            self._used.update(("index_floor", "index_cap", "inflation_rate"))
            return "=MIN(index_cap,MAX(index_floor,inflation_rate))"
        key = self._figure_of(name)
        if key in self._named and self._named[key] == value:
            self._used.add(key)
            return f"={key}"
        if name == "leaving" and 1 - self._named["renewal_share"] == value:
            self._used.add("renewal_share")
            return "=1-renewal_share"
        if name == "last_let":
            return f"=MIN({places['horizon']},{places['until']})"
        if name == "has_lease" and {"release", "void", "last_let"} <= places.keys():
            start = f"{places['release']}+{places['void']}+1"
            return f"=IF({start}<={places['last_let']},1,0)"
        return None

    def _figure_of(self, name: str) -> str:
        """Return the figure that a name of the clock follows, "" where a rule set it."""
        terms = self._terms
        if name == "escalation":
            return "escalation_rate" if self._yearly and self._rises == "fixed" else ""
        if name == "inflation" and self._real:
            return "inflation_rate"
        if name == "rent_free" and not terms.lease.rent_free:
            return ""
        return dict(_LINKS).get(name, "")

    def _write_row(
        self,
        place_at: tuple[int, int],
        name: str,
        parameters: Parameters,
        places: Mapping[str, str],
        lines: Mapping[str, int],
    ) -> None:
        row, at = place_at
        column = FIRST + at
        value = _value(parameters, name, at)
        if name == "level" and len(parameters.clock.steps) > 1:
            self._sheet.write_number(row, column, float(value or 0), self._book.formats["factor"])
            return

        def place(found: re.Match[str]) -> str:
            word = found[0]
            if word == "m":
                return self._month(at)
            if word == "m_row":
                return self._across(3)
            if word == "earned_row":
                return self._across(lines["earned"])
            if word in places:  # `void` is a parameter first and a row second
                return places[word]
            return f"{column_name(column)}{lines[word] + 1}" if word in lines else word

        formula = "=" + _WORD.sub(place, FORMULAS[name])
        cached: Any = 0 if value is None else float(value)
        self._sheet.write_formula(row, column, formula, self._book.formats["factor"], cached)


def _value(parameters: Parameters, name: str, at: int) -> Decimal | None:
    """Return what a formula comes to, None for the helpers that no document shows."""
    if name == "level":
        return parameters.levels[at]
    if name == "once":
        month = max(1, parameters.clock.release)
        return parameters.clock.deflator(month) if at + 1 == month else Decimal(0)
    row = getattr(parameters.calendar, name, None)
    return None if row is None else row[at]
