"""What a command line may say about an attendance file."""

from __future__ import annotations

import argparse
import csv
import datetime as dt
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Final

from planner.errors import InvalidInput, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.importers.attendance import Options, Person, Site

NO_COUNTRY: Final = "ZZ"
_KINDS: Final = (
    "team_days", "floor_days", "badges", "bookings", "counts", "wide", "locations", "use_it",
)  # fmt: skip
_PAIR, _ROSTER, _SITE = 2, 3, 4
_FARTHEST_EAST: Final = dt.timedelta(hours=14)


def add_reading(parser: argparse.ArgumentParser) -> None:
    """Add what may be said of a file; each is asked for only where the file cannot tell."""
    add = parser.add_argument
    add("file", type=Path, metavar="FILE", help="CSV or XLSX, plain or gzipped")
    add("--json", action="store_true", help="print JSON")
    add("--kind", choices=_KINDS, help="the layout, where its headings do not tell")
    add("--date-order", choices=("dmy", "mdy"), help="how 03/04/2026 is meant, if no date tells")
    add(
        "--first-day",
        type=dt.date.fromisoformat,
        help="date of day 0 where days are numbered [2001-01-01, a Monday]",
    )
    add("--month", type=_month, help="of columns headed 1 to 31, as 2026-03, if nothing tells")
    add("--timezone", help="of the building, like Asia/Jakarta, where times are in UTC")
    add("--clock", choices=("local", "utc"), help="what times without a zone are")
    add("--country", default=NO_COUNTRY, help="two letters, to leave its holidays out (ID, GB, …)")
    add(
        "--map",
        action="append",
        default=[],
        type=_pair,
        metavar="FIELD=HEADING",
        help="which heading holds a field, for example team=Bagian; may be repeated",
    )
    add(
        "--code",
        action="append",
        default=[],
        type=_pair,
        metavar="CODE=desk|away",
        help="whether an attendance code of the house needs a desk; may be repeated",
    )
    add("--roster", type=Path, metavar="CSV", help="rows badge,person,team: whose badge it is")
    add("--doors", type=Path, metavar="CSV", help="rows door,floor: where a reader hangs")
    add(
        "--site",
        action="append",
        default=[],
        metavar="NAME,LATITUDE,LONGITUDE,METRES",
        help="a building, for logs of positions; may be repeated",
    )
    add("--tailgating", type=_share, default=Decimal(0), help="share added to badge counts [0]")


def options_of(arguments: argparse.Namespace) -> Options:
    """Return what the command line says.

    Raises:
        InvalidInput: a roster, a list of doors or a building that cannot be read.
    """
    from planner.importers.attendance import Options

    defaults = Options()
    return Options(
        kind=arguments.kind,
        mapping=dict(arguments.map),
        date_order=arguments.date_order,
        first_day=arguments.first_day or defaults.first_day,
        month=arguments.month,
        # Nobody knows yet where the building stands; a day is over last in the far east.
        today=(dt.datetime.now(dt.UTC) + _FARTHEST_EAST).date(),
        country=arguments.country,
        timezone=arguments.timezone,
        clock=arguments.clock,
        roster=_roster(arguments.roster),
        doors={} if arguments.doors is None else dict(_rows(arguments.doors, _PAIR)),
        sites=dict(map(_site, arguments.site)),
        codes={code: _needs_desk(code, word) for code, word in arguments.code},
        tailgating=arguments.tailgating,
    )


def _roster(path: Path | None) -> Mapping[str, Person]:
    from planner.importers.attendance import Person

    if path is None:
        return {}
    return {badge: Person(person, team) for badge, person, team in _rows(path, _ROSTER)}


def _rows(path: Path, width: int) -> list[list[str]]:
    """Return the rows of a small CSV file without heading."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [[cell.strip() for cell in row] for row in csv.reader(file) if any(row)]
    problems = [
        Problem(f"{path.name}, row {at}", f"has {len(row)} cells; {width} are wanted")
        for at, row in enumerate(rows, start=1)
        if len(row) != width
    ]
    if problems:
        raise InvalidInput(problems)
    return rows


def _site(text: str) -> tuple[str, Site]:
    from planner.importers.attendance import Site

    parts = text.split(",")
    try:
        name, *numbers = parts
        latitude, longitude, metres = map(float, numbers)
    except ValueError:
        raise InvalidInput(
            f"--site {text!r}: write NAME,LATITUDE,LONGITUDE,METRES, for example "
            "hall,-6.2383,106.9756,120"
        ) from None
    return name, Site(latitude, longitude, metres)


def _needs_desk(code: str, word: str) -> bool:
    if word not in {"desk", "away"}:
        raise InvalidInput(f"--code {code}={word}: say desk or away")
    return word == "desk"


def _pair(text: str) -> tuple[str, str]:
    field, mark, heading = text.partition("=")
    if not mark:
        raise argparse.ArgumentTypeError(f"{text!r}: write NAME=VALUE")
    return field, heading


def _month(text: str) -> tuple[int, int]:
    try:
        day = dt.date.fromisoformat(f"{text}-01")
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text}: enter a month as 2026-03") from None
    return day.year, day.month


def _share(text: str) -> Decimal:
    try:
        share = Decimal(text)
    except InvalidOperation:
        share = Decimal(-1)
    if not 0 <= share <= 1:
        raise argparse.ArgumentTypeError(f"{text}: enter a share from 0 to 1, as 0.05")
    return share
