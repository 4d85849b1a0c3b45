"""A dated solution and its file: which move goes in which wave."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from solver.errors import InvalidInstance
from solver.outcome import Reason, Status
from solver.reader import Reader, shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from solver.outcome import Outcome
    from solver.params import Params

FORMAT = "planner-waves-solution/1"


@dataclass(frozen=True, slots=True)
class Trip:
    """The wave in which a move ends; where it goes by another space, that and the first wave."""

    wave: str
    via: str | None = None
    via_wave: str | None = None

    @property
    def leaves(self) -> str:
        """Return the wave in which the people leave their old space."""
        return self.via_wave or self.wave


@dataclass(frozen=True, slots=True)
class Deadlock:
    """Moves that wait for each other's seats, so that without swing space none can be made.

    Args:
        moves: that wait, in the order of the cycle where it is one.
        spaces: whose seats they wait for.
        seats: fewest seats of one more space that would resolve it; None if not even that does.
        at_least: no fewer seats can resolve it; equal to `seats` where proved.
        through: moves that would go by way of it.
    """

    moves: tuple[str, ...]
    spaces: tuple[str, ...]
    seats: int | None
    at_least: int
    through: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Solution:
    """A trip for every move, what the whole costs, and the deadlock that it had to resolve."""

    trips: Mapping[str, Trip]
    cost: int
    deadlock: Deadlock | None = None


@dataclass(frozen=True, slots=True)
class SolutionFile:
    """What a solution file says."""

    status: Status
    plan: Solution | None
    bound: int | None


def solution_to_json(
    outcome: Outcome[Solution], params: Params, deadlock: Deadlock | None = None
) -> dict[str, Any]:
    """Return the JSON document of a run; a missing thing is null."""
    best = outcome.best
    knot = deadlock if best is None else best.deadlock
    return {
        "format": FORMAT,
        "status": str(outcome.status),
        "cost": outcome.cost,
        "bound": outcome.bound,
        "seconds": round(outcome.seconds, 3),
        "workers": params.workers,
        "seed": params.seed,
        "moves": None
        if best is None
        else {
            move: {"wave": trip.wave, "via": trip.via, "via_wave": trip.via_wave}
            for move, trip in best.trips.items()
        },
        "deadlock": None
        if knot is None
        else {
            "moves": list(knot.moves),
            "spaces": list(knot.spaces),
            "seats": knot.seats,
            "at_least": knot.at_least,
            "through": list(knot.through),
        },
        "reasons": [_reason(reason) for reason in outcome.reasons],
        "reasons_minimal": outcome.reasons_minimal,
        "log": [list(row) for row in outcome.log],
    }


def _reason(reason: Reason) -> dict[str, Any]:
    return {"rule": reason.rule, "moves": list(reason.teams), "places": list(reason.spaces)}


def parse_solution(obj: object) -> SolutionFile:
    """Return what a solution file says; reasons, deadlock and log are not read.

    Raises:
        InvalidInstance: not a solution file.
    """
    reader = Reader()
    if not isinstance(obj, dict):
        reader.refuse("", f"{shown(obj)} is not an object")
        raise InvalidInstance(reader.problems)
    if obj.get("format") != FORMAT:
        reader.refuse("format", f"{shown(obj.get('format'))} is not {FORMAT!r}")
    status = obj.get("status")
    if status not in list(Status):
        reader.refuse("status", f"{shown(status)} is none of {', '.join(Status)}")
    moves = obj.get("moves")
    trips = {}
    for name, row in ({} if moves is None else reader.mapping(moves, "moves")).items():
        where = f"moves.{name}"
        trip = reader.keys(row, where, ("wave",), ("via", "via_wave"))
        trips[name] = Trip(
            reader.text(trip.get("wave", "?"), f"{where}.wave"),
            _optional(reader, trip.get("via"), f"{where}.via"),
            _optional(reader, trip.get("via_wave"), f"{where}.via_wave"),
        )
    bound = reader.optional_integer(obj.get("bound"), "bound", -(2**60), 2**60)
    cost = 0 if moves is None else reader.integer(obj.get("cost"), "cost", -(2**60), 2**60)
    if reader.problems:
        raise InvalidInstance(reader.problems)
    return SolutionFile(
        Status(str(status)), None if moves is None else Solution(trips, cost), bound
    )


def _optional(reader: Reader, value: object, where: str) -> str | None:
    return None if value is None else reader.text(value, where)
