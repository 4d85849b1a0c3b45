"""What a user may say about an attendance file; asked once a file and saved with its source."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.importers.attendance.days import DateOrder
    from planner.importers.attendance.report import Kind

DAY_ZERO: Final = dt.date(2001, 1, 1)
"""A Monday; stands for day 0 in files that count days instead of dating them."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to read a file.

    Args:
        kind: its layout, None to tell by its headings.
        mapping: field to heading, for headings that are not known.
        date_order: whether 03/04 is 3 April (`dmy`) or 4 March (`mdy`).
        first_day: the date of day 0, in files that count days.
        today: records after it are refused; None lets them pass.
    """

    kind: Kind | None = None
    mapping: Mapping[str, str] = field(default_factory=dict)
    date_order: DateOrder | None = None
    first_day: dt.date = DAY_ZERO
    today: dt.date | None = None
