"""People seen on days, kept as keyed hashes only until they are counted by team and day."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from planner.domain.attendance import NOBODY_COUNTED, Attendance
from planner.importers.attendance.coding import coded
from planner.importers.attendance.stamps import date_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

NO_PLACE: Final = -1
_HASH_BYTES: Final = 8


@dataclass(slots=True, eq=False)
class Persons:
    """Turns ids of people into keyed hashes; the ids themselves are not kept.

    Args:
        key: secret of this reading; without it nobody can tell whom a hash stands for.
    """

    key: bytes

    def hashed(self, texts: NDArray[np.bytes_]) -> tuple[NDArray[np.uint64], list[str]]:
        """Return each person's hash, and the distinct ids for one look-up in the roster."""
        numbers, distinct = coded(texts)
        return self.hashes_of(distinct)[numbers], distinct

    def hashes_of(self, ids: list[str]) -> NDArray[np.uint64]:
        """Return the hashes of ids; spellings that differ in capitals are one person."""
        return np.array([self._hash(one) for one in ids], np.uint64)

    def _hash(self, one: str) -> int:
        digest = hashlib.blake2b(
            one.casefold().encode(), key=self.key[:64], digest_size=_HASH_BYTES
        )
        return int.from_bytes(digest.digest(), "little")


@dataclass(slots=True, eq=False)
class PersonDays:
    """Collects who was seen when, block by block, and counts at the end.

    A person counts once a day: for the team and on the floor of the first sighting.
    """

    _blocks: list[pd.DataFrame] = field(default_factory=list)
    _teams: dict[str, int] = field(default_factory=dict)
    _floors: dict[str, int] = field(default_factory=dict)

    def team_numbers(self, names: list[str]) -> NDArray[np.int32]:
        """Return the numbers of teams, new ones added; "" has none."""
        return _numbers(self._teams, names)

    def floor_numbers(self, names: list[str]) -> NDArray[np.int32]:
        """Return the numbers of floors, new ones added; "" has none."""
        return _numbers(self._floors, names)

    def add(
        self,
        person: NDArray[np.uint64],
        minute: NDArray[np.int64],
        team: NDArray[np.int32],
        floor: NDArray[np.int32],
    ) -> None:
        """Add sightings: hashed people, local minutes since 1970, numbers of team and floor."""
        frame = pd.DataFrame(
            {
                "person": person,
                "day": (minute // 1440).astype(np.int32),
                "minute": (minute % 1440).astype(np.int16),
                "team": team,
                "floor": floor,
            }
        )
        self._blocks.append(_first_sightings(frame, ["person", "day", "team", "floor"]))

    def count(self) -> Counted:
        """Return people by team and day, by floor and day; the hashes are dropped here."""
        if not self._blocks:
            return Counted(NOBODY_COUNTED, NOBODY_COUNTED, {}, 0, 0)
        seen = pd.concat(self._blocks, ignore_index=True)
        self._blocks.clear()
        seen = _first_sightings(seen, ["person", "day", "team", "floor"])
        firsts = seen.drop_duplicates(["person", "day"])
        placed = seen[seen["floor"] != NO_PLACE]
        floors = placed.drop_duplicates(["person", "day"])
        several = len(placed.drop_duplicates(["person", "day", "floor"])) - len(floors)
        teams = seen.drop_duplicates(["person", "day", "team"])
        heads = firsts.drop_duplicates(["person", "team"]).groupby("team").size()
        names = list(self._teams)
        return Counted(
            teams=_table(firsts, "team", names),
            floors=_table(floors, "floor", list(self._floors)),
            people={
                names[int(str(at))]: int(count) for at, count in heads.items() if at != NO_PLACE
            },
            two_floors=several,
            two_teams=len(teams) - len(firsts),
        )


@dataclass(frozen=True, slots=True, eq=False)
class Counted:
    """Sightings counted; nobody can be told from it.

    Args:
        teams: people by day and team.
        floors: people by day and floor, each on the first floor of the day.
        people: different people of each team in the whole file.
        two_floors: times that somebody was on a further floor on one day.
        two_teams: times that somebody was of a further team on one day.
    """

    teams: Attendance
    floors: Attendance
    people: Mapping[str, int]
    two_floors: int
    two_teams: int


def _numbers(known: dict[str, int], names: list[str]) -> NDArray[np.int32]:
    for name in names:
        if name:
            known.setdefault(name, len(known))
    return np.array([known.get(name, NO_PLACE) for name in names], np.int32)


def _first_sightings(frame: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    ordered = frame.sort_values(["minute"], kind="stable")
    return ordered.drop_duplicates(keys, ignore_index=True)


def _table(frame: pd.DataFrame, column: str, names: list[str]) -> Attendance:
    """Return distinct people by day and name; a name nobody of whom came that day is unknown.

    Days on which a name is missing while others were seen are gaps too: an event file
    cannot tell an empty office from a reader that was switched off.
    """
    frame = frame[frame[column] != NO_PLACE]
    if not len(frame):
        return NOBODY_COUNTED
    day_at, days = pd.factorize(frame["day"], sort=True)
    order = sorted(range(len(names)), key=lambda at: names[at])
    rank = np.empty(len(names), np.int64)
    rank[order] = np.arange(len(names))
    cell = day_at * len(names) + rank[frame[column].to_numpy()]
    present = np.bincount(cell, minlength=len(days) * len(names)).astype(np.int32)
    present = present.reshape(len(days), len(names))
    used = np.asarray(present.any(axis=0), np.bool_)
    return Attendance(
        tuple(date_of(int(day)) for day in days),
        tuple(names[at] for at, kept in zip(order, used.tolist(), strict=True) if kept),
        present[:, used],
        present[:, used] > 0,
    )
