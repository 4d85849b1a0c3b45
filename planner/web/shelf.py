"""What was worked out from something that cannot change is kept: a plan, an estate's version."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

from flask import current_app

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from planner.domain.estate import Estate

T = TypeVar("T")
_KEPT: Final = 48
"""Things kept of each kind; what was not asked for longest goes first."""
_LARGE_TEAMS, _LARGE_KEPT = 2000, 8
"""Of estates with so many teams fewer are kept: what follows from ten thousand takes 50 MB."""


@dataclass(slots=True)
class Shelf:
    """The last few things of one kind, by what they follow from."""

    things: OrderedDict[Hashable, Any] = field(default_factory=OrderedDict)
    lock: Lock = field(default_factory=Lock)


def kept(kind: str, key: Hashable, make: Callable[[], T], most: int = _KEPT) -> T:
    """Return the thing of a key, from the shelf if it is there.

    Args:
        kind: which shelf.
        key: all that the thing follows from: an id that stands for something frozen, and the
            language where words are in it. Whoever asks must have been let in before.
        make: works it out.
        most: how many of the kind are kept.
    """
    shelf: Shelf = current_app.extensions.setdefault(f"shelf {kind}", Shelf())
    with shelf.lock:
        if key in shelf.things:
            shelf.things.move_to_end(key)
            return cast("T", shelf.things[key])
    found = make()
    with shelf.lock:
        shelf.things[key] = found
        while len(shelf.things) > most:
            shelf.things.popitem(last=False)
    return found


def room_for(estate: Estate) -> int:
    """Return how many things of the kind are kept when one of this estate comes to them."""
    return _LARGE_KEPT if len(estate.teams) >= _LARGE_TEAMS else _KEPT
