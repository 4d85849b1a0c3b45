"""Zip containers of strangers: looked at before a byte of them is unpacked."""

from __future__ import annotations

import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from planner.errors import ImportRefused, sentence

if TYPE_CHECKING:
    from pathlib import Path

_MIB: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class ZipLimits:
    """How much a container may unpack to.

    Args:
        entries: files in it.
        total_mib: all of it unpacked.
        ratio: unpacked over packed size of one file, once it unpacks to more than 10 MiB.
    """

    entries: int = 2_000
    total_mib: int = 400
    ratio: int = 100


def open_zip(path: Path, what: str, limits: ZipLimits | None = None) -> zipfile.ZipFile:
    """Return an open container that is safe to unpack.

    The sizes that a container states may be lies, but Python stops at the stated size.

    Args:
        path: the file.
        what: its kind in words, for example `an Excel workbook (.xlsx)`.
        limits: how much it may unpack to.

    Raises:
        ImportRefused: empty, no container, damaged, locked by a password, or a zip bomb.
    """
    limits = limits or ZipLimits()
    if path.stat().st_size == 0:
        raise ImportRefused(
            sentence(
                "The file {path} is empty; save it again as {what}.", path=path.name, what=what
            )
        )
    try:
        opened = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise ImportRefused(
            sentence(
                "The file {path} is not {what}, or it is damaged; save it again as {what}.",
                path=path.name,
                what=what,
            )
        ) from None
    try:
        _check(opened, path.name, limits)
    except ImportRefused:
        opened.close()
        raise
    return opened


def read_entry(opened: zipfile.ZipFile, name: str) -> bytes:
    """Return one file of a container.

    Raises:
        ImportRefused: it is damaged.
    """
    try:
        return opened.read(name)
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError, RuntimeError):
        raise ImportRefused(
            sentence("The part {name} of the file is damaged; save it again.", name=name)
        ) from None
    except zlib.error:
        raise ImportRefused(
            sentence("The part {name} of the file is damaged; save it again.", name=name)
        ) from None


def _check(opened: zipfile.ZipFile, name: str, limits: ZipLimits) -> None:
    parts = opened.infolist()
    if len(parts) > limits.entries:
        raise ImportRefused(
            sentence(
                "The file {name} holds {count} parts; at most {entries} are read.",
                name=name,
                count=len(parts),
                entries=limits.entries,
            )
        )
    total = sum(part.file_size for part in parts)
    if total > limits.total_mib * _MIB:
        raise ImportRefused(
            sentence(
                "The file {name} would unpack to {total} MiB; at most {total_mib} MiB are "
                "read. Split it, or remove what is not needed.",
                name=name,
                total=total // _MIB,
                total_mib=limits.total_mib,
            )
        )
    for part in parts:
        if part.flag_bits & 1:
            raise ImportRefused(
                sentence("The file {name} is locked by a password; save it without one.", name=name)
            )
        if part.file_size > 10 * _MIB and part.file_size > limits.ratio * part.compress_size:
            raise ImportRefused(
                sentence(
                    "The part {filename} of {name} would unpack to {file_size} times its size, "
                    "as only a made-up file does; nothing was read.",
                    filename=part.filename,
                    name=name,
                    file_size=part.file_size // max(part.compress_size, 1),
                )
            )
