"""Large event files in blocks of columns: ten million rows without a Python object a cell.

Plain CSV is cut at separators by array arithmetic; a file with line breaks or separators
inside quotation marks, UTF-16 and XLSX go through the ordinary readers. Both ways give the
same blocks.
"""

from __future__ import annotations

import csv
import hashlib
import io
import itertools
import mmap
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from planner.importers.attendance.tables import Table, decoded, separator_of, unzipped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

BLOCK_BYTES: Final = 16 * 1024**2
BLOCK_ROWS: Final = 100_000
LONGEST_CELL: Final = 200
_LF, _CR, _QUOTE = 10, 13, 34


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """Some rows of a file, by column.

    Args:
        rows: their numbers in the file, the heading is row 1.
        cells: per field, texts as UTF-8, shape (rows,), dtype `S`.
        broken: numbers of rows with too few or too many cells, and how many they have.
    """

    rows: NDArray[np.int64]
    cells: Mapping[str, NDArray[np.bytes_]]
    broken: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """An event file that can be read in blocks.

    Args:
        name: of the file.
        digest: its SHA-256, reckoned on the side.
        headings: its heading cells.
        rows: counts its lines below the heading.
        blocks: yields its rows, given the column of each field that is wanted.
    """

    name: str
    digest: Future[str]
    headings: tuple[str, ...]
    rows: Callable[[], int]
    blocks: Callable[[Mapping[str, int]], Iterator[Block]]

    @property
    def sha256(self) -> str:
        """Return the SHA-256 of the file's bytes."""
        return self.digest.result()


def source_of_table(table: Table) -> Source:
    """Return a table that was read already as a source of blocks."""

    def blocks(columns: Mapping[str, int]) -> Iterator[Block]:
        yield from _row_blocks(iter(table.body()), columns, len(table.headings))

    known: Future[str] = Future()
    known.set_result(table.sha256)
    return Source(table.name, known, table.headings, lambda: len(table.body()), blocks)


def source_of_csv(path: Path) -> Source | None:
    """Return a CSV file as a source of blocks if its first row is a plain heading.

    None for other files: they are read as a whole first.
    """
    content = _content(path)
    if content[:4] in {b"PK\x03\x04", b"\xd0\xcf\x11\xe0"} or b"\0" in content[:4096]:
        return None
    head = decoded(bytes(content[:65_536]), path).splitlines()
    if not head:
        return None
    mark = separator_of("\n".join(head[:-1] or head))
    headings = tuple(cell.strip() for cell in next(csv.reader([head[0]], delimiter=mark)))

    def blocks(columns: Mapping[str, int]) -> Iterator[Block]:
        body = content.find(b"\n") + 1
        if body and _is_simple(content, mark, len(headings)):
            yield from _ahead(_byte_blocks(content, body, mark.encode(), columns, len(headings)))
            return
        text = io.StringIO(decoded(bytes(content), path), newline="")
        reader = csv.reader(text, delimiter=mark)
        numbered = (
            (row, tuple(cell.strip() for cell in cells))
            for row, cells in enumerate(reader, start=1)
        )
        rows = (pair for pair in itertools.islice(numbered, 1, None) if any(pair[1]))
        yield from _row_blocks(rows, columns, len(headings))

    side = ThreadPoolExecutor(1)
    digest = side.submit(lambda: hashlib.sha256(content).hexdigest())
    side.shutdown(wait=False)
    return Source(path.name, digest, headings, lambda: _lines(content) - 1, blocks)


def _content(path: Path) -> bytes | mmap.mmap:
    """Return a file's bytes, mapped rather than read where they are not packed."""
    with path.open("rb") as file:
        if file.read(2) == b"\x1f\x8b" or not path.stat().st_size:
            return unzipped(path.read_bytes(), path)
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


def _lines(content: bytes | mmap.mmap) -> int:
    """Return how many lines there are, one without an end included."""
    ends = sum(
        int(np.count_nonzero(np.frombuffer(content, np.uint8, end - start, start) == _LF))
        for start, end in _block_ends(content, 0)
    )
    return ends + (content[-1:] != b"\n")


def _is_simple(content: bytes | mmap.mmap, mark: str, width: int) -> bool:
    """Say whether no quotation marks hide a separator or a line break (in any block)."""
    if content.find(b'"') < 0:
        return True
    separator = ord(mark)
    for start, end in _block_ends(content, 0):
        block = np.frombuffer(content, np.uint8, end - start, start)
        lines = np.flatnonzero(block == _LF)
        marks = np.flatnonzero(block == separator)
        ends = lines if block[-1] == _LF else np.append(lines, len(block))
        starts = np.concatenate(([0], ends[:-1] + 1))
        counts = np.searchsorted(marks, ends) - np.searchsorted(marks, starts)
        if ((counts != width - 1) & (ends - starts > 1)).any():
            return False
    return True


