"""A whole estate in one piece of bytes: what a plan was made from, and what undo restores."""

from __future__ import annotations

import datetime as dt
import json
import zlib
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from planner.domain.attendance import NOBODY_COUNTED, Attendance
from planner.domain.estate import Estate
from planner.domain.records import SHEETS
from planner.errors import PlannerError, sentence

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from sqlmodel import SQLModel

_FORMAT: Final = "planner-snapshot/1"


def pack_estate(estate: Estate, only: Collection[str] = tuple(SHEETS)) -> bytes:
    """Return an estate, or some of its sheets, as bytes; the same for the same records in order."""
    sheets = {
        name: _table(SHEETS[name], records)
        for name, records in estate.sheets()
        if name != "attendance" and name in only
    }
    days = estate.attendance if "attendance" in only else NOBODY_COUNTED
    head = {
        "format": _FORMAT,
        "sheets": sheets,
        "counted": "attendance" in only,
        "days": [day.isoformat() for day in days.days],
        "teams": list(days.teams),
    }
    counts = np.where(days.known, days.present, -1).astype("<i4").tobytes()
    text = json.dumps(head, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return zlib.compress(text.encode() + b"\n" + counts, 6)


def unpack_estate(packed: bytes) -> Estate:
    """Return the estate that bytes hold; a field that they do not know takes its default.

    Raises:
        PlannerError: not such bytes; the database was changed from outside.
    """
    return Estate(**_sheets(packed))


def unpack_onto(packed: bytes, estate: Estate) -> Estate:
    """Return an estate with the sheets that bytes hold in place of its own.

    Raises:
        PlannerError: not such bytes; the database was changed from outside.
    """
    return replace(estate, **_sheets(packed))


def packed_sheets(packed: bytes) -> frozenset[str]:
    """Return the names of the sheets that bytes hold.

    Raises:
        PlannerError: not such bytes; the database was changed from outside.
    """
    head, _ = _opened(packed)
    return frozenset(head["sheets"]) | ({"attendance"} if head["counted"] else set())


def _opened(packed: bytes) -> tuple[dict[str, Any], bytes]:
    """Return the head of bytes and the counts behind it."""
    try:
        text, _, counts = zlib.decompress(packed).partition(b"\n")
        head: dict[str, Any] = json.loads(text)
        known_format = head["format"] == _FORMAT
    except (zlib.error, ValueError, KeyError) as failure:
        raise PlannerError(
            sentence("A stored estate cannot be read; restore a backup.")
        ) from failure
    if not known_format:
        raise PlannerError(
            sentence(
                "A stored estate has format {found}, not {known}.",
                found=head["format"],
                known=_FORMAT,
            )
        )
    return head, counts


def _sheets(packed: bytes) -> dict[str, Any]:
    head, counts = _opened(packed)
    found: dict[str, Any] = {name: _records(name, table) for name, table in head["sheets"].items()}
    if "estate" in found:
        (found["header"],) = found.pop("estate")
    if head["counted"]:
        found["attendance"] = _days(head, counts)
    return found


def _table(kind: type[SQLModel], records: Iterable[SQLModel]) -> dict[str, Any]:
    names = list(kind.model_fields)
    rows = [[_plain(getattr(record, name)) for name in names] for record in records]
    return {"fields": names, "rows": rows}


def _plain(value: object) -> object:
    return value if value is None or isinstance(value, (bool, int, str)) else str(value)


def _records(name: str, table: dict[str, Any]) -> tuple[SQLModel, ...]:
    kind, fields = SHEETS[name], table["fields"]
    return tuple(kind.model_validate(dict(zip(fields, row, strict=True))) for row in table["rows"])


def _days(head: dict[str, Any], counts: bytes) -> Attendance:
    if not head["days"]:
        return NOBODY_COUNTED
    days = tuple(map(dt.date.fromisoformat, head["days"]))
    table = np.frombuffer(counts, "<i4").reshape(len(days), len(head["teams"]))
    return Attendance(days, tuple(head["teams"]), np.maximum(table, 0).astype(np.int32), table >= 0)
