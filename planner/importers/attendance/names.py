"""Names of teams and floors as the estate can hold them: trimmed, one spelling each."""

from __future__ import annotations

import re
from typing import Final

from planner.errors import ImportRefused, sentence

_LONGEST: Final = 60
_UNPRINTABLE: Final = re.compile(r"[\x00-\x1f\x7f]+")


WHAT: Final = {"team": sentence("team"), "floor": sentence("floor"), "space": sentence("space")}
"""What a name names, in sentences."""


class Names:
    """Gives every spelling of a name the first one's form, and remembers what it changed."""

    def __init__(self, what: str) -> None:
        """Start without names; `what` they name is used in sentences."""
        self._what = WHAT[what]
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
            raise ImportRefused(sentence("no {what}; enter its code", what=self._what))
        if len(name) > _LONGEST:
            raise ImportRefused(
                sentence(
                    "{what} {name}… has {letters} letters; shorten it to {longest}",
                    what=self._what,
                    name=repr(name[:20]),
                    letters=len(name),
                    longest=_LONGEST,
                )
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
                sentence(
                    "{respelt} spellings of a {what} were taken for another, for example "
                    "{text} for {kept}.",
                    respelt=len(self._respelt),
                    what=self._what,
                    text=repr(text),
                    kept=repr(kept),
                )
            )
        ]
