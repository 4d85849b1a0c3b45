"""The sheet a drawing is made on: its width, its unit, its name in the document."""

from __future__ import annotations

import hashlib
import pickle
import re
from collections import OrderedDict
from dataclasses import dataclass
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING, Final

from jinja2 import FileSystemLoader
from markupsafe import Markup

from planner.paths import templates_dir
from planner.reports.drawings.measure import FAMILY
from planner.reports.drawings.palette import PATTERNS, Paint

if TYPE_CHECKING:
    from jinja2 import Environment

    from planner.i18n import Speech

_PX_PER_MM: Final = 96 / 25.4
_MOST_DRAWN: Final = 300
_drawn: OrderedDict[tuple[object, ...], str] = OrderedDict()
"""The last drawings by all that they show: a change of an estate changes few of them, and to draw
one takes ten times as long as to see that it is the same."""
_lock: Final = Lock()


@dataclass(frozen=True, slots=True)
class Canvas:
    """Where and how large a drawing stands.

    Args:
        width: width of the layout in CSS pixels.
        on_paper: sizes in millimetres and literal colours, for a PDF; else themed colours
            and the width of whatever holds it.
        name: an id that no other drawing of the document has; its parts are named after it.
        interactive: blocks can be focused and carry data for scripts.
    """

    width: float
    on_paper: bool = False
    name: str = "drawing"
    interactive: bool = False

    @property
    def paint(self) -> Paint:
        """Return how colours are written here."""
        return Paint(self.on_paper)

    def ident(self, part: str) -> str:
        """Return an id for a part, unique if the drawing's name is."""
        return re.sub(r"[^A-Za-z0-9_-]", "-", f"{self.name}-{part}")


def paper(width_mm: float, name: str) -> Canvas:
    """Return a canvas for a PDF, laid out at 96 dots an inch."""
    return Canvas(width_mm * _PX_PER_MM, on_paper=True, name=name)


def screen(width: float, name: str, *, interactive: bool = False) -> Canvas:
    """Return a canvas for a page."""
    return Canvas(width, name=name, interactive=interactive)


def short(value: float) -> str:
    """Return a coordinate with at most two decimals, the same text for the same number.

    >>> short(12.0), short(0.456), short(-0.001)
    ('12', '0.46', '0')
    """
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


@cache
def environment(speech: Speech) -> Environment:
    """Return the templates of drawings for a reader."""
    env = speech.environment(FileSystemLoader(templates_dir()))
    env.filters["px"] = short
    env.globals["FAMILY"] = FAMILY
    env.globals["PATTERNS"] = PATTERNS
    return env


def render(
    template: str,
    speech: Speech,
    canvas: Canvas,
    *,
    height: float,
    title: str,
    about: str = "",
    **values: object,
) -> Markup:
    """Return the SVG that a template of `templates/drawings` makes of a layout.

    Args:
        template: its name without `.svg.j2`.
        speech: the reader's language.
        canvas: where it stands.
        height: height of the layout, pixels.
        title: what it shows, read aloud first.
        about: its conclusion or reading aid, read aloud second.
        values: the layout.
    """
    layout = {"height": height, "title": title, "about": about, **values}
    same = (template, speech, canvas, hashlib.blake2b(pickle.dumps(layout)).digest())
    with _lock:
        known = _drawn.get(same)
    if known is None:
        width_mm = canvas.width / _PX_PER_MM
        sized = {"width_mm": width_mm, "height_mm": height / _PX_PER_MM, "width": canvas.width}
        found = environment(speech).get_template(f"drawings/{template}.svg.j2")
        known = found.render(canvas=canvas, paint=canvas.paint, **sized, **layout)
    with _lock:
        _drawn[same] = known
        _drawn.move_to_end(same)
        while len(_drawn) > _MOST_DRAWN:
            _drawn.popitem(last=False)
    return Markup(known)  # noqa: S704  the template escaped every value
