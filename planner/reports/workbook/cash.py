"""The sheet of the cash flow: each part's lines month by month, and what they are worth."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from planner.finance.case import COSTS
from planner.finance.discount import present_exact
from planner.finance.moves import person_bases, wave_base
from planner.finance.parameters import parameters_of
from planner.reports.facts.words import line_name
from planner.reports.workbook.book import cell, column_name
from planner.reports.workbook.calendars import FIRST
from planner.reports.workbook.calendars import SHEET as CALENDAR

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.finance.case import Part
    from planner.finance.leases import Line
    from planner.finance.parameters import Parameters
    from planner.i18n import Speech
    from planner.reports.dossier import Dossier
    from planner.reports.workbook.book import Book
    from planner.reports.workbook.calendars import Calendars
    from planner.reports.workbook.units import Bases

SHEET: Final = "cash flow"
WORTH: Final = 3
KEY: Final = 4
"""Column of a line's key, `net` for the sum of a part."""
LEDGER, SIDE, UNIT, BUILDING = range(KEY + 1, KEY + 5)
"""Columns of what a line counts for; unit and building by their number on the sheet of parts."""
BENEFIT, COST = "benefit", "cost"
_CENTS: Final = 4  # decimals kept before rounding, so that a half stays a half in floats


@dataclass(slots=True)
class Cash:
    """Writes parts one below the other and remembers where their values stand."""

    book: Book
    dossier: Dossier
    calendars: Calendars
    bases: Bases
    speech: Speech
    sheet: Any
    numbers: Mapping[tuple[str, str], int]
    next: int = 3
    worth: dict[tuple[str, str], str] = field(default_factory=dict)
    people: dict[str, tuple[int, list[Line], tuple[str, str]]] = field(default_factory=dict)
    """First row, lines and two units of each kind of move, by kind."""

    def unit(self, part: Part) -> None:
        """Write a freed unit: its lines, their sum and its present value."""
        parameters = self.dossier.case.parameters(part.id)
        lines = {line.name: line for line in part.lines}
        first = self._open(part.id)
        own = self._tags(part.id, part.building)
        for base in parameters.bases:
            place = self.bases.write(part.id, part.id, base)
            self._line(lines[base.name], place, parameters, tags=own)
        self._close(part, first, own)

    def block(self, part: Part) -> None:
        """Write what a whole building adds, unit by unit."""
        premium = self.dossier.case.values.terms["whole_building_premium"]
        first = self._open(self.dossier.estate.building_of[part.id].name)
        own = self._tags("", part.building)
        for line in part.lines:
            parameters = self.dossier.case.parameters(line.unit)
            base = next(base for base in parameters.bases if base.name == line.name)
            place = self.bases.write(part.id, line.unit, base, premium)
            self._line(line, place, parameters, line.unit, own)
        self._close(part, first, own)

    def person(self, origin: str, target: str) -> str:
        """Write one person's move between two units, once a kind; return its kind."""
        values = self.dossier.case.values
        release = self.dossier.case.releases.get(origin)
        near = values.unit(origin).building is values.unit(target).building
        kind = f"{'near' if near else 'far'} {'' if release is None else release}".strip()
        if kind in self.people:
            return kind
        label = (
            self.speech._("One person within a building")
            if near
            else self.speech._("One person to another building")
        )
        first = self._open(label)
        lines = values.person_lines(origin, target, release)
        bases = person_bases(
            values.unit(origin), values.unit(target), values.terms, values.currency
        )
        parameters = self.dossier.case.parameters(origin)
        for base, line in zip(bases, lines, strict=True):
            place = self.bases.write("person", origin, base)
            self._line(line, place, parameters)
        self.worth[kind, ""] = self._sum(first, _total(lines), values.present(lines), None)
        self.people[kind] = (first, list(lines), (origin, target))
        return kind

    def all_moves(self, kind: str, origin: str, people: int, place: str) -> None:
        """Write what moves of a kind out of a unit cost: one person's lines, for all who move."""
        top, lines, _ = self.people[kind]
        building = self.dossier.case.values.unit(origin).building
        place_left = origin if self.number("unit", origin) else building.name
        self._open(
            self.speech._("All moves out of %(place)s, %(kind)s", place=place_left, kind=kind)
        )
        for row, line in enumerate(lines, start=top):
            self._head(line, self.next, place, self._tags(origin, building.code))
            for at, paid in enumerate(line.amounts):
                column = column_name(FIRST + at)
                self.sheet.write_formula(
                    self.next,
                    FIRST + at,
                    f"={column}{row + 1}*{place}",
                    self.book.formats["amount"],
                    paid * people,
                )
            self.next += 1
        self.next += 1

    def number(self, of: str, part_id: str) -> int:
        """Return the number of a part on the sheet of parts, 0 if it has no row there."""
        return self.numbers.get((of, part_id), 0)

    def _tags(self, unit: str, building: str) -> tuple[int, int]:
        return self.number("unit", unit), self.number("building", building)

    def _head(self, line: Line, row: int, note: str, tags: tuple[int, int] | None) -> None:
        """Write what a line is; one without tags is a pattern for others and counts nowhere."""
        mute = self.book.formats["mute"]
        self.sheet.write_string(row, 0, line_name(line.name, self.speech), self._plain)
        self.sheet.write_string(row, 1, note, mute)
        across = f"{cell(row, FIRST)}:{cell(row, self.calendars.last)}"
        formula = f"=SUMPRODUCT({across},{self.calendars.worth})"
        worth = float(present_exact(line.amounts, self.dossier.case.values.terms.rate))
        if tags is not None:
            self.sheet.write_formula(row, WORTH, formula, self.book.formats["amount"], worth)
            side = COST if line.name in COSTS else BENEFIT
            for at, text in ((KEY, line.name), (LEDGER, line.ledger), (SIDE, side)):
                self.sheet.write_string(row, at, text, mute)
            self._number(row, tags)

    def _number(self, row: int, tags: tuple[int, int]) -> None:
        for at, number in zip((UNIT, BUILDING), tags, strict=True):
            if number:
                self.sheet.write_number(row, at, number, self.book.formats["mute"])

    @property
    def _plain(self) -> Any:
        return self.book.formats["plain"]

    def wave(self, part: Part) -> None:
        """Write what one wave of moves costs, whoever moves."""
        case = self.dossier.case
        first = self._open(self.speech._("Wave %(number)s", number=part.id))
        base = wave_base(case.values.terms, case.values.currency)
        place = self.bases.write(f"wave {part.id}", "", base)
        month = case.waves[int(part.id) - 1]
        own = replace(case.values.terms.clock, release=month)
        some = self.dossier.estate.units[0]
        parameters = replace(
            parameters_of(some, case.values.terms, case.values.currency, month), clock=own
        )
        self._line(part.lines[0], place, parameters, tags=(0, 0))
        self._close(part, first, (0, 0))

    def _open(self, label: str) -> int:
        self.sheet.write_string(self.next, 0, label, self.book.formats["strong"])
        self.next += 1
        return self.next

    def _line(
        self,
        line: Line,
        base: str,
        parameters: Parameters,
        note: str = "",
        tags: tuple[int, int] | None = None,
    ) -> None:
        row = self.next
        self.next += 1
        follows = self.calendars.row(parameters, line.calendar)
        self._head(line, row, note or line.calendar, tags)
        self.sheet.write_formula(row, 2, f"={base}", self.book.formats["money"])
        for at, paid in enumerate(line.amounts):
            column = column_name(FIRST + at)
            formula = f"=ROUND(ROUND($C{row + 1}*{CALENDAR}!{column}${follows + 1},{_CENTS}),0)"
            self.sheet.write_formula(row, FIRST + at, formula, self.book.formats["amount"], paid)

    def _close(self, part: Part, first: int, tags: tuple[int, int]) -> None:
        self.worth[part.kind, part.id] = self._sum(first, _total(part.lines), part.npv, tags)

    def _sum(self, first: int, net: tuple[int, ...], npv: int, tags: tuple[int, int] | None) -> str:
        """Write the sum of the lines above and its present value, rounded once."""
        row = self.next
        self.next += 2
        total = self.book.formats["total"]
        self.sheet.write_string(row, 0, self.speech._("Net"), total)
        self.sheet.write_blank(row, 1, None, total)
        self.sheet.write_blank(row, 2, None, total)
        if tags is not None:
            self.sheet.write_string(row, KEY, "net", self.book.formats["mute"])
            self._number(row, tags)
        for at, paid in enumerate(net):
            column = column_name(FIRST + at)
            formula = f"=SUM({column}{first + 1}:{column}{row})" if row > first else "=0"
            self.sheet.write_formula(row, FIRST + at, formula, total, paid)
        across = f"{cell(row, FIRST)}:{cell(row, self.calendars.last)}"
        formula = f"=ROUND(SUMPRODUCT({across},{self.calendars.worth}),0)"
        self.sheet.write_formula(row, WORTH, formula, total, npv)
        return cell(row, WORTH, sheet=SHEET)


