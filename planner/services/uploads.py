"""Bytes that somebody uploaded, given to a reader of files."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from planner.errors import ImportRefused, sentence

if TYPE_CHECKING:
    from collections.abc import Callable

Read = TypeVar("Read")

_LONG: Final = 2_000_000
"""Bytes of text that are read while one waits: two to three seconds, the start of the reader
included."""
_PACKED: Final = (".xlsx", ".gz", ".zip")
_TIMES: Final = 8
"""How much smaller such files are than the text in them."""


def read_upload(data: bytes, filename: str, read: Callable[[Path], Read]) -> Read:
    """Return what a reader makes of a file that holds these bytes under this name.

    Raises:
        ImportRefused: no bytes, or whatever the reader refuses.
    """
    name = safe_name(filename)
    if not data:
        raise ImportRefused(
            sentence("{name} is empty; choose a file that holds something", name=name)
        )
    with tempfile.TemporaryDirectory(prefix="planner-upload-") as folder:
        path = Path(folder, name)
        path.write_bytes(data)
        return read(path)


def takes_long(filename: str, size: int) -> bool:
    """Say whether a file of so many bytes is better read by a worker than in a request."""
    return size * (_TIMES if filename.lower().endswith(_PACKED) else 1) > _LONG


def safe_name(filename: str) -> str:
    """Return a file name without path or odd characters, its ending kept.

    >>> safe_name("../../A 1 (final).XLSX")
    'A_1_final.XLSX'
    """
    last = re.split(r"[\\/]", filename)[-1]
    stem, dot, ending = last.rpartition(".") if "." in last else (last, "", "")
    clean = [re.sub(r"[^A-Za-z0-9_-]+", "_", part) for part in (stem, ending)]
    return f"{clean[0][:80].strip('_') or 'file'}{dot}{clean[1][:10]}"
