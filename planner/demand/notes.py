"""Remarks that travel with a figure: an English sentence with its values kept apart."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Note:
    """One remark; `template` is what translations look up, `values` fill its places.

    Args:
        template: English sentence with `{name}` where a value goes.
        values: the values by name, in the order they were given.
    """

    template: str
    values: tuple[tuple[str, str | int], ...] = ()

    def __str__(self) -> str:
        """Return the sentence in English."""
        return self.template.format(**dict(self.values))


def note(template: str, **values: str | int) -> Note:
    """Return a remark; mark the template with `N_` so that it is translated."""
    return Note(template, tuple(values.items()))


def N_(text: str) -> str:  # noqa: N802  the name under which translators' tools look
    """Mark a sentence for translation and return it unchanged."""
    return text
