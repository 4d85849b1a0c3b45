"""Whether each team fits anywhere at all, before any solver is asked.

The seats a team needs are bounded from below only, so that nobody is refused who might fit:
half of its recorded days, or its average day as typed, or else all its people.
"""

from __future__ import annotations

import math
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple, cast

import numpy as np

from planner.domain.eligibility import eligible_units
from planner.domain.fields import tags
from planner.errors import sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from planner.domain.consistency.places import Placed, Placement
    from planner.domain.estate import Estate, UnitId
    from planner.domain.records import Rule, Team
    from planner.errors import Problem


def room_problems(placed: Placement) -> Iterator[Problem]:
    """Yield teams that no floor can take, with what would help; references must be sound."""
    estate = placed.estate
    if not estate.floors:
        return
    offered = frozenset[str]().union(*(unit.features for unit in estate.units))
    medians = _median_days(estate)
    choices = _Choices(estate)
    for item in placed.records("teams"):
        team = cast("Team", item.record)
        missing = tags(team.needs) - offered
        if missing:
            yield item.problem(
                "needs",
                sentence(
                    "no floor has {missing}, which team {team} needs; add it to the features "
                    "of a floor in sheet floors, or remove it here",
                    missing=", ".join(sorted(missing)),
                    team=team.code,
                ),
            )
            continue
        least = least_seats(team, medians)
        together = _of_largest_part(least, estate.now[team.code])
        room = choices.of(team)
        if room is None:
            yield _nowhere(item, [one for one in estate.rules if one.subject == team.code])
            continue
        problem = _size_problem(item, room, least, together)
        if problem:
            yield problem


def least_seats(team: Team, medians: Mapping[str, int]) -> int:
    """Return seats that the team needs at the very least, whatever the service level.

    Args:
        team: the team.
        medians: lower median of the people present, by team, where days are on record.
    """
    shrunk = min(Decimal(1), 1 + team.growth) * team.headcount
    if team.code in medians:
        usual = Decimal(medians[team.code])
    elif team.attendance_rate is not None:
        usual = shrunk * team.attendance_rate
    else:
        usual = shrunk
    return math.ceil(max(min(usual, shrunk), shrunk * team.min_on_site))


def _of_largest_part(least: int, now: Mapping[UnitId, int]) -> int:
    """Return the seats that people need together: only those who sit together today stay so."""
    whole = sum(now.values())
    return -(-least * max(now.values()) // whole) if whole else least


def _median_days(estate: Estate) -> dict[str, int]:
    table = estate.attendance
    found = {}
    for at, team in enumerate(table.teams):
        present = np.sort(table.present[table.known[:, at], at])
        found[team] = int(present[(len(present) - 1) // 2])
    return found


class _Room(NamedTuple):
    """What the units open to a team hold: all places, and those of the largest unit."""

    places: int
    largest: UnitId
    most: int


class _Choices:
    """Room open to a team; teams of the same needs, range and reach share one answer."""

    def __init__(self, estate: Estate) -> None:
        self._estate = estate
        self._ruled = {rule.subject for rule in estate.rules}
        self._known: dict[tuple[object, ...], _Room | None] = {}

    def of(self, team: Team) -> _Room | None:
        signature = (
            team.code if team.code in self._ruled else "",
            team.needs,
            team.stay_within,
            self._reach(team),
        )
        if signature not in self._known:
            self._known[signature] = self._room(eligible_units(self._estate, team))
        return self._known[signature]

    def _reach(self, team: Team) -> frozenset[str]:
        """Return what of today's seats matters: the units, buildings or sites they are in."""
        now = self._estate.now[team.code]
        if team.onsite_class == "public_service":
            return frozenset(now)
        homes = [self._estate.unit_of[unit].building for unit in now]
        if team.stay_within == "building":
            return frozenset(home.code for home in homes)
        return frozenset(home.site for home in homes) if team.stay_within == "site" else frozenset()

    def _room(self, units: tuple[UnitId, ...]) -> _Room | None:
        if not units:
            return None
        places = {unit: self._estate.unit_of[unit].places for unit in units}
        largest = max(places, key=lambda unit: (places[unit], unit))
        return _Room(sum(places.values()), largest, places[largest])


def _nowhere(item: Placed, rules: Sequence[Rule]) -> Problem:
    """Return that no unit is open to a team, with the rules that are about it alone."""
    team = cast("Team", item.record).code
    if not rules:
        return item.problem(
            "code",
            sentence(
                "no floor may take team {team}: its needs, its range and the rules leave "
                "none; relax one of them",
                team=team,
            ),
        )
    told = ", ".join(f"{rule.rule} {rule.object}" for rule in rules)
    return item.problem(
        "code",
        sentence(
            "no floor may take team {team}: its needs, its range and the rules about it ({rules}) "
            "leave none; take one of the rules off, or relax a need or its range",
            team=team,
            rules=told,
        ),
    )


def _size_problem(item: Placed, room: _Room, least: int, together: int) -> Problem | None:
    team = cast("Team", item.record)
    if team.split_at_least is None and together > room.most:
        return item.problem(
            "headcount",
            sentence(
                "team {team} needs at least {least} seats together, and the largest floor "
                "it may use, {largest}, has {most}; let it be split (column "
                "split_at_least), let it use more floors, or add seats",
                team=team.code,
                least=together,
                largest=room.largest,
                most=room.most,
            ),
        )
    if least > room.places:
        return item.problem(
            "headcount",
            sentence(
                "team {team} needs at least {least} seats, and all floors it may use have "
                "{places}; let it use more floors, or add seats",
                team=team.code,
                least=least,
                places=room.places,
            ),
        )
    return None
