"""Numbers that a form carries: the version of the estate that it was filled in for, and others."""

from __future__ import annotations

from typing import Final

from flask import g, request

from planner.errors import InvalidInput

_MOST_DIGITS: Final = 15
"""Of a number that counts something; more fit into no column."""


def version_sent() -> int:
    """Return the version that the form carries.

    Raises:
        InvalidInput: none, as no form of this site does.
    """
    sent = whole_sent("version")
    if sent is None:
        raise InvalidInput(
            g.speech._("The form does not say which version it changes. Reload the page.")
        )
    return sent


def whole_sent(name: str) -> int | None:
    """Return the whole number in a field, None where there is none that could count anything."""
    text = request.form.get(name, "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS else None
