"""Desk bookings: only who checked in was there; a booking is a wish."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from planner.errors import sentence
from planner.importers.attendance.codes import standing_of
from planner.importers.attendance.coding import coded
from planner.importers.attendance.events import Reading, read_events

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from planner.importers.attendance.chunks import Block, Source
    from planner.importers.attendance.options import Options
    from planner.importers.attendance.report import AttendanceReport

_NO: Final = frozenset(
    {"", "0", "false", "no", "n", "tidak", "none", "null", "-", "not required", "n/a",
     "no check in required", "no check-in required", "missed", "no show", "no-show"}
)  # fmt: skip


_NOT_THERE: Final = (
    "cancel", "batal", "no show", "no-show", "declin", "absen", "absent", "reject", "ditolak",
    "expired", "released", "alpa", "alpha", "izin", "sakit", "cuti", "libur", "tidak hadir",
)  # fmt: skip


def read_bookings(source: Source, columns: Mapping[str, int], options: Options) -> AttendanceReport:
    """Return team-days and floor-days of desk bookings that were kept.

    Args:
        source: the file.
        columns: of `start`, `person`, and `team`, `floor`, `checked_in`, `cancelled` where there
            are any.
        options: what the user says.

    Raises:
        ImportRefused: no teams, or times without a zone.
    """
    report = read_events(source, columns, options, kind="bookings", stamp="start", pick=_came)
    if "checked_in" in columns or "outcome" in columns:
        return report
    warning = sentence(
        "No column says who checked in, so every row that was not cancelled counts: if these "
        "are bookings, it is what people meant to do, not what they did."
    )
    return replace(report, warnings=(*report.warnings, warning))


def _came(reading: Reading, block: Block) -> NDArray[np.bool_]:
    """Say which bookings were used, and count the others by reason."""
    came = np.ones(len(block.rows), np.bool_)
    for field, wanted, why in (
        ("cancelled", False, sentence("the booking was cancelled")),
        ("checked_in", True, sentence("nobody checked in")),
    ):
        if field in block.cells:
            numbers, texts = coded(block.cells[field])
            said = np.array([text.lower() not in _NO for text in texts], np.bool_)[numbers]
            lost = came & (said != wanted)
            if lost.any():
                reading.left_out[why] += int(lost.sum())
            came &= said == wanted
    if "outcome" in block.cells:
        numbers, texts = coded(block.cells["outcome"])
        there = np.array([_was_there(text, reading.options) for text in texts], np.bool_)[numbers]
        away = int((came & ~there).sum())
        if away:
            reading.left_out[sentence("the code says absent, elsewhere or cancelled")] += away
        came &= there
    return came


def _was_there(text: str, options: Options) -> bool:
    """Say whether a status means presence; one that nobody knows errs on the side of a seat."""
    code = text.strip().lower()
    own = {known.lower(): desk for known, desk in options.codes.items()}
    if code in own:
        return own[code]
    return standing_of(code) != "away" and not any(word in code for word in _NOT_THERE)
