"""An attendance file under review: its columns, what it yields, what has to be said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from planner.importers.attendance.synonyms import SYNONYMS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.domain.estate import Estate
    from planner.domain.fields import Words
    from planner.i18n import Speech
    from planner.services.presence import Review

FIELDS: Final[Mapping[str, Words]] = {
    "date": ("date", "tanggal"),
    "team": ("team", "tim"),
    "present": ("people present", "jumlah hadir"),
    "headcount": ("people on the books", "jumlah pegawai"),
    "floor": ("floor", "lantai"),
    "peak": ("peak of the day", "puncak hari itu"),
    "person": ("person or badge", "orang atau kartu"),
    "time": ("time of the event", "waktu kejadian"),
    "door": ("door or reader", "pintu atau pembaca"),
    "direction": ("direction", "arah"),
    "outcome": ("outcome or code", "hasil atau kode"),
    "start": ("start of the booking", "awal pemesanan"),
    "checked_in": ("checked in", "check-in"),
    "cancelled": ("cancelled", "dibatalkan"),
    "desk": ("desk", "meja"),
    "count": ("people counted", "jumlah terhitung"),
    "space": ("space or sensor", "ruang atau sensor"),
    "latitude": ("latitude", "lintang"),
    "longitude": ("longitude", "bujur"),
    "usable_area": ("usable area", "luas guna"),
}
KINDS: Final[Mapping[str, Words]] = {
    "team_days": ("people by day and team", "orang per hari dan tim"),
    "floor_days": ("people by day and floor", "orang per hari dan lantai"),
    "badges": ("badge events", "catatan kartu akses"),
    "bookings": ("bookings or time clock", "pemesanan atau absensi"),
    "counts": ("sensors or Wi-Fi", "sensor atau Wi-Fi"),
    "wide": ("a column for each date", "satu kolom per tanggal"),
    "locations": ("positions", "posisi"),
    "use_it": ("USE IT (United States)", "USE IT (Amerika Serikat)"),
}
_MOST_COLUMNS: Final = 24
_SHOWN: Final = 12


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """One column of the file: its number, heading, the field it is taken for, first cells."""

    at: int
    heading: str
    field: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NameChoice:
    """One name of the file that somebody has to match: number, name, code as it stands."""

    at: int
    name: str
    code: str


@dataclass(frozen=True, slots=True)
class DayFilePage:
    """What the page shows.

    Args:
        title: the conclusion.
        columns: of the file, as far as they are shown.
        more_columns: how many are not shown.
        kind: layout in words, "" where none fits.
        teams, floors: names to match.
        problems: what must be said or mended, one line each.
        refused: rows refused, the first ones; `more_refused` counts the others.
        warnings: what to look at.
        team_days, floor_days: how many would be stored under the names as they stand.
        total_team_days: how many the file holds.
    """

    title: str
    columns: tuple[ColumnChoice, ...]
    more_columns: int
    kind: str
    teams: tuple[NameChoice, ...]
    floors: tuple[NameChoice, ...]
    problems: tuple[str, ...]
    refused: tuple[tuple[int, str], ...]
    more_refused: int
    warnings: tuple[str, ...]
    team_days: int
    floor_days: int
    total_team_days: int


def day_file_page(found: Review, estate: Estate, speech: Speech) -> DayFilePage:
    """Return the page of a file under review."""
    report, names = found.look.report, found.names
    refused = () if report is None else report.refused
    team_days = floor_days = total = 0
    if report is not None:
        kept = [names.teams.get(name) is not None for name in report.attendance.teams]
        team_days = int(report.attendance.known[:, kept].sum()) if any(kept) else 0
        kept = [names.floors.get(name) is not None for name in report.floors.teams]
        floor_days = int(report.floors.known[:, kept].sum()) if any(kept) else 0
        total = report.team_days + len(report.floors)
    columns = _columns(found)
    kind = found.look.preview.kind if found.look.preview else None
    kind = report.kind if report else kind
    del estate
    return DayFilePage(
        title=_title(found, team_days + floor_days, speech),
        columns=tuple(columns[:_MOST_COLUMNS]),
        more_columns=max(0, len(columns) - _MOST_COLUMNS),
        kind=speech.words(KINDS[kind]) if kind else "",
        teams=_names(names.asked_teams, names.teams),
        floors=_names(names.asked_floors, names.floors),
        problems=tuple(speech.say(one.line) for one in found.look.problems),
        refused=tuple((one.row, speech.say(one.reason)) for one in refused[:_SHOWN]),
        more_refused=max(0, len(refused) - _SHOWN),
        warnings=() if report is None else tuple(map(speech.say, report.warnings)),
        team_days=team_days,
        floor_days=floor_days,
        total_team_days=total,
    )


def field_options(speech: Speech) -> tuple[tuple[str, str], ...]:
    """Return every field with its words, for a column to be taken for."""
    return tuple((name, speech.words(FIELDS[name])) for name in SYNONYMS)


def kind_options(speech: Speech) -> tuple[tuple[str, str], ...]:
    """Return every layout with its words."""
    return tuple((name, speech.words(words)) for name, words in KINDS.items())


def _columns(found: Review) -> list[ColumnChoice]:
    preview = found.look.preview
    if preview is None:
        return []
    field_of = {heading: field for field, heading in preview.mapping.items()}
    field_of |= {heading: field for field, heading in found.said.mapping.items()}
    return [
        ColumnChoice(
            at,
            heading,
            field_of.get(heading, ""),
            tuple(cells[at] if at < len(cells) else "" for _, cells in preview.rows[:4]),
        )
        for at, heading in enumerate(preview.headings)
        if heading
    ]


def _names(asked: tuple[str, ...], codes: Mapping[str, str | None]) -> tuple[NameChoice, ...]:
    return tuple(NameChoice(at, name, codes.get(name) or "") for at, name in enumerate(asked))


def _title(found: Review, kept: int, speech: Speech) -> str:
    report = found.look.report
    if report is None:
        return speech._("One thing has to be said before this file can be read")
    if report.refused:
        return speech.n(
            "%(count)s row has to be mended before this file can be stored",
            "%(count)s rows have to be mended before this file can be stored",
            len(report.refused),
        )
    if not kept:
        return speech._("No team or floor of this file is known here")
    return speech.n(
        "%(count)s day of a team or floor is ready to be stored",
        "%(count)s days of teams or floors are ready to be stored",
        kept,
    )
