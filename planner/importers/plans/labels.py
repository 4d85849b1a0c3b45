"""Texts in a room told apart: its number, its name, its area, who sits there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal  # noqa: TC003  part of the public shape
from typing import TYPE_CHECKING, Final

from planner.importers.plans.quantities import area_in, number_in

if TYPE_CHECKING:
    from collections.abc import Iterable

_NUMBER: Final = re.compile(
    r"(?=.{1,16}$)(?:(?:no|nr|rm|room|raum|r\.?|ruang|local)\.?\s*)?"
    r"[A-Za-z]{0,4}[ .\-_/]?\d+[A-Za-z]?(?:[.\-_/ ]?[A-Za-z]?\d+[A-Za-z]?){0,4}",
    re.IGNORECASE,
)
_HEIGHT: Final = re.compile(
    r"(rh|lh|ch|h|ok|uk|rd|ffl|fbok|ukd|okff)\s*[:=]\s*[+-]?\d|[±+]\s*\d|(fbok|okff|ffl|rd|ukd)\b"
)
_PREFIX: Final = re.compile(r"^(?:no|nr|rm|room|raum|ruang)\.?[ :]+(?=\S*\d)", re.IGNORECASE)

# what attributes of room stamps are called; longest words first
_TAGS: Final = (
    (
        "area",
        (
            r"fl(ae|ä|a)che|area|luas|surface|sup(erficie)?|\bm2\b|\bqm\b|sqm|\bsf\b|ngf|nf\b|nrf|"
            r"nnf|面积"
        ),
    ),
    ("department", r"dep(ar)?t|abteilung|abt\b|kostenst|divisi|bagian|unit.?kerja|tenant|mieter"),
    ("other", r"umfang|perim|h(oe|ö)he|height|boden|decke|wand|floor.?fin|ceil|volume|vol\b|scale"),
    (
        "number",
        (
            r"num|\bnr|nr\b|_nr|raumnr|\bno\b|room.?no|\brm\b|kode|code|nomor|aoid|\bid\b|#|"
            r"n°|编号|房号"
        ),
    ),
    (
        "name",
        (
            r"name|nam\b|nama|bez|desig|nutz|use\b|usage|fungsi|function|title|type|descr|nom\b|"
            r"raum|room|ruang|local|名称|房间"
        ),
    ),
)
_TAG_PATTERNS: Final = tuple((field, re.compile(words, re.IGNORECASE)) for field, words in _TAGS)


@dataclass(slots=True)
class Label:
    """What the texts of one room say; "" and None where they say nothing."""

    number: str = ""
    name: str = ""
    area: Decimal | None = None
    department: str = ""

    @property
    def empty(self) -> bool:
        """Return whether nothing was said."""
        return not (self.number or self.name)


def is_number(text: str) -> bool:
    """Return whether a text looks like a room number.

    >>> [is_number(text) for text in ("2.04", "B-101a", "H865", "Office", "Meeting 2", "H=2.50")]
    [True, True, True, False, False, False]
    """
    return bool(_NUMBER.fullmatch(text.strip())) and not _HEIGHT.match(text.strip().lower())


def field_of_tag(tag: str) -> str:
    """Return what an attribute of a room stamp holds, "" if its tag does not tell.

    >>> [field_of_tag(tag) for tag in ("RAUMNR", "ROOM_NAME", "FLAECHE", "NOMOR", "X1")]
    ['number', 'name', 'area', 'number', '']
    """
    words = tag.replace("_", " ").replace("-", " ")
    for field, pattern in _TAG_PATTERNS:
        if pattern.search(words) or pattern.search(tag):
            return field
    return ""


def label_from(lines: Iterable[str]) -> Label:
    """Return what lines of text in a room say, told apart by what they look like."""
    label = Label()
    names: list[str] = []
    for line in lines:
        found = area_in(line)
        text = line.strip()
        if found is not None:
            label.area = label.area or found[0]
            text = found[1]
        if not text or _HEIGHT.match(text.lower()):
            continue
        if not label.number and is_number(text):
            label.number = _PREFIX.sub("", text)
        elif any(sign.isalpha() for sign in text) and text not in names:
            names.append(text)
        elif not label.number and any(sign.isdigit() for sign in text) and len(text.split()) == 1:
            label.number = text
    if not label.number and names:
        _split_number(label, names)
    label.name = " ".join(names)
    return label


def add_attribute(label: Label, tag: str, value: str) -> bool:
    """Put an attribute of a stamp into a label; False if its tag says nothing to us."""
    field = field_of_tag(tag)
    if field == "number":
        label.number = label.number or value
    elif field == "name":
        label.name = label.name or value
    elif field == "department":
        label.department = label.department or value
    elif field == "area":
        found = area_in(value)
        label.area = label.area or (found[0] if found else number_in(value)) or None
    return bool(field)


def _split_number(label: Label, names: list[str]) -> None:
    """Take a number that stands before the name on its line: `2.04 Office`."""
    first, _, rest = names[0].partition(" ")
    if rest and is_number(first) and any(sign.isdigit() for sign in first):
        label.number = first
        names[0] = rest.strip(" -–:")
