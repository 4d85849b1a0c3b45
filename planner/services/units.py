"""Lettable units: rooms of a floor that can be let together, and what they would measure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from planner.domain.areas import estimates
from planner.errors import InvalidInput, NotFound, Problem, sentence
from planner.services.access import Right, require
from planner.services.estates import change

if TYPE_CHECKING:
    from collections.abc import Collection

    from planner.db.store import Store
    from planner.domain.areas import AreaEstimate
    from planner.domain.estate import Estate
    from planner.services.access import Actor
    from planner.services.estates import Stored


def set_unit(
    store: Store,
    actor: Actor,
    estate_id: str,
    floor: str,
    numbers: Collection[str],
    name: str,
    version: int,
) -> Stored:
    """Make some rooms of a floor one lettable unit, or take them out of theirs.

    A floor that is divided has the seats of its rooms, so that its units add up to it.

    Args:
        store: the open database.
        actor: who does it.
        estate_id: the estate.
        floor: code of the floor.
        numbers: of the rooms.
        name: of the unit; "" makes them common parts, or the floor whole again.
        version: of the estate that the actor saw.

    Raises:
        NotFound: no such estate or floor.
        InvalidInput: no room was chosen, or the name cannot be one.
    """
    require(actor, Right.EDIT)
    if "/" in name:
        raise InvalidInput(
            [
                Problem(
                    sentence("unit"),
                    sentence("{name!r} has a slash, which parts floor and unit.", name=name),
                )
            ]
        )

    def make(estate: Estate) -> Estate:
        if floor not in estate.floor_of:
            raise NotFound(sentence("There is no floor {floor!r} in this estate.", floor=floor))
        chosen = [one for one in estate.spaces if one.floor == floor and one.number in numbers]
        if not chosen:
            raise InvalidInput(sentence("No room was chosen; tick those that are let together."))
        spaces = tuple(
            one.model_copy(update={"unit": name}) if one in chosen else one for one in estate.spaces
        )
        return _with_seats(replace(estate, spaces=spaces), floor)

    what = f"floor {floor}: unit {name}" if name else f"floor {floor}: rooms out of their unit"
    return change(store, actor, estate_id, version, make, what)


def measure(estate: Estate, floor: str, numbers: Collection[str]) -> tuple[AreaEstimate, ...]:
    """Return what some rooms of a floor would let, by every rule."""
    return estimates(estate, floor, frozenset(numbers))


def _with_seats(estate: Estate, floor: str) -> Estate:
    own = [space for space in estate.spaces if space.floor == floor]
    if not any(space.unit for space in own):
        return estate
    seats = sum(space.seats or 0 for space in own)
    floors = tuple(
        one.model_copy(update={"seats": seats}) if one.code == floor and seats else one
        for one in estate.floors
    )
    return replace(estate, floors=floors)
