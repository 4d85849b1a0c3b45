"""The version of the estate that a form was filled in for."""

from __future__ import annotations

from flask import g, request

from planner.errors import InvalidInput


def version_sent() -> int:
    """Return the version that the form carries.

    Raises:
        InvalidInput: none, as no form of this site does.
    """
    try:
        return int(request.form.get("version", ""))
    except ValueError:
        raise InvalidInput(
            g.speech._("The form does not say which version it changes. Reload the page.")
        ) from None