def write_cash(
    book: Book,
    dossier: Dossier,
    calendars: Calendars,
    bases: Bases,
    numbers: Mapping[tuple[str, str], int],
    speech: Speech,
) -> Cash:
    """Write the cash flow of all freed units and whole buildings.

    Args:
        book: where to.
        dossier: the plan.
        calendars: the sheet of when money moves.
        bases: the sheet of what is multiplied.
        numbers: of the parts that have a row on the sheet of parts, by kind and id.
        speech: the reader's language.
    """
    sheet = book.sheet(SHEET, wide=True)
    sheet.set_column(0, 0, 32)
    sheet.set_column(1, 1, 14)
    sheet.set_column(2, WORTH, 20)
    sheet.set_column(KEY, FIRST - 1, 12)
    sheet.set_column(FIRST, calendars.last, 15)
    sheet.write_string(0, 0, speech._("Cash flow by month"), book.formats["title"])
    sheet.write_string(
        1, 0, speech._("In the smallest units of %(currency)s.", currency=speech.currency),
        book.formats["lead"],
    )  # fmt: skip
    for at, title in enumerate(
        (speech._("Part and line"), speech._("Follows"), speech._("Base"),
         speech._("Present value"), speech._("Key"), speech._("Ledger"), speech._("Side"),
         speech._("Unit"), speech._("Building"))
    ):  # fmt: skip
        sheet.write_string(2, at, title, book.formats["head"])
    for at, month in enumerate(dossier.case.months):
        moment = dt.datetime.combine(month, dt.time())
        sheet.write_datetime(2, FIRST + at, moment, book.formats["month"])
    sheet.repeat_rows(2)
    sheet.repeat_columns(0)
    sheet.freeze_panes(3, FIRST)
    cash = Cash(book, dossier, calendars, bases, speech, sheet, numbers)
    for part in dossier.case.parts:
        if part.kind == "unit":
            cash.unit(part)
        elif part.kind == "block":
            cash.block(part)
        elif part.kind == "wave":
            cash.wave(part)
    return cash


def _total(lines: tuple[Line, ...] | list[Line]) -> tuple[int, ...]:
    return tuple(map(sum, zip(*(line.amounts for line in lines), strict=True)))
