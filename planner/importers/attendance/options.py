"""What a user may say about an attendance file; asked once a file and saved with its source."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.importers.attendance.days import DateOrder
    from planner.importers.attendance.report import Kind
    from planner.importers.attendance.stamps import Clock

DAY_ZERO: Final = dt.date(2001, 1, 1)
"""A Monday; stands for day 0 in files that count days instead of dating them."""


@dataclass(frozen=True, slots=True)
class Person:
    """An entry of the roster: whom a badge or account belongs to.

    Args:
        person: one id for all badges and accounts of the same person.
        team: their team's code.
    """

    person: str
    team: str


@dataclass(frozen=True, slots=True)
class Site:
    """A building for location logs: within the radius of its centre one is inside.

    Args:
        latitude: degrees, -90 to 90.
        longitude: degrees, -180 to 180.
        radius_m: metres.
    """

    latitude: float
    longitude: float
    radius_m: float


@dataclass(frozen=True, slots=True)
class Options:
    """How to read a file.

    Args:
        kind: its layout, None to tell by its headings.
        mapping: field to heading, for headings that are not known.
        date_order: whether 03/04 is 3 April (`dmy`) or 4 March (`mdy`).
        first_day: the date of day 0, in files that count days.
        month: year and month of columns headed 1 to 31, where nothing above them tells.
        today: records after it are refused; None lets them pass.
        country: two letters; days with 0 everywhere on its holidays are no gaps to refuse.
        timezone: of the building, as Asia/Jakarta; needed where times are in UTC.
        clock: whether times without a zone are `local` or `utc`; None asks.
        roster: badge or account to person and team, for files that name no team.
        doors: door or reader to floor, for badge files that name no floor.
        sites: buildings by name, for location logs.
        codes: attendance code to whether its bearer needs a desk, beyond the usual ones.
        tailgating: share of people who slip in behind others, added to badge counts.
        devices_per_person: how many Wi-Fi devices make a person.
        key: secret for hashing person ids; a new one each time unless given.
    """

    kind: Kind | None = None
    mapping: Mapping[str, str] = field(default_factory=dict)
    date_order: DateOrder | None = None
    first_day: dt.date = DAY_ZERO
    month: tuple[int, int] | None = None
    today: dt.date | None = None
    country: str = ""
    timezone: str | None = None
    clock: Clock | None = None
    roster: Mapping[str, Person] = field(default_factory=dict)
    doors: Mapping[str, str] = field(default_factory=dict)
    sites: Mapping[str, Site] = field(default_factory=dict)
    codes: Mapping[str, bool] = field(default_factory=dict)
    tailgating: Decimal = Decimal(0)
    devices_per_person: Decimal = Decimal(1)
    key: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)
