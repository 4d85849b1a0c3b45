"""Floors as somebody proposes them: what they would change, and the estate with them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from planner.domain.estate import Estate
    from planner.domain.records import Floor, Space

_COMPARED: Final = (
    "name",
    "category",
    "drawn_area_m2",
    "declared_area_m2",
    "seats",
    "unit",
    "outline",
)


@dataclass(frozen=True, slots=True)
class Draft:
    """A floor with all of its spaces, as it would be stored.

    Args:
        floor: its record; its spaces name its code.
        spaces: all of them; what is stored and not among them goes.
        assumed_seats: its seats are worked out from its area.
    """

    floor: Floor
    spaces: tuple[Space, ...]
    assumed_seats: bool = False


@dataclass(frozen=True, slots=True)
class Changed:
    """A space that stays and differs: its number and the fields that do."""

    before: Space
    after: Space
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """What a draft would do to the floor that is stored; `new` if there is none."""

    new: bool
    added: tuple[Space, ...]
    removed: tuple[Space, ...]
    changed: tuple[Changed, ...]
    same: int


def with_drafts(estate: Estate, drafts: Iterable[Draft]) -> Estate:
    """Return the estate with some floors and their spaces put in place of what it had."""
    wanted = {draft.floor.code: draft for draft in drafts}
    known = [floor.code for floor in estate.floors]
    floors = [
        *(wanted[floor.code].floor if floor.code in wanted else floor for floor in estate.floors),
        *(draft.floor for code, draft in wanted.items() if code not in known),
    ]
    kept = [space for space in estate.spaces if space.floor not in wanted]
    drawn = [space for draft in wanted.values() for space in draft.spaces]
    return replace(estate, floors=tuple(floors), spaces=(*kept, *drawn))


def difference(estate: Estate, draft: Draft) -> Difference:
    """Return what a draft changes; spaces are the same ones if their numbers are."""
    code = draft.floor.code
    before = {space.number: space for space in estate.spaces if space.floor == code}
    after = {space.number: space for space in draft.spaces}
    changed = tuple(_changes(before, after))
    return Difference(
        new=code not in estate.floor_of,
        added=tuple(space for number, space in after.items() if number not in before),
        removed=tuple(space for number, space in before.items() if number not in after),
        changed=changed,
        same=sum(number in before for number in after) - len(changed),
    )


def _changes(before: dict[str, Space], after: dict[str, Space]) -> Iterator[Changed]:
    for number, new in after.items():
        old = before.get(number)
        if old is None:
            continue
        fields = tuple(name for name in _COMPARED if getattr(old, name) != getattr(new, name))
        if fields:
            yield Changed(old, new, fields)
