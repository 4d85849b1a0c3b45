"""What was changed in an estate, as its history keeps it, said in the reader's language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from planner.web.show.sheets import sheets_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner.i18n import Speech


def change_words(what: str, speech: Speech) -> str:
    """Return what was done to an estate; a line that is not known stays as it was written."""
    _ = speech._
    known: dict[str, str] = {
        "create": _("Created"),
        "undo": _("Took back a change"),
        "delete": _("Deleted"),
        "import": _("Uploaded a file"),
        "days": _("Attendance stored"),
    }
    if what in known:
        return known[what]
    titles = {"estate": _("The estate")}
    titles |= {name: sheet.title for name, sheet in sheets_of(speech).items()}

    def title(name: str) -> str:
        return titles.get(name, name)

    told: tuple[tuple[str, Callable[..., str]], ...] = (
        (r"floor (.+): unit (.+)", lambda a, b: _("Floor %(a)s: unit %(b)s", a=a, b=b)),
        (r"floor (.+): rooms out of their unit",
         lambda a: _("Floor %(a)s: rooms taken out of their unit", a=a)),
        (r"outline of floor (.+) copied to (.+)",
         lambda a, b: _("Outline of floor %(a)s copied to %(b)s", a=a, b=b)),
        (r"picture of floor (.+): (.+)",
         lambda a, b: _("Picture of floor %(a)s: %(b)s", a=a, b=b)),
        (r"scale of floor (.+): (\d+\.\d+) m a pixel",
         lambda a, _b: _("Scale of the picture of floor %(a)s set", a=a)),
        (r"workbook (.+)", lambda a: _("Workbook %(a)s", a=a)),
        (r"(\w+): (\d+) rows pasted",
         lambda a, b: _("%(a)s: %(b)s rows pasted", a=title(a), b=speech.number(int(b)))),
        (r"(\w+): (\d+) records",
         lambda a, b: _("%(a)s: %(b)s records", a=title(a), b=speech.number(int(b)))),
        (r"(\w+): (.+) deleted", lambda a, b: _("%(a)s: %(b)s deleted", a=title(a), b=b)),
        (r"(\w+): (.+)", lambda a, b: f"{title(a)}: {b}"),
        (r"(\w+)", title),
    )  # fmt: skip
    for pattern, say in told:
        if found := re.fullmatch(pattern, what):
            return say(*found.groups())
    return what
