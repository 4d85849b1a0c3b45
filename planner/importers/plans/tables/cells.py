"""Sheets of cells from XLSX, XLS and CSV, numbers kept as numbers."""

from __future__ import annotations

import csv
import datetime as dt
import io
import itertools
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from python_calamine import CalamineError, CalamineWorkbook

from planner.errors import ImportRefused
from planner.sentences import N_, told

if TYPE_CHECKING:
    from pathlib import Path

Cell = str | Decimal | None
"""A trimmed text, an exact number, or None where the cell is blank."""

_EXCEL: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_SEPARATORS: Final = ";,\t|"
_MOST_ROWS: Final = 200_000
_EASTERN: Final = ("gb18030", "cp932", "big5", "cp949")
_USUAL: Final = frozenset(
    "楼层房间号面积名称用途工位座建筑部门编号室階部屋番会議事務所席数用途床樓層間號積稱層호실층면적이름용도좌석"
)
"""Signs that headings of room schedules have in Chinese, Japanese and Korean."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name ("" for a CSV) and its rows from the top, blank ones too."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]

    def where(self, row: int) -> str:
        """Return the place of a row, counted from 0, as a person would say it."""
        number = str(row + 1)
        if not self.name:
            return told(N_("row {row}"), row=number)
        return told(N_("sheet {sheet}, row {row}"), sheet=self.name, row=number)


def read_sheets(path: Path) -> list[Sheet]:
    """Return the sheets of a workbook, or the one table of a CSV file.

    Raises:
        ImportRefused: damaged, locked by a password, no text, or far too many rows.
    """
    content = path.read_bytes()
    sheets = _excel(path, content) if content.startswith(_EXCEL) else [_csv(path, content)]
    rows = sum(len(sheet.rows) for sheet in sheets)
    if rows > _MOST_ROWS:
        raise ImportRefused(
            told(
                N_("{file} has {rows} rows; a room schedule of up to {most_rows} is read."),
                file=path.name,
                rows=rows,
                most_rows=_MOST_ROWS,
            )
        )
    return sheets


def text_of(cell: Cell) -> str:
    """Return a cell as text; a whole number without a fraction, as in a room number."""
    if cell is None:
        return ""
    if isinstance(cell, Decimal):
        whole = cell == cell.to_integral_value()
        return str(int(cell)) if whole else format(cell.normalize(), "f")
    return cell


def _excel(path: Path, content: bytes) -> list[Sheet]:
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            found = []
            for name in book.sheet_names:
                rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
                found.append(Sheet(name, tuple(tuple(map(_cell, row)) for row in rows)))
            return found
    except (CalamineError, OSError, ValueError) as refusal:
        locked = "password" in str(refusal).lower() or "encrypt" in str(refusal).lower()
        if locked or b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e" in content:
            raise ImportRefused(
                told(N_("{file} is locked by a password; save it without one."), file=path.name)
            ) from None
        raise ImportRefused(
            told(
                N_("{file} cannot be opened ({refusal}); save it again as XLSX or CSV."),
                file=path.name,
                refusal=refusal,
            )
        ) from None


def _cell(value: object) -> Cell:
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, (int, float)):
        return Decimal(repr(value))
    if isinstance(value, (dt.date, dt.time)):
        return value.isoformat()
    return str(value).strip() or None


def _csv(path: Path, content: bytes) -> Sheet:
    text = _decoded(path, content)
    lines = [line for line in text.splitlines() if line.strip()][:30]
    counts = {mark: sum(line.count(mark) for line in lines) for mark in _SEPARATORS}
    # a decimal comma in every row is no reason to cut at commas where ; or tabs are as frequent
    mark = max(_SEPARATORS, key=lambda one: (counts[one] >= len(lines) * 0.8, counts[one]))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_first(counts, lines) or mark)
    try:
        return Sheet("", tuple(tuple(cell.strip() or None for cell in row) for row in reader))
    except csv.Error as refusal:
        raise ImportRefused(
            told(
                N_("{file}, line {line_num}: {refusal}; check the quotation marks."),
                file=path.name,
                line_num=reader.line_num,
                refusal=refusal,
            )
        ) from None


def _first(counts: dict[str, int], lines: list[str]) -> str | None:
    """Return a separator other than the comma that stands in every line, None if none does."""
    for mark in ";\t|":
        if counts[mark] and all(mark in line for line in lines):
            return mark
    return None


def _decoded(path: Path, content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    if b"\0" in content[:4096]:
        raise ImportRefused(
            told(N_("{file} is neither CSV nor XLSX; export it as one of these."), file=path.name)
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    if not _latin_rather(content):
        texts = []
        for encoding in _EASTERN:
            try:
                texts.append(content.decode(encoding))
            except UnicodeDecodeError:
                continue
        best = max(texts, key=lambda text: sum(sign in _USUAL for sign in text), default="")
        if any(sign in _USUAL for sign in best):
            return best
    return content.decode("cp1252", "replace")


def _latin_rather(content: bytes) -> bool:
    """Return whether bytes above ASCII stand alone among letters, as accents do."""
    high = [at for at, byte in enumerate(content[:20_000]) if byte >= 0x80]  # noqa: PLR2004  no ASCII
    paired = sum(1 for one, after in itertools.pairwise(high) if after == one + 1)
    return paired < len(high) * 0.4
