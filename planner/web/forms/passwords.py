"""The two fields of a new password, wherever one is chosen."""

from __future__ import annotations

from flask import g

from planner.web.forms.controls import Control


def new_password(label: str) -> tuple[Control, Control]:
    """Return the field of a new password under `label`, and the one that repeats it."""
    _ = g.speech._
    return (
        Control(
            "password",
            label,
            "password",
            help=_("At least 12 characters; four unrelated words are good."),
            required=True,
            autocomplete="new-password",
        ),
        Control(
            "again",
            _("Password again"),
            "password",
            required=True,
            autocomplete="new-password",
        ),
    )
