"""A workbook that prints well, repeats byte for byte and never runs what people typed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from planner.reports.dossier import Dossier

_INK: Final = "#16212B"
_RULE: Final = "#C9C6BD"


@dataclass(slots=True)
class Book:
    """A workbook with the few formats that all its sheets share.

    Args:
        file: where it is written.
        made: the XlsxWriter workbook.
        formats: by name.
    """

    file: BytesIO
    made: Any
    formats: dict[str, Any] = field(default_factory=dict)

    def sheet(self, name: str, *, landscape: bool = True, wide: bool = False) -> Any:
        """Return a new sheet that prints on A4, its pages numbered.

        A wide one is as many pages wide as it has years; others are one.
        """
        sheet = self.made.add_worksheet(name)
        sheet.set_paper(9)
        if landscape:
            sheet.set_landscape()
        if wide:
            sheet.set_print_scale(50)
        else:
            sheet.fit_to_pages(1, 0)
        sheet.set_footer("&L&A&RPage &P of &N")
        sheet.hide_gridlines(2)
        return sheet

    def close(self) -> bytes:
        """Return the finished file."""
        self.made.close()
        return self.file.getvalue()


def new_book(dossier: Dossier) -> Book:
    """Return an empty workbook dated as the dossier is."""
    file = BytesIO()
    made = xlsxwriter.Workbook(
        file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    made.set_properties(
        {
            "title": dossier.plan.name,
            "subject": dossier.estate.header.name,
            "comments": f"estate {dossier.estate.hash} plan {dossier.plan.hash}",
            "created": dt.datetime.combine(dossier.date, dt.time(), tzinfo=dt.UTC),
        }
    )
    made.set_calc_mode("auto")
    book = Book(file, made)
    plain = {"font_name": "Calibri", "font_size": 10, "font_color": _INK, "valign": "top"}
    extras: dict[str, dict[str, object]] = {
        "plain": {},
        "wrap": {"text_wrap": True},
        "title": {"bold": True, "font_size": 14},
        "lead": {"font_color": "#465360", "text_wrap": True},
        "head": {"bold": True, "bottom": 1, "text_wrap": True},
        "head_number": {"bold": True, "bottom": 1, "text_wrap": True, "align": "right"},
        "month": {"bold": True, "bottom": 1, "num_format": "mmm yyyy", "align": "right"},
        "strong": {"bold": True},
        "amount": {"num_format": "#,##0;-#,##0;-"},
        "money": {"num_format": "#,##0.00"},
        "total": {"bold": True, "top": 1, "num_format": "#,##0;-#,##0;-"},
        "number": {"num_format": "#,##0.######"},
        "factor": {"num_format": "0.000000;-0.000000;0"},
        "share": {"num_format": "0%"},
        "input": {
            "bg_color": "#FDF0CC",
            "border": 1,
            "border_color": _RULE,
            "num_format": "General",
        },
        "input_amount": {
            "bg_color": "#FDF0CC",
            "border": 1,
            "border_color": _RULE,
            "num_format": "#,##0",
        },
        "given": {"num_format": "General", "align": "right"},
        "date": {"num_format": "d mmm yyyy"},
        "rate": {"num_format": "0.0000%"},
        "ok": {"bold": True, "font_color": "#22694A"},
        "mute": {"font_color": "#626D78", "text_wrap": True},
        "mute_amount": {"font_color": "#626D78", "num_format": "#,##0;-#,##0;-"},
    }
    for name, extra in extras.items():
        book.formats[name] = made.add_format({**plain, **extra})
    return book


def cell(row: int, column: int, *, sheet: str = "", fixed: bool = True) -> str:
    """Return a reference such as `'cash flow'!$C$5`."""
    address = xl_rowcol_to_cell(row, column, row_abs=fixed, col_abs=fixed)
    return f"{quoted(sheet)}!{address}" if sheet else str(address)


def column_name(column: int) -> str:
    """Return the letters of a column, 0 is A."""
    return str(xl_col_to_name(column))


def quoted(sheet: str) -> str:
    """Return a sheet's name as formulas write it."""
    return f"'{sheet}'" if " " in sheet else sheet


def plain_number(value: Decimal) -> float | int:
    """Return an exact number as a spreadsheet keeps it."""
    return int(value) if value == value.to_integral_value() else float(value)


def heads(
    book: Book, sheet: Any, row: int, titles: Sequence[str], *, numeric_from: int = 1_000
) -> None:
    """Write a head row that repeats on every printed page."""
    for at, title in enumerate(titles):
        kind = "head_number" if at >= numeric_from else "head"
        sheet.write_string(row, at, title, book.formats[kind])
    sheet.repeat_rows(row)
    sheet.freeze_panes(row + 1, 0)
