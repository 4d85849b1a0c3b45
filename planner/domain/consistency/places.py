"""Where a record stands, in the words of the workbook, with its row where one is known."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from planner.errors import Problem, joined, sentence

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from sqlmodel import SQLModel

    from planner.domain.estate import Estate

_KEYS: Final[dict[str, tuple[str, ...]]] = {
    "estate": (),
    "buildings": ("code",),
    "floors": ("code",),
    "spaces": ("floor", "number"),
    "teams": ("code",),
    "seating": ("team", "floor", "unit"),
    "near": ("team", "other"),
    "rules": ("rule", "subject", "object"),
    "assumptions": ("key",),
}
"""The fields that people know a record by; all but rules must be unique by them."""


def _nowhere(day: dt.date, team: str) -> int | None:  # noqa: ARG001  the shape of a look-up
    return None


@dataclass(frozen=True, slots=True)
class Numbering:
    """Row numbers of an estate's records, as far as they are known.

    Args:
        rows: for each sheet the row of each record, in the order of the estate's tuple.
        team_day: gives the row of a team-day, None where it is not known.
    """

    rows: Mapping[str, Sequence[int]] = field(default_factory=dict)
    team_day: Callable[[dt.date, str], int | None] = _nowhere


@dataclass(frozen=True, slots=True)
class Placed:
    """A record with its place."""

    sheet: str
    row: int | None
    record: SQLModel
    own: bool = False
    """It is a rule for one plan alone, which stands in no sheet."""

    @property
    def key(self) -> tuple[str, ...]:
        """Return what people know the record by."""
        return tuple(str(getattr(self.record, name)) for name in _KEYS[self.sheet])

    @property
    def has_key(self) -> bool:
        """Say whether all of its key is known; a record half read may lack some."""
        return all(getattr(self.record, name) is not None for name in _KEYS[self.sheet])

    def problem(self, column: str, message: str) -> Problem:
        """Return a problem of one column of this record."""
        name = " ".join(part for part in self.key if part)
        place = sentence("sheet {sheet}", sheet=self.sheet)
        if self.own:
            place = sentence("rule of this plan alone, {rule}", rule=name)
        elif self.row is not None:
            place = sentence("{place}, row {row}", place=place, row=self.row)
        elif name:
            place = joined((place, name), ", ")
        if column:
            place = sentence("{place}, column {column}", place=place, column=column)
        return Problem(place, message)


@dataclass(frozen=True, slots=True)
class Placement:
    """An estate whose records can be asked for together with their places."""

    estate: Estate
    numbering: Numbering
    own: int = 0
    """So many of the last rules hold for one plan alone."""

    def records(self, sheet: str) -> Iterator[Placed]:
        """Yield the records of one sheet, attendance excepted, with their places."""
        rows = self.numbering.rows.get(sheet)
        found: Sequence[SQLModel] = getattr(self.estate, sheet)
        written = len(found) - (self.own if sheet == "rules" else 0)
        for at, record in enumerate(found):
            row = None if rows is None or at >= written else rows[at]
            yield Placed(sheet, row, record, own=at >= written)

    def of_team_day(self, day: dt.date, team: str, column: str, message: str) -> Problem:
        """Return a problem of one team-day."""
        row = self.numbering.team_day(day, team)
        place = f"{day.isoformat()} {team}" if row is None else sentence("row {row}", row=row)
        return Problem(
            sentence("sheet attendance, {place}, column {column}", place=place, column=column),
            message,
        )
