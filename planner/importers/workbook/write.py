"""Writing an estate workbook: the same file from the same estate, and no text a formula."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from io import BytesIO
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

import xlsxwriter

from planner.domain.consistency import POINTERS
from planner.domain.records import SHEETS
from planner.errors import InvalidInput, sentence
from planner.importers.workbook import styles
from planner.importers.workbook.guide import write_guide
from planner.importers.workbook.headings import YES_NO, columns_of
from planner.importers.workbook.sentences import wanted
from planner.importers.workbook.words import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from sqlmodel import SQLModel

    from planner.domain.estate import Estate
    from planner.domain.fields import Column

HEADING_ROW: Final = 2
"""From 0: explanations and examples stand above the headings, records below."""
FIRST_ROW: Final = HEADING_ROW + 1
_SPARE_ROWS: Final = 500
_LAST_ROW: Final = 1_048_575
_LONGEST: Final = 32_767
_LANGUAGES: Final = ("en", "id")
_CREATED: Final = dt.datetime(2026, 1, 1, tzinfo=dt.UTC).replace(tzinfo=None)
"""Always the same, so that the same estate gives the same bytes."""


def write_estate(estate: Estate, path: Path) -> None:
    """Write an estate as a workbook that reads back as the same estate.

    Raises:
        InvalidInput: an outline or the attendance is longer than a workbook can hold.
    """
    path.write_bytes(estate_bytes(estate))


def write_template(path: Path, language: str = "en") -> None:
    """Write an empty workbook with headings, explanations, examples and drop-downs."""
    path.write_bytes(_bytes({}, language))


def estate_bytes(estate: Estate) -> bytes:
    """Return the workbook of an estate, in the estate's language.

    Raises:
        InvalidInput: an outline or the attendance is longer than a workbook can hold.
    """
    if len(estate.attendance) > _LAST_ROW - FIRST_ROW:
        raise InvalidInput(
            sentence(
                "{count} team-days do not fit into a workbook, which has {last_row} rows; "
                "keep them in a file `date,team,present`",
                count=len(estate.attendance),
                last_row=_LAST_ROW + 1,
            )
        )
    return _bytes(dict(estate.sheets()), estate.header.language)


def _bytes(records: Mapping[str, Iterable[SQLModel]], language: str) -> bytes:
    out = BytesIO()
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"title": "Estate workbook", "created": _CREATED})
        book.set_calc_mode("auto")
        write_guide(book, language)
        for name in SHEETS:
            _write_sheet(book, name, records.get(name, ()), _LANGUAGES.index(language))
    return out.getvalue()


def _write_sheet(book: Any, name: str, records: Iterable[SQLModel], spoken: int) -> None:
    sheet = book.add_worksheet(name)
    columns = columns_of(name)
    looks = [book.add_format(styles.cell_style(column)) for column in columns]
    _set_up(sheet, name, columns, looks)
    _write_headings(book, sheet, columns, spoken)
    last = FIRST_ROW - 1
    for last, record in enumerate(records, FIRST_ROW):
        for at, column in enumerate(columns):
            _write_cell(sheet, (last, at), column, getattr(record, column.name), looks[at], spoken)
    rows = min(last + _SPARE_ROWS, _LAST_ROW)
    for at, column in enumerate(columns):
        allowed = _validation(name, column, spoken)
        if allowed:
            sheet.data_validation(FIRST_ROW, at, rows, at, allowed)
    sheet.autofilter(HEADING_ROW, 0, max(last, FIRST_ROW), len(columns) - 1)


def _set_up(sheet: Any, name: str, columns: tuple[Column, ...], looks: list[Any]) -> None:
    for at, column in enumerate(columns):
        sheet.set_column(at, at, styles.width(column), looks[at])
    sheet.freeze_panes(FIRST_ROW, 1)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    sheet.repeat_rows(HEADING_ROW)
    sheet.set_header(f"&L&B{name}")
    sheet.set_footer("&R&P / &N")
    sheet.set_tab_color(
        "#1F4E5F" if name in {"estate", "buildings", "floors", "teams"} else "#9FB3BC"
    )


def _write_headings(book: Any, sheet: Any, columns: tuple[Column, ...], spoken: int) -> None:
    help_look, example_look = book.add_format(styles.HELP), book.add_format(styles.EXAMPLE)
    needed, optional = book.add_format(styles.HEADING), book.add_format(styles.OPTIONAL)
    sheet.set_row(0, 62)
    for at, column in enumerate(columns):
        sheet.write_string(0, at, column.about.help[spoken], help_look)
    for at, column in enumerate(columns):
        sheet.write_string(1, at, _example(column, spoken), example_look)
    sheet.set_row(HEADING_ROW, 30)
    for at, column in enumerate(columns):
        look = needed if column.required else optional
        star = " *" if column.required else ""
        sheet.write_string(HEADING_ROW, at, column.about.label[spoken] + star, look)


def _example(column: Column, spoken: int) -> str:
    about = column.about
    if about.choices or column.type is bool:
        shown = about.example or _as_text(column.default, spoken)
    else:
        shown = about.example
    text = f"{say('for example', spoken)} {shown}" if shown else ""
    return f"{text} [{about.unit}]".strip() if about.unit else text


def _as_text(value: object, spoken: int) -> str:
    if isinstance(value, bool):
        return YES_NO[not value][spoken]
    return "" if value is None else str(value)


def _write_cell(
    sheet: Any, place: tuple[int, int], column: Column, value: Any, look: Any, spoken: int
) -> None:
    if value is None or value == "":
        return
    if isinstance(value, bool):
        sheet.write_string(*place, _as_text(value, spoken), look)
    elif isinstance(value, dt.date):
        sheet.write_datetime(*place, dt.datetime.combine(value, dt.time()), look)
    elif isinstance(value, (int, Decimal)):
        if Decimal(repr(float(value))) == value:
            sheet.write_number(*place, float(value), look)
        else:  # more digits than a spreadsheet number keeps
            sheet.write_string(*place, format(value, "f"), look)
    else:
        if len(value) > _LONGEST:
            raise InvalidInput(
                sentence(
                    "{label} of {count} characters is too long for a workbook cell, which "
                    "holds {longest}; simplify it",
                    label=column.about.label[0],
                    count=len(value),
                    longest=_LONGEST,
                )
            )
        sheet.write_string(*place, value, look)


def _validation(sheet: str, column: Column, spoken: int) -> dict[str, Any] | None:
    """Return what a spreadsheet program lets people enter, None for free text."""
    explained = {
        "ignore_blank": True,
        "input_title": column.about.label[spoken][:32],
        "input_message": _message(column, spoken)[:255],
        "error_title": column.about.label[spoken][:32],
        "error_message": f"{say('Enter', spoken)} {wanted(column)}."[:255],
    }
    target = next((to for of, name, to in _pointers() if (of, name) == (sheet, column.name)), None)
    if target:
        source = f"={target}!$A${FIRST_ROW + 1}:$A${FIRST_ROW + _SPARE_ROWS}"
        if target == "floors":
            source = source.replace("$A$", "$B$")
        return {**explained, "validate": "list", "source": source, "error_type": "warning"}
    if column.type is bool:
        return {**explained, "validate": "list", "source": [word[spoken] for word in YES_NO]}
    if column.choices:
        return {**explained, "validate": "list", "source": list(column.choices)}
    if column.type is dt.date:
        first = dt.date(1990, 1, 1)
        return {**explained, "validate": "date", "criteria": ">=", "value": first}
    return _bounds(column, explained)


def _pointers() -> Iterable[tuple[str, str, str]]:
    return chain(POINTERS, (("attendance", "team", "teams"),))


def _bounds(column: Column, explained: dict[str, Any]) -> dict[str, Any] | None:
    if column.type not in {int, Decimal} or column.least is None or column.most is None:
        return None
    return {
        **explained,
        "validate": "integer" if column.type is int else "decimal",
        "criteria": "between",
        "minimum": float(column.least),
        "maximum": float(column.most),
    }


def _message(column: Column, spoken: int) -> str:
    choices = "; ".join(
        f"{value}: {words[spoken]}" if words[spoken] != value else value
        for value, words in column.about.choices.items()
    )
    text = f"{column.about.help[spoken]} {choices}".strip()
    return text if len(text) <= 255 else column.about.help[spoken]  # noqa: PLR2004  Excel's limit
