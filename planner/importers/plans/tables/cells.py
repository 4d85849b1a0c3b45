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

if TYPE_CHECKING:
    from pathlib import Path

Cell = str | Decimal | None
"""A trimmed text, an exact number, or None where the cell is blank."""

_EXCEL: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_SEPARATORS: Final = ";,\t|"
_MOST_ROWS: Final = 200_000
_ENCODINGS: Final = ("utf-8-sig", "gb18030", "cp1252")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name ("" for a CSV) and its rows from the top, blank ones too."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]

    def where(self, row: int) -> str:
        """Return the place of a row, counted from 0, as a person would say it."""
        return f"sheet {self.name}, row {row + 1}" if self.name else f"row {row + 1}"


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
            f"{path.name} has {rows:,} rows; a room schedule of up to {_MOST_ROWS:,} is read."
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
                f"{path.name} is locked by a password; save it without one."
            ) from None
        raise ImportRefused(
            f"{path.name} cannot be opened ({refusal}); save it again as XLSX or CSV."
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
            f"{path.name}, line {reader.line_num}: {refusal}; check the quotation marks."
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
        raise ImportRefused(f"{path.name} is neither CSV nor XLSX; export it as one of these.")
    for encoding in _ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "gb18030" and not any("\u4e00" <= sign <= "\u9fff" for sign in text):
            continue
        if encoding == "gb18030" and _latin_rather(content):
            continue
        return text
    return content.decode("cp1252", "replace")


def _latin_rather(content: bytes) -> bool:
    """Return whether bytes above ASCII stand alone among letters, as accents do."""
    high = [at for at, byte in enumerate(content[:20_000]) if byte >= 0x80]  # noqa: PLR2004
    paired = sum(1 for one, after in itertools.pairwise(high) if after == one + 1)
    return paired < len(high) * 0.4
