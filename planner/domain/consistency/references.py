"""Codes that must be unique, and codes that must exist."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

import numpy as np

from planner.errors import sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from planner.domain.consistency.places import Placed, Placement
    from planner.domain.records import Near, Seating
    from planner.errors import Problem

_UNIQUE: Final = {
    "buildings": "code",
    "floors": "code",
    "spaces": "number",
    "teams": "code",
    "seating": "team",
    "near": "other",
    "assumptions": "key",
}
"""The sheets whose records are unique by their key, and the column to name."""

POINTERS: Final = (
    ("floors", "building", "buildings"),
    ("spaces", "floor", "floors"),
    ("seating", "team", "teams"),
    ("seating", "floor", "floors"),
    ("near", "team", "teams"),
    ("near", "other", "teams"),
)
"""Columns that hold a code of another sheet: sheet, column, target."""


_KINDS: Final = {
    "buildings": sentence("building"),
    "floors": sentence("floor"),
    "teams": sentence("team"),
}


def duplicate_problems(placed: Placement) -> Iterator[Problem]:
    """Yield every record whose key an earlier record of its sheet has."""
    for sheet, column in _UNIQUE.items():
        seen: dict[tuple[str, ...], Placed] = {}
        for item in placed.records(sheet):
            if not item.has_key:
                continue
            key = tuple(sorted(item.key)) if sheet == "near" else item.key
            first = seen.setdefault(key, item)
            if first is not item:
                name = " ".join(part for part in item.key if part)
                said = (
                    sentence("{name} is there already; remove one, or rename it", name=name)
                    if first.row is None
                    else sentence(
                        "{name} is there already in row {row}; remove one, or rename it",
                        name=name,
                        row=first.row,
                    )
                )
                yield item.problem(column, said)


def reference_problems(placed: Placement) -> Iterator[Problem]:
    """Yield every code that names no building, floor, unit or team."""
    known = {
        sheet: {item.key[0] for item in placed.records(sheet)}
        for sheet in ("buildings", "floors", "teams")
    }
    for sheet, column, target in POINTERS:
        for item in placed.records(sheet):
            code = getattr(item.record, column)
            if code is not None and code not in known[target]:
                yield item.problem(column, _unknown(code, target))
    yield from _units(placed)
    yield from _selves(placed)
    yield from _team_days(placed, known["teams"])


def parts_of(placed: Placement) -> Mapping[str, set[str]]:
    """Return the unit names of each divided floor."""
    parts: dict[str, set[str]] = {}
    for space in placed.estate.spaces:
        if space.unit:
            parts.setdefault(space.floor, set()).add(space.unit)
    return parts


def _unknown(code: str, target: str) -> str:
    return sentence(
        "there is no {kind} {code}; enter a code of sheet {target}, or add it there",
        kind=_KINDS[target],
        code=code,
        target=target,
    )


def _units(placed: Placement) -> Iterator[Problem]:
    parts = parts_of(placed)
    for item in placed.records("seating"):
        seating = cast("Seating", item.record)
        names = parts.get(seating.floor, set())
        if seating.unit and seating.unit not in names:
            known = (
                sentence("its units are {names}", names=", ".join(sorted(names)))
                if names
                else sentence("it is not divided")
            )
            yield item.problem(
                "unit",
                sentence(
                    "floor {floor} has no unit {unit}; {known} in sheet spaces",
                    floor=seating.floor,
                    unit=seating.unit,
                    known=known,
                ),
            )
        elif names and not seating.unit:
            yield item.problem(
                "unit",
                sentence(
                    "floor {floor} is divided; enter one of {names}",
                    floor=seating.floor,
                    names=", ".join(sorted(names)),
                ),
            )


def _selves(placed: Placement) -> Iterator[Problem]:
    for item in placed.records("near"):
        wish = cast("Near", item.record)
        if wish.team == wish.other:
            yield item.problem(
                "other", sentence("{other} is the same team; enter another one", other=wish.other)
            )


def _team_days(placed: Placement, teams: set[str]) -> Iterator[Problem]:
    table = placed.estate.attendance
    for at, team in enumerate(table.teams):
        if team in teams:
            continue
        first = int(np.argmax(table.known[:, at]))
        yield placed.of_team_day(
            table.days[first],
            team,
            "team",
            sentence(
                "{unknown} ({count} rows name it)",
                unknown=_unknown(team, "teams"),
                count=int(table.known[:, at].sum()),
            ),
        )
