"""A refusal of the services at the field it speaks of, or above the form."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from planner.errors import InvalidInput
    from planner.web.forms.controls import Form

_COLUMN: Final = re.compile(r"(?:^|[, ])(?:column|field) (\w+)$")


def told(form: Form, refusal: InvalidInput) -> Form:
    """Return the form with each problem at the field its place names, the rest above."""
    errors: dict[str, str] = {}
    loose: list[str] = []
    for problem in refusal.problems:
        named = _COLUMN.search(problem.where)
        name = named[1] if named else problem.where
        if form.has(name) and name not in errors:
            errors[name] = problem.message
        else:
            loose.append(str(problem))
    return form.told(errors, loose)
