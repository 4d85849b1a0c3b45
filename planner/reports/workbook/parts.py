"""The sheet of parts: what each ledger, building and freed unit is worth by itself, live."""

from __future__ import annotations

import datetime as dt
from itertools import accumulate
from typing import TYPE_CHECKING, Any, Final

from planner.finance.measured import Measured, measured
from planner.reports.facts.measures import part_name
from planner.reports.workbook.book import cell, column_name, heads
from planner.reports.workbook.calendars import FIRST
from planner.reports.workbook.cash import (
    BENEFIT,
    BUILDING,
    COST,
    KEY,
    LEDGER,
    SIDE,
    UNIT,
    WORTH,
)
from planner.reports.workbook.cash import SHEET as CASH
from planner.reports.workbook.ratios import (
    equal_amount,
    most_out,
    paid_back,
    rate_of_return,
    ratio,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from planner.i18n import Speech
    from planner.reports.facts.scope import Scope
    from planner.reports.workbook.book import Book
    from planner.reports.workbook.cash import Cash

SHEET: Final = "parts"
_TOP: Final = 1
_NAME, _NPV, _IRR, _BACK, _EQUAL, _RATIO, _OUT, _SAID = range(1, 9)
_TAGS: Final = {"building": BUILDING, "unit": UNIT}


class Parts:
    """The parts of a case, in their order, two rows each: the net by month and its running sum."""

    def __init__(self, scope: Scope) -> None:
        """Measure each part."""
        self._scope = scope
        self.measured = measured(scope.dossier.case)
        self.numbers: Mapping[tuple[str, str], int] = {
            (one.of, one.id): at for at, one in enumerate(self.measured, start=1)
        }

    def write(self, book: Book, cash: Cash, moves: int, speech: Speech) -> str:
        """Write the sheet; return the cell that counts values other than the proposal's.

        Args:
            book: where to.
            cash: the sheet that they are summed from.
            moves: the last row of the sheet of moves that has one, from 1.
            speech: the reader's language.
        """
        sheet = book.sheet(SHEET, wide=True)
        sheet.set_column(0, 0, 6)
        sheet.set_row(0, 28)
        sheet.set_column(_NAME, _NAME, 36)
        sheet.set_column(_NPV, _SAID, 18)
        sheet.set_column(FIRST, FIRST + len(self._scope.dossier.case.months) - 1, 15)
        heads(book, sheet, 0, self._titles(speech), numeric_from=_NPV)
        for at, month in enumerate(self._scope.dossier.case.months):
            moment = dt.datetime.combine(month, dt.time())
            sheet.write_datetime(0, FIRST + at, moment, book.formats["month"])
        sheet.repeat_columns(0, _NAME)
        sheet.freeze_panes(_TOP, _NPV)
        for one in self.measured:
            _Row(book, sheet, cash, moves, self.numbers[one.of, one.id], one).write(
                part_name(one, self._scope, speech), speech
            )
        row = _TOP + 2 * len(self.measured)
        sheet.write_string(row, _NAME, speech._("Values other than the proposal's"),
                           book.formats["total"])  # fmt: skip
        worths, said = (
            f"{column_name(at)}{_TOP + 1}:{column_name(at)}{row}" for at in (_NPV, _SAID)
        )
        formula = f"=SUMPRODUCT(--({worths}<>{said}))"
        sheet.write_formula(row, _NPV, formula, book.formats["total"], 0)
        return cell(row, _NPV, sheet=SHEET)

    def _titles(self, speech: Speech) -> Sequence[str]:
        return [
            speech._("No."), speech._("Of"), speech._("Net present value, smallest units"),
            speech._("Rate of return"), speech._("Paid back, months"),
            speech._("Equal amount a year, smallest units"), speech._("Benefits over costs"),
            speech._("Most money out, smallest units"), speech._("Value in the proposal"),
        ]  # fmt: skip


class _Row:
    """One part on its two rows."""

    def __init__(
        self, book: Book, sheet: Any, cash: Cash, moves: int, number: int, one: Measured
    ) -> None:
        self._book, self._sheet, self._cash, self._moves = book, sheet, cash, moves
        self._number, self._one = number, one
        self._row = _TOP + 2 * (number - 1)
        self._months = len(cash.dossier.case.months)

    def write(self, name: str, speech: Speech) -> None:
        one, form = self._one, self._book.formats
        self._sheet.write_number(self._row, 0, self._number, form["mute"])
        self._sheet.write_string(self._row, _NAME, name, form["strong"])
        self._sheet.write_string(self._row + 1, _NAME, speech._("Net so far"), form["mute"])
        self._sheet.write_number(self._row, _SAID, one.npv, form["amount"])
        self._flows()
        net, so_far = self._across(self._row), self._across(self._row + 1)
        months = f"calendar!{column_name(FIRST)}$4:{self._last}$4"
        worth = cell(self._row, _NPV)
        for at, formula, kind, said in (
            (_NPV, self._worth(), "amount", one.npv),
            (_IRR, rate_of_return(net), "rate", one.irr),
            (_BACK, paid_back(so_far, months, self._months), "amount", one.payback_months),
            (_EQUAL, equal_amount(worth, self._months), "amount", one.equivalent_annual),
            (_RATIO, self._ratio(), "factor", one.benefit_cost),
            (_OUT, most_out(so_far), "amount", one.peak_funding),
        ):
            shown = "–" if said is None else said if isinstance(said, int) else float(said)
            self._sheet.write_formula(self._row, at, formula, form[kind], shown)

    @property
    def _last(self) -> str:
        return column_name(FIRST + self._months - 1)

    def _across(self, row: int) -> str:
        return f"{cell(row, FIRST)}:{cell(row, FIRST + self._months - 1)}"

    def _flows(self) -> None:
        """Write the net of each month and the running sum."""
        form = self._book.formats
        flows = self._one.net
        for at, (paid, so_far) in enumerate(zip(flows, accumulate(flows), strict=True)):
            name = column_name(FIRST + at)
            formula = "=" + "+".join(self._sum(name, SIDE, side) for side in (BENEFIT, COST))
            self._sheet.write_formula(self._row, FIRST + at, formula, form["amount"], paid)
            before = f"+{column_name(FIRST + at - 1)}{self._row + 2}" if at else ""
            formula = f"={name}{self._row + 1}{before}"
            self._sheet.write_formula(
                self._row + 1, FIRST + at, formula, form["mute_amount"], so_far
            )

    def _sum(self, name: str, column: int, text: str) -> str:
        """Return the sum of a column of the cash flow over the part's rows that say a text."""
        wanted = [(self._rows(column), f'"{text}"')]
        if self._one.of == "ledger":
            wanted.append((self._rows(LEDGER), f'"{self._one.id}"'))
        elif self._one.of != "plan":
            wanted.append((self._rows(_TAGS[self._one.of]), str(self._number)))
        pairs = ",".join(f"{where},{what}" for where, what in wanted)
        return f"SUMIFS({self._rows(name)},{pairs})"

    def _rows(self, column: int | str) -> str:
        name = column if isinstance(column, str) else column_name(column)
        return f"'{CASH}'!${name}$4:${name}${self._cash.next + 1}"

    def _worth(self) -> str:
        """Return the formula of the value: parts rounded one by one, less what moves cost."""
        if self._one.of == "plan":
            return "=total_npv"
        if self._one.id == "receiver":
            worth = f"calendar!{cell(4, FIRST)}:{cell(4, FIRST + self._months - 1)}"
            return f"=ROUND(SUMPRODUCT({self._across(self._row)},{worth}),0)"
        if self._one.of == "ledger":
            receiver = self._cash.number("ledger", "receiver")
            return f"=total_npv-{cell(_TOP + 2 * (receiver - 1), _NPV)}"
        tag = "I" if self._one.of == "unit" else "J"
        costs = (
            f"SUMIF(moves!${tag}$2:${tag}${self._moves},{self._number},moves!$G$2:$G${self._moves})"
        )
        return f"={self._sum(column_name(WORTH), KEY, 'net')}-{costs}"

    def _ratio(self) -> str:
        worth = column_name(WORTH)
        return ratio(*(self._sum(worth, SIDE, side) for side in (BENEFIT, COST)))
