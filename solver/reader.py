"""Reading JSON values with a place for every complaint."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

LARGEST = 2**53
LONGEST_SHOWN = 60


def shown(value: object) -> str:
    """Return a value as a message shows it: short, on one line, in JSON's own words.

    Texts stand in single quotes, as keys and ids do in messages.
    """
    text = repr(value) if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"


@dataclass
class Reader:
    """Checks values one by one and remembers what is wrong with them.

    Every method returns something usable, so that reading goes on and all problems are found.
    """

    problems: list[str] = field(default_factory=list)

    def refuse(self, where: str, message: str) -> None:
        """Remember a problem."""
        place = "".join(one if one.isprintable() else "?" for one in where) or "top level"
        self.problems.append(f"{place}: {message}")

    def keys(
        self, value: object, where: str, required: Sequence[str], optional: Sequence[str]
    ) -> Mapping[str, Any]:
        """Return an object that has all required keys and none that is unknown."""
        if not isinstance(value, dict):
            self.refuse(where, f"{shown(value)} is not an object")
            return {}
        for key in required:
            if key not in value:
                self.refuse(where, f"the key {key!r} is missing")
        for key in value:
            if key not in required and key not in optional:
                self.refuse(where, f"the key {key!r} is unknown; remove it")
        return value

    def mapping(self, value: object, where: str) -> Mapping[str, Any]:
        """Return an object with any keys."""
        if isinstance(value, dict):
            return value
        self.refuse(where, f"{shown(value)} is not an object")
        return {}

    def items(self, value: object, where: str) -> Iterator[tuple[str, Any]]:
        """Yield the place and the value of each item of a list."""
        if not isinstance(value, list):
            self.refuse(where, f"{shown(value)} is not a list")
            return
        for position, item in enumerate(value):
            yield f"{where}[{position}]", item

    def integer(self, value: object, where: str, least: int = -LARGEST, most: int = LARGEST) -> int:
        """Return a whole number within its range."""
        if isinstance(value, bool) or not isinstance(value, int):
            self.refuse(where, f"{shown(value)} is not a whole number")
            return max(least, 0)
        if value < least:
            self.refuse(where, f"{value} is below {least}")
            return least
        if value > most:
            self.refuse(where, f"{value} is above {most}")
            return most
        return value

    def optional_integer(
        self, value: object, where: str, least: int = -LARGEST, most: int = LARGEST
    ) -> int | None:
        """Return a whole number within its range, or None for null."""
        return None if value is None else self.integer(value, where, least, most)

    def text(self, value: object, where: str) -> str:
        """Return a text that is not empty."""
        if isinstance(value, str) and value:
            return value
        self.refuse(where, f"{shown(value)} is not a text of at least one character")
        return ""

    def flag(self, value: object, where: str) -> bool:
        """Return true or false."""
        if isinstance(value, bool):
            return value
        self.refuse(where, f"{shown(value)} is neither true nor false")
        return False

    def texts(self, value: object, where: str) -> tuple[str, ...]:
        """Return a list of texts, each named once."""
        found: list[str] = []
        for place, item in self.items(value, where):
            text = self.text(item, place)
            if text in found:
                self.refuse(place, f"{text!r} stands there twice")
            found.append(text)
        return tuple(found)

    def new_id(self, value: object, where: str, taken: set[str]) -> str:
        """Return an id that no other thing of its kind has."""
        text = self.text(value, where)
        if text and text in taken:
            self.refuse(where, f"{text!r} is the id of another one already")
        taken.add(text)
        return text

    def known(self, value: object, where: str, kind: str, ids: set[str]) -> str:
        """Return the id of something that exists."""
        text = self.text(value, where)
        if text and text not in ids:
            self.refuse(where, f"there is no {kind} {text!r}")
        return text

    def known_keys(self, value: object, where: str, kind: str, ids: set[str]) -> Mapping[str, Any]:
        """Return an object whose keys are ids of things that exist."""
        mapping = self.mapping(value, where)
        for key in mapping:
            if key not in ids:
                self.refuse(f"{where}.{key}", f"there is no {kind} {key!r}")
        return mapping
