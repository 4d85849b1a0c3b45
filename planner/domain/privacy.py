"""Attendance that may be shown: nothing of fewer than five people, merged upward instead.

Seats kept for a team, where it sits and where it moves are plans, not attendance; they are
shown for every team. Who came on which days is shown for groups of five people or more.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final, TypeVar

import numpy as np

from planner.domain.attendance import Attendance

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from planner.domain.estate import Estate

K = TypeVar("K")

FEWEST: Final = 5
"""Attendance of fewer people on the books than this is told of nobody."""
_NAMED: Final = 3


def merged(
    people: Mapping[K, int], parent: Mapping[K, str], fewest: int = FEWEST
) -> tuple[tuple[K, ...], ...]:
    """Return a partition each part of which has nobody or enough people.

    Small ones of one parent are put together; where they are still too few, the smallest
    other one of the parent joins them, lest a total less the others tell theirs; where the
    parent is too small itself, small parents are put together the same way. Only where all
    together are too few does a part stay small.

    Args:
        people: on the books, by key; the parts keep this order.
        parent: the unit above each.
        fewest: people from which on a part may be shown.

    >>> merged({"a": 9, "b": 3, "c": 7, "d": 0}, dict.fromkeys("abcd", "x"))
    (('a',), ('b', 'c'), ('d',))
    """
    alone = [key for key, count in people.items() if count >= fewest or not count]
    small: dict[str, list[K]] = defaultdict(list)
    for key, count in people.items():
        if 0 < count < fewest:
            small[parent[key]].append(key)
    parts: list[list[K]] = []
    lonely: list[K] = []
    for above, keys in small.items():
        part = _filled(keys, [key for key in alone if parent[key] == above], people, fewest)
        if _sum(part, people) < fewest:
            lonely += part
        else:
            parts.append(part)
            alone = [key for key in alone if key not in part]
    if lonely and _sum(lonely, people) < fewest and parts:
        lonely += parts.pop(min(range(len(parts)), key=lambda at: _sum(parts[at], people)))
    if lonely:
        parts.append(_filled(lonely, alone, people, fewest))
    inside = {key for part in parts for key in part}
    parts += [[key] for key in people if key not in inside]
    order = {key: at for at, key in enumerate(people)}
    ordered = [tuple(sorted(part, key=order.__getitem__)) for part in parts]
    return tuple(sorted(ordered, key=lambda part: order[part[0]]))


@dataclass(frozen=True, slots=True)
class Group:
    """Teams whose attendance is shown as one.

    Args:
        teams: their codes, one for most groups.
        people: on their books.
        names: of the teams.
    """

    teams: tuple[str, ...]
    people: int
    names: tuple[str, ...]

    @property
    def merged(self) -> bool:
        """Say whether it is more than one team."""
        return len(self.teams) > 1

    @property
    def label(self) -> str:
        """Return what the group is called, for example `Roads, Parks +2`."""
        return _listed(self.names)

    @property
    def code(self) -> str:
        """Return a code that stands for it, for example `PUP-01+2`."""
        return self.teams[0] + (f"+{len(self.teams) - 1}" if self.merged else "")


@dataclass(frozen=True, eq=False)
class Shown:
    """The attendance of an estate as it may be shown.

    Args:
        estate: its teams and attendance.
    """

    estate: Estate

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """Return the teams in groups of five people or more, in the estate's order.

        Where all people of the estate are fewer than five there is none.
        """
        teams = self.estate.team_of
        people = {code: team.headcount for code, team in teams.items()}
        parts = merged(people, {code: team.department for code, team in teams.items()})
        found = [
            Group(part, _sum(part, people), tuple(teams[code].name for code in part))
            for part in parts
        ]
        return tuple(one for one in found if not 0 < one.people < FEWEST)

    @cached_property
    def alone(self) -> frozenset[str]:
        """Return the teams that are shown by themselves."""
        return frozenset(one.teams[0] for one in self.groups if not one.merged)

    def whole(self, codes: Sequence[str]) -> bool:
        """Say whether teams can be shown as a sum: made of whole groups, none cut."""
        inside = set(codes)
        return (
            all(inside.issuperset(one.teams) or inside.isdisjoint(one.teams) for one in self.groups)
            and sum(self.estate.team_of[code].headcount for code in inside) >= FEWEST
        )

    @cached_property
    def attendance(self) -> Attendance:
        """Return people per day and group; a day on which a team was not counted is a gap."""
        table = self.estate.attendance
        column = {code: at for at, code in enumerate(table.teams)}
        kept = [one for one in self.groups if any(code in column for code in one.teams)]
        present = np.zeros((len(table.days), len(kept)), np.int32)
        known = np.zeros(present.shape, np.bool_)
        for at, group in enumerate(kept):
            own = [column[code] for code in group.teams if code in column]
            if len(own) == len(group.teams):
                present[:, at] = table.present[:, own].sum(axis=1)
                known[:, at] = table.known[:, own].all(axis=1)
        return Attendance(table.days, tuple(one.code for one in kept), present, known)


def _filled(part: list[K], near: list[K], people: Mapping[K, int], fewest: int) -> list[K]:
    """Return a part with the smallest others that it takes to make it large enough."""
    filled = list(part)
    for key in sorted((key for key in near if people[key]), key=lambda key: people[key]):
        if _sum(filled, people) >= fewest:
            break
        filled.append(key)
    return filled


def _sum(part: Sequence[K], people: Mapping[K, int]) -> int:
    return sum(people[key] for key in part)


def _listed(names: Sequence[str]) -> str:
    more = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" +{more}" if more > 0 else "")
