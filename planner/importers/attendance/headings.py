"""Which heading holds which field: English and Indonesian names, or what the user says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from planner.errors import ImportRefused, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from planner.importers.attendance.report import Kind


@dataclass(frozen=True, slots=True)
class Layout:
    """The fields of one kind of file.

    Args:
        kind: which.
        required: fields without which it is not this kind.
        optional: fields that are read where there are any.
        telling: fields that only this kind has; they decide between kinds.
    """

    kind: Kind
    required: tuple[str, ...]
    optional: tuple[str, ...] = ()
    telling: tuple[str, ...] = ()


SYNONYMS: Final[dict[str, tuple[str, ...]]] = {
    "date": ("date", "tanggal", "tgl", "calendar date", "workday", "hari kerja", "day", "hari"),
    "team": (
        "team",
        "team code",
        "tim",
        "dept",
        "department",
        "departement",
        "departemen",
        "unit kerja",
        "opd",
        "skpd",
        "satker",
        "org unit",
        "organisational unit",
        "organizational unit",
        "business unit",
        "bagian",
        "bidang",
        "biro",
        "dinas",
        "division",
        "divisi",
        "unit",
        "assignee department",
        "kode unit kerja",
        "kode tim",
    ),
    "present": (
        "present",
        "hadir",
        "jumlah hadir",
        "kehadiran",
        "people present",
        "attendance",
        "on site",
        "onsite",
        "in office",
        "masuk",
        "attended",
        "jumlah kehadiran",
    ),
    "headcount": (
        "headcount",
        "jumlah pegawai",
        "pegawai",
        "staff",
        "employees",
        "people",
        "head count",
        "jumlah asn",
        "karyawan",
        "jumlah karyawan",
        "total staff",
        "strength",
    ),
    "floor": ("floor", "lantai", "floor code", "kode lantai", "level", "storey", "tingkat"),
    "peak": (
        "peak",
        "puncak",
        "peak occupancy",
        "max",
        "maximum",
        "peak count",
        "hunian puncak",
        "jumlah puncak",
    ),
    "person": (
        "person",
        "person id",
        "employee",
        "employee id",
        "emp id",
        "staff id",
        "actor id",
        "cardholder",
        "user",
        "user id",
        "nip",
        "nik",
        "id pegawai",
        "pegawai id",
        "badge",
        "badge id",
        "card number",
        "credential",
        "no kartu",
        "email",
        "actor email",
        "assignee",
        "assignee email",
        "name",
        "nama",
        "nama pegawai",
        "cardholder name",
        "emp code",
        "employee code",
    ),
    "time": (
        "time",
        "timestamp",
        "created at",
        "datetime",
        "date time",
        "event time",
        "waktu",
        "event timestamp",
        "dump time",
        "occurred at",
        "tanggal waktu",
        "access time",
        "ts",
        "start of slot",
        "interval start",
        "window start",
    ),
    "door": ("door", "reader", "pintu", "access point", "location", "object id", "lokasi"),
    "direction": ("direction", "arah", "door side", "in out", "masuk keluar"),
    "outcome": (
        "outcome",
        "result",
        "access",
        "action",
        "event type",
        "event",
        "status",
        "hasil",
    ),
    "start": (
        "start",
        "start time",
        "reservation start",
        "booking start",
        "expected arrival at",
        "mulai",
        "booked from",
    ),
    "checked_in": (
        "actual start",
        "checked in at",
        "check in",
        "checked in",
        "check in time",
        "waktu check in",
    ),
    "cancelled": ("canceled", "cancelled", "canceled at", "cancelled at", "dibatalkan", "batal"),
    "desk": ("desk", "desk id", "desk name", "meja", "workspace", "seat"),
    "count": (
        "count",
        "client count",
        "occupancy",
        "people count",
        "value",
        "device count",
        "jumlah",
        "int value",
        "occupants",
        "number of people",
    ),
    "space": (
        "space",
        "space id",
        "group id",
        "ap group",
        "zone",
        "zona",
        "ruang",
        "room",
        "area",
        "sensor id",
        "space name",
    ),
    "latitude": ("latitude", "lat", "lintang"),
    "longitude": ("longitude", "lon", "lng", "long", "bujur"),
    "usable_area": (
        "usable area",
        "usf",
        "usable square feet",
        "usable sq ft",
        "luas guna",
        "usable m2",
        "usable area m2",
        "usable area sqft",
    ),
}
"""Fields and their headings in order of preference, in lower case without punctuation."""

LAYOUTS: Final = (
    Layout("use_it", ("space", "date", "count", "usable_area"), (), ("usable_area",)),
    Layout(
        "locations",
        ("time", "person", "latitude", "longitude"),
        ("team",),
        ("latitude", "longitude"),
    ),
    Layout(
        "bookings",
        ("start", "person"),
        ("team", "floor", "checked_in", "cancelled", "desk"),
        ("checked_in", "cancelled", "desk"),
    ),
    Layout(
        "badges",
        ("time", "person"),
        ("team", "door", "floor", "direction", "outcome"),
        ("door", "direction", "outcome"),
    ),
    Layout("team_days", ("date", "team", "present"), ("headcount",), ("present",)),
    Layout("floor_days", ("date", "floor", "peak"), (), ("peak",)),
    Layout("counts", ("time", "count"), ("space", "floor"), ("count",)),
)
"""Layouts with headings, tried in this order; the wide sheet is told by its dates."""


def plain(heading: str) -> str:
    """Return a heading in lower case, words apart, without punctuation.

    >>> plain("Created_At (UTC)")
    'created at'
    """
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", heading)
    return re.sub(r"[^a-z0-9]+", " ", re.sub(r"\(.*?\)", " ", apart).lower()).strip()


def field_columns(
    headings: Sequence[str], mapping: Mapping[str, str] | None = None
) -> dict[str, int]:
    """Return the column of each field that a heading row has.

    Args:
        headings: the row.
        mapping: field to heading where the user says so; the rest is guessed.

    Raises:
        ImportRefused: the mapping names a field or heading that does not exist.
    """
    names = [plain(heading) for heading in headings]
    found = _said(headings, mapping or {})
    taken = set(found.values())
    for field, synonyms in SYNONYMS.items():
        if field in found:
            continue
        for synonym in synonyms:
            if synonym in names and names.index(synonym) not in taken:
                found[field] = names.index(synonym)
                break
    return found


def layout_of(columns: Mapping[str, int]) -> Layout | None:
    """Return the layout whose required fields are all there, the most telling one first."""
    fitting = [one for one in LAYOUTS if all(field in columns for field in one.required)]
    telling = [one for one in fitting if any(field in columns for field in one.telling)]
    return next(iter(telling or fitting), None)


def layout_named(kind: Kind, columns: Mapping[str, int], where: str) -> Layout:
    """Return the layout that the user asked for.

    Raises:
        ImportRefused: the file lacks one of its fields.
    """
    layout = next(one for one in LAYOUTS if one.kind == kind)
    missing = [field for field in layout.required if field not in columns]
    if missing:
        raise ImportRefused(
            [
                Problem(
                    where,
                    f"no column for {', '.join(missing)}; say which heading holds it, or call it "
                    + " and ".join(repr(SYNONYMS[field][0]) for field in missing),
                )
            ]
        )
    return layout


def _said(headings: Sequence[str], mapping: Mapping[str, str]) -> dict[str, int]:
    found = {}
    for field, heading in mapping.items():
        if field not in SYNONYMS:
            raise ImportRefused(
                f"there is no field {field!r} to map; known are {', '.join(SYNONYMS)}"
            )
        if heading not in headings:
            raise ImportRefused(
                f"there is no heading {heading!r} for {field}; the file has {', '.join(headings)}"
            )
        found[field] = list(headings).index(heading)
    return found
