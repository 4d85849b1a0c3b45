"""Attendance as one joint table: who came, day by day, with what is not known kept apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from planner.domain.records import TeamDay

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator

    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Attendance:
    """People present per day and team.

    Args:
        days: D dates in order, each once.
        teams: T team codes in order, each once.
        present: people, shape (D, T); where nothing is known the number means nothing.
        known: whether there is a record, shape (D, T). A gap is never a zero.
    """

    days: tuple[dt.date, ...]
    teams: tuple[str, ...]
    present: NDArray[np.int32]
    known: NDArray[np.bool_]

    def __post_init__(self) -> None:
        """Freeze the arrays."""
        self.present.flags.writeable = False
        self.known.flags.writeable = False

    def __len__(self) -> int:
        """Return the number of team-days on record."""
        return int(self.known.sum())

    def feed(self, update: Callable[[bytes], object]) -> None:
        """Give a hash every team-day: days, teams, and the counts with gaps as -1."""
        update("\n".join(day.isoformat() for day in self.days).encode())
        update("\n".join(("", *self.teams)).encode())
        update(np.where(self.known, self.present, -1).astype("<i4").tobytes())

    def records(self) -> Iterator[TeamDay]:
        """Yield every known team-day, by date and then team."""
        for row, column in zip(*np.nonzero(self.known), strict=True):
            yield TeamDay(
                date=self.days[row], team=self.teams[column], present=int(self.present[row, column])
            )


NOBODY_COUNTED = Attendance((), (), np.zeros((0, 0), np.int32), np.zeros((0, 0), np.bool_))
"""No attendance at all: demand then rests on typed rates, marked as assumed."""


def attendance_from(records: Iterable[tuple[dt.date, str, int]]) -> Attendance:
    """Return the joint table of team-days given as (date, team code, people present).

    The caller has already refused two records of one team-day; the last one would win.
    """
    rows = list(records)
    days = sorted({day for day, _, _ in rows})
    teams = sorted({team for _, team, _ in rows})
    day_at = {day: at for at, day in enumerate(days)}
    team_at = {team: at for at, team in enumerate(teams)}
    present = np.zeros((len(days), len(teams)), np.int32)
    known = np.zeros(present.shape, np.bool_)
    for day, team, people in rows:
        present[day_at[day], team_at[team]] = people
        known[day_at[day], team_at[team]] = True
    return Attendance(tuple(days), tuple(teams), present, known)
