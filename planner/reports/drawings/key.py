"""The key below a drawing: swatches with their words."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from markupsafe import Markup

from planner.reports.drawings.canvas import Canvas, render

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.i18n import Speech


def key(entries: Sequence[tuple[str, str]], speech: Speech, *, canvas: Canvas) -> Markup:
    """Return a paragraph of swatches and words.

    Args:
        entries: a token of the palette, `hatch` or `line`, and what it stands for; an empty
            token makes plain words.
        speech: the reader's language.
        canvas: of the drawing it belongs to; its name is extended.
    """
    parts = [
        Markup("<span>{}{}</span>").format(
            render(
                "key",
                speech,
                replace(canvas, width=20, name=canvas.ident(f"key{at}")),
                height=10,
                title=words,
                colour=token,
            )
            if token
            else "",
            words,
        )
        for at, (token, words) in enumerate(entries)
    ]
    return Markup('<p class="key">{}</p>').format(Markup(" ").join(parts))


def elevation_key(speech: Speech, *, canvas: Canvas, freed: bool, bays: bool = True) -> Markup:
    """Return how to read the elevation."""
    used = speech._("ten seats in use on the floor's busiest day") if bays else speech._("in use")
    free = speech._("ten empty seats") if bays else speech._("empty")
    entries = [("lit", used), ("unlit", free)]
    if freed:
        entries.append(("hatch", speech._("freed, to let")))
    return key([*entries, ("", speech._("Bar width is floor area."))], speech, canvas=canvas)
