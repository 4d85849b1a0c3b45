"""Which heading holds which field: English and Indonesian names, or what the user says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from planner.errors import ImportRefused, Problem, sentence
from planner.importers.attendance.synonyms import SYNONYMS

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
        ("team", "floor", "checked_in", "cancelled", "desk", "outcome"),
        ("checked_in", "cancelled", "desk"),
    ),
    Layout(
        "badges",
        ("time", "person"),
        ("team", "door", "floor", "direction", "outcome", "date"),
        ("door", "direction", "outcome"),
    ),
    Layout("team_days", ("date", "team", "present"), ("headcount", "floor"), ("present",)),
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
    return re.sub(r"[^a-z0-9]+", " ", re.sub(r"\([^)]{0,400}\)", " ", apart).lower()).strip()


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
    if {"date", "person"} <= found.keys() and not {"time", "start", "present"} & found.keys():
        # A row a person and day, as time clocks print it, is a booking that was kept.
        found["start"] = found["date"]
    return found


def check_named_once(headings: Sequence[str], used: Mapping[str, int], where: str) -> None:
    """Refuse a file two of whose columns answer to a heading that is read.

    Raises:
        ImportRefused: nobody can tell which of the two is meant.
    """
    for field, at in used.items():
        twins = [other for other, name in enumerate(headings) if name == headings[at]]
        if len(twins) > 1:
            message = sentence(
                "columns {listed} are both called {headings}, and {field} is read from one of"
                " them; rename one",
                listed=" and ".join(str(other + 1) for other in twins),
                headings=repr(headings[at]),
                field=field,
            )
            raise ImportRefused([Problem(where, message)])


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
                    sentence(
                        "no column for {listed}; say which heading holds it, or call it {called}",
                        listed=", ".join(missing),
                        called=", ".join(repr(SYNONYMS[field][0]) for field in missing),
                    ),
                )
            ]
        )
    return layout


def _said(headings: Sequence[str], mapping: Mapping[str, str]) -> dict[str, int]:
    found = {}
    for field, heading in mapping.items():
        if field not in SYNONYMS:
            raise ImportRefused(
                sentence(
                    "there is no field {field} to map; known are {listed}",
                    field=repr(field),
                    listed=", ".join(SYNONYMS),
                )
            )
        if heading not in headings:
            raise ImportRefused(
                sentence(
                    "there is no heading {heading} for {field}; the file has {listed}",
                    heading=repr(heading),
                    field=field,
                    listed=", ".join(headings),
                )
            )
        found[field] = list(headings).index(heading)
    return found
