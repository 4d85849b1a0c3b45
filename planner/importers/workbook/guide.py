"""The first sheet: how to fill in, and every column with what it takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from planner.domain.records import SHEETS
from planner.importers.workbook import styles
from planner.importers.workbook.headings import GUIDES, YES_NO, columns_of
from planner.importers.workbook.sentences import wanted
from planner.importers.workbook.words import say

if TYPE_CHECKING:
    from planner.domain.fields import Column

_LANGUAGES: Final = ("en", "id")
_HEADINGS: Final = ("Sheet", "Column", "Field", "Needed", "Takes", "Meaning")
_WIDTHS: Final = (13, 26, 26, 9, 44, 60)


def write_guide(book: Any, language: str) -> None:
    """Add the explaining sheet in a language."""
    spoken = _LANGUAGES.index(language)
    sheet = book.add_worksheet(GUIDES[spoken])
    look = {
        name: book.add_format(getattr(styles, name))
        for name in ("TITLE", "HELP", "PLAIN", "STRONG", "HEADING")
    }
    for at, wide in enumerate(_WIDTHS):
        sheet.set_column(at, at, wide)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(2)
    sheet.set_footer("&R&P / &N")
    sheet.set_row(0, 28)
    sheet.write_string(0, 0, say("title", spoken), look["TITLE"])
    sheet.set_row(1, 48)
    sheet.merge_range(1, 0, 1, len(_WIDTHS) - 1, say("how", spoken), look["HELP"])
    for at, heading in enumerate(_HEADINGS):
        sheet.write_string(2, at, say(heading, spoken), look["HEADING"])
    sheet.freeze_panes(3, 0)
    row = 3
    for name in SHEETS:
        for column in columns_of(name):
            texts = (
                name,
                column.about.label[spoken],
                column.name,
                YES_NO[not column.required][spoken],
                _takes(column, spoken),
                column.about.help[spoken],
            )
            for at, text in enumerate(texts):
                sheet.write_string(row, at, text, look["STRONG" if at == 1 else "PLAIN"])
            row += 1


def _takes(column: Column, spoken: int) -> str:
    if column.choices:
        return "\n".join(
            value if words[spoken] == value else f"{value}: {words[spoken]}"
            for value, words in column.about.choices.items()
        )
    unit = f" [{column.about.unit}]" if column.about.unit else ""
    return wanted(column) + unit
