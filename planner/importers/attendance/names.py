"""Names of teams and floors as the estate can hold them: trimmed, one spelling each."""

from __future__ import annotations

import re
from typing import Final

from planner.errors import ImportRefused

_LONGEST: Final = 60
_UNPRINTABLE: Final = re.compile(r"[\x00-\x1f\x7f]+")


class Names:
    """Gives every spelling of a name the first one's form, and remembers what it changed."""

    def __init__(self, what: str) -> None:
        """Start without names; `what` they name is used in sentences."""
        self._what = what
        self._first: dict[str, str] = {}
        self._texts: dict[str, str] = {}
        self._respelt: dict[str, str] = {}

    def parse(self, text: str) -> str:
        """Return the name that a cell holds.

        Raises:
            ImportRefused: blank, or longer than a code may be.
        """
        if text in self._texts:
            return self._texts[text]
        name = _UNPRINTABLE.sub(" ", " ".join(text.split())).replace("/", "-")
        if not name:
            raise ImportRefused(f"no {self._what}; enter its code")
        if len(name) > _LONGEST:
            raise ImportRefused(
                f"{self._what} {name[:20]!r}… has {len(name)} letters; shorten it to {_LONGEST}"
            )
        kept = self._first.setdefault(name.casefold(), name)
        if kept != text:
            self._respelt[text] = kept
        self._texts[text] = kept
        return kept

    def warnings(self) -> list[str]:
        """Return which spellings were taken for another."""
        if not self._respelt:
            return []
        text, kept = next(iter(self._respelt.items()))
        return [
            (
                f"{len(self._respelt)} spellings of a {self._what} were taken for another, "
                f"for example {text!r} for {kept!r}."
            )
        ]
