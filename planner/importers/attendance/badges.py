"""Badge events: who was let in, whichever door and however often, counts once a day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from planner.errors import sentence
from planner.importers.attendance.coding import coded
from planner.importers.attendance.events import Reading, read_events

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from planner.importers.attendance.chunks import Block, Source
    from planner.importers.attendance.options import Options
    from planner.importers.attendance.report import AttendanceReport

_REFUSED_ENTRY: Final = (
    "denied", "refused", "reject", "invalid", "fail", "ditolak", "gagal", "lock_down", "held open",
    "forced", "expired", "error", "no access", "unauthorised", "unauthorized",
)  # fmt: skip
_NO: Final = frozenset({"0", "false", "no", "n", "tidak", "d"})


def read_badges(source: Source, columns: Mapping[str, int], options: Options) -> AttendanceReport:
    """Return team-days and floor-days of badge events.

    An event counts unless its outcome says that the door stayed shut; leaving proves
    presence as well as entering does. People on a door that is no floor (a lobby) count for
    their team only.

    Args:
        source: the file.
        columns: of `time`, `person`, and `team`, `door`, `floor`, `outcome` where there are any.
        options: what the user says.

    Raises:
        ImportRefused: no teams, or times without a zone.
    """
    return read_events(source, columns, options, kind="badges", stamp="time", pick=_let_in)


def is_let_in(outcome: str) -> bool:
    """Say whether an outcome means that the door opened.

    >>> is_let_in("Access granted"), is_let_in("Access denied")
    (True, False)
    """
    plain = outcome.strip().lower()
    return plain not in _NO and not any(word in plain for word in _REFUSED_ENTRY)


def _let_in(reading: Reading, block: Block) -> NDArray[np.bool_]:
    if "outcome" not in block.cells:
        return np.ones(len(block.rows), np.bool_)
    numbers, texts = coded(block.cells["outcome"])
    opened = np.array([is_let_in(text) for text in texts], np.bool_)[numbers]
    shut = len(opened) - int(opened.sum())
    if shut:
        reading.left_out[sentence("the door stayed shut")] += shut
    return opened
