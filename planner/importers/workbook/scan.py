"""A look at the raw parts of a workbook for what the fast reader does not tell.

The reader shows error cells and formulas that were never calculated as blanks, and it would
lay out a table up to the furthest cell, wherever that is.
"""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, Final

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from planner.errors import ImportRefused, sentence
from planner.importers.archive import ZipLimits, open_zip, read_entry

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Mapping
    from pathlib import Path

WHAT: Final = sentence("an Excel workbook (.xlsx)")
LIMITS: Final = ZipLimits(entries=2_000, total_mib=600, ratio=250)
WIDEST: Final = 200
"""Columns; a cell further right is no part of any table here."""
TALLEST: Final = 1_048_576

_CELL: Final = re.compile(
    rb"<(?:\w+:)?c\b([^>]*)>(?:(?=<(?:\w+:)?f)|(?=<(?:\w+:)?v>#))(.{0,2000}?)</(?:\w+:)?c>",
    re.DOTALL,
)
_REF: Final = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_FAR: Final = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{3}|[H-Z][A-Z])(\d+)"')
_FAR_ROW: Final = re.compile(rb'<(?:\w+:)?row\b[^>]*?\br="(\d{7,})"')
_VALUE: Final = re.compile(rb"<(?:\w+:)?v>([^<]+)</")
_INLINE: Final = re.compile(rb"<(?:\w+:)?is\b")
_OLE: Final = b"\xd0\xcf\x11\xe0"

Blemishes = dict[tuple[int, int], str]
"""What is wrong with cells that look blank, by row (from 1) and column (from 0)."""


def scan(path: Path) -> Mapping[str, Blemishes]:
    """Return the unusable cells of each sheet, by the sheet's name.

    Raises:
        ImportRefused: this is no workbook, or not one that may be opened.
    """
    with path.open("rb") as stream:
        if stream.read(4) == _OLE:
            raise ImportRefused(
                sentence(
                    "The file {path} is an old .xls workbook or locked by a password; save it "
                    "as {what} without a password.",
                    path=path.name,
                    what=WHAT,
                )
            )
    with open_zip(path, WHAT, LIMITS) as opened:
        parts = set(opened.namelist())
        if "xl/workbook.xml" not in parts:
            raise ImportRefused(
                sentence(
                    "The file {path} is {kind}, not {what}.",
                    path=path.name,
                    kind=_kind(parts),
                    what=WHAT,
                )
            )
        return {
            name: _blemishes(read_entry(opened, part), name)
            for name, part in _sheet_parts(opened).items()
            if part in parts
        }


def _kind(parts: set[str]) -> str:
    for sign, kind in (
        ("word/document.xml", sentence("a Word document")),
        ("ppt/presentation.xml", sentence("a presentation")),
        ("xl/workbook.bin", sentence("a binary workbook (.xlsb)")),
        ("content.xml", sentence("an OpenDocument file")),
    ):
        if sign in parts:
            return kind
    return sentence("a zip archive")


def _sheet_parts(opened: zipfile.ZipFile) -> dict[str, str]:
    try:
        book = fromstring(read_entry(opened, "xl/workbook.xml"), forbid_dtd=True)
        links = fromstring(read_entry(opened, "xl/_rels/workbook.xml.rels"), forbid_dtd=True)
    except (ParseError, DefusedXmlException, KeyError, ImportRefused):
        raise ImportRefused(
            sentence(
                "The workbook's table of contents is damaged; save it again as {what}.", what=WHAT
            )
        ) from None
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    found = {}
    for sheet in book.iter():
        if sheet.tag.rpartition("}")[2] != "sheet":
            continue
        link = next((value for key, value in sheet.items() if key.endswith("}id")), None)
        target = posixpath.normpath(posixpath.join("/xl", targets.get(link, "")))
        found[sheet.get("name", "")] = target.lstrip("/")
    return found


def _blemishes(xml: bytes, sheet: str) -> Blemishes:
    far = _FAR.search(xml) or _FAR_ROW.search(xml)
    if far and (far.re is _FAR or int(far[1]) > TALLEST):
        ref_of = b"".join(far.groups()).decode()
        raise ImportRefused(
            sentence(
                "sheet {sheet}: cell {ref_of} lies far outside the table; delete what is there.",
                sheet=sheet,
                ref_of=ref_of,
            )
        )
    found: Blemishes = {}
    for match in _CELL.finditer(xml):
        ref = _REF.search(match[1])
        if ref is None:
            continue
        value = _VALUE.search(match[2])
        place = (int(ref[2]), _column(ref[1]))
        if b't="e"' in match[1]:
            text = value[1].decode("utf-8", "replace") if value else sentence("an error")
            found[place] = sentence(
                "the formula gives {text}; correct it, or enter the value itself", text=text
            )
        elif value is None and b't="str"' not in match[1] and not _INLINE.search(match[2]):
            found[place] = sentence(
                "the formula was never calculated; open the file in Excel or LibreOffice "
                "and save it there, or enter the value itself"
            )
    return found


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + letter - 64
    return number - 1
