"""A file as rows of text: CSV in the usual encodings and separators, XLSX, either gzipped."""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import hashlib
import io
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from python_calamine import CalamineError, CalamineWorkbook

from planner.errors import ImportRefused, Problem, sentence

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MOST_BYTES: Final = 2 * 1024**3
"""A larger file is refused before it fills the memory."""
HEADING_WITHIN: Final = 15
"""Rows from the top among which the heading is looked for."""
_ENOUGH: Final = 8
"""Zero bytes at every other place from which on a text without a mark is taken for UTF-16."""
_SEPARATORS: Final = ",;\t|"
_EXCEL: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet of text cells.

    Args:
        name: of the file, and of the sheet if it has several.
        sha256: of the file.
        rows: every row from the top, with blank ones, each a tuple of trimmed texts.
        heading: index of the heading in `rows`.
        others: names of further sheets that look like tables too; they are not read.
    """

    name: str
    sha256: str
    rows: tuple[tuple[str, ...], ...]
    heading: int
    others: tuple[str, ...] = ()

    @property
    def headings(self) -> tuple[str, ...]:
        """Return the heading cells."""
        return self.rows[self.heading]

    def body(self) -> list[tuple[int, tuple[str, ...]]]:
        """Return the rows below the heading that hold anything, with their numbers."""
        width = len(self.headings)
        start = self.heading + 1
        return [
            (number, row + ("",) * (width - len(row)))
            for number, row in enumerate(self.rows[start:], start=start + 1)
            if any(row)
        ]

    def too_wide(self) -> dict[int, str]:
        """Return the rows with cells beyond the heading, and what is wrong with each.

        A separator inside a name or a number shifts every cell after it.
        """
        width = len(self.headings)
        start = self.heading + 1
        return {
            number: sentence(
                "has {row} cells, the heading {width}; put a cell that holds the separator in"
                " quotation marks",
                row=len(row),
                width=width,
            )
            for number, row in enumerate(self.rows[start:], start=start + 1)
            if any(row[width:])
        }


def read_table(path: Path, score: Callable[[tuple[str, ...]], int]) -> Table:
    """Return the rows of a file.

    Args:
        path: a CSV or XLSX file, plain or gzipped.
        score: how much a row looks like a heading; the best of the first rows of all
            sheets is it.

    Raises:
        ImportRefused: not a table, too large, empty, or without a heading.
    """
    if path.stat().st_size > MOST_BYTES:
        raise refusal(
            path,
            sentence(
                "{st_size} bytes; split files above {most_bytes} bytes",
                st_size=path.stat().st_size,
                most_bytes=MOST_BYTES,
            ),
        )
    content = unzipped(path.read_bytes(), path)
    sheets = _excel(content, path) if content.startswith(_EXCEL) else {"": _csv(content, path)}
    best: dict[str, tuple[int, int]] = {}
    for name, rows in sheets.items():
        for at, row in enumerate(rows[:HEADING_WITHIN]):
            found = score(row)
            if found and (name not in best or found > best[name][0]):
                best[name] = (found, at)
    if not best:
        raise refusal(path, _no_heading(sheets))
    # Of sheets that look alike the first in the book is read.
    sheet = max(best, key=lambda name: best[name][0])
    name = f"{path.name}, sheet {sheet}" if sheet else path.name
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    others = tuple(one for one in best if one != sheet)
    return Table(name, digest, sheets[sheet], best[sheet][1], others)


def refusal(path: Path, message: str) -> ImportRefused:
    """Return the refusal of a whole file."""
    return ImportRefused([Problem(path.name, message)])


def unzipped(content: bytes, path: Path) -> bytes:
    """Return the content of a gzipped file, other content as it is.

    Raises:
        ImportRefused: a broken archive, or one that unpacks beyond the limit.
    """
    if not content.startswith(b"\x1f\x8b"):
        return content
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(content)) as archive:
            plain = archive.read(MOST_BYTES + 1)
    except (OSError, EOFError, zlib.error) as broken:
        raise refusal(
            path,
            sentence("the gzip archive is broken ({broken}); export it again", broken=str(broken)),
        ) from None
    if len(plain) > MOST_BYTES:
        raise refusal(
            path,
            sentence("unpacks to more than {most_bytes} bytes; split it", most_bytes=MOST_BYTES),
        )
    return plain


def decoded(content: bytes, path: Path) -> str:
    """Return a text file's text: UTF-8, UTF-16 with its mark, else Windows Western.

    Raises:
        ImportRefused: the bytes are no text.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    for order, zeros in (("utf-16-le", slice(1, 64, 2)), ("utf-16-be", slice(0, 64, 2))):
        high = content[zeros]
        if len(high) > _ENOUGH and not any(high) and content[1 - zeros.start :: 2][:32].isascii():
            return content.decode(order, errors="replace")
    if b"\0" in content[:4096]:
        raise refusal(path, sentence("is neither CSV nor XLSX; export the table as one of these"))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def separator_of(text: str) -> str:
    """Return the separator that the first lines agree on."""
    lines = [line for line in text[:20_000].splitlines() if line.strip()][:HEADING_WITHIN]
    counts = {mark: sum(line.count(mark) for line in lines) for mark in _SEPARATORS}
    return max(counts, key=lambda mark: counts[mark])


def _csv(content: bytes, path: Path) -> tuple[tuple[str, ...], ...]:
    text = decoded(content, path)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator_of(text))
    try:
        return tuple(tuple(cell.strip() for cell in row) for row in reader)
    except csv.Error as broken:
        where = sentence(
            "line {line_num}: {broken}; check the quotation marks",
            line_num=reader.line_num,
            broken=str(broken),
        )
        raise refusal(path, where) from None


def _excel(content: bytes, path: Path) -> dict[str, tuple[tuple[str, ...], ...]]:
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            sheets = {
                name: book.get_sheet_by_name(name).to_python(skip_empty_area=False)
                for name in book.sheet_names
            }
    except (CalamineError, OSError) as broken:
        raise refusal(
            path, sentence("cannot be opened ({broken}); save it again as XLSX", broken=str(broken))
        ) from None
    return {name: tuple(tuple(map(_text, row)) for row in rows) for name, rows in sheets.items()}


def _text(cell: object) -> str:
    """Return a spreadsheet cell as text: dates as ISO, whole numbers without a fraction."""
    if isinstance(cell, dt.datetime):
        midnight = cell.time() == dt.time()
        return cell.date().isoformat() if midnight else cell.isoformat(sep=" ")
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell).strip()


def _no_heading(sheets: dict[str, tuple[tuple[str, ...], ...]]) -> str:
    first = next((row for rows in sheets.values() for row in rows if any(row)), ())
    found = ", ".join(repr(cell) for cell in first[:8] if cell)
    if not found:
        return sentence("is empty; export the table with its headings")
    return sentence(
        "has no heading that is known; its first row is {found}. Name the columns, for "
        "example date, team, present, or say which heading holds which",
        found=found,
    )
