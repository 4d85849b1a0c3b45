"""The sheets of totals: each line of the whole plan by month and by year, measures, charts."""

from __future__ import annotations

import datetime as dt
from itertools import accumulate
from typing import TYPE_CHECKING, Any, Final

from planner.domain.money import digits
from planner.finance.case import COSTS
from planner.finance.discount import present_exact
from planner.reports.facts.money import chart_title
from planner.reports.facts.words import line_name, ordered_lines
from planner.reports.workbook.book import cell, column_name, heads
from planner.reports.workbook.calendars import FIRST
from planner.reports.workbook.cash import BENEFIT, COST, KEY
from planner.reports.workbook.cash import SHEET as CASH
from planner.reports.workbook.ratios import (
    equal_amount,
    most_out,
    paid_back,
    rate_of_return,
    ratio,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.i18n import Speech
    from planner.reports.facts.scope import Scope
    from planner.reports.workbook.book import Book
    from planner.reports.workbook.cash import Cash

TOTAL: Final = "total"
YEARS: Final = "years"
_WORTH, _SIDE = 1, 2
_MEASURES: Final = 12
"""Row of the summary on which the measures start, below the value."""
_COLOURS: Final = {
    "rent": "#F0B429",
    "service_charge": "#F7DA94",
    "running_saved": "#2C7188",
    "rent_saved": "#7FB0C0",
    "move": "#465360",
    "works": "#8C8A82",
}
_UNITS: Final = ((12, "trillions"), (9, "billions"), (6, "millions"), (3, "thousands"))

Check = tuple[str, int | float, str]
"""Label, what the proposal says, where the workbook says it."""


def write_years(
    book: Book, summary: Any, scope: Scope, cash: Cash, speech: Speech
) -> tuple[Check, ...]:
    """Write the totals and return the checks of the measures that follow from them."""
    case = scope.dossier.case
    names = ordered_lines(case.by_line)
    rows = _monthly(book, scope, cash, names, speech)
    _yearly(book, scope, names, rows, speech)
    if names:
        summary.insert_chart(_MEASURES + 11, 0, _chart(book, scope, names, speech))
    return _measures(book, summary, scope, rows, speech)


def _monthly(
    book: Book, scope: Scope, cash: Cash, names: Sequence[str], speech: Speech
) -> dict[str, int]:
    """Write each line of the whole plan by month; return the rows by key."""
    case = scope.dossier.case
    sheet = book.sheet(TOTAL, wide=True)
    sheet.set_column(0, 0, 32)
    sheet.set_column(_WORTH, _WORTH, 20)
    sheet.set_column(_SIDE, FIRST - 1, 8)
    sheet.set_column(FIRST, FIRST + len(case.months) - 1, 15)
    sheet.write_string(0, 0, speech._("The whole plan by month"), book.formats["title"])
    sheet.write_string(
        1, 0, speech._("In the smallest units of %(currency)s.", currency=speech.currency),
        book.formats["plain"],
    )  # fmt: skip
    sheet.write_string(2, 0, speech._("Line"), book.formats["head"])
    sheet.write_string(2, _WORTH, speech._("Present value"), book.formats["head_number"])
    sheet.write_string(2, _SIDE, speech._("Side"), book.formats["head"])
    for at, month in enumerate(case.months):
        moment = dt.datetime.combine(month, dt.time())
        sheet.write_datetime(2, FIRST + at, moment, book.formats["month"])
    sheet.repeat_rows(2)
    sheet.repeat_columns(0)
    sheet.freeze_panes(3, FIRST)
    rows = {name: 3 + at for at, name in enumerate(names)}
    rows["net"] = 3 + len(names)
    rows["sum"] = rows["net"] + 1
    where = {name: (KEY, name) for name in names}
    labels = {name: line_name(name, speech) for name in names}
    for ledger in case.by_ledger if len(case.by_ledger) > 1 else ():
        rows[ledger] = max(rows.values()) + 1
        where[ledger] = (KEY + 1, ledger)
        labels[ledger] = _ledger_name(scope, ledger, speech)
    flows = {**case.by_line, **{str(ledger): paid for ledger, paid in case.by_ledger.items()}}
    last = cash.next + 1
    for key, (column, text) in where.items():
        sheet.write_string(rows[key], 0, labels[key], book.formats["plain"])
        keys = f"'{CASH}'!${column_name(column)}$4:${column_name(column)}${last}"
        for at, paid in enumerate(flows[key]):
            month_column = column_name(FIRST + at)
            paid_in = f"'{CASH}'!{month_column}$4:{month_column}${last}"
            formula = f'=SUMIF({keys},"{text}",{paid_in})'
            sheet.write_formula(rows[key], FIRST + at, formula, book.formats["amount"], paid)
    _worths(book, sheet, scope, rows)
    _net_rows(book, sheet, rows, case.net, speech)
    return rows


def _worths(book: Book, sheet: Any, scope: Scope, rows: dict[str, int]) -> None:
    """Write what each line is worth at the start, and on which side of the ratio it stands."""
    case = scope.dossier.case
    first, last = column_name(FIRST), column_name(FIRST + len(case.months) - 1)
    for name, flows in case.by_line.items():
        row = rows[name]
        paid = f"${first}${row + 1}:${last}${row + 1}"
        formula = f"=SUMPRODUCT({paid},calendar!${first}$5:${last}$5)"
        worth = float(present_exact(flows, case.values.terms.rate))
        sheet.write_formula(row, _WORTH, formula, book.formats["amount"], worth)
        sheet.write_string(row, _SIDE, COST if name in COSTS else BENEFIT, book.formats["mute"])


def _ratio(net: int) -> str:
    """Return the formula of present benefits over present costs; `net` is the row below them."""

    def worth(side: str) -> str:
        sides, worths = (
            f"{TOTAL}!${column_name(at)}$4:${column_name(at)}${net}" for at in (_SIDE, _WORTH)
        )
        return f'SUMIF({sides},"{side}",{worths})'

    return ratio(worth(BENEFIT), worth(COST))


def _net_rows(
    book: Book, sheet: Any, rows: dict[str, int], net: Sequence[int], speech: Speech
) -> None:
    """Write the sum of the lines, and its running sum."""
    total = book.formats["total"]
    sheet.write_string(rows["net"], 0, speech._("Net cash flow"), total)
    sheet.write_string(rows["sum"], 0, speech._("Net so far"), book.formats["plain"])
    for at, (paid, so_far) in enumerate(zip(net, accumulate(net), strict=True)):
        name, here = column_name(FIRST + at), rows["net"]
        formula = f"=SUM({name}4:{name}{here})" if here > 3 else "=0"  # noqa: PLR2004  first row
        sheet.write_formula(here, FIRST + at, formula, total, paid)
        before = f"+{column_name(FIRST + at - 1)}{rows['sum'] + 1}" if at else ""
        formula = f"={name}{here + 1}{before}"
        sheet.write_formula(rows["sum"], FIRST + at, formula, book.formats["amount"], so_far)


def _ledger_name(scope: Scope, ledger: str, speech: Speech) -> str:
    receiver = scope.dossier.case.values.terms.rule.receiver
    if ledger == "receiver" and receiver is not None:
        return speech.words(receiver)
    return scope.dossier.estate.header.owner


def _yearly(
    book: Book, scope: Scope, names: Sequence[str], rows: dict[str, int], speech: Speech
) -> None:
    """Write each line by calendar year in whole currency, live from the months."""
    case = scope.dossier.case
    sheet = book.sheet(YEARS)
    sheet.set_column(0, 0, 32)
    sheet.set_column(1, len(case.years) + 1, 20)
    years = [str(year) for year in case.years]
    heads(book, sheet, 0, [speech.currency, *years, speech._("Total")], numeric_from=1)
    scale = 10 ** digits(speech.currency)
    last = column_name(FIRST + len(case.months) - 1)
    first = column_name(FIRST)
    months = f"{TOTAL}!${first}$3:${last}$3"
    flows = {**case.by_line, "net": case.net}
    for row, key in enumerate((*names, "net"), start=1):
        form = book.formats["total" if key == "net" else "amount"]
        label = speech._("Net cash flow") if key == "net" else line_name(key, speech)
        sheet.write_string(row, 0, label, form if key == "net" else book.formats["plain"])
        line = rows[key] + 1
        paid_in = f"{TOTAL}!${first}${line}:${last}${line}"
        yearly = case.yearly(flows[key])
        for at, (year, paid) in enumerate(yearly.items(), start=1):
            formula = f"=SUMPRODUCT((YEAR({months})={year})*{paid_in})/minor_units"
            sheet.write_formula(row, at, formula, form, paid / scale)
        end = column_name(len(years))
        formula = f"=SUM(B{row + 1}:{end}{row + 1})"
        sheet.write_formula(row, len(years) + 1, formula, form, sum(yearly.values()) / scale)
    if names:
        sheet.insert_chart(len(names) + 4, 0, _chart(book, scope, names, speech))


def _chart(book: Book, scope: Scope, names: Sequence[str], speech: Speech) -> Any:
    """Return yearly lines as stacked columns with the net as a line across them."""
    case = scope.dossier.case
    last = len(case.years)
    largest = max(abs(paid) for paid in case.yearly(case.net).values())
    power = len(str(largest // 10 ** digits(speech.currency))) - 1
    unit = next((name for least, name in _UNITS if power >= least), "")
    chart = book.made.add_chart({"type": "column", "subtype": "stacked"})
    for row, name in enumerate(names, start=1):
        chart.add_series(
            {
                "name": [YEARS, row, 0],
                "categories": [YEARS, 0, 1, 0, last],
                "values": [YEARS, row, 1, row, last],
                "fill": {"color": _COLOURS.get(name, "#C9C6BD")},
                "border": {"color": "#FFFFFF", "width": 0.5},
                "gap": 60,
            }
        )
    line = book.made.add_chart({"type": "line"})
    row = len(names) + 1
    line.add_series(
        {
            "name": [YEARS, row, 0],
            "categories": [YEARS, 0, 1, 0, last],
            "values": [YEARS, row, 1, row, last],
            "line": {"color": "#16212B", "width": 2.25},
            "marker": {"type": "circle", "size": 5, "fill": {"color": "#16212B"}},
        }
    )
    chart.combine(line)
    words = {"name": "Calibri", "size": 13, "bold": True, "color": "#16212B"}
    title = chart_title(scope, speech.currency, speech)
    chart.set_title({"name": title, "name_font": words, "overlay": False})
    axis: dict[str, Any] = {"num_format": "#,##0", "major_gridlines": {"visible": True,
                            "line": {"color": "#DFDCD4", "width": 0.5}}}  # fmt: skip
    if unit:
        axis |= {"display_units": unit, "display_units_visible": True}
    chart.set_y_axis(axis)
    chart.set_x_axis({"label_position": "low"})
    chart.set_legend({"position": "bottom"})
    chart.set_size({"width": 760, "height": 400})
    return chart


def _measures(
    book: Book, summary: Any, scope: Scope, rows: dict[str, int], speech: Speech
) -> tuple[Check, ...]:
    """Write rate of return, payback, funding and ledgers live; return their checks."""
    case = scope.dossier.case
    first, last = column_name(FIRST), column_name(FIRST + len(case.months) - 1)

    def across(key: str) -> str:
        line = rows[key] + 1
        return f"{TOTAL}!${first}${line}:${last}${line}"

    so_far, months = across("sum"), f"calendar!${first}$4:${last}$4"
    worth = f"calendar!${first}$5:${last}$5"
    lines: list[tuple[str, str, str, int | float | None]] = [
        (
            speech._("Internal rate of return"),
            rate_of_return(across("net")),
            "rate",
            None if case.irr is None else float(case.irr),
        ),
        (
            speech._("Months until paid back"),
            paid_back(so_far, months, len(case.months)),
            "amount",
            case.payback_months,
        ),
        (
            speech._("Most money out, smallest units"),
            most_out(so_far),
            "amount",
            case.peak_funding,
        ),
        (
            speech._("Equal amount a year, smallest units"),
            equal_amount("total_npv", len(case.months)),
            "amount",
            case.equivalent_annual,
        ),
    ]
    lines.append(
        (
            speech._("Benefits over costs"),
            _ratio(rows["net"]),
            "factor",
            None if case.benefit_cost is None else float(case.benefit_cost),
        )
    )
    if "receiver" in rows:
        lines += [
            (
                speech._("Value for %(who)s, smallest units",
                         who=_ledger_name(scope, ledger, speech)),
                f"=ROUND(SUMPRODUCT({across('receiver')},{worth}),0)"
                if ledger == "receiver"
                else f"=total_npv-ROUND(SUMPRODUCT({across('receiver')},{worth}),0)",
                "amount",
                case.npv_by_ledger[ledger],
            )
            for ledger in case.npv_by_ledger
        ]  # fmt: skip
    found: list[Check] = []
    for row, (label, formula, form, said) in enumerate(lines, start=_MEASURES):
        summary.write_string(row, 0, label, book.formats["plain"])
        value = "–" if said is None else said
        summary.write_formula(row, 1, formula, book.formats[form], value)
        if said is not None:
            found.append((label, said, cell(row, 1, sheet="summary")))
    return tuple(found)
