"""The waves instance: moves to date, waves they may go in, seats they need on the way."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

FORMAT = "planner-waves/1"


@dataclass(frozen=True, slots=True)
class Wave:
    """Days on which moves may be made together, and how many.

    Args:
        id: its name.
        first_day, last_day: days from any origin; waves do not overlap and stand in order.
        cost: paid if anybody moves in it.
        people_at_most, moves_at_most: in this wave; None where there is no limit.
        closed: nobody moves in it.
    """

    id: str
    first_day: int
    last_day: int
    cost: int = 0
    people_at_most: int | None = None
    moves_at_most: int | None = None
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Space:
    """Room that people leave or come to.

    Args:
        id: its name.
        seats: it holds so many on every day of the week.
        building: where it is.
        stay: seats taken by those who do not move, by day of the week; empty for nobody.
        fit_out_days: seats that were left hold nobody for so many days.
        ready_day: nobody comes before this day.
        value: what it is worth that all who leave it have left after each wave: for a freed
            space, to be empty by then; None where nothing depends on it.
    """

    id: str
    seats: int
    building: str
    stay: tuple[int, ...] = ()
    fit_out_days: int = 0
    ready_day: int | None = None
    value: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """People who go together from one space (None: from nowhere) to another.

    Args:
        id: its name.
        origin, target: spaces.
        people: a count.
        seats: they take, by day of the week; at both ends on every day of their wave.
        first_day, last_day: they may move from that day on, and until that day.
        swing: spaces they may sit in meanwhile, with what the second move costs.
    """

    id: str
    origin: str | None
    target: str
    people: int
    seats: tuple[int, ...]
    first_day: int | None = None
    last_day: int | None = None
    swing: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Before:
    """`then` moves in a later wave than `first`, at least `days` free days after it."""

    first: str
    then: str
    days: int = 0


@dataclass(frozen=True)
class Instance:
    """Everything given. Ids are unique within their kind.

    Args:
        waves: in the order of their days.
        spaces, moves: what they are.
        together: moves that go in one wave.
        before: moves that go before others.
        building_moves_at_most: moves in one wave that leave or enter a building.
        note: carried along, never read.
    """

    waves: tuple[Wave, ...]
    spaces: tuple[Space, ...]
    moves: tuple[Move, ...]
    together: tuple[tuple[str, ...], ...] = ()
    before: tuple[Before, ...] = ()
    building_moves_at_most: Mapping[str, int] = field(default_factory=dict)
    note: Any = None

    @cached_property
    def space_of(self) -> Mapping[str, Space]:
        """Return the spaces by id."""
        return {space.id: space for space in self.spaces}

    @cached_property
    def move_of(self) -> Mapping[str, Move]:
        """Return the moves by id."""
        return {move.id: move for move in self.moves}

    @cached_property
    def wave_of(self) -> Mapping[str, Wave]:
        """Return the waves by id."""
        return {wave.id: wave for wave in self.waves}

    @cached_property
    def weekdays(self) -> int:
        """Return how many days of the week seats are counted on."""
        return max((len(move.seats) for move in self.moves), default=0)

    def buildings_of(self, *spaces: str | None) -> frozenset[str]:
        """Return the buildings that a move between some spaces touches."""
        return frozenset(self.space_of[space].building for space in spaces if space is not None)
