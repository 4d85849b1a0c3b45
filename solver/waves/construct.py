"""Waves built one after the other: in each, whoever may go, in the order of what it frees."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from solver.waves.solution import Trip

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from solver.waves.instance import Instance, Move, Wave

MAKING_ROOM = 3
"""Times that leavers are ranked before those they make room for, and theirs before them."""

LEAD = 4.0
"""Spaces by which a leaver is ranked ahead: their seats may have to be fitted out."""


@dataclass(frozen=True, slots=True)
class Atom:
    """Moves that go in one wave, with what they add up to."""

    moves: tuple[Move, ...]
    people: int
    come: Mapping[str, tuple[int, ...]]
    touch: Mapping[str, int]
    first: Sequence[tuple[str, int]]


@dataclass
class _Hall:
    """How things stand while waves are built."""

    taken: dict[str, list[int]]
    leaving: list[tuple[int, str, tuple[int, ...]]] = field(default_factory=list)
    done: dict[str, int] = field(default_factory=dict)


class Builder:
    """Builds waves for one instance, again and again for different orders."""

    def __init__(self, instance: Instance) -> None:
        """Work out what does not depend on the order."""
        self.instance = instance
        self.days = range(instance.weekdays)
        self.atoms = _atoms(instance)
        self._start = {
            space.id: list(space.stay) if space.stay else [0] * instance.weekdays
            for space in instance.spaces
        }
        for move in instance.moves:
            if move.origin is not None:
                for day in self.days:
                    self._start[move.origin][day] += move.seats[day]
        self._atom_of = {move.id: at for at, atom in enumerate(self.atoms) for move in atom.moves}
        self._leavers: dict[str, list[int]] = {}
        for at, atom in enumerate(self.atoms):
            for move in atom.moves:
                if move.origin is not None:
                    self._leavers.setdefault(move.origin, []).append(at)

    def build(
        self, order: Sequence[str], allowed: frozenset[int] | None = None
    ) -> dict[str, Trip] | None:
        """Return a wave for each move, None where some are left over.

        Args:
            order: spaces that people leave, the one to be emptied first in front.
            allowed: numbers of the waves that may be used; None for all.
        """
        hall = _Hall({space: list(seats) for space, seats in self._start.items()})
        waiting = self._by_rank(order)
        trips: dict[str, Trip] = {}
        for at, wave in enumerate(self.instance.waves):
            if wave.closed or (allowed is not None and at not in allowed):
                continue
            self._free_seats(hall, wave)
            waiting = self._fill(hall, wave, waiting, trips)
            if not waiting:
                return trips
        return None

    def _by_rank(self, order: Sequence[str]) -> list[Atom]:
        """Return the atoms by what they free; whoever must make room for them goes before."""
        place = {space: at for at, space in enumerate(order)}
        rank = [
            float(min(place.get(move.origin or "", len(order)) for move in atom.moves))
            for atom in self.atoms
        ]
        for _ in range(MAKING_ROOM):
            for at, atom in enumerate(self.atoms):
                for name, _ in atom.first:
                    rank[self._atom_of[name]] = min(rank[self._atom_of[name]], rank[at] - LEAD / 2)
            taken = {space: list(seats) for space, seats in self._start.items()}
            gone: set[int] = set()
            for at in sorted(range(len(rank)), key=lambda at: (rank[at], -self.atoms[at].people)):
                if at not in gone:
                    self._pass(at, rank, taken, gone)
        keys = [(rank[at], -atom.people, at) for at, atom in enumerate(self.atoms)]
        return [self.atoms[at] for *_, at in sorted(keys)]

    def _pass(
        self, at: int, rank: list[float], taken: dict[str, list[int]], gone: set[int]
    ) -> None:
        """Let one atom come; where room is short, leavers of that space are ranked before it."""
        self._leave(at, taken, gone)
        for space, seats in self.atoms[at].come.items():
            for day in self.days:
                taken[space][day] += seats[day]
            room = self.instance.space_of[space].seats
            for other in self._leavers.get(space, ()):
                if all(taken[space][day] <= room for day in self.days):
                    break
                if other not in gone:
                    rank[other] = min(rank[other], rank[at] - LEAD)
                    self._leave(other, taken, gone)

    def _leave(self, at: int, taken: dict[str, list[int]], gone: set[int]) -> None:
        gone.add(at)
        for move in self.atoms[at].moves:
            if move.origin is not None:
                for day in self.days:
                    taken[move.origin][day] -= move.seats[day]

    def _free_seats(self, hall: _Hall, wave: Wave) -> None:
        still = []
        for day, space, seats in hall.leaving:
            if day < wave.first_day:
                for weekday in self.days:
                    hall.taken[space][weekday] -= seats[weekday]
            else:
                still.append((day, space, seats))
        hall.leaving = still

    def _fill(
        self, hall: _Hall, wave: Wave, waiting: list[Atom], trips: dict[str, Trip]
    ) -> list[Atom]:
        people, moves, touched = 0, 0, Counter[str]()
        left = []
        most = self.instance.building_moves_at_most
        for atom in waiting:
            fits = (
                (wave.people_at_most is None or people + atom.people <= wave.people_at_most)
                and (wave.moves_at_most is None or moves + len(atom.moves) <= wave.moves_at_most)
                and all(touched[name] + atom.touch.get(name, 0) <= most[name] for name in most)
                and self._may(hall, wave, atom)
            )
            if not fits:
                left.append(atom)
                continue
            people += atom.people
            moves += len(atom.moves)
            touched.update(atom.touch)
            for space, seats in atom.come.items():
                for day in self.days:
                    hall.taken[space][day] += seats[day]
            for move in atom.moves:
                trips[move.id] = Trip(wave.id)
                hall.done[move.id] = wave.last_day
                if move.origin is not None:
                    blocked = self.instance.space_of[move.origin].fit_out_days
                    hall.leaving.append((wave.last_day + blocked, move.origin, move.seats))
        return left

    def _may(self, hall: _Hall, wave: Wave, atom: Atom) -> bool:
        for move in atom.moves:
            if move.first_day is not None and wave.first_day < move.first_day:
                return False
            if move.last_day is not None and wave.last_day > move.last_day:
                return False
        for name, days in atom.first:
            if name not in hall.done or hall.done[name] + days >= wave.first_day:
                return False
        for space, seats in atom.come.items():
            where = self.instance.space_of[space]
            if where.ready_day is not None and wave.first_day < where.ready_day:
                return False
            taken = hall.taken[space]
            if any(taken[day] + seats[day] > where.seats for day in self.days):
                return False
        return True


def _atoms(instance: Instance) -> list[Atom]:
    head = {move.id: move.id for move in instance.moves}

    def find(name: str) -> str:
        while head[name] != name:
            name = head[name]
        return name

    for names in instance.together:
        for name in names[1:]:
            head[find(name)] = find(names[0])
    groups: dict[str, list[Move]] = {}
    for move in instance.moves:
        groups.setdefault(find(move.id), []).append(move)
    return [_atom(instance, tuple(moves)) for moves in groups.values()]


def _atom(instance: Instance, moves: tuple[Move, ...]) -> Atom:
    come: dict[str, tuple[int, ...]] = {}
    touch = Counter[str]()
    inside = {move.id for move in moves}
    for move in moves:
        before = come.get(move.target, (0,) * instance.weekdays)
        come[move.target] = tuple(one + more for one, more in zip(before, move.seats, strict=True))
        touch.update(instance.buildings_of(move.origin, move.target))
    first = [(pair.first, pair.days) for pair in instance.before if pair.then in inside]
    return Atom(moves, sum(move.people for move in moves), come, touch, first)