def _block_ends(content: bytes | mmap.mmap, start: int) -> Iterator[tuple[int, int]]:
    """Yield where blocks of whole lines begin and end."""
    size = len(content)
    while start < size:
        end = min(size, start + BLOCK_BYTES)
        if end < size:
            cut = content.find(b"\n", end)
            end = size if cut < 0 else cut + 1
        yield start, end
        start = end


def _byte_blocks(
    content: bytes | mmap.mmap, start: int, mark: bytes, columns: Mapping[str, int], width: int
) -> Iterator[Block]:
    row = 2
    for begin, end in _block_ends(content, start):
        # The spare bytes let the last cells be copied with a window wider than they are.
        block = np.zeros(end - begin + LONGEST_CELL, np.uint8)
        block[: end - begin] = np.frombuffer(content, np.uint8, end - begin, begin)
        ends = np.flatnonzero(block == _LF)
        if not len(ends) or ends[-1] != end - begin - 1:
            ends = np.append(ends, end - begin)
        starts = np.concatenate(([0], ends[:-1] + 1))
        yield _cut(block, starts, ends, mark[0], columns, width, row)
        row += len(ends)


def _ahead(blocks: Iterator[Block]) -> Iterator[Block]:
    """Yield blocks, the next one cut on the other core meanwhile."""
    with ThreadPoolExecutor(1) as other:
        coming = other.submit(next, blocks, None)
        while (block := coming.result()) is not None:
            coming = other.submit(next, blocks, None)
            yield block


def _cut(
    block: NDArray[np.uint8],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    mark: int,
    columns: Mapping[str, int],
    width: int,
    row: int,
) -> Block:
    marks = np.flatnonzero(block == mark)
    first = np.searchsorted(marks, starts)
    found = np.searchsorted(marks, ends) - first + 1
    ends = ends - ((ends > starts) & (block[ends - 1] == _CR))
    whole = found == width
    numbers = np.arange(row, row + len(starts))
    broken = np.flatnonzero(~whole & (ends > starts))
    starts, ends, first = starts[whole], ends[whole], first[whole]
    cells = {}
    for field, at in columns.items():
        begin = starts if at == 0 else marks[first + at - 1] + 1
        stop = ends if at == width - 1 else marks[first + at]
        cells[field] = _texts(block, begin, stop)
    return Block(
        numbers[whole],
        cells,
        tuple((int(numbers[at]), int(found[at])) for at in broken),
    )


def _texts(
    block: NDArray[np.uint8], begin: NDArray[np.int64], stop: NDArray[np.int64]
) -> NDArray[np.bytes_]:
    """Return cells as fixed-width texts, quotation marks and outer blanks taken off."""
    if not len(begin):
        return np.zeros(0, "S1")
    quoted = (stop - begin > 1) & (block[begin] == _QUOTE) & (block[stop - 1] == _QUOTE)
    begin, stop = begin + quoted, stop - quoted
    for _ in range(8):
        blank = (begin < stop) & (block[begin] == 32)  # noqa: PLR2004  a space
        if not blank.any():
            break
        begin = begin + blank
    length = np.minimum(stop - begin, LONGEST_CELL)
    width = max(1, int(length.max()))
    # One copy a cell: a text of this width begins at every byte of the block.
    cells: NDArray[np.bytes_] = np.ndarray(
        (len(block) - width + 1,), f"S{width}", buffer=block, strides=(1,)
    )[begin]
    texts = cells.view(np.uint8).reshape(len(cells), width)
    if int(length.min()) < width:
        np.multiply(texts, np.arange(width) < length[:, None], out=texts)
    trimmed = cells
    if (texts[np.arange(len(texts)), np.maximum(length - 1, 0)] == 32).any():  # noqa: PLR2004  a space
        trimmed = np.char.rstrip(trimmed)
    return trimmed


def _row_blocks(
    rows: Iterator[tuple[int, Sequence[str]]], columns: Mapping[str, int], width: int
) -> Iterator[Block]:
    while batch := list(itertools.islice(rows, BLOCK_ROWS)):
        whole = [(row, cells) for row, cells in batch if len(cells) == width]
        cells = {
            field: np.array([row[at].encode()[:LONGEST_CELL] for _, row in whole], np.bytes_)
            for field, at in columns.items()
        }
        yield Block(
            np.array([row for row, _ in whole], np.int64),
            cells,
            tuple((row, len(found)) for row, found in batch if len(found) != width),
        )
