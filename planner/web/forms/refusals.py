"""A refusal of the services at the field it speaks of, or above the form."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from planner.errors import InvalidInput

if TYPE_CHECKING:
    from planner.errors import PlannerError
    from planner.i18n import Speech
    from planner.web.forms.controls import Form

_COLUMN: Final = re.compile(r"(?:^|[, ])(?:column|field) (\w+)$")


def messages_of(refusal: PlannerError, speech: Speech) -> tuple[str, ...]:
    """Return what a refusal says without its places, for forms that show them otherwise."""
    if isinstance(refusal, InvalidInput):
        return tuple(speech.say(one.message) for one in refusal.problems)
    return speech.told(refusal)


def told(form: Form, refusal: InvalidInput, speech: Speech, **labels: str) -> Form:
    """Return the form with each problem at the field its place names, the rest above.

    `labels` are what people call fields that the form draws by itself, as ticks for roles.
    """
    errors: dict[str, str] = {}
    loose: list[str] = []
    for problem in refusal.problems:
        named = _COLUMN.search(problem.where)
        name = named[1] if named else problem.where
        said = speech.say(problem.message)
        if form.has(name):
            errors[name] = f"{errors[name]}; {said}" if name in errors else said
        elif name in labels:
            loose.append(f"{labels[name]}: {said}")
        else:
            loose.append(speech.say(problem.line))
    return form.told(errors, loose)
